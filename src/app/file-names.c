/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paths are found by where messages have them: no file is looked for. */
#include "app/file-names.h"

#include <string.h>

#include "pipeline/error-name.h"

static const char *const quotes[] = { "\"", "'", "“", "”", "„", "‘", "’", "‚", "«", "»", "‹", "›" };

/* Whether a quotation mark ends just before `at`. */
static gboolean
is_quoted (const char *text, const char *at)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      gsize n = strlen (quotes[i]);

      if ((gsize)(at - text) >= n && strncmp (at - n, quotes[i], n) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
begins_path (const char *text, const char *at)
{
  return *at == '/' && (at == text || (at - text >= 2 && at[-2] == ':' && at[-1] == ' ') ||
                        is_quoted (text, at));
}

/* Of the path that begins at `at`. */
static const char *
find_end (const char *text, const char *at)
{
  const char *end = NULL;

  for (guint i = 0; is_quoted (text, at) && i < G_N_ELEMENTS (quotes); i++)
    {
      const char *quote = strstr (at, quotes[i]);

      if (quote != NULL && (end == NULL || quote < end))
        end = quote;
    }
  if (end == NULL)
    end = strstr (at, ": ");
  return end != NULL ? end : at + strlen (at);
}

char *
sg_file_names_in_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *said = g_string_new (NULL);

  for (const char *at = valid; *at != '\0';)
    {
      if (!begins_path (valid, at))
        {
          g_string_append_c (said, *at++);
          continue;
        }
      const char *end = find_end (valid, at);
      g_autofree char *path = g_strndup (at, end - at), *name = g_path_get_basename (path);
      g_string_append (said, name);
      at = end;
    }
  return g_string_free (said, FALSE);
}

char *
sg_file_names_in_message (const GError *error)
{
  return sg_file_names_in_text (error->message);
}

char *
sg_file_names_in_advice (const GError *error)
{
  g_autofree char *advice = sg_error_dup_advice (error);

  return sg_file_names_in_text (advice);
}
