/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Prints frames for decoder.mjs: a line with the manifest, then a line a frame: what it is as bytes (base64),
 * and what the C side reads of them. The scene tumbles, and now and then somebody throws it about. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "stream/codec.h"
#include "stream/manifest.h"

#define FRAMES 2000

static const char mjcf[] =
  "<mujoco><worldbody><geom type='plane' size='9 9 1'/>"
  "<body name='arm' pos='0 .5 2'><joint type='hinge' axis='0 1 0'/>"
  "<geom type='capsule' fromto='0 0 0 .6 0 0' size='.02'/></body>"
  "<body name='box' pos='2 0 2' euler='10 20 0'><freejoint/><geom type='box' size='.1 .2 .1'/></body>"
  "<body name='ball' pos='1 0 3'><joint type='slide' axis='1 0 0'/><joint type='slide' axis='0 0 1'/>"
  "<joint type='hinge' axis='0 1 0'/><geom type='sphere' size='.1'/></body></worldbody></mujoco>";

static json_t *
list (const double *values, guint n)
{
  json_t *array = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (array, json_real (values[i]));
  return array;
}

static void
print_frame (const SgFrameLayout *layout, SgFrameDecoder *decoder, const guint8 *bytes, gsize size)
{
  const SgFrame *frame = sg_frame_decoder_read (decoder, bytes, size, NULL);
  g_autofree double *poses = g_new0 (double, 7 * layout->n_bodies);
  g_autofree char *text = g_base64_encode (bytes, size);
  g_autoptr (json_t) line = json_object ();

  g_assert_nonnull (frame);
  for (guint i = 0; i < layout->n_bodies; i++)
    sg_frame_get_pose (frame, layout, i, poses + 7 * i, poses + 7 * i + 3);
  json_object_set_new (line, "bytes", json_string (text));
  json_object_set_new (line, "step", json_real (frame->step));
  json_object_set_new (line, "values", list (frame->values, layout->n_bodies * SG_FRAME_VALUES));
  json_object_set_new (line, "poses", list (poses, 7 * layout->n_bodies));
  g_autofree char *json = sg_json_dump (line, 0);
  puts (json);
}

static void
throw_about (GRand *rand, const mjModel *m, mjData *d)
{
  for (int i = 0; i < m->nv; i++)
    d->qvel[i] = g_rand_double_range (rand, -9, 9);
  if (g_rand_boolean (rand))
    d->qpos[0] += g_rand_double_range (rand, -1000, 1000);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgModel) model = sg_model_compile (mjcf, &error);
  g_assert_no_error (error);
  const mjModel *m = sg_model_get (model);
  g_autoptr (SgFrameLayout) layout = sg_frame_layout_new (m, sg_frame_error_default (), NULL);
  g_autofree char *manifest = sg_manifest_write (m, layout);
  g_autoptr (SgFrameEncoder) encoder =
    sg_frame_encoder_new (layout, (SgEncoderOptions){ .key_interval = 100 });
  g_autoptr (SgFrameDecoder) decoder = sg_frame_decoder_new (layout);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  mjData *d = mj_makeData (m);
  SgFrame frame;

  puts (manifest);
  sg_frame_init (&frame, layout);
  for (guint64 i = 1, step = 0; i <= FRAMES; i++)
    {
      const guint8 *bytes;
      gsize size;

      if (i % 97 == 0)
        throw_about (rand, m, d);
      for (guint k = i % 53 == 0 ? 40 : 8; k > 0; k--, step++)
        mj_step (m, d);
      mj_kinematics (m, d);
      g_assert_true (sg_frame_take (&frame, layout, d, step, NULL));
      g_assert_true (sg_frame_encoder_write (encoder, &frame, &bytes, &size, NULL));
      print_frame (layout, decoder, bytes, size);
    }
  sg_frame_clear (&frame);
  mj_deleteData (d);
  return 0;
}
