/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of limits, and what is said over one. */
#include "config.h"

#include "base/limits.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"

#define ROW(id, name, value, unit, what) { name, value, SG_LIMIT_UNIT_##unit, what },
static const SgLimit limits[] = { SG_LIMITS (ROW) };

const SgLimit *
sg_limit_get (SgLimitId id)
{
  g_return_val_if_fail (id < SG_N_LIMITS, NULL);
  return &limits[id];
}

const char *
sg_limit_unit_name (SgLimitUnit unit)
{
  static const char *const names[] = { "bytes", "pixels", "characters", "count",
                                       "page-units", "seconds", "days" };

  return names[unit];
}

static const char *
format_for (SgLimitUnit unit, guint64 figure)
{
  switch (unit)
    {
    case SG_LIMIT_UNIT_BYTES:
      return ngettext ("%s byte", "%s bytes", figure);
    case SG_LIMIT_UNIT_PIXELS:
      return ngettext ("%s pixel", "%s pixels", figure);
    case SG_LIMIT_UNIT_CHARACTERS:
      return ngettext ("%s character", "%s characters", figure);
    case SG_LIMIT_UNIT_PAGE_UNITS:
      return ngettext ("%s unit", "%s units", figure);
    case SG_LIMIT_UNIT_SECONDS:
      return ngettext ("%s second", "%s seconds", figure);
    case SG_LIMIT_UNIT_DAYS:
      return ngettext ("%s day", "%s days", figure);
    default:
      return "%s";
    }
}

char *
sg_limit_format (SgLimitId id, guint64 figure)
{
  SgLimitUnit unit = limits[id].unit;
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, figure);
  g_auto (GStrv) parts = g_strsplit (format_for (unit, figure), "%s", 2);
  g_autofree char *text = g_strjoinv (digits, parts);

  if (unit != SG_LIMIT_UNIT_BYTES || figure == 0 || figure % (1 << 20) != 0)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s (%" G_GUINT64_FORMAT " MiB)", text, figure >> 20);
}

char *
sg_limit_dup_problem (SgLimitId id, guint64 actual)
{
  const SgLimit *limit = &limits[id];
  g_autofree char *figure = sg_limit_format (id, actual);
  g_autofree char *most = sg_limit_format (id, limit->value);

  return g_strdup_printf (_ ("%s, over the limit of %s for %s (%s)"), figure, most, _ (limit->what),
                          limit->name);
}

void
sg_limit_add_details (GError **error, SgLimitId id, guint64 actual)
{
  sg_error_add_text (error, SG_DETAIL_LIMIT, limits[id].name);
  sg_error_add_number (error, SG_DETAIL_MOST, limits[id].value);
  sg_error_add_number (error, SG_DETAIL_ACTUAL, actual);
}

gboolean
sg_limit_check (SgLimitId id, guint64 actual, const char *place, GQuark domain, int code, GError **error)
{
  if (actual <= (guint64)limits[id].value)
    return TRUE;
  g_autofree char *problem = sg_limit_dup_problem (id, actual);

  g_set_error (error, domain, code, "%s%s%s", place ? place : "", place ? ": " : "", problem);
  sg_limit_add_details (error, id, actual);
  return FALSE;
}

gboolean
sg_limit_check_text (
  SgLimitId id, const char *text, const char *place, GQuark domain, int code, GError **error)
{
  /* no text has more characters than bytes; only what may be over is counted */
  if (strlen (text) <= (gsize)limits[id].value)
    return TRUE;
  return sg_limit_check (id, g_utf8_strlen (text, -1), place, domain, code, error);
}
