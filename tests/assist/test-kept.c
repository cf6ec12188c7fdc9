/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers in the cache of the store: after a restart a question that was asked before costs no request, and
 * nothing on the disk holds the key. */
#include <string.h>

#include <glib/gstdio.h>

#include "asking.h"
#include "pipeline/answer-cache.h"

static SgCache *
open_cache (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "cache.db", NULL);
  SgCacheOptions options = sg_cache_options_default ();

  options.database_path = path;
  return sg_cache_new (&options);
}

/* No file of the folder holds the key, which are then removed. Returns: how many bytes they had. */
static gsize
look_on_disk (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gsize total = 0;

  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL), *bytes = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      g_assert_null (memmem (bytes, size, CANARY, strlen (CANARY)));
      total += size;
      g_remove (path);
    }
  g_rmdir (folder);
  return total;
}

static void
test_kept (Place *place, gconstpointer data)
{
  Server *server = place_add_server (place, SG_PROVIDER_OPENAI);
  g_autofree char *folder = g_dir_make_tmp ("simgen-XXXXXX", NULL), *stream = openai_stream ("yes");

  server_answer (server, "500 No", NULL, "{\"error\":{\"message\":\"" CANARY "\"}}");
  server_stream (server, "text/event-stream", stream, SERVER_KEEPS);
  place->options.first_pause_us = 0;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SgCache) cache = open_cache (folder);

      place->options.cache = sg_answer_cache_new (cache, SG_CACHE_OWN);
      Asked *asked = place_ask (place, "What is it?");
      place_wait (place, asked);
      g_assert_no_error (asked->error);
      g_assert_cmpstr (asked->answer->text, ==, "yes");
      g_assert_true (asked->answer->from_cache == (i > 0));
      place_drop_assist (place);
    }
  g_assert_cmpuint (server->requests->len, ==, 2);
  g_assert_cmpuint (look_on_disk (folder), >, 0);
  place->options.cache = sg_answer_cache_new (NULL, SG_CACHE_OWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  place_test ("/assist/kept", test_kept);
  return g_test_run ();
}
