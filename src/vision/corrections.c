/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Corrections name strokes by identity, ink of pictures by a point on it. Of two that claim the same ink, as
 * only a file made elsewhere can have, the earlier one gets it. */
#include "config.h"

#include "vision/corrections.h"

#include <glib/gi18n-lib.h>

#include "vision/told.h"
#include "vision/upright.h"

/* Ink of a picture is looked for this near to where it was, as a share of the picture's diagonal. */
#define ANCHOR_REACH 0.02
/* What is left of a cut stroke is ink of its own only where it is this much of its length. */
#define LEAST_REST 0.03

typedef struct
{
  SgCorrection *correction;
  GArray *ink; /* SgInk */
  double from; /* where its first piece begins on its stroke */
} Mark;

struct _SgCorrectedInk
{
  GArray *marks; /* Mark */
  guint n_lost;  /* corrections without ink */
};

typedef struct
{
  double from, to;
} Span;

/* What corrections have taken of the ink so far. */
typedef struct
{
  const SgPage *page;
  GArray *ink;
  GHashTable *strokes; /* SgStroke -> index into ink + 1 */
  GArray **taken;      /* by ink: Span, by rising place; NULL where none */
} Taking;

static void
clear_mark (gpointer data)
{
  Mark *mark = data;

  sg_correction_unref (mark->correction);
  g_array_unref (mark->ink);
}

static gboolean
take_span (Taking *taking, guint i, double from, double to)
{
  GArray *spans = taking->taken[i];
  Span span = { from, to };
  guint at = 0;

  if (!spans)
    spans = taking->taken[i] = g_array_new (FALSE, FALSE, sizeof (Span));
  for (; at < spans->len; at++)
    {
      const Span *other = &g_array_index (spans, Span, at);

      if (MAX (other->from, from) < MIN (other->to, to))
        return FALSE;
      if (other->from >= to)
        break;
    }
  g_array_insert_val (spans, at, span);
  return TRUE;
}

static void
append_point (SgInk *ink, const SgInk *from, guint i, double t)
{
  SgPoint next = from->points[MIN (i + 1, from->n - 1)];
  SgPoint p = t < 1 ? sg_point_lerp (from->points[i], next, t) : next;

  if (ink->n > 0 && p.x == ink->points[ink->n - 1].x && p.y == ink->points[ink->n - 1].y)
    return;
  if (ink->t)
    ink->t[ink->n] = from->t[i] + t * (from->t[MIN (i + 1, from->n - 1)] - from->t[i]);
  ink->points[ink->n++] = p;
}

/* The part of `ink` between two shares of its length. */
static SgInk
cut_ink (const SgInk *ink, double from, double to)
{
  SgInk part = *ink;
  double begin = from * ink->length, end = to * ink->length, along = 0;

  part.points = g_new (SgPoint, 2 * ink->n);
  part.t = ink->t ? g_new (double, 2 * ink->n) : NULL;
  part.n = 0;
  part.id = 0;
  part.lent = FALSE;
  for (guint i = 0; i + 1 < ink->n; i++)
    {
      double length = sg_point_distance (ink->points[i], ink->points[i + 1]);
      double first = MAX (begin - along, 0), last = MIN (end - along, length);

      along += length;
      if (first > last || length <= 0)
        continue;
      append_point (&part, ink, i, first / length);
      append_point (&part, ink, i, last / length);
    }
  if (part.n == 0)
    append_point (&part, ink, 0, 0);
  sg_ink_measure (&part);
  return part;
}

static double
distance_to_ink (const SgInk *ink, SgPoint p)
{
  double nearest = sg_point_distance (ink->points[0], p);

  for (guint i = 0; i + 1 < ink->n; i++)
    nearest = MIN (nearest, sg_segment_distance (ink->points[i], ink->points[i + 1], p, NULL));
  return nearest;
}

/* The ink of the picture that is nearest to the anchor, -1 where none is near. */
static int
find_anchored (const Taking *taking, const SgInkPiece *piece)
{
  SgRect bounds = sg_image_get_bounds (piece->image);
  SgPoint at =
    SG_POINT (bounds.x + piece->anchor.x * bounds.width, bounds.y + piece->anchor.y * bounds.height);
  double nearest = ANCHOR_REACH * sg_rect_diagonal (bounds);
  int best = -1;

  for (guint i = 0; i < taking->ink->len; i++)
    {
      const SgInk *ink = &g_array_index (taking->ink, SgInk, i);

      if (ink->image < 0 || sg_page_get_image (taking->page, ink->image) != piece->image ||
          !sg_rect_contains (sg_rect_grow (ink->bounds, nearest), at))
        continue;
      double d = distance_to_ink (ink, at);
      if (d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

static void
take_piece (Taking *taking, const SgInkPiece *piece, Mark *mark)
{
  int i = piece->image ? find_anchored (taking, piece)
                       : GPOINTER_TO_INT (g_hash_table_lookup (taking->strokes, piece->stroke)) - 1;
  double from = piece->image ? 0 : piece->from, to = piece->image ? 1 : piece->to;

  if (i < 0 || !take_span (taking, i, from, to))
    return;
  SgInk part = cut_ink (&g_array_index (taking->ink, SgInk, i), from, to);
  if (mark->ink->len == 0)
    mark->from = from;
  g_array_append_val (mark->ink, part);
}

static void
take_mark (Taking *taking, SgCorrection *correction, SgCorrectedInk *corrected)
{
  guint n;
  const SgInkPiece *pieces = sg_correction_get_pieces (correction, &n);
  Mark mark = { sg_correction_ref (correction), g_array_new (FALSE, FALSE, sizeof (SgInk)), 0 };

  g_array_set_clear_func (mark.ink, (GDestroyNotify)sg_ink_clear);
  for (guint i = 0; i < n; i++)
    take_piece (taking, &pieces[i], &mark);
  if (mark.ink->len > 0)
    g_array_append_val (corrected->marks, mark);
  else
    {
      clear_mark (&mark);
      corrected->n_lost++;
    }
}

/* What the spans leave of ink `i`, appended to `rest`. */
static void
keep_rest (const Taking *taking, guint i, GArray *rest)
{
  const SgInk *ink = &g_array_index (taking->ink, SgInk, i);
  double from = 0;

  for (guint k = 0; k <= taking->taken[i]->len; k++)
    {
      const Span *span = k < taking->taken[i]->len ? &g_array_index (taking->taken[i], Span, k) : NULL;
      double to = span ? span->from : 1;

      if (to - from >= LEAST_REST)
        {
          SgInk part = cut_ink (ink, from, to);
          g_array_append_val (rest, part);
        }
      from = span ? span->to : 1;
    }
}

/* Leaves in the ink what nobody took. */
static void
remove_taken (Taking *taking)
{
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (SgInk));

  for (guint i = 0; i < taking->ink->len; i++)
    {
      SgInk *ink = &g_array_index (taking->ink, SgInk, i);

      if (!taking->taken[i])
        {
          g_array_append_val (rest, *ink);
          continue;
        }
      keep_rest (taking, i, rest);
      sg_ink_clear (ink);
      g_array_unref (taking->taken[i]);
    }
  /* the structs have moved to `rest`: no clearing of what they own */
  g_array_set_clear_func (taking->ink, NULL);
  g_array_set_size (taking->ink, 0);
  g_array_append_vals (taking->ink, rest->data, rest->len);
  g_array_set_clear_func (taking->ink, (GDestroyNotify)sg_ink_clear);
}

static gboolean
is_about_ink (const SgCorrection *correction)
{
  guint n;
  const SgInkPiece *pieces = sg_correction_get_pieces (correction, &n);

  return n > 0 && !pieces[0].label;
}

SgCorrectedInk *
sg_corrections_take_ink (const SgPage *page, GArray *ink)
{
  SgCorrectedInk *corrected = g_new0 (SgCorrectedInk, 1);
  g_autoptr (GHashTable) strokes = NULL;
  g_autofree GArray **taken = NULL;

  corrected->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (corrected->marks, clear_mark);
  if (sg_page_get_n_corrections (page) == 0)
    return corrected;

  strokes = g_hash_table_new (NULL, NULL);
  taken = g_new0 (GArray *, ink->len + 1);
  for (guint i = 0; i < ink->len; i++)
    {
      const SgInk *one = &g_array_index (ink, SgInk, i);

      if (one->image < 0)
        g_hash_table_insert (strokes, sg_page_get_stroke (page, one->stroke), GUINT_TO_POINTER (i + 1));
    }
  Taking taking = { page, ink, strokes, taken };
  for (guint i = 0; i < sg_page_get_n_corrections (page); i++)
    if (is_about_ink (sg_page_get_correction (page, i)))
      take_mark (&taking, sg_page_get_correction (page, i), corrected);
  remove_taken (&taking);
  return corrected;
}

void
sg_corrections_turn_ink (SgCorrectedInk *corrected, const SgPose *pose)
{
  for (guint i = 0; i < corrected->marks->len; i++)
    sg_upright_ink (pose, g_array_index (corrected->marks, Mark, i).ink);
}

void
sg_corrected_ink_free (SgCorrectedInk *corrected)
{
  g_array_unref (corrected->marks);
  g_free (corrected);
}

/* -- Marks -- */

static void
shift (SgGeometry *g, SgPoint by)
{
  g->center = sg_point_add (g->center, by);
  g->from = sg_point_add (g->from, by);
  g->to = sg_point_add (g->to, by);
  for (guint i = 0; i < g->n_points; i++)
    g->points[i] = sg_point_add (g->points[i], by);
}

static SgPoint
center_of (SgKind kind, const SgGeometry *g)
{
  SgPoint outline[64];
  guint n;

  if (kind == SG_KIND_CIRCLE || kind == SG_KIND_ELLIPSE || kind == SG_KIND_RECTANGLE ||
      kind == SG_KIND_CROSS || kind == SG_KIND_TURN_ARROW || kind == SG_KIND_ARC)
    return g->center;
  n = sg_geometry_outline (kind, g, outline, G_N_ELEMENTS (outline));
  if (n == 0)
    return g->center;
  return sg_kind_is_closed (kind) ? sg_polygon_centroid (outline, n)
                                  : sg_rect_center (sg_points_bounds (outline, n));
}

/* Turns and stretches the path so that its ends come to `from` and `to`. */
static void
put_path (SgGeometry *g, SgPoint from, SgPoint to)
{
  SgPoint first = g->points[0], old = sg_point_sub (g->points[g->n_points - 1], first);
  SgPoint new = sg_point_sub (to, from);
  double square = sg_point_dot (old, old);
  SgPoint turn = { 1, 0 };

  if (square > 1e-6)
    turn = SG_POINT (sg_point_dot (old, new) / square, sg_point_cross (old, new) / square);
  for (guint i = 0; i < g->n_points; i++)
    {
      SgPoint d = sg_point_sub (g->points[i], first);

      g->points[i] = SG_POINT (from.x + turn.x * d.x - turn.y * d.y, from.y + turn.y * d.x + turn.x * d.y);
    }
}

static void
put_ends (SgKind kind, SgGeometry *g, const SgCorrection *correction)
{
  gboolean path = (kind == SG_KIND_POLYLINE || kind == SG_KIND_CURVE) && g->n_points >= 2;
  SgPoint from = path ? g->points[0] : g->from, to = path ? g->points[g->n_points - 1] : g->to, at;
  gboolean moved = FALSE;

  if (sg_correction_get_handle (correction, SG_HANDLE_FROM, &at))
    from = at, moved = TRUE;
  if (sg_correction_get_handle (correction, SG_HANDLE_TO, &at))
    to = at, moved = TRUE;
  if (!moved)
    return;
  if (path)
    put_path (g, from, to);
  else
    {
      g->from = from;
      g->to = to;
    }
}

/* Handles are places of the page as it is shown. */
static void
put_handles (SgElement *element, const SgCorrection *correction, const SgPose *pose)
{
  SgGeometry *g = &element->geometry;
  SgPoint at;

  sg_upright_return_geometry (pose, element->kind, g);
  if (sg_correction_get_handle (correction, SG_HANDLE_CENTER, &at))
    shift (g, sg_point_sub (at, center_of (element->kind, g)));
  if (element->kind != SG_KIND_TEXT && !sg_kind_is_closed (element->kind))
    put_ends (element->kind, g, correction);
  sg_upright_geometry (pose, element->kind, g);
}

static void
say_text (SgElement *element, const SgCorrection *correction)
{
  const char *text = sg_correction_get_text (correction);

  if (!text || element->kind != SG_KIND_TEXT)
    return;
  g_free (element->geometry.text);
  element->geometry.text = g_strdup (text);
}

static SgKind
told_kind (const SgCorrection *correction)
{
  const char *name = sg_correction_get_kind (correction);
  SgKind kind;

  return name && sg_kind_from_name (name, &kind) ? kind : SG_N_KINDS;
}

static SgElement
read_mark (const Mark *mark, const SgPose *pose, SgBudget *budget)
{
  g_autoptr (SgReading) alone = sg_reading_new ();
  SgElement *element = sg_told_add_mark (alone, (const SgInk *)mark->ink->data, mark->ink->len,
                                         told_kind (mark->correction), budget);

  put_handles (element, mark->correction, pose);
  say_text (element, mark->correction);
  element->correction = sg_correction_ref (mark->correction);
  g_array_set_clear_func (alone->elements, NULL);
  return *element;
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *p = a, *q = b;
  guint i = g_array_index (p->ink, SgInk, 0).stroke, k = g_array_index (q->ink, SgInk, 0).stroke;

  if (i != k)
    return i < k ? -1 : 1;
  return p->from < q->from ? -1 : p->from > q->from;
}

void
sg_corrections_add_marks (const SgCorrectedInk *corrected, SgBudget *budget, SgReading *reading)
{
  guint at = 0;

  g_array_sort (corrected->marks, compare_marks);
  for (guint i = 0; i < corrected->marks->len && sg_budget_spend (budget); i++)
    {
      SgElement element = read_mark (&g_array_index (corrected->marks, Mark, i), &reading->pose, budget);

      while (at < sg_reading_n_elements (reading) &&
             sg_reading_element (reading, at)->strokes[0] <= element.strokes[0])
        at++;
      g_array_insert_val (reading->elements, at, element);
    }
  if (corrected->n_lost > 0)
    sg_reading_add_issue (reading, SG_SEVERITY_WARNING, -1, "sketch.lost-correction",
                          ngettext ("%u correction has lost its ink and is not in force.",
                                    "%u corrections have lost their ink and are not in force.",
                                    corrected->n_lost),
                          corrected->n_lost);
}

void
sg_corrections_apply_to_labels (const SgPage *page, SgReading *reading)
{
  for (guint i = 0; i < sg_page_get_n_corrections (page); i++)
    {
      SgCorrection *correction = sg_page_get_correction (page, i);
      guint n;
      const SgInkPiece *pieces = sg_correction_get_pieces (correction, &n);

      for (guint k = 0; n > 0 && pieces[0].label && k < sg_reading_n_elements (reading); k++)
        {
          SgElement *element = sg_reading_element (reading, k);

          if (element->label < 0 || element->correction ||
              sg_page_get_label (page, element->label) != pieces[0].label)
            continue;
          element->correction = sg_correction_ref (correction);
          say_text (element, correction);
        }
    }
}

gboolean
sg_corrections_role (const SgElement *element, SgRole *role)
{
  const char *name = element->correction ? sg_correction_get_role (element->correction) : NULL;

  return name && sg_role_from_name (name, role);
}

void
sg_corrections_report (SgReading *reading)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      const char *kind = element->correction ? sg_correction_get_kind (element->correction) : NULL;
      const char *role = element->correction ? sg_correction_get_role (element->correction) : NULL;
      SgKind known_kind;
      SgRole known_role;

      if (kind && sg_kind_from_name (kind, &known_kind))
        kind = NULL;
      if (role && sg_role_from_name (role, &known_role))
        role = NULL;
      if (kind || role)
        sg_reading_add_issue (
          reading, SG_SEVERITY_WARNING, i, "sketch.unknown-correction",
          _ ("A correction says that this is “%s”, which means nothing here; it is kept."),
          kind ? kind : role);
    }
}
