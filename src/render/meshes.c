/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mesh builder, and the buffers on the GL's side.
 */
#include "render/meshes.h"

#include <stddef.h>

#include "render/shader.h"

void
sg_mesh_builder_init (SgMeshBuilder *builder)
{
  builder->vertices = g_array_new (FALSE, FALSE, sizeof (SgVertex));
  builder->indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  builder->meshes = g_array_new (FALSE, TRUE, sizeof (SgMesh));
}

void
sg_mesh_builder_clear (SgMeshBuilder *builder)
{
  g_array_unref (builder->vertices);
  g_array_unref (builder->indices);
  g_array_unref (builder->meshes);
}

void
sg_mesh_builder_begin (SgMeshBuilder *builder, GLenum mode)
{
  SgMesh mesh = { .mode = mode, .first = builder->indices->len };

  g_array_append_val (builder->meshes, mesh);
}

/* Completes the newest mesh: its count and its box. */
void
sg_mesh_builder_end (SgMeshBuilder *builder)
{
  SgMesh *mesh = &g_array_index (builder->meshes, SgMesh, builder->meshes->len - 1);
  float low[3] = { INFINITY, INFINITY, INFINITY }, high[3] = { -INFINITY, -INFINITY, -INFINITY };

  mesh->count = builder->indices->len - mesh->first;
  for (guint i = mesh->first; i < builder->indices->len; i++)
    {
      guint32 index = g_array_index (builder->indices, guint32, i);
      const float *position = g_array_index (builder->vertices, SgVertex, index).position;

      for (int k = 0; k < 3; k++)
        {
          low[k] = MIN (low[k], position[k]);
          high[k] = MAX (high[k], position[k]);
        }
    }
  for (int k = 0; k < 3 && mesh->count > 0; k++)
    {
      mesh->center[k] = (low[k] + high[k]) / 2;
      mesh->half[k] = (high[k] - low[k]) / 2;
    }
}

guint
sg_mesh_builder_vertex (SgMeshBuilder *builder, const SgVertex *vertex)
{
  g_array_append_vals (builder->vertices, vertex, 1);
  return builder->vertices->len - 1;
}

void
sg_mesh_builder_index (SgMeshBuilder *builder, guint vertex)
{
  guint32 index = vertex;

  g_array_append_val (builder->indices, index);
}

void
sg_meshes_init (SgMeshes *meshes)
{
  glGenVertexArrays (1, &meshes->vertex_array);
  glGenBuffers (1, &meshes->vertex_buffer);
  glGenBuffers (1, &meshes->index_buffer);
  glGenVertexArrays (1, &meshes->soft_array);
  glGenBuffers (1, &meshes->soft_vertices);
  glGenBuffers (1, &meshes->soft_indices);
  sg_mesh_builder_init (&meshes->soft);
  meshes->meshes = NULL;
}

void
sg_meshes_clear (SgMeshes *meshes)
{
  glDeleteVertexArrays (1, &meshes->vertex_array);
  glDeleteBuffers (1, &meshes->vertex_buffer);
  glDeleteBuffers (1, &meshes->index_buffer);
  glDeleteVertexArrays (1, &meshes->soft_array);
  glDeleteBuffers (1, &meshes->soft_vertices);
  glDeleteBuffers (1, &meshes->soft_indices);
  sg_mesh_builder_clear (&meshes->soft);
  g_clear_pointer (&meshes->meshes, g_array_unref);
}

static void
point_at_attributes (void)
{
  static const struct
  {
    GLint size;
    gsize offset;
  } attributes[] = {
    [SG_ATTRIBUTE_POSITION] = { 4, offsetof (SgVertex, position) },
    [SG_ATTRIBUTE_NORMAL] = { 3, offsetof (SgVertex, normal) },
    [SG_ATTRIBUTE_OUTLINE] = { 4, offsetof (SgVertex, outline) },
    [SG_ATTRIBUTE_UV] = { 2, offsetof (SgVertex, uv) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      glEnableVertexAttribArray (i);
      glVertexAttribPointer (i, attributes[i].size, GL_FLOAT, GL_FALSE, sizeof (SgVertex),
                             GSIZE_TO_POINTER (attributes[i].offset));
    }
  for (guint i = SG_ATTRIBUTE_INSTANCE; i < SG_N_ATTRIBUTES; i++)
    {
      glEnableVertexAttribArray (i);
      glVertexAttribDivisor (i, 1);
    }
}

static void
send (const SgMeshBuilder *builder, GLuint array, GLuint vertices, GLuint indices, GLenum usage)
{
  glBindVertexArray (array);
  glBindBuffer (GL_ARRAY_BUFFER, vertices);
  glBufferData (GL_ARRAY_BUFFER, builder->vertices->len * sizeof (SgVertex), builder->vertices->data, usage);
  point_at_attributes ();
  glBindBuffer (GL_ELEMENT_ARRAY_BUFFER, indices);
  glBufferData (GL_ELEMENT_ARRAY_BUFFER, builder->indices->len * sizeof (guint32), builder->indices->data,
                usage);
  glBindVertexArray (0);
}

void
sg_meshes_begin_soft (SgMeshes *meshes)
{
  g_array_set_size (meshes->soft.vertices, 0);
  g_array_set_size (meshes->soft.indices, 0);
  g_array_set_size (meshes->soft.meshes, 0);
}

void
sg_meshes_send_soft (SgMeshes *meshes)
{
  if (meshes->soft.meshes->len > 0)
    send (&meshes->soft, meshes->soft_array, meshes->soft_vertices, meshes->soft_indices, GL_STREAM_DRAW);
}

void
sg_meshes_upload (SgMeshes *meshes,
                  const mjModel *model,
                  gboolean fine,
                  void (*add_more) (SgMeshBuilder *builder, gpointer data),
                  gpointer data)
{
  SgMeshBuilder builder;

  sg_mesh_builder_init (&builder);
  sg_mesh_builder_add_shapes (&builder, fine);
  if (model)
    sg_mesh_builder_add_model (&builder, model);
  meshes->first_ink = builder.meshes->len;
  if (add_more)
    add_more (&builder, data);
  meshes->n_model_meshes = model ? (guint)model->nmesh : 0;

  send (&builder, meshes->vertex_array, meshes->vertex_buffer, meshes->index_buffer, GL_STATIC_DRAW);
  g_clear_pointer (&meshes->meshes, g_array_unref);
  meshes->meshes = g_array_ref (builder.meshes);
  sg_mesh_builder_clear (&builder);
}

int
sg_meshes_find_mesh (const SgMeshes *meshes, int dataid)
{
  return dataid >= 0 && dataid / 2 < (int)meshes->n_model_meshes ? SG_N_SHAPES + dataid / 2 : -1;
}

int
sg_meshes_find_hfield (const SgMeshes *meshes, int dataid)
{
  guint id = SG_N_SHAPES + meshes->n_model_meshes + (guint)MAX (dataid, 0);

  return dataid >= 0 && id < meshes->first_ink ? (int)id : -1;
}
