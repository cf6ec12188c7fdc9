/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer as it grows. */
#include "config.h"

#include "assist/reply.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/limits.h"

#define MOST_MODEL_NAME 200 /* bytes */

void
sg_reply_init (SgReply *self)
{
  *self = (SgReply){ .text = g_string_new (NULL), .tokens_in = -1, .tokens_out = -1 };
}

void
sg_reply_clear (SgReply *self)
{
  if (self->text)
    g_string_free (self->text, TRUE);
  g_free (self->model);
  *self = (SgReply){ 0 };
}

gboolean
sg_reply_add (SgReply *self, const json_t *piece, GError **error)
{
  if (!json_is_string (piece))
    return TRUE;
  /* a NUL, which JSON may hold, would end the text for whoever reads it */
  if (strlen (json_string_value (piece)) != json_string_length (piece))
    {
      g_set_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED, "%s",
                   _ ("the answer's text holds a NUL"));
      return FALSE;
    }
  if (!sg_limit_check (SG_LIMIT_ID_ANSWER_BYTES, self->text->len + json_string_length (piece),
                       _ ("the answer"), SG_ASSIST_ERROR, SG_ASSIST_ERROR_TOO_LARGE, error))
    return FALSE;
  g_string_append_len (self->text, json_string_value (piece), json_string_length (piece));
  return TRUE;
}

void
sg_reply_take_tokens (gint64 *tokens, const json_t *value)
{
  if (json_is_integer (value) && json_integer_value (value) >= 0)
    *tokens = MIN (json_integer_value (value), G_MAXINT32);
}

void
sg_reply_take_model (SgReply *self, const json_t *value)
{
  if (!json_is_string (value) || json_string_length (value) > MOST_MODEL_NAME || !*json_string_value (value))
    return;
  g_free (self->model);
  self->model = g_strdup (json_string_value (value));
}

char *
sg_reply_dup_json_text (const char *text)
{
  const char *thought = g_strrstr (text, "</think>");
  g_autofree char *rest = g_strstrip (g_strdup (thought ? thought + strlen ("</think>") : text));
  const gsize size = strlen (rest);
  char *line = strchr (rest, '\n');

  if (size < 6 || !g_str_has_prefix (rest, "```") || !g_str_has_suffix (rest, "```") || !line ||
      line > rest + size - 4)
    return g_steal_pointer (&rest);
  rest[size - 3] = '\0';
  return g_strstrip (g_strdup (line + 1));
}
