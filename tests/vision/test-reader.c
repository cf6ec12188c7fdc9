/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/reader.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/json.h"
#include "vision/memo.h"
#include "vision/reading-json.h"

#define POINTS 24

/* -- Strokes of a drawing -- */

static SgPoint
path_point (guint shape, double t)
{
  double side = 4 * MIN (t, 0.999), along = side - floor (side);

  switch (shape)
    {
    case 0:
      return SG_POINT (cos (2 * G_PI * t), sin (2 * G_PI * t));
    case 1:
      return side < 1   ? SG_POINT (along, 0)
             : side < 2 ? SG_POINT (1, along)
             : side < 3 ? SG_POINT (1 - along, 1)
                        : SG_POINT (0, 1 - along);
    case 2:
      return SG_POINT (t, 0.3 * t);
    case 3:
      return SG_POINT (t, 0.2 * (fabs (fmod (10 * t, 2) - 1) - 0.5));
    case 4: /* an arrow's head */
      return t < 0.5 ? SG_POINT (0.2 * t, 0.2 * t) : SG_POINT (0.1 - 0.2 * (t - 0.5), 0.1 + 0.2 * (t - 0.5));
    default:
      return SG_POINT (0.3 * t, -t);
    }
}

static SgStroke *
random_stroke (GRand *random, double room)
{
  SgInkPoint points[POINTS];
  guint shape = g_rand_int_range (random, 0, 6);
  double size = g_rand_double_range (random, 8, 120);
  double x = g_rand_double_range (random, 0, room), y = g_rand_double_range (random, 0, room);

  for (guint i = 0; i < POINTS; i++)
    {
      SgPoint p = path_point (shape, i / (POINTS - 1.0));

      points[i] =
        (SgInkPoint){ x + size * p.x + g_rand_double_range (random, -0.5, 0.5), y + size * p.y, 0.5, NAN };
    }
  return sg_stroke_new (3, "pen", points, POINTS, NULL);
}

static SgPage *
page_of (GPtrArray *strokes)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < strokes->len; i++)
    sg_page_builder_take_stroke (builder, sg_stroke_ref (strokes->pdata[i]));
  return sg_page_builder_end (builder);
}

static SgPage *
random_page (guint32 seed, guint n, double room)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (strokes, random_stroke (random, room));
  return page_of (strokes);
}

static char *
text_of (const SgReading *reading)
{
  g_autoptr (json_t) json = sg_reading_to_json (reading);

  return sg_json_dump (json, 0);
}

/* -- Tests -- */

static void
assert_as_fresh (SgReader *reader, SgPage *page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgReading) again = sg_reader_read (reader, page, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (SgReading) fresh = sg_analyze (page, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *a = text_of (again), *b = text_of (fresh);

  g_assert_cmpstr (a, ==, b);
}

/* Adding, removing, undoing and moving strokes on a crowded page. */
static void
test_edits_read_as_fresh (void)
{
  for (guint32 seed = 1; seed <= 4; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);
      g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);
      g_autoptr (SgReader) reader = sg_reader_new ();

      for (guint step = 0; step < 60; step++)
        {
          guint what = g_rand_int_range (random, 0, 6);

          if (what == 0 && strokes->len > 0)
            g_ptr_array_add (removed, g_ptr_array_steal_index (
                                        strokes, g_rand_int_range (random, 0, strokes->len)));
          else if (what == 1 && removed->len > 0)
            g_ptr_array_add (strokes, g_ptr_array_steal_index (removed, removed->len - 1));
          else if (what == 2 && strokes->len > 0)
            g_ptr_array_add (strokes, sg_stroke_ref (strokes->pdata[0])); /* the same stroke twice */
          else
            g_ptr_array_add (strokes, random_stroke (random, 400));
          g_autoptr (SgPage) page = page_of (strokes);
          assert_as_fresh (reader, page);
        }
    }
}

static void
test_forgets (void)
{
  g_autoptr (SgMemo) memo = sg_memo_new ();
  g_autoptr (SgPage) full = random_page (7, 80, 500), empty = sg_page_new ();

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SgReading) reading = sg_analyze_with (full, memo, NULL, NULL, NULL);

      g_assert_cmpuint (sg_reading_n_elements (reading), >, 0);
    }
  g_assert_cmpuint (sg_memo_size (memo), >=, 80);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (SgReading) reading = sg_analyze_with (empty, memo, NULL, NULL, NULL);

      g_assert_cmpuint (sg_reading_n_elements (reading), ==, 0);
    }
  g_assert_cmpuint (sg_memo_size (memo), ==, 0);
}

/* Pages that ask for it one after another have one reader of print, which goes when none does. */
static void
test_reader_of_print (void)
{
  g_autoptr (SgMemo) memo = sg_memo_new ();
  SgTesseract *first = sg_memo_get_tesseract (memo);

  if (!first)
    {
      g_test_skip ("tesseract is not installed");
      return;
    }
  for (guint i = 0; i < 40; i++)
    {
      sg_memo_begin_page (memo);
      g_assert_true (sg_memo_get_tesseract (memo) == first);
      sg_memo_end_page (memo);
    }
  g_assert_cmpuint (sg_memo_size (memo), ==, 1);
  for (guint i = 0; i < 40; i++)
    {
      sg_memo_begin_page (memo);
      sg_memo_end_page (memo);
    }
  g_assert_cmpuint (sg_memo_size (memo), ==, 0);
}

static void
assert_every_stroke_once (const SgReading *reading, guint n)
{
  g_autofree guint *count = g_new0 (guint, n);

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);

      g_assert_nonnull (element->id);
      for (guint k = 0; k < element->n_strokes; k++)
        count[element->strokes[k]]++;
    }
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (count[i], ==, 1);
}

static gboolean
has_issue (const SgReading *reading, const char *code)
{
  for (guint i = 0; i < reading->issues->len; i++)
    if (g_str_equal (g_array_index (reading->issues, SgIssue, i).code, code))
      return TRUE;
  return FALSE;
}

static guint
count_unknown (const SgReading *reading)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    n += sg_reading_element (reading, i)->confidence == 0;
  return n;
}

/* The less work is allowed, the more stays unknown; nothing is lost, and it is said. */
static void
test_partial (void)
{
  const guint64 allowed[] = { 1, 10, 40, 100 };
  g_autoptr (SgPage) page = random_page (3, 60, 3000);
  guint before = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      SgAnalyzeOptions options = { -1, allowed[i] };
      g_autoptr (SgMemo) memo = sg_memo_new ();
      g_autoptr (SgReading) reading = sg_analyze_with (page, memo, &options, NULL, NULL);
      guint unknown = count_unknown (reading);
      g_autoptr (json_t) json = sg_reading_to_json (reading);

      assert_every_stroke_once (reading, 60);
      g_assert_cmpuint (unknown, <=, before);
      before = unknown;
      if (i == 0)
        g_assert_cmpuint (unknown, >=, 59);
      if (i < 2)
        {
          g_assert_true (reading->partial);
          g_assert_true (has_issue (reading, "sketch.partial"));
          g_assert_true (json_is_true (json_object_get (json, "partial")));
        }
    }
}

static void
test_deadline_of_nothing (void)
{
  SgAnalyzeOptions options = { 0, 0 };
  g_autoptr (SgReader) reader = sg_reader_new ();
  g_autoptr (SgPage) page = random_page (5, 30, 1000);
  g_autoptr (SgReading) reading = sg_reader_read (reader, page, &options, NULL, NULL);

  g_assert_true (reading->partial);
  assert_every_stroke_once (reading, 30);
  g_assert_cmpuint (count_unknown (reading), ==, 30);
  assert_as_fresh (reader, page); /* a reading cut short leaves nothing wrong behind */
}

static void
test_whole_page_is_not_partial (void)
{
  g_autoptr (SgPage) page = random_page (5, 30, 1000);
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
  g_autoptr (json_t) json = sg_reading_to_json (reading);

  g_assert_false (reading->partial);
  g_assert_false (has_issue (reading, "sketch.partial"));
  g_assert_null (json_object_get (json, "partial"));
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (SgReader) reader = sg_reader_new ();
  g_autoptr (SgPage) page = random_page (5, 30, 1000);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (sg_reader_read (reader, page, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_as_fresh (reader, page);
}

/* -- What a change costs, in pieces of work -- */

/* A page of `n` marks in rows, as drawings of many parts are. */
static GPtrArray *
rows_of_marks (guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  GPtrArray *strokes = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_stroke_unref);

  for (guint i = 0; i < n; i++)
    {
      SgInkPoint points[POINTS];

      for (guint k = 0; k < POINTS; k++)
        {
          SgPoint p = path_point (i % 4, k / (POINTS - 1.0));

          points[k] = (SgInkPoint){ 90 * (i % 10) + 40 * p.x + g_rand_double_range (random, -0.5, 0.5),
                                    90 * (i / 10) + 40 * p.y, 0.5, NAN };
        }
      g_ptr_array_add (strokes, sg_stroke_new (3, "pen", points, POINTS, NULL));
    }
  return strokes;
}

static gboolean
is_read_with (SgReader *reader, SgPage *page, guint64 work)
{
  SgAnalyzeOptions options = { -1, work };
  g_autoptr (GError) error = NULL;
  g_autoptr (SgReading) reading = sg_reader_read (reader, page, &options, NULL, &error);

  g_assert_no_error (error);
  return !reading->partial;
}

/* A stroke more on a page of five hundred is looked at with its neighbours, not with the page. */
static void
test_stroke_added_to_many (void)
{
  g_autoptr (GPtrArray) strokes = rows_of_marks (500);
  g_autoptr (SgReader) reader = sg_reader_new (), fresh = sg_reader_new ();
  g_autoptr (SgStroke) last = g_ptr_array_steal_index (strokes, strokes->len - 1);
  g_autoptr (SgPage) before = page_of (strokes);

  g_ptr_array_add (strokes, sg_stroke_ref (last));
  g_autoptr (SgPage) after = page_of (strokes);
  g_assert_true (is_read_with (reader, before, 0));
  g_assert_true (is_read_with (reader, after, 250));
  g_assert_false (is_read_with (fresh, after, 500));
}

static void
fill_black (GdkPixbuf *pixbuf, int x, int y, int width, int height)
{
  g_autoptr (GdkPixbuf) part = gdk_pixbuf_new_subpixbuf (pixbuf, x, y, width, height);

  gdk_pixbuf_fill (part, 0);
}

/* A line across a picture of 400 x 300, and so many letters E under it. */
static SgImage *
picture_with_letters (guint n)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 400, 300);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = NULL;
  char *png;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  fill_black (pixbuf, 50, 140, 300, 4);
  for (guint i = 0; i < n; i++)
    {
      fill_black (pixbuf, 100 + 24 * i, 200, 4, 28);
      for (guint k = 0; k < 3; k++)
        fill_black (pixbuf, 100 + 24 * i, 200 + 12 * k, 15, 4);
    }
  gdk_pixbuf_save_to_buffer (pixbuf, &png, &size, "png", &error, NULL);
  g_assert_no_error (error);
  data = g_bytes_new_take (png, size);
  return sg_image_new ((SgRect){ 0, 0, 400, 300 }, data, NULL);
}

static SgImage *
picture_of_line (void)
{
  return picture_with_letters (0);
}

static SgPage *
page_with_picture (SgImage *image, GPtrArray *strokes, guint n)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  sg_page_builder_take_image (builder, sg_image_ref (image));
  for (guint i = 0; i < n; i++)
    sg_page_builder_take_stroke (builder, sg_stroke_ref (strokes->pdata[i]));
  return sg_page_builder_end (builder);
}

/* The least that the page can be read with, by a reader that knows it or (NULL) by a fresh one. */
static guint64
least_work (SgReader *reader, SgPage *page)
{
  for (guint64 work = 1;; work++)
    {
      g_autoptr (SgReader) one = reader ? sg_reader_ref (reader) : sg_reader_new ();

      if (is_read_with (one, page, work))
        return work;
    }
}

/* The picture beside which a stroke is drawn is not traced again, and reads the same; once it is gone it is
 * forgotten. */
static void
test_stroke_added_to_picture (void)
{
  g_autoptr (SgMemo) memo = sg_memo_new ();
  g_autoptr (SgImage) image = picture_of_line ();
  g_autoptr (GPtrArray) strokes = rows_of_marks (3);
  g_autoptr (SgReader) reader = sg_reader_new ();
  g_autoptr (SgPage) empty = sg_page_new ();

  for (guint n = 0; n <= strokes->len; n++)
    {
      g_autoptr (SgPage) page = page_with_picture (image, strokes, n);

      assert_as_fresh (reader, page);
    }
  g_autoptr (SgPage) page = page_with_picture (image, strokes, 1);
  g_assert_cmpuint (least_work (reader, page) + 4, <, least_work (NULL, page));
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (SgReading) reading = sg_analyze_with (i == 0 ? page : empty, memo, NULL, NULL, NULL);

      if (i == 0)
        g_assert_cmpuint (sg_memo_size (memo), >, 1);
    }
  g_assert_cmpuint (sg_memo_size (memo), ==, 0);
}

/* Words that only take time where there are any are left where that is asked for, and the reading says so. */
static void
test_print_is_left (void)
{
  for (guint n = 0; n <= 5; n += 5)
    {
      g_autoptr (SgImage) image = picture_with_letters (n);
      g_autoptr (SgPage) page = page_with_picture (image, NULL, 0);
      g_autoptr (SgReader) reader = sg_reader_new ();
      SgAnalyzeOptions at_once = sg_analyze_options_default ();

      at_once.leave_print = TRUE;
      g_autoptr (SgReading) first = sg_reader_read (reader, page, &at_once, NULL, NULL);
      g_autoptr (SgReading) second = sg_reader_read (reader, page, NULL, NULL, NULL);
      g_assert_true (first->print_left == (n > 0));
      g_assert_false (second->print_left);
    }
}

/* Rows are known by all of their strokes in their order, as long as pages ask for them. */
static void
test_keeps_rows (void)
{
  static const guint64 ids[] = { 3, 4, 5, 6 }, turned[] = { 4, 3, 5, 6 };
  static const guint16 numbers[] = { 1, 1, 1, 1 };
  g_autoptr (SgMemo) memo = sg_memo_new ();
  g_autoptr (GBytes) asked = g_bytes_new_static (ids, sizeof ids);
  g_autoptr (GBytes) again = g_bytes_new (ids, sizeof ids);
  g_autoptr (GBytes) other = g_bytes_new_static (turned, sizeof turned);
  g_autoptr (GBytes) rows = g_bytes_new_static (numbers, sizeof numbers);

  sg_memo_begin_page (memo);
  g_assert_null (sg_memo_find_rows (memo, asked));
  sg_memo_keep_rows (memo, asked, rows);
  sg_memo_end_page (memo);
  for (guint i = 0; i < 40; i++)
    {
      sg_memo_begin_page (memo);
      g_assert_true (sg_memo_find_rows (memo, again) == rows);
      g_assert_null (sg_memo_find_rows (memo, other));
      sg_memo_end_page (memo);
    }
  for (guint i = 0; i < 40; i++)
    {
      sg_memo_begin_page (memo);
      sg_memo_end_page (memo);
    }
  g_assert_null (sg_memo_find_rows (memo, asked));
  g_assert_cmpuint (sg_memo_size (memo), ==, 0);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GPtrArray *results = user_data;

  g_ptr_array_add (results, g_object_ref (result));
}

static gboolean
was_cancelled (GPtrArray *results, guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgReading) reading = sg_reader_read_finish (results->pdata[i], &error);

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The newer request cancels the older and is not kept waiting for long. */
static void
test_newer_request (void)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SgReader) reader = sg_reader_new ();
  g_autoptr (SgPage) large = random_page (1, 2000, 900), small = random_page (2, 10, 900);
  g_autoptr (GCancellable) older = g_cancellable_new ();

  sg_reader_read_async (reader, large, NULL, older, finished_cb, results);
  g_cancellable_cancel (older);
  sg_reader_read_async (reader, small, NULL, NULL, finished_cb, results);
  while (results->len < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (was_cancelled (results, 0) + was_cancelled (results, 1), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/reader/edits-read-as-fresh", test_edits_read_as_fresh);
  g_test_add_func ("/vision/reader/forgets", test_forgets);
  g_test_add_func ("/vision/reader/reader-of-print", test_reader_of_print);
  g_test_add_func ("/vision/reader/keeps-rows", test_keeps_rows);
  g_test_add_func ("/vision/reader/partial", test_partial);
  g_test_add_func ("/vision/reader/deadline-of-nothing", test_deadline_of_nothing);
  g_test_add_func ("/vision/reader/not-partial", test_whole_page_is_not_partial);
  g_test_add_func ("/vision/reader/cancelled", test_cancelled);
  g_test_add_func ("/vision/reader/stroke-added-to-many", test_stroke_added_to_many);
  g_test_add_func ("/vision/reader/stroke-added-to-picture", test_stroke_added_to_picture);
  g_test_add_func ("/vision/reader/print-is-left", test_print_is_left);
  g_test_add_func ("/vision/reader/newer-request", test_newer_request);
  return g_test_run ();
}
