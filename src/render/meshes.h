/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The meshes a renderer draws, in one vertex and one index buffer: unit shapes first, then the model's own
 * meshes and height fields. Building (the sg_mesh_builder functions) needs no GL; the rest needs the
 * renderer's context current.
 */
#pragma once

#include <epoxy/gl.h>
#include <glib.h>
#include <mujoco/mujoco.h>

G_BEGIN_DECLS

/* Unit shapes, around the origin, along z. */
typedef enum
{
  SG_SHAPE_PLANE,        /* -1 to 1 in x and y, facing z; a grid, good for light on vertices */
  SG_SHAPE_ENDLESS,      /* the same as one square, for planes too big for any grid */
  SG_SHAPE_BOX,          /* -1 to 1 */
  SG_SHAPE_SPHERE,       /* radius 1 */
  SG_SHAPE_CAPSULE,      /* radius 1, two ends */
  SG_SHAPE_CYLINDER,     /* radius 1, z -1 to 1 */
  SG_SHAPE_CONE,         /* radius 1 at z 0, tip at z 1 */
  SG_SHAPE_COIL,         /* a spring of wire of radius 1, two ends */
  SG_SHAPE_TRIANGLE,     /* (0, 0), (1, 0), (0, 1), facing z; seen from both sides */
  SG_SHAPE_LINE,         /* z 0 to 1 */
  SG_SHAPE_LINEBOX,      /* edges of the box */
  SG_SHAPE_SMALL_SPHERE, /* of few triangles, for what is small on the picture */
  SG_SHAPE_SMALL_CAPSULE,
  SG_SHAPE_SMALL_CYLINDER,
  SG_N_SHAPES
} SgShape;

typedef struct
{
  float position[3];
  float end; /* -1 to 1: which end it moves with when the shape is stretched */
  float normal[3];
  float outline[4]; /* outwards, alike for all corners at one place; [3] 1: scaled as a normal is */
  float uv[2];
} SgVertex;

typedef struct
{
  GLenum mode;              /* GL_TRIANGLES or GL_LINES */
  guint first, count;       /* indices */
  float center[3], half[3]; /* its box, not stretched */
} SgMesh;

typedef struct
{
  GArray *vertices; /* SgVertex */
  GArray *indices;  /* guint32 */
  GArray *meshes;   /* SgMesh; by id: shapes, the model's meshes, its height fields */
} SgMeshBuilder;

void sg_mesh_builder_init (SgMeshBuilder *builder);
void sg_mesh_builder_clear (SgMeshBuilder *builder);
void sg_mesh_builder_begin (SgMeshBuilder *builder, GLenum mode);
void sg_mesh_builder_end (SgMeshBuilder *builder);
guint sg_mesh_builder_vertex (SgMeshBuilder *builder, const SgVertex *vertex);
void sg_mesh_builder_index (SgMeshBuilder *builder, guint vertex);

/* All unit shapes, low-poly or `fine`. */
void sg_mesh_builder_add_shapes (SgMeshBuilder *builder, gboolean fine);

/* The model's meshes (by mesh id; the hull's id draws the mesh too) and height fields. */
void sg_mesh_builder_add_model (SgMeshBuilder *builder, const mjModel *model);

typedef struct
{
  GLuint vertex_array, vertex_buffer, index_buffer;
  GArray *meshes; /* SgMesh */
  guint n_model_meshes;
  GLuint soft_array, soft_vertices, soft_indices;
  SgMeshBuilder soft; /* this frame's, by ids that follow those of `meshes` */
  guint first_ink;    /* id of the first mesh of ink; from there to the last one each is a body's */
} SgMeshes;

void sg_meshes_init (SgMeshes *meshes);
void sg_meshes_clear (SgMeshes *meshes);
/* Replaces all that is there; model (nullable). `add_more` (nullable) builds what comes last: ink. */
void sg_meshes_upload (SgMeshes *meshes,
                       const mjModel *model,
                       gboolean fine,
                       void (*add_more) (SgMeshBuilder *builder, gpointer data),
                       gpointer data);

/* Ids of a model's mesh and height field, as mjvGeom.dataid names them; -1 where there is none. */
int sg_meshes_find_mesh (const SgMeshes *meshes, int dataid);
int sg_meshes_find_hfield (const SgMeshes *meshes, int dataid);

/* What is bent anew every frame: flexes (soft bodies) and skins, in the world's frame, as the scene has
 * them. The mesh's id, until the next sg_meshes_begin_soft; -1 where there is nothing to draw. */
void sg_meshes_begin_soft (SgMeshes *meshes);
int sg_meshes_add_flex (SgMeshes *meshes, const mjvScene *scene, int flex);
int sg_meshes_add_skin (SgMeshes *meshes, const mjvScene *scene, const mjModel *model, int skin);
void sg_meshes_send_soft (SgMeshes *meshes); /* to the GL */

static inline guint
sg_meshes_count (const SgMeshes *meshes)
{
  return meshes->meshes->len + meshes->soft.meshes->len;
}

static inline gboolean
sg_meshes_is_soft (const SgMeshes *meshes, guint id)
{
  return id >= meshes->meshes->len;
}

static inline const SgMesh *
sg_meshes_get (const SgMeshes *meshes, guint id)
{
  if (id < meshes->meshes->len)
    return &g_array_index (meshes->meshes, SgMesh, id);
  return &g_array_index (meshes->soft.meshes, SgMesh, id - meshes->meshes->len);
}

G_END_DECLS
