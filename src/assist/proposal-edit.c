/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operations as an edit of the document. Several may be about one mark: its correction is made step by step
 * and put into the edit once. */
#include "assist/proposal.h"

#include <math.h>

#include "vision/correct.h"

#define PIN_RADIUS 6.0  /* page units; what the notation takes for a pin */
#define CROSS_SIZE 14.0 /* page units */
#define OUTLINE_POINTS 64

typedef struct
{
  SgEdit *edit;
  const SgPage *page, *now;
  const SgReading *reading;
  GHashTable *said; /* element + 1 -> SgCorrection: what will be said of it */
  char *words;
  gboolean said_words;
} Maker;

/* The correction that holds for the element so far; NULL where it has no ink of the page. */
static SgCorrection *
correction_of (Maker *maker, guint element)
{
  SgCorrection *now = g_hash_table_lookup (maker->said, GUINT_TO_POINTER (element + 1));

  if (now != NULL)
    return sg_correction_ref (now);
  return sg_correct_element (maker->page, maker->reading, element);
}

/* Takes `correction`. */
static void
say (Maker *maker, guint element, SgCorrection *correction)
{
  g_hash_table_insert (maker->said, GUINT_TO_POINTER (element + 1), correction);
}

/* -- Places -- */

static SgPoint
nearest_on (SgPoint to, const SgElement *element, double *distance)
{
  SgPoint outline[OUTLINE_POINTS], best = element->geometry.center;
  guint n = sg_geometry_outline (element->kind, &element->geometry, outline, G_N_ELEMENTS (outline));
  gboolean closed = sg_kind_is_closed (element->kind);

  *distance = INFINITY;
  for (guint i = 0; i + !closed < n; i++)
    {
      SgPoint a = outline[i], d = sg_point_sub (outline[(i + 1) % n], a);
      double square = sg_point_dot (d, d);
      double at = square > 0 ? CLAMP (sg_point_dot (sg_point_sub (to, a), d) / square, 0, 1) : 0;
      SgPoint on = sg_point_add (a, sg_point_scale (d, at)), off = sg_point_sub (on, to);

      if (sqrt (sg_point_dot (off, off)) < *distance)
        {
          *distance = sqrt (sg_point_dot (off, off));
          best = on;
        }
    }
  return best;
}

/* Where two marks are nearest to each other: half-way between. */
static SgPoint
meeting_point (const SgElement *a, const SgElement *b)
{
  SgPoint outline[OUTLINE_POINTS], best = a->geometry.center;
  guint n = sg_geometry_outline (a->kind, &a->geometry, outline, G_N_ELEMENTS (outline));
  double least = INFINITY, distance;

  for (guint i = 0; i < n; i++)
    {
      SgPoint on = nearest_on (outline[i], b, &distance);

      if (distance < least)
        {
          least = distance;
          best = sg_point_scale (sg_point_add (outline[i], on), 0.5);
        }
    }
  return best;
}

static SgPoint
middle_of (const SgElement *element)
{
  SgPoint outline[OUTLINE_POINTS];
  guint n = sg_geometry_outline (element->kind, &element->geometry, outline, G_N_ELEMENTS (outline));

  return n > 0 ? sg_rect_center (sg_points_bounds (outline, n)) : element->geometry.center;
}

static SgPoint
place_of (Maker *maker, const SgSuggestion *operation)
{
  const SgElement *element = sg_reading_element (maker->reading, operation->element);

  if (!isnan (operation->point.x))
    return operation->point;
  return operation->other >= 0
           ? meeting_point (element, sg_reading_element (maker->reading, operation->other))
           : middle_of (element);
}

/* -- Marks that are drawn -- */

static SgStroke *
add_stroke (Maker *maker, const SgInkPoint *points, guint n)
{
  SgStroke *stroke = sg_stroke_new (3, NULL, points, n, NULL);

  sg_edit_add_stroke (maker->edit, stroke);
  return stroke;
}

static SgInkPoint
ink_at (double x, double y)
{
  return (SgInkPoint){ x, y, NAN, NAN };
}

static void
add_mark (Maker *maker, SgStroke *const *strokes, guint n, const char *kind, const char *role)
{
  g_autoptr (SgCorrection) mark = sg_correction_new_for_strokes (strokes, n);
  g_autoptr (SgCorrection) drawn = sg_correction_with_kind (mark, kind);
  g_autoptr (SgCorrection) served = sg_correction_with_role (drawn, role);

  sg_edit_add_correction (maker->edit, served);
}

static void
draw_pin (Maker *maker, SgPoint at)
{
  SgInkPoint points[25];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double turn = 2 * G_PI * i / (G_N_ELEMENTS (points) - 1);

      points[i] = ink_at (at.x + PIN_RADIUS * cos (turn), at.y - PIN_RADIUS * sin (turn));
    }
  g_autoptr (SgStroke) circle = add_stroke (maker, points, G_N_ELEMENTS (points));
  add_mark (maker, &circle, 1, sg_kind_name (SG_KIND_CIRCLE), sg_role_name (SG_ROLE_PIN));
}

static void
draw_weld (Maker *maker, SgPoint at)
{
  SgStroke *strokes[2];

  for (guint i = 0; i < 2; i++)
    {
      SgInkPoint points[9];

      for (guint k = 0; k < G_N_ELEMENTS (points); k++)
        {
          double along = CROSS_SIZE * (k / (G_N_ELEMENTS (points) - 1.0) - 0.5);

          points[k] = ink_at (at.x + along, at.y + (i == 0 ? along : -along));
        }
      strokes[i] = add_stroke (maker, points, G_N_ELEMENTS (points));
    }
  add_mark (maker, strokes, 2, sg_kind_name (SG_KIND_CROSS), sg_role_name (SG_ROLE_WELD));
  sg_stroke_unref (strokes[0]);
  sg_stroke_unref (strokes[1]);
}

/* -- Operations -- */

static SgCorrection *
chosen (const SgSuggestion *operation, const SgCorrection *now)
{
  g_autoptr (SgCorrection) drawn =
    operation->as_kind >= 0 ? sg_correction_with_kind (now, sg_kind_name (operation->as_kind)) : NULL;
  const SgCorrection *from = drawn != NULL ? drawn : now;

  if (operation->as_kind >= 0 || operation->as_role >= 0)
    return sg_correction_with_role (from,
                                    operation->as_role >= 0 ? sg_role_name (operation->as_role) : NULL);
  return sg_correction_with_role (from, NULL);
}

static SgCorrection *
set (const SgSuggestion *operation, const SgCorrection *now)
{
  if (operation->property == SG_SUGGESTION_MATERIAL)
    return sg_correction_with_material (now, operation->text);
  if (operation->property == SG_SUGGESTION_TEXT)
    return sg_correction_with_text (now, operation->text);
  return sg_correction_with_property (now, operation->property, operation->value);
}

/* The end that is nearer to the other mark is put on it. */
static SgCorrection *
attached (Maker *maker, const SgSuggestion *operation, const SgCorrection *now)
{
  const SgElement *tie = sg_reading_element (maker->reading, operation->element);
  const SgElement *other = sg_reading_element (maker->reading, operation->other);
  const SgGeometry *g = &tie->geometry;
  gboolean path = g->n_points >= 2;
  SgPoint from = path ? g->points[0] : g->from, to = path ? g->points[g->n_points - 1] : g->to;
  double from_distance, to_distance;
  SgPoint from_on = nearest_on (from, other, &from_distance), to_on = nearest_on (to, other, &to_distance);
  gboolean first = from_distance < to_distance;
  SgPoint on = isnan (operation->point.x) ? (first ? from_on : to_on) : operation->point;

  return sg_correction_with_handle (now, first ? SG_HANDLE_FROM : SG_HANDLE_TO, on);
}

static SgCorrection *
corrected (Maker *maker, const SgSuggestion *operation, const SgCorrection *now)
{
  switch (operation->kind)
    {
    case SG_SUGGESTION_CHOOSE:
      return chosen (operation, now);
    case SG_SUGGESTION_SET:
      return set (operation, now);
    case SG_SUGGESTION_NAME:
      return sg_correction_with_name (now, operation->text);
    default:
      return operation->relation == SG_RELATION_ATTACHED
               ? attached (maker, operation, now)
               : sg_correction_with_role (now, sg_role_name (SG_ROLE_FIXED));
    }
}

static void
say_words (Maker *maker, const char *text)
{
  char *before = maker->words;

  maker->words = *before != '\0' ? g_strdup_printf ("%s, %s", before, text) : g_strdup (text);
  g_free (before);
  maker->said_words = TRUE;
}

static void
do_operation (Maker *maker, const SgSuggestion *operation)
{
  if (operation->kind == SG_SUGGESTION_SAY)
    say_words (maker, operation->text);
  else if (operation->kind == SG_SUGGESTION_RELATE && operation->relation == SG_RELATION_HINGE)
    draw_pin (maker, place_of (maker, operation));
  else if (operation->kind == SG_SUGGESTION_RELATE && operation->relation == SG_RELATION_WELD)
    draw_weld (maker, place_of (maker, operation));
  else
    {
      g_autoptr (SgCorrection) now = correction_of (maker, operation->element);

      if (now != NULL)
        say (maker, operation->element, corrected (maker, operation, now));
    }
}

SgEdit *
sg_proposal_make_edit (const GArray *operations,
                       const guint *chosen_ones,
                       guint n,
                       const SgPage *page,
                       const SgReading *reading,
                       const SgPage *now,
                       const char *words)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)sg_correction_unref);
  Maker maker = { .edit = sg_edit_new (), .page = page, .now = now, .reading = reading, .said = said };
  GHashTableIter iter;
  gpointer correction;

  maker.words = g_strdup (words != NULL ? words : sg_page_get_words (now));
  for (guint i = 0; i < n; i++)
    do_operation (&maker, &g_array_index (operations, SgSuggestion, chosen_ones[i]));
  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, NULL, &correction))
    sg_edit_correct (maker.edit, now, correction);
  if (maker.said_words)
    sg_edit_set_words (maker.edit, maker.words);
  g_free (maker.words);
  return maker.edit;
}
