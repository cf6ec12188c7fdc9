/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading as JSON: the members and their order are the contract's; angles become degrees here and
 * nowhere else. */
#include "vision/reading-json.h"

#include "base/json.h"

static const char *const severity_names[] = { "info", "warning", "error" };

static double
degrees (double radians)
{
  return radians * 180 / G_PI;
}

static json_t *
points_to_json (const SgPoint *points, guint n)
{
  json_t *array = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (array, sg_json_point (points[i]));
  return array;
}

static void
set_number (json_t *object, const char *name, double value)
{
  json_object_set_new (object, name, sg_json_number (value, 3));
}

static void
set_pair (json_t *object, const char *name, double a, double b)
{
  json_object_set_new (object, name, sg_json_point (SG_POINT (a, b)));
}

static void
set_ends (json_t *object, const SgGeometry *g)
{
  json_object_set_new (object, "from", sg_json_point (g->from));
  json_object_set_new (object, "to", sg_json_point (g->to));
}

static void
set_round (json_t *object, SgKind kind, const SgGeometry *g)
{
  json_object_set_new (object, "center", sg_json_point (g->center));
  if (kind == SG_KIND_ELLIPSE)
    {
      set_pair (object, "radii", g->radius, g->radius_minor);
      set_number (object, "angle", degrees (g->angle));
      return;
    }
  set_number (object, "radius", g->radius);
  if (kind == SG_KIND_ARC || kind == SG_KIND_TURN_ARROW)
    {
      set_number (object, "start", degrees (g->start));
      set_number (object, "sweep", degrees (g->sweep));
    }
}

static json_t *
geometry_to_json (SgKind kind, const SgGeometry *g)
{
  json_t *object = json_object ();
  SgPoint ends[2] = { g->from, g->to };

  switch (kind)
    {
    case SG_KIND_LINE:
      json_object_set_new (object, "points", points_to_json (ends, 2));
      break;
    case SG_KIND_CIRCLE:
    case SG_KIND_ELLIPSE:
    case SG_KIND_ARC:
    case SG_KIND_TURN_ARROW:
      set_round (object, kind, g);
      break;
    case SG_KIND_RECTANGLE:
      json_object_set_new (object, "center", sg_json_point (g->center));
      set_pair (object, "size", g->width, g->height);
      set_number (object, "angle", degrees (g->angle));
      break;
    case SG_KIND_SPRING:
      set_ends (object, g);
      set_number (object, "turns", g->turns);
      break;
    case SG_KIND_DAMPER:
    case SG_KIND_ARROW:
    case SG_KIND_HATCHING:
      set_ends (object, g);
      break;
    case SG_KIND_CROSS:
      json_object_set_new (object, "center", sg_json_point (g->center));
      set_number (object, "size", g->width);
      break;
    case SG_KIND_TEXT:
      json_object_set_new (object, "box",
                           json_pack ("[o,o,o,o]", sg_json_number (g->from.x, 3),
                                      sg_json_number (g->from.y, 3), sg_json_number (g->width, 3),
                                      sg_json_number (g->height, 3)));
      json_object_set_new (object, "text", json_string (g->text ? g->text : ""));
      break;
    default:
      json_object_set_new (object, "points", points_to_json (g->points, g->n_points));
      break;
    }
  return object;
}

static json_t *
strokes_to_json (const guint *strokes, guint n)
{
  json_t *array = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (array, json_integer (strokes[i]));
  return array;
}

static json_t *
element_to_json (const SgElement *element)
{
  json_t *object = json_object (), *alternatives = json_array ();

  for (guint i = 0; i < element->n_alternatives; i++)
    {
      const SgAlternative *alternative = &element->alternatives[i];
      json_t *item = json_object ();

      json_object_set_new (item, "kind", json_string (sg_kind_name (alternative->kind)));
      json_object_set_new (item, "confidence", sg_json_number (alternative->confidence, 3));
      json_object_set_new (item, "geometry", geometry_to_json (alternative->kind, &alternative->geometry));
      json_array_append_new (alternatives, item);
    }
  json_object_set_new (object, "id", json_string (element->id ? element->id : ""));
  json_object_set_new (object, "kind", json_string (sg_kind_name (element->kind)));
  json_object_set_new (object, "role", json_string (sg_role_name (element->role)));
  json_object_set_new (object, "confidence", sg_json_number (element->confidence, 3));
  if (element->correction)
    json_object_set_new (object, "corrected", json_true ());
  json_object_set_new (object, "strokes", strokes_to_json (element->strokes, element->n_strokes));
  json_object_set_new (object, "geometry", geometry_to_json (element->kind, &element->geometry));
  json_object_set_new (object, "alternatives", alternatives);
  return object;
}

static json_t *
reference_to_json (const SgReading *reading, int index)
{
  return json_string (index < 0 ? "world" : sg_reading_element (reading, index)->id);
}

static json_t *
relation_to_json (const SgReading *reading, const SgRelation *relation)
{
  json_t *object = json_object (), *elements = json_array ();

  json_array_append_new (elements, reference_to_json (reading, relation->a));
  json_array_append_new (elements, reference_to_json (reading, relation->b));
  json_object_set_new (object, "kind", json_string (sg_relation_name (relation->kind)));
  json_object_set_new (object, "elements", elements);
  if (relation->via >= 0)
    json_object_set_new (object, "via", reference_to_json (reading, relation->via));
  json_object_set_new (object, "point", sg_json_point (relation->point));
  json_object_set_new (object, "confidence", sg_json_number (relation->confidence, 3));
  return object;
}

static gboolean
share_stroke (const SgElement *element, const SgReadMark *mark)
{
  for (guint i = 0; i < element->n_strokes; i++)
    for (guint k = 0; k < mark->n_strokes; k++)
      if (element->strokes[i] == mark->strokes[k])
        return TRUE;
  return FALSE;
}

/* The ids of the elements in whose place the marks stand. */
static json_t *
replaced_to_json (const SgReading *reading, const GArray *marks)
{
  json_t *array = json_array ();

  for (guint i = 0; marks->len > 0 && i < sg_reading_n_elements (reading); i++)
    for (guint k = 0; k < marks->len; k++)
      if (share_stroke (sg_reading_element (reading, i), &g_array_index (marks, SgReadMark, k)))
        {
          json_array_append_new (array, reference_to_json (reading, i));
          break;
        }
  return array;
}

static json_t *
page_reading_to_json (const SgReading *reading, const SgPageReading *one)
{
  json_t *object = json_object (), *marks = json_array ();

  for (guint i = 0; i < one->marks->len; i++)
    {
      const SgReadMark *mark = &g_array_index (one->marks, SgReadMark, i);
      json_t *item = json_object ();

      json_object_set_new (item, "kind", json_string (sg_kind_name (mark->kind)));
      json_object_set_new (item, "confidence", sg_json_number (mark->confidence, 3));
      json_object_set_new (item, "strokes", strokes_to_json (mark->strokes, mark->n_strokes));
      json_array_append_new (marks, item);
    }
  json_object_set_new (object, "weight", sg_json_number (one->weight, 3));
  json_object_set_new (object, "instead_of", replaced_to_json (reading, one->marks));
  json_object_set_new (object, "marks", marks);
  return object;
}

static json_t *
issue_to_json (const SgReading *reading, const SgIssue *issue)
{
  json_t *object = json_object (), *elements = json_array ();

  if (issue->element >= 0)
    json_array_append_new (elements, reference_to_json (reading, issue->element));
  json_object_set_new (object, "severity", json_string (severity_names[issue->severity]));
  json_object_set_new (object, "code", json_string (issue->code));
  json_object_set_new (object, "message", json_string (issue->message));
  json_object_set_new (object, "elements", elements);
  return object;
}

json_t *
sg_reading_to_json (const SgReading *reading)
{
  json_t *object = json_object ();
  json_t *elements = json_array (), *relations = json_array (), *issues = json_array (),
         *readings = json_array ();

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    json_array_append_new (elements, element_to_json (sg_reading_element (reading, i)));
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    json_array_append_new (relations, relation_to_json (reading, sg_reading_relation (reading, i)));
  for (guint i = 0; i < reading->issues->len; i++)
    json_array_append_new (issues, issue_to_json (reading, &g_array_index (reading->issues, SgIssue, i)));
  for (guint i = 0; i < reading->readings->len; i++)
    json_array_append_new (
      readings, page_reading_to_json (reading, &g_array_index (reading->readings, SgPageReading, i)));
  json_object_set_new (object, "scale", sg_json_number (reading->scale, 6));
  json_object_set_new (object, "origin", sg_json_point (reading->origin));
  if (reading->pose.turned)
    json_object_set_new (object, "tilt",
                         sg_json_number (degrees (sg_pose_tilt (&reading->pose, reading->origin)), 3));
  if (reading->partial)
    json_object_set_new (object, "partial", json_true ());
  json_object_set_new (object, "elements", elements);
  json_object_set_new (object, "relations", relations);
  json_object_set_new (object, "issues", issues);
  json_object_set_new (object, "readings", readings);
  return object;
}
