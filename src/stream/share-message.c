/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON of a stranger -> a message. Any thread. */
#include "stream/share-message.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

#define FARTHEST 1e6 /* m */

static const struct
{
  const char *type;
  SgShareSaying saying;
} sayings[] = {
  { "ready", SG_SHARE_SAYS_READY },
  { "got", SG_SHARE_SAYS_GOT },
  { "key", SG_SHARE_SAYS_KEY },
  { "ask", SG_SHARE_SAYS_ASK },
  { "play", SG_SHARE_SAYS_PLAY },
  { "pause", SG_SHARE_SAYS_PAUSE },
  { "pull", SG_SHARE_SAYS_PULL },
  { "let-go", SG_SHARE_SAYS_LET_GO },
};

static gboolean
read_number (const json_t *object, const char *name, guint64 *number)
{
  const json_t *value = json_object_get (object, name);

  if (!json_is_integer (value) || json_integer_value (value) < 0)
    return FALSE;
  *number = json_integer_value (value);
  return TRUE;
}

static gboolean
read_place (const json_t *object, const char *name, double place[3])
{
  const json_t *array = json_object_get (object, name);

  if (json_array_size (array) != 3)
    return FALSE;
  for (guint k = 0; k < 3; k++)
    if (!sg_json_get_number (json_array_get (array, k), &place[k]) || fabs (place[k]) > FARTHEST)
      return FALSE;
  return TRUE;
}

static gboolean
read_pull (const json_t *object, SgShareMessage *message)
{
  guint64 body;

  if (!read_number (object, "scene", &message->number) || !read_number (object, "body", &body) || body < 1 ||
      body > G_MAXINT || !read_place (object, "point", message->pull.point) ||
      !read_place (object, "target", message->pull.target))
    return FALSE;
  message->pull.body = (int)body;
  return TRUE;
}

gboolean
sg_share_message_read (SgShareMessage *message, const char *text, gsize size)
{
  g_autoptr (json_t) object = sg_json_parse ("message", text, size, NULL);
  const char *type = json_string_value (json_object_get (object, "type"));

  *message = (SgShareMessage){ 0 };
  if (!type)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    if (strcmp (type, sayings[i].type) == 0)
      message->saying = sayings[i].saying;
  switch (message->saying)
    {
    case SG_SHARE_SAYS_READY:
      return read_number (object, "scene", &message->number);
    case SG_SHARE_SAYS_GOT:
      return read_number (object, "frames", &message->number);
    case SG_SHARE_SAYS_PULL:
      return read_pull (object, message);
    default:
      return TRUE;
    }
}
