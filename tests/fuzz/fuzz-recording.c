/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libFuzzer on the reader of recordings: tests/fuzz/run.sh. An input that begins with 0 is a file as it is;
 * any other tells of blocks (kind, steps, size, bytes), of which a file with right check sums is made: a
 * manifest first, then frames, so that what is behind the sums is reached. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stream/block.h"
#include "stream/recording.h"
#include "stream/wire.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes, size_t size);

static const char manifest[] = "{\"format\": \"simgen-manifest\", \"version\": 1, \"timestep\": 0.002, "
                               "\"place_step\": 0.0002, \"n_angles\": 3600, "
                               "\"turn_step\": 0.00025, \"bodies\": [{\"name\": \"world\", \"parent\": 0, "
                               "\"moves\": \"no\"}, {\"name\": \"a\", "
                               "\"parent\": 0, \"moves\": \"planar\", \"y\": 0}, {\"name\": \"b\", "
                               "\"parent\": 0, \"moves\": \"free\"}]}";

static void
write_blocks (int fd, const guint8 *bytes, size_t size)
{
  static const guint8 head[SG_RECORDING_HEAD] = SG_RECORDING_MAGIC "\x01";

  if (write (fd, head, sizeof head) != sizeof head)
    return;
  if (bytes[0] != 1)
    sg_block_write (fd, SG_BLOCK_MANIFEST, 0, 0, manifest, strlen (manifest), NULL);
  for (size_t at = 1; at + 5 <= size;)
    {
      size_t n = MIN ((size_t)(bytes[at + 3] | bytes[at + 4] << 8), size - at - 5);

      sg_block_write (fd, bytes[at] & 7, bytes[at + 1], bytes[at + 2], bytes + at + 5, n, NULL);
      at += 5 + n;
    }
}

static void
read_all (SgRecording *recording, guint8 seed)
{
  guint64 step;

  g_bytes_unref (sg_recording_read_manifest (recording, NULL));
  g_clear_pointer (&(GBytes *){ sg_recording_read_sketch (recording, NULL) }, g_bytes_unref);
  g_clear_pointer (&(GBytes *){ sg_recording_read_mjcf (recording, NULL) }, g_bytes_unref);
  for (guint i = 0; i < MIN (sg_recording_n_events (recording), 8); i++)
    g_clear_pointer (&(GBytes *){ sg_recording_read_event (recording, i, &step, NULL) }, g_bytes_unref);
  for (guint i = 0; i < 64 && sg_recording_next (recording, NULL); i++)
    ;
  sg_recording_seek (recording, seed, NULL);
  sg_recording_next (recording, NULL);
  sg_recording_seek (recording, G_MAXUINT64, NULL);
  sg_recording_seek (recording, 0, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes, size_t size)
{
  char path[64];
  int fd = memfd_create ("recording", MFD_CLOEXEC);

  if (size < 1 || fd < 0)
    return close (fd), 0;
  if (bytes[0] == 0)
    size = write (fd, bytes + 1, size - 1) + 1;
  else
    write_blocks (fd, bytes, size);
  snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
  SgRecording *recording = sg_recording_open (path, NULL);
  if (recording)
    {
      read_all (recording, bytes[size - 1]);
      sg_recording_free (recording);
    }
  close (fd);
  return 0;
}
