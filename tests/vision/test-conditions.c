/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sheet of marks under many conditions, and how many of the marks are read right in each: found where
 * they are in the picture, and of the right kind. Floors hold what was reached. */
#include "cli/photograph.h"
#include "sketch/page.h"
#include "vision/analyze.h"

#define WIDTH 1200
#define HEIGHT 900
#define HANDS 1
/* Where the picture lies on its page, in page units. */
#define LEFT 20.0
#define TOP 30.0
#define SCALE 0.5

typedef struct
{
  const char *name;
  guint floor; /* per cent of the marks that are read right, at least */
  SgPhotograph how;
  const char *quality; /* of the JPEG; NULL: a PNG */
  int width;           /* 0: WIDTH */
} Condition;

#define PAPER     \
  {               \
    236, 232, 224 \
  }
#define PEN    \
  {            \
    45, 45, 60 \
  }
#define WHITE     \
  {               \
    255, 255, 255 \
  }
#define BLACK \
  {           \
    0, 0, 0   \
  }

static const Condition CONDITIONS[] = {
  { "clean", 70, { WHITE, BLACK, 4, 1 } },
  { "uneven-light", 75, { PAPER, PEN, 4, 0.95, .falloff = 0.7, .noise = 4 }, "90" },
  { "soft-shadow", 75, { PAPER, PEN, 4, 0.95, .shadow = 0.5, .softness = 120, .noise = 4 }, "90" },
  { "hard-shadow", 75, { PAPER, PEN, 4, 0.95, .shadow = 0.5, .softness = 6, .noise = 4 }, "90" },
  { "deep-shadow", 85, { PAPER, PEN, 4, 0.95, .shadow = 0.7, .softness = 2, .noise = 4 }, "90" },
  { "lined", 70, { PAPER, PEN, 4, 0.95, .ruling = 0.25, .pitch = 32, .noise = 3 }, "90" },
  { "lined-strong", 70, { PAPER, PEN, 4, 0.95, .ruling = 0.5, .pitch = 32, .noise = 3 }, "90" },
  { "grid", 85, { PAPER, PEN, 4, 0.95, .ruling = 0.2, .pitch = 20, .grid = TRUE, .noise = 3 }, "90" },
  { "grid-strong",
    85,
    { PAPER, PEN, 4, 0.95, .ruling = 0.45, .pitch = 25, .grid = TRUE, .noise = 3 },
    "90" },
  { "grid-tilted",
    90,
    { PAPER, PEN, 4, 0.95, .ruling = 0.3, .pitch = 25, .grid = TRUE, .noise = 3, .tilt = 4 },
    "90" },
  { "grid-in-shadow",
    70,
    { PAPER, PEN, 4, 0.95, .ruling = 0.3, .pitch = 25, .grid = TRUE, .noise = 3, .falloff = 0.5,
      .shadow = 0.4, .softness = 40 },
    "90" },
  { "blur", 80, { PAPER, PEN, 4, 0.95, .blur = 2, .noise = 2 }, "90" },
  { "blur-strong", 65, { PAPER, PEN, 4, 0.95, .blur = 4, .noise = 2 }, "90" },
  { "noise", 85, { PAPER, PEN, 4, 0.95, .noise = 18 } },
  { "noise-strong", 80, { PAPER, PEN, 4, 0.95, .noise = 30 } },
  { "jpeg", 75, { PAPER, PEN, 4, 0.95, .noise = 4 }, "15" },
  { "jpeg-worst", 75, { PAPER, PEN, 4, 0.95, .noise = 4 }, "5" },
  { "pencil", 90, { PAPER, PEN, 2.5, 0.35, .noise = 4 }, "90" },
  { "pencil-in-shadow",
    90,
    { PAPER, PEN, 2.5, 0.4, .noise = 4, .falloff = 0.6, .shadow = 0.4, .softness = 80 },
    "90" },
  { "hairline", 90, { WHITE, BLACK, 1, 1 } },
  { "marker", 75, { PAPER, PEN, 10, 0.95 }, "90" },
  { "perspective", 85, { PAPER, PEN, 4, 0.95, .lean = 15, .noise = 3 }, "90" },
  { "perspective-on-table", 80, { PAPER, PEN, 4, 0.95, .lean = 20, .margin = 0.1, .noise = 3 }, "90" },
  { "perspective-strong", 80, { PAPER, PEN, 4, 0.95, .lean = 38, .margin = 0.08, .noise = 3 }, "90" },
  { "turned-on-table", 70, { PAPER, PEN, 4, 0.95, .tilt = 7, .margin = 0.13, .noise = 3 }, "90" },
  { "tilt", 90, { WHITE, BLACK, 4, 1, .tilt = 4 } },
  { "tilt-back", 90, { WHITE, BLACK, 4, 1, .tilt = -7 } },
  { "chalkboard", 90, { { 40, 62, 52 }, { 225, 228, 215 }, 5, 0.8, .falloff = 0.3, .noise = 6 }, "90" },
  { "dark-mode", 90, { { 30, 30, 34 }, { 220, 220, 225 }, 3, 1 } },
  { "dark-mode-dim", 90, { { 24, 24, 28 }, { 110, 110, 120 }, 3, 1 } },
  { "red-ink", 75, { PAPER, { 215, 50, 45 }, 4, 0.95, .noise = 4 }, "90" },
  { "yellow-ink", 85, { WHITE, { 250, 220, 40 }, 4, 1 } },
  { "cyan-ink", 70, { WHITE, { 60, 205, 235 }, 4, 1 } },
  { "blue-on-grid",
    85,
    { PAPER, { 50, 70, 190 }, 4, 0.95, .ruling = 0.2, .pitch = 20, .grid = TRUE, .noise = 4 },
    "90" },
  { "red-on-black", 70, { { 10, 10, 10 }, { 230, 30, 30 }, 4, 1 } },
  { "yellow-paper", 70, { { 245, 225, 110 }, PEN, 4, 0.95, .noise = 4 }, "90" },
  { "transparent-dark", 70, { WHITE, BLACK, 4, 1, .transparent = TRUE } },
  { "transparent-white", 70, { WHITE, { 255, 255, 255 }, 4, 1, .transparent = TRUE } },
  { "transparent-grey", 70, { WHITE, { 128, 128, 128 }, 4, 1, .transparent = TRUE } },
  { "small", 80, { WHITE, BLACK, 4, 1 }, NULL, 500 },
  { "phone",
    85,
    { PAPER, PEN, 4, 0.95, .ruling = 0.2, .pitch = 25, .grid = TRUE, .lean = 14, .margin = 0.06, .tilt = 2,
      .falloff = 0.4, .shadow = 0.35, .softness = 60, .blur = 1, .noise = 5 },
    "80",
    2000 },
};

static SgPage *
page_of (GdkPixbuf *pixbuf, const char *quality)
{
  char *data;
  gsize size;
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  SgRect bounds = { LEFT, TOP, SCALE * gdk_pixbuf_get_width (pixbuf),
                    SCALE * gdk_pixbuf_get_height (pixbuf) };
  g_autoptr (GError) error = NULL;

  if (quality)
    gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", &error, "quality", quality, NULL);
  else
    gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", &error, "compression", "1", NULL);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  sg_page_builder_take_image (builder, sg_image_new (bounds, bytes, NULL));
  return sg_page_builder_end (builder);
}

/* The middle of an element, on the page. */
static SgPoint
middle_of (const SgElement *element)
{
  SgPoint outline[64];
  guint n = sg_geometry_outline (element->kind, &element->geometry, outline, G_N_ELEMENTS (outline));
  SgRect bounds = n ? sg_points_bounds (outline, n) : (SgRect){ 0 };

  return sg_rect_center (bounds);
}

/* Hatching lies beside the line that it hatches, and is no mark of its own here. */
static gboolean
is_counted (const SgElement *element)
{
  return element->kind != SG_KIND_HATCHING;
}

/* Adds to `right` the marks that are read right, to `found` the elements that there are. */
static void
count_marks (const Condition *condition,
             const SgSheet *sheet,
             const SgReading *reading,
             int width,
             guint *right,
             guint *found)
{
  int height = width * HEIGHT / WIDTH;
  double unit = SCALE * width / SG_SHEET_WIDTH;

  for (guint k = 0; k < sg_reading_n_elements (reading); k++)
    *found += is_counted (sg_reading_element (reading, k));
  for (guint i = 0; i < sheet->marks->len; i++)
    {
      const SgSheetMark *mark = &g_array_index (sheet->marks, SgSheetMark, i);
      SgPoint at = sg_photograph_place (&condition->how, width, height, mark->center);
      gboolean seen = FALSE;

      at = SG_POINT (LEFT + SCALE * at.x, TOP + SCALE * at.y);
      for (guint k = 0; k < sg_reading_n_elements (reading); k++)
        {
          const SgElement *element = sg_reading_element (reading, k);

          seen |= element->kind == mark->kind &&
                  sg_point_distance (middle_of (element), at) < 0.2 * mark->size * unit;
        }
      *right += seen;
    }
}

static void
test_condition (gconstpointer data)
{
  const Condition *condition = data;
  int width = condition->width ? condition->width : WIDTH;
  guint right = 0, found = 0, all = 0;

  for (guint hand = 0; hand < HANDS; hand++)
    {
      g_autoptr (SgSheet) sheet = sg_sheet_new (hand);
      g_autoptr (GdkPixbuf) pixbuf =
        sg_photograph_take (&condition->how, sheet, width, width * HEIGHT / WIDTH);
      g_autoptr (SgPage) page = page_of (pixbuf, condition->quality);
      g_autoptr (GError) error = NULL;
      g_autoptr (SgReading) reading = sg_analyze (page, NULL, &error);

      all += sheet->marks->len;
      if (reading)
        count_marks (condition, sheet, reading, width, &right, &found);
      else
        g_test_message ("%s: %s", condition->name, error->message);
    }
  guint false_marks = found > right ? found - right : 0;
  g_test_message ("%-22s right %3u %%  false %3u %%", condition->name, 100 * right / all,
                  100 * false_marks / all);
  if (100 * right < condition->floor * all)
    g_test_fail ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (CONDITIONS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/vision/conditions/%s", CONDITIONS[i].name);
      g_test_add_data_func (path, &CONDITIONS[i], test_condition);
    }
  return g_test_run ();
}
