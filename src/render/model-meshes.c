/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model's own meshes and height fields, in the form they are drawn in.
 */
#include <string.h>

#include "render/meshes.h"

/* A stored normal further from its face's than this (as a cosine) smooths an edge that is sharp. */
#define SMOOTH_COSINE 0.8f

typedef struct
{
  SgMeshBuilder *builder;
  const mjModel *model;
  int mesh;
  const float *outlines; /* 3 a vertex of the mesh: mean normal there */
  gint64 *newest;        /* a vertex of the mesh: what was last made of it, -1 for nothing */
} MeshCopy;

static void
face_normal (float normal[3], const float *a, const float *b, const float *c)
{
  float u[3], v[3], norm;

  for (int i = 0; i < 3; i++)
    {
      u[i] = b[i] - a[i];
      v[i] = c[i] - a[i];
    }
  normal[0] = u[1] * v[2] - u[2] * v[1];
  normal[1] = u[2] * v[0] - u[0] * v[2];
  normal[2] = u[0] * v[1] - u[1] * v[0];
  norm = sqrtf (normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
  for (int i = 0; i < 3; i++)
    normal[i] = norm > 0 ? normal[i] / norm : i == 2;
}

static float
dot (const float *a, const float *b)
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Mean of the normals of the faces around each vertex of a mesh. Returns: (transfer full). */
static float *
make_outlines (const mjModel *model, int mesh)
{
  const float *vertices = model->mesh_vert + 3 * model->mesh_vertadr[mesh];
  const int *faces = model->mesh_face + 3 * model->mesh_faceadr[mesh];
  float *outlines = g_new0 (float, 3 * (gsize)model->mesh_vertnum[mesh]);

  for (int face = 0; face < model->mesh_facenum[mesh]; face++)
    {
      const int *corner = faces + 3 * face;
      float normal[3];

      face_normal (normal, vertices + 3 * corner[0], vertices + 3 * corner[1], vertices + 3 * corner[2]);
      for (int k = 0; k < 3; k++)
        for (int i = 0; i < 3; i++)
          outlines[3 * corner[k] + i] += normal[i];
    }
  return outlines;
}

/* One corner of a face; corners that agree in all share a vertex. */
static void
add_corner (MeshCopy *copy, int face, int corner, const float flat[3])
{
  const mjModel *model = copy->model;
  int at = 3 * (model->mesh_faceadr[copy->mesh] + face) + corner;
  int place = model->mesh_face[at], texture = model->mesh_texcoordadr[copy->mesh];
  const float *position = model->mesh_vert + 3 * (model->mesh_vertadr[copy->mesh] + place);
  const float *normal =
    model->mesh_normal + 3 * (model->mesh_normaladr[copy->mesh] + model->mesh_facenormal[at]);
  SgVertex vertex = { .outline = { [3] = 1 } };
  gint64 newest = copy->newest[place];

  if (texture < 0 && dot (normal, flat) < SMOOTH_COSINE)
    normal = flat;
  memcpy (vertex.position, position, sizeof vertex.position);
  memcpy (vertex.normal, normal, sizeof vertex.normal);
  memcpy (vertex.outline, copy->outlines + 3 * place, 3 * sizeof (float));
  if (texture >= 0)
    memcpy (vertex.uv, model->mesh_texcoord + 2 * (texture + model->mesh_facetexcoord[at]), sizeof vertex.uv);
  else
    {
      vertex.uv[0] = 0.5f + 0.5f * position[0];
      vertex.uv[1] = 0.5f - 0.5f * position[1];
    }
  if (newest < 0 ||
      memcmp (&g_array_index (copy->builder->vertices, SgVertex, newest), &vertex, sizeof vertex) != 0)
    newest = copy->newest[place] = sg_mesh_builder_vertex (copy->builder, &vertex);
  sg_mesh_builder_index (copy->builder, (guint)newest);
}

static void
add_mesh (SgMeshBuilder *builder, const mjModel *model, int mesh)
{
  const float *vertices = model->mesh_vert + 3 * model->mesh_vertadr[mesh];
  const int *faces = model->mesh_face + 3 * model->mesh_faceadr[mesh];
  g_autofree float *outlines = make_outlines (model, mesh);
  g_autofree gint64 *newest = g_new (gint64, (gsize)model->mesh_vertnum[mesh] + 1);
  MeshCopy copy = { builder, model, mesh, outlines, newest };

  for (int i = 0; i < model->mesh_vertnum[mesh]; i++)
    newest[i] = -1;
  sg_mesh_builder_begin (builder, GL_TRIANGLES);
  for (int face = 0; face < model->mesh_facenum[mesh]; face++)
    {
      const int *corner = faces + 3 * face;
      float flat[3];

      face_normal (flat, vertices + 3 * corner[0], vertices + 3 * corner[1], vertices + 3 * corner[2]);
      for (int k = 0; k < 3; k++)
        add_corner (&copy, face, k, flat);
    }
  sg_mesh_builder_end (builder);
}

static void
add_height (SgMeshBuilder *builder, const mjModel *model, int field, int row, int column)
{
  int rows = model->hfield_nrow[field], columns = model->hfield_ncol[field];
  const mjtNum *size = model->hfield_size + 4 * field;
  const float *data = model->hfield_data + model->hfield_adr[field];
  int left = MAX (column - 1, 0), right = MIN (column + 1, columns - 1);
  int below = MAX (row - 1, 0), above = MIN (row + 1, rows - 1);
  float step_x = (float)(2 * size[0] / MAX (columns - 1, 1)),
        step_y = (float)(2 * size[1] / MAX (rows - 1, 1));
  float rise_x = (float)size[2] * (data[row * columns + right] - data[row * columns + left]);
  float rise_y = (float)size[2] * (data[above * columns + column] - data[below * columns + column]);
  float slope_x = rise_x / (step_x * (float)MAX (right - left, 1));
  float slope_y = rise_y / (step_y * (float)MAX (above - below, 1));
  float norm = sqrtf (1 + slope_x * slope_x + slope_y * slope_y);
  float x = step_x * (float)column - (float)size[0], y = step_y * (float)row - (float)size[1];
  SgVertex vertex = { .position = { x, y, (float)size[2] * data[row * columns + column] },
                      .normal = { -slope_x / norm, -slope_y / norm, 1 / norm },
                      .outline = { 0, 0, 1, 1 },
                      .uv = { 0.5f + 0.5f * x, 0.5f - 0.5f * y } };

  sg_mesh_builder_vertex (builder, &vertex);
}

/* One piece of wall, from the edge of the field at two of its points down to its base. */
static void
add_wall (SgMeshBuilder *builder, const mjModel *model, int field, const int from[2], const int to[2])
{
  const mjtNum *size = model->hfield_size + 4 * field;
  const int *ends[2] = { from, to };
  int rows = model->hfield_nrow[field], columns = model->hfield_ncol[field];
  float away[2], norm;
  SgVertex corners[4] = { 0 };
  const guint order[6] = { 0, 1, 3, 0, 3, 2 };
  guint first = builder->vertices->len;

  for (int k = 0; k < 4; k++)
    {
      const int *at = ends[k & 1];

      corners[k].position[0] = (float)(size[0] * (2.0 * at[1] / MAX (columns - 1, 1) - 1));
      corners[k].position[1] = (float)(size[1] * (2.0 * at[0] / MAX (rows - 1, 1) - 1));
      corners[k].position[2] =
        k < 2 ? (float)size[2] * model->hfield_data[model->hfield_adr[field] + at[0] * columns + at[1]]
              : -(float)size[3];
    }
  away[0] = corners[0].position[1] - corners[1].position[1];
  away[1] = corners[1].position[0] - corners[0].position[0];
  norm = hypotf (away[0], away[1]);
  for (int k = 0; k < 4; k++)
    {
      corners[k].normal[0] = norm > 0 ? away[0] / norm : 1;
      corners[k].normal[1] = norm > 0 ? away[1] / norm : 0;
      corners[k].outline[3] = 1;
      memcpy (corners[k].outline, corners[k].normal, 3 * sizeof (float));
      sg_mesh_builder_vertex (builder, corners + k);
    }
  for (int k = 0; k < 6; k++)
    sg_mesh_builder_index (builder, first + order[k]);
}

/* Walls round the field, so that it is a block of ground and not a sheet. */
static void
add_walls (SgMeshBuilder *builder, const mjModel *model, int field)
{
  int last_row = model->hfield_nrow[field] - 1, last_column = model->hfield_ncol[field] - 1;

  for (int row = 0; row < last_row; row++)
    {
      add_wall (builder, model, field, (const int[]){ row, 0 }, (const int[]){ row + 1, 0 });
      add_wall (builder, model, field, (const int[]){ row + 1, last_column },
                (const int[]){ row, last_column });
    }
  for (int column = 0; column < last_column; column++)
    {
      add_wall (builder, model, field, (const int[]){ 0, column + 1 }, (const int[]){ 0, column });
      add_wall (builder, model, field, (const int[]){ last_row, column },
                (const int[]){ last_row, column + 1 });
    }
}

static void
add_height_field (SgMeshBuilder *builder, const mjModel *model, int field)
{
  int rows = model->hfield_nrow[field], columns = model->hfield_ncol[field];
  guint first = builder->vertices->len;

  sg_mesh_builder_begin (builder, GL_TRIANGLES);
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      add_height (builder, model, field, row, column);
  for (int row = 0; row + 1 < rows; row++)
    for (int column = 0; column + 1 < columns; column++)
      {
        guint at = first + (guint)(row * columns + column), up = at + (guint)columns;
        const guint corners[] = { at, at + 1, up + 1, at, up + 1, up };

        for (guint k = 0; k < G_N_ELEMENTS (corners); k++)
          sg_mesh_builder_index (builder, corners[k]);
      }
  add_walls (builder, model, field);
  sg_mesh_builder_end (builder);
}

void
sg_mesh_builder_add_model (SgMeshBuilder *builder, const mjModel *model)
{
  for (int i = 0; i < model->nmesh; i++)
    add_mesh (builder, model, i);
  for (int i = 0; i < model->nhfield; i++)
    add_height_field (builder, model, i);
}
