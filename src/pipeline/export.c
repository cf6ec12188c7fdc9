/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Exports: what all kinds share, and the two that are soon told. */
#include "config.h"

#include "pipeline/export.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/file.h"
#include "base/part.h"
#include "pipeline/export-private.h"
#include "sim/table.h"

#define COPY (1 << 20) /* bytes at once */

static const char *const endings[SG_N_EXPORTS] = {
  [SG_EXPORT_HTML] = "html",
  [SG_EXPORT_WEBM] = "webm",
  [SG_EXPORT_GIF] = "gif",
  [SG_EXPORT_APNG] = "apng",
  [SG_EXPORT_PNG] = "png",
  [SG_EXPORT_SVG] = "svg",
  [SG_EXPORT_CSV] = "csv",
  [SG_EXPORT_SIMREC] = "simrec",
};

const char *
sg_export_kind_ending (SgExportKind kind)
{
  return endings[kind];
}

gboolean
sg_export_kind_of_path (const char *path, SgExportKind *kind)
{
  int found = sg_file_find_ending (path, endings, SG_N_EXPORTS);

  if (found >= 0)
    *kind = found;
  return found >= 0;
}

gboolean
sg_export_kind_is_film (SgExportKind kind)
{
  return kind == SG_EXPORT_WEBM || kind == SG_EXPORT_GIF || kind == SG_EXPORT_APNG || kind == SG_EXPORT_PNG;
}

SgExportOptions
sg_export_options_default (SgExportKind kind)
{
  gboolean small = kind == SG_EXPORT_GIF || kind == SG_EXPORT_APNG;

  return (SgExportOptions){ .kind = kind,
                            .to = INFINITY,
                            .width = small ? 480 : 960,
                            .height = small ? 320 : 640,
                            .rate = kind == SG_EXPORT_CSV ? 60 : small ? 20
                                                                       : 30,
                            .speed = 1,
                            .n_poses = 12 };
}

static void
find_span (const SgMotion *motion, const SgExportOptions *options, double *from, double *to)
{
  double first, last;

  sg_motion_get_span (motion, &first, &last);
  *from = CLAMP (options->from, first, last);
  *to = CLAMP (options->to, *from, last);
}

guint64
sg_export_count (const SgMotion *motion, const SgExportOptions *options)
{
  double from, to, speed = sg_export_kind_is_film (options->kind) ? options->speed : 1;

  find_span (motion, options, &from, &to);
  /* a picture lasts until the next one: five seconds are 150 of them at 30 a second */
  guint64 n = (guint64)ceil ((to - from) / speed * options->rate - 1e-6);

  return options->kind == SG_EXPORT_CSV ? n + 1 : MAX (n, 1);
}

gboolean
sg_export_go_on (const SgExport *export, double share, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (export->cancellable, error))
    return FALSE;
  if (export->progress)
    export->progress (share, export->user_data);
  return TRUE;
}

/* -- The table -- */

gboolean
sg_export_table (const SgExport *export, GError **error)
{
  guint64 n = sg_export_count (export->motion, export->options);
  GString *csv = g_string_new (NULL);
  g_autoptr (SgTable) table = sg_table_new (sg_model_get (sg_motion_get_model (export->motion)), csv);
  gboolean good = TRUE;

  for (guint64 i = 0; i < n && good; i++)
    {
      double time = MIN (export->from + (double)i / export->options->rate, export->to);

      good = sg_export_go_on (export, (double)i / n, error) &&
             sg_motion_show (export->motion, time, TRUE, export->data, error) &&
             sg_table_add_row (table, export->data, error);
    }
  good = good && sg_file_write (export->path, csv->str, csv->len, error);
  g_string_free (csv, TRUE);
  return good;
}

/* -- The recording -- */

static gboolean
copy_recording (const SgExport *export, GError **error)
{
  g_autoptr (SgPart) part = sg_part_new (export->path, error);
  g_autofree char *bytes = g_malloc (COPY);
  FILE *file = part ? g_fopen (sg_motion_get_path (export->motion), "rbe") : NULL;
  gboolean good = file != NULL;
  gsize n;

  if (part && !file)
    g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ, "%s: %s", sg_motion_get_path (export->motion),
                 g_strerror (errno));
  while (good && (n = fread (bytes, 1, COPY, file)) > 0)
    good = sg_part_write (part, bytes, n, error);
  if (file)
    fclose (file);
  return good && sg_part_end (part, error);
}

/* -- All of them -- */

static gboolean
export_kind (const SgExport *export, GError **error)
{
  switch (export->options->kind)
    {
    case SG_EXPORT_HTML:
      return sg_export_page (export, error);
    case SG_EXPORT_SVG:
      return sg_export_strobe (export, error);
    case SG_EXPORT_CSV:
      return sg_export_table (export, error);
    case SG_EXPORT_SIMREC:
      return copy_recording (export, error);
    default:
      return sg_export_film (export, error);
    }
}

gboolean
sg_export (SgMotion *motion,
           const char *path,
           const SgExportOptions *options,
           void (*progress) (double share, gpointer user_data),
           gpointer user_data,
           GCancellable *cancellable,
           GError **error)
{
  SgExport export = { .motion = motion,
                      .path = path,
                      .options = options,
                      .progress = progress,
                      .user_data = user_data,
                      .cancellable = cancellable };

  find_span (motion, options, &export.from, &export.to);
  export.data = sg_model_make_data (sg_motion_get_model (motion), error);
  if (!export.data)
    return FALSE;
  sg_model_reset_data (sg_motion_get_model (motion), export.data);
  gboolean good = export_kind (&export, error) && sg_export_go_on (&export, 1, error);
  mj_deleteData (export.data);
  return good;
}
