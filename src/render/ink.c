/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each line becomes a ribbon in the drawing's plane, as wide as the pen, moved in front of all that its
 * body has there; seen from both sides. */
#include "render/ink.h"

#include <math.h>

#define LIFT 0.003f   /* m in front of the body */
#define NEAREST 1e-4f /* m: points closer than that are one */

typedef struct
{
  SgMeshBuilder *builder;
  double place[3], turn[9]; /* the body's frame in the world */
  float front;              /* world y of the ink */
} BodyFrame;

SgInk *
sg_ink_new (void)
{
  SgInk *ink = g_new0 (SgInk, 1);

  ink->lines = g_array_new (FALSE, FALSE, sizeof (SgInkLine));
  ink->points = g_array_new (FALSE, FALSE, 2 * sizeof (float));
  return ink;
}

void
sg_ink_free (SgInk *ink)
{
  g_array_unref (ink->lines);
  g_array_unref (ink->points);
  g_free (ink);
}

void
sg_ink_begin_line (SgInk *ink, int body, double width)
{
  SgInkLine line = { body, (float)width, ink->points->len, 0 };

  g_array_append_val (ink->lines, line);
}

void
sg_ink_add_point (SgInk *ink, double x, double z)
{
  SgInkLine *line = &g_array_index (ink->lines, SgInkLine, ink->lines->len - 1);
  const float point[2] = { (float)x, (float)z };

  g_array_append_vals (ink->points, point, 1);
  line->count++;
}

/* A corner of a ribbon: a place in the world's x and z, in the body's frame. */
static guint
add_corner (const BodyFrame *frame, float x, float z)
{
  const double at[3] = { x - frame->place[0], frame->front - frame->place[1], z - frame->place[2] };
  SgVertex vertex = { .outline = { [3] = 0 } };

  for (int i = 0; i < 3; i++)
    {
      for (int k = 0; k < 3; k++)
        vertex.position[i] += (float)(frame->turn[3 * k + i] * at[k]);
      vertex.normal[i] = -(float)frame->turn[3 + i];
    }
  return sg_mesh_builder_vertex (frame->builder, &vertex);
}

static void
add_face (SgMeshBuilder *builder, guint a, guint b, guint c)
{
  const guint corners[] = { a, b, c, a, c, b };

  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
    sg_mesh_builder_index (builder, corners[i]);
}

/* The direction along the line at its point `i` of `n`, between those of the pieces before and after it. */
static gboolean
find_direction (const float (*points)[2], guint i, guint n, float way[2])
{
  guint before = i > 0 ? i - 1 : i, after = i + 1 < n ? i + 1 : i;
  float norm;

  way[0] = points[after][0] - points[before][0];
  way[1] = points[after][1] - points[before][1];
  norm = hypotf (way[0], way[1]);
  if (norm < NEAREST)
    return FALSE;
  way[0] /= norm;
  way[1] /= norm;
  return TRUE;
}

static void
add_ribbon (const BodyFrame *frame, const float (*points)[2], guint n, float width)
{
  guint left = 0, right = 0;
  gboolean begun = FALSE;
  float way[2];

  for (guint i = 0; i < n; i++)
    {
      float end = i == 0 ? -width / 2 : i == n - 1 ? width / 2
                                                   : 0; /* a pen's tip is round */
      guint new_left, new_right;

      if (!find_direction (points, i, n, way))
        continue;
      float x = points[i][0] + way[0] * end, z = points[i][1] + way[1] * end;
      new_left = add_corner (frame, x - way[1] * width / 2, z + way[0] * width / 2);
      new_right = add_corner (frame, x + way[1] * width / 2, z - way[0] * width / 2);
      if (begun)
        {
          add_face (frame->builder, left, right, new_right);
          add_face (frame->builder, left, new_right, new_left);
        }
      begun = TRUE;
      left = new_left;
      right = new_right;
    }
}

/* In front of all of the body's geoms, along the world's y. */
static float
find_front (const mjModel *model, const mjData *data, int body)
{
  float front = 0;

  for (int i = 0; i < model->body_geomnum[body]; i++)
    {
      int geom = model->body_geomadr[body] + i;
      const mjtNum *box = model->geom_aabb + 6 * geom, *turn = data->geom_xmat + 9 * geom;
      double middle = data->geom_xpos[3 * geom + 1], half = 0;

      if (model->geom_type[geom] == mjGEOM_PLANE)
        continue;
      for (int k = 0; k < 3; k++)
        {
          middle += turn[3 + k] * box[k];
          half += fabs (turn[3 + k]) * box[3 + k];
        }
      front = MIN (front, (float)(middle - half));
    }
  return front - LIFT;
}

static void
build_body (const SgInk *ink, int body, const mjModel *model, const mjData *data, SgMeshBuilder *builder)
{
  BodyFrame frame = { .builder = builder, .front = find_front (model, data, body) };

  for (int i = 0; i < 3; i++)
    frame.place[i] = data->xpos[3 * body + i];
  for (int i = 0; i < 9; i++)
    frame.turn[i] = data->xmat[9 * body + i];
  sg_mesh_builder_begin (builder, GL_TRIANGLES);
  for (guint i = 0; i < ink->lines->len; i++)
    {
      const SgInkLine *line = &g_array_index (ink->lines, SgInkLine, i);
      const float (*points)[2] = (const float (*)[2]) (gconstpointer)ink->points->data;

      if (line->body == body)
        add_ribbon (&frame, points + line->first, line->count, line->width);
    }
  sg_mesh_builder_end (builder);
}

void
sg_ink_build (const SgInk *ink, const mjModel *model, SgMeshBuilder *builder, GArray *bodies)
{
  g_autofree gboolean *has = g_new0 (gboolean, (gsize)model->nbody);
  mjData *data = mj_makeData (model);

  mj_kinematics (model, data);
  for (guint i = 0; i < ink->lines->len; i++)
    {
      int body = g_array_index (ink->lines, SgInkLine, i).body;

      if (body >= 0 && body < model->nbody)
        has[body] = TRUE;
    }
  for (int body = 0; body < model->nbody; body++)
    if (has[body])
      {
        build_body (ink, body, model, data, builder);
        g_array_append_val (bodies, body);
      }
  mj_deleteData (data);
}
