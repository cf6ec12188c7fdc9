/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pins: small circles and dots at a rod's end, on a body or where bodies overlap; and what each one holds. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

static const double pin_radius = 12;
static const double dot_size = 15; /* of a scribbled one */

/* What lies under a pin. */
typedef struct
{
  GArray *things; /* guint; bodies and fixed things */
  guint n_bodies;
  gboolean fixed;
} Held;

static void
held_clear (Held *held)
{
  g_array_unref (held->things);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Held, held_clear)

static gboolean
is_round (const SgSense *sense, guint i)
{
  SgKind kind = sg_sense_element (sense, i)->kind;
  SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;
  double large = MAX (bounds.width, bounds.height), small = MIN (bounds.width, bounds.height);
  /* A dot is scribbled: whatever it was fitted as, it is small and about as wide as high. */
  gboolean dot = large <= dot_size * sense->unit &&
                 (kind == SG_KIND_UNKNOWN || kind == SG_KIND_CURVE || kind == SG_KIND_POLYLINE);
  /* A quick small circle stays open, or closes over itself like an arrow that turns. */
  gboolean loop = large <= 2 * pin_radius * sense->unit &&
                  (kind == SG_KIND_ARC || kind == SG_KIND_TURN_ARROW) &&
                  fabs (sg_sense_element (sense, i)->geometry.sweep) >= 1.35 * G_PI;

  return (sg_kind_is_closed (kind) || dot || loop) && large > 0 && small >= 0.55 * large;
}

static double
size_of (const SgSense *sense, guint i)
{
  SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;

  return MIN (bounds.width, bounds.height);
}

/* Whether the circle at `c` is drawn around the end of path `i`, rather than resting on it or hung on it by
 * its rim. */
static gboolean
is_at_end (const SgSense *sense, guint i, SgPoint c, double radius)
{
  SgPoint ends[2], outward[2];

  if (!sg_layout_ends (sense->layout, i, ends, outward))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    {
      SgPoint off = sg_point_sub (c, ends[k]);
      double along = fabs (sg_point_dot (off, outward[k])), across = fabs (sg_point_cross (off, outward[k]));

      if (along <= MAX (radius, 0.8 * sense->touch) && across <= 0.6 * radius + 3 * sense->unit)
        return TRUE;
    }
  return FALSE;
}

/* Whether a pin of `radius` at `c` goes through mark `i`. */
static gboolean
goes_through (const SgSense *sense, guint i, SgPoint c, double radius)
{
  double near = 0.5 * radius + 2.5 * sense->unit;

  if (!sg_sense_is_thing (sense, i))
    return FALSE;
  if (sg_layout_distance (sense->layout, i, c, near, NULL) <= near)
    return TRUE;
  return sg_layout_contains (sense->layout, i, c) || is_at_end (sense, i, c, radius);
}

static gboolean
is_small_for (const SgSense *sense, guint pin, guint i)
{
  double radius = sg_sense_pin_radius (sense, pin);

  if (!sg_kind_is_closed (sg_sense_element (sense, i)->kind))
    return radius <= pin_radius * sense->unit;
  double size = size_of (sense, i);
  /* A plank may be hardly thicker than its pin. */
  return radius <= size / 8 ||
         (radius <= pin_radius * sense->unit &&
          (radius <= size / 3.2 || sg_layout_mark (sense->layout, i)->length > 20 * radius));
}

static Held
held_by (const SgSense *sense, guint pin)
{
  Held held = { g_array_new (FALSE, FALSE, sizeof (guint)), 0, FALSE };
  SgPoint c = sg_layout_mark (sense->layout, pin)->center;
  double radius = sg_sense_pin_radius (sense, pin);

  for (guint at = 0, i; sg_layout_next_near (sense->layout, pin, &at, &i);)
    {
      if (i == pin || !is_small_for (sense, pin, i) || !goes_through (sense, i, c, radius))
        {
          /* Ground need not be pierced: a pin drawn against it hangs from it. */
          if (i != pin && sg_sense_is_fixed (sense, i) &&
              sg_layout_distance (sense->layout, i, c, 3 * radius, NULL) <= radius + 0.6 * sense->touch)
            held.fixed = TRUE;
          continue;
        }
      if (sg_sense_is_fixed (sense, i))
        held.fixed = TRUE;
      else
        held.n_bodies++;
      g_array_append_val (held.things, i);
    }
  return held;
}

/* A circle hung on a rod by its rim is a bob, however small. */
static gboolean
is_bob (const SgSense *sense, guint pin, const Held *held)
{
  SgPoint c = sg_layout_mark (sense->layout, pin)->center, ends[2];
  double radius = sg_sense_pin_radius (sense, pin);

  if (radius < 8 * sense->unit || held->fixed || held->n_bodies != 1)
    return FALSE;
  guint rod = g_array_index (held->things, guint, 0);
  if (!sg_layout_ends (sense->layout, rod, ends, NULL))
    return FALSE;
  double d = MIN (sg_point_distance (c, ends[0]), sg_point_distance (c, ends[1]));
  return d > 0.6 * radius && d < radius + sense->touch;
}

static int
compare_by_size (gconstpointer a, gconstpointer b, gpointer data)
{
  const SgSense *sense = data;
  guint i = *(const guint *)a, k = *(const guint *)b;
  double x = sg_sense_pin_radius (sense, i), y = sg_sense_pin_radius (sense, k);

  return x != y ? (x < y ? -1 : 1) : (int)i - (int)k;
}

/* Round marks that may be pins, small ones first: what is a pin of a wheel must be known before the wheel is
 * asked whether it is a pin of the cart. */
static GArray *
candidates (SgSense *sense)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (is_round (sense, i) && !sense->decided[i])
      g_array_append_val (found, i);
  g_array_sort_with_data (found, compare_by_size, sense);
  return found;
}

static gboolean
holds_a_pin (const SgSense *sense, guint i)
{
  for (guint at = 0, k; sg_layout_next_near (sense->layout, i, &at, &k);)
    if (k != i && sg_sense_element (sense, k)->role == SG_ROLE_PIN &&
        sg_layout_contains (sense->layout, i, sg_layout_mark (sense->layout, k)->center))
      return TRUE;
  return FALSE;
}

static gboolean
ends_at_pin (const SgSense *sense, guint pin)
{
  SgPoint c = sg_layout_mark (sense->layout, pin)->center, ends[2];
  double radius = sg_sense_pin_radius (sense, pin);

  for (guint at = 0, i; sg_layout_next_near (sense->layout, pin, &at, &i);)
    {
      SgKind kind = sg_sense_element (sense, i)->kind;

      if ((kind == SG_KIND_SPRING || kind == SG_KIND_DAMPER || kind == SG_KIND_TURN_ARROW) &&
          sg_layout_ends (sense->layout, i, ends, NULL) &&
          MIN (sg_point_distance (c, ends[0]), sg_point_distance (c, ends[1])) <= radius + sense->touch)
        return TRUE;
    }
  return FALSE;
}

/* A rod with a pin at each end that holds nothing else cannot move: the lower pin, away from any ground, is
 * a small bob. */
static void
free_locked_rods (SgSense *sense)
{
  for (guint rod = 0; rod < sg_sense_n (sense); rod++)
    {
      int lower = -1;
      guint n = 0;

      if (!sg_sense_is_rod (sense, rod))
        continue;
      for (guint at = 0, pin; sg_layout_next_near (sense->layout, rod, &at, &pin);)
        {
          SgPoint c = sg_layout_mark (sense->layout, pin)->center;

          if (sg_sense_element (sense, pin)->role != SG_ROLE_PIN || sense->decided[pin] ||
              !goes_through (sense, rod, c, sg_sense_pin_radius (sense, pin)))
            continue;
          g_auto (Held) held = held_by (sense, pin);
          if (held.n_bodies > 1)
            continue;
          n++;
          if (!held.fixed && (lower < 0 || c.y > sg_layout_mark (sense->layout, lower)->center.y))
            lower = pin;
        }
      if (n >= 2 && lower >= 0)
        sg_sense_element (sense, lower)->role = SG_ROLE_BODY;
    }
}

/* Small circles inside one solid, two or more and away from any ground, would nail it to the page: they are
 * drawn on it, as eyes on a face. */
static void
free_locked_solids (SgSense *sense)
{
  for (guint solid = 0; solid < sg_sense_n (sense); solid++)
    {
      g_autoptr (GArray) inside = g_array_new (FALSE, FALSE, sizeof (guint));

      if (!sg_sense_is_solid (sense, solid) || sg_sense_is_fixed (sense, solid))
        continue;
      for (guint at = 0, pin; sg_layout_next_near (sense->layout, solid, &at, &pin);)
        {
          SgPoint c = sg_layout_mark (sense->layout, pin)->center;

          if (sg_sense_element (sense, pin)->role != SG_ROLE_PIN ||
              !sg_kind_is_closed (sg_sense_element (sense, pin)->kind) ||
              !sg_layout_contains (sense->layout, solid, c))
            continue;
          g_auto (Held) held = held_by (sense, pin);
          if (held.n_bodies == 1 && !held.fixed)
            g_array_append_val (inside, pin);
        }
      for (guint k = 0; inside->len > 1 && k < inside->len; k++)
        sg_sense_element (sense, g_array_index (inside, guint, k))->role = SG_ROLE_BODY;
    }
}

/* A dot that was scribbled to and fro looks like a spring, but no spring is that small and round. */
static void
find_scribbled_dots (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *element = sg_sense_element (sense, i);

      if (element->kind != SG_KIND_SPRING || element->n_strokes != 1 || sense->decided[i] ||
          element->correction != NULL || element->strokes[0] >= sg_page_get_n_strokes (sense->page))
        continue;
      SgRect ink = sg_stroke_get_bounds (sg_page_get_stroke (sense->page, element->strokes[0]));
      double large = MAX (ink.width, ink.height), small = MIN (ink.width, ink.height);

      if (large > dot_size * sense->unit || small < 0.55 * large)
        continue;
      element->kind = SG_KIND_CIRCLE;
      element->role = SG_ROLE_BODY;
      element->geometry = (SgGeometry){ .center = sg_rect_center (ink), .radius = (large + small) / 4 };
      sg_layout_update (sense->layout, i, element);
    }
}

void
sg_pins_find (SgSense *sense)
{
  find_scribbled_dots (sense);
  g_autoptr (GArray) round = candidates (sense);

  for (guint k = 0; k < round->len; k++)
    {
      guint i = g_array_index (round, guint, k);
      SgElement *element = sg_sense_element (sense, i);
      SgRole before = element->role;

      if (holds_a_pin (sense, i))
        continue;
      element->role = SG_ROLE_PIN; /* so that it does not hold itself */
      g_auto (Held) held = held_by (sense, i);
      gboolean small = sg_sense_pin_radius (sense, i) <= pin_radius * sense->unit;
      gboolean any = held.things->len > 0 || (small && (held.fixed || ends_at_pin (sense, i)));

      if (!any || is_bob (sense, i, &held))
        element->role = before;
      else
        sg_sense_make_pin (sense, i);
    }
  free_locked_rods (sense);
  free_locked_solids (sense);
}

/* The body that the others turn on: a solid rather than a rod, and the larger of two. */
static guint
base_of (const SgSense *sense, const GArray *things)
{
  guint best = g_array_index (things, guint, 0);

  for (guint k = 1; k < things->len; k++)
    {
      guint i = g_array_index (things, guint, k);

      if (sg_layout_area (sense->layout, i) > sg_layout_area (sense->layout, best))
        best = i;
    }
  return best;
}

static void
join (SgSense *sense, guint pin, const Held *held)
{
  SgPoint at = sg_layout_mark (sense->layout, pin)->center;
  double confidence = sg_sense_element (sense, pin)->confidence;

  if (held->fixed || held->n_bodies == 1)
    {
      for (guint k = 0; k < held->things->len; k++)
        {
          guint i = g_array_index (held->things, guint, k);

          if (!sg_sense_is_fixed (sense, i))
            sg_reading_add_relation (sense->reading, SG_RELATION_HINGE, i, -1, pin, at, confidence);
        }
      return;
    }
  if (held->things->len == 0)
    return;
  guint base = base_of (sense, held->things);
  for (guint k = 0; k < held->things->len; k++)
    {
      guint i = g_array_index (held->things, guint, k);

      if (i != base)
        sg_reading_add_relation (sense->reading, SG_RELATION_HINGE, i, base, pin, at, confidence);
    }
}

/* The other end of a straight path that ends at the pin, where it meets something fixed with no pin between:
 * such a path is the pin's bracket, not a body on it. */
static gboolean
is_bracket (const SgSense *sense, guint i, SgPoint pin)
{
  SgPoint ends[2], outward[2];

  if (!sg_sense_is_rod (sense, i) || !sg_layout_ends (sense->layout, i, ends, outward))
    return FALSE;
  guint far = sg_point_distance (ends[0], pin) > sg_point_distance (ends[1], pin) ? 0 : 1;
  if (sg_sense_pin_at (sense, ends[far]) >= 0)
    return FALSE;
  int thing = sg_sense_thing_at (sense, i, ends[far], outward[far], sense->touch);
  return thing >= 0 && sg_sense_is_fixed (sense, thing);
}

void
sg_pins_join (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      if (sg_sense_element (sense, i)->role != SG_ROLE_PIN)
        continue;
      SgPoint at = sg_layout_mark (sense->layout, i)->center;
      g_auto (Held) held = held_by (sense, i);
      for (guint k = 0; k < held.things->len && held.n_bodies > 1; k++)
        {
          guint thing = g_array_index (held.things, guint, k);

          if (!is_bracket (sense, thing, at))
            continue;
          sg_sense_fix (sense, thing, -1, at, 0.8);
          held.n_bodies--;
          held.fixed = TRUE;
        }
      join (sense, i, &held);
    }
}
