/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers on standard output. */
#include "config.h"

#include "compile/answer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void
write_all (const void *data, gsize size)
{
  for (gsize done = 0; done < size;)
    {
      gssize n = write (STDOUT_FILENO, (const char *)data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        _exit (3); /* nobody listens */
      done += n;
    }
}

void
sg_answer_begin_stage (char stage)
{
  write_all (&stage, 1);
}

void
sg_answer (SgHandoverLocks locks,
           SgHandoverVerdict verdict,
           const void *first,
           gsize first_size,
           const void *second,
           gsize second_size)
{
  SgHandoverAnswer header = { .verdict = verdict,
                              .locks = locks,
                              .first_size = first_size,
                              .second_size = second_size };

  memcpy (header.magic, SG_HANDOVER_ANSWER_MAGIC, sizeof header.magic);
  header.checksum = sg_handover_checksum (0, first, first_size);
  header.checksum = sg_handover_checksum (header.checksum, second, second_size);
  sg_answer_begin_stage (SG_HANDOVER_ANSWER);
  write_all (&header, sizeof header);
  write_all (first, first_size);
  write_all (second, second_size);
  _exit (0);
}
