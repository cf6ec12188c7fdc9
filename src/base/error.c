/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The base folder's error domain, and the details that errors of every domain of ours carry. */
#include "config.h"

#include "base/error.h"

#include <math.h>

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  base,
  [SG_BASE_ERROR_READ] = { "read", SG_ERROR_CLASS_RESOURCE, N_ ("A file is missing or cannot be read."),
                           N_ ("Check its name, and whether you may read it.") },
  [SG_BASE_ERROR_WRITE] = { "write", SG_ERROR_CLASS_RESOURCE,
                            N_ ("A file cannot be written; what was there before is untouched."),
                            N_ ("Choose a folder that you may write to and that has room.") },
  [SG_BASE_ERROR_TOO_LARGE] = { "too-large", SG_ERROR_CLASS_VALIDATION,
                                N_ ("An input is over a limit, which the message names."),
                                N_ ("Make it smaller, or split it.") },
  [SG_BASE_ERROR_JSON] = { "json", SG_ERROR_CLASS_VALIDATION,
                           N_ ("The text is not JSON or not UTF-8; the message names line and column."),
                           N_ ("Mend the file there, or save it again from where it came.") },
  [SG_BASE_ERROR_TIMEOUT] = { "timeout", SG_ERROR_CLASS_TIMEOUT,
                              N_ ("An operation, which the message names, had no answer in the time there "
                                  "was."),
                              N_ ("Try again; a simpler drawing takes less time.") },
  [SG_BASE_ERROR_CANCELLED] = { "cancelled", SG_ERROR_CLASS_CANCELLED, N_ ("It was asked to stop."), NULL },
  [SG_BASE_ERROR_UNKNOWN] = { "unknown", SG_ERROR_CLASS_INTERNAL,
                              N_ ("Another library failed; the message is its own."), NULL })

/* -- Details -- */

typedef struct
{
  const char *key; /* static */
  char *text;      /* NULL: a number */
  double number;
} Detail;

/* What GLib keeps before each GError of our domains. */
typedef struct
{
  GArray *details; /* Detail, NULL where there are none */
} Details;

static void
detail_clear (gpointer data)
{
  g_free (((Detail *)data)->text);
}

/* As G_DEFINE_EXTENDED_ERROR finds it, for any domain of ours; NULL for a stranger's. */
static Details *
get_details (const GError *error)
{
  const gsize unit = 2 * sizeof (gsize), size = (sizeof (Details) + unit - 1) & -unit;
  const char *name = g_quark_to_string (error->domain);

  if (!g_str_has_prefix (name, "sg-") || !g_str_has_suffix (name, "-error-quark"))
    return NULL;
  return (Details *)((guint8 *)error - size);
}

static void
init_details (GError *error)
{
  get_details (error)->details = NULL;
}

static GArray *
detail_array_new (void)
{
  GArray *details = g_array_new (FALSE, FALSE, sizeof (Detail));

  g_array_set_clear_func (details, detail_clear);
  return details;
}

static void
copy_details (const GError *source, GError *target)
{
  const GArray *from = get_details (source)->details;
  GArray *to = from ? detail_array_new () : NULL;

  for (guint i = 0; from && i < from->len; i++)
    {
      Detail detail = g_array_index (from, Detail, i);

      detail.text = g_strdup (detail.text);
      g_array_append_val (to, detail);
    }
  get_details (target)->details = to;
}

static void
clear_details (GError *error)
{
  g_clear_pointer (&get_details (error)->details, g_array_unref);
}

GQuark
sg_error_register_domain (const char *static_name)
{
  return g_error_domain_register_static (static_name, sizeof (Details), init_details, copy_details,
                                         clear_details);
}

static Detail *
find_detail (const GError *error, const char *key)
{
  const Details *details = get_details (error);

  for (guint i = 0; details && details->details && i < details->details->len; i++)
    if (g_str_equal (g_array_index (details->details, Detail, i).key, key))
      return &g_array_index (details->details, Detail, i);
  return NULL;
}

/* Takes `text`. */
static void
add_detail (GError **error, const char *key, char *text, double number)
{
  Details *details = error && *error ? get_details (*error) : NULL;
  Detail detail = { key, text, number }, *known = details ? find_detail (*error, key) : NULL;

  if (!details)
    g_free (text);
  else if (known)
    {
      g_free (known->text);
      *known = detail;
    }
  else
    {
      if (!details->details)
        details->details = detail_array_new ();
      g_array_append_val (details->details, detail);
    }
}

void
sg_error_add_text (GError **error, const char *key, const char *value)
{
  add_detail (error, key, g_strdup (value), 0);
}

void
sg_error_add_number (GError **error, const char *key, double value)
{
  add_detail (error, key, NULL, value);
}

const char *
sg_error_get_text (const GError *error, const char *key)
{
  const Detail *detail = find_detail (error, key);

  return detail ? detail->text : NULL;
}

double
sg_error_get_number (const GError *error, const char *key)
{
  const Detail *detail = find_detail (error, key);

  return detail && !detail->text ? detail->number : NAN;
}

guint
sg_error_n_details (const GError *error)
{
  const Details *details = get_details (error);

  return details && details->details ? details->details->len : 0;
}

const char *
sg_error_get_detail (const GError *error, guint i, const char **text, double *number)
{
  g_return_val_if_fail (i < sg_error_n_details (error), NULL);

  const Detail *detail = &g_array_index (get_details (error)->details, Detail, i);

  *text = detail->text;
  *number = detail->number;
  return detail->key;
}
