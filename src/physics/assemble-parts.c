/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From elements to parts: properties that labels give, straightened geometry, which marks move as one, and
 * the convex shapes they are made of. */
#include "physics/assemble-private.h"

#include "physics/material.h"
#include "vision/text.h"
#include "vision/upright.h"

/* Fixed lines become this thick on the side away from the drawing, so that nothing tunnels; page units. */
static const double ground_depth = 24;
/* A hand's level line is this far off at most. */
static const double level_slack = 4 * G_PI / 180;

/* -- Labels -- */

static void
take_material (SgProperties *said, const char *name)
{
  const SgMaterial *material = sg_material_find (name);

  if (!material)
    return;
  said->density = material->density;
  said->friction = material->friction;
  said->restitution = material->restitution;
}

static void
take_quantity (SgProperties *said, const SgQuantity *quantity)
{
  switch (quantity->kind)
    {
    case SG_QUANTITY_MASS:
      said->mass = quantity->value;
      break;
    case SG_QUANTITY_STIFFNESS:
      said->stiffness = quantity->value;
      break;
    case SG_QUANTITY_DAMPING:
      said->damping = quantity->value;
      break;
    case SG_QUANTITY_SPEED:
      said->speed = quantity->value;
      break;
    case SG_QUANTITY_FRICTION:
      said->friction = quantity->value;
      break;
    case SG_QUANTITY_RESTITUTION:
      said->restitution = quantity->value;
      break;
    case SG_QUANTITY_ANGLE:
      said->angle = quantity->value;
      break;
    case SG_QUANTITY_FORCE:
      said->force = quantity->value;
      break;
    case SG_QUANTITY_ANGULAR_SPEED:
      said->angular_speed = quantity->value;
      break;
    case SG_QUANTITY_MATERIAL:
      take_material (said, quantity->word);
      break;
    default:
      break;
    }
}

/* What the person set wins over what is written beside it. */
static void
take_correction (SgProperties *said, const SgCorrection *correction)
{
  double *const places[SG_N_PROPERTIES] = {
    [SG_PROPERTY_MASS] = &said->mass,
    [SG_PROPERTY_DENSITY] = &said->density,
    [SG_PROPERTY_FRICTION] = &said->friction,
    [SG_PROPERTY_RESTITUTION] = &said->restitution,
    [SG_PROPERTY_STIFFNESS] = &said->stiffness,
    [SG_PROPERTY_DAMPING] = &said->damping,
    [SG_PROPERTY_LENGTH] = &said->length,
    [SG_PROPERTY_SPEED] = &said->speed,
    [SG_PROPERTY_ANGULAR_SPEED] = &said->angular_speed,
    [SG_PROPERTY_FORCE] = &said->force,
  };

  if (sg_correction_get_material (correction))
    take_material (said, sg_correction_get_material (correction));
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    if (!isnan (sg_correction_get_property (correction, i)))
      *places[i] = sg_correction_get_property (correction, i);
}

void
sg_assembly_read_labels (SgAssembly *assembly)
{
  const SgReading *reading = assembly->reading;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    assembly->said[i] = (SgProperties){ NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *relation = sg_reading_relation (reading, i);
      SgQuantity quantity;

      if (relation->kind != SG_RELATION_LABELS || relation->a < 0)
        continue;
      const char *text = sg_reading_element (reading, relation->a)->geometry.text;
      if (!text || !sg_text_parse_quantity (text, &quantity))
        continue;
      if (quantity.kind == SG_QUANTITY_GRAVITY)
        assembly->gravity = quantity.value;
      else if (relation->b >= 0)
        take_quantity (&assembly->said[relation->b], &quantity);
    }
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (sg_reading_element (reading, i)->correction)
      take_correction (&assembly->said[i], sg_reading_element (reading, i)->correction);
}

/* -- Straightening -- */

static void
level_line (SgGeometry *g)
{
  SgPoint middle = sg_point_lerp (g->from, g->to, 0.5);
  double dx = fabs (g->to.x - g->from.x), dy = fabs (g->to.y - g->from.y);

  if (dy < dx * tan (level_slack / 2))
    g->from.y = g->to.y = middle.y;
  else if (dx < dy * tan (level_slack / 2))
    g->from.x = g->to.x = middle.x;
}

/* Turns `angle` by less than `slack` so that it is parallel or square to `to`. */
static gboolean
align (double *angle, double to, double slack)
{
  double off = remainder (*angle - to, G_PI / 2);

  if (fabs (off) > slack)
    return FALSE;
  *angle -= off;
  return TRUE;
}

/* A box on a ramp was meant to lie flat on it. */
static void
align_box (SgAssembly *assembly, SgGeometry *box)
{
  SgShape shape = sg_shape_box (box->center, box->width, box->height, box->angle);

  if (!align (&box->angle, 0, level_slack))
    for (guint i = 0; i < sg_reading_n_elements (assembly->reading); i++)
      {
        const SgElement *element = sg_reading_element (assembly->reading, i);
        const SgGeometry *g = &assembly->geometry[i];
        SgPoint away;

        if (element->kind != SG_KIND_LINE || element->role != SG_ROLE_FIXED)
          continue;
        SgShape line = sg_shape_rod (g->from, g->to, 0);
        double apart = sg_shape_separation (&shape, &line, &away);
        sg_shape_clear (&line);
        if (apart < 12 && align (&box->angle, sg_point_angle (g->from, g->to), 2 * level_slack))
          break;
      }
  sg_shape_clear (&shape);
}

/* Turns a polygon about its middle so that its lowest edge is level, where it nearly is. */
static void
level_polygon (SgGeometry *g)
{
  double lowest = -G_MAXDOUBLE, turn = 0;

  for (guint i = 0; i < g->n_points; i++)
    {
      SgPoint a = g->points[i], b = g->points[(i + 1) % g->n_points];
      double off = remainder (sg_point_angle (a, b), G_PI), middle = (a.y + b.y) / 2;

      if (sg_point_distance (a, b) > 10 && fabs (off) < level_slack && middle > lowest)
        {
          lowest = middle;
          turn = off;
        }
    }
  SgPoint center = sg_polygon_centroid (g->points, g->n_points);
  for (guint i = 0; i < g->n_points; i++)
    {
      SgPoint d = sg_point_sub (g->points[i], center);

      g->points[i] = SG_POINT (center.x + d.x * cos (turn) - d.y * sin (turn),
                               center.y + d.x * sin (turn) + d.y * cos (turn));
    }
}

void
sg_assembly_straighten (SgAssembly *assembly)
{
  const SgReading *reading = assembly->reading;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);

      sg_geometry_copy (&assembly->geometry[i], &element->geometry);
      sg_upright_geometry (&reading->pose, element->kind, &assembly->geometry[i]);
      if (element->kind == SG_KIND_LINE && element->role == SG_ROLE_FIXED)
        level_line (&assembly->geometry[i]);
    }
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      SgKind kind = sg_reading_element (reading, i)->kind;

      if (kind == SG_KIND_RECTANGLE)
        align_box (assembly, &assembly->geometry[i]);
      else if ((kind == SG_KIND_TRIANGLE || kind == SG_KIND_POLYGON) && assembly->geometry[i].n_points >= 3)
        level_polygon (&assembly->geometry[i]);
    }
}

/* -- Shapes -- */

/* +1 or -1: on which side of a fixed path its matter is, seen along it; the hatching's side, or else the side
 * away from most bodies. Positive is left as seen, walking from its first point. */
static double
matter_side (const SgAssembly *assembly, guint element, const SgPoint *path, guint n)
{
  const SgReading *reading = assembly->reading;
  double votes = 0;

  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *r = sg_reading_relation (reading, i);

      if (r->kind != SG_RELATION_ANCHORED || r->a != (int)element || r->via < 0)
        continue;
      SgKind sign = sg_reading_element (reading, r->via)->kind;
      const SgGeometry *g = &assembly->geometry[r->via];
      gboolean tick = sign == SG_KIND_LINE;
      SgPoint c = tick ? sg_point_lerp (g->from, g->to, 0.5) : g->center;
      SgPoint along = sg_point_sub (path[n - 1], path[0]);
      double side = sg_point_cross (along, sg_point_sub (c, path[0]));
      if ((tick || sign == SG_KIND_HATCHING) && (c.x != 0 || c.y != 0) && side != 0)
        return side > 0 ? -1 : 1;
    }
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *other = sg_reading_element (reading, i);
      SgPoint outline[48], along = sg_point_sub (path[n - 1], path[0]);
      guint m =
        sg_geometry_outline (other->kind, &assembly->geometry[i], outline, G_N_ELEMENTS (outline));

      if (other->role != SG_ROLE_BODY || m == 0)
        continue;
      double side =
        sg_point_cross (along, sg_point_sub (sg_rect_center (sg_points_bounds (outline, m)), path[0]));
      votes += side > 0 ? 1 : side < 0 ? -1
                                       : 0;
    }
  /* Without a vote the matter is below. */
  if (votes == 0)
    votes = path[n - 1].x >= path[0].x ? -1 : 1;
  return votes > 0 ? 1 : -1;
}

static void
add_slab (GArray *shapes, SgPoint a, SgPoint b, double side)
{
  double length = sg_point_distance (a, b);

  if (length < 1)
    return;
  /* To the left as seen: the direction turned counter-clockwise on a page whose y points down. */
  SgPoint normal = { (b.y - a.y) / length * side, -(b.x - a.x) / length * side };
  SgPoint center = sg_point_add (sg_point_lerp (a, b, 0.5), sg_point_scale (normal, ground_depth / 2));
  SgShape shape = sg_shape_box (center, length, ground_depth, sg_point_angle (a, b));

  g_array_append_val (shapes, shape);
}

static void
shape_path (SgAssembly *assembly, guint i, GArray *shapes)
{
  const SgElement *element = sg_reading_element (assembly->reading, i);
  const SgGeometry *g = &assembly->geometry[i];
  guint room = MAX (48, g->n_points), n;
  g_autofree SgPoint *points = g_new (SgPoint, room);
  g_autofree guint *keep = g_new (guint, room);

  n = sg_geometry_outline (element->kind, g, points, room);
  guint kept = sg_path_simplify (points, n, 1.5, keep);
  if (kept < 2)
    return;
  double side = matter_side (assembly, i, points, n), radius = MAX (2, element->line_width / 2);
  for (guint k = 0; k + 1 < kept; k++)
    {
      SgPoint a = points[keep[k]], b = points[keep[k + 1]];

      if (element->role == SG_ROLE_FIXED)
        add_slab (shapes, a, b, side);
      else if (sg_point_distance (a, b) >= 1)
        {
          SgShape rod = sg_shape_rod (a, b, radius);
          g_array_append_val (shapes, rod);
        }
    }
}

static void
shape_closed (SgAssembly *assembly, guint i, GArray *shapes)
{
  const SgElement *element = sg_reading_element (assembly->reading, i);
  const SgGeometry *g = &assembly->geometry[i];
  guint room = MAX (48, g->n_points);
  g_autofree SgPoint *points = g_new (SgPoint, room);
  guint n = sg_geometry_outline (element->kind, g, points, room);

  sg_shapes_from_outline (points, n, shapes);
}

void
sg_assembly_shape_element (SgAssembly *assembly, guint i, GArray *shapes)
{
  const SgElement *element = sg_reading_element (assembly->reading, i);
  const SgGeometry *g = &assembly->geometry[i];
  gboolean disc = element->kind == SG_KIND_CIRCLE ||
                  (element->kind == SG_KIND_ELLIPSE && g->radius_minor > 0.85 * g->radius);
  double radius = element->kind == SG_KIND_CIRCLE ? g->radius : (g->radius + g->radius_minor) / 2;
  guint first = shapes->len;
  SgShape shape;

  if (disc && radius >= 0.5)
    {
      shape = sg_shape_disc (g->center, radius);
      g_array_append_val (shapes, shape);
    }
  else if (element->kind == SG_KIND_RECTANGLE && g->width >= 1 && g->height >= 1)
    {
      shape = sg_shape_box (g->center, g->width, g->height, g->angle);
      g_array_append_val (shapes, shape);
    }
  else if (sg_kind_is_closed (element->kind))
    shape_closed (assembly, i, shapes);
  else
    shape_path (assembly, i, shapes);
  for (; first < shapes->len; first++)
    g_array_index (shapes, SgShape, first).element = i;
}

/* -- Parts -- */

static gboolean
is_matter (const SgElement *element)
{
  gboolean path = element->kind == SG_KIND_LINE || element->kind == SG_KIND_POLYLINE ||
                  element->kind == SG_KIND_CURVE || element->kind == SG_KIND_ARC;

  return (element->role == SG_ROLE_BODY || element->role == SG_ROLE_FIXED) &&
         (path || sg_kind_is_closed (element->kind));
}

static guint
leader (guint *joined, guint i)
{
  while (joined[i] != i)
    i = joined[i] = joined[joined[i]];
  return i;
}

static void
clear_part (gpointer data)
{
  SgPart *part = data;

  g_array_unref (part->elements);
  g_array_unref (part->shapes);
  g_free (part->name);
}

static guint
new_part (SgAssembly *assembly)
{
  SgPart part = { .parent = -1, .edge = -1, .root = -1 };

  part.elements = g_array_new (FALSE, FALSE, sizeof (guint));
  part.shapes = g_array_new (FALSE, FALSE, sizeof (SgShape));
  g_array_set_clear_func (part.shapes, (GDestroyNotify)sg_shape_clear);
  g_array_append_val (assembly->parts, part);
  return assembly->parts->len - 1;
}

/* The largest closed mark names a part, else its first. */
static void
choose_main (SgAssembly *assembly, SgPart *part)
{
  double best = 0;

  part->main = g_array_index (part->elements, guint, 0);
  for (guint i = 0; i < part->shapes->len; i++)
    {
      const SgShape *shape = sg_part_shape (part, i);
      double area = sg_shape_area (shape);

      if (sg_kind_is_closed (sg_reading_element (assembly->reading, shape->element)->kind) && area > best)
        {
          best = area;
          part->main = shape->element;
        }
    }
}

void
sg_assembly_find_parts (SgAssembly *assembly)
{
  const SgReading *reading = assembly->reading;
  guint n = sg_reading_n_elements (reading);
  g_autofree guint *joined = g_new (guint, n + 1);
  g_autofree int *part_of_leader = g_new (int, n + 1);

  assembly->parts = g_array_new (FALSE, FALSE, sizeof (SgPart));
  g_array_set_clear_func (assembly->parts, clear_part);
  for (guint i = 0; i < n; i++)
    {
      joined[i] = i;
      part_of_leader[i] = assembly->part_of[i] = -1;
    }
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *r = sg_reading_relation (reading, i);

      if (r->kind == SG_RELATION_WELD && r->a >= 0 && r->b >= 0 &&
          is_matter (sg_reading_element (reading, r->a)) && is_matter (sg_reading_element (reading, r->b)))
        joined[leader (joined, r->a)] = leader (joined, r->b);
    }
  for (guint i = 0; i < n; i++)
    {
      guint top = leader (joined, i);
      g_autoptr (GArray) shapes = NULL;

      if (!is_matter (sg_reading_element (reading, i)))
        continue;
      shapes = g_array_new (FALSE, FALSE, sizeof (SgShape));
      sg_assembly_shape_element (assembly, i, shapes);
      if (shapes->len == 0)
        continue;
      if (part_of_leader[top] < 0)
        part_of_leader[top] = new_part (assembly);
      SgPart *part = sg_assembly_part (assembly, part_of_leader[top]);
      assembly->part_of[i] = part_of_leader[top];
      g_array_append_val (part->elements, i);
      g_array_append_vals (part->shapes, shapes->data, shapes->len);
      part->fixed |= sg_reading_element (reading, i)->role == SG_ROLE_FIXED;
    }
  for (guint i = 0; i < assembly->parts->len; i++)
    choose_main (assembly, sg_assembly_part (assembly, i));
}
