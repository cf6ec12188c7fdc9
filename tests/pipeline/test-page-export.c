/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawings as files, opened again by other readers: poppler's for a PDF, librsvg (by gdk-pixbuf) for an
 * SVG. */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "pipeline/page-export.h"
#include "render/error.h"
#include "render/ink-outline.h"
#include "sketch/file.h"

#define MARGIN 24.0 /* the default */

static char *folder;

static char *
in_folder (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
take_line (SgPageBuilder *builder, double width, SgPoint from, SgPoint to, double p0, double p1)
{
  SgInkPoint points[3] = { { from.x, from.y, p0, 0 },
                           { (from.x + to.x) / 2, (from.y + to.y) / 2, (p0 + p1) / 2, 10 },
                           { to.x, to.y, p1, 20 } };

  sg_page_builder_take_stroke (builder, sg_stroke_new (width, NULL, points, 3, NULL));
}

/* A line along the top, one down the left side that pressure makes wider, and words. */
static SgPage *
make_page (SgPoint at)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  take_line (builder, 4, at, SG_POINT (at.x + 300, at.y), NAN, NAN);
  take_line (builder, 10, SG_POINT (at.x, at.y + 40), SG_POINT (at.x, at.y + 200), 0, 1);
  sg_page_builder_take_label (builder,
                              sg_label_new (SG_POINT (at.x + 60, at.y + 100), "2 kg & <3 m/s", NULL));
  return sg_page_builder_end (builder);
}

static GBytes *export(SgPage *page, const SgPageExport *how)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = sg_page_export_bytes (page, NULL, how, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static GdkPixbuf *
decode (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &error);

  g_assert_no_error (error);
  return pixbuf;
}

/* What poppler's tool prints, or NULL where it is not installed. */
static char *
run (const char *tool, const char *const *arguments, GBytes *pdf)
{
  g_autofree char *path = in_folder ("a.pdf");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  char *out = NULL;
  int status = 1;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL));
  g_ptr_array_add (argv, (char *)tool);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *)(g_str_equal (arguments[i], "FILE") ? path : arguments[i]));
  g_ptr_array_add (argv, NULL);
  if (!g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                     NULL, &out, NULL, &status, NULL))
    return NULL;
  g_assert_cmpint (status, ==, 0);
  return out;
}

/* A sheet of a PDF at `resolution` pixels an inch, on white. */
static GdkPixbuf *
render_pdf (GBytes *pdf, const char *sheet, const char *resolution)
{
  g_autofree char *base = in_folder ("sheet"), *path = in_folder ("sheet.png");
  g_autofree char *said = run (
    "pdftocairo",
    (const char *const[]){ "-png", "-singlefile", "-f", sheet, "-r", resolution, "FILE", base, NULL }, pdf);
  g_autoptr (GError) error = NULL;

  if (said == NULL)
    return NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  return pixbuf;
}

/* How dark a pixel is on white, 0 to 1; outside 0. */
static double
darkness (const GdkPixbuf *pixbuf, int x, int y)
{
  int n = gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *pixel;

  if (x < 0 || y < 0 || x >= gdk_pixbuf_get_width (pixbuf) || y >= gdk_pixbuf_get_height (pixbuf))
    return 0;
  pixel = gdk_pixbuf_read_pixels (pixbuf) + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf) + (gsize)x * n;
  return (255 - pixel[1]) / 255.0 * (n == 4 ? pixel[3] / 255.0 : 1);
}

/* The rows, or columns, of a cut through a line: its middle and how wide it is, pixels. */
static void
cut (const GdkPixbuf *pixbuf, SgPoint at, gboolean down, int reach, double *middle, double *width)
{
  double sum = 0, moment = 0;

  for (int i = -reach; i <= reach; i++)
    {
      int x = (int)floor (at.x) + (down ? 0 : i), y = (int)floor (at.y) + (down ? i : 0);
      double dark = darkness (pixbuf, x, y) / 0.83; /* ink is not black */

      sum += dark;
      moment += dark * ((down ? y : x) + 0.5);
    }
  *width = sum;
  *middle = sum > 0 ? moment / sum : -1;
}

/* The page's lines at `zoom` pixels a page unit, its corner (the area's) at (0, 0). */
static void
check_ink (const GdkPixbuf *pixbuf, double zoom)
{
  double left = MARGIN + 2, top = MARGIN + 2, middle, width; /* the pen reaches 2 units out */
  double down = 5;                                           /* the line down the side, at its end */
  SgPoint corner = SG_POINT (MAX (left, MARGIN + down) * zoom, top * zoom);

  cut (pixbuf, SG_POINT (corner.x + 150 * zoom, corner.y), TRUE, (int)(8 * zoom), &middle, &width);
  g_assert_cmpfloat_with_epsilon (middle, corner.y, 1);
  g_assert_cmpfloat_with_epsilon (width, 4 * zoom, 1);
  for (int i = 1; i < 8; i++)
    {
      double along = i / 8.0, pen = 10 * (0.35 + 0.65 * along);

      cut (pixbuf, SG_POINT (corner.x, corner.y + (40 + 160 * along) * zoom), FALSE, (int)(10 * zoom),
           &middle, &width);
      g_assert_cmpfloat_with_epsilon (middle, corner.x, 1);
      g_assert_cmpfloat_with_epsilon (width, pen * zoom, 1.2);
    }
}

static void
test_png (void)
{
  g_autoptr (SgPage) page = make_page (SG_POINT (100, 100));
  SgPageExport how = sg_page_export_default (SG_PAGE_PNG);
  double width, height;

  for (how.resolution = 1; how.resolution <= 4; how.resolution *= 2)
    {
      how.ground = FALSE;
      g_autoptr (GBytes) png = export(page, &how);
      g_autoptr (GdkPixbuf) pixbuf = decode (png);

      sg_page_export_size (page, &how, &width, &height);
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, width);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, height);
      g_assert_true (gdk_pixbuf_get_has_alpha (pixbuf));
      g_assert_cmpfloat (darkness (pixbuf, 1, 1), ==, 0);
      if (how.resolution > 1)
        check_ink (pixbuf, how.resolution);
    }
  how.ground = TRUE;
  how.resolution = 1;
  g_autoptr (GBytes) png = export(page, &how);
  g_autoptr (GdkPixbuf) paper = decode (png);
  const guint8 *pixel = gdk_pixbuf_read_pixels (paper);
  g_assert_cmpuint (pixel[0], ==, 0xfb);
  g_assert_cmpuint (pixel[2], ==, 0xf4);
}

static void
test_svg (void)
{
  g_autoptr (SgPage) page = make_page (SG_POINT (-500, 70));
  SgPageExport how = sg_page_export_default (SG_PAGE_SVG);

  how.title = "A <b> & c";
  g_autoptr (GBytes) svg = export(page, &how);
  g_autofree char *text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));

  g_assert_nonnull (strstr (text, "<title>A &lt;b&gt; &amp; c</title>"));
  g_assert_nonnull (strstr (text, ">2 kg &amp; &lt;3 m/s</text>"));
  g_assert_nonnull (strstr (text, "width=\"355px\""));
  /* a stroke is one thing, however its width goes */
  g_auto (GStrv) paths = g_strsplit (text, "<path", -1);
  g_assert_cmpuint (g_strv_length (paths) - 1, ==, 2);
  how.ground = TRUE;
  how.paper = SG_PAPER_GRID;
  g_autoptr (GBytes) ruled = export(page, &how);
  g_assert_cmpuint (g_bytes_get_size (ruled), >, g_bytes_get_size (svg));
}

/* As librsvg draws it, twice as large. */
static void
test_svg_seen (void)
{
  g_autoptr (SgPage) page = make_page (SG_POINT (-500, 70));
  SgPageExport how = sg_page_export_default (SG_PAGE_SVG);
  g_autoptr (GBytes) svg = export(page, &how);
  g_autofree char *path = in_folder ("a.svg");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (svg, NULL), g_bytes_get_size (svg), NULL));
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file_at_size (path, 355 * 2, -1, &error);
  if (g_error_matches (error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_UNKNOWN_TYPE))
    {
      g_test_skip ("gdk-pixbuf has no reader of SVG here");
      return;
    }
  g_assert_no_error (error);
  check_ink (pixbuf, 2);
}

static void
test_pdf (void)
{
  g_autoptr (SgPage) page = make_page (SG_POINT (3000, -70));
  SgPageExport how = sg_page_export_default (SG_PAGE_PDF);

  how.title = "Swing";
  g_autoptr (GBytes) pdf = export(page, &how);
  g_autofree char *words = run ("pdftotext", (const char *const[]){ "FILE", "-", NULL }, pdf);
  if (words == NULL)
    {
      g_test_skip ("poppler's tools are not installed");
      return;
    }
  g_assert_nonnull (strstr (words, "2 kg & <3 m/s"));
  g_autofree char *told = run ("pdfinfo", (const char *const[]){ "FILE", NULL }, pdf);
  g_assert_nonnull (strstr (told, "Swing"));
  double width = 0, height = 0;
  g_assert_cmpint (sscanf (strstr (told, "Page size:"), "Page size: %lf x %lf", &width, &height), ==, 2);
  g_assert_cmpfloat_with_epsilon (width, 355 * 0.75, 1);
  /* at 96 dots an inch a page unit is a pixel */
  g_autoptr (GdkPixbuf) pixbuf = render_pdf (pdf, "1", "192");
  g_assert_cmpint (ABS (gdk_pixbuf_get_width (pixbuf) - 355 * 2), <=, 1);
  check_ink (pixbuf, 2);
}

static gboolean
has_ink_near (const GdkPixbuf *pixbuf, SgPoint at, int reach)
{
  for (int y = -reach; y <= reach; y++)
    for (int x = -reach; x <= reach; x++)
      if (darkness (pixbuf, (int)at.x + x, (int)at.y + y) > 0.5)
        return TRUE;
  return FALSE;
}

/* A metre of the drawing is so long on paper; what does not fit one sheet goes on on the next. */
static void
test_sheets (void)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  SgPageExport how = sg_page_export_default (SG_PAGE_PDF);

  take_line (builder, 4, SG_POINT (0, 0), SG_POINT (1000, 0), NAN, NAN); /* 10 m */
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  how.sheet = &sg_sheet_sizes[1];
  how.margin = 0;
  g_autoptr (GBytes) fitted = export(page, &how);
  how.zoom = sg_sheets_zoom_of_ratio (20, sg_page_get_scale (page)); /* 0.5 m: over two sheets of A4 lying */
  g_autoptr (GBytes) scaled = export(page, &how);
  g_autofree char *told = run ("pdfinfo", (const char *const[]){ "FILE", NULL }, fitted);
  if (told == NULL)
    {
      g_test_skip ("poppler's tools are not installed");
      return;
    }
  g_assert_nonnull (strstr (told, "841.89 x 595.28"));
  g_assert_nonnull (strstr (told, "Pages:           1"));
  g_autofree char *more = run ("pdfinfo", (const char *const[]){ "FILE", NULL }, scaled);
  g_assert_nonnull (strstr (more, "Pages:           2"));
  /* in the middle of the sheet, from margin to margin, at 72 pixels an inch */
  g_autoptr (GdkPixbuf) one = render_pdf (fitted, "1", "72");
  g_assert_true (has_ink_near (one, SG_POINT (38, 297.6), 2));
  g_assert_true (has_ink_near (one, SG_POINT (804, 297.6), 2));
  g_assert_false (has_ink_near (one, SG_POINT (420, 310), 2));
  g_autoptr (GdkPixbuf) first = render_pdf (scaled, "1", "72"), last = render_pdf (scaled, "2", "72");
  double begin = 842 - 36 - 500 / 25.4 * 72 / 2; /* the line ends in the middle between both */
  g_assert_true (has_ink_near (first, SG_POINT (begin + 3, 297.6), 2));
  g_assert_false (has_ink_near (first, SG_POINT (begin - 6, 297.6), 3));
  g_assert_true (has_ink_near (first, SG_POINT (800, 297.6), 2));
  g_assert_true (has_ink_near (last, SG_POINT (40, 297.6), 2));
  g_assert_false (has_ink_near (last, SG_POINT (842 - begin + 6, 297.6), 3));
}

static void
test_too_many_sheets (void)
{
  g_autoptr (SgPage) page = make_page (SG_POINT (0, 0));
  SgPageExport how = sg_page_export_default (SG_PAGE_PDF);
  g_autofree char *path = in_folder ("none.pdf");
  g_autoptr (GError) error = NULL;

  how.sheet = &sg_sheet_sizes[0];
  how.zoom = 1000;
  g_assert_false (sg_page_export (page, NULL, &how, path, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Of a page that was recognised as a whole a part has the marks of its own ink alone. */
static void
test_recognised (void)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", "pendulum.simgen", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SgPage) page = sg_sketch_file_load (path, &error);
  SgPageExport how = sg_page_export_default (SG_PAGE_SVG);
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  g_assert_no_error (error);
  sg_page_builder_take_stroke (builder, sg_stroke_ref (sg_page_get_stroke (page, 0)));
  g_autoptr (SgPage) part = sg_page_builder_end (builder);
  g_autoptr (GBytes) plain = export(page, &how);
  how.recognised = TRUE;
  g_autoptr (GBytes) marked = export(page, &how);
  g_assert_cmpuint (g_bytes_get_size (marked), >, g_bytes_get_size (plain) + 2000);
  g_autoptr (GBytes) one =
    sg_page_export_bytes (part, page, &how, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (one), <, g_bytes_get_size (marked));
}

/* -- Hostile pages -- */

static void
export_all (SgPage *page)
{
  for (SgPageFormat format = 0; format < SG_N_PAGE_FORMATS; format++)
    {
      SgPageExport how = sg_page_export_default (format);
      double width, height;

      how.paper = SG_PAPER_GRID;
      g_autoptr (GBytes) bytes = export(page, &how);
      sg_page_export_size (page, &how, &width, &height);
      g_assert_cmpfloat (width, >=, 1);
      g_assert_cmpfloat (height, >=, 1);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 50);
      if (format == SG_PAGE_PNG)
        {
          g_autoptr (GdkPixbuf) pixbuf = decode (bytes);

          g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, (int)width);
        }
      else if (format == SG_PAGE_PDF)
        {
          g_autofree char *told = run ("pdfinfo", (const char *const[]){ "FILE", NULL }, bytes);

          g_assert_true (told == NULL || strstr (told, "Pages:           1"));
        }
    }
}

static void
test_nothing (void)
{
  g_autoptr (SgPage) page = sg_page_new ();

  export_all (page);
}

static void
test_one_point (void)
{
  SgInkPoint point = { 5, 5, 0.5, 0 };
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, &point, 1, NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  export_all (page);
  SgPageExport how = sg_page_export_default (SG_PAGE_PNG);
  how.resolution = 4;
  g_autoptr (GBytes) png = export(page, &how);
  g_autoptr (GdkPixbuf) pixbuf = decode (png);
  g_assert_true (has_ink_near (
    pixbuf, SG_POINT (gdk_pixbuf_get_width (pixbuf) / 2, gdk_pixbuf_get_height (pixbuf) / 2), 1));
}

static void
test_far_away (void)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  take_line (builder, 3, SG_POINT (-1e6, -1e6), SG_POINT (1e6, 1e6), 0.2, 0.9);
  take_line (builder, 3, SG_POINT (1e6, 1e6), SG_POINT (1e6, 1e6), 0.2, 0.9);
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  SgPageExport how = sg_page_export_default (SG_PAGE_PNG);
  double width, height;
  sg_page_export_size (page, &how, &width, &height);
  g_assert_cmpfloat (width, ==, SG_PAGE_EXPORT_MAX_SIDE);
  how.format = SG_PAGE_PDF;
  how.paper = SG_PAPER_DOTS;
  g_autoptr (GBytes) pdf = export(page, &how);
  sg_page_export_size (page, &how, &width, &height);
  g_assert_cmpfloat (width, <=, 14400);
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 4 << 20);
  how.format = SG_PAGE_SVG;
  how.paper = SG_PAPER_PLAIN;
  g_autoptr (GBytes) svg = export(page, &how);
  g_assert_cmpuint (g_bytes_get_size (svg), <, 1 << 16);
}

#define MANY 50000

static SgPage *
make_full_page (void)
{
  g_autofree SgInkPoint *points = g_new (SgInkPoint, MANY);
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < MANY; i++)
    points[i] = (SgInkPoint){ 400 + (i % 1000) * 0.4 * cos (i * 0.05),
                              400 + (i % 1000) * 0.4 * sin (i * 0.05), (i % 17) / 17.0, i };
  for (guint i = 0; i < MANY; i += 500)
    sg_page_builder_take_stroke (builder, sg_stroke_new (3, NULL, points + i, 500, NULL));
  return sg_page_builder_end (builder);
}

static void
count_cb (double share, gpointer data)
{
  guint *n = data;

  g_assert_cmpfloat (share, >=, 0);
  g_assert_cmpfloat (share, <=, 1);
  (*n)++;
}

static void
test_50000_points (void)
{
  g_autoptr (SgPage) page = make_full_page ();
  SgPageExport how = sg_page_export_default (SG_PAGE_SVG);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_autoptr (GBytes) svg = sg_page_export_bytes (page, NULL, &how, NULL, count_cb, &n, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (g_bytes_get_size (svg), <, 16 << 20);
  g_autofree char *text = g_strndup (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
  g_auto (GStrv) paths = g_strsplit (text, "<path", -1);
  g_assert_cmpuint (g_strv_length (paths) - 1, ==, 100);
  how = sg_page_export_default (SG_PAGE_PDF);
  g_autoptr (GBytes) pdf = export(page, &how);
  g_assert_cmpuint (g_bytes_get_size (pdf), <, 4 << 20);
}

static void
cancel_cb (double share, gpointer data)
{
  g_cancellable_cancel (data);
}

/* Amid its work; the old file stays as it was. */
static void
test_cancelled (void)
{
  g_autoptr (SgPage) page = make_full_page ();
  g_autofree char *path = in_folder ("kept.png");

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  for (SgPageFormat format = 0; format < SG_N_PAGE_FORMATS; format++)
    {
      SgPageExport how = sg_page_export_default (format);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = NULL;

      g_assert_false (
        sg_page_export (page, NULL, &how, path, NULL, cancel_cb, cancellable, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, "old");
    }
}

static void
test_nowhere (void)
{
  g_autoptr (SgPage) page = make_page (SG_POINT (0, 0));
  g_autofree char *path = g_build_filename (folder, "missing", "a.svg", NULL);
  SgPageExport how = sg_page_export_default (SG_PAGE_SVG);
  g_autoptr (GError) error = NULL;

  g_assert_false (sg_page_export (page, NULL, &how, path, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);
}

/* -- The area of a stroke -- */

/* Sharp turns, loops and points on one another: as a chain of discs paints it. */
static void
test_outline (void)
{
  static const double drawn[] = { 20, 20, 0.5, 80, 20, 0.8, 24, 26, 0.6, 24, 26, 0.7, 24,
                                  80, 0.5, 50, 90, 0.7, 80, 90, 1, 80, 40, 0.6, 30, 60, 0.9 };
  SgInkPoint points[G_N_ELEMENTS (drawn) / 3];
  guint n = G_N_ELEMENTS (points);
  cairo_surface_t *surfaces[2];
  double difference = 0;

  for (guint i = 0; i < n; i++)
    points[i] = (SgInkPoint){ drawn[3 * i], drawn[3 * i + 1], drawn[3 * i + 2], i };
  for (int i = 0; i < 2; i++)
    {
      surfaces[i] = cairo_image_surface_create (CAIRO_FORMAT_A8, 104, 104);
      cairo_t *cr = cairo_create (surfaces[i]);

      if (i == 0)
        sg_ink_outline_trace (cr, points, n, 10);
      for (guint k = 0; i == 1 && k + 1 < n; k++)
        for (double t = 0; t <= 1; t += 1 / 256.0)
          {
            double pressure = points[k].pressure + (points[k + 1].pressure - points[k].pressure) * t;
            double x = points[k].x + (points[k + 1].x - points[k].x) * t;
            double y = points[k].y + (points[k + 1].y - points[k].y) * t;

            cairo_new_sub_path (cr);
            cairo_arc (cr, x, y, 5 * (0.35 + 0.65 * pressure), 0, 2 * G_PI);
          }
      cairo_fill (cr);
      cairo_destroy (cr);
      cairo_surface_flush (surfaces[i]);
    }
  const guint8 *a = cairo_image_surface_get_data (surfaces[0]),
               *b = cairo_image_surface_get_data (surfaces[1]);
  for (int i = 0; i < 104 * 104; i++)
    difference += ABS ((double)a[i] - b[i]) > 100;
  g_assert_cmpfloat (difference, <=, 20); /* of 10816 pixels: a disc that grows reaches a little ahead */
  cairo_surface_destroy (surfaces[0]);
  cairo_surface_destroy (surfaces[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("simgen-page-export-XXXXXX", NULL);
  g_test_add_func ("/pipeline/page-export/png", test_png);
  g_test_add_func ("/pipeline/page-export/svg", test_svg);
  g_test_add_func ("/pipeline/page-export/svg-seen", test_svg_seen);
  g_test_add_func ("/pipeline/page-export/pdf", test_pdf);
  g_test_add_func ("/pipeline/page-export/sheets", test_sheets);
  g_test_add_func ("/pipeline/page-export/too-many-sheets", test_too_many_sheets);
  g_test_add_func ("/pipeline/page-export/recognised", test_recognised);
  g_test_add_func ("/pipeline/page-export/nothing", test_nothing);
  g_test_add_func ("/pipeline/page-export/one-point", test_one_point);
  g_test_add_func ("/pipeline/page-export/far-away", test_far_away);
  g_test_add_func ("/pipeline/page-export/50000-points", test_50000_points);
  g_test_add_func ("/pipeline/page-export/cancelled", test_cancelled);
  g_test_add_func ("/pipeline/page-export/nowhere", test_nowhere);
  g_test_add_func ("/pipeline/page-export/outline", test_outline);
  int status = g_test_run ();
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (folder);
  return status;
}
