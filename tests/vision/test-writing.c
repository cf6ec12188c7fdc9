/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/vision/handwriting.h"

#include "vision/analyze.h"
#include "vision/text.h"
#include "vision/writing-decode.h"

#define STYLES 6

typedef struct
{
  SgPageBuilder *page;
  Hand hand;
} Fixture;

static void
setup (Fixture *f, gconstpointer data)
{
  f->page = sg_page_builder_new (NULL);
  f->hand = hand_new (f->page, 0);
}

static void
teardown (Fixture *f, gconstpointer data)
{
  hand_clear (&f->hand);
  sg_page_unref (sg_page_builder_end (f->page));
}

static void
draw (Fixture *f, const SgPoint *points, guint n)
{
  g_autofree SgInkPoint *ink = g_new (SgInkPoint, 12 * n);
  guint k = 0;

  for (guint i = 0; i + 1 < n; i++)
    for (guint j = 0; j < 12; j++)
      {
        SgPoint p = sg_point_lerp (points[i], points[i + 1], j / 12.0);

        ink[k++] = (SgInkPoint){ p.x + 0.4 * sin (k), p.y + 0.4 * cos (k), NAN, NAN };
      }
  ink[k++] = (SgInkPoint){ points[n - 1].x, points[n - 1].y, NAN, NAN };
  sg_page_builder_take_stroke (f->page, sg_stroke_new (3, NULL, ink, k, NULL));
}

static void
draw_box (Fixture *f, double x, double y, double width, double height)
{
  draw (f,
        (SgPoint[]){
          { x, y }, { x + width, y }, { x + width, y + height }, { x, y + height }, { x, y + 2 } },
        5);
}

static void
draw_circle (Fixture *f, SgPoint center, double radius)
{
  SgPoint points[25];

  for (guint i = 0; i < 25; i++)
    points[i] = SG_POINT (center.x + radius * cos (i * 0.265), center.y + radius * sin (i * 0.265));
  draw (f, points, 25);
}

/* Reads what was drawn, and starts a new page. */
static SgReading *
read_page (Fixture *f)
{
  g_autoptr (SgPage) page = sg_page_builder_end (g_steal_pointer (&f->page));
  g_autoptr (GError) error = NULL;
  SgReading *reading = sg_analyze (page, NULL, &error);

  g_assert_no_error (error);
  f->page = f->hand.page = sg_page_builder_new (NULL);
  return reading;
}

static const SgElement *
find_text (const SgReading *reading)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (sg_reading_element (reading, i)->kind == SG_KIND_TEXT)
      return sg_reading_element (reading, i);
  return NULL;
}

static guint
count (const SgReading *reading, SgKind kind)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    n += sg_reading_element (reading, i)->kind == kind;
  return n;
}

static void
test_labels (Fixture *f, gconstpointer data)
{
  const char *label = data;
  static const double sizes[] = { 10, 16, 24, 34, 46, 60 };
  guint right = 0;

  for (guint style = 0; style < STYLES; style++)
    {
      f->hand.style = style;
      draw_box (f, 300, 300, 120, 90);
      hand_write (&f->hand, label, SG_POINT (440, 360), sizes[style]);
      g_autoptr (SgReading) reading = read_page (f);
      const SgElement *text = find_text (reading);

      g_test_message ("style %u: %s", style, text ? text->geometry.text : "no text");
      g_assert_cmpuint (count (reading, SG_KIND_RECTANGLE), ==, 1);
      right += text && g_str_equal (text->geometry.text, label) && text->role == SG_ROLE_LABEL;
    }
  g_assert_cmpuint (right, >=, STYLES - 1);
}

/* A written label says of the box beside it what a typed one would. */
static void
test_labels_mark (Fixture *f, gconstpointer data)
{
  draw_box (f, 300, 300, 120, 90);
  double width = hand_write (&f->hand, "2 kg", SG_POINT (330, 280), 24);
  g_autoptr (SgReading) reading = read_page (f);
  const SgElement *text = find_text (reading);

  g_assert_nonnull (text);
  g_assert_cmpuint (text->n_strokes, ==, sg_reading_n_elements (reading) == 2 ? 4 : 0);
  g_assert_cmpint (text->label, ==, -1);
  g_assert_cmpfloat_with_epsilon (text->geometry.from.x, 330, 5);
  g_assert_cmpfloat_with_epsilon (text->geometry.width, width, 12);
  g_assert_cmpuint (sg_reading_n_relations (reading), ==, 1);
  g_assert_cmpint (sg_reading_relation (reading, 0)->kind, ==, SG_RELATION_LABELS);
}

/* What stands in a row but is drawn: never text. */
static void
test_near_misses (Fixture *f, gconstpointer data)
{
  /* a rod and a ball, which might be "10" */
  draw (f, (SgPoint[]){ { 100, 100 }, { 100, 150 } }, 2);
  draw_circle (f, SG_POINT (135, 125), 24);
  /* a row of balls */
  for (guint i = 0; i < 5; i++)
    draw_circle (f, SG_POINT (300 + 44 * i, 125), 20);
  /* hatching that stands alone, and dashes */
  for (guint i = 0; i < 8; i++)
    {
      draw (f, (SgPoint[]){ { 100 + 14 * i, 300 }, { 90 + 14 * i, 318 } }, 2);
      draw (f, (SgPoint[]){ { 300 + 24 * i, 300 }, { 313 + 24 * i, 301 } }, 2);
    }
  /* an X beside a circle beside a box */
  draw (f, (SgPoint[]){ { 100, 400 }, { 124, 424 } }, 2);
  draw (f, (SgPoint[]){ { 124, 400 }, { 100, 424 } }, 2);
  draw_circle (f, SG_POINT (150, 412), 14);
  draw_box (f, 180, 400, 30, 26);
  /* a spring, and an arrow */
  draw (f,
        (SgPoint[]){ { 300, 400 }, { 310, 430 }, { 320, 400 }, { 330, 430 }, { 340, 400 }, { 350, 430 } },
        6);
  draw (f, (SgPoint[]){ { 400, 415 }, { 460, 415 } }, 2);
  draw (f, (SgPoint[]){ { 450, 407 }, { 460, 415 }, { 450, 423 } }, 3);
  g_autoptr (SgReading) reading = read_page (f);

  g_assert_cmpuint (count (reading, SG_KIND_TEXT), ==, 0);
}

/* A letter as large as the drawing is no label. */
static void
test_large_letters (Fixture *f, gconstpointer data)
{
  for (guint style = 0; style < STYLES; style++)
    {
      f->hand.style = style;
      hand_write (&f->hand, "g", SG_POINT (300, 300), 180);
      g_autoptr (SgReading) reading = read_page (f);

      g_assert_cmpuint (count (reading, SG_KIND_TEXT), ==, 0);
    }
}

/* Writing that is no label is one element that says so, not a heap of bodies. */
static void
test_unread (Fixture *f, gconstpointer data)
{
  draw_box (f, 300, 300, 120, 90);
  hand_write (&f->hand, "hangar", SG_POINT (440, 360), 30);
  g_autoptr (SgReading) reading = read_page (f);
  const SgElement *text = find_text (reading);

  g_assert_nonnull (text);
  g_assert_cmpint (text->role, ==, SG_ROLE_DECORATION);
  g_assert_cmpuint (sg_reading_n_elements (reading), ==, 2);
  g_assert_cmpuint (reading->issues->len, ==, 1);
  g_assert_cmpstr (g_array_index (reading->issues, SgIssue, 0).code, ==, "sketch.unread-text");
}

/* Of all numbers 1 will do, which is in every quantity's range; "v0" is a name. */
static gboolean
is_tried (const GString *text, gunichar sign)
{
  char last = text->len > 0 ? text->str[text->len - 1] : '=';

  if (g_ascii_isdigit (last) && (g_unichar_isdigit (sign) || sign == '.' || sign == ','))
    return FALSE;
  return !g_unichar_isdigit (sign) || sign == (g_ascii_isalpha (last) ? '0' : '1');
}

/* Every way through the grammar is a label that vision/text.h understands. */
static void
walk (const SgGrammar *grammar, guint state, GString *text, guint depth)
{
  gsize length = text->len;
  SgQuantity quantity;

  if (sg_grammar_state (grammar, state)->accept && !sg_text_parse_quantity (text->str, &quantity))
    g_error ("“%s” is no label", text->str);
  if (depth == 0)
    return;
  for (int e = sg_grammar_state (grammar, state)->first; e >= 0; e = sg_grammar_edge (grammar, e)->next)
    {
      const SgGrammarEdge *edge = sg_grammar_edge (grammar, e);
      gunichar sign = grammar->signs[edge->sign];

      if (!is_tried (text, sign))
        continue;
      g_string_append (text, edge->gap ? " " : "");
      g_string_append_unichar (text, sign);
      walk (grammar, edge->to, text, depth - 1);
      g_string_truncate (text, length);
    }
}

static void
test_grammar (void)
{
  g_autoptr (SgGrammar) grammar = sg_grammar_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  walk (grammar, 0, text, 12);
}

/* A row that is no label is read again as any writing: what was read of its characters is kept. */
static void
test_reads_characters_once (Fixture *f, gconstpointer data)
{
  g_autoptr (SgGlyphModel) model = sg_glyph_model_new ();
  g_autoptr (SgGrammar) grammar = sg_grammar_new_free ();
  g_autoptr (SgWritingDecoder) decoder = sg_writing_decoder_new (model, grammar);
  SgWritingGuess guesses[2][SG_WRITING_GUESSES];
  const SgInk *strokes[4];
  guint n[2];

  for (guint i = 0; i < G_N_ELEMENTS (strokes); i++)
    draw_circle (f, SG_POINT (20 + 24 * i, 20), 9);
  g_autoptr (SgPage) page = sg_page_builder_end (g_steal_pointer (&f->page));
  f->page = f->hand.page = sg_page_builder_new (NULL);
  g_autoptr (GArray) ink = sg_ink_from_page (page);
  for (guint i = 0; i < G_N_ELEMENTS (strokes); i++)
    strokes[i] = &g_array_index (ink, SgInk, i);
  g_autoptr (SgRowGlyphs) glyphs = sg_row_glyphs_new (model, strokes, G_N_ELEMENTS (strokes), 18);

  n[0] = sg_writing_decode (decoder, glyphs, -10, guesses[0]);
  guint asked = sg_row_glyphs_n_read (glyphs);
  n[1] = sg_writing_decode (decoder, glyphs, -10, guesses[1]);
  g_assert_cmpuint (asked, >=, G_N_ELEMENTS (strokes));
  g_assert_cmpuint (sg_row_glyphs_n_read (glyphs), ==, asked);
  g_assert_cmpuint (n[0], >, 0);
  g_assert_cmpuint (n[0], ==, n[1]);
  for (guint i = 0; i < n[0]; i++)
    {
      g_assert_cmpstr (guesses[0][i].text, ==, guesses[1][i].text);
      g_free (guesses[0][i].text);
      g_free (guesses[1][i].text);
    }
}

int
main (int argc, char **argv)
{
  static const char *const labels[] = { "2 kg", "0.5 kg", "m=2", "k=50", "100 N/m", "5 N",
                                        "30°", "1 m", "v=2", "μ=0.3", "e=0.8", "10 rpm",
                                        "g", "ice", "rope", "rod", "motor" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *path = g_strdup_printf ("/vision/writing/label/%u", i);

      g_test_add (path, Fixture, labels[i], setup, test_labels, teardown);
    }
  g_test_add ("/vision/writing/labels-a-mark", Fixture, NULL, setup, test_labels_mark, teardown);
  g_test_add ("/vision/writing/near-misses", Fixture, NULL, setup, test_near_misses, teardown);
  g_test_add ("/vision/writing/large-letters", Fixture, NULL, setup, test_large_letters, teardown);
  g_test_add ("/vision/writing/unread", Fixture, NULL, setup, test_unread, teardown);
  g_test_add ("/vision/writing/reads-characters-once", Fixture, NULL, setup, test_reads_characters_once,
              teardown);
  g_test_add_func ("/vision/writing/grammar", test_grammar);
  return g_test_run ();
}
