/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages of PDFs as pictures, and that whatever is in a PDF, it is an error that says what.
 */
#include "sketch/pdf.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>

#include "base/helper.h"
#include "sketch/error.h"
#include "sketch/file.h"

#define LINE "10 w 20 50 m 180 50 l S"
#define WORDS "BT /F 40 Tf 10 200 Td (kg) Tj ET"

/* Two pages, 200 x 100 and 100 x 400 points. Poppler finds the objects where there is no table of them. The
 * second page's font is not in the file. */
static GBytes *
make_pdf (const char *first, const char *second, const char *trailer)
{
  g_autoptr (GString) text = g_string_new ("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n");

  g_string_append (
    text, "2 0 obj << /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >> endobj\n"
          "3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R "
          "/Resources << /XObject << /X 7 0 R >> >> >> endobj\n"
          "5 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 100 400] /Contents 6 0 R /Resources "
          "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj\n");
  g_string_append_printf (text, "4 0 obj << /Length %zu >> stream\n%s\nendstream endobj\n", strlen (first),
                          first);
  g_string_append_printf (text, "6 0 obj << /Length %zu >> stream\n%s\nendstream endobj\n", strlen (second),
                          second);
  g_string_append_printf (text, "%s\ntrailer << /Root 1 0 R >>\n%%%%EOF\n", trailer);
  return g_bytes_new (text->str, text->len);
}

static gboolean
has_helper (void)
{
  if (!sg_helper_is_there ("simgen-pdf"))
    g_test_skip ("built without Poppler");
  return sg_helper_is_there ("simgen-pdf");
}

static GdkPixbuf *
read_png (GBytes *png)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("png", NULL);

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, png, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static guint
count_dark (const GdkPixbuf *pixbuf)
{
  guint n = 0;

  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      n += gdk_pixbuf_read_pixels (pixbuf)[y * gdk_pixbuf_get_rowstride (pixbuf) +
                                           x * gdk_pixbuf_get_n_channels (pixbuf)] < 128;
  return n;
}

/* A line of 160 x 10 points, at 2048 pixels for 200 points. */
static void
test_a_page (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = make_pdf (LINE, WORDS, "");
  guint n_pages = 0;

  if (!has_helper ())
    return;
  g_autoptr (GBytes) png = sg_pdf_draw_page (pdf, 1, &n_pages, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, ==, 2);
  g_autoptr (GdkPixbuf) pixbuf = read_png (png);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 2048);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 1024);
  g_assert_cmpfloat_with_epsilon (count_dark (pixbuf), 1600 * 10.24 * 10.24, 3000);
}

/* A font that the PDF does not bring is the system's: the helper can open those. */
static void
test_another_page_with_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = make_pdf (LINE, WORDS, "");

  if (!has_helper ())
    return;
  g_autoptr (GBytes) png = sg_pdf_draw_page (pdf, 2, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GdkPixbuf) pixbuf = read_png (png);
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, 512);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, 2048);
  g_assert_cmpuint (count_dark (pixbuf), >, 2000);
}

static void
assert_fails (GBytes *pdf, guint page, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_pdf_draw_page (pdf, page, NULL, NULL, &error));
  g_assert_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_pages_that_are_not_there (void)
{
  g_autoptr (GBytes) pdf = make_pdf (LINE, WORDS, "");

  if (!has_helper ())
    return;
  assert_fails (pdf, 0, "no page 0");
  assert_fails (pdf, 3, "no page 3: this PDF has 2 pages");
  assert_fails (pdf, G_MAXUINT, "has 2 pages");
}

static void
test_broken (void)
{
  g_autoptr (GBytes) pdf = make_pdf (LINE, WORDS, "");
  g_autoptr (GBytes) begin = g_bytes_new_static ("%PDF-", 5);
  g_autoptr (GBytes) locked = make_pdf (
    LINE, WORDS,
    "8 0 obj << /Filter /Standard /V 1 /R 2 /P -4 /O (12345678901234567890123456789012) "
    "/U (12345678901234567890123456789012) >> endobj\n"
    "trailer << /Root 1 0 R /Encrypt 8 0 R /ID [(1234567890123456) (1234567890123456)] >>");

  if (!has_helper ())
    return;
  assert_fails (begin, 1, "cannot be read");
  assert_fails (locked, 1, "password");
  for (gsize size = 7; size < g_bytes_get_size (pdf); size += 61) /* cut anywhere: a page, or an error */
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (pdf, 0, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) png = sg_pdf_draw_page (cut, 1, NULL, NULL, &error);

      g_assert_true (png != NULL || g_error_matches (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF));
    }
}

/* Forms that draw forms: ten to the tenth lines. */
static void
test_a_page_without_end (void)
{
  g_autoptr (GString) forms = g_string_new ("");

  if (!g_test_slow ())
    {
      g_test_skip ("takes as long as a page may: -m slow");
      return;
    }
  for (int i = 7; i < 17; i++)
    {
      const char *content = i < 16 ? "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do" : LINE;

      g_string_append_printf (forms,
                              "%d 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources "
                              "<< /XObject << /X %d 0 R >> >> /Length %zu >> stream\n%s\nendstream endobj\n",
                              i, i + 1, strlen (content), content);
    }
  g_autoptr (GBytes) pdf = make_pdf ("/X Do", WORDS, forms->str);
  if (has_helper ())
    assert_fails (pdf, 1, "the page ");
}

static void
test_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) pdf = make_pdf (LINE, WORDS, "");

  if (!has_helper ())
    return;
  g_cancellable_cancel (cancellable);
  g_assert_null (sg_pdf_draw_page (pdf, 1, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* As any picture: it is brought to the size of one. */
static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *folder = g_dir_make_tmp ("simgen-pdf-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "paper", NULL); /* its name says nothing */
  g_autoptr (GBytes) pdf = make_pdf (LINE, WORDS, "");
  guint n_pages = 0;

  if (!has_helper ())
    return;
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL));
  g_autoptr (SgPage) page = sg_sketch_file_import_image (path, 2, &n_pages, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, ==, 2);
  SgRect bounds = sg_image_get_bounds (sg_page_get_image (page, 0));
  g_assert_cmpfloat (bounds.width, ==, 150);
  g_assert_cmpfloat (bounds.height, ==, 600);
  g_assert_null (sg_sketch_file_import_image (path, 3, NULL, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, path));
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (sg_sketch_file_import_image (path, 2, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/pdf/page", test_a_page);
  g_test_add_func ("/sketch/pdf/words", test_another_page_with_words);
  g_test_add_func ("/sketch/pdf/no-such-page", test_pages_that_are_not_there);
  g_test_add_func ("/sketch/pdf/broken", test_broken);
  g_test_add_func ("/sketch/pdf/without-end", test_a_page_without_end);
  g_test_add_func ("/sketch/pdf/cancelled", test_cancelled);
  g_test_add_func ("/sketch/pdf/file", test_file);
  return g_test_run ();
}
