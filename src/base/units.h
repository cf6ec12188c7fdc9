/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers for people: at most three significant digits, as the locale writes them, no power of ten below
 * 1e12. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person wants to read and type. Files, tables and recordings are in SI units whatever is chosen. */
typedef enum
{
  SG_UNIT_SYSTEM_SI,
  SG_UNIT_SYSTEM_CENTIMETRES /* lengths in cm, masses in g; forces and energies stay in N and J */
} SgUnitSystem;

/* "si", "centimetres"; SI for any other name. */
SgUnitSystem sg_unit_system_from_name (const char *name);

/* The unit that stands for `unit`, an SI one, and how many of it (out) one of that is: "cm" and 100 for "m".
 * `unit` itself and 1 where the system has no other. (transfer none) */
const char *sg_unit_system_show (SgUnitSystem system, const char *unit, double *factor);

/* Whether an SI prefix can be put before it: not before "cm". */
gboolean sg_units_take_prefix (const char *unit);

/* "12.3 kJ", "0 J", "450 µJ", for tables and what changes as one looks: with SI prefixes, and a steady
 * width. `unit` is an SI unit without a prefix, or "°", which takes none, or "". Returns: (transfer full).
 */
char *sg_units_format (double value, const char *unit);

/* "1,650 J", "0.5 kg", "123 kJ", "450 µJ", for sentences: as few digits as it has, a prefix only where it is
 * large or small. `unit` as above, or "×". Returns: (transfer full). */
char *sg_units_say (double value, const char *unit);

/* "0:04.52", "12:00.00". Returns: (transfer full). */
char *sg_units_format_time (double seconds);

/* "0.25×", "1×", "4×". Returns: (transfer full). */
char *sg_units_format_speed (double speed);

G_END_DECLS
