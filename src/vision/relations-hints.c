/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hints: what is said of a mark that was understood by itself, but that the page gives nothing to do. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

static gboolean
is_named (const SgSense *sense, int i)
{
  for (guint k = 0; k < sg_reading_n_relations (sense->reading); k++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, k);

      if (r->kind != SG_RELATION_LABELS && (r->a == i || r->b == i || r->via == i))
        return TRUE;
    }
  return FALSE;
}

/* Whether the rod lies on, against or in anything that is matter. */
static gboolean
touches_anything (const SgSense *sense, guint rod)
{
  const SgMark *mark = sg_layout_mark (sense->layout, rod);

  for (guint i = 0; i < sg_sense_n (sense); i++)
    for (guint k = 0; i != rod && sg_sense_is_thing (sense, i) && k < mark->n; k++)
      if (sg_layout_reach (sense->layout, i, mark->outline[k], sense->touch) <= sense->touch)
        return TRUE;
  return FALSE;
}

static void
hint_at_role (SgSense *sense, guint i)
{
  switch (sg_sense_element (sense, i)->role)
    {
    case SG_ROLE_BODY:
      if (sg_sense_is_rod (sense, i) && !is_named (sense, i) && !touches_anything (sense, i))
        sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_UNATTACHED_ROD,
                              _ ("This rod touches nothing: end it on a body or add a pin."));
      break;
    case SG_ROLE_PIN:
      if (!is_named (sense, i))
        sg_reading_add_issue (sense->reading, SG_SEVERITY_WARNING, i, SG_ISSUE_UNATTACHED_PIN,
                              _ ("This pin holds nothing: put it on a body, or where two bodies overlap."));
      break;
    default:
      break;
    }
}

void
sg_hints_add (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgElement *element = sg_sense_element (sense, i);

      hint_at_role (sense, i);
      if (element->kind == SG_KIND_UNKNOWN && !sense->decided[i] && element->role == SG_ROLE_DECORATION &&
          sg_layout_mark (sense->layout, i)->length > 40 * sense->unit)
        sg_reading_add_issue (sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_UNKNOWN_MARK,
                              _ ("This mark means nothing to me; it stays ink."));
    }
}
