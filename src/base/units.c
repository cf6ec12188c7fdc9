/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people. */
#include "base/units.h"

#include <langinfo.h>
#include <math.h>
#include <string.h>

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

char *
sg_units_format (double value, const char *unit)
{
  double size = fabs (value);
  const Prefix *prefix = prefixes;

  if (!isfinite (value))
    return g_strchomp (g_strdup_printf ("— %s", unit));
  if (g_str_equal (unit, "°"))
    return g_strdup_printf ("%.*f°", size < 99.95 ? 1 : 0, value);
  if (*unit == '\0')
    return g_strdup_printf ("%.3g", value);
  if (size < 0.5e-6)
    return g_strdup_printf ("0 %s", unit);
  while (size < prefix->factor * 0.9995 && prefix < &prefixes[G_N_ELEMENTS (prefixes) - 1])
    prefix++;

  double shown = value / prefix->factor;
  int decimals = fabs (shown) < 9.995 ? 2 : fabs (shown) < 99.95 ? 1
                                                                 : 0;
  return g_strdup_printf ("%.*f %s%s", decimals, shown, prefix->symbol, unit);
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
