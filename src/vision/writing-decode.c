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

struct _SgRowGlyphs
{
  const SgGlyphModel *model;
  const SgInk *const *strokes;
  guint n;
  double height;
  float **log_p; /* [n][GLYPH_STROKES]: by shape; NULL where not yet read */
  guint n_read;
};

struct _SgWritingDecoder
{
  const SgGlyphModel *model;
  const SgGrammar *grammar;
  GArray *readings[SG_GLYPH_SHAPES_MAX]; /* of guint8: the signs that a shape may be */
};

/* One row on its way through the grammar. */
typedef struct
{
  const SgWritingDecoder *decoder;
  const SgGrammar *grammar;
  SgRowGlyphs *glyphs;
  guint n;     /* strokes */
  Cell *cells; /* [n][GLYPH_STROKES]: from a stroke on, so many and one more */
  Beam *beams; /* [n + 1]: before each stroke, and at the end */
} Search;

SgRowGlyphs *
sg_row_glyphs_new (const SgGlyphModel *model, const SgInk *const *strokes, guint n, double height)
{
  g_return_val_if_fail (n >= 1 && n <= SG_WRITING_STROKES_MAX, NULL);

  SgRowGlyphs *glyphs = g_new (SgRowGlyphs, 1);

  *glyphs = (SgRowGlyphs){ model, strokes, n, height, g_new0 (float *, n *GLYPH_STROKES), 0 };
  return glyphs;
}

void
sg_row_glyphs_free (SgRowGlyphs *glyphs)
{
  for (guint i = 0; i < glyphs->n * GLYPH_STROKES; i++)
    g_free (glyphs->log_p[i]);
  g_free (glyphs->log_p);
  g_free (glyphs);
}

guint
sg_row_glyphs_n_read (const SgRowGlyphs *glyphs)
{
  return glyphs->n_read;
}

static const float *
row_glyphs_look_at (SgRowGlyphs *glyphs, guint first, guint n_strokes)
{
  float **log_p = &glyphs->log_p[first * GLYPH_STROKES + n_strokes - 1];

  if (!*log_p)
    {
      *log_p = g_new (float, sg_glyph_model_n_shapes (glyphs->model));
      sg_glyph_model_read (glyphs->model, glyphs->strokes + first, n_strokes, glyphs->height, *log_p);
      glyphs->n_read++;
    }
  return *log_p;
}

SgWritingDecoder *
sg_writing_decoder_new (const SgGlyphModel *model, const SgGrammar *grammar)
{
  SgWritingDecoder *decoder = g_new0 (SgWritingDecoder, 1);

  decoder->model = model;
  decoder->grammar = grammar;
  for (guint shape = 0; shape < sg_glyph_model_n_shapes (model); shape++)
    {
      const char *c = sg_glyph_model_characters (model, shape);

      decoder->readings[shape] = g_array_new (FALSE, FALSE, sizeof (guint8));
      for (; *c; c = g_utf8_next_char (c))
        for (guint8 sign = 0; sign < grammar->n_signs; sign++)
          if (grammar->signs[sign] == g_utf8_get_char (c))
            g_array_append_val (decoder->readings[shape], sign);
    }
  return decoder;
}

void
sg_writing_decoder_free (SgWritingDecoder *decoder)
{
  for (guint shape = 0; shape < sg_glyph_model_n_shapes (decoder->model); shape++)
    g_array_unref (decoder->readings[shape]);
  g_free (decoder);
}

static Cell *
cell_at (const Search *search, guint first, guint n_strokes)
{
  return &search->cells[first * GLYPH_STROKES + n_strokes - 1];
}

static void
read_cell (const Search *search, guint first, guint n_strokes)
{
  const SgWritingDecoder *decoder = search->decoder;
  Cell *cell = cell_at (search, first, n_strokes);
  const float *log_p = row_glyphs_look_at (search->glyphs, first, n_strokes);

  for (guint sign = 0; sign < search->grammar->n_signs; sign++)
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
read_cells (Search *search, guint first)
{
  SgRect box = search->glyphs->strokes[first]->bounds;

  for (guint k = 1; k <= MIN (GLYPH_STROKES, search->n - first); k++)
    {
      SgRect next = search->glyphs->strokes[first + k - 1]->bounds;

      if (next.x - (box.x + box.width) > GLYPH_HOLE * search->glyphs->height)
        return;
      box = sg_rect_union (box, next);
      if (box.width > GLYPH_WIDTH * search->glyphs->height)
        return;
      Cell *cell = cell_at (search, first, k);
      cell->box = box;
      cell->possible = TRUE;
      read_cell (search, first, k);
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
extend (Search *search, guint first, guint index)
{
  Hypothesis from = search->beams[first].items[index];

  for (guint k = 1; k <= MIN (GLYPH_STROKES, search->n - first); k++)
    {
      const Cell *cell = cell_at (search, first, k);
      int e = cell->possible ? sg_grammar_state (search->grammar, from.state)->first : -1;

      while (e >= 0)
        {
          const SgGrammarEdge *edge = sg_grammar_edge (search->grammar, e);
          float log_p = cell->log_p[edge->sign];

          if (log_p > LEAST_LOG_P)
            beam_add (&search->beams[first + k], (Hypothesis){
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
follow_back (const Search *search, const Hypothesis *end, SgPlacedGlyph *glyphs, gboolean *gaps)
{
  guint n = 0, at = search->n;

  for (const Hypothesis *h = end; at > 0;)
    {
      at -= h->n_strokes;
      const Cell *cell = cell_at (search, at, h->n_strokes);
      gaps[n] = h->gap;
      glyphs[n++] = (SgPlacedGlyph){
        .sign = search->grammar->signs[h->sign],
        .shape = sg_glyph_model_characters (search->decoder->model, cell->shape[h->sign]),
        .box = cell->box,
      };
      h = at > 0 ? &search->beams[at].items[h->before] : NULL;
    }
  return n;
}

static SgWritingGuess
judge (const Search *search, const Hypothesis *end)
{
  SgPlacedGlyph glyphs[SG_WRITING_STROKES_MAX];
  gboolean gaps[SG_WRITING_STROKES_MAX];
  SgWritingGuess guess = { .log_p = end->log_p / search->n };
  GString *text = g_string_new (NULL);

  guess.n_glyphs = follow_back (search, end, glyphs, gaps);
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
best_score (const Search *search, guint first)
{
  float most = -G_MAXFLOAT;

  for (guint at = first; at <= MIN (first + GLYPH_STROKES, search->n); at++)
    for (guint i = 0; i < search->beams[at].n; i++)
      most = MAX (most, search->beams[at].items[i].log_p);
  return most / search->n;
}

/* Follows all ways through the row; FALSE where none comes to `least`. Characters are read as the ways come
 * to them, as most rows of marks are given up at the first few. */
static gboolean
find_ways (Search *search, double least)
{
  beam_add (&search->beams[0], (Hypothesis){ .before = -1 });
  for (guint first = 0; first < search->n; first++)
    {
      if (best_score (search, first) < least)
        return FALSE;
      if (search->beams[first].n > 0)
        read_cells (search, first);
      for (guint i = 0; i < search->beams[first].n; i++)
        extend (search, first, i);
    }
  return TRUE;
}

static guint
judge_ways (const Search *search, SgWritingGuess *guesses)
{
  const Beam *beam = &search->beams[search->n];
  guint n = 0;

  for (guint i = 0; i < beam->n; i++)
    if (sg_grammar_state (search->grammar, beam->items[i].state)->accept)
      n = keep_guess (guesses, n, judge (search, &beam->items[i]));
  return n;
}

guint
sg_writing_decode (const SgWritingDecoder *decoder,
                   SgRowGlyphs *glyphs,
                   double least,
                   SgWritingGuess guesses[SG_WRITING_GUESSES])
{
  Search search = { .decoder = decoder, .grammar = decoder->grammar, .glyphs = glyphs, .n = glyphs->n };
  g_autofree Cell *cells = search.cells = g_new0 (Cell, search.n * GLYPH_STROKES);
  g_autofree Beam *beams = search.beams = g_new0 (Beam, search.n + 1);

  return find_ways (&search, least) ? judge_ways (&search, guesses) : 0;
}
