/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An export in a worker, for a window: of a recording's file, or of a scene that is run first. */
#pragma once

#include "pipeline/export.h"

G_BEGIN_DECLS

/* Reference-counted (an atomic GRcBox). Filled in before it is begun, constant from then on but for
 * `permille`. */
typedef struct
{
  SgScene *scene;          /* (owned) (nullable): is run for `seconds`, where there is no recording */
  char *recording;         /* (owned) (nullable): a file */
  double seconds;          /* simulated */
  char *path;              /* (owned): where it goes */
  char *title;             /* (owned) (nullable) */
  SgExportOptions options; /* its title is the job's */
  int permille;            /* atomic: how much is done */
} SgExportJob;

SgExportJob *sg_export_job_new (void);
void sg_export_job_unref (SgExportJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgExportJob, sg_export_job_unref)

int sg_export_job_get_permille (SgExportJob *job); /* any thread */

/* Errors: those of sg_motion_open, sg_motion_run and sg_export. Returns whether it is done. */
void sg_export_job_run_async (SgExportJob *job,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean sg_export_job_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
