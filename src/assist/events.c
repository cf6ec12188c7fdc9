/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lines first, by any of the three line ends, then what they mean. A line is buffered only until its end is
 * there; of an event in several lines the data are gathered. Both together are within the limit of an
 * event. */
#include "config.h"

#include "assist/events.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/limits.h"

struct _SgEvents
{
  SgFraming framing;
  SgEventFunc func;
  gpointer user_data;

  GByteArray *line; /* the start of one */
  GString *name;    /* of the event that is being gathered */
  GString *data;
  gboolean has_data; /* empty data are data too */
  gboolean after_cr; /* a line feed that comes next belongs to the line before */
  gboolean begun;    /* the first line is over, so no byte order mark can come */
  guint64 total;     /* bytes so far */
};

SgEvents *
sg_events_new (SgFraming framing, SgEventFunc func, gpointer user_data)
{
  SgEvents *self = g_new0 (SgEvents, 1);

  self->framing = framing;
  self->func = func;
  self->user_data = user_data;
  self->line = g_byte_array_new ();
  self->name = g_string_new (NULL);
  self->data = g_string_new (NULL);
  return self;
}

void
sg_events_free (SgEvents *self)
{
  g_byte_array_unref (self->line);
  g_string_free (self->name, TRUE);
  g_string_free (self->data, TRUE);
  g_free (self);
}

static gboolean
check_size (SgEvents *self, gsize more, GError **error)
{
  return sg_limit_check (SG_LIMIT_ID_ANSWER_BYTES, self->line->len + self->data->len + more, _ ("the answer"),
                         SG_ASSIST_ERROR, SG_ASSIST_ERROR_TOO_LARGE, error);
}

static gboolean
dispatch (SgEvents *self, GError **error)
{
  gboolean ok = TRUE;

  if (self->has_data)
    ok = self->func (self->name->len ? self->name->str : NULL, self->data->str, self->data->len,
                     self->user_data, error);
  g_string_truncate (self->name, 0);
  g_string_truncate (self->data, 0);
  self->has_data = FALSE;
  return ok;
}

static void
add_data (SgEvents *self, const char *text, gsize size)
{
  if (self->has_data)
    g_string_append_c (self->data, '\n');
  g_string_append_len (self->data, text, size);
  self->has_data = TRUE;
}

/* A field of an event; those that we have no use for (id, retry) are passed over, as unknown ones are. */
static void
read_field (SgEvents *self, const char *line, gsize size)
{
  const char *colon = memchr (line, ':', size);
  const gsize name_size = colon ? (gsize)(colon - line) : size;
  const char *value = colon ? colon + 1 : line + size;

  if (value < line + size && *value == ' ')
    value++;
  const gsize value_size = line + size - value;

  if (name_size == 4 && memcmp (line, "data", 4) == 0)
    add_data (self, value, value_size);
  else if (name_size == 5 && memcmp (line, "event", 5) == 0)
    {
      g_string_truncate (self->name, 0);
      g_string_append_len (self->name, value, value_size);
    }
}

static gboolean
read_line (SgEvents *self, const char *line, gsize size, GError **error)
{
  if (!self->begun && size >= 3 && memcmp (line, "\xef\xbb\xbf", 3) == 0)
    line += 3, size -= 3;
  self->begun = TRUE;
  if (!g_utf8_validate_len (line, size, NULL))
    {
      g_set_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_DAMAGED, "%s", _ ("the answer is not UTF-8"));
      return FALSE;
    }
  if (self->framing == SG_FRAMING_LINES)
    {
      if (size > 0)
        add_data (self, line, size);
      return dispatch (self, error);
    }
  if (size == 0)
    return dispatch (self, error);
  if (line[0] != ':') /* else a comment, by which a server tells that it is there */
    read_field (self, line, size);
  return TRUE;
}

/* The line that ends here: what was buffered of it, and the piece at hand. */
static gboolean
end_line (SgEvents *self, const guint8 *piece, gsize size, GError **error)
{
  gboolean ok;

  if (self->line->len == 0)
    return read_line (self, (const char *)piece, size, error);
  g_byte_array_append (self->line, piece, size);
  ok = read_line (self, (const char *)self->line->data, self->line->len, error);
  g_byte_array_set_size (self->line, 0);
  return ok;
}

static gsize
find_line_end (const guint8 *bytes, gsize size)
{
  gsize n = 0;

  while (n < size && bytes[n] != '\n' && bytes[n] != '\r')
    n++;
  return n;
}

gboolean
sg_events_read (SgEvents *self, const void *bytes, gsize size, GError **error)
{
  const guint8 *at = bytes, *end = at + size;

  self->total += size;
  if (!sg_limit_check (SG_LIMIT_ID_ANSWER_STREAM_BYTES, self->total, _ ("the answer"), SG_ASSIST_ERROR,
                       SG_ASSIST_ERROR_TOO_LARGE, error))
    return FALSE;
  while (at < end)
    {
      if (self->after_cr && *at == '\n')
        {
          self->after_cr = FALSE;
          at++;
          continue;
        }
      self->after_cr = FALSE;
      const gsize n = find_line_end (at, end - at);

      if (!check_size (self, n, error))
        return FALSE;
      if (at + n == end)
        {
          g_byte_array_append (self->line, at, n);
          break;
        }
      self->after_cr = at[n] == '\r';
      if (!end_line (self, at, n, error))
        return FALSE;
      at += n + 1;
    }
  return TRUE;
}

gboolean
sg_events_end (SgEvents *self, GError **error)
{
  if (self->line->len > 0 && !end_line (self, (const guint8 *)"", 0, error))
    return FALSE;
  return dispatch (self, error);
}
