/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Soft bodies and skins: MuJoCo has bent them already, so that this is copying. */
#include <string.h>

#include "render/meshes.h"

/* A vertex of the world's frame. */
static guint
add_vertex (SgMeshBuilder *builder, const float *place, const float *normal, const float *uv)
{
  SgVertex vertex = { .outline = { 0, 0, 0, 1 } };

  memcpy (vertex.position, place, sizeof vertex.position);
  memcpy (vertex.normal, normal, sizeof vertex.normal);
  memcpy (vertex.outline, normal, 3 * sizeof (float));
  if (uv)
    memcpy (vertex.uv, uv, sizeof vertex.uv);
  return sg_mesh_builder_vertex (builder, &vertex);
}

static int
end_mesh (SgMeshes *meshes)
{
  sg_mesh_builder_end (&meshes->soft);
  return (int)sg_meshes_count (meshes) - 1;
}

int
sg_meshes_add_flex (SgMeshes *meshes, const mjvScene *scene, int flex)
{
  gsize first;

  if (flex < 0 || flex >= scene->nflex || scene->flexfaceused[flex] == 0)
    return -1;
  first = 3 * (gsize)scene->flexfaceadr[flex];
  sg_mesh_builder_begin (&meshes->soft, GL_TRIANGLES);
  for (gsize i = first; i < first + 3 * (gsize)scene->flexfaceused[flex]; i++)
    sg_mesh_builder_index (
      &meshes->soft, add_vertex (&meshes->soft, scene->flexface + 3 * i, scene->flexnormal + 3 * i,
                                 scene->flextexcoord ? scene->flextexcoord + 2 * i : NULL));
  return end_mesh (meshes);
}

int
sg_meshes_add_skin (SgMeshes *meshes, const mjvScene *scene, const mjModel *model, int skin)
{
  guint first = meshes->soft.vertices->len;
  gsize vertices;
  const float *uv;

  if (skin < 0 || skin >= scene->nskin || skin >= model->nskin)
    return -1;
  vertices = (gsize)scene->skinvertadr[skin];
  uv = model->skin_texcoordadr[skin] >= 0 ? model->skin_texcoord + 2 * model->skin_texcoordadr[skin] : NULL;
  sg_mesh_builder_begin (&meshes->soft, GL_TRIANGLES);
  for (gsize i = 0; i < (gsize)scene->skinvertnum[skin]; i++)
    add_vertex (&meshes->soft, scene->skinvert + 3 * (vertices + i), scene->skinnormal + 3 * (vertices + i),
                uv ? uv + 2 * i : NULL);
  for (int i = 0; i < 3 * model->skin_facenum[skin]; i++)
    sg_mesh_builder_index (&meshes->soft, first + (guint)model->skin_face[3 * model->skin_faceadr[skin] + i]);
  return end_mesh (meshes);
}
