/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What things are made of, by name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  double density;     /* kg/m3 */
  double friction;    /* sliding */
  double restitution; /* 0..1 */
} SgMaterial;

/* All of them, `n` long. */
const SgMaterial *sg_material_list (guint *n);

/* NULL where no material has that name. */
const SgMaterial *sg_material_find (const char *name);

G_END_DECLS
