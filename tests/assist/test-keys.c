/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys in a secret service (libsecret's own, in a file that a password encrypts), and without any. Each in a
 * process of its own, as libsecret finds its service once. */
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "assist/keys.h"

#define CANARY "sk-canary-0f1e2d3c"
#define HOST "api.example.org"

typedef struct
{
  GMainLoop *loop;
  SgKeys *keys;
  gboolean kept;
  char *found;
} Wait;

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;

  wait->kept = sg_keys_keep_finish (wait->keys, result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (wait->loop);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;

  wait->found = sg_keys_find_finish (wait->keys, result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (wait->loop);
}

static gboolean
keep (SgKeys *keys, const char *key)
{
  Wait wait = { g_main_loop_new (NULL, FALSE), keys, FALSE, NULL };

  sg_keys_keep_async (keys, HOST, key, NULL, kept_cb, &wait);
  g_main_loop_run (wait.loop);
  g_main_loop_unref (wait.loop);
  return wait.kept;
}

static char *
find (SgKeys *keys)
{
  Wait wait = { g_main_loop_new (NULL, FALSE), keys, FALSE, NULL };

  sg_keys_find_async (keys, HOST, NULL, found_cb, &wait);
  g_main_loop_run (wait.loop);
  g_main_loop_unref (wait.loop);
  return wait.found;
}

static void
test_with_service (void)
{
  g_autofree char *folder = g_dir_make_tmp ("simgen-keys-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);

  if (!g_test_subprocess ())
    {
      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
      g_setenv ("SECRET_FILE_TEST_PASSWORD", "of a test", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();

      g_autofree char *bytes = NULL;
      gsize size = 0;
      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      g_assert_null (memmem (bytes, size, CANARY, strlen (CANARY)));
      g_remove (path);
      g_rmdir (folder);
      return;
    }
  g_rmdir (folder);
  g_autoptr (SgKeys) keys = sg_keys_new ();
  g_assert_null (find (keys));
  g_assert_true (keep (keys, CANARY));
  g_assert_false (sg_keys_is_of_session (keys, HOST));
  g_assert_cmpstr (sg_keys_get (keys, HOST), ==, CANARY);
  g_assert_null (sg_keys_get (keys, "api.example.com"));

  g_autoptr (SgKeys) later = sg_keys_new ();
  char *found = find (later);
  g_assert_cmpstr (found, ==, CANARY);
  sg_keys_wipe (found);
  g_assert_true (keep (later, ""));
  g_autoptr (SgKeys) after = sg_keys_new ();
  g_assert_null (find (after));
  g_assert_true (keep (after, CANARY)); /* for who looks into the file */
}

static void
test_without_service (void)
{
  if (!g_test_subprocess ())
    {
      g_unsetenv ("SECRET_BACKEND");
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  g_autoptr (SgKeys) keys = sg_keys_new ();
  g_assert_null (find (keys));
  g_assert_false (keep (keys, CANARY));
  g_assert_cmpstr (sg_keys_get (keys, HOST), ==, CANARY);
  g_assert_true (sg_keys_is_of_session (keys, HOST));
  keep (keys, "");
  g_assert_null (sg_keys_get (keys, HOST));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assist/keys/with-service", test_with_service);
  g_test_add_func ("/assist/keys/without-service", test_without_service);
  return g_test_run ();
}
