/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beam search over cuts and readings; any thread. Every few neighbouring strokes are read once as one
 * character; a hypothesis is a way through the strokes and the grammar at the same time. Each character
 * counts as often as it has strokes, so that ways with many and with few characters can be compared. The best
 * ways are then judged by how their characters stand in the row. */
#include "vision/writing-decode.h"

#include "vision/writing-place.h"

#define GLYPH_STROKES 5 /* of one character, at most */
#define GLYPH_WIDTH 1.8 /* of the row's height, at most */
#define GLYPH_HOLE 0.4  /* of the row's height: wider gaps lie between characters */
#define BEAM 64
#define LEAST_LOG_P -6.0     /* of a character */
#define USUAL_MISPLACED 0.12 /* of a capital's height */

/* One reading of some strokes as one character. */
typedef struct
{
  SgRect box;
  gboolean possible;
  float log_p[SG_GRAMMAR_SIGNS_MAX];  /* by sign of the grammar */
  guint8 shape[SG_GRAMMAR_SIGNS_MAX]; /* that the sign was seen in */
} Cell;

typedef struct
{
  float log_p; /* summed over strokes */
  guint16 state;
  gint16 before; /* hypothesis that this one goes on from, at `n_strokes` less */
  guint8 n_strokes, sign;
  gboolean gap;
} Hypothesis;

typedef struct
{
  Hypothesis items[BEAM];
  guint n, worst;
} Beam;

typedef struct
{
  const SgGlyphModel *model;
  const SgGrammar *grammar;
  const SgInk *const *strokes;
  guint n;
  double height;
  Cell *cells;                           /* [n][GLYPH_STROKES]: from a stroke on, so many and one more */
  Beam *beams;                           /* [n + 1]: before each stroke, and at the end */
  GArray *readings[SG_GLYPH_SHAPES_MAX]; /* of guint8: the signs that a shape may be */
} Decoder;

static Cell *
cell_at (const Decoder *decoder, guint first, guint n_strokes)
{
  return &decoder->cells[first * GLYPH_STROKES + n_strokes - 1];
}

static void
find_readings (Decoder *decoder)
{
  for (guint shape = 0; shape < sg_glyph_model_n_shapes (decoder->model); shape++)
    {
      const char *c = sg_glyph_model_characters (decoder->model, shape);

      decoder->readings[shape] = g_array_new (FALSE, FALSE, sizeof (guint8));
      for (; *c; c = g_utf8_next_char (c))
        for (guint8 sign = 0; sign < decoder->grammar->n_signs; sign++)
          if (decoder->grammar->signs[sign] == g_utf8_get_char (c))
            g_array_append_val (decoder->readings[shape], sign);
    }
}

static void
read_cell (const Decoder *decoder, guint first, guint n_strokes)
{
  Cell *cell = cell_at (decoder, first, n_strokes);
  float log_p[SG_GLYPH_SHAPES_MAX];

  sg_glyph_model_read (decoder->model, decoder->strokes + first, n_strokes, decoder->height, log_p);
  for (guint sign = 0; sign < decoder->grammar->n_signs; sign++)
    cell->log_p[sign] = -G_MAXFLOAT;
  for (guint shape = 0; shape < sg_glyph_model_n_shapes (decoder->model); shape++)
    for (guint i = 0; i < decoder->readings[shape]->len; i++)
      {
        guint8 sign = g_array_index (decoder->readings[shape], guint8, i);

        if (log_p[shape] > cell->log_p[sign])
          {
            cell->log_p[sign] = log_p[shape];
            cell->shape[sign] = shape;
          }
      }
}

/* Those of the characters that may begin with the stroke. */
static void
read_cells (Decoder *decoder, guint first)
{
  SgRect box = decoder->strokes[first]->bounds;

  for (guint k = 1; k <= MIN (GLYPH_STROKES, decoder->n - first); k++)
    {
      SgRect next = decoder->strokes[first + k - 1]->bounds;

      if (next.x - (box.x + box.width) > GLYPH_HOLE * decoder->height)
        return;
      box = sg_rect_union (box, next);
      if (box.width > GLYPH_WIDTH * decoder->height)
        return;
      Cell *cell = cell_at (decoder, first, k);
      cell->box = box;
      cell->possible = TRUE;
      read_cell (decoder, first, k);
    }
}

static void
beam_add (Beam *beam, Hypothesis hypothesis)
{
  if (beam->n < BEAM)
    beam->items[beam->n++] = hypothesis;
  else if (hypothesis.log_p > beam->items[beam->worst].log_p)
    beam->items[beam->worst] = hypothesis;
  else
    return;
  beam->worst = 0;
  for (guint i = 1; i < beam->n; i++)
    if (beam->items[i].log_p < beam->items[beam->worst].log_p)
      beam->worst = i;
}

static void
extend (Decoder *decoder, guint first, guint index)
{
  Hypothesis from = decoder->beams[first].items[index];

  for (guint k = 1; k <= MIN (GLYPH_STROKES, decoder->n - first); k++)
    {
      const Cell *cell = cell_at (decoder, first, k);
      int e = cell->possible ? sg_grammar_state (decoder->grammar, from.state)->first : -1;

      while (e >= 0)
        {
          const SgGrammarEdge *edge = sg_grammar_edge (decoder->grammar, e);
          float log_p = cell->log_p[edge->sign];

          if (log_p > LEAST_LOG_P)
            beam_add (&decoder->beams[first + k], (Hypothesis){
                                                    .log_p = from.log_p + k * log_p,
                                                    .state = edge->to,
                                                    .before = index,
                                                    .n_strokes = k,
                                                    .sign = edge->sign,
                                                    .gap = edge->gap,
                                                  });
          e = edge->next;
        }
    }
}

/* The signs of a way from its end to its start, as glyphs in the row; returns their number. */
static guint
follow_back (const Decoder *decoder, const Hypothesis *end, SgPlacedGlyph *glyphs, gboolean *gaps)
{
  guint n = 0, at = decoder->n;

  for (const Hypothesis *h = end; at > 0;)
    {
      at -= h->n_strokes;
      const Cell *cell = cell_at (decoder, at, h->n_strokes);
      gaps[n] = h->gap;
      glyphs[n++] = (SgPlacedGlyph){
        .sign = decoder->grammar->signs[h->sign],
        .shape = sg_glyph_model_characters (decoder->model, cell->shape[h->sign]),
        .box = cell->box,
      };
      h = at > 0 ? &decoder->beams[at].items[h->before] : NULL;
    }
  return n;
}

static SgWritingGuess
judge (const Decoder *decoder, const Hypothesis *end)
{
  SgPlacedGlyph glyphs[SG_WRITING_STROKES_MAX];
  gboolean gaps[SG_WRITING_STROKES_MAX];
  SgWritingGuess guess = { .log_p = end->log_p / decoder->n };
  GString *text = g_string_new (NULL);

  guess.n_glyphs = follow_back (decoder, end, glyphs, gaps);
  for (guint i = guess.n_glyphs; i-- > 0;)
    {
      if (gaps[i])
        g_string_append_c (text, ' ');
      g_string_append_unichar (text, glyphs[i].sign == ',' ? '.' : glyphs[i].sign);
      guess.evidence += sg_placed_glyph_evidence (&glyphs[i]);
    }
  guess.text = g_string_free (text, FALSE);
  guess.misfit = sg_placed_glyphs_misfit (glyphs, guess.n_glyphs);
  double placed = guess.misfit / USUAL_MISPLACED;
  guess.score = guess.log_p - 0.25 * placed * placed;
  return guess;
}

/* Keeps `guess` where it is among the best; takes its text. */
static guint
keep_guess (SgWritingGuess *guesses, guint n, SgWritingGuess guess)
{
  guint at = 0;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (guesses[i].text, guess.text))
      {
        if (guess.score > guesses[i].score)
          {
            g_free (guesses[i].text);
            for (; i + 1 < n; i++)
              guesses[i] = guesses[i + 1];
            n--;
            break;
          }
        g_free (guess.text);
        return n;
      }
  while (at < n && guesses[at].score >= guess.score)
    at++;
  if (at == SG_WRITING_GUESSES)
    {
      g_free (guess.text);
      return n;
    }
  if (n == SG_WRITING_GUESSES)
    g_free (guesses[--n].text);
  for (guint i = n; i > at; i--)
    guesses[i] = guesses[i - 1];
  guesses[at] = guess;
  return n + 1;
}

/* The best that a way may still come to from the stroke `first` on: it only loses with each character. */
static double
best_score (const Decoder *decoder, guint first)
{
  float most = -G_MAXFLOAT;

  for (guint at = first; at <= MIN (first + GLYPH_STROKES, decoder->n); at++)
    for (guint i = 0; i < decoder->beams[at].n; i++)
      most = MAX (most, decoder->beams[at].items[i].log_p);
  return most / decoder->n;
}

/* Follows all ways through the row; FALSE where none comes to `least`. Characters are read as the ways come
 * to them, as most rows of marks are given up at the first few. */
static gboolean
find_ways (Decoder *decoder, double least)
{
  beam_add (&decoder->beams[0], (Hypothesis){ .before = -1 });
  for (guint first = 0; first < decoder->n; first++)
    {
      if (best_score (decoder, first) < least)
        return FALSE;
      if (decoder->beams[first].n > 0)
        read_cells (decoder, first);
      for (guint i = 0; i < decoder->beams[first].n; i++)
        extend (decoder, first, i);
    }
  return TRUE;
}

static guint
judge_ways (const Decoder *decoder, SgWritingGuess *guesses)
{
  const Beam *beam = &decoder->beams[decoder->n];
  guint n = 0;

  for (guint i = 0; i < beam->n; i++)
    if (sg_grammar_state (decoder->grammar, beam->items[i].state)->accept)
      n = keep_guess (guesses, n, judge (decoder, &beam->items[i]));
  return n;
}

static void
decoder_clear (Decoder *decoder)
{
  for (guint shape = 0; shape < sg_glyph_model_n_shapes (decoder->model); shape++)
    g_array_unref (decoder->readings[shape]);
  g_free (decoder->cells);
  g_free (decoder->beams);
}

guint
sg_writing_decode (const SgGlyphModel *model,
                   const SgGrammar *grammar,
                   const SgInk *const *strokes,
                   guint n,
                   double height,
                   double least,
                   SgWritingGuess guesses[SG_WRITING_GUESSES])
{
  Decoder decoder = { .model = model, .grammar = grammar, .strokes = strokes, .n = n, .height = height };
  guint n_guesses = 0;

  g_return_val_if_fail (n >= 1 && n <= SG_WRITING_STROKES_MAX, 0);
  decoder.cells = g_new0 (Cell, n * GLYPH_STROKES);
  decoder.beams = g_new0 (Beam, n + 1);
  find_readings (&decoder);
  if (find_ways (&decoder, least))
    n_guesses = judge_ways (&decoder, guesses);
  decoder_clear (&decoder);
  return n_guesses;
}
