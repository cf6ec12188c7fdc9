/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink that is no thing of its own: dashes that trace a path, loops drawn on a body, dots and motion dashes.
 */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

static const double dash_length = 45;

static gboolean
is_dash (const SgSense *sense, guint i)
{
  const SgMark *mark = sg_layout_mark (sense->layout, i);

  return sg_sense_element (sense, i)->kind == SG_KIND_LINE && !sense->decided[i] &&
         mark->length <= dash_length * sense->unit;
}

/* Whether dash `b` goes on where dash `a` stops, along the same way; on its end `*at` (in), whose opposite is
 * where the next one is sought (out). */
static gboolean
goes_on (const SgSense *sense, guint a, guint at, guint b, guint *far)
{
  SgPoint ends[2], away[2], others[2], unused[2];

  if (!sg_layout_ends (sense->layout, a, ends, away) || !sg_layout_ends (sense->layout, b, others, unused))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    {
      SgPoint gap = sg_point_sub (others[k], ends[at]);
      SgPoint along = sg_point_sub (others[1 - k], others[k]);
      double length = sg_point_norm (gap), next = sg_point_norm (along);

      if (length < sense->unit || length > dash_length * sense->unit || next == 0)
        continue;
      if (sg_point_dot (gap, away[at]) > 0.9 * length && sg_point_dot (along, away[at]) > 0.85 * next)
        {
          *far = 1 - k;
          return TRUE;
        }
    }
  return FALSE;
}

/* Follows dashes from end `at` of dash `first`; those found are appended to `chain`. */
static void
follow (const SgSense *sense, guint first, guint at, GArray *chain, gboolean *taken)
{
  guint here = first;

  for (gboolean found = TRUE; found;)
    {
      found = FALSE;
      for (guint i = 0; i < sg_sense_n (sense) && !found; i++)
        {
          guint far;

          if (taken[i] || !is_dash (sense, i) || !goes_on (sense, here, at, i, &far))
            continue;
          taken[i] = found = TRUE;
          g_array_append_val (chain, i);
          here = i;
          at = far;
        }
    }
}

/* A line of several strokes whose ink does not fill its length. */
static gboolean
is_dashed (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  double ink = 0;

  if (element->n_strokes < 4 || !sg_sense_is_rod (sense, i))
    return FALSE;
  for (guint k = 0; k < element->n_strokes; k++)
    {
      if (element->strokes[k] >= sg_page_get_n_strokes (sense->page))
        return FALSE;
      ink += sg_rect_diagonal (sg_stroke_get_bounds (sg_page_get_stroke (sense->page, element->strokes[k])));
    }
  return ink < 0.85 * sg_layout_mark (sense->layout, i)->length;
}

void
sg_drawn_find_traces (SgSense *sense)
{
  g_autofree gboolean *taken = g_new0 (gboolean, sg_sense_n (sense) + 1);

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (!sense->decided[i] && is_dashed (sense, i))
      {
        sg_sense_element (sense, i)->role = SG_ROLE_TRACE;
        sense->decided[i] = TRUE;
      }

  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      g_autoptr (GArray) chain = NULL;

      if (taken[i] || !is_dash (sense, i))
        continue;
      chain = g_array_new (FALSE, FALSE, sizeof (guint));
      taken[i] = TRUE;
      g_array_append_val (chain, i);
      follow (sense, i, 0, chain, taken);
      follow (sense, i, 1, chain, taken);
      for (guint k = 0; k < chain->len; k++)
        {
          guint dash = g_array_index (chain, guint, k);

          if (chain->len >= 4)
            {
              sg_sense_element (sense, dash)->role = SG_ROLE_TRACE;
              sense->decided[dash] = TRUE;
            }
          else if (k > 0)
            taken[dash] = FALSE;
        }
    }
}

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
