/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Boxes of instances as the camera has them, corner by corner.
 */
#include "render/region.h"

#include <math.h>

#define AT_EYE 1e-6f /* of the homogeneous coordinate: at the eye or behind it */

/* In shares of half the picture, from its middle. */
typedef struct
{
  float low[2], high[2];
  gboolean at_eye;
} Bounds;

/* Where the camera has a way that is `scale` times `way`. */
static void
project_way (float out[4], const float m[16], const float way[3], float scale)
{
  for (int row = 0; row < 4; row++)
    out[row] += scale * (m[row] * way[0] + m[4 + row] * way[1] + m[8 + row] * way[2]);
}

static void
bound_corner (Bounds *bounds, const float corner[4])
{
  if (corner[3] <= AT_EYE)
    {
      bounds->at_eye = TRUE;
      return;
    }
  for (int i = 0; i < 2; i++)
    {
      bounds->low[i] = MIN (bounds->low[i], corner[i] / corner[3]);
      bounds->high[i] = MAX (bounds->high[i], corner[i] / corner[3]);
    }
}

static void
bound_instance (Bounds *bounds, const float m[16], const SgInstance *instance, const SgMesh *mesh)
{
  const float *axes[3] = { instance->x, instance->y, instance->z };
  float length = sqrtf (instance->z[0] * instance->z[0] + instance->z[1] * instance->z[1] +
                        instance->z[2] * instance->z[2]);
  float middle[4] = { m[12], m[13], m[14], m[15] }, half[3][4] = { { 0 } };

  project_way (middle, m, instance->place, 1);
  for (int k = 0; k < 3; k++)
    {
      project_way (middle, m, axes[k], mesh->center[k]);
      project_way (half[k], m, axes[k], mesh->half[k] + (k == 2 ? instance->stretch / length : 0));
    }
  for (int corner = 0; corner < 8; corner++)
    {
      float at[4];

      for (int row = 0; row < 4; row++)
        at[row] = middle[row] + (corner & 1 ? half[0][row] : -half[0][row]) +
                  (corner & 2 ? half[1][row] : -half[1][row]) + (corner & 4 ? half[2][row] : -half[2][row]);
      bound_corner (bounds, at);
    }
}

/* From `low` to `high`, in shares of half of `size` pixels from its middle, to whole pixels. */
static void
find_span (float low, float high, int size, float margin, int *start, int *length)
{
  float half = (float)size / 2;
  float first = floorf ((CLAMP (low, -2, 2) + 1) * half - margin);
  float last = ceilf ((CLAMP (high, -2, 2) + 1) * half + margin);

  *start = CLAMP ((int)first, 0, size);
  *length = CLAMP ((int)last, *start, size) - *start;
}

SgRegion
sg_region_find (const SgInstances *instances,
                const SgMeshes *meshes,
                const SgBatch *ground,
                const SgFrame *frame,
                int width,
                int height,
                float margin)
{
  Bounds bounds = { { INFINITY, INFINITY }, { -INFINITY, -INFINITY }, FALSE };
  SgRegion region = { 0, 0, width, height };

  for (guint i = 0; i < instances->batches->len && !bounds.at_eye; i++)
    {
      const SgBatch *batch = &g_array_index (instances->batches, SgBatch, i);

      for (guint k = 0; k < batch->count && batch != ground && !bounds.at_eye; k++)
        bound_instance (&bounds, frame->view_projection,
                        &g_array_index (instances->instances, SgInstance, batch->first + k),
                        sg_meshes_get (meshes, batch->mesh));
    }
  if (bounds.at_eye)
    return region;
  if (bounds.low[0] > bounds.high[0])
    return (SgRegion){ 0 };
  find_span (bounds.low[0], bounds.high[0], width, margin, &region.x, &region.width);
  find_span (bounds.low[1], bounds.high[1], height, margin, &region.y, &region.height);
  if (region.width == 0 || region.height == 0)
    return (SgRegion){ 0 };
  return region;
}

SgRegion
sg_region_intersect (const SgRegion *a, const SgRegion *b)
{
  int left = MAX (a->x, b->x), right = MIN (a->x + a->width, b->x + b->width);
  int low = MAX (a->y, b->y), high = MIN (a->y + a->height, b->y + b->height);

  if (left >= right || low >= high)
    return (SgRegion){ 0 };
  return (SgRegion){ left, low, right - left, high - low };
}
