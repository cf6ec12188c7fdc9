/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the export share. */
#pragma once

#include "pipeline/export.h"

G_BEGIN_DECLS

/* An export under way. */
typedef struct
{
  SgMotion *motion;
  const char *path;
  const SgExportOptions *options;
  double from, to; /* simulated s, within the motion's span */
  mjData *data;    /* of its model */
  void (*progress) (double share, gpointer user_data);
  gpointer user_data;
  GCancellable *cancellable;
} SgExport;

/* Tells how much is done; FALSE where it was cancelled. */
gboolean sg_export_go_on (const SgExport *export, double share, GError **error);

gboolean sg_export_film (const SgExport *export, GError **error);   /* film.c */
gboolean sg_export_strobe (const SgExport *export, GError **error); /* strobe.c */
gboolean sg_export_table (const SgExport *export, GError **error);  /* export.c */
gboolean sg_export_page (const SgExport *export, GError **error);   /* web-page.c */

G_END_DECLS
