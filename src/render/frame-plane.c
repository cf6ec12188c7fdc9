/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plane takes much of the picture and most of it is in no shadow: only the part that shadows can fall on
 * looks them up, and the picture around that part is drawn in four strips that do not.
 */
#include "render/renderer-private.h"

/* Draws what of the plane is in that part of the picture. */
static gboolean
draw_part (SgPass *pass, const SgBatch *batch, guint variant, SgRegion part, GError **error)
{
  part = sg_region_intersect (&part, &pass->region);
  if (part.width == 0)
    return TRUE;
  glScissor (part.x - pass->region.x, part.y - pass->region.y, part.width, part.height);
  return sg_pass_draw_batch_as (pass, batch, variant, error);
}

/* Where shadows can fall on it; width 0: nowhere that is seen. */
static SgRegion
find_shadowed (SgPass *pass, const SgBatch *batch)
{
  const SgInstances *instances = &pass->renderer->instances;
  const SgInstance *plane = &g_array_index (instances->instances, SgInstance, batch->first);
  float height = 0;
  SgShadowPatch patch;
  int b[4] = { 0 };

  for (int i = 0; i < 3; i++)
    height += plane->z[i] * plane->place[i];
  if (sg_shadow_find_patch (instances, pass->axes, plane->z, height, &patch))
    sg_shadow_patch_bounds (&patch, &pass->renderer->frame, b);
  return (SgRegion){ b[0], b[1], MAX (b[2], 0), MAX (b[3], 0) };
}

gboolean
sg_pass_draw_plane (SgPass *pass, const SgBatch *batch, guint variant, GError **error)
{
  guint bright = variant & ~(guint)SG_VARIANT_SHADOW;
  SgRegion in = find_shadowed (pass, batch);
  int right = in.x + in.width, top = in.y + in.height;
  gboolean ok;

  if (in.width == 0 || in.height == 0)
    return sg_pass_draw_batch_as (pass, batch, bright, error);
  glEnable (GL_SCISSOR_TEST);
  ok =
    draw_part (pass, batch, variant, in, error) &&
    draw_part (pass, batch, bright, (SgRegion){ 0, 0, pass->width, in.y }, error) &&
    draw_part (pass, batch, bright, (SgRegion){ 0, top, pass->width, pass->height - top }, error) &&
    draw_part (pass, batch, bright, (SgRegion){ 0, in.y, in.x, in.height }, error) &&
    draw_part (pass, batch, bright, (SgRegion){ right, in.y, pass->width - right, in.height }, error);
  glDisable (GL_SCISSOR_TEST);
  return ok;
}
