/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sentence a kind of change; before and after where something was there before. */
#include "config.h"

#include "app/proposal-text.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/part-names.h"
#include "base/units.h"

/* The element as it would be. */
static SgElement
chosen_element (const SgSuggestion *suggestion, const SgElement *element)
{
  SgElement after = *element;

  if (suggestion->as_kind >= 0)
    after.kind = suggestion->as_kind;
  after.role = suggestion->as_role >= 0   ? (SgRole)suggestion->as_role
               : suggestion->as_kind >= 0 ? sg_kind_usual_role (after.kind)
                                          : after.role;
  return after;
}

static char *
choose_text (const SgSuggestion *suggestion, const SgElement *element, const char *name)
{
  SgElement after = chosen_element (suggestion, element);
  gboolean same = g_str_equal (sg_part_name (&after), sg_part_name (element));

  return g_strdup_printf (_ ("%s: %s → %s"), name,
                          same ? sg_part_kind_name (element->kind) : sg_part_name (element),
                          same ? sg_part_kind_name (after.kind) : sg_part_name (&after));
}

static char *
set_text (const SgSuggestion *suggestion, const SgElement *element, const char *name)
{
  if (suggestion->property == SG_SUGGESTION_MATERIAL)
    return g_strdup_printf (_ ("%s: made of %s"), name, sg_part_material_name (suggestion->text));
  if (suggestion->property == SG_SUGGESTION_TEXT)
    return g_strdup_printf (_ ("“%s” reads “%s”"),
                            element->geometry.text != NULL ? element->geometry.text : "", suggestion->text);

  const char *property = sg_part_property_name (element->role, element->kind, suggestion->property);
  const char *unit = sg_part_property_unit (element->role, suggestion->property);
  double before = element->correction != NULL
                    ? sg_correction_get_property (element->correction, suggestion->property)
                    : NAN;
  if (property == NULL)
    property = sg_property_name (suggestion->property);
  g_autofree char *was = sg_units_say (before, unit), *will_be = sg_units_say (suggestion->value, unit);
  /* Translators: a part and what of it is changed: "Ball: Mass 2 kg → 3 kg" */
  if (!isnan (before))
    return g_strdup_printf (_ ("%s: %s %s → %s"), name, property, was, will_be);
  return g_strdup_printf (_ ("%s: %s %s"), name, property, will_be);
}

static char *
relate_text (const SgSuggestion *suggestion, const SgReading *reading, const char *name)
{
  g_autofree char *other =
    suggestion->other >= 0 ? sg_part_full_name (reading, suggestion->other) : NULL;

  switch (suggestion->relation)
    {
    case SG_RELATION_HINGE:
      return other != NULL ? g_strdup_printf (_ ("A pin joins %s and %s"), name, other)
                           : g_strdup_printf (_ ("A pin holds %s to the wall"), name);
    case SG_RELATION_WELD:
      return g_strdup_printf (_ ("%s and %s are welded"), name, other);
    case SG_RELATION_ATTACHED:
      return g_strdup_printf (_ ("%s holds on to %s"), name, other);
    default:
      return g_strdup_printf (_ ("%s does not move"), name);
    }
}

char *
sg_proposal_text (const SgSuggestion *suggestion, const SgReading *reading)
{
  if (suggestion->kind == SG_SUGGESTION_SAY)
    return g_strdup_printf (_ ("Words: “%s”"), suggestion->text);

  const SgElement *element = sg_reading_element (reading, suggestion->element);
  g_autofree char *name = sg_part_full_name (reading, suggestion->element);
  switch (suggestion->kind)
    {
    case SG_SUGGESTION_CHOOSE:
      return choose_text (suggestion, element, name);
    case SG_SUGGESTION_SET:
      return set_text (suggestion, element, name);
    case SG_SUGGESTION_RELATE:
      return relate_text (suggestion, reading, name);
    default:
      return g_strdup_printf (_ ("%s is called “%s”"), name, suggestion->text);
    }
}

int
sg_proposal_look (const SgSuggestion *suggestion, const SgReading *reading)
{
  if (suggestion->kind == SG_SUGGESTION_SAY)
    return -1;

  const SgElement *element = sg_reading_element (reading, suggestion->element);
  if (suggestion->kind == SG_SUGGESTION_CHOOSE)
    return chosen_element (suggestion, element).role;
  if (suggestion->kind == SG_SUGGESTION_RELATE)
    return suggestion->relation == SG_RELATION_HINGE      ? SG_ROLE_PIN
           : suggestion->relation == SG_RELATION_WELD     ? SG_ROLE_WELD
           : suggestion->relation == SG_RELATION_ANCHORED ? SG_ROLE_FIXED
                                                          : element->role;
  return element->role;
}
