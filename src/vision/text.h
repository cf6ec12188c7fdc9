/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a label says: "2 kg", "m = 2", "k=50 N/m", "v = 1 m/s", "mu=0.3", "e=0.8", "30°", "1 m", "5 N", "10
 * rpm", "ice", "rod". Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_QUANTITY_NONE,
  SG_QUANTITY_MASS,          /* kg */
  SG_QUANTITY_STIFFNESS,     /* N/m */
  SG_QUANTITY_DAMPING,       /* N s/m */
  SG_QUANTITY_SPEED,         /* m/s */
  SG_QUANTITY_FRICTION,      /* - */
  SG_QUANTITY_RESTITUTION,   /* 0..1 */
  SG_QUANTITY_ANGLE,         /* rad */
  SG_QUANTITY_LENGTH,        /* m */
  SG_QUANTITY_FORCE,         /* N */
  SG_QUANTITY_ANGULAR_SPEED, /* rad/s */
  SG_QUANTITY_GRAVITY,       /* m/s2 */
  SG_QUANTITY_MATERIAL,      /* `word` names it: "ice", "rubber", "steel", "wood" */
  SG_QUANTITY_WORD,          /* `word` is "rod", "rope", "spring", "g", "v" ... : says what a mark is */
} SgQuantityKind;

typedef struct
{
  SgQuantityKind kind;
  double value;  /* SI */
  char word[24]; /* lower case */
} SgQuantity;

/* Reads one label. FALSE where it says nothing we know (a name like "A" or "cart"): `quantity->kind` is
 * then NONE. */
gboolean sg_text_parse_quantity (const char *text, SgQuantity *quantity);

G_END_DECLS
