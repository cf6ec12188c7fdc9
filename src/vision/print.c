/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are joined to lines; a line is cut out of its picture, upright, at the size that tesseract was taught
 * with. The picture is decoded again for that: few have print, and keeping every picture's pixels would cost
 * 2 MB each. */
#include "vision/print.h"

#include <string.h>

#include "vision/picture.h"
#include "vision/pixels.h"
#include "vision/tesseract.h"
#include "vision/text.h"

/* Rows of one line: */
#define LEAST_SHARED 0.5 /* of the lower one's height: what they have beside each other */
#define MOST_BLANK 1.0   /* of the higher one's height: a wider gap parts two labels */

/* Around the rows, in heights of theirs: paper, and letters that the rows lack. */
#define MARGIN_ACROSS 0.7
#define MARGIN_UP 0.45
#define LINE_HEIGHT \
  32.0 /* pixels that a row gets: capitals for tesseract's network, which makes it 36 of it */
#define LARGEST_WIDTH 2400
#define MOST_LINES 40 /* a page; each costs some 20 ms */

/* How sure tesseract must be of a label; of one where our own recogniser, which knows handwriting, reads
 * another; of other words. */
#define LEAST_SURE_LABEL 0.70
#define LEAST_SURE_OTHER_LABEL 0.85
#define LEAST_SURE_WORDS 0.80
#define LEAST_LETTERS 3 /* fewer are marks as well: "o", "ll", "X" */
/* Ink whose middle is so near to the words, in heights of theirs, is part of them. */
#define REACH 0.15
#define INK_REACH 0.8 /* pen widths around the middle of a line, all of whose ink is in there */

typedef struct
{
  const SgPage *page;
  const SgPose *pose;
  const GArray *ink;
  SgMemo *memo;
  SgBudget *budget;
  gboolean *left;         /* (nullable): read nothing, say whether there is something to read */
  gboolean tried;         /* to have tesseract */
  SgTesseract *tesseract; /* the memo's */
  int image;              /* whose raster it is, -1: none yet */
  SgRaster raster;
  SgPose raster_pose; /* its pixels are the upright page */
  guint n_read;
} Print;

/* Candidates that stand beside each other. */
typedef struct
{
  SgRect box;
  int image;
  gboolean is_label, is_sure; /* all of them are */
} Run;

static void
printed_row_clear (gpointer data)
{
  SgPrintedRow *printed = data;

  sg_writing_row_clear (&printed->row);
  g_free (printed->text);
}

static gboolean
stand_together (const Run *a, const Run *b)
{
  double low = MIN (a->box.height, b->box.height), high = MAX (a->box.height, b->box.height);
  double shared =
    MIN (a->box.y + a->box.height, b->box.y + b->box.height) - MAX (a->box.y, b->box.y);
  double gap = MAX (a->box.x, b->box.x) - MIN (a->box.x + a->box.width, b->box.x + b->box.width);

  return a->image == b->image && shared > LEAST_SHARED * low && gap < MOST_BLANK * high;
}

/* Joins `run` with those that it meets, until it meets none. */
static void
add_run (GArray *runs, Run run)
{
  for (guint i = 0; i < runs->len;)
    {
      Run other = g_array_index (runs, Run, i);

      if (!stand_together (&run, &other))
        {
          i++;
          continue;
        }
      run = (Run){ sg_rect_union (run.box, other.box), run.image, run.is_label && other.is_label,
                   run.is_sure && other.is_sure };
      g_array_remove_index_fast (runs, i);
      i = 0;
    }
  g_array_append_val (runs, run);
}

static GArray *
join_candidates (const SgPrintCandidate *candidates, guint n)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < n; i++)
    {
      const SgWritingRow *row = candidates[i].row;
      int image = row->strokes[0]->image;

      if (image >= 0)
        add_run (runs, (Run){ row->box, image, candidates[i].is_label, candidates[i].is_sure });
    }
  return runs;
}

/* -- Reading a line -- */

/* Decodes the picture unless it is the last one. */
static gboolean
load_raster (Print *self, int image)
{
  static const double same[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };

  if (image == self->image)
    return self->raster.grey != NULL;
  sg_raster_clear (&self->raster);
  self->image = image;
  return sg_picture_raster (sg_page_get_image (self->page, image), image, &self->raster, NULL, self->budget,
                            NULL) &&
         sg_pose_init (&self->raster_pose, self->raster.onto_page, same);
}

static gboolean
is_within (SgRect inner, SgRect outer)
{
  return sg_rect_contains (outer, SG_POINT (inner.x, inner.y)) &&
         sg_rect_contains (outer, SG_POINT (inner.x + inner.width, inner.y + inner.height));
}

/* Between the four pixels around `p`; beyond the edge as at it. */
static guint8
sample (const SgRaster *raster, SgPoint p)
{
  double x = CLAMP (p.x, 0, raster->width - 1), y = CLAMP (p.y, 0, raster->height - 1);
  int left = (int)x, top = (int)y;
  int right = MIN (left + 1, raster->width - 1), bottom = MIN (top + 1, raster->height - 1);
  const guint8 *above = raster->grey + (gsize)top * raster->width;
  const guint8 *below = raster->grey + (gsize)bottom * raster->width;
  double u = x - left, v = y - top;

  return (guint8)((1 - v) * ((1 - u) * above[left] + u * above[right]) +
                  v * ((1 - u) * below[left] + u * below[right]) + 0.5);
}

/* Cuts `place` of the upright page out of the raster, `k` pixels a page unit. */
static guint8 *
cut_out (const Print *self, SgRect place, double k, int width, int height)
{
  guint8 *grey = g_malloc ((gsize)width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        SgPoint upright = SG_POINT (place.x + (x + 0.5) / k, place.y + (y + 0.5) / k);
        SgPoint on_page = sg_pose_to_page (self->pose, upright);

        grey[(gsize)y * width + x] = sample (&self->raster, sg_pose_to_upright (&self->raster_pose, on_page));
      }
  return grey;
}

/* The value that most pixels have: those of the paper. */
static guint8
paper_of (const guint8 *grey, gsize n)
{
  guint count[256] = { 0 }, most = 0;

  sg_pixels_count_values (grey, n, count);
  for (guint i = 0; i < G_N_ELEMENTS (count); i++)
    if (count[i] > count[most])
      most = i;
  return most;
}

typedef struct
{
  guint8 *grey;
  int width, height;
  guint8 paper;
} Cutting;

static void
paint_disc (const Cutting *cutting, SgPoint at, double radius)
{
  int top = (int)MAX (0, at.y - radius), bottom = (int)MIN (cutting->height - 1, at.y + radius);
  int left = (int)MAX (0, at.x - radius), right = (int)MIN (cutting->width - 1, at.x + radius);

  for (int y = top; y <= bottom; y++)
    for (int x = left; x <= right; x++)
      cutting->grey[(gsize)y * cutting->width + x] = cutting->paper;
}

/* Takes the lines out of the cutting that run on beyond it: a bar beside a word is read as a letter. */
static void
paint_out (const Print *self, const Run *run, SgRect place, double k, const Cutting *cutting)
{
  for (guint i = 0; i < self->ink->len; i++)
    {
      const SgInk *ink = &g_array_index (self->ink, SgInk, i);

      if (ink->image != run->image || !sg_rect_overlaps (ink->bounds, place) ||
          is_within (ink->bounds, place))
        continue;
      double radius = k * ink->width * INK_REACH;
      for (guint n = 0; n + 1 < ink->n; n++)
        {
          SgPoint a = ink->points[n], b = ink->points[n + 1];
          guint n_steps = 1 + (guint)(k * sg_point_distance (a, b) / radius);

          for (guint step = 0; step <= n_steps; step++)
            {
              SgPoint p = sg_point_lerp (a, b, (double)step / n_steps);
              paint_disc (cutting, SG_POINT (k * (p.x - place.x), k * (p.y - place.y)), radius);
            }
        }
    }
}

/* What tesseract makes of the line: text is NULL where that is nothing. FALSE where it could not be asked. */
static gboolean
ask_tesseract (Print *self, const Run *run, SgPrint *print)
{
  double k = LINE_HEIGHT / run->box.height, across = MARGIN_ACROSS * run->box.height;
  double up = MARGIN_UP * run->box.height;
  SgRect place = { run->box.x - across, run->box.y - up, run->box.width + 2 * across,
                   run->box.height + 2 * up };
  int width = (int)ceil (k * place.width), height = (int)ceil (k * place.height);
  SgRect found;

  *print = (SgPrint){ 0 };
  if (width > LARGEST_WIDTH || self->n_read >= MOST_LINES || !load_raster (self, run->image))
    return FALSE;
  self->n_read++;
  g_autofree guint8 *grey = cut_out (self, place, k, width, height);
  const Cutting cutting = { grey, width, height, paper_of (grey, (gsize)width * height) };
  paint_out (self, run, place, k, &cutting);
  print->text =
    sg_tesseract_read_line (self->tesseract, grey, width, height, self->budget, &print->confidence, &found);
  if (print->text)
    print->box =
      (SgRect){ place.x + found.x / k, place.y + found.y / k, found.width / k, found.height / k };
  return self->budget == NULL || !sg_budget_is_over (self->budget);
}

/* (nullable): where it is not known and cannot be found out. */
static const SgPrint *
read_run (Print *self, const Run *run)
{
  SgImage *image = sg_page_get_image (self->page, run->image);
  const SgPrint *known = sg_memo_find_print (self->memo, image, run->box);
  SgPrint print;

  if (known)
    return known;
  if (self->left)
    {
      *self->left = TRUE;
      return NULL;
    }
  if (!self->tried)
    self->tesseract = sg_memo_get_tesseract (self->memo);
  self->tried = TRUE;
  if (!self->tesseract || !sg_budget_check (self->budget, NULL) || !ask_tesseract (self, run, &print))
    return NULL;
  return sg_memo_keep_print (self->memo, image, run->box, print);
}

/* -- What is believed -- */

static guint
count (const char *text, gboolean (*is_one) (gunichar c))
{
  guint n = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p))
    n += is_one (g_utf8_get_char (p)) != 0;
  return n;
}

/* Words of letters, with little between them: what lines and curves are taken for has more of the rest. */
static gboolean
is_words (const char *text)
{
  guint n_letters = count (text, g_unichar_isalpha), n_blanks = count (text, g_unichar_isspace);

  return n_letters >= LEAST_LETTERS && n_letters + n_blanks == g_utf8_strlen (text, -1);
}

/* "05 kg" lacks the point that was too small to be seen. */
static gboolean
lacks_point (const char *text)
{
  for (const char *p = text; *p; p++)
    if (*p == '0' && g_ascii_isdigit (p[1]) && (p == text || !(g_ascii_isdigit (p[-1]) || p[-1] == '.')))
      return TRUE;
  return FALSE;
}

static gboolean
is_believed (const SgPrint *print, const Run *run)
{
  SgQuantity quantity;

  if (!print->text)
    return FALSE;
  if (!sg_text_parse_quantity (print->text, &quantity))
    return !run->is_label && print->confidence >= LEAST_SURE_WORDS && is_words (print->text);
  if (run->is_label)
    return print->confidence >= LEAST_SURE_OTHER_LABEL && !lacks_point (print->text);
  return print->confidence >= LEAST_SURE_LABEL && !lacks_point (print->text) &&
         count (print->text, g_unichar_isgraph) >= LEAST_LETTERS;
}

/* All ink of the picture that is in the words' box. */
static GPtrArray *
gather_ink (const GArray *ink, int image, SgRect box)
{
  GPtrArray *strokes = g_ptr_array_new ();
  SgRect reach = sg_rect_grow (box, REACH * box.height);

  for (guint i = 0; i < ink->len; i++)
    {
      const SgInk *one = &g_array_index (ink, SgInk, i);

      if (one->image == image && is_within (one->bounds, reach))
        g_ptr_array_add (strokes, (gpointer)one);
    }
  return strokes;
}

static void
take_run (Print *self, const GArray *ink, const Run *run, GArray *found)
{
  const SgPrint *print = read_run (self, run);

  if (!print || !is_believed (print, run))
    return;
  g_autoptr (GPtrArray) strokes = gather_ink (ink, run->image, print->box);
  if (strokes->len == 0)
    return;
  SgPrintedRow printed = { sg_writing_row_new ((const SgInk *const *)strokes->pdata, strokes->len),
                           g_strdup (print->text), print->confidence };
  g_array_append_val (found, printed);
}

GArray *
sg_print_find (const SgPage *page,
               const SgPose *pose,
               const GArray *ink,
               const SgPrintCandidate *candidates,
               guint n,
               SgMemo *memo,
               SgBudget *budget,
               gboolean *left)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (SgPrintedRow));
  g_autoptr (GArray) runs = join_candidates (candidates, n);
  Print self = { page, pose, ink, memo, budget, left, .image = -1 };

  if (left)
    *left = FALSE;
  g_array_set_clear_func (found, printed_row_clear);
  for (guint i = 0; i < runs->len; i++)
    if (!g_array_index (runs, Run, i).is_sure)
      take_run (&self, ink, &g_array_index (runs, Run, i), found);
  sg_raster_clear (&self.raster);
  return found;
}
