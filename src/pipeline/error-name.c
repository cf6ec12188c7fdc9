/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one list of all error domains. */
#include "config.h"

#include "pipeline/error-name.h"

#include <math.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "assist/error.h"
#include "base/rate-limit.h"
#include "physics/error.h"
#include "pipeline/error.h"
#include "render/error.h"
#include "sim/error.h"
#include "sketch/error.h"
#include "store/error.h"
#include "stream/error.h"
#include "vision/error.h"

static const SgErrorDomain *const domains[] = {
  &sg_base_error_domain,
  &sg_rate_limit_error_domain,
  &sg_sketch_error_domain,
  &sg_vision_error_domain,
  &sg_physics_error_domain,
  &sg_sim_error_domain,
  &sg_render_error_domain,
  &sg_store_error_domain,
  &sg_stream_error_domain,
  &sg_assist_error_domain,
  &sg_pipeline_error_domain,
};

const SgErrorDomain *const *
sg_error_domains (guint *n)
{
  *n = G_N_ELEMENTS (domains);
  return domains;
}

/* The domain of an error and its code there; GLib's cancelling and all strangers have one of base. */
static const SgErrorDomain *
find (const GError *error, guint *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (error->domain == domains[i]->quark () && (guint)error->code < domains[i]->n_codes)
      {
        *code = error->code;
        return domains[i];
      }
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  *code = cancelled ? SG_BASE_ERROR_CANCELLED : SG_BASE_ERROR_UNKNOWN;
  return &sg_base_error_domain;
}

char *
sg_error_name (const GError *error)
{
  guint code;
  const SgErrorDomain *domain = find (error, &code);

  return g_strdup_printf ("%s.%s", domain->prefix, domain->codes[code].name);
}

const SgErrorCode *
sg_error_code (const GError *error)
{
  guint code;
  const SgErrorDomain *domain = find (error, &code);

  return &domain->codes[code];
}

const SgErrorCode *
sg_error_code_of_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    {
      gsize length = strlen (domains[i]->prefix);

      if (strncmp (name, domains[i]->prefix, length) != 0 || name[length] != '.')
        continue;
      for (guint code = 0; code < domains[i]->n_codes; code++)
        if (g_str_equal (name + length + 1, domains[i]->codes[code].name))
          return &domains[i]->codes[code];
    }
  return NULL;
}

const char *
sg_error_get_remedy (const GError *error)
{
  const char *remedy = sg_error_code (error)->remedy;

  return remedy ? _ (remedy) : NULL;
}

char *
sg_error_dup_advice (const GError *error)
{
  const char *remedy = sg_error_get_remedy (error);
  const char *stop = g_str_has_suffix (error->message, ".") ? "" : ".";

  return remedy != NULL ? g_strdup_printf ("%s%s %s", error->message, stop, remedy)
                        : g_strdup (error->message);
}

const char *
sg_error_class_name (SgErrorClass kind)
{
  static const char *const names[] = {
    "validation", "vision", "physics", "mjcf", "simulation", "assist", "store",
    "stream", "render", "resource", "rate-limit", "timeout", "cancelled", "internal"
  };

  return names[kind];
}

void
sg_error_log (const char *domain, const GError *error)
{
  /* of the details those that say nothing of a drawing */
  static const struct
  {
    const char *detail, *field;
  } told[] = {
    { SG_DETAIL_LIMIT, "LIMIT" },
    { SG_DETAIL_MOST, "MOST" },
    { SG_DETAIL_ACTUAL, "ACTUAL" },
    { SG_DETAIL_RETRY_AFTER, "RETRY_AFTER_S" },
    { SG_DETAIL_OPERATION, "OPERATION" },
  };
  g_autofree char *name = sg_error_name (error);
  g_auto (GVariantDict) fields = G_VARIANT_DICT_INIT (NULL);

  sg_metrics_add (sg_metrics_process (), SG_COUNTER_ERRORS, 1);
  g_variant_dict_insert (&fields, "MESSAGE", "s", sg_error_code (error)->meaning);
  g_variant_dict_insert (&fields, "CODE", "s", name);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      const char *text = sg_error_get_text (error, told[i].detail);
      double number = sg_error_get_number (error, told[i].detail);
      char digits[G_ASCII_DTOSTR_BUF_SIZE]; /* with a point in any language */

      if (text || isfinite (number))
        g_variant_dict_insert (&fields, told[i].field, "s",
                               text ? text : g_ascii_dtostr (digits, sizeof digits, number));
    }
  g_autoptr (GVariant) event = g_variant_ref_sink (g_variant_dict_end (&fields));
  g_log_variant (domain, G_LOG_LEVEL_WARNING, event);
}

static json_t *
details_to_json (const GError *error)
{
  json_t *details = json_object ();

  for (guint i = 0; i < sg_error_n_details (error); i++)
    {
      const char *text;
      double number;
      const char *key = sg_error_get_detail (error, i, &text, &number);
      g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;

      json_object_set_new (details, key, valid ? json_string (valid) : sg_json_number (number, 9));
    }
  return details;
}

json_t *
sg_error_to_json (const GError *error)
{
  const SgErrorCode *code = sg_error_code (error);
  g_autofree char *name = sg_error_name (error);
  g_autofree char *message = g_utf8_make_valid (error->message, -1);
  json_t *object = json_pack ("{s:s, s:s, s:s}", "code", name, "class", sg_error_class_name (code->kind),
                              "message", message);

  if (code->remedy)
    json_object_set_new (object, "remedy", json_string (_ (code->remedy)));
  if (sg_error_n_details (error) > 0)
    json_object_set_new (object, "details", details_to_json (error));
  return object;
}
