/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The unit shapes. Every face runs counter-clockwise seen from outside.
 */
#include <math.h>

#include "render/meshes.h"

#define COIL_RADIUS 4.0f /* of the coil's middle line, in radii of its wire */
#define COIL_TURNS 9
#define COIL_TAPER 0.1f /* of its length, at each end, in which it closes onto its axis */

typedef struct
{
  guint slices, stacks; /* around, and from pole to pole (even) */
  guint quads;          /* along a box's edge */
  guint plane_cells;    /* along a plane's edge */
  guint coil_steps, coil_sides;
} Detail;

/* Quads between two rows of `n` vertices each that begin at `low` and `high`; the low row is the first met
 * when looking along the rows with the outside at the front. */
static void
add_strip (SgMeshBuilder *builder, guint low, guint high, guint n)
{
  for (guint i = 0; i + 1 < n; i++)
    {
      const guint corners[] = { low + i, low + i + 1, high + i + 1, low + i, high + i + 1, high + i };

      for (guint k = 0; k < G_N_ELEMENTS (corners); k++)
        sg_mesh_builder_index (builder, corners[k]);
    }
}

/* A grid on the face of the unit cube that faces along `axis` times `sign`. */
static void
add_face (SgMeshBuilder *builder, int axis, int sign, guint quads)
{
  int across = axis == 0 ? 1 : 0, up = axis == 2 ? 1 : 2;
  /* u x v points along +axis for x and z, along -axis for y */
  gboolean flip = (sign > 0) == (axis == 1);
  guint first = builder->vertices->len;

  for (guint row = 0; row <= quads; row++)
    for (guint column = 0; column <= quads; column++)
      {
        float u = (float)column / (float)quads, v = (float)row / (float)quads;
        SgVertex vertex = { .uv = { flip ? 1 - u : u, 1 - v } };

        u = vertex.uv[0];
        vertex.position[across] = 2 * u - 1;
        vertex.position[up] = 2 * v - 1;
        vertex.position[axis] = (float)sign;
        vertex.normal[axis] = (float)sign;
        for (int i = 0; i < 3; i++)
          vertex.outline[i] = vertex.position[i];
        sg_mesh_builder_vertex (builder, &vertex);
      }
  for (guint row = 0; row < quads; row++)
    add_strip (builder, first + row * (quads + 1), first + (row + 1) * (quads + 1), quads + 1);
}

static void
add_plane (SgMeshBuilder *builder, guint cells)
{
  guint first = builder->vertices->len, n = cells + 1;

  for (guint i = 0; i < n * n; i++)
    {
      float u = (float)(i % n) / (float)cells, v = (float)(i / n) / (float)cells;
      float x = 2 * u - 1, y = 2 * v - 1;
      SgVertex vertex = {
        .position = { x, y, 0 }, .normal = { 0, 0, 1 }, .outline = { x, y, 0 }, .uv = { u, 1 - v }
      };

      sg_mesh_builder_vertex (builder, &vertex);
    }
  for (guint row = 0; row < cells; row++)
    add_strip (builder, first + row * n, first + (row + 1) * n, n);
}

static void
add_box (SgMeshBuilder *builder, const Detail *detail)
{
  for (int axis = 0; axis < 3; axis++)
    {
      add_face (builder, axis, -1, detail->quads);
      add_face (builder, axis, 1, detail->quads);
    }
}

static void
add_parallel (SgMeshBuilder *builder, float elevation, float end, guint slices)
{
  for (guint i = 0; i <= slices; i++)
    {
      float azimuth = 2 * (float)G_PI * (float)i / (float)slices;
      float x = cosf (azimuth) * cosf (elevation), y = sinf (azimuth) * cosf (elevation),
            z = sinf (elevation);
      SgVertex vertex = { .position = { x, y, z },
                          .end = end,
                          .normal = { x, y, z },
                          .outline = { x, y, z, 1 },
                          .uv = { (float)i / (float)slices, 0.5f - elevation / (float)G_PI } };

      sg_mesh_builder_vertex (builder, &vertex);
    }
}

/* A sphere; with `ends` one that is cut at the equator, each half moving with its end. */
static void
add_ball (SgMeshBuilder *builder, const Detail *detail, gboolean ends)
{
  guint first = builder->vertices->len, half = detail->stacks / 2, n = detail->slices + 1;
  guint rows = 0;

  for (guint side = 0; side < 2; side++)
    for (guint i = side == 1 && !ends ? 1 : 0; i <= half; i++, rows++)
      {
        float fraction = (float)i / (float)half;
        float elevation = (float)(G_PI / 2) * (side == 0 ? fraction - 1 : fraction);

        add_parallel (builder, elevation, !ends ? 0 : side == 0 ? -1
                                                                : 1,
                      detail->slices);
      }
  for (guint row = 0; row + 1 < rows; row++)
    add_strip (builder, first + row * n, first + (row + 1) * n, n);
}

/* One ring of vertices around z; the normal leans by `slope` along z. */
static void
add_ring (SgMeshBuilder *builder, float radius, float z, float slope, float outline_z, guint slices)
{
  float norm = sqrtf (1 + slope * slope);

  for (guint i = 0; i <= slices; i++)
    {
      float azimuth = 2 * (float)G_PI * (float)i / (float)slices, x = cosf (azimuth), y = sinf (azimuth);
      SgVertex vertex = { .position = { radius * x, radius * y, z },
                          .normal = { x / norm, y / norm, slope / norm },
                          .outline = { x, y, outline_z },
                          .uv = { (float)i / (float)slices, (1 - z) / 2 } };

      sg_mesh_builder_vertex (builder, &vertex);
    }
}

static void
add_disk (SgMeshBuilder *builder, float z, float facing, guint slices)
{
  SgVertex middle = {
    .position = { 0, 0, z }, .normal = { 0, 0, facing }, .outline = { 0, 0, facing }, .uv = { 0.5f, 0.5f }
  };
  guint center = sg_mesh_builder_vertex (builder, &middle), first = center + 1;

  for (guint i = 0; i <= slices; i++)
    {
      float azimuth = 2 * (float)G_PI * (float)i / (float)slices, x = cosf (azimuth), y = sinf (azimuth);
      SgVertex vertex = { .position = { x, y, z },
                          .normal = { 0, 0, facing },
                          .outline = { x, y, facing },
                          .uv = { (1 + x) / 2, (1 - y) / 2 } };

      sg_mesh_builder_vertex (builder, &vertex);
    }
  for (guint i = 0; i < slices; i++)
    {
      sg_mesh_builder_index (builder, center);
      sg_mesh_builder_index (builder, first + i + (facing > 0 ? 0 : 1));
      sg_mesh_builder_index (builder, first + i + (facing > 0 ? 1 : 0));
    }
}

static void
add_cylinder (SgMeshBuilder *builder, const Detail *detail)
{
  guint first = builder->vertices->len, n = detail->slices + 1;

  add_ring (builder, 1, -1, 0, -1, detail->slices);
  add_ring (builder, 1, 1, 0, 1, detail->slices);
  add_strip (builder, first, first + n, n);
  add_disk (builder, -1, -1, detail->slices);
  add_disk (builder, 1, 1, detail->slices);
}

static void
add_cone (SgMeshBuilder *builder, const Detail *detail)
{
  guint first = builder->vertices->len, n = detail->slices + 1;

  add_ring (builder, 1, 0, 1, -1, detail->slices);
  add_ring (builder, 0, 1, 1, 1, detail->slices);
  add_strip (builder, first, first + n, n);
  add_disk (builder, 0, -1, detail->slices);
}

/* One ring of the wire, at `t` from -1 to 1 along the coil. */
static void
add_coil_ring (SgMeshBuilder *builder, float t, guint sides)
{
  float turn = (float)G_PI * COIL_TURNS * t;
  float radius = COIL_RADIUS * CLAMP ((1 - fabsf (t)) / COIL_TAPER, 0, 1);

  for (guint i = 0; i <= sides; i++)
    {
      float around = 2 * (float)G_PI * (float)i / (float)sides;
      float out = cosf (around), z = sinf (around);
      float x = out * cosf (turn), y = out * sinf (turn);
      SgVertex vertex = { .position = { radius * cosf (turn) + x, radius * sinf (turn) + y, z },
                          .end = t,
                          .normal = { x, y, z },
                          .outline = { x, y, z, 1 } };

      sg_mesh_builder_vertex (builder, &vertex);
    }
}

static void
add_coil (SgMeshBuilder *builder, const Detail *detail)
{
  guint first = builder->vertices->len, n = detail->coil_sides + 1;
  guint rings = COIL_TURNS * detail->coil_steps;

  for (guint i = 0; i <= rings; i++)
    add_coil_ring (builder, 2 * (float)i / (float)rings - 1, detail->coil_sides);
  for (guint i = 0; i < rings; i++)
    add_strip (builder, first + (i + 1) * n, first + i * n, n);
}

/* Seen from both sides: its back is drawn with the front's normal, as MuJoCo does. */
static void
add_triangle (SgMeshBuilder *builder)
{
  const guint order[] = { 0, 1, 2, 0, 2, 1 };
  guint first = builder->vertices->len;

  for (int i = 0; i < 3; i++)
    {
      float x = i == 1, y = i == 2;
      SgVertex vertex = { .position = { x, y, 0 }, .normal = { 0, 0, 1 }, .uv = { x, 1 - y } };

      sg_mesh_builder_vertex (builder, &vertex);
    }
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    sg_mesh_builder_index (builder, first + order[i]);
}

static void
add_line (SgMeshBuilder *builder)
{
  for (int i = 0; i < 2; i++)
    {
      SgVertex vertex = { .position = { 0, 0, (float)i }, .normal = { 0, 0, 1 } };

      sg_mesh_builder_index (builder, sg_mesh_builder_vertex (builder, &vertex));
    }
}

static void
add_line_box (SgMeshBuilder *builder)
{
  guint first = builder->vertices->len;

  for (int corner = 0; corner < 8; corner++)
    {
      SgVertex vertex = { .position = { corner & 1 ? 1 : -1, corner & 2 ? 1 : -1, corner & 4 ? 1 : -1 },
                          .normal = { 0, 0, 1 } };

      sg_mesh_builder_vertex (builder, &vertex);
    }
  for (guint corner = 0; corner < 8; corner++)
    for (guint bit = 1; bit < 8; bit <<= 1)
      if (!(corner & bit))
        {
          sg_mesh_builder_index (builder, first + corner);
          sg_mesh_builder_index (builder, first + (corner | bit));
        }
}

static void
add_shape (SgMeshBuilder *builder, SgShape shape, const Detail *detail)
{
  switch (shape)
    {
    case SG_SHAPE_PLANE:
      add_plane (builder, detail->plane_cells);
      break;
    case SG_SHAPE_ENDLESS:
      add_plane (builder, 1);
      break;
    case SG_SHAPE_BOX:
      add_box (builder, detail);
      break;
    case SG_SHAPE_SPHERE:
    case SG_SHAPE_SMALL_SPHERE:
    case SG_SHAPE_CAPSULE:
    case SG_SHAPE_SMALL_CAPSULE:
      add_ball (builder, detail, shape == SG_SHAPE_CAPSULE || shape == SG_SHAPE_SMALL_CAPSULE);
      break;
    case SG_SHAPE_CYLINDER:
    case SG_SHAPE_SMALL_CYLINDER:
      add_cylinder (builder, detail);
      break;
    case SG_SHAPE_CONE:
      add_cone (builder, detail);
      break;
    case SG_SHAPE_COIL:
      add_coil (builder, detail);
      break;
    case SG_SHAPE_TRIANGLE:
      add_triangle (builder);
      break;
    case SG_SHAPE_LINE:
      add_line (builder);
      break;
    case SG_SHAPE_LINEBOX:
      add_line_box (builder);
      break;
    case SG_N_SHAPES:
      break;
    }
}

void
sg_mesh_builder_add_shapes (SgMeshBuilder *builder, gboolean fine)
{
  static const Detail low = { 24, 14, 2, 8, 12, 5 }, high = { 48, 28, 1, 1, 20, 8 },
                      small = { 16, 8, 1, 1, 8, 4 };

  for (int shape = 0; shape < SG_N_SHAPES; shape++)
    {
      gboolean lines = shape == SG_SHAPE_LINE || shape == SG_SHAPE_LINEBOX;

      sg_mesh_builder_begin (builder, lines ? GL_LINES : GL_TRIANGLES);
      add_shape (builder, shape, shape >= SG_SHAPE_SMALL_SPHERE ? &small : fine ? &high
                                                                                : &low);
      sg_mesh_builder_end (builder);
    }
}
