/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Failures, named. Providers agree on statuses more than on words, so the status decides, and words only
 * where a status stands for two things: a 429 for haste and for an empty account, a 400 for a bad key
 * (Gemini). */
#include "config.h"

#include "assist/failure.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "base/json.h"

#define MOST_WORDS 160         /* characters of a server's own words */
#define KEY_PIECE 6            /* bytes of a key that none of its words may hold */
#define MOST_RETRY_AFTER 3600. /* s */

static const char *const meanings[] = {
  [SG_ASSIST_ERROR_KEY] = N_ ("the key is not accepted (401)"),
  [SG_ASSIST_ERROR_FORBIDDEN] = N_ ("this key may not do that (403)"),
  [SG_ASSIST_ERROR_MODEL] = N_ ("there is no such model, or no such service at this address (404)"),
  [SG_ASSIST_ERROR_BUSY] = N_ ("it takes no more requests for now (429)"),
  [SG_ASSIST_ERROR_QUOTA] = N_ ("what the account may use is used up"),
  [SG_ASSIST_ERROR_REQUEST] = N_ ("it does not take the request"),
  [SG_ASSIST_ERROR_SERVER] = N_ ("it has troubles of its own"),
  [SG_ASSIST_ERROR_REDIRECT] = N_ ("the address leads to another one, which was not asked"),
  [SG_ASSIST_ERROR_DECLINED] = N_ ("the model does not want to answer this"),
};

/* -- A server's own words -- */

typedef struct
{
  const char *message, *type, *code; /* (nullable) */
  double retry_after;                /* s; NAN */
} Told;

/* Gemini tells when to come back in the body: details[].retryDelay "34s". */
static double
read_delay (const json_t *details)
{
  for (gsize i = 0; i < json_array_size (details); i++)
    {
      const char *delay = json_string_value (json_object_get (json_array_get (details, i), "retryDelay"));
      char *end;
      const double seconds = delay ? g_ascii_strtod (delay, &end) : NAN;

      if (delay && end != delay && g_str_equal (end, "s") && seconds >= 0)
        return MIN (seconds, MOST_RETRY_AFTER);
    }
  return NAN;
}

/* { "message", "type" or "status", "code" } of all but Ollama, which says a text. */
static Told
read_error (const json_t *error)
{
  Told told = { .retry_after = NAN };

  if (json_is_array (error)) /* Gemini, where it did not stream */
    error = json_object_get (json_array_get (error, 0), "error");
  told.message = json_string_value (json_is_object (error) ? json_object_get (error, "message") : error);
  told.type = json_string_value (json_object_get (error, "type"));
  if (!told.type)
    told.type = json_string_value (json_object_get (error, "status"));
  told.code = json_string_value (json_object_get (error, "code"));
  told.retry_after = read_delay (json_object_get (error, "details"));
  return told;
}

static gboolean
holds (const char *text, const char *word)
{
  g_autofree char *small = text ? g_ascii_strdown (text, -1) : NULL;

  return small && strstr (small, word);
}

static gboolean
tells (const Told *told, const char *word)
{
  return holds (told->message, word) || holds (told->type, word) || holds (told->code, word);
}

/* Whether any piece of the key is in the text: servers quote keys with their middle left out. */
static gboolean
holds_key (const char *text, const char *key)
{
  const gsize size = key ? strlen (key) : 0;

  if (size > 0 && size < KEY_PIECE)
    return strstr (text, key) != NULL;
  for (gsize i = 0; i + KEY_PIECE <= size; i++)
    {
      char piece[KEY_PIECE + 1] = { 0 };

      memcpy (piece, key + i, KEY_PIECE);
      if (strstr (text, piece))
        return TRUE;
    }
  return FALSE;
}

/* A line of words that a stranger wrote; NULL where there is none to be told. Returns: (transfer full). */
static char *
dup_line (const char *words, const char *key)
{
  GString *line = g_string_new (NULL);

  for (const char *c = words ? words : ""; *c && g_utf8_strlen (line->str, -1) < MOST_WORDS;
       c = g_utf8_next_char (c))
    {
      const gunichar letter = g_utf8_get_char (c);

      g_string_append_unichar (line, g_unichar_isprint (letter) ? letter : ' ');
    }
  char *text = g_strstrip (g_string_free (line, FALSE));
  if (!*text || holds_key (text, key))
    g_clear_pointer (&text, g_free);
  return text;
}

static GError *
new_failure (SgAssistError code, const char *words, const char *key)
{
  g_autofree char *line = dup_line (words, key);

  if (line)
    return g_error_new (SG_ASSIST_ERROR, code, "%s: “%s”", _ (meanings[code]), line);
  return g_error_new_literal (SG_ASSIST_ERROR, code, _ (meanings[code]));
}

/* -- HTTP -- */

static SgAssistError
code_of_status (guint status, const Told *told)
{
  if (status == 401 || tells (told, "api_key_invalid") || tells (told, "api key not valid"))
    return SG_ASSIST_ERROR_KEY;
  if (status == 402 || tells (told, "insufficient_quota") || tells (told, "billing"))
    return SG_ASSIST_ERROR_QUOTA;
  if (status == 403)
    return SG_ASSIST_ERROR_FORBIDDEN;
  if (status == 404)
    return SG_ASSIST_ERROR_MODEL;
  if (status == 429) /* Gemini calls both a quota; what it says when to come back for is haste */
    return tells (told, "quota") && tells (told, "resource_exhausted") && isnan (told->retry_after)
             ? SG_ASSIST_ERROR_QUOTA
             : SG_ASSIST_ERROR_BUSY;
  if (status >= 300 && status < 400)
    return SG_ASSIST_ERROR_REDIRECT;
  return status >= 500 || status == 408 ? SG_ASSIST_ERROR_SERVER : SG_ASSIST_ERROR_REQUEST;
}

GError *
sg_failure_of_status (const SgAssistProvider *provider, guint status, double retry_after, GBytes *body)
{
  gsize size = 0;
  const char *data = body ? g_bytes_get_data (body, &size) : NULL;
  g_autoptr (json_t) object = data ? sg_json_parse ("error", data, size, NULL) : NULL;
  Told told = read_error (json_is_array (object) ? object : json_object_get (object, "error"));

  if (isfinite (retry_after))
    told.retry_after = retry_after;
  const SgAssistError code = code_of_status (status, &told);
  /* of a key that is not accepted servers quote what they got */
  GError *error = new_failure (code, code == SG_ASSIST_ERROR_KEY ? NULL : told.message, provider->key);
  if ((code == SG_ASSIST_ERROR_BUSY || code == SG_ASSIST_ERROR_SERVER) && isfinite (told.retry_after))
    sg_error_add_number (&error, SG_DETAIL_RETRY_AFTER, told.retry_after);
  return error;
}

double
sg_failure_read_retry_after (const char *retry_after, const char *date)
{
  char *end;

  if (!retry_after || !*retry_after)
    return NAN;
  const guint64 seconds = g_ascii_strtoull (retry_after, &end, 10);
  if (end != retry_after && !*end && g_ascii_isdigit (*retry_after))
    return MIN ((double)seconds, MOST_RETRY_AFTER);
  g_autoptr (GDateTime) then = soup_date_time_new_from_http_string (retry_after);
  g_autoptr (GDateTime) now = date ? soup_date_time_new_from_http_string (date) : NULL;
  if (!then)
    return NAN;
  if (!now)
    now = g_date_time_new_now_utc ();
  return CLAMP (g_date_time_difference (then, now) / (double)G_TIME_SPAN_SECOND, 0, MOST_RETRY_AFTER);
}

/* -- Libraries -- */

static SgAssistError
code_of_library (const GError *error, gboolean answering)
{
  if (error->domain == G_RESOLVER_ERROR)
    return SG_ASSIST_ERROR_DNS;
  if (error->domain == G_TLS_ERROR)
    return SG_ASSIST_ERROR_TLS;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA) ||
      g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING) ||
      g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING))
    return SG_ASSIST_ERROR_DAMAGED;
  return answering ? SG_ASSIST_ERROR_CUT_OFF : SG_ASSIST_ERROR_CONNECTION;
}

GError *
sg_failure_of_library (const GError *error, gboolean answering)
{
  const SgAssistError code = code_of_library (error, answering);
  const char *what = code == SG_ASSIST_ERROR_DNS       ? _ ("its host is not known")
                     : code == SG_ASSIST_ERROR_TLS     ? _ ("its host cannot prove who it is")
                     : code == SG_ASSIST_ERROR_DAMAGED ? _ ("what came is not HTTP as it should be")
                     : code == SG_ASSIST_ERROR_CUT_OFF ? _ ("the connection broke amid the answer")
                                                       : _ ("it cannot be reached");

  return g_error_new (SG_ASSIST_ERROR, code, "%s: %s", what, error->message);
}

/* -- Streams -- */

static SgAssistError
code_of_event (const json_t *event, const Told *told)
{
  const json_t *code = json_object_get (event, "code");

  if (json_is_integer (code) && json_integer_value (code) >= 400 && json_integer_value (code) < 600)
    return code_of_status (json_integer_value (code), told);
  if (tells (told, "overloaded") || tells (told, "api_error") || tells (told, "server_error"))
    return SG_ASSIST_ERROR_SERVER;
  if (tells (told, "rate_limit"))
    return SG_ASSIST_ERROR_BUSY;
  if (tells (told, "authentication"))
    return SG_ASSIST_ERROR_KEY;
  if (tells (told, "permission"))
    return SG_ASSIST_ERROR_FORBIDDEN;
  if (tells (told, "not_found") || tells (told, "not found"))
    return SG_ASSIST_ERROR_MODEL;
  return code_of_status (tells (told, "invalid_request") ? 400 : 500, told);
}

gboolean
sg_failure_set_of_event (GError **error, const json_t *event)
{
  const Told told = read_error (event);

  g_propagate_error (error, new_failure (code_of_event (event, &told), NULL, NULL));
  if (isfinite (told.retry_after))
    sg_error_add_number (error, SG_DETAIL_RETRY_AFTER, told.retry_after);
  return FALSE;
}

gboolean
sg_failure_set_declined (GError **error, const char *words)
{
  g_propagate_error (error, new_failure (SG_ASSIST_ERROR_DECLINED, words, NULL));
  return FALSE;
}

void
sg_failure_add_provider (GError *error, const SgAssistProvider *provider)
{
  g_prefix_error (&error, "%s: ", provider->name);
  sg_error_add_text (&error, SG_DETAIL_PROVIDER, provider->name);
}

gboolean
sg_failure_is_passing (const GError *error)
{
  return g_error_matches (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_BUSY) ||
         g_error_matches (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_SERVER);
}

gboolean
sg_failure_is_of_provider (const GError *error)
{
  switch (error->domain == SG_ASSIST_ERROR ? error->code : -1)
    {
    case SG_ASSIST_ERROR_DNS:
    case SG_ASSIST_ERROR_CONNECTION:
    case SG_ASSIST_ERROR_TLS:
    case SG_ASSIST_ERROR_KEY:
    case SG_ASSIST_ERROR_FORBIDDEN:
    case SG_ASSIST_ERROR_MODEL:
    case SG_ASSIST_ERROR_BUSY:
    case SG_ASSIST_ERROR_QUOTA:
    case SG_ASSIST_ERROR_SERVER:
    case SG_ASSIST_ERROR_REDIRECT:
    case SG_ASSIST_ERROR_TIMEOUT:
    case SG_ASSIST_ERROR_DAMAGED:
    case SG_ASSIST_ERROR_CUT_OFF:
      return TRUE;
    default:
      return FALSE;
    }
}
