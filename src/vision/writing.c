/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are read as labels; a row that is none is cut at its widest gap, as a label may stand beside
 * another. Print that tesseract reads takes the place of what was not sure. Any thread. */
#include "config.h"
#include "vision/writing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vision/issues.h"
#include "vision/print.h"
#include "vision/text.h"
#include "vision/writing-decode.h"
#include "vision/writing-rows.h"

/* A label: */
#define LABEL_SCORE -1.1
#define LABEL_MISFIT 0.3
#define LABEL_EVIDENCE 0.95
#define SURE_LABEL 0.9 /* probability; print is not looked for there */
/* Writing that is no label: */
#define WRITING_SCORE -1.0
#define WRITING_EVIDENCE 3.0
#define WRITING_GLYPHS 4

/* One row that is writing. */
typedef struct
{
  GArray *strokes; /* of guint, as SgElement.strokes means them */
  SgRect box;
  double line_width;
  int image;
  gboolean is_label;
  SgWritingGuess guesses[SG_WRITING_GUESSES];
  guint n_guesses;
  double print; /* how sure print was read, 0..1; 0: it is writing */
} Line;

struct _SgWriting
{
  GArray *lines; /* of Line */
};

/* What reading takes, made by whoever comes first and constant from then on. */
typedef struct
{
  SgGlyphModel *model;
  SgWritingDecoder *labels, *anything;
} Literacy;

typedef struct
{
  const Literacy *literacy;
  SgWriting *writing;
  SgMemo *memo;
} Reader;

static const Literacy *
literacy_get (void)
{
  static const Literacy *literacy;

  if (g_once_init_enter (&literacy))
    {
      Literacy *made = g_new (Literacy, 1);

      made->model = sg_glyph_model_new ();
      made->labels = sg_writing_decoder_new (made->model, sg_grammar_new ());
      made->anything = sg_writing_decoder_new (made->model, sg_grammar_new_free ());
      g_once_init_leave (&literacy, made);
    }
  return literacy;
}

static void
clear_guesses (SgWritingGuess *guesses, guint n)
{
  for (guint i = 0; i < n; i++)
    g_free (guesses[i].text);
}

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_array_unref (line->strokes);
  clear_guesses (line->guesses, line->n_guesses);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint p = *(const guint *)a, q = *(const guint *)b;

  return p < q ? -1 : p > q;
}

static void
take_row (Reader *reader, const SgWritingRow *row, Line line)
{
  double area = 0, length = 0;

  line.strokes = g_array_new (FALSE, FALSE, sizeof (guint));
  line.box = row->box;
  line.image = row->strokes[0]->image;
  for (guint i = 0; i < row->n; i++)
    {
      const SgInk *ink = row->strokes[i];

      g_array_append_val (line.strokes, ink->stroke);
      length += ink->length + ink->width;
      area += (ink->length + ink->width) * ink->width;
    }
  line.line_width = area / length;
  g_array_sort (line.strokes, compare_numbers);
  g_array_append_val (reader->writing->lines, line);
}

static gboolean
is_label (const SgWritingGuess *guess)
{
  return guess->score > LABEL_SCORE && guess->misfit < LABEL_MISFIT && guess->evidence > LABEL_EVIDENCE;
}

static gboolean
is_writing (const SgWritingGuess *guess)
{
  return guess->score > WRITING_SCORE && guess->evidence > WRITING_EVIDENCE &&
         guess->n_glyphs >= WRITING_GLYPHS;
}

/* Probability of each guess among all, and of there being a label at all. */
static double
confidence_of (const Line *line, guint guess)
{
  double sum = exp (LABEL_SCORE * 2);

  if (line->print > 0)
    return line->print;
  for (guint i = 0; i < line->n_guesses; i++)
    sum += exp (2 * line->guesses[i].score);
  return exp (2 * line->guesses[guess].score) / sum;
}

static SgRowGlyphs *
glyphs_of (const Reader *reader, const SgWritingRow *row)
{
  return sg_row_glyphs_new (reader->literacy->model, row->strokes, row->n, row->box.height);
}

static gboolean
read_row (const Reader *reader, const SgWritingRow *row, SgRowGlyphs *glyphs, gboolean label, Line *line)
{
  SgMemoKey key = { .question = label ? SG_ASK_LABEL : SG_ASK_WRITING, .n = row->n };
  SgVerdict *none;

  *line = (Line){ .is_label = label };
  for (guint i = 0; i < row->n; i++)
    key.parts[i] = sg_memo_part (row->strokes[i]->id, 0);
  if (sg_memo_find (reader->memo, &key, &none))
    return FALSE;
  line->n_guesses = sg_writing_decode (label ? reader->literacy->labels : reader->literacy->anything, glyphs,
                                       label ? LABEL_SCORE : WRITING_SCORE, line->guesses);
  if (line->n_guesses > 0 && (label ? is_label (line->guesses) : is_writing (line->guesses)))
    return TRUE;
  clear_guesses (line->guesses, line->n_guesses);
  line->n_guesses = 0;
  sg_memo_keep (reader->memo, &key, NULL);
  return FALSE;
}

/* Half a label would say something else than the whole: both halves are labels, or neither. */
static gboolean
read_halves (Reader *reader, const SgWritingRow *row)
{
  SgWritingRow half[2];
  Line line[2];
  gboolean first, both;

  if (!sg_writing_row_cut (row, &half[0], &half[1]))
    return FALSE;
  g_autoptr (SgRowGlyphs) left = glyphs_of (reader, &half[0]);
  g_autoptr (SgRowGlyphs) right = glyphs_of (reader, &half[1]);
  first = read_row (reader, &half[0], left, TRUE, &line[0]);
  both = first && read_row (reader, &half[1], right, TRUE, &line[1]);
  if (first && !both)
    clear_guesses (line[0].guesses, line[0].n_guesses);
  for (guint i = 0; i < 2; i++)
    {
      if (both)
        take_row (reader, &half[i], line[i]);
      sg_writing_row_clear (&half[i]);
    }
  return both;
}

static void
read_writing (Reader *reader, const SgWritingRow *row)
{
  Line line;
  g_autoptr (SgRowGlyphs) glyphs = glyphs_of (reader, row);

  if (read_row (reader, row, glyphs, TRUE, &line))
    take_row (reader, row, line);
  else if (!read_halves (reader, row) && row->n >= WRITING_GLYPHS &&
           read_row (reader, row, glyphs, FALSE, &line))
    take_row (reader, row, line);
}

/* -- Print -- */

/* What is known of row `row` by the lines read of it, which are those from number `first` on. */
static SgPrintCandidate
candidate_of (const SgWriting *writing, const SgWritingRow *row, guint first)
{
  SgPrintCandidate candidate = { row, first < writing->lines->len, first < writing->lines->len };

  for (guint i = first; i < writing->lines->len; i++)
    {
      const Line *line = &g_array_index (writing->lines, Line, i);

      candidate.is_label &= line->is_label;
      candidate.is_sure &= line->is_label && confidence_of (line, 0) >= SURE_LABEL;
    }
  return candidate;
}

/* Puts print in the place of what was read there. */
static void
take_print (Reader *reader, const SgPrintedRow *printed)
{
  GArray *lines = reader->writing->lines;
  Line line = { .is_label = TRUE, .print = printed->confidence, .n_guesses = 1 };

  for (guint i = lines->len; i-- > 0;)
    {
      const Line *other = &g_array_index (lines, Line, i);

      if (other->image == printed->row.strokes[0]->image &&
          sg_rect_contains (printed->row.box, sg_rect_center (other->box)))
        g_array_remove_index (lines, i);
    }
  line.guesses[0].text = g_strdup (printed->text);
  take_row (reader, &printed->row, line);
}

/* -- All rows -- */

/* Keeps the ink that no line has taken. */
static void
leave_rest (GArray *ink, const SgWriting *writing)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  guint kept = 0;

  for (guint i = 0; i < writing->lines->len; i++)
    {
      const GArray *strokes = g_array_index (writing->lines, Line, i).strokes;

      for (guint k = 0; k < strokes->len; k++)
        g_hash_table_add (taken, GUINT_TO_POINTER (g_array_index (strokes, guint, k)));
    }
  for (guint i = 0; i < ink->len; i++)
    {
      SgInk *one = &g_array_index (ink, SgInk, i);

      if (g_hash_table_contains (taken, GUINT_TO_POINTER (one->stroke)))
        sg_ink_clear (one);
      else
        g_array_index (ink, SgInk, kept++) = *one;
    }
  for (guint i = kept; i < ink->len; i++)
    g_array_index (ink, SgInk, i) = (SgInk){ 0 };
  g_array_set_size (ink, kept);
}

SgWriting *
sg_writing_take (
  GArray *ink, const SgPage *page, const SgPose *pose, SgMemo *memo, SgBudget *budget, gboolean *print_left)
{
  SgWriting *writing = g_new0 (SgWriting, 1);
  g_autoptr (GArray) rows = sg_writing_rows_find (ink, memo);
  g_autofree SgPrintCandidate *candidates = g_new (SgPrintCandidate, rows->len);
  guint n = 0;

  writing->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (writing->lines, line_clear);
  if (rows->len == 0)
    return writing;
  Reader reader = { literacy_get (), writing, memo };
  for (; n < rows->len && sg_budget_spend (budget); n++)
    {
      const SgWritingRow *row = &g_array_index (rows, SgWritingRow, n);
      guint first = writing->lines->len;

      read_writing (&reader, row);
      candidates[n] = candidate_of (writing, row, first);
    }
  g_autoptr (GArray) printed = sg_print_find (page, pose, ink, candidates, n, memo, budget, print_left);
  for (guint i = 0; i < printed->len; i++)
    take_print (&reader, &g_array_index (printed, SgPrintedRow, i));
  if (writing->lines->len > 0)
    leave_rest (ink, writing);
  return writing;
}

void
sg_writing_free (SgWriting *writing)
{
  g_array_unref (writing->lines);
  g_free (writing);
}

static SgGeometry
geometry_of (const Line *line, const char *text)
{
  return (SgGeometry){
    .from = SG_POINT (line->box.x, line->box.y),
    .width = line->box.width,
    .height = line->box.height,
    .text = g_strdup (text),
  };
}

static void
add_line (const Line *line, SgReading *reading)
{
  SgElement *element = sg_reading_add_element (
    reading, SG_KIND_TEXT, line->is_label ? SG_ROLE_LABEL : SG_ROLE_DECORATION, confidence_of (line, 0));

  element->geometry = geometry_of (line, line->guesses[0].text);
  element->n_strokes = line->strokes->len;
  element->strokes = g_memdup2 (line->strokes->data, line->strokes->len * sizeof (guint));
  element->image = line->image;
  element->line_width = line->line_width;
  element->n_alternatives = line->n_guesses - 1;
  element->alternatives = g_new (SgAlternative, line->n_guesses);
  for (guint i = 1; i < line->n_guesses; i++)
    element->alternatives[i - 1] = (SgAlternative){
      SG_KIND_TEXT, confidence_of (line, i), geometry_of (line, line->guesses[i].text)
    };
  if (!line->is_label)
    sg_reading_add_issue (reading, SG_SEVERITY_INFO, sg_reading_n_elements (reading) - 1,
                          SG_ISSUE_UNREAD_TEXT,
                          _ ("This looks like writing, but I cannot read it; type it as a label."));
}

void
sg_writing_add (const SgWriting *writing, SgReading *reading)
{
  for (guint i = 0; i < writing->lines->len; i++)
    add_line (&g_array_index (writing->lines, Line, i), reading);
}
