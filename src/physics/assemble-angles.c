/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Angles that are written at a slope: it is brought from the angle that a hand gave it to the one that was
 * meant, about its foot, and what lies on it or is fastened to it comes along. Of a path that goes up at one
 * of its ends, that part is. Arrows turn about their tail. Rods that hang start at theirs
 * (assemble-drives.c). */
#include "config.h"

#include "physics/assemble-private.h"
#include "vision/upright.h"

#include <glib/gi18n-lib.h>

static const double rests_within = 12;      /* page units */
static const double level = 3 * G_PI / 180; /* what rises no more than this is no slope */

/* The side of element `element` that rises from `foot` to `top`. */
typedef struct
{
  guint element;
  SgPoint foot, top;
} Slope;

/* What turns with a slope. */
typedef struct
{
  SgAssembly *assembly;
  const Slope *slope;
  gboolean *carried; /* by element */
  gboolean slides;   /* it stays where it is, because something slides along it */
} Load;

static const SgElement *
element_of (const Load *load, int i)
{
  return sg_reading_element (load->assembly->reading, i);
}

/* Against the level; rad, 0 to a right angle. */
static double
rise_of (const Slope *slope)
{
  return atan2 (fabs (slope->foot.y - slope->top.y), fabs (slope->top.x - slope->foot.x));
}

/* By how much the slope has to turn to rise by `angle`; rad, counter-clockwise as seen. */
static double
turn_to (const Slope *slope, double angle)
{
  gboolean right = slope->top.x > slope->foot.x, up = slope->top.y < slope->foot.y;

  return (right == up ? 1 : -1) * (angle - rise_of (slope));
}

static guint
outline_of (const Load *load, guint i, SgPoint *points, guint room)
{
  return sg_geometry_outline (element_of (load, i)->kind, &load->assembly->geometry[i], points, room);
}

/* The least distance from the outline of element `i` to the segment; `t` receives where along it. */
static double
distance_to_segment (const Load *load, guint i, SgPoint from, SgPoint to, double *t)
{
  SgPoint points[48];
  guint n = outline_of (load, i, points, G_N_ELEMENTS (points));
  double least = G_MAXDOUBLE;

  for (guint k = 0; k < n; k++)
    {
      double at, d = sg_segment_distance (from, to, points[k], &at);

      if (d >= least)
        continue;
      least = d;
      if (t)
        *t = at;
    }
  return least;
}

static double
distance_between (const Load *load, guint i, guint k)
{
  SgPoint points[48];
  guint n = outline_of (load, k, points, G_N_ELEMENTS (points));
  gboolean closed = sg_kind_is_closed (element_of (load, k)->kind);
  double least = G_MAXDOUBLE;

  for (guint m = 0; m + !closed < n; m++)
    least = MIN (least, distance_to_segment (load, i, points[m], points[(m + 1) % n], NULL));
  return least;
}

/* Whether all of element `i` is above the slope's line. */
static gboolean
is_above (const Load *load, guint i)
{
  SgPoint points[48], along = sg_point_sub (load->slope->top, load->slope->foot);
  guint n = outline_of (load, i, points, G_N_ELEMENTS (points));
  double length = sg_point_norm (along), side = along.x > 0 ? 1 : -1;

  for (guint k = 0; k < n; k++)
    if (side * sg_point_cross (along, sg_point_sub (points[k], load->slope->foot)) > rests_within * length)
      return FALSE;
  return n > 0;
}

/* Whether element `i` stands on the slope, or on something that does. What only touches its foot does not,
 * and what else is fixed must stand on the slope alone, as a stop does. */
static gboolean
rests (const Load *load, guint i)
{
  SgRole role = element_of (load, i)->role;
  double t = 0;

  if (role != SG_ROLE_BODY && role != SG_ROLE_FIXED)
    return FALSE;
  if (distance_to_segment (load, i, load->slope->foot, load->slope->top, &t) <= rests_within)
    return t > 0.02 && is_above (load, i);
  for (guint k = 0; role == SG_ROLE_BODY && k < sg_reading_n_elements (load->assembly->reading); k++)
    if (load->carried[k] && k != load->slope->element && element_of (load, k)->role == SG_ROLE_BODY &&
        distance_between (load, i, k) <= rests_within)
      return TRUE;
  return FALSE;
}

/* Whether `p` is on the slope or on something fixed that turns with it. */
static gboolean
is_on_slope (const Load *load, SgPoint p)
{
  for (guint i = 0; i < sg_reading_n_elements (load->assembly->reading); i++)
    {
      SgPoint points[48];

      if (!load->carried[i] || (element_of (load, i)->role != SG_ROLE_FIXED && i != load->slope->element))
        continue;
      guint n = outline_of (load, i, points, G_N_ELEMENTS (points));
      for (guint k = 0; k + 1 < n; k++)
        if (sg_segment_distance (points[k], points[k + 1], p, NULL) <= rests_within)
          return TRUE;
    }
  return FALSE;
}

static void
carry (Load *load, int i, gboolean *grown)
{
  if (i < 0 || load->carried[i])
    return;
  load->carried[i] = *grown = TRUE;
}

/* Takes along what relation `i` joins to the load; FALSE where the load is tied to something that stays. */
static gboolean
follow (Load *load, guint i, gboolean *grown)
{
  const SgRelation *r = sg_reading_relation (load->assembly->reading, i);
  const int ends[2] = { r->a, r->b };

  if (r->kind == SG_RELATION_LABELS || r->kind == SG_RELATION_AROUND)
    return r->kind == SG_RELATION_LABELS || r->a < 0 || !load->carried[r->a];
  for (guint k = 0; k < 2; k++)
    {
      int self = ends[k], other = ends[1 - k];

      if (self < 0 || !load->carried[self])
        continue;
      if (r->kind == SG_RELATION_ANCHORED)
        carry (load, r->via, grown);
      else if (other >= 0 && element_of (load, other)->role != SG_ROLE_FIXED)
        {
          carry (load, other, grown);
          carry (load, r->via, grown);
        }
      else if (self != (int)load->slope->element && !(other >= 0 && load->carried[other]) &&
               !is_on_slope (load, load->assembly->at[i]))
        {
          load->slides = r->kind == SG_RELATION_SLIDE;
          return FALSE;
        }
    }
  return TRUE;
}

/* Finds all that turns with the slope; FALSE where some of it is tied to something that stays. */
static gboolean
gather (Load *load)
{
  const SgReading *reading = load->assembly->reading;

  load->carried[load->slope->element] = TRUE;
  for (gboolean grown = TRUE; grown;)
    {
      grown = FALSE;
      for (guint i = 0; i < sg_reading_n_elements (reading); i++)
        if (!load->carried[i] && rests (load, i))
          carry (load, i, &grown);
      for (guint i = 0; i < sg_reading_n_relations (reading); i++)
        if (!follow (load, i, &grown))
          return FALSE;
    }
  return TRUE;
}

/* A wedge keeps its foot and its other side: its top goes up or down. */
static void
raise_wedge (SgGeometry *wedge, const Slope *slope, double angle)
{
  double height = fabs (slope->top.x - slope->foot.x) * tan (angle);

  for (guint i = 0; i < wedge->n_points; i++)
    if (sg_point_distance (wedge->points[i], slope->top) < 1e-6)
      wedge->points[i].y = slope->foot.y - height;
}

/* The path's end goes where the slope's top comes to; the rest of it stays. */
static void
raise_end (SgGeometry *path, const Slope *slope, const SgPose *pose)
{
  for (guint i = 0; i < path->n_points; i++)
    if (sg_point_distance (path->points[i], slope->top) < 1e-6)
      path->points[i] = sg_pose_to_page (pose, slope->top);
}

static void
turn_load (Load *load, double angle)
{
  const SgReading *reading = load->assembly->reading;
  SgPose pose;

  sg_pose_init_tilt (&pose, load->slope->foot, turn_to (load->slope, angle));
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      SgKind kind = element_of (load, i)->kind;

      if (load->carried[i] && i == load->slope->element && kind == SG_KIND_TRIANGLE)
        raise_wedge (&load->assembly->geometry[i], load->slope, angle);
      else if (load->carried[i] && i == load->slope->element && kind == SG_KIND_POLYLINE)
        raise_end (&load->assembly->geometry[i], load->slope, &pose);
      else if (load->carried[i])
        sg_upright_return_geometry (&pose, kind, &load->assembly->geometry[i]);
    }
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *r = sg_reading_relation (reading, i);

      if ((r->a >= 0 && load->carried[r->a]) || (r->b >= 0 && load->carried[r->b]))
        load->assembly->at[i] = sg_pose_to_page (&pose, load->assembly->at[i]);
    }
}

/* Whether anything turns about it or slides on it, or it does. */
static gboolean
is_jointed (const SgReading *reading, guint i)
{
  for (guint k = 0; k < sg_reading_n_relations (reading); k++)
    {
      const SgRelation *r = sg_reading_relation (reading, k);

      if ((r->kind == SG_RELATION_HINGE || r->kind == SG_RELATION_SLIDE) &&
          (r->a == (int)i || r->b == (int)i))
        return TRUE;
    }
  return FALSE;
}

static void
take_angle (SgAssembly *assembly, const Slope *slope, double angle)
{
  g_autofree gboolean *carried = g_new0 (gboolean, sg_reading_n_elements (assembly->reading));
  Load load = { assembly, slope, carried };
  gboolean jointed = is_jointed (assembly->reading, slope->element);

  if (!jointed && gather (&load))
    turn_load (&load, angle);
  else if (jointed || load.slides)
    sg_spec_add_note (assembly->spec,
                      _ ("A slope stays as it is drawn, though an angle is written at it: something slides "
                         "along it or turns about it."));
  else
    sg_spec_add_note (assembly->spec,
                      _ ("A slope stays as it is drawn, though an angle is written at it: what "
                         "lies on it also holds on to something else."));
}

static Slope
slope_of_line (const SgGeometry *g, guint i)
{
  gboolean falls = g->to.y > g->from.y;

  return (Slope){ i, falls ? g->to : g->from, falls ? g->from : g->to };
}

/* Of the two sides that rise from the base of a triangle, the one whose angle is nearest to `angle`. */
static Slope
slope_of_wedge (const SgGeometry *g, guint i, double angle)
{
  guint top = 0;
  Slope best = { 0 };

  for (guint k = 1; k < 3; k++)
    if (g->points[k].y < g->points[top].y)
      top = k;
  for (guint k = 1; k < 3; k++)
    {
      Slope side = { i, g->points[(top + k) % 3], g->points[top] };

      if (k == 1 || fabs (rise_of (&side) - angle) < fabs (rise_of (&best) - angle))
        best = side;
    }
  return best;
}

/* Of the path's sides that rise, the one whose angle is nearest to `angle`. FALSE where that leads to
 * something higher up, which would have to be lifted with all that stands there. */
static gboolean
slope_of_path (const SgGeometry *g, guint i, double angle, Slope *slope)
{
  guint best = G_MAXUINT, last = g->n_points - 2;
  Slope side = { i };

  for (guint k = 0; k <= last; k++)
    {
      gboolean falls = g->points[k + 1].y > g->points[k].y;

      side.foot = g->points[k + falls];
      side.top = g->points[k + !falls];
      if (rise_of (&side) > level &&
          (best == G_MAXUINT || fabs (rise_of (&side) - angle) < fabs (rise_of (slope) - angle)))
        *slope = side, best = k;
    }
  SgPoint begin = g->points[0], end = g->points[g->n_points - 1];
  return (best == 0 && sg_point_distance (slope->top, begin) == 0) ||
         (best == last && sg_point_distance (slope->top, end) == 0);
}

static void
take_angle_of_path (SgAssembly *assembly, guint i, double angle)
{
  Slope slope = { i };

  if (slope_of_path (&assembly->geometry[i], i, angle, &slope))
    take_angle (assembly, &slope, angle);
  else
    sg_spec_add_note (assembly->spec,
                      _ ("A slope stays as it is drawn, though an angle is written at it: the line goes on "
                         "above it."));
}

void
sg_assembly_take_angles (SgAssembly *assembly)
{
  for (guint i = 0; i < sg_reading_n_elements (assembly->reading); i++)
    {
      const SgElement *element = sg_reading_element (assembly->reading, i);
      SgGeometry *g = &assembly->geometry[i];
      double angle = assembly->said[i].angle;
      /* One that turns about a pin starts at its angle. */
      gboolean thing = element->role == SG_ROLE_FIXED ||
                       (element->role == SG_ROLE_BODY && !is_jointed (assembly->reading, i));

      if (isnan (angle) || angle <= 0 || angle >= G_PI / 2)
        continue;
      if (element->kind == SG_KIND_ARROW)
        {
          Slope way = { i, g->from, g->to };
          SgPose pose;

          sg_pose_init_tilt (&pose, g->from, turn_to (&way, angle));
          sg_upright_return_geometry (&pose, element->kind, g);
        }
      else if (thing && element->kind == SG_KIND_LINE)
        {
          Slope slope = slope_of_line (g, i);
          take_angle (assembly, &slope, angle);
        }
      else if (element->role == SG_ROLE_FIXED && element->kind == SG_KIND_POLYLINE && g->n_points >= 2)
        take_angle_of_path (assembly, i, angle);
      else if (thing && element->kind == SG_KIND_TRIANGLE)
        {
          Slope slope = slope_of_wedge (g, i, angle);
          take_angle (assembly, &slope, angle);
        }
    }
}
