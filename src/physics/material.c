/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Materials: round figures from tables of solids, against a usual hard ground. */
#include "physics/material.h"

#include <string.h>

static const SgMaterial materials[] = {
  { "ice", 917, 0.03, 0.2 },
  { "rubber", 1100, 1.0, 0.8 },
  { "steel", 7850, 0.5, 0.6 },
  { "wood", 500, 0.6, 0.4 },
  { "stone", 2500, 0.7, 0.3 },
  { "glass", 2500, 0.4, 0.65 },
  { "foam", 60, 0.8, 0.3 },
  { "lead", 11340, 0.5, 0.1 },
  { "aluminium", 2700, 0.45, 0.5 },
  { "gold", 19300, 0.5, 0.2 },
  { "cork", 240, 0.7, 0.6 },
  { "plastic", 1050, 0.35, 0.6 },
};

const SgMaterial *
sg_material_list (guint *n)
{
  *n = G_N_ELEMENTS (materials);
  return materials;
}

const SgMaterial *
sg_material_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (materials); i++)
    if (strcmp (materials[i].name, name) == 0)
      return &materials[i];
  return NULL;
}
