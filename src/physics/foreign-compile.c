/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the helper is asked, and what its answer means. */
#include "config.h"

#include "physics/foreign-compile.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/handover.h"
#include "base/helper.h"
#include "base/limits.h"
#include "base/metrics.h"
#include "physics/error.h"

/* Of the time that there is, for what comes before and after the helper. */
#define MARGIN 0.5 /* s */

/* -- The request -- */

static gboolean
write_part (int fd, const void *data, guint64 size)
{
  return sg_helper_request_write (fd, &size, sizeof size) && sg_helper_request_write (fd, data, size) &&
         sg_helper_request_write (fd, "", 1);
}

static gboolean
write_request (int fd, const SgForeign *foreign)
{
  const char *text = sg_foreign_get_text (foreign);
  guint64 n_parts = 1 + 2 * (guint64)sg_foreign_n_assets (foreign);

  if (!sg_helper_request_write (fd, SG_HANDOVER_REQUEST_MAGIC, 8) ||
      !sg_helper_request_write (fd, &n_parts, sizeof n_parts) || !write_part (fd, text, strlen (text)))
    return FALSE;
  for (guint i = 0; i < sg_foreign_n_assets (foreign); i++)
    {
      const SgForeignAsset *asset = sg_foreign_get_asset (foreign, i);
      gsize size;
      const void *data = g_bytes_get_data (asset->bytes, &size);

      if (!write_part (fd, asset->name, strlen (asset->name)) || !write_part (fd, data, size))
        return FALSE;
    }
  return sg_helper_request_seal (fd);
}

/* -1: `error` says why. */
static int
make_request (const SgForeign *foreign, GError **error)
{
  int fd = sg_helper_request_new ("simgen-model");

  if (fd >= 0 && write_request (fd, foreign))
    return fd;
  g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER, _ ("the model cannot be handed over: %s"),
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
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
fail_ended (const SgHelperAnswer *answer, GError **error)
{
  if (answer->signal == SIGXCPU || answer->signal == SIGKILL)
    fail_late (answer->stage, error);
  else if (answer->signal != 0)
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_COMPILE_CRASH,
                 answer->stage == SG_HANDOVER_STEPPING
                   ? _ ("a step of this model needs too much memory or meets a fault of MuJoCo (%s)")
                   : _ ("this model needs too much memory or meets a fault of MuJoCo (%s)"),
                 g_strsignal (answer->signal));
  else
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER, _ ("the helper ended with status %d"),
                 answer->status);
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
understand (const SgForeign *foreign, const SgHelperAnswer *answer, char **mjcf, GError **error)
{
  guint64 n = answer->header.first_size, m = answer->header.second_size;
  g_autofree char *message = g_strndup ((const char *)answer->first, MIN (n, 1000));

  switch (answer->header.verdict)
    {
    case SG_HANDOVER_MODEL:
      if (mjcf != NULL && sg_foreign_get_kind (foreign) == SG_FOREIGN_URDF && m > 0)
        *mjcf = g_strndup ((const char *)answer->second, m);
      else if (mjcf != NULL)
        *mjcf = g_strdup (sg_foreign_get_text (foreign));
      return sg_model_load_compiled (answer->first, n, error);
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

SgModel *
sg_foreign_compile (const SgForeign *foreign, char **mjcf, GCancellable *cancellable, GError **error)
{
  SG_TIME_BLOCK (SG_OPERATION_COMPILE);
  g_auto (SgHelperAnswer) answer = { 0 };
  g_autoptr (GError) cause = NULL;
  int request = -1;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !sg_model_init_library (error) ||
      (request = make_request (foreign, error)) < 0)
    return NULL;
  if (!sg_helper_run ("simgen-compile", request, SG_LIMIT_COMPILE_SECONDS - MARGIN, SG_LIMIT_MODEL_MEMORY,
                      cancellable, &answer, &cause))
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER, _ ("the helper cannot be run: %s"),
                   cause->message);
      return NULL;
    }
  switch (answer.outcome)
    {
    case SG_HELPER_ANSWERED:
      return understand (foreign, &answer, mjcf, error);
    case SG_HELPER_ENDED:
      fail_ended (&answer, error);
      return NULL;
    case SG_HELPER_LATE:
      fail_late (answer.stage, error);
      return NULL;
    case SG_HELPER_CANCELLED:
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    default:
      g_set_error_literal (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_HELPER,
                           _ ("the helper's answer makes no sense"));
      return NULL;
    }
}
