/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Choices by the group that a kind belongs to, in one table. */
#include "config.h"

#include "app/part-choices.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/part-names.h"

#define MAX_LIKELY_KINDS 3
#define MAX_LIKELY_ROLES 3
#define LEAST_LIKELY 0.005 /* what would read "0 %" helps nobody */
#define MAX_CHOICES 16     /* of any group */

enum
{
  CLOSED = 1,
  PATH = 2,
  TIE = 4,
  ARROW = 8,
  TURNING = 16,
  SIGN = 32,
  WRITING = 64,
  STRANGE = 128,
};

static guint
group_of (SgKind kind)
{
  if (sg_kind_is_closed (kind))
    return CLOSED;
  if (sg_part_is_path (kind))
    return PATH;
  switch (kind)
    {
    case SG_KIND_SPRING:
    case SG_KIND_DAMPER:
      return TIE;
    case SG_KIND_ARROW:
      return ARROW;
    case SG_KIND_TURN_ARROW:
      return TURNING;
    case SG_KIND_CROSS:
    case SG_KIND_HATCHING:
      return SIGN;
    case SG_KIND_TEXT:
      return WRITING;
    default:
      return STRANGE;
    }
}

guint
sg_part_choices (SgKind kind, SgPartChoice *choices, guint room)
{
  static const struct
  {
    guint groups;
    const char *label;
    int kind, role;
  } all[] = {
    { CLOSED, N_ ("Moving body"), -1, SG_ROLE_BODY },
    { CLOSED, N_ ("Fixed body"), -1, SG_ROLE_FIXED },
    { CLOSED, N_ ("Pin"), -1, SG_ROLE_PIN },
    { PATH, N_ ("Rod"), -1, SG_ROLE_BODY },
    { PATH, N_ ("Ground"), -1, SG_ROLE_FIXED },
    { PATH, N_ ("Rope"), -1, SG_ROLE_ROPE },
    { PATH | TIE | STRANGE, N_ ("Spring"), SG_KIND_SPRING, SG_ROLE_SPRING },
    { PATH | TIE | STRANGE, N_ ("Damper"), SG_KIND_DAMPER, SG_ROLE_DAMPER },
    { TIE | STRANGE, N_ ("Rope"), SG_KIND_CURVE, SG_ROLE_ROPE },
    { PATH | ARROW, N_ ("Force"), SG_KIND_ARROW, SG_ROLE_FORCE },
    { PATH | ARROW, N_ ("Velocity"), SG_KIND_ARROW, SG_ROLE_VELOCITY },
    { ARROW, N_ ("Gravity"), -1, SG_ROLE_GRAVITY },
    { ARROW | STRANGE, N_ ("Rod"), SG_KIND_LINE, SG_ROLE_BODY },
    { TURNING, N_ ("Motor"), -1, SG_ROLE_MOTOR },
    { SIGN, N_ ("Fixes what it is on"), -1, SG_ROLE_FIXED },
    { WRITING, N_ ("Text"), -1, SG_ROLE_LABEL },
    { ~0u, N_ ("Only ink"), -1, SG_ROLE_DECORATION },
  };
  guint group = group_of (kind), n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all) && n < room; i++)
    if (all[i].groups & group)
      choices[n++] = (SgPartChoice){ _ (all[i].label), all[i].kind, all[i].role, NAN };
  return n;
}

gboolean
sg_part_choice_holds (const SgPartChoice *choice, const SgElement *element)
{
  return (choice->role < 0 || choice->role == (int)element->role) &&
         (choice->kind < 0 || choice->kind == (int)element->kind);
}

/* Whether one of the first `n` says that it is drawn like that. */
static gboolean
names_kind (const SgPartChoice *choices, guint n, int kind)
{
  for (guint i = 0; i < n; i++)
    if (choices[i].kind == kind)
      return kind >= 0;
  return FALSE;
}

static guint
add_kinds (const SgElement *element, SgPartChoice *choices, guint n, guint room)
{
  guint last = MIN (room, n + MAX_LIKELY_KINDS);

  for (guint i = 0; i < element->n_alternatives && n < last; i++)
    {
      const SgAlternative *other = &element->alternatives[i];

      if (other->kind != element->kind && other->kind != SG_KIND_UNKNOWN &&
          other->confidence >= LEAST_LIKELY && !names_kind (choices, n, other->kind))
        choices[n++] =
          (SgPartChoice){ sg_part_kind_name (other->kind), other->kind, -1, other->confidence };
    }
  return n;
}

static guint
add_roles (const SgElement *element, SgPartChoice *choices, guint n, guint room)
{
  SgPartChoice all[MAX_CHOICES];
  guint n_all = sg_part_choices (element->kind, all, MAX_CHOICES);
  guint last = MIN (room, n + MAX_LIKELY_ROLES);

  for (guint i = 0; i < n_all && n < last; i++)
    if (!sg_part_choice_holds (&all[i], element) && all[i].role != SG_ROLE_DECORATION &&
        !names_kind (choices, n, all[i].kind))
      choices[n++] = all[i];
  return n;
}

guint
sg_part_likely_choices (const SgElement *element, SgPartChoice *choices, guint room)
{
  double confidence = element->correction != NULL ? NAN : element->confidence;
  guint n = 0;

  g_return_val_if_fail (room >= 2, 0);
  choices[n++] = (SgPartChoice){ sg_part_name (element), -1, element->role, confidence };
  n = add_kinds (element, choices, n, room - 1);
  n = add_roles (element, choices, n, room - 1);
  if (element->role != SG_ROLE_DECORATION)
    choices[n++] = (SgPartChoice){ _ ("Only ink"), -1, SG_ROLE_DECORATION, NAN };
  return n;
}

SgRole
sg_part_choice_look (const SgPartChoice *choice)
{
  return choice->role >= 0 ? (SgRole)choice->role : sg_kind_usual_role (choice->kind);
}

SgCorrection *
sg_part_choice_say (const SgPartChoice *choice, const SgCorrection *now)
{
  g_autoptr (SgCorrection) drawn =
    choice->kind >= 0 ? sg_correction_with_kind (now, sg_kind_name (choice->kind)) : NULL;

  return sg_correction_with_role (drawn != NULL ? drawn : now,
                                  choice->role >= 0 ? sg_role_name (choice->role) : NULL);
}
