/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files in messages of the window: by their names, wherever a message has its paths. */
#include "app/file-names.h"
#include "base/error.h"

static void
test_text (void)
{
  static const struct
  {
    const char *text, *expected;
  } rows[] = {
    { "/home/ada/My Drawings/cart.simgen: line 3, column 5: '}' expected",
      "cart.simgen: line 3, column 5: '}' expected" },
    { "cart.simgen: strokes[3]: it is empty", "cart.simgen: strokes[3]: it is empty" },
    { "/a/b.pdf: Failed to create file “/a/b.pdf.X8Z”: No space left",
      "b.pdf: Failed to create file “b.pdf.X8Z”: No space left" },
    { "Datei „/a/b c.png“ fehlt", "Datei „b c.png“ fehlt" },
    { "El archivo «/a/b.png» no existe", "El archivo «b.png» no existe" },
    { "Not kept: /home/ada/.local/share/simgen/history.db: disk full", "Not kept: history.db: disk full" },
    { "/a/b.simgen", "b.simgen" },
    { "/a/folder/: not a regular file", "folder: not a regular file" },
    { "/a/b: c/d.simgen: it is empty", "b: c/d.simgen: it is empty" }, /* which nobody can tell */
    { "m/s² is no unit of 2 N/m", "m/s² is no unit of 2 N/m" },
    { "https://example.org/a.simgen: not of this computer",
      "https://example.org/a.simgen: not of this computer" },
    { "/a/b\xff.png: no picture", "b\xef\xbf\xbd.png: no picture" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = sg_file_names_in_text (rows[i].text);

      g_assert_cmpstr (said, ==, rows[i].expected);
    }
}

static void
test_error (void)
{
  g_autoptr (GError) error =
    g_error_new (SG_BASE_ERROR, SG_BASE_ERROR_READ, "%s: %s", "/home/ada/cart.simgen", "No such file");
  g_autofree char *message = sg_file_names_in_message (error);
  g_autofree char *advice = sg_file_names_in_advice (error);

  g_assert_cmpstr (message, ==, "cart.simgen: No such file");
  g_assert_cmpstr (advice, ==, "cart.simgen: No such file. Check its name, and whether you may read it.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/file-names/text", test_text);
  g_test_add_func ("/app/file-names/error", test_error);
  return g_test_run ();
}
