/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink that is no thing of its own: loops drawn on a body, dots and motion dashes. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

static gboolean
holds_pin (const SgSense *sense, guint i)
{
  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    if (sg_sense_element (sense, k)->role == SG_ROLE_PIN &&
        sg_layout_contains (sense->layout, i, sg_layout_mark (sense->layout, k)->center))
      return TRUE;
  return FALSE;
}

void
sg_drawn_find_nested (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      if (!sg_sense_is_solid (sense, i) || sg_sense_is_fixed (sense, i) || sense->decided[i] ||
          holds_pin (sense, i))
        continue;
      for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
        if (k != i && sg_sense_is_solid (sense, k) &&
            sg_layout_area (sense->layout, i) < 0.8 * sg_layout_area (sense->layout, k) &&
            sg_layout_encloses (sense->layout, k, i))
          {
            sg_sense_element (sense, i)->role = SG_ROLE_DECORATION;
            sg_reading_add_relation (sense->reading, SG_RELATION_WELD, i, k, -1,
                                     sg_layout_mark (sense->layout, i)->center, 0.8);
            break;
          }
    }
}

static gboolean
is_related (const SgSense *sense, int i)
{
  for (guint k = 0; k < sg_reading_n_relations (sense->reading); k++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, k);

      if (r->a == i || r->b == i || r->via == i)
        return TRUE;
    }
  return FALSE;
}

/* Short against the solid it lies beside. */
static gboolean
is_beside_larger (const SgSense *sense, guint i)
{
  const SgMark *mark = sg_layout_mark (sense->layout, i);
  double size = sg_rect_diagonal (mark->bounds);

  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    if (k != i && sg_sense_is_solid (sense, k) && !sg_sense_is_fixed (sense, k) &&
        sg_rect_diagonal (sg_layout_mark (sense->layout, k)->bounds) > 2 * size &&
        sg_layout_reach (sense->layout, k, mark->center, 30 * sense->unit) < 30 * sense->unit)
      return TRUE;
  return FALSE;
}

void
sg_drawn_find_decoration (SgSense *sense)
{
  double page = sg_rect_diagonal (sg_layout_bounds (sense->layout));

  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *element = sg_sense_element (sense, i);
      double size = sg_rect_diagonal (sg_layout_mark (sense->layout, i)->bounds);
      gboolean path = sg_sense_is_rod (sense, i),
               dot = sg_sense_is_solid (sense, i) && size < 10 * sense->unit;

      if (element->role != SG_ROLE_BODY || sense->decided[i] || is_related (sense, i))
        continue;
      if (dot || (path && (size < 15 * sense->unit ||
                           (size < MIN (30 * sense->unit, page / 10) && is_beside_larger (sense, i)))))
        element->role = SG_ROLE_DECORATION;
    }
}
