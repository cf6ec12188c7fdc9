/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading as a value: its arrays own their parts' strings and points, nothing else. Names of kinds,
 * roles and relations are those of the contract, in the order of their enums. */
#include "vision/reading.h"

#include <string.h>

#define TURN_POINTS 48 /* of the outline of a circle or an ellipse */
#define ARC_POINTS 32

static const char *const kind_names[SG_N_KINDS] = {
  "line",
  "polyline",
  "curve",
  "arc",
  "circle",
  "ellipse",
  "rectangle",
  "triangle",
  "polygon",
  "blob",
  "spring",
  "damper",
  "arrow",
  "turn-arrow",
  "cross",
  "hatching",
  "text",
  "unknown",
};
static const char *const role_names[SG_N_ROLES] = {
  "body",
  "fixed",
  "pin",
  "weld",
  "spring",
  "damper",
  "rope",
  "force",
  "velocity",
  "gravity",
  "motor",
  "label",
  "trace",
  "decoration",
};
static const char *const relation_names[SG_N_RELATIONS] = {
  "hinge",
  "weld",
  "slide",
  "attached",
  "around",
  "anchored",
  "labels",
};

const char *
sg_kind_name (SgKind kind)
{
  g_return_val_if_fail (kind < SG_N_KINDS, "unknown");
  return kind_names[kind];
}

const char *
sg_role_name (SgRole role)
{
  g_return_val_if_fail (role < SG_N_ROLES, "decoration");
  return role_names[role];
}

const char *
sg_relation_name (SgRelationKind kind)
{
  g_return_val_if_fail (kind < SG_N_RELATIONS, "attached");
  return relation_names[kind];
}

gboolean
sg_kind_from_name (const char *name, SgKind *kind)
{
  for (guint i = 0; i < SG_N_KINDS; i++)
    if (strcmp (name, kind_names[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
sg_role_from_name (const char *name, SgRole *role)
{
  for (guint i = 0; i < SG_N_ROLES; i++)
    if (strcmp (name, role_names[i]) == 0)
      {
        *role = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
sg_kind_is_closed (SgKind kind)
{
  switch (kind)
    {
    case SG_KIND_CIRCLE:
    case SG_KIND_ELLIPSE:
    case SG_KIND_RECTANGLE:
    case SG_KIND_TRIANGLE:
    case SG_KIND_POLYGON:
    case SG_KIND_BLOB:
      return TRUE;
    default:
      return FALSE;
    }
}

SgRole
sg_kind_usual_role (SgKind kind)
{
  switch (kind)
    {
    case SG_KIND_SPRING:
      return SG_ROLE_SPRING;
    case SG_KIND_DAMPER:
      return SG_ROLE_DAMPER;
    case SG_KIND_ARROW:
      return SG_ROLE_FORCE;
    case SG_KIND_TURN_ARROW:
      return SG_ROLE_MOTOR;
    case SG_KIND_HATCHING:
    case SG_KIND_CROSS:
      return SG_ROLE_FIXED;
    case SG_KIND_TEXT:
      return SG_ROLE_LABEL;
    case SG_KIND_UNKNOWN:
      return SG_ROLE_DECORATION;
    default:
      return SG_ROLE_BODY;
    }
}

void
sg_geometry_copy (SgGeometry *to, const SgGeometry *from)
{
  *to = *from;
  to->points = from->points ? g_memdup2 (from->points, from->n_points * sizeof (SgPoint)) : NULL;
  to->text = g_strdup (from->text);
}

void
sg_geometry_clear (SgGeometry *geometry)
{
  g_clear_pointer (&geometry->points, g_free);
  g_clear_pointer (&geometry->text, g_free);
  geometry->n_points = 0;
}

/* A point of the ellipse with half axes a (along `way`, a unit vector) and b; `at` is a point of the unit
 * circle. */
static inline SgPoint
on_ellipse (SgPoint center, double a, double b, SgPoint way, SgPoint at)
{
  double along = a * at.x, across = b * at.y;

  return SG_POINT (center.x + along * way.x - across * way.y, center.y - along * way.y - across * way.x);
}

static SgPoint
on_circle (double angle)
{
  return SG_POINT (cos (angle), sin (angle));
}

/* Once round the unit circle. Made by whoever comes first, constant from then on: pages have hundreds of
 * circles. */
static const SgPoint *
whole_turn (void)
{
  static const SgPoint *turn;

  if (g_once_init_enter (&turn))
    {
      SgPoint *points = g_new (SgPoint, TURN_POINTS);

      for (guint i = 0; i < TURN_POINTS; i++)
        points[i] = on_circle (2 * G_PI * i / TURN_POINTS);
      g_once_init_leave (&turn, points);
    }
  return turn;
}

static guint
sample_ellipse (const SgGeometry *g, double a, double b, SgPoint *points, guint room)
{
  const SgPoint *turn = whole_turn ();
  guint n = MIN (room, TURN_POINTS);
  SgPoint way = on_circle (g->angle);

  for (guint i = 0; i < n; i++)
    points[i] = on_ellipse (g->center, a, b, way, turn[i * TURN_POINTS / n]);
  return n;
}

static guint
sample_arc (const SgGeometry *g, SgPoint *points, guint room)
{
  gboolean closed = fabs (g->sweep) >= 2 * G_PI;
  guint n = MIN (room, ARC_POINTS);
  SgPoint way = on_circle (g->angle);

  for (guint i = 0; i < n; i++)
    points[i] = on_ellipse (g->center, g->radius, g->radius, way,
                            on_circle (g->start + g->sweep * i / (closed ? n : MAX (n - 1, 1))));
  return n;
}

static guint
outline_rectangle (const SgGeometry *g, SgPoint *points, guint room)
{
  static const double corner[4][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } };
  guint n = MIN (room, 4);

  for (guint i = 0; i < n; i++)
    {
      double x = corner[i][0] * g->width / 2, y = corner[i][1] * g->height / 2;

      points[i] = SG_POINT (g->center.x + x * cos (g->angle) + y * sin (g->angle),
                            g->center.y - x * sin (g->angle) + y * cos (g->angle));
    }
  return n;
}

static guint
outline_cross (const SgGeometry *g, SgPoint *points, guint room)
{
  double h = g->width / 2;
  SgPoint path[] = { { -h, -h }, { h, h }, { 0, 0 }, { h, -h }, { -h, h } };
  guint n = MIN (room, G_N_ELEMENTS (path));

  for (guint i = 0; i < n; i++)
    points[i] = sg_point_add (g->center, path[i]);
  return n;
}

static guint
copy_points (const SgPoint *from, guint n, SgPoint *points, guint room)
{
  n = MIN (n, room);
  if (n > 0)
    memcpy (points, from, n * sizeof (SgPoint));
  return n;
}

guint
sg_geometry_outline (SgKind kind, const SgGeometry *geometry, SgPoint *points, guint room)
{
  const SgGeometry *g = geometry;
  SgPoint ends[2] = { g->from, g->to };
  SgPoint box[4] = { g->from,
                     { g->from.x + g->width, g->from.y },
                     { g->from.x + g->width, g->from.y + g->height },
                     { g->from.x, g->from.y + g->height } };

  switch (kind)
    {
    case SG_KIND_CIRCLE:
      return sample_ellipse (g, g->radius, g->radius, points, room);
    case SG_KIND_ELLIPSE:
      return sample_ellipse (g, g->radius, g->radius_minor, points, room);
    case SG_KIND_ARC:
    case SG_KIND_TURN_ARROW:
      return sample_arc (g, points, room);
    case SG_KIND_RECTANGLE:
      return outline_rectangle (g, points, room);
    case SG_KIND_CROSS:
      return outline_cross (g, points, room);
    case SG_KIND_TEXT:
      return copy_points (box, 4, points, room);
    case SG_KIND_LINE:
    case SG_KIND_SPRING:
    case SG_KIND_DAMPER:
    case SG_KIND_ARROW:
    case SG_KIND_HATCHING:
      return copy_points (ends, 2, points, room);
    default:
      return copy_points (g->points, g->n_points, points, room);
    }
}

static void
clear_element (gpointer data)
{
  SgElement *element = data;

  g_free (element->id);
  g_free (element->strokes);
  sg_geometry_clear (&element->geometry);
  for (guint i = 0; i < element->n_alternatives; i++)
    sg_geometry_clear (&element->alternatives[i].geometry);
  g_free (element->alternatives);
  g_clear_pointer (&element->correction, sg_correction_unref);
}

static void
clear_read_mark (gpointer data)
{
  g_free (((SgReadMark *)data)->strokes);
}

static void
clear_page_reading (gpointer data)
{
  g_array_unref (((SgPageReading *)data)->marks);
}

static void
clear_issue (gpointer data)
{
  SgIssue *issue = data;

  g_free (issue->code);
  g_free (issue->message);
}

SgReading *
sg_reading_new (void)
{
  SgReading *reading = g_new0 (SgReading, 1);

  g_atomic_ref_count_init (&reading->ref_count);
  reading->elements = g_array_new (FALSE, TRUE, sizeof (SgElement));
  g_array_set_clear_func (reading->elements, clear_element);
  reading->relations = g_array_new (FALSE, TRUE, sizeof (SgRelation));
  reading->issues = g_array_new (FALSE, TRUE, sizeof (SgIssue));
  g_array_set_clear_func (reading->issues, clear_issue);
  reading->readings = g_array_new (FALSE, FALSE, sizeof (SgPageReading));
  g_array_set_clear_func (reading->readings, clear_page_reading);
  reading->anchors = g_array_new (FALSE, FALSE, sizeof (SgTraceAnchor));
  reading->scale = 100;
  return reading;
}

SgReading *
sg_reading_ref (SgReading *reading)
{
  g_atomic_ref_count_inc (&reading->ref_count);
  return reading;
}

void
sg_reading_unref (SgReading *reading)
{
  if (!g_atomic_ref_count_dec (&reading->ref_count))
    return;
  g_array_unref (reading->elements);
  g_array_unref (reading->relations);
  g_array_unref (reading->issues);
  g_array_unref (reading->readings);
  g_array_unref (reading->anchors);
  g_free (reading);
}

SgElement *
sg_reading_add_element (SgReading *reading, SgKind kind, SgRole role, double confidence)
{
  SgElement element = { .kind = kind, .role = role, .confidence = confidence, .label = -1, .image = -1 };

  g_array_append_val (reading->elements, element);
  return sg_reading_element (reading, reading->elements->len - 1);
}

SgPageReading *
sg_reading_add_page_reading (SgReading *reading, double weight)
{
  SgPageReading added = { weight, g_array_new (FALSE, FALSE, sizeof (SgReadMark)) };

  g_array_set_clear_func (added.marks, clear_read_mark);
  g_array_append_val (reading->readings, added);
  return &g_array_index (reading->readings, SgPageReading, reading->readings->len - 1);
}

static int
compare_strokes (const void *a, const void *b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;

  return (x > y) - (x < y);
}

void
sg_element_absorb_strokes (SgElement *into, const SgElement *from)
{
  guint all = into->n_strokes + from->n_strokes, n = 0;

  into->strokes = g_renew (guint, into->strokes, all);
  for (guint i = 0; i < from->n_strokes; i++)
    into->strokes[into->n_strokes + i] = from->strokes[i];
  if (all > 0)
    qsort (into->strokes, all, sizeof *into->strokes, compare_strokes);
  for (guint i = 0; i < all; i++)
    if (n == 0 || into->strokes[i] != into->strokes[n - 1])
      into->strokes[n++] = into->strokes[i];
  into->n_strokes = n;
}

guint
sg_reading_count_relations (const SgReading *reading, SgRelationKind kind)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    n += sg_reading_relation (reading, i)->kind == kind;
  return n;
}

void
sg_reading_add_relation (
  SgReading *reading, SgRelationKind kind, int a, int b, int via, SgPoint point, double confidence)
{
  SgRelation relation = { kind, a, b, via, point, confidence };

  g_array_append_val (reading->relations, relation);
}

void
sg_reading_add_issue (
  SgReading *reading, SgSeverity severity, int element, const char *code, const char *format, ...)
{
  SgIssue issue = { .severity = severity, .code = g_strdup (code), .element = element };
  va_list args;

  va_start (args, format);
  issue.message = g_strdup_vprintf (format, args);
  va_end (args);
  g_array_append_val (reading->issues, issue);
}

/* As by "%s%u", but that a page of hundreds of marks would notice. */
static char *
name_of (SgKind kind, guint number)
{
  char digits[12], *first = digits + sizeof digits - 1;

  *first = 0;
  for (; number > 0; number /= 10)
    *--first = '0' + number % 10;
  return g_strconcat (sg_kind_name (kind), first, NULL);
}

void
sg_reading_name_elements (SgReading *reading)
{
  guint count[SG_N_KINDS] = { 0 };

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      SgElement *element = sg_reading_element (reading, i);

      g_free (element->id);
      element->id = name_of (element->kind, ++count[element->kind]);
    }
}
