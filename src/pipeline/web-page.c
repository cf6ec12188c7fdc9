/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page that plays a motion in a browser. */
#include "config.h"

#include "pipeline/export-private.h"
#include "pipeline/error.h"

gboolean
sg_export_page (const SgExport *export, GError **error)
{
  g_set_error (error, SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_UNSUPPORTED, "%s: not yet", export->path);
  return FALSE;
}
