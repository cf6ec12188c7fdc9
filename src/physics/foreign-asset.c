/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Headers of assets. What a header promises is held against the file's size, so that MuJoCo never makes room
 * for what is not there. */
#include "config.h"

#include "physics/foreign-asset.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/limits.h"
#include "physics/error.h"

typedef struct
{
  const char *name;
  const guint8 *data;
  gsize size;
} Asset;

static gboolean
refuse (const Asset *asset, const char *problem, GError **error)
{
  g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_ASSET, "%s %s", asset->name, problem);
  return FALSE;
}

static gboolean
is_within (const Asset *asset, SgLimitId limit, guint64 figure, GError **error)
{
  return sg_limit_check (limit, figure, asset->name, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE, error);
}

static gboolean
has_ending (const Asset *asset, const char *ending)
{
  gsize length = strlen (asset->name), n = strlen (ending);

  return length >= n && g_ascii_strcasecmp (asset->name + length - n, ending) == 0;
}

/* The `i`th 4-byte integer of a binary file, of which MuJoCo writes the machine's own order. */
static gint32
integer (const Asset *asset, gsize i)
{
  gint32 value = -1;

  if (asset->size >= 4 * (i + 1))
    memcpy (&value, asset->data + 4 * i, sizeof value);
  return value;
}

/* -- Pictures -- */

static gboolean
check_png (const Asset *asset, GError **error)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  guint32 width, height;

  if (asset->size < 33 || memcmp (asset->data, signature, 8) != 0 ||
      memcmp (asset->data + 12, "IHDR", 4) != 0)
    return refuse (asset, _ ("is not a PNG picture"), error);
  memcpy (&width, asset->data + 16, 4);
  memcpy (&height, asset->data + 20, 4);
  width = GUINT32_FROM_BE (width);
  height = GUINT32_FROM_BE (height);
  if (width == 0 || height == 0)
    return refuse (asset, _ ("is a picture of no size"), error);
  return is_within (asset, SG_LIMIT_ID_MODEL_TEXELS, (guint64)width * height, error);
}

/* Rows and columns, then a float each. */
static gboolean
check_hfield (const Asset *asset, GError **error)
{
  gint64 rows = integer (asset, 0), columns = integer (asset, 1);

  if (has_ending (asset, ".png"))
    return check_png (asset, error);
  if (rows < 1 || columns < 1)
    return refuse (asset, _ ("is not a field of heights"), error);
  if (!is_within (asset, SG_LIMIT_ID_MODEL_TEXELS, rows * columns, error))
    return FALSE;
  return asset->size == (guint64)(8 + 4 * rows * columns) || refuse (asset, _ ("is cut short"), error);
}

/* -- Meshes -- */

static gboolean
check_stl (const Asset *asset, GError **error)
{
  guint32 faces;

  if (asset->size < 84)
    return refuse (asset, _ ("is cut short"), error);
  memcpy (&faces, asset->data + 80, 4);
  faces = GUINT32_FROM_LE (faces);
  if (asset->size != 84 + 50 * (guint64)faces)
    return refuse (asset, _ ("is not a binary STL mesh"), error);
  return is_within (asset, SG_LIMIT_ID_MODEL_FACES, faces, error);
}

/* Lines that begin with `letter` and a blank. */
static guint64
count_lines (const Asset *asset, char letter)
{
  const char *at = (const char *)asset->data, *end = at + asset->size;
  guint64 n = 0;

  while (at < end)
    {
      const char *feed = memchr (at, '\n', end - at);

      n += end - at > 1 && at[0] == letter && (at[1] == ' ' || at[1] == '\t');
      at = feed != NULL ? feed + 1 : end;
    }
  return n;
}

static gboolean
check_obj (const Asset *asset, GError **error)
{
  guint64 points = count_lines (asset, 'v');

  if (memchr (asset->data, '\0', asset->size) != NULL || points == 0)
    return refuse (asset, _ ("is not an OBJ mesh"), error);
  return is_within (asset, SG_LIMIT_ID_MODEL_FACES, MAX (points, count_lines (asset, 'f')), error);
}

/* Counts of vertices, normals, texture coordinates and faces, then 3, 3, 2 and 3 numbers each. */
static gboolean
check_msh (const Asset *asset, GError **error)
{
  static const guint numbers[] = { 3, 3, 2, 3 };
  guint64 size = 16;

  for (guint i = 0; i < 4; i++)
    {
      if (integer (asset, i) < 0)
        return refuse (asset, _ ("is not an MSH mesh"), error);
      if (!is_within (asset, SG_LIMIT_ID_MODEL_FACES, integer (asset, i), error))
        return FALSE;
      size += 4 * numbers[i] * (guint64)integer (asset, i);
    }
  return asset->size == size || refuse (asset, _ ("is cut short"), error);
}

static gboolean
check_mesh (const Asset *asset, GError **error)
{
  if (has_ending (asset, ".stl"))
    return check_stl (asset, error);
  if (has_ending (asset, ".obj"))
    return check_obj (asset, error);
  if (has_ending (asset, ".msh"))
    return check_msh (asset, error);
  return refuse (asset, _ ("is no mesh that can be read: only STL, OBJ and MSH are"), error);
}

/* -- Skins and soft bodies -- */

/* Counts of vertices, texture coordinates, faces and bones; the rest is held against the size by MuJoCo. */
static gboolean
check_skin (const Asset *asset, GError **error)
{
  guint64 size = 16;

  for (guint i = 0; i < 4; i++)
    {
      if (integer (asset, i) < 0)
        return refuse (asset, _ ("is not a skin"), error);
      if (!is_within (asset, SG_LIMIT_ID_MODEL_FACES, integer (asset, i), error))
        return FALSE;
    }
  size +=
    12 * (guint64)integer (asset, 0) + 8 * (guint64)integer (asset, 1) + 12 * (guint64)integer (asset, 2);
  return asset->size >= size || refuse (asset, _ ("is cut short"), error);
}

/* A Gmsh file says in text how many nodes there are, one a line. */
static gboolean
check_flex (const Asset *asset, GError **error)
{
  gboolean gmsh = asset->size > 11 && memcmp (asset->data, "$MeshFormat", 11) == 0;

  if (!gmsh)
    return check_mesh (asset, error);
  return is_within (asset, SG_LIMIT_ID_MODEL_FACES, asset->size / 16, error);
}

gboolean
sg_foreign_asset_check (SgForeignAssetKind kind, const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  const Asset asset = { name, data, size };

  if (size == 0)
    return refuse (&asset, _ ("is empty"), error);
  switch (kind)
    {
    case SG_FOREIGN_TEXTURE:
      return check_png (&asset, error);
    case SG_FOREIGN_HFIELD:
      return check_hfield (&asset, error);
    case SG_FOREIGN_SKIN:
      return check_skin (&asset, error);
    case SG_FOREIGN_FLEX:
      return check_flex (&asset, error);
    default:
      return check_mesh (&asset, error);
    }
}
