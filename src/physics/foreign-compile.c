/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One process a model:
 *
 *   request in memory -> spawn -> stages ... -> answer, checked -> MJB loaded
 *                           |
 *                           +-- deadline or cancelled: killed, by its own handle
 *
 * The request is a sealed file in memory, so that neither end waits for the other to read. */
#include "config.h"

#include "physics/foreign-compile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>

#include "base/limits.h"
#include "base/metrics.h"
#include "base/place.h"
#include "physics/error.h"
#include "physics/handover.h"

/* Of the time that there is, for what comes before and after the helper. */
#define MARGIN (G_USEC_PER_SEC / 2)

/* What came of one run of the helper. */
typedef struct
{
  char stage; /* the last begun; 0: none */
  SgHandoverAnswer header;
  GByteArray *bytes; /* all that came after the answer's stage: header, first, second */
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->bytes, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* -- The request -- */

static gboolean
write_all (int fd, const void *data, gsize size)
{
  for (gsize done = 0; done < size;)
    {
      gssize n = write (fd, (const char *)data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      done += n;
    }
  return TRUE;
}

static gboolean
write_part (int fd, const void *data, guint64 size)
{
  return write_all (fd, &size, sizeof size) && write_all (fd, data, size) && write_all (fd, "", 1);
}

static gboolean
write_request (int fd, const SgForeign *foreign)
{
  const char *text = sg_foreign_get_text (foreign);
  guint64 n_parts = 1 + 2 * (guint64)sg_foreign_n_assets (foreign);

  if (!write_all (fd, SG_HANDOVER_REQUEST_MAGIC, 8) || !write_all (fd, &n_parts, sizeof n_parts) ||
      !write_part (fd, text, strlen (text)))
    return FALSE;
  for (guint i = 0; i < sg_foreign_n_assets (foreign); i++)
    {
      const SgForeignAsset *asset = sg_foreign_get_asset (foreign, i);
      gsize size;
      const void *data = g_bytes_get_data (asset->bytes, &size);

      if (!write_part (fd, asset->name, strlen (asset->name)) || !write_part (fd, data, size))
        return FALSE;
    }
  return lseek (fd, 0, SEEK_SET) == 0;
}

/* -1: `error` says why. */
static int
make_request (const SgForeign *foreign, GError **error)
{
  int fd = memfd_create ("simgen-model", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && write_request (fd, foreign) &&
      fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0)
    return fd;
  g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER, _ ("the model cannot be handed over: %s"),
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/* -- The process -- */

static GSubprocess *
spawn (int request, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *path = sg_place_find (SG_PLACE_COMPILE);
  g_autoptr (GError) cause = NULL;

  g_subprocess_launcher_take_stdin_fd (launcher, request);
  GSubprocess *process = g_subprocess_launcher_spawn (launcher, &cause, path, NULL);
  if (process == NULL)
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER, _ ("the helper cannot be run: %s"),
                 cause->message);
  return process;
}

/* The header as soon as all of it is there, and whether it is one. */
static gboolean
take_header (Answer *answer)
{
  static const SgHandoverAnswer none;

  if (answer->bytes->len < sizeof answer->header || answer->header.magic[0] != '\0')
    return TRUE;
  memcpy (&answer->header, answer->bytes->data, sizeof answer->header);
  if (memcmp (answer->header.magic, SG_HANDOVER_ANSWER_MAGIC, 8) == 0 &&
      answer->header.first_size <= SG_LIMIT_MODEL_MEMORY &&
      answer->header.second_size <= SG_LIMIT_MODEL_MEMORY)
    return TRUE;
  answer->header = none;
  return FALSE;
}

static guint64
expected_size (const Answer *answer)
{
  return sizeof answer->header + answer->header.first_size + answer->header.second_size;
}

/* Takes what came; FALSE where it is more than was said. */
static gboolean
take (Answer *answer, const guint8 *data, gsize size)
{
  for (; size > 0 && answer->stage != SG_HANDOVER_ANSWER; size--)
    answer->stage = (char)*data++;
  g_byte_array_append (answer->bytes, data, size);
  if (!take_header (answer))
    return FALSE;
  return answer->header.magic[0] == '\0' || answer->bytes->len <= expected_size (answer);
}

static gboolean
is_whole (const Answer *answer)
{
  return answer->header.magic[0] != '\0' && answer->bytes->len == expected_size (answer);
}

typedef enum
{
  ENDED,
  NONSENSE,
  TOO_LATE,
  CANCELLED,
} Outcome;

/* Reads until the helper closes its end, the time is over or it is cancelled. */
static Outcome
listen (int fd, Answer *answer, GCancellable *cancellable)
{
  gint64 deadline = g_get_monotonic_time () + SG_LIMIT_COMPILE_SECONDS * G_USEC_PER_SEC - MARGIN;
  g_autofree guint8 *buffer = g_malloc (1 << 16);
  struct pollfd polled[2] = { { .fd = fd, .events = POLLIN }, { .fd = -1, .events = POLLIN } };
  Outcome outcome = ENDED;

  if (cancellable != NULL)
    polled[1].fd = g_cancellable_get_fd (cancellable);
  for (;;)
    {
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      int ready = left > 0 ? poll (polled, 2, (int)left) : 0;

      if (ready < 0 && errno == EINTR)
        continue;
      if (g_cancellable_is_cancelled (cancellable))
        outcome = CANCELLED;
      else if (ready <= 0)
        outcome = TOO_LATE;
      gssize n = outcome == ENDED ? read (fd, buffer, 1 << 16) : 0;
      if (n > 0 && take (answer, buffer, n))
        continue;
      if (n > 0)
        outcome = NONSENSE;
      break;
    }
  if (polled[1].fd >= 0)
    g_cancellable_release_fd (cancellable);
  return outcome;
}

/* -- What it means -- */

static void
fail_late (char stage, GError **error)
{
  if (stage == SG_HANDOVER_STEPPING)
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_COMPILE_TIME, "%s",
                 _ ("a step of this model takes too long to be simulated"));
  else
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_COMPILE_TIME,
                 _ ("this model was not ready after %d seconds"), SG_LIMIT_COMPILE_SECONDS);
  sg_error_add_text (error, SG_DETAIL_OPERATION, stage == SG_HANDOVER_STEPPING ? "step" : "compile");
}

/* It ended without an answer. */
static void
fail_ended (GSubprocess *process, char stage, GError **error)
{
  g_subprocess_wait (process, NULL, NULL);
  int signal = g_subprocess_get_if_signaled (process) ? g_subprocess_get_term_sig (process) : 0;

  if (signal == SIGXCPU || signal == SIGKILL)
    fail_late (stage, error);
  else if (signal != 0)
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_COMPILE_CRASH,
                 stage == SG_HANDOVER_STEPPING
                   ? _ ("a step of this model needs too much memory or meets a fault of MuJoCo (%s)")
                   : _ ("this model needs too much memory or meets a fault of MuJoCo (%s)"),
                 g_strsignal (signal));
  else
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER, _ ("the helper ended with status %d"),
                 g_subprocess_get_exit_status (process));
}

/* MuJoCo tells a line of the text that it was given; a person wants that of the file. */
static void
fail_with_message (const SgForeign *foreign, const char *message, const char *what, GError **error)
{
  g_autoptr (GRegex) regex = g_regex_new (",? ?line (\\d+)\\s*$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *flat = g_strdelimit (g_strstrip (g_strdup (message)), "\n", ' ');
  g_autofree char *valid = g_utf8_make_valid (flat, -1);
  const char *file;
  guint line;

  g_regex_match (regex, valid, 0, &match);
  g_autofree char *digits = g_match_info_matches (match) ? g_match_info_fetch (match, 1) : NULL;
  if (digits == NULL ||
      !sg_foreign_find_line (foreign, (guint)g_ascii_strtoull (digits, NULL, 10), &file, &line))
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF, "%s: %sMuJoCo: %s",
                   sg_foreign_get_files (foreign)[0], what, valid);
      sg_error_add_text (error, SG_DETAIL_FILE, sg_foreign_get_files (foreign)[0]);
      return;
    }
  g_autoptr (GRegex) unnamed = g_regex_new (" Element name '', id \\d+", 0, 0, NULL);
  g_autofree char *without_line = g_regex_replace_literal (regex, valid, -1, 0, "", 0, NULL);
  g_autofree char *words = g_regex_replace_literal (unnamed, without_line, -1, 0, "", 0, NULL);
  g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF, "%s:%u: %sMuJoCo: %s", file, line, what,
               words);
  sg_error_add_text (error, SG_DETAIL_FILE, file);
  sg_error_add_number (error, SG_DETAIL_LINE, line);
}

static SgModel *
understand (const SgForeign *foreign, const Answer *answer, char **mjcf, GError **error)
{
  const guint8 *first = answer->bytes->data + sizeof answer->header;
  guint64 n = answer->header.first_size, m = answer->header.second_size;
  guint64 sum = sg_handover_checksum (sg_handover_checksum (0, first, n), first + n, m);

  if (sum != answer->header.checksum)
    {
      g_set_error_literal (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER,
                           _ ("what the helper handed back was damaged on the way"));
      return NULL;
    }
  g_autofree char *message = g_strndup ((const char *)first, MIN (n, 1000));
  switch (answer->header.verdict)
    {
    case SG_HANDOVER_MODEL:
      if (mjcf != NULL && sg_foreign_get_kind (foreign) == SG_FOREIGN_URDF && m > 0)
        *mjcf = g_strndup ((const char *)first + n, m);
      else if (mjcf != NULL)
        *mjcf = g_strdup (sg_foreign_get_text (foreign));
      return sg_model_load_compiled (first, n, error);
    case SG_HANDOVER_SLOW:
      fail_late (SG_HANDOVER_STEPPING, error);
      return NULL;
    case SG_HANDOVER_FATAL:
      fail_with_message (foreign, message, _ ("its first step fails: "), error);
      return NULL;
    default:
      fail_with_message (foreign, message, "", error);
      return NULL;
    }
}

static void
log_locks (guint64 locks)
{
  if ((locks & SG_HANDOVER_LANDLOCK) == 0)
    g_debug ("simgen-compile: this kernel has no Landlock; %s",
             locks & SG_HANDOVER_SECCOMP ? "system calls are filtered" : "only limits hold");
}

SgModel *
sg_foreign_compile (const SgForeign *foreign, char **mjcf, GCancellable *cancellable, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_COMPILE);
  g_auto (Answer) answer = { .bytes = g_byte_array_new () };
  int request = -1;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !sg_model_init_library (error) ||
      (request = make_request (foreign, error)) < 0)
    return NULL;
  g_autoptr (GSubprocess) process = spawn (request, error);
  if (process == NULL)
    return NULL;
  GInputStream *pipe = g_subprocess_get_stdout_pipe (process);
  Outcome outcome = listen (g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (pipe)), &answer, cancellable);

  if (outcome != ENDED)
    g_subprocess_force_exit (process);
  log_locks (answer.header.locks);
  if (outcome == CANCELLED)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else if (outcome == TOO_LATE)
    fail_late (answer.stage, error);
  else if (outcome == ENDED && is_whole (&answer))
    return understand (foreign, &answer, mjcf, error);
  else if (outcome == ENDED)
    fail_ended (process, answer.stage, error);
  else
    g_set_error_literal (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER,
                         _ ("the helper's answer makes no sense"));
  return NULL;
}
