/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people. */
#include "base/units.h"

#include <langinfo.h>
#include <math.h>
#include <string.h>

#define NOTHING 0.5e-6  /* of any unit */
#define LEAST_SAID 1e-3 /* in the unit itself */
#define MOST_SAID 1e5
#define BEYOND_WORDS 1e12

typedef struct
{
  double factor;
  const char *symbol;
} Prefix;

static const Prefix prefixes[] = {
  { 1e9, "G" },
  { 1e6, "M" },
  { 1e3, "k" },
  { 1, "" },
  { 1e-3, "m" },
  { 1e-6, "µ" },
};

SgUnitSystem
sg_unit_system_from_name (const char *name)
{
  return g_strcmp0 (name, "centimetres") == 0 ? SG_UNIT_SYSTEM_CENTIMETRES : SG_UNIT_SYSTEM_SI;
}

const char *
sg_unit_system_show (SgUnitSystem system, const char *unit, double *factor)
{
  static const struct
  {
    const char *si, *unit;
    double factor;
  } shown[] = {
    { "m", "cm", 100 },
    { "m/s", "cm/s", 100 },
    { "m/s²", "cm/s²", 100 },
    { "kg", "g", 1000 },
    { "kg/m³", "g/cm³", 0.001 },
    { "N/m", "N/cm", 0.01 },
    { "N s/m", "N s/cm", 0.01 },
  };

  for (guint i = 0; system == SG_UNIT_SYSTEM_CENTIMETRES && i < G_N_ELEMENTS (shown); i++)
    if (g_str_equal (shown[i].si, unit))
      {
        *factor = shown[i].factor;
        return shown[i].unit;
      }
  *factor = 1;
  return unit;
}

gboolean
sg_units_take_prefix (const char *unit)
{
  return strstr (unit, "cm") == NULL;
}

/* The prefix that leaves at least one before the point, else the least there is. */
static const Prefix *
find_prefix (double size)
{
  const Prefix *prefix = prefixes;

  while (size < prefix->factor * 0.9995 && prefix < &prefixes[G_N_ELEMENTS (prefixes) - 1])
    prefix++;
  return prefix;
}

/* It stands at its number, with no space. */
static gboolean
is_mark (const char *unit)
{
  return *unit == '\0' || g_str_equal (unit, "°") || g_str_equal (unit, "×");
}

/* A kilogram has its prefix. */
static gboolean
may_be_small (const char *unit)
{
  return !is_mark (unit) && !g_str_has_prefix (unit, "kg") && sg_units_take_prefix (unit);
}

/* Nobody says kiloseconds. */
static gboolean
may_be_large (const char *unit)
{
  return may_be_small (unit) && !g_str_equal (unit, "s");
}

/* To three digits that count, less the zeros at the end. */
static char *
say_number (double value)
{
  int beyond = value != 0 ? (int)floor (log10 (fabs (value))) - 2 : 0, decimals = MAX (0, -beyond);
  double power = pow (10, abs (beyond)), digits = round (beyond < 0 ? value * power : value / power);

  if (fabs (value) >= BEYOND_WORDS)
    return g_strdup_printf ("%.3g", value);
  for (; decimals > 0 && fmod (digits, 10) == 0; decimals--)
    digits /= 10;
  return g_strdup_printf ("%'.*f", decimals, beyond < 0 ? digits / pow (10, decimals) : digits * power);
}

char *
sg_units_format (double value, const char *unit)
{
  double size = fabs (value);

  if (!isfinite (value))
    return g_strchomp (g_strdup_printf ("— %s", unit));
  if (g_str_equal (unit, "°"))
    return g_strdup_printf ("%.*f°", size < 99.95 ? 1 : 0, value);
  if (*unit == '\0')
    return sg_units_say (value, unit);
  if (size < NOTHING)
    return g_strdup_printf ("0 %s", unit);

  const Prefix *prefix = find_prefix (may_be_large (unit) ? size : MIN (size, 1));
  double shown = value / prefix->factor;
  int decimals = fabs (shown) < 9.995 ? 2 : fabs (shown) < 99.95 ? 1
                                                                 : 0;
  return g_strdup_printf ("%'.*f %s%s", decimals, shown, prefix->symbol, unit);
}

char *
sg_units_say (double value, const char *unit)
{
  double size = fabs (value);

  if (!isfinite (value))
    return g_strchomp (g_strdup_printf ("— %s", unit));
  if (size > 0 && size < LEAST_SAID && g_str_equal (unit, "kg"))
    return sg_units_say (value * 1000, "g");

  gboolean is_small = size >= NOTHING && size < LEAST_SAID && may_be_small (unit);
  gboolean is_large = size >= MOST_SAID && may_be_large (unit);
  const Prefix *prefix = find_prefix (is_small || is_large ? size : 1);
  g_autofree char *number = say_number (size < NOTHING ? 0 : value / prefix->factor);
  return g_strconcat (number, is_mark (unit) ? "" : " ", prefix->symbol, unit, NULL);
}

char *
sg_units_format_time (double seconds)
{
  gint64 hundredths = (gint64)floor (MAX (seconds, 0) * 100 + 1e-6);

  return g_strdup_printf ("%d:%02d%s%02d", (int)(hundredths / 6000), (int)(hundredths / 100 % 60),
                          nl_langinfo (RADIXCHAR), (int)(hundredths % 100));
}

char *
sg_units_format_speed (double speed)
{
  return g_strdup_printf ("%.3g×", speed);
}
