/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which mark a label speaks of: the nearest that its quantity fits. Words that say what a mark is, and
 * quantities that only an arrow can have, are settled before roles; the rest after. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A label further than this from every mark that fits was not meant for any of them. */
static const double label_range = 90;
/* Text as the app draws it: labels of a page know only where they begin. */
static const double glyph_width = 9, glyph_height = 18;

void
sg_labels_add (SgReading *reading, const SgPage *page)
{
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    {
      const SgLabel *label = sg_page_get_label (page, i);
      SgPoint at = sg_pose_to_upright (&reading->pose, sg_label_get_position (label));
      SgElement *element = sg_reading_add_element (reading, SG_KIND_TEXT, SG_ROLE_LABEL, 1);

      element->label = i;
      element->geometry.text = g_strdup (sg_label_get_text (label));
      element->geometry.width = glyph_width * g_utf8_strlen (element->geometry.text, -1);
      element->geometry.height = glyph_height;
      element->geometry.from = SG_POINT (at.x, at.y - glyph_height / 2);
    }
}

/* Extra distance that mark `i` must overcome to be meant by `quantity`; negative where it cannot be meant. */
typedef double (*Fits) (const SgSense *sense, const SgQuantity *quantity, guint i);

static double
distance_to_label (const SgSense *sense, guint label, guint i)
{
  SgRect box = sg_layout_mark (sense->layout, label)->bounds;
  double best = G_MAXDOUBLE;

  for (guint k = 0; k <= 8; k++)
    for (guint l = 0; l <= 2; l++)
      {
        SgPoint p = SG_POINT (box.x + box.width * k / 8, box.y + box.height * l / 2);

        best = MIN (best, sg_layout_reach (sense->layout, i, p, label_range * MAX (1, sense->unit)));
      }
  return best;
}

static int
nearest_fit (const SgSense *sense, guint label, Fits fits)
{
  double nearest = label_range * MAX (1, sense->unit);
  int best = -1;

  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      double handicap = i == label ? -1 : fits (sense, &sense->said[label], i);

      if (handicap < 0)
        continue;
      double d = distance_to_label (sense, label, i) + handicap;
      /* Of two that hold the label, the smaller one is meant: a box on a larger one. */
      d += 1e-3 * sqrt (sg_layout_area (sense->layout, i));
      if (d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

static void
relate (SgSense *sense, guint label, int target)
{
  sg_reading_add_relation (sense->reading, SG_RELATION_LABELS, label, target, -1,
                           sg_layout_mark (sense->layout, label)->center, 0.9);
}

static double
fits_word (const SgSense *sense, const SgQuantity *quantity, guint i)
{
  SgKind kind = sg_sense_element (sense, i)->kind;
  const char *word = quantity->word;

  if (strcmp (word, "rod") == 0 || strcmp (word, "rope") == 0)
    return sg_sense_is_path (sense, i) ? 0 : -1;
  if (strcmp (word, "spring") == 0 || strcmp (word, "damper") == 0)
    return kind == SG_KIND_SPRING || kind == SG_KIND_DAMPER ? 0 : -1;
  if (strcmp (word, "fixed") == 0)
    return sg_sense_is_path (sense, i) || sg_kind_is_closed (kind) ? 0 : -1;
  if (strcmp (word, "motor") == 0)
    return kind == SG_KIND_TURN_ARROW ? 0 : -1;
  return kind == SG_KIND_ARROW ? 0 : -1;
}

static double
fits_arrow (const SgSense *sense, const SgQuantity *quantity, guint i)
{
  SgKind kind = sg_sense_element (sense, i)->kind;

  if (quantity->kind == SG_QUANTITY_ANGULAR_SPEED)
    return kind == SG_KIND_TURN_ARROW ? 0 : -1;
  return kind == SG_KIND_ARROW ? 0 : -1;
}

static SgRole
role_of_word (const SgQuantity *quantity, SgRole role)
{
  static const struct
  {
    const char *word;
    SgRole role;
  } roles[] = {
    { "rod", SG_ROLE_BODY },
    { "rope", SG_ROLE_ROPE },
    { "spring", SG_ROLE_SPRING },
    { "damper", SG_ROLE_DAMPER },
    { "g", SG_ROLE_GRAVITY },
    { "v", SG_ROLE_VELOCITY },
    { "f", SG_ROLE_FORCE },
    { "motor", SG_ROLE_MOTOR },
    { "fixed", SG_ROLE_FIXED },
  };

  if (quantity->kind == SG_QUANTITY_SPEED)
    return SG_ROLE_VELOCITY;
  if (quantity->kind == SG_QUANTITY_GRAVITY)
    return SG_ROLE_GRAVITY;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (strcmp (quantity->word, roles[i].word) == 0)
      return roles[i].role;
  return role;
}

void
sg_labels_apply_words (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgQuantity *quantity = &sense->said[i];
      int target = -1;

      if (quantity->kind == SG_QUANTITY_WORD)
        target = nearest_fit (sense, i, fits_word);
      else if (quantity->kind == SG_QUANTITY_SPEED || quantity->kind == SG_QUANTITY_FORCE ||
               quantity->kind == SG_QUANTITY_GRAVITY || quantity->kind == SG_QUANTITY_ANGULAR_SPEED)
        target = nearest_fit (sense, i, fits_arrow);
      if (target < 0)
        continue;
      SgElement *element = sg_sense_element (sense, target);
      if (!sense->decided[target])
        element->role = role_of_word (quantity, element->role);
      sense->decided[target] = TRUE;
      relate (sense, i, target);
      if (element->role == SG_ROLE_FIXED)
        sg_sense_fix (sense, target, i, sg_layout_mark (sense->layout, i)->center, 0.95);
    }
}

/* Rad against the level, 0 to a right angle. */
static double
rise_of (SgPoint a, SgPoint b)
{
  return atan2 (fabs (b.y - a.y), fabs (b.x - a.x));
}

/* Rad between the angle that was written and the nearest of the sides that rise; G_PI where none does. */
static double
off_side (const SgGeometry *g, gboolean closed, double angle, double level)
{
  double off = G_PI;

  for (guint k = 0; k + !closed < g->n_points; k++)
    {
      double rise = rise_of (g->points[k], g->points[(k + 1) % g->n_points]);

      if (rise > level)
        off = MIN (off, fabs (rise - angle));
    }
  return off;
}

/* Degrees between the angle that was written and the one that is drawn: of two slopes near a label the one
 * that has it, more or less, is meant. What is level has none; a rod that hangs has any. */
static double
fits_angle (const SgSense *sense, const SgQuantity *quantity, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  const SgGeometry *g = &element->geometry;
  const double level = 3 * G_PI / 180;
  gboolean arrow = element->role == SG_ROLE_FORCE || element->role == SG_ROLE_VELOCITY;
  double rise = rise_of (g->from, g->to), off = fabs (rise - quantity->value);

  if (!arrow && !sg_sense_is_thing (sense, i))
    return -1;
  if (element->kind == SG_KIND_TRIANGLE)
    off = off_side (g, TRUE, quantity->value, level);
  else if (element->role == SG_ROLE_BODY)
    return sg_sense_is_path (sense, i) ? 0 : -1;
  else if (element->kind == SG_KIND_POLYLINE)
    {
      off = off_side (g, FALSE, quantity->value, level);
      if (off == G_PI)
        return -1;
    }
  else if ((element->kind != SG_KIND_LINE && element->kind != SG_KIND_ARROW) || rise <= level)
    return -1;
  return off * 180 / G_PI * sense->unit;
}

static double
fits_property (const SgSense *sense, const SgQuantity *quantity, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  gboolean line = element->kind == SG_KIND_SPRING || element->kind == SG_KIND_ARROW;

  switch (quantity->kind)
    {
    case SG_QUANTITY_MASS:
      if (element->role != SG_ROLE_BODY)
        return -1;
      return sg_sense_is_solid (sense, i) ? 0 : sg_sense_is_rod (sense, i) ? 15
                                                                           : -1;
    case SG_QUANTITY_STIFFNESS:
      return element->role == SG_ROLE_SPRING ? 0 : -1;
    case SG_QUANTITY_DAMPING:
      return element->role == SG_ROLE_DAMPER ? 0 : element->role == SG_ROLE_SPRING ? 10
                                                                                   : -1;
    case SG_QUANTITY_SPEED:
      return element->role == SG_ROLE_BODY && sg_sense_is_thing (sense, i) ? 0 : -1;
    case SG_QUANTITY_FRICTION:
    case SG_QUANTITY_RESTITUTION:
    case SG_QUANTITY_MATERIAL:
      return sg_sense_is_thing (sense, i) ? 0 : -1;
    case SG_QUANTITY_ANGLE:
      return fits_angle (sense, quantity, i);
    case SG_QUANTITY_LENGTH:
      return line || sg_sense_is_path (sense, i) ? 0 : -1;
    case SG_QUANTITY_ANGULAR_SPEED:
      return element->role == SG_ROLE_MOTOR ? 0 : -1;
    default:
      return -1;
    }
}

/* "1 m" along a line says how large the page is. */
static void
take_scale (SgSense *sense, guint label, guint target)
{
  double length = sg_layout_mark (sense->layout, target)->length;
  double scale = length / sense->said[label].value;

  if (scale >= 1e-3 && scale <= 1e6)
    sense->reading->scale = scale;
}

static gboolean
is_attached (const SgSense *sense, int label)
{
  for (guint i = 0; i < sg_reading_n_relations (sense->reading); i++)
    if (sg_reading_relation (sense->reading, i)->a == label)
      return TRUE;
  return FALSE;
}

void
sg_labels_attach (SgSense *sense)
{
  gboolean scaled = FALSE;

  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgQuantity *quantity = &sense->said[i];

      if (quantity->kind == SG_QUANTITY_NONE || is_attached (sense, i))
        continue;
      int target = nearest_fit (sense, i, fits_property);
      if (target >= 0 || quantity->kind == SG_QUANTITY_GRAVITY)
        relate (sense, i, target);
      else
        sg_reading_add_issue (
          sense->reading, SG_SEVERITY_INFO, i, SG_ISSUE_UNATTACHED_LABEL,
          _ ("Nothing near “%s” can have it; move the label closer to what it is about."),
          sg_sense_element (sense, i)->geometry.text);
      if (target >= 0 && quantity->kind == SG_QUANTITY_LENGTH && !scaled)
        {
          take_scale (sense, i, target);
          scaled = TRUE;
        }
    }
}
