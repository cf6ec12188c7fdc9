/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Naming marks by their ink. A reading knows strokes by index; from there on identity holds, so that what was
 * read from one page can be said of a later one. */
#include "vision/correct.h"

#include "vision/ink.h"
#include "vision/segments.h"

/* A cut nearer than this to an end of the stroke leaves nothing worth a mark; share of its length. */
#define LEAST_PIECE 0.04
/* What a corner search takes for noise; share of the stroke's size. */
#define CORNER_NOISE 0.015

static const SgTraceAnchor *
find_anchor (const SgReading *reading, guint stroke)
{
  for (guint i = 0; i < reading->anchors->len; i++)
    {
      const SgTraceAnchor *anchor = &g_array_index (reading->anchors, SgTraceAnchor, i);

      if (anchor->stroke == stroke)
        return anchor;
    }
  return NULL;
}

/* The element's ink as pieces, SgInkPiece without references. */
static GArray *
pieces_of (const SgPage *page, const SgReading *reading, guint index)
{
  const SgElement *element = sg_reading_element (reading, index);
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (SgInkPiece));

  if (element->correction)
    {
      guint n;
      const SgInkPiece *said = sg_correction_get_pieces (element->correction, &n);

      g_array_append_vals (pieces, said, n);
      return pieces;
    }
  if (element->label >= 0)
    {
      SgInkPiece piece = { .label = sg_page_get_label (page, element->label) };

      g_array_append_val (pieces, piece);
      return pieces;
    }
  for (guint i = 0; i < element->n_strokes; i++)
    {
      guint stroke = element->strokes[i];
      const SgTraceAnchor *anchor = find_anchor (reading, stroke);
      SgInkPiece piece = { .to = 1 };

      if (stroke < sg_page_get_n_strokes (page))
        piece.stroke = sg_page_get_stroke (page, stroke);
      else if (anchor)
        {
          piece.image = sg_page_get_image (page, anchor->image);
          piece.anchor = anchor->anchor;
        }
      if (piece.stroke || piece.image)
        g_array_append_val (pieces, piece);
    }
  return pieces;
}

SgCorrection *
sg_correct_element (const SgPage *page, const SgReading *reading, guint element)
{
  g_return_val_if_fail (element < sg_reading_n_elements (reading), NULL);

  SgCorrection *said = sg_reading_element (reading, element)->correction;
  if (said)
    return sg_correction_ref (said);
  g_autoptr (GArray) pieces = pieces_of (page, reading, element);
  return pieces->len > 0 ? sg_correction_new ((const SgInkPiece *)pieces->data, pieces->len) : NULL;
}

/* How much of `a` and `b` is the same ink, in pieces; what only one of them has counts against. */
static int
shared_ink (const GArray *a, const SgInkPiece *b, guint n)
{
  int shared = 0;

  for (guint i = 0; i < a->len; i++)
    for (guint k = 0; k < n; k++)
      {
        const SgInkPiece *p = &g_array_index (a, SgInkPiece, i), *q = &b[k];
        gboolean same = p->stroke ? p->stroke == q->stroke && MAX (p->from, q->from) < MIN (p->to, q->to)
                        : p->image
                          ? p->image == q->image && sg_point_distance (p->anchor, q->anchor) < 0.01
                          : p->label && p->label == q->label;

        shared += same;
      }
  return shared == 0 ? 0 : 4 * shared - (int)MAX (a->len, n);
}

int
sg_correct_find (const SgPage *page, const SgReading *reading, const SgCorrection *mark)
{
  guint n;
  const SgInkPiece *said = sg_correction_get_pieces (mark, &n);
  int found = -1, most = G_MININT;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      g_autoptr (GArray) pieces = pieces_of (page, reading, i);
      int shared = shared_ink (pieces, said, n);

      if (shared != 0 && shared > most)
        {
          most = shared;
          found = i;
        }
    }
  return found;
}

/* The first correction's properties for the mark that `pieces` are. */
static SgCorrection *
with_properties (SgCorrection *merged, const SgCorrection *from)
{
  SgCorrection *next = merged;

  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    {
      double value = sg_correction_get_property (from, i);

      if (isnan (value) || !isnan (sg_correction_get_property (next, i)))
        continue;
      merged = sg_correction_with_property (next, i, value);
      sg_correction_unref (next);
      next = merged;
    }
  if (sg_correction_get_material (from) && !sg_correction_get_material (next))
    {
      merged = sg_correction_with_material (next, sg_correction_get_material (from));
      sg_correction_unref (next);
      next = merged;
    }
  return next;
}

SgEdit *
sg_correct_merge (
  const SgPage *page, const SgReading *reading, const guint *elements, guint n, const SgPage *now)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, TRUE, sizeof (SgInkPiece));
  SgEdit *edit = sg_edit_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) one = pieces_of (page, reading, elements[i]);

      if (one->len > 0 && !g_array_index (one, SgInkPiece, 0).label)
        g_array_append_vals (pieces, one->data, one->len);
    }
  if (pieces->len == 0)
    return edit;
  SgCorrection *merged = sg_correction_new ((const SgInkPiece *)pieces->data, pieces->len);
  for (guint i = 0; i < n; i++)
    if (sg_reading_element (reading, elements[i])->correction)
      merged = with_properties (merged, sg_reading_element (reading, elements[i])->correction);
  sg_edit_correct (edit, now, merged);
  sg_correction_unref (merged);
  return edit;
}

/* -- Splitting -- */

static void
add_piece (GArray *marks, const SgInkPiece *piece, double from, double to)
{
  SgInkPiece part = *piece;

  part.from = from;
  part.to = to;
  g_array_append_val (marks, part);
}

static void
path_of_stroke (const SgStroke *stroke, SgPath *path)
{
  guint n;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);
  g_autofree SgPoint *plain = g_new (SgPoint, n);

  for (guint i = 0; i < n; i++)
    plain[i] = SG_POINT (points[i].x, points[i].y);
  sg_path_init (path, plain, NULL, n, MAX (sg_stroke_get_width (stroke), 0.1));
}

/* The pieces between the corners of a stroke; one where it has none. */
static void
split_at_corners (const SgInkPiece *piece, GArray *marks)
{
  SgPath path;
  SgSegments segments;
  double from = piece->from;

  path_of_stroke (piece->stroke, &path);
  sg_segments_find (&path, MAX (CORNER_NOISE * path.size, 0.2 * path.width), &segments);
  for (guint i = 1; i < segments.n; i++)
    {
      double at = (double)segments.items[i].first / (path.n - 1);

      if (at - from < LEAST_PIECE || piece->to - at < LEAST_PIECE)
        continue;
      add_piece (marks, piece, from, at);
      from = at;
    }
  add_piece (marks, piece, from, piece->to);
}

/* Where on its stroke, by share of length, a piece is nearest to `p`, and how near. */
static double
nearest_place (const SgInkPiece *piece, SgPoint p, double *distance)
{
  SgPath path;
  double best = piece->from;

  *distance = G_MAXDOUBLE;
  path_of_stroke (piece->stroke, &path);
  for (guint i = 0; i < path.n; i++)
    {
      double at = (double)i / (path.n - 1), d = sg_point_distance (path.points[i], p);

      if (at < piece->from || at > piece->to || d >= *distance)
        continue;
      *distance = d;
      best = at;
    }
  return best;
}

/* Cuts the piece that is nearest to `p` there; what comes before it and after it are the two marks. */
static SgEdit *
split_at (const GArray *pieces, SgPoint p, const SgPage *now)
{
  double nearest = G_MAXDOUBLE, at = 0, d;
  guint cut = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const SgInkPiece *piece = &g_array_index (pieces, SgInkPiece, i);
      double place = piece->stroke ? nearest_place (piece, p, &d) : 0;

      if (!piece->stroke || d >= nearest)
        continue;
      nearest = d;
      at = place;
      cut = i;
    }
  if (nearest == G_MAXDOUBLE)
    return NULL;

  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (SgInkPiece));
  g_autoptr (GArray) after = g_array_new (FALSE, FALSE, sizeof (SgInkPiece));
  const SgInkPiece *here = &g_array_index (pieces, SgInkPiece, cut);
  if (at - here->from >= LEAST_PIECE)
    add_piece (before, here, here->from, at);
  if (here->to - at >= LEAST_PIECE)
    add_piece (after, here, before->len > 0 ? at : here->from, here->to);
  for (guint i = 0; i < pieces->len; i++)
    if (i != cut)
      g_array_append_val (i < cut ? before : after, g_array_index (pieces, SgInkPiece, i));
  if (before->len == 0 || after->len == 0)
    return NULL;
  g_autoptr (SgCorrection) first = sg_correction_new ((const SgInkPiece *)before->data, before->len);
  g_autoptr (SgCorrection) second = sg_correction_new ((const SgInkPiece *)after->data, after->len);
  SgEdit *edit = sg_edit_new ();
  sg_edit_correct (edit, now, first);
  sg_edit_correct (edit, now, second);
  return edit;
}

/* The marks that the element falls into, one a piece. */
static GArray *
natural_parts (const SgPage *page, const SgReading *reading, guint element)
{
  GArray *pieces = pieces_of (page, reading, element);

  if (pieces->len == 1 && g_array_index (pieces, SgInkPiece, 0).stroke)
    {
      SgInkPiece whole = g_array_index (pieces, SgInkPiece, 0);

      g_array_set_size (pieces, 0);
      split_at_corners (&whole, pieces);
    }
  return pieces;
}

gboolean
sg_correct_can_split (const SgPage *page, const SgReading *reading, guint element)
{
  g_autoptr (GArray) parts = natural_parts (page, reading, element);

  return parts->len > 1;
}

SgEdit *
sg_correct_split (
  const SgPage *page, const SgReading *reading, guint element, const SgPoint *at, const SgPage *now)
{
  g_autoptr (GArray) parts =
    at ? pieces_of (page, reading, element) : natural_parts (page, reading, element);

  if (at)
    return split_at (parts, *at, now);
  if (parts->len < 2)
    return NULL;
  SgEdit *edit = sg_edit_new ();
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (SgCorrection) part = sg_correction_new (&g_array_index (parts, SgInkPiece, i), 1);

      sg_edit_correct (edit, now, part);
    }
  return edit;
}

static gboolean
share_parts (const SgCorrection *a, const SgCorrection *b)
{
  guint n_a, n_b;
  const SgInkPiece *p = sg_correction_get_pieces (a, &n_a), *q = sg_correction_get_pieces (b, &n_b);

  for (guint i = 0; i < n_a; i++)
    for (guint k = 0; k < n_b; k++)
      if (p[i].stroke && p[i].stroke == q[k].stroke)
        return TRUE;
  return sg_correction_overlaps (a, b);
}

SgEdit *
sg_correct_reset (const SgReading *reading, guint element, const SgPage *now)
{
  const SgCorrection *said = sg_reading_element (reading, element)->correction;
  SgEdit *edit = sg_edit_new ();

  for (guint i = 0; said && i < sg_page_get_n_corrections (now); i++)
    if (share_parts (sg_page_get_correction (now, i), said))
      sg_edit_remove_correction (edit, sg_page_get_correction (now, i));
  return edit;
}
