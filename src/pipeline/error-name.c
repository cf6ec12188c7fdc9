/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one list of all error domains. */
#include "pipeline/error-name.h"

#include <gio/gio.h>

#include "base/error.h"
#include "physics/error.h"
#include "pipeline/error.h"
#include "render/error.h"
#include "sim/error.h"
#include "sketch/error.h"
#include "store/error.h"
#include "vision/error.h"

static const SgErrorDomain *const domains[] = {
  &sg_base_error_domain,
  &sg_sketch_error_domain,
  &sg_vision_error_domain,
  &sg_physics_error_domain,
  &sg_sim_error_domain,
  &sg_render_error_domain,
  &sg_store_error_domain,
  &sg_pipeline_error_domain,
};

char *
sg_error_name (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup ("base.cancelled");
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (error->domain == domains[i]->quark () && (guint)error->code < domains[i]->n_names)
      return g_strdup_printf ("%s.%s", domains[i]->prefix, domains[i]->names[error->code]);
  return g_strdup ("base.unknown");
}
