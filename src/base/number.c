/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shortest decimal text of a double. */
#include "base/number.h"

#include <math.h>

/* What people and designs write has few decimals. m / 10^k with m < 2^53 and k <= 22 is rounded once, so it
 * is exactly the double that the decimal text reads back as (Clinger, "How to read floating point numbers
 * accurately", 1990): such a number needs no printf and no trial reading. */
#define MAX_DECIMALS 9
#define MAX_EXACT 9007199254740992.0

static gboolean
append_decimal (GString *out, double value)
{
  double size = fabs (value), power = 1;
  char digits[32];
  guint decimals = 0, n = sizeof digits;

  while (rint (size * power) / power != size)
    {
      if (decimals == MAX_DECIMALS || size * power >= MAX_EXACT)
        return FALSE;
      decimals++;
      power *= 10;
    }
  if (size * power >= MAX_EXACT)
    return FALSE;
  guint64 rest = (guint64)rint (size * power);

  for (guint place = 0; rest > 0 || place <= decimals; place++, rest /= 10)
    {
      if (place == decimals && decimals > 0)
        digits[--n] = '.';
      digits[--n] = '0' + rest % 10;
    }
  if (value < 0)
    g_string_append_c (out, '-');
  g_string_append_len (out, digits + n, sizeof digits - n);
  return TRUE;
}

void
sg_number_append (GString *out, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if ((value == 0 || fabs (value) >= 1e-4) && append_decimal (out, value))
    return;
  for (int digits = 15; digits <= 17; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%dg", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  g_string_append (out, buffer);
}
