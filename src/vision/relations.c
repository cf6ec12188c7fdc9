/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order of the rules, and the questions they share. A rule only adds: relations, issues, and roles of
 * marks that no earlier rule or word has settled. */
#include "config.h"

#include "vision/relations.h"

#include <glib/gi18n-lib.h>

#include "base/limits.h"
#include "base/metrics.h"
#include "vision/corrections.h"
#include "vision/relations-private.h"

/* No rule that asks for the marks near one reaches farther; page units of a drawing of usual size. */
#define FARTHEST 64

gboolean
sg_sense_is_path (const SgSense *sense, guint i)
{
  switch (sg_sense_element (sense, i)->kind)
    {
    case SG_KIND_LINE:
    case SG_KIND_POLYLINE:
    case SG_KIND_CURVE:
    case SG_KIND_ARC:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
sg_sense_is_rod (const SgSense *sense, guint i)
{
  return sg_sense_is_path (sense, i) && sg_sense_element (sense, i)->role == SG_ROLE_BODY;
}

gboolean
sg_sense_is_solid (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);

  return sg_kind_is_closed (element->kind) &&
         (element->role == SG_ROLE_BODY || element->role == SG_ROLE_FIXED);
}

gboolean
sg_sense_is_thing (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);

  return sg_sense_is_solid (sense, i) || sg_sense_is_rod (sense, i) ||
         (sg_sense_is_path (sense, i) && element->role == SG_ROLE_FIXED);
}

gboolean
sg_sense_is_fixed (const SgSense *sense, guint i)
{
  return sg_sense_element (sense, i)->role == SG_ROLE_FIXED && sg_sense_is_thing (sense, i);
}

guint
sg_sense_ink (const SgSense *sense, guint i, SgPoint *points, guint room)
{
  const SgElement *element = sg_sense_element (sense, i);
  guint n, kept;

  if (element->n_strokes == 0 || element->strokes[0] >= sg_page_get_n_strokes (sense->page))
    return sg_geometry_outline (element->kind, &element->geometry, points, room);
  const SgInkPoint *ink = sg_stroke_get_points (sg_page_get_stroke (sense->page, element->strokes[0]), &n);
  kept = MIN (n, room);
  for (guint k = 0; k < kept; k++)
    {
      const SgInkPoint *p = &ink[kept > 1 ? k * (gsize)(n - 1) / (kept - 1) : 0];

      points[k] = SG_POINT (p->x, p->y);
    }
  return kept;
}

double
sg_sense_pin_radius (const SgSense *sense, guint pin)
{
  SgRect bounds = sg_layout_mark (sense->layout, pin)->bounds;

  return (bounds.width + bounds.height) / 4;
}

void
sg_sense_make_pin (SgSense *sense, guint i)
{
  sg_sense_element (sense, i)->role = SG_ROLE_PIN;
  g_array_append_val (sense->pins, i);
}

int
sg_sense_pin_at (const SgSense *sense, SgPoint p)
{
  int best = -1;
  double nearest = G_MAXDOUBLE;

  for (guint k = 0; k < sense->pins->len; k++)
    {
      guint i = g_array_index (sense->pins, guint, k);

      if (sg_sense_element (sense, i)->role != SG_ROLE_PIN)
        continue;
      double d = sg_point_distance (sg_layout_mark (sense->layout, i)->center, p) -
                 sg_sense_pin_radius (sense, i);
      if (d < MIN (nearest, sense->touch))
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

/* The same for (a, b) and (b, a); the world is -1. Fits a pointer, as marks and kinds are few. */
static gpointer
relation_key (SgRelationKind kind, int a, int b)
{
  gsize low = MIN (a, b) + 1, high = MAX (a, b) + 1;

  G_STATIC_ASSERT (SG_LIMIT_MARKS + 1 < 1 << 14);
  return GSIZE_TO_POINTER (1 + (kind | low << 4 | high << 18));
}

gboolean
sg_sense_related (SgSense *sense, SgRelationKind kind, int a, int b)
{
  for (; sense->n_paired < sg_reading_n_relations (sense->reading); sense->n_paired++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, sense->n_paired);

      g_hash_table_add (sense->pairs, relation_key (r->kind, r->a, r->b));
    }
  return g_hash_table_contains (sense->pairs, relation_key (kind, a, b));
}

const SgRelation *
sg_sense_made_by (const SgSense *sense, SgRelationKind kind, int via)
{
  for (guint i = 0; i < sg_reading_n_relations (sense->reading); i++)
    {
      const SgRelation *r = sg_reading_relation (sense->reading, i);

      if (r->kind == kind && r->via == via)
        return r;
    }
  return NULL;
}

void
sg_sense_fix (SgSense *sense, guint i, int sign, SgPoint at, double confidence)
{
  SgRole told;

  /* what the person says moves, moves */
  if (sg_corrections_role (sg_sense_element (sense, i), &told) && told != SG_ROLE_FIXED)
    return;
  sg_sense_element (sense, i)->role = SG_ROLE_FIXED;
  if (!sg_sense_related (sense, SG_RELATION_ANCHORED, i, -1))
    sg_reading_add_relation (sense->reading, SG_RELATION_ANCHORED, i, -1, sign, at, confidence);
}

/* An end that was drawn a little short still points at what it was meant for. */
static double
distance_ahead (const SgSense *sense, guint i, SgPoint p, SgPoint outward, double within)
{
  double best = sg_layout_reach (sense->layout, i, p, within), touching = 1.5 * sense->unit;

  if (!sg_rect_contains (sg_rect_grow (sg_layout_mark (sense->layout, i)->bounds, 2 * within), p))
    return best;

  for (double ahead = 2 * sense->unit; ahead <= within && best > ahead; ahead += 2 * sense->unit)
    {
      SgPoint probe = sg_point_add (p, sg_point_scale (outward, ahead));

      if (sg_layout_reach (sense->layout, i, probe, touching) <= touching)
        best = MIN (best, ahead);
    }
  return best;
}

int
sg_sense_thing_at (const SgSense *sense, guint self, SgPoint p, SgPoint outward, double within)
{
  int best = -1;
  double nearest = within;

  for (guint at = 0, i; sg_layout_next_near (sense->layout, self, &at, &i);)
    {
      if (i == self || !sg_sense_is_thing (sense, i))
        continue;
      double d = distance_ahead (sense, i, p, outward, within);
      if (d < nearest)
        {
          nearest = d;
          best = i;
        }
    }
  return best;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static double
median_pen (const SgReading *reading)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (sg_reading_element (reading, i)->line_width > 0)
      g_array_append_val (widths, sg_reading_element (reading, i)->line_width);
  if (widths->len == 0)
    return 3;
  g_array_sort (widths, compare_doubles);
  return CLAMP (g_array_index (widths, double, widths->len / 2), 0.75, 15);
}

/* How many times as large as usual this was drawn. Only where the pen and the drawing agree is it drawn
 * larger or smaller: a fine pen alone, or a page with little on it, says nothing. */
static double
drawing_unit (double median_pen, const SgLayout *layout)
{
  const double usual_pen = 3, usual_large = 500, usual_small = 800;
  double size = sg_rect_diagonal (sg_layout_bounds (layout)), pen = median_pen / usual_pen;

  return pen >= 1 ? MIN (pen, MAX (1, size / usual_large)) : MAX (pen, MIN (1, size / usual_small));
}

static void
sense_init (SgSense *sense, SgReading *reading, const SgPage *page)
{
  sense->reading = reading;
  sense->page = page;
  sense->layout = sg_layout_new (reading);
  sense->said = g_new0 (SgQuantity, MAX (sg_sense_n (sense), 1));
  sense->decided = g_new0 (gboolean, MAX (sg_sense_n (sense), 1));
  sense->trace = g_new0 (guint, MAX (sg_sense_n (sense), 1));
  sense->pins = g_array_new (FALSE, FALSE, sizeof (guint));
  sense->pairs = g_hash_table_new (NULL, NULL);
  sense->n_paired = 0;
  sense->pen = median_pen (reading);
  sense->unit = drawing_unit (sense->pen, sense->layout);
  sense->touch = MAX (10 * sense->unit, 3 * sense->pen);
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgElement *element = sg_sense_element (sense, i);

      element->role = sg_kind_usual_role (element->kind);
      if (element->kind == SG_KIND_TEXT && element->geometry.text &&
          !sg_text_parse_quantity (element->geometry.text, &sense->said[i]) && element->label < 0)
        element->role = SG_ROLE_DECORATION; /* writing in the drawing that says nothing of a mark */
    }
}

/* What the person said is settled before any rule looks. */
static void
apply_corrections (SgSense *sense)
{
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgRole role;

      if (!sg_corrections_role (sg_sense_element (sense, i), &role))
        continue;
      sense->decided[i] = TRUE;
      if (role == SG_ROLE_FIXED)
        sg_sense_fix (sense, i, -1, sg_layout_mark (sense->layout, i)->center, 1);
      else if (role == SG_ROLE_PIN)
        sg_sense_make_pin (sense, i);
      else
        sg_sense_element (sense, i)->role = role;
    }
}

static void
sense_clear (SgSense *sense)
{
  sg_layout_free (sense->layout);
  g_free (sense->said);
  g_free (sense->decided);
  g_free (sense->trace);
  g_array_unref (sense->pins);
  g_hash_table_unref (sense->pairs);
}

/* The world's zero is on the lowest ground, or at the foot of the drawing, below its middle. */
static void
choose_origin (SgSense *sense)
{
  SgRect bounds = sg_layout_bounds (sense->layout);
  double lowest = bounds.y + bounds.height, ground = -G_MAXDOUBLE;

  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      const SgMark *mark = sg_layout_mark (sense->layout, i);

      if (sg_sense_is_fixed (sense, i) && mark->bounds.width > 4 * mark->bounds.height)
        ground = MAX (ground, mark->center.y);
    }
  if (ground < lowest - bounds.height / 4)
    ground = lowest;
  sense->reading->origin = SG_POINT (round (bounds.x + bounds.width / 2), round (ground));
}

/* A heap of marks is no mechanism: the rules look at pairs of near marks, and would take minutes over it. */
static void
keep_as_ink (SgReading *reading)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    sg_reading_element (reading, i)->role = SG_ROLE_DECORATION;
  if (sg_reading_n_elements (reading) > SG_LIMIT_MARKS)
    sg_reading_add_issue (
      reading, SG_SEVERITY_ERROR, -1, SG_ISSUE_TOO_MANY_MARKS,
      _ ("There are %u marks on this page; at most %d are understood together, so it stays ink."),
      sg_reading_n_elements (reading), SG_LIMIT_MARKS);
  else
    sg_reading_add_issue (reading, SG_SEVERITY_ERROR, -1, SG_ISSUE_TOO_MANY_MARKS,
                          _ ("Too many marks lie over each other to be told apart, so the page stays ink."));
}

/* In an order in which each rule finds settled what it asks for. */
static void (*const rules[]) (SgSense *sense) = {
  sg_labels_apply_words,
  sg_traces_find,
  sg_ground_find_hatched,
  sg_springs_end_at_ground,
  sg_pins_find,
  sg_ground_find_crossed,
  sg_welds_find,
  sg_drawn_find_nested,
  sg_ground_find_long_lines,
  sg_slides_find,
  sg_ropes_find,
  sg_springs_find_leads,
  sg_pins_join,
  sg_ground_find_supports,
  sg_rods_join,
  sg_solids_join,
  sg_drawn_find_decoration,
  sg_springs_attach,
  sg_arrows_attach,
  sg_motors_attach,
  sg_traces_attach,
  sg_labels_attach,
  sg_hints_add,
};

void
sg_relations_find (SgReading *reading, const SgPage *page, SgBudget *budget)
{
  SG_TIME_BLOCK (SG_OPERATION_ANALYSIS_RELATIONS);
  SgSense sense;

  reading->scale = sg_page_get_scale (page);
  sg_labels_add (reading, page);
  sg_corrections_apply_to_labels (page, reading);
  if (sg_reading_n_elements (reading) > SG_LIMIT_MARKS)
    {
      keep_as_ink (reading);
      sg_reading_name_elements (reading);
      return;
    }
  sg_turns_merge (reading);
  sg_ropes_merge (reading);
  sg_springs_merge (reading);
  sense_init (&sense, reading, page);
  apply_corrections (&sense);
  if (sg_layout_find_near (sense.layout, MAX (FARTHEST * sense.unit, 3 * sense.touch)))
    for (guint i = 0; i < G_N_ELEMENTS (rules) && (!budget || sg_budget_spend (budget)); i++)
      rules[i](&sense);
  else
    keep_as_ink (reading);
  choose_origin (&sense);
  sg_corrections_report (reading);
  sense_clear (&sense);
  sg_reading_name_elements (reading);
}
