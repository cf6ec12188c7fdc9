/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Relations as small signs at their places: a ring where two parts turn, a knot where an end holds on, an X
 * where two are one, a foot where something is fixed, a ring on a pulley's rim, arrows both ways where
 * something slides, a dotted line from a label to its mark. */
#include "vision/markup-private.h"

#define RING 5.0 /* pixels, radius */
#define KNOT 3.2
#define SIGN_LINE 1.8
#define LABEL_GAP 3.0     /* pixels between a label's line and what it joins */
#define LABEL_REACH 400.0 /* pixels; a longer line would only confuse */
#define MAX_OUTLINE 128

static SgHue
holder_hue (const SgReading *reading, const SgRelation *relation)
{
  return relation->a >= 0 ? sg_role_look (sg_reading_element (reading, relation->a)->role)->hue
                          : SG_HUE_ORANGE;
}

static void
add_ring (SgMarkup *self, SgHue hue, SgPoint at)
{
  sg_markup_begin_fill (self, SG_HUE_PAPER, 0.85);
  sg_markup_add_circle (self, at, RING);
  sg_markup_begin_stroke (self, hue, 1, SIGN_LINE);
  sg_markup_add_circle (self, at, RING);
}

static void
add_hinge (SgMarkup *self, const SgRelation *relation, SgPoint at)
{
  if (relation->via >= 0)
    return; /* the pin that was drawn shows it */
  add_ring (self, SG_HUE_ORANGE, at);
  sg_markup_begin_fill (self, SG_HUE_ORANGE, 1);
  sg_markup_add_circle (self, at, 1.6);
}

static void
add_knot (SgMarkup *self, SgHue hue, SgPoint at)
{
  sg_markup_begin_fill (self, SG_HUE_PAPER, 1);
  sg_markup_add_circle (self, at, KNOT + 1.4);
  sg_markup_begin_fill (self, hue, 1);
  sg_markup_add_circle (self, at, KNOT);
}

static void
add_sign (SgMarkup *self, SgHue hue, const char *icon, SgPoint at)
{
  sg_markup_begin_stroke (self, SG_HUE_PAPER, 0.9, SIGN_LINE + 2.4);
  sg_markup_add_icon (self, icon, at, 1);
  sg_markup_begin_stroke (self, hue, 1, SIGN_LINE);
  sg_markup_add_icon (self, icon, at, 1);
}

static SgPoint
nearest_of_outline (const SgMarkup *self, const SgElement *element, SgPoint to)
{
  SgPoint points[MAX_OUTLINE];
  guint n = sg_markup_outline (self, element, points, MAX_OUTLINE);

  return n > 0 ? sg_path_nearest (points, n, sg_kind_is_closed (element->kind), to) : to;
}

static void
add_label_line (SgMarkup *self, const SgReading *reading, const SgRelation *relation)
{
  const double dots[] = { 0.1, 4 };

  if (relation->a < 0 || relation->b < 0)
    return;
  const SgElement *label = sg_reading_element (reading, relation->a);
  const SgGeometry *box = &label->geometry;
  SgPoint corner = sg_point_scale (box->from, self->zoom);
  double width = box->width * self->zoom, height = box->height * self->zoom;
  SgPoint middle = SG_POINT (corner.x + width / 2, corner.y + height / 2);
  SgPoint to = nearest_of_outline (self, sg_reading_element (reading, relation->b), middle);
  SgPoint from =
    SG_POINT (CLAMP (to.x, corner.x, corner.x + width), CLAMP (to.y, corner.y, corner.y + height));
  double length = sg_point_distance (from, to);

  if (label->kind != SG_KIND_TEXT || length < 4 * LABEL_GAP || length > LABEL_REACH)
    return;
  SgMarkupShape *shape = sg_markup_begin_stroke (self, SG_HUE_FAINT, 1, SIGN_LINE);
  sg_markup_set_dashes (shape, dots, G_N_ELEMENTS (dots));
  sg_markup_add_segment (self, sg_point_lerp (from, to, LABEL_GAP / length),
                         sg_point_lerp (to, from, LABEL_GAP / length));
}

/* What is fixed is hatched already. */
static gboolean
is_fixed (const SgReading *reading, int element)
{
  return element >= 0 && sg_reading_element (reading, element)->role == SG_ROLE_FIXED;
}

static void
add_relation (SgMarkup *self, const SgReading *reading, const SgRelation *relation)
{
  SgPoint at = sg_point_scale (relation->point, self->zoom);

  switch (relation->kind)
    {
    case SG_RELATION_HINGE:
      add_hinge (self, relation, at);
      break;
    case SG_RELATION_ATTACHED:
      add_knot (self, holder_hue (reading, relation), at);
      break;
    case SG_RELATION_WELD:
      if (relation->via < 0)
        add_sign (self, SG_HUE_ORANGE, "M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5", at);
      break;
    case SG_RELATION_ANCHORED:
      if (relation->via < 0 && !is_fixed (reading, relation->a))
        add_sign (self, SG_HUE_GREY, "M0 0L-5 7L5 7ZM-7 7L7 7", at);
      break;
    case SG_RELATION_AROUND:
      add_ring (self, SG_HUE_TEAL, at);
      break;
    case SG_RELATION_SLIDE:
      add_sign (self, SG_HUE_ORANGE, "M-9 0L9 0M-6 -3L-9 0L-6 3M6 -3L9 0L6 3", at);
      break;
    case SG_RELATION_LABELS:
      add_label_line (self, reading, relation);
      break;
    default:
      break;
    }
}

void
sg_markup_add_relations (SgMarkup *self, const SgReading *reading)
{
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      sg_markup_begin_mark (self, SG_MARKUP_RELATION, i);
      add_relation (self, reading, sg_reading_relation (reading, i));
      sg_markup_end_mark (self);
    }
}
