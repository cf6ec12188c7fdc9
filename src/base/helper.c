/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One process a request:
 *
 *   request in memory -> spawn -> stages ... -> answer, checked
 *                           |
 *                           +-- deadline or cancelled: killed, by its own handle */
#include "config.h"

#include "base/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>

#include "base/place.h"

void
sg_helper_answer_clear (SgHelperAnswer *answer)
{
  g_clear_pointer (&answer->bytes, g_byte_array_unref);
}

/* -- The request -- */

int
sg_helper_request_new (const char *name)
{
  return memfd_create (name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

gboolean
sg_helper_request_write (int request, const void *data, gsize size)
{
  for (gsize done = 0; done < size;)
    {
      gssize n = write (request, (const char *)data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += n;
    }
  return TRUE;
}

gboolean
sg_helper_request_seal (int request)
{
  return lseek (request, 0, SEEK_SET) == 0 &&
         fcntl (request, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0;
}

/* -- The process -- */

static char *
dup_path (const char *program)
{
  g_autofree char *folder = sg_place_find (SG_PLACE_HELPERS);

  return g_build_filename (folder, program, NULL);
}

gboolean
sg_helper_is_there (const char *program)
{
  g_autofree char *path = dup_path (program);

  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE);
}

static GSubprocess *
spawn (const char *program, int request, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *path = dup_path (program);

  g_subprocess_launcher_take_stdin_fd (launcher, request);
  return g_subprocess_launcher_spawn (launcher, error, path, NULL);
}

/* -- The answer -- */

static gboolean
has_header (const SgHelperAnswer *answer)
{
  return answer->header.magic[0] != '\0';
}

/* The header as soon as all of it is there, and whether it is one. */
static gboolean
take_header (SgHelperAnswer *answer, guint64 most)
{
  static const SgHandoverAnswer none;

  if (answer->bytes->len < sizeof answer->header || has_header (answer))
    return TRUE;
  memcpy (&answer->header, answer->bytes->data, sizeof answer->header);
  if (memcmp (answer->header.magic, SG_HANDOVER_ANSWER_MAGIC, 8) == 0 &&
      answer->header.first_size <= most && answer->header.second_size <= most)
    return TRUE;
  answer->header = none;
  return FALSE;
}

static guint64
expected_size (const SgHelperAnswer *answer)
{
  return sizeof answer->header + answer->header.first_size + answer->header.second_size;
}

/* Takes what came; FALSE where it is more than was said. */
static gboolean
take (SgHelperAnswer *answer, const guint8 *data, gsize size, guint64 most)
{
  for (; size > 0 && answer->stage != SG_HANDOVER_ANSWER; size--)
    answer->stage = (char)*data++;
  g_byte_array_append (answer->bytes, data, size);
  return take_header (answer, most) && (!has_header (answer) || answer->bytes->len <= expected_size (answer));
}

/* Reads until the helper closes its end, the time is over or it is cancelled. */
static SgHelperOutcome
hear (int fd, SgHelperAnswer *answer, gint64 deadline, guint64 most, GCancellable *cancellable)
{
  g_autofree guint8 *buffer = g_malloc (1 << 16);
  struct pollfd polled[2] = { { .fd = fd, .events = POLLIN }, { .fd = -1, .events = POLLIN } };
  SgHelperOutcome outcome = SG_HELPER_ENDED;

  if (cancellable != NULL)
    polled[1].fd = g_cancellable_get_fd (cancellable);
  for (;;)
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      int ready = left > 0 ? poll (polled, 2, (int)left) : 0;

      if (ready < 0 && errno == EINTR)
        continue;
      if (g_cancellable_is_cancelled (cancellable))
        outcome = SG_HELPER_CANCELLED;
      else if (ready <= 0)
        outcome = SG_HELPER_LATE;
      gssize n = outcome == SG_HELPER_ENDED ? read (fd, buffer, 1 << 16) : 0;
      if (n > 0 && take (answer, buffer, n, most))
        continue;
      if (n > 0)
        outcome = SG_HELPER_NONSENSE;
      break;
    }
  if (polled[1].fd >= 0)
    g_cancellable_release_fd (cancellable);
  return outcome;
}

/* It closed its end: whether with an answer, and if not, how it ended. */
static void
understand (GSubprocess *process, SgHelperAnswer *answer)
{
  if (has_header (answer) && answer->bytes->len == expected_size (answer))
    {
      answer->first = answer->bytes->data + sizeof answer->header;
      answer->second = answer->first + answer->header.first_size;
      guint64 sum = sg_handover_checksum (0, answer->first, answer->header.first_size);

      sum = sg_handover_checksum (sum, answer->second, answer->header.second_size);
      answer->outcome = sum == answer->header.checksum ? SG_HELPER_ANSWERED : SG_HELPER_NONSENSE;
      return;
    }
  g_subprocess_wait (process, NULL, NULL);
  if (g_subprocess_get_if_signaled (process))
    answer->signal = g_subprocess_get_term_sig (process);
  else
    answer->status = g_subprocess_get_exit_status (process);
}

static void
log_locks (const char *program, guint64 locks)
{
  if ((locks & SG_HANDOVER_LANDLOCK) == 0)
    g_debug ("%s: this kernel has no Landlock; %s", program,
             locks & SG_HANDOVER_SECCOMP ? "system calls are filtered" : "only limits hold");
}

gboolean
sg_helper_run (const char *program,
               int request,
               double seconds,
               guint64 most,
               GCancellable *cancellable,
               SgHelperAnswer *answer,
               GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);
  g_autoptr (GSubprocess) process = spawn (program, request, error);

  if (process == NULL)
    return FALSE;
  GInputStream *pipe = g_subprocess_get_stdout_pipe (process);
  int fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (pipe));

  answer->bytes = g_byte_array_new ();
  answer->outcome = hear (fd, answer, deadline, most, cancellable);
  if (answer->outcome == SG_HELPER_ENDED)
    understand (process, answer);
  else
    g_subprocess_force_exit (process);
  log_locks (program, answer->header.locks);
  return TRUE;
}
