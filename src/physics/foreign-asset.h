/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files that a foreign model names: whether one is what it is used as, by its header, before MuJoCo reads
 * it, so that a small file cannot ask for gigabytes. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_FOREIGN_MESH,    /* STL, OBJ, MuJoCo's MSH */
  SG_FOREIGN_TEXTURE, /* PNG */
  SG_FOREIGN_HFIELD,  /* PNG, MuJoCo's binary */
  SG_FOREIGN_SKIN,    /* MuJoCo's binary */
  SG_FOREIGN_FLEX,    /* a mesh, or Gmsh's */
} SgForeignAssetKind;

/* Errors, without a place: physics.asset, physics.too-large. */
gboolean sg_foreign_asset_check (SgForeignAssetKind kind, const char *name, GBytes *bytes, GError **error);

G_END_DECLS
