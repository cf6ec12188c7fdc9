/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Frames as bytes and back: the poses within the stated error, at the stated cost, and nothing that hostile
 * bytes can do but to be refused. */
#include "stream/codec.h"

#include <malloc.h>
#include <math.h>
#include <string.h>

#include "pipeline/pipeline.h"
#include "stream/error.h"

#define RATE 60

/* A model with its state, both ends of a stream, and what went through it. */
typedef struct
{
  SgModel *model;
  const mjModel *m;
  mjData *d;
  SgFrameLayout *layout;
  SgFrame frame;
  SgFrameEncoder *encoder;
  SgFrameDecoder *decoder;
  guint n_frames, n_keys, n_differences;
  gsize key_bytes, difference_bytes;
} Stream;

static void
start (Stream *stream, SgModel *model, SgEncoderOptions options)
{
  g_autoptr (GError) error = NULL;

  *stream = (Stream){ .model = sg_model_ref (model), .m = sg_model_get (model) };
  stream->d = mj_makeData (stream->m);
  sg_model_reset_data (model, stream->d);
  mj_forward (stream->m, stream->d);
  stream->layout = sg_frame_layout_new (stream->m, sg_frame_error_default (), &error);
  g_assert_no_error (error);
  sg_frame_init (&stream->frame, stream->layout);
  stream->encoder = sg_frame_encoder_new (stream->layout, options);
  stream->decoder = sg_frame_decoder_new (stream->layout);
}

static void
end (Stream *stream)
{
  sg_frame_decoder_free (stream->decoder);
  sg_frame_encoder_free (stream->encoder);
  sg_frame_clear (&stream->frame);
  sg_frame_layout_free (stream->layout);
  mj_deleteData (stream->d);
  sg_model_unref (stream->model);
}

static SgModel *
model_of (const char *bodies)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *xml =
    g_strdup_printf ("<mujoco><worldbody><geom type='plane' size='9 9 1'/>%s</worldbody></mujoco>", bodies);
  SgModel *model = sg_model_compile (xml, &error);

  g_assert_no_error (error);
  return model;
}

/* `n` bodies that never come to rest. */
static SgModel *
pendulums (guint n)
{
  g_autoptr (GString) bodies = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      bodies,
      "<body pos='%g 0 9'><joint type='hinge' axis='0 1 0' ref='%g'/>"
      "<geom type='capsule' fromto='0 0 0 %g 0 0' size='0.02' contype='0' conaffinity='0'/></body>",
      2.0 * i, 5.0 * i, 0.5 + 0.03 * i);
  return model_of (bodies->str);
}

static SgModel *
boxes (guint n, double height)
{
  g_autoptr (GString) bodies = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      bodies, "<body pos='%g %g %g' euler='%u %u 0'><freejoint/><geom type='box' size='.1 .2 .15'/></body>",
      0.9 * (i % 5), 0.9 * (guint)(i / 5), height, height > 1 ? 31 * i : 0, height > 1 ? 17 * i : 0);
  return model_of (bodies->str);
}

/* How far off the decoded pose of a body is. */
static void
assert_pose (Stream *stream, const SgFrame *read, guint i)
{
  const SgFrameError most = sg_frame_error_default ();
  int body = stream->layout->bodies[i].body;
  double place[3], turn[4], dot = 0;

  sg_frame_get_pose (read, stream->layout, i, place, turn);
  for (guint k = 0; k < 3; k++)
    g_assert_cmpfloat (fabs (place[k] - stream->d->xpos[3 * body + k]), <=,
                       most.place * 1.000001 + 1e-15 * fabs (place[k]));
  for (guint k = 0; k < 4; k++)
    dot += turn[k] * stream->d->xquat[4 * body + k];
  double other[3];
  mjtNum negative[4];
  mju_negQuat (negative, stream->d->xquat + 4 * body);
  mju_mulQuat (turn, turn, negative);
  mju_quat2Vel (other, turn, 1);
  g_assert_cmpfloat (mju_norm3 (other), <=, most.angle * 1.000001);
}

/* Sends the state as it is; FALSE where there was nothing to send. */
static gboolean
send (Stream *stream, guint64 step)
{
  g_autoptr (GError) error = NULL;
  const guint8 *bytes;
  gsize size;

  g_assert_true (sg_frame_take (&stream->frame, stream->layout, stream->d, step, &error));
  g_assert_true (sg_frame_encoder_write (stream->encoder, &stream->frame, &bytes, &size, &error));
  stream->n_frames++;
  if (size == 0)
    return FALSE;
  gboolean key = sg_frame_is_key (bytes, size);
  *(key ? &stream->n_keys : &stream->n_differences) += 1;
  *(key ? &stream->key_bytes : &stream->difference_bytes) += size;
  const SgFrame *read = sg_frame_decoder_read (stream->decoder, bytes, size, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (read->step, ==, step);
  g_assert_cmpmem (read->values, stream->layout->n_bodies * SG_FRAME_VALUES * sizeof (double),
                   stream->frame.values, stream->layout->n_bodies * SG_FRAME_VALUES * sizeof (double));
  for (guint i = 0; i < stream->layout->n_bodies; i++)
    assert_pose (stream, read, i);
  return TRUE;
}

/* Sends a run of so many seconds at 60 frames a second of its own time. */
static void
run (Stream *stream, double seconds)
{
  guint64 step = 0;

  for (guint frame = 0; frame < seconds * RATE; frame++)
    {
      for (; stream->d->time < (double)frame / RATE; step++)
        mj_step (stream->m, stream->d);
      mj_kinematics (stream->m, stream->d);
      send (stream, step);
    }
}

static double
bytes_a_second (const Stream *stream)
{
  return (stream->key_bytes + stream->difference_bytes) / ((double)stream->n_frames / RATE);
}

static SgEncoderOptions
as_shared (const mjModel *m)
{
  return (SgEncoderOptions){ .key_interval = 2 * RATE, .quiet_interval = 0.25 / m->opt.timestep };
}

static void
assert_rate (SgModel *model, double most)
{
  Stream stream;

  start (&stream, model, as_shared (sg_model_get (model)));
  run (&stream, 20);
  g_test_message ("%u bodies: %.0f bytes a second, %u frames of %u told", stream.layout->n_bodies,
                  bytes_a_second (&stream), stream.n_keys + stream.n_differences, stream.n_frames);
  g_assert_cmpfloat (bytes_a_second (&stream), <=, most);
  end (&stream);
  sg_model_unref (model);
}

static void
test_rates (void)
{
  assert_rate (pendulums (2), 1500);
  assert_rate (pendulums (21), 12000);
  assert_rate (boxes (21, 40), 12000);
  assert_rate (boxes (21, 0.15), 300);
}

static void
test_layout (void)
{
  g_autoptr (SgModel) model = model_of (
    "<body name='arm' pos='0 2 1'><joint type='hinge' axis='0 1 0'/><geom size='.1'/>"
    "<body name='welded' pos='1 0 0'><geom size='.1'/></body>"
    "<body name='slider' pos='1 0 0'><joint type='slide' axis='1 0 1'/><geom size='.1'/></body>"
    "<body name='leaning' euler='20 0 0'><joint type='hinge' axis='0 1 0'/><geom size='.1'/></body></body>"
    "<body name='still'><geom size='.1'/></body><body name='free' pos='0 0 3'><freejoint/><geom "
    "size='.1'/></body>"
    "<body name='led' mocap='true'><geom size='.1'/></body>");
  g_autoptr (SgFrameLayout) layout =
    sg_frame_layout_new (sg_model_get (model), sg_frame_error_default (), NULL);
  static const struct
  {
    const char *name;
    gboolean planar;
  } expected[] = {
    { "arm", TRUE }, { "slider", TRUE }, { "leaning", FALSE }, { "free", FALSE }, { "led", FALSE }
  };

  g_assert_cmpuint (layout->n_bodies, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < layout->n_bodies; i++)
    {
      const SgFrameBody *body = &layout->bodies[i];

      g_assert_cmpstr (mj_id2name (sg_model_get (model), mjOBJ_BODY, body->body), ==, expected[i].name);
      g_assert_cmpint (body->planar, ==, expected[i].planar);
      if (body->planar)
        g_assert_cmpfloat (body->y, ==, 2);
    }
}

/* Each bundled mechanism: a difference takes half of a key frame at most. */
static void
test_examples (void)
{
  static const char *const names[] = { "pendulum", "double-pendulum", "ball-ramp", "spring-mass",
                                       "car", "pulley", "see-saw", "newtons-cradle",
                                       "robot-arm", "box-stack" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *file = g_strconcat (names[i], ".simgen", NULL);
      g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", file, NULL);
      g_autoptr (SgScene) scene = sg_pipeline_load (path, 1, NULL, NULL, NULL, &error);
      Stream stream;

      g_assert_no_error (error);
      start (&stream, scene->model, (SgEncoderOptions){ .key_interval = RATE });
      run (&stream, 8);
      double key = (double)stream.key_bytes / stream.n_keys;
      double difference = (double)stream.difference_bytes / stream.n_differences;
      g_test_message ("%s: %u bodies, key frame %.1f bytes, difference %.1f, %.2f of it", names[i],
                      stream.layout->n_bodies, key, difference, difference / key);
      g_assert_cmpfloat (difference, <=, 0.5 * key);
      end (&stream);
    }
}

/* Poses from nowhere to nowhere, as no run has them: planar and free, near and far, slow and wild. */
static void
jump (Stream *stream, GRand *rand)
{
  static const double reach[] = { 1e-5, 1e-3, 0.3, 20, 9e7 };

  for (guint i = 0; i < stream->layout->n_bodies; i++)
    {
      const SgFrameBody *body = &stream->layout->bodies[i];
      double far = reach[g_rand_int_range (rand, 0, G_N_ELEMENTS (reach))];
      mjtNum *place = stream->d->xpos + 3 * body->body, *turn = stream->d->xquat + 4 * body->body;

      if (g_rand_int_range (rand, 0, 3) == 0)
        continue;
      for (guint k = 0; k < 3; k++)
        place[k] = far < 1 ? CLAMP (place[k] + g_rand_double_range (rand, -far, far), -9e7, 9e7)
                           : g_rand_double_range (rand, -far, far);
      for (guint k = 0; k < 4; k++)
        turn[k] = (far < 1 ? turn[k] : 0) + MIN (far, 1) * g_rand_double_range (rand, -1, 1);
      if (body->planar)
        place[1] = body->y, turn[1] = turn[3] = 0;
      mju_normalize4 (turn);
    }
}

/* A million poses; SG_CODEC_FRAMES asks for as many frames of four. */
static void
test_wild (void)
{
  const char *asked = g_getenv ("SG_CODEC_FRAMES");
  guint64 step = 0, n = asked ? g_ascii_strtoull (asked, NULL, 10) : 250000;
  GRand *rand = g_rand_new_with_seed (8);
  Stream stream;
  g_autoptr (SgModel) model =
    model_of ("<body pos='0 1 0'><joint type='hinge' axis='0 1 0'/><geom size='.1'/></body>"
              "<body><joint type='slide' axis='1 0 0'/><geom size='.1'/></body>"
              "<body><freejoint/><geom size='.1'/></body><body><freejoint/><geom size='.1'/></body>");

  start (&stream, model, (SgEncoderOptions){ .key_interval = 100 });
  for (guint64 i = 0; i < n; i++)
    {
      step += g_rand_int_range (rand, 1, g_rand_int_range (rand, 0, 50) ? 12 : 100000);
      jump (&stream, rand);
      send (&stream, step);
    }
  end (&stream);
  g_rand_free (rand);
}

static void
test_no_allocation (void)
{
  g_autoptr (SgModel) model = pendulums (21);
  Stream stream;

  start (&stream, model, as_shared (sg_model_get (model)));
  run (&stream, 1);
  gsize before = mallinfo2 ().uordblks;
  for (guint64 step = 10000; step < 20000; step += 8)
    {
      const guint8 *bytes;
      gsize size;

      g_assert_true (sg_frame_take (&stream.frame, stream.layout, stream.d, step, NULL));
      g_assert_true (sg_frame_encoder_write (stream.encoder, &stream.frame, &bytes, &size, NULL));
      g_assert_true (size == 0 || sg_frame_decoder_read (stream.decoder, bytes, size, NULL));
    }
  g_assert_cmpuint (mallinfo2 ().uordblks, ==, before);
  end (&stream);
}

/* A frame that did not come is noticed, and the next key frame makes it good. */
static void
test_gap (void)
{
  g_autoptr (SgModel) model = pendulums (2);
  g_autoptr (GError) error = NULL;
  const guint8 *bytes;
  gsize size;
  Stream stream;

  start (&stream, model, (SgEncoderOptions){ 0 });
  run (&stream, 0.2);
  sg_frame_take (&stream.frame, stream.layout, stream.d, 1000, NULL);
  g_assert_true (sg_frame_encoder_write (stream.encoder, &stream.frame, &bytes, &size, NULL)); /* lost */
  sg_frame_take (&stream.frame, stream.layout, stream.d, 1010, NULL);
  g_assert_true (sg_frame_encoder_write (stream.encoder, &stream.frame, &bytes, &size, NULL));
  g_assert_null (sg_frame_decoder_read (stream.decoder, bytes, size, &error));
  g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_GAP);
  sg_frame_encoder_want_key (stream.encoder);
  g_assert_true (send (&stream, 1020));
  g_assert_true (send (&stream, 1030));
  end (&stream);
}

static void
assert_refused (Stream *stream, const guint8 *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_frame_decoder_read (stream->decoder, bytes, size, &error));
  g_assert_true (error->domain == SG_STREAM_ERROR);
}

/* Cut anywhere, and with each bit turned: refused, and a good key frame is read afterwards. */
static void
test_damage (void)
{
  g_autoptr (SgModel) model = boxes (3, 9);
  Stream stream;

  start (&stream, model, (SgEncoderOptions){ .key_interval = 2 });
  for (guint64 step = 1; step < 9; step++)
    {
      const guint8 *bytes;
      gsize size;

      for (guint i = 0; i < 8; i++)
        mj_step (stream.m, stream.d);
      sg_frame_take (&stream.frame, stream.layout, stream.d, 8 * step, NULL);
      g_assert_true (sg_frame_encoder_write (stream.encoder, &stream.frame, &bytes, &size, NULL));
      g_autofree guint8 *copy = g_memdup2 (bytes, size);
      for (gsize n = 0; n < size; n++)
        {
          g_autofree guint8 *cut = g_memdup2 (bytes, n); /* so that a byte read too far is noticed */

          assert_refused (&stream, cut, n);
        }
      for (gsize bit = 0; bit < 8 * size; bit++)
        {
          copy[bit / 8] ^= 1 << bit % 8;
          assert_refused (&stream, copy, size);
          copy[bit / 8] ^= 1 << bit % 8;
        }
      if (sg_frame_is_key (bytes, size))
        g_assert_nonnull (sg_frame_decoder_read (stream.decoder, bytes, size, NULL));
    }
  end (&stream);
}

/* Whatever a peer makes up, with a right check sum too. */
static void
test_noise (void)
{
  g_autoptr (SgModel) model = boxes (3, 9);
  GRand *rand = g_rand_new_with_seed (3);
  Stream stream;

  start (&stream, model, (SgEncoderOptions){ 0 });
  for (guint i = 0; i < 200000; i++)
    {
      static const guint8 kinds[] = { 0x01, 0x41, 0x82, 0xc0 };
      guint8 bytes[64];
      gsize size = g_rand_int_range (rand, 0, sizeof bytes);
      g_autoptr (GError) error = NULL;

      for (gsize k = 0; k < size; k++)
        bytes[k] = g_rand_int (rand) & (g_rand_boolean (rand) ? 127 : 255);
      if (size > 0)
        bytes[0] = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
      const SgFrame *frame = sg_frame_decoder_read (stream.decoder, bytes, size, &error);
      g_assert_true ((frame == NULL) == (error != NULL));
    }
  end (&stream);
  g_rand_free (rand);
}

static void
test_out_of_range (void)
{
  g_autoptr (SgModel) model = boxes (1, 9);
  static const double nowhere[] = { 2e8, -2e8, NAN, INFINITY };
  Stream stream;

  start (&stream, model, (SgEncoderOptions){ 0 });
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      g_autoptr (GError) error = NULL;

      stream.d->xpos[3 + i % 3] = nowhere[i];
      g_assert_false (sg_frame_take (&stream.frame, stream.layout, stream.d, 1, &error));
      g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_RANGE);
      stream.d->xpos[3 + i % 3] = 0;
    }
  g_assert_true (send (&stream, 2));
  end (&stream);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!sg_model_init_library (NULL))
    return 1;
  g_test_add_func ("/stream/codec/layout", test_layout);
  g_test_add_func ("/stream/codec/rates", test_rates);
  g_test_add_func ("/stream/codec/examples", test_examples);
  g_test_add_func ("/stream/codec/wild", test_wild);
  g_test_add_func ("/stream/codec/no-allocation", test_no_allocation);
  g_test_add_func ("/stream/codec/gap", test_gap);
  g_test_add_func ("/stream/codec/damage", test_damage);
  g_test_add_func ("/stream/codec/noise", test_noise);
  g_test_add_func ("/stream/codec/out-of-range", test_out_of_range);
  return g_test_run ();
}
