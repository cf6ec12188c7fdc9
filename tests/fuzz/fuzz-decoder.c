/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer on the frame decoder: tests/fuzz/run.sh. The first byte says how many bodies of each kind there
 * are, then come frames, each after its size. Every other input gets its check sums made right, or none would
 * ever get past them. */
#include <stddef.h>
#include <string.h>

#include "stream/codec-private.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes, size_t size);

static void
fill_layout (SgFrameLayout *layout, SgFrameBody *bodies, guint8 what)
{
  const SgFrameError error = sg_frame_error_default ();

  *layout = (SgFrameLayout){ .n_bodies = (what & 7) + (what >> 3 & 7), .bodies = bodies };
  for (guint i = 0; i < layout->n_bodies; i++)
    bodies[i] = (SgFrameBody){ i + 1, i < (what & 7), 0 };
  layout->place_step = 2 * error.place;
  layout->n_angles = 3600;
  layout->turn_step = error.angle / 4;
  layout->places = 1 / layout->place_step;
  layout->turns = 1 / layout->turn_step;
}

static void
mend_sum (guint8 *frame, gsize size, guint32 key)
{
  gboolean is_key = sg_frame_is_key (frame, size);
  gsize n = is_key ? SG_WIRE_KEY_SUM : SG_WIRE_SUM;

  if (size <= n)
    return;
  guint32 sum = sg_wire_sum (is_key ? 0 : key, frame, size - n);
  for (gsize k = 0; k < n; k++)
    frame[size - n + k] = sum >> (8 * k);
}

/* The number of the key frame, which sums go on from. */
static guint32
read_key_number (const guint8 *frame, gsize size)
{
  guint64 number = 0;

  sg_wire_get (frame + 1, frame + size, &number);
  return number;
}

/* What was read must be whole numbers within what a frame may have, and poses of it finite. */
static void
look (const SgFrame *frame, const SgFrameLayout *layout)
{
  for (guint i = 0; i < layout->n_bodies; i++)
    {
      double position[3], quaternion[4];

      sg_frame_get_pose (frame, layout, i, position, quaternion);
      for (guint k = 0; k < 7; k++)
        if (!isfinite (k < 3 ? position[k] : quaternion[k - 3]))
          g_error ("a pose is not finite");
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, size_t size)
{
  SgFrameBody bodies[14];
  SgFrameLayout layout;
  guint8 frame[1 << 12];
  guint32 key = 0;

  if (size < 1)
    return 0;
  fill_layout (&layout, bodies, bytes[0]);
  gboolean mend = bytes[0] & 64;
  g_autoptr (SgFrameDecoder) decoder = sg_frame_decoder_new (&layout);
  for (size_t at = 1; at < size;)
    {
      size_t n = MIN (bytes[at], size - at - 1);

      memcpy (frame, bytes + at + 1, n);
      if (mend)
        mend_sum (frame, n, key);
      const SgFrame *read = sg_frame_decoder_read (decoder, frame, n, NULL);
      if (read)
        look (read, &layout);
      if (read && sg_frame_is_key (frame, n))
        key = read_key_number (frame, n);
      at += 1 + n;
    }
  return 0;
}
