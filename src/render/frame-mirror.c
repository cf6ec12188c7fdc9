/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the first reflecting thing of a scene shows.
 */
#include "render/renderer-private.h"

#include <string.h>

/* The frame as it is seen in the mirror. */
static void
turn_frame (SgFrame *frame, const SgInstances *instances)
{
  const float *n = instances->mirror_plane;
  float turn[16] = { 0 }, straight[16], way = 0;

  for (int column = 0; column < 3; column++)
    {
      for (int row = 0; row < 3; row++)
        turn[4 * column + row] = (float)(row == column) - 2 * n[row] * n[column];
      turn[12 + column] = 2 * n[3] * n[column];
    }
  turn[15] = 1;
  memcpy (straight, frame->view_projection, sizeof straight);
  sg_matrix_multiply (frame->view_projection, straight, turn);
  for (int i = 0; i < 3; i++)
    way += n[i] * frame->eye[i];
  for (int i = 0; i < 3; i++)
    frame->eye[i] -= 2 * (way - n[3] * frame->eye[3]) * n[i];
  memcpy (frame->mirror, n, sizeof frame->mirror);
  frame->turning[1] = instances->mirror_strength;
}

static void
set_depth_range (float near_z, float far_z)
{
  if (epoxy_is_desktop_gl ())
    glDepthRange (near_z, far_z);
  else
    glDepthRangef (near_z, far_z);
}

/* The mirror's face into depth and stencil alone. */
static gboolean
draw_mirror_face (SgPass *pass, gboolean write_depth, GLenum depth_test, GError **error)
{
  gboolean ok;

  glColorMask (GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
  glDepthMask (write_depth);
  glDepthFunc (depth_test);
  ok = sg_pass_draw_batch_as (pass, &pass->renderer->instances.mirror, 0, error);
  glColorMask (GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthMask (GL_TRUE);
  glDepthFunc (GL_LEQUAL);
  return ok;
}

/* All that is opaque, turned over: first what is in front of what, then its light. */
static gboolean
draw_mirrored (SgPass *pass, GError **error)
{
  SgRenderer *self = pass->renderer;
  const SgFrame straight = self->frame;
  const guint variant = pass->variant;
  gboolean ok;

  turn_frame (&self->frame, &self->instances);
  sg_pass_send_frame (pass);
  pass->variant |= SG_VARIANT_MIRROR;
  glFrontFace (GL_CW);
  glColorMask (GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
  ok = sg_pass_draw_batches (pass, 0, self->instances.n_opaque, FALSE, error);
  glColorMask (GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthMask (GL_FALSE);
  glEnable (GL_BLEND);
  glBlendFunc (GL_ONE, GL_ONE);
  ok = ok && sg_pass_draw_batches (pass, 0, self->instances.n_opaque, FALSE, error);
  glDisable (GL_BLEND);
  glDepthMask (GL_TRUE);
  glFrontFace (GL_CCW);
  pass->variant = variant;
  self->frame = straight;
  sg_pass_send_frame (pass);
  return ok;
}

/* Adds what the first reflecting thing shows, where it is seen: marked in the stencil, its depth made that
 * of nothing, filled, and its depth put back. */
gboolean
sg_pass_draw_mirror (SgPass *pass, GError **error)
{
  gboolean ok;

  if (!pass->renderer->instances.has_mirror)
    return TRUE;
  glEnable (GL_STENCIL_TEST);
  glStencilFunc (GL_ALWAYS, 1, 0xff);
  glStencilOp (GL_KEEP, GL_KEEP, GL_REPLACE);
  glEnable (GL_CULL_FACE);
  glEnable (GL_POLYGON_OFFSET_FILL);
  glPolygonOffset (-1, -1);
  ok = draw_mirror_face (pass, FALSE, GL_LEQUAL, error);
  glDisable (GL_POLYGON_OFFSET_FILL);
  glStencilFunc (GL_EQUAL, 1, 0xff);
  glStencilOp (GL_KEEP, GL_KEEP, GL_KEEP);
  set_depth_range (1, 1);
  ok = ok && draw_mirror_face (pass, TRUE, GL_ALWAYS, error);
  set_depth_range (0, 1);
  ok = ok && draw_mirrored (pass, error);
  ok = ok && draw_mirror_face (pass, TRUE, GL_ALWAYS, error);
  glDisable (GL_STENCIL_TEST);
  glDisable (GL_CULL_FACE);
  return ok;
}
