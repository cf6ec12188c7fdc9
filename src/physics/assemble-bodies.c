/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts to bodies of the spec: names, geoms, joints of the tree, and constraints that close loops. */
#include "physics/assemble-private.h"

#include <string.h>

/* A wheel's faces stand out from those of the cart that it is drawn across, else the two flicker; m. */
static const double wheel_proud = 0.005;

void
sg_assembly_to_world (const SgAssembly *assembly, SgPoint p, double pos[3])
{
  const SgReading *reading = assembly->reading;

  pos[0] = (p.x - reading->origin.x) / reading->scale;
  pos[1] = 0;
  pos[2] = (reading->origin.y - p.y) / reading->scale;
}

void
sg_assembly_to_part (const SgAssembly *assembly, int part, SgPoint p, double pos[3])
{
  double frame[3] = { 0, 0, 0 };

  sg_assembly_to_world (assembly, p, pos);
  if (part >= 0)
    sg_assembly_to_world (assembly, sg_assembly_part (assembly, part)->center, frame);
  for (guint i = 0; i < 3; i++)
    pos[i] -= frame[i];
}

static SgBody *
body_of (const SgAssembly *assembly, int part)
{
  return part >= 0 ? sg_spec_find_body (assembly->spec, sg_assembly_part (assembly, part)->name) : NULL;
}

static gboolean
is_among (const GArray *sites, const char *name)
{
  for (guint i = 0; i < sites->len; i++)
    if (g_str_equal (g_array_index (sites, SgSite, i).name, name))
      return TRUE;
  return FALSE;
}

static gboolean
has_site (const SgSpec *spec, const char *name)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    if (is_among (g_array_index (spec->bodies, SgBody, i).sites, name))
      return TRUE;
  return is_among (spec->sites, name);
}

const char *
sg_assembly_add_site (SgAssembly *assembly, int part, const char *stem, SgPoint p)
{
  g_autofree char *name = NULL;
  double pos[3];

  sg_assembly_to_part (assembly, part, p, pos);
  name = g_strdup_printf ("%s_%s", stem, part >= 0 ? sg_assembly_part (assembly, part)->name : "world");
  for (guint n = 2; has_site (assembly->spec, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s_%s_%u", stem,
                              part >= 0 ? sg_assembly_part (assembly, part)->name : "world", n);
    }
  return sg_spec_add_site (assembly->spec, body_of (assembly, part), name, pos)->name;
}

/* Area that the same element's shapes have together: a label's mass is shared out by it. */
static double
element_area (const SgPart *part, guint element)
{
  double area = 0;

  for (guint i = 0; i < part->shapes->len; i++)
    if (sg_part_shape (part, i)->element == element)
      area += sg_shape_area (sg_part_shape (part, i));
  return area;
}

double
sg_assembly_shape_mass (const SgAssembly *assembly, const SgPart *part, const SgShape *shape)
{
  const SgProperties *said = &assembly->said[shape->element];
  double scale = assembly->reading->scale, area = sg_shape_area (shape);
  double density = isnan (said->density) ? sg_geom_default (SG_GEOM_BOX).density : said->density;

  if (!isnan (said->mass))
    return said->mass * area / element_area (part, shape->element);
  return MAX (1e-4, density * area / (scale * scale) * 2 * SG_ASSEMBLY_HALF_DEPTH);
}

double
sg_assembly_tree_mass (const SgAssembly *assembly, int root)
{
  double mass = 0;

  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const SgPart *part = sg_assembly_part (assembly, i);

      for (guint k = 0; !part->fixed && part->root == root && k < part->shapes->len; k++)
        mass += sg_assembly_shape_mass (assembly, part, sg_part_shape (part, k));
    }
  return mass;
}

gboolean
sg_assembly_is_around (const SgAssembly *assembly, guint element)
{
  for (guint i = 0; i < sg_reading_n_relations (assembly->reading); i++)
    {
      const SgRelation *r = sg_reading_relation (assembly->reading, i);

      if (r->kind == SG_RELATION_AROUND && r->b == (int)element)
        return TRUE;
    }
  return FALSE;
}

/* -- Names -- */

/* A disc that turns about its own middle. */
static gboolean
is_wheel (const SgAssembly *assembly, guint i)
{
  const SgPart *part = sg_assembly_part (assembly, i);

  if (part->edge < 0 || part->shapes->len != 1 || sg_part_shape (part, 0)->type != SG_SHAPE_DISC)
    return FALSE;
  const SgEdge *edge = sg_assembly_edge (assembly, part->edge);
  const SgShape *disc = sg_part_shape (part, 0);
  return !edge->slides &&
         sg_point_distance (assembly->at[edge->relation], disc->points[0]) < 0.35 * disc->radius;
}

static const char *
fixed_stem (const SgAssembly *assembly, const SgPart *part)
{
  const SgElement *element = sg_reading_element (assembly->reading, part->main);
  const SgShape *shape = sg_part_shape (part, 0);

  if (sg_kind_is_closed (element->kind))
    return element->kind == SG_KIND_TRIANGLE ? "support" : "base";
  if (element->kind != SG_KIND_LINE || shape->type != SG_SHAPE_BOX)
    return "track";
  double steep = fabs (remainder (shape->angle, G_PI));
  if (steep > G_PI * 75 / 180)
    return "wall";
  if (steep > G_PI * 8 / 180)
    return "ramp";
  return shape->points[0].y + shape->points[2].y > assembly->geometry[part->main].from.y * 2 ? "ground"
                                                                                             : "ceiling";
}

static const char *
stem_of (const SgAssembly *assembly, guint i)
{
  const SgPart *part = sg_assembly_part (assembly, i);

  if (part->fixed)
    return fixed_stem (assembly, part);
  if (sg_assembly_is_around (assembly, part->main))
    return "pulley";
  if (is_wheel (assembly, i))
    return "wheel";
  switch (sg_reading_element (assembly->reading, part->main)->kind)
    {
    case SG_KIND_CIRCLE:
      return "ball";
    case SG_KIND_ELLIPSE:
      return "ellipse";
    case SG_KIND_RECTANGLE:
      return "box";
    case SG_KIND_TRIANGLE:
      return "triangle";
    case SG_KIND_POLYGON:
      return "polygon";
    case SG_KIND_BLOB:
      return "blob";
    default:
      return "rod";
    }
}

void
sg_assembly_name_parts (SgAssembly *assembly)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < assembly->parts->len; i++)
    {
      const char *stem = stem_of (assembly, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, stem)) + 1;

      g_hash_table_insert (counts, (char *)stem, GUINT_TO_POINTER (n));
      sg_assembly_part (assembly, i)->name = g_strdup_printf ("%s%u", stem, n);
    }
}

/* -- Geoms -- */

static void
turn_box (SgGeom *geom, double angle)
{
  /* Counter-clockwise as seen is a negative turn about y. */
  geom->quat[0] = cos (angle / 2);
  geom->quat[1] = 0;
  geom->quat[2] = -sin (angle / 2);
  geom->quat[3] = 0;
}

/* An axle along y: a wheel looks and rolls as one. */
static SgGeom
disc_on_axle (const double pos[3], double radius)
{
  SgGeom geom = sg_geom_default (SG_GEOM_CYLINDER);

  geom.size[0] = radius;
  geom.has_fromto = TRUE;
  memcpy (geom.fromto, pos, 3 * sizeof *pos);
  memcpy (geom.fromto + 3, pos, 3 * sizeof *pos);
  geom.fromto[1] = -SG_ASSEMBLY_HALF_DEPTH - wheel_proud;
  geom.fromto[4] = SG_ASSEMBLY_HALF_DEPTH + wheel_proud;
  return geom;
}

static SgGeom
geom_of_disc (const SgAssembly *assembly, guint i, const SgShape *shape)
{
  double radius = shape->radius / assembly->reading->scale, pos[3];

  sg_assembly_to_part (assembly, i, shape->points[0], pos);
  if (is_wheel (assembly, i))
    return disc_on_axle (pos, radius);
  SgGeom geom = sg_geom_default (SG_GEOM_SPHERE);
  geom.size[0] = radius;
  memcpy (geom.pos, pos, sizeof geom.pos);
  return geom;
}

static SgGeom
geom_of_rod (const SgAssembly *assembly, guint i, const SgShape *shape)
{
  SgGeom geom = sg_geom_default (SG_GEOM_CAPSULE);

  geom.size[0] = shape->radius / assembly->reading->scale;
  geom.has_fromto = TRUE;
  sg_assembly_to_part (assembly, i, shape->points[0], geom.fromto);
  sg_assembly_to_part (assembly, i, shape->points[1], geom.fromto + 3);
  return geom;
}

static SgGeom
geom_of_box (const SgAssembly *assembly, guint i, const SgShape *shape)
{
  double scale = assembly->reading->scale;
  SgGeom geom = sg_geom_default (SG_GEOM_BOX);

  geom.size[0] = shape->width / scale / 2;
  geom.size[1] = SG_ASSEMBLY_HALF_DEPTH;
  geom.size[2] = shape->height / scale / 2;
  sg_assembly_to_part (assembly, i, sg_shape_center (shape), geom.pos);
  if (shape->angle != 0)
    turn_box (&geom, shape->angle);
  return geom;
}

static SgGeom
geom_of_polygon (const SgAssembly *assembly, guint i, const SgShape *shape)
{
  SgPoint center = sg_shape_center (shape);
  SgGeom geom = sg_geom_default (SG_GEOM_PRISM);

  geom.size[1] = SG_ASSEMBLY_HALF_DEPTH;
  sg_assembly_to_part (assembly, i, center, geom.pos);
  geom.n_outline = shape->n;
  geom.outline = g_new (double, 2 * shape->n);
  for (guint k = 0; k < shape->n; k++)
    {
      geom.outline[2 * k] = (shape->points[k].x - center.x) / assembly->reading->scale;
      geom.outline[2 * k + 1] = (center.y - shape->points[k].y) / assembly->reading->scale;
    }
  return geom;
}

static void
color_geom (const SgAssembly *assembly, const SgPart *part, const SgShape *shape, SgGeom *geom)
{
  static const float fixed[4] = { 0.52f, 0.55f, 0.58f, 1 };
  /* Bodies are blue wherever they are shown; the shades tell neighbours apart. */
  static const float colors[][4] = {
    { 0.30f, 0.55f, 0.85f, 1 },
    { 0.47f, 0.72f, 0.93f, 1 },
    { 0.24f, 0.42f, 0.70f, 1 },
    { 0.45f, 0.55f, 0.88f, 1 },
    { 0.33f, 0.68f, 0.80f, 1 },
  };
  guint body = part - (const SgPart *)assembly->parts->data;

  memcpy (geom->rgba, part->fixed ? fixed : colors[body % G_N_ELEMENTS (colors)], sizeof geom->rgba);
}

static void
give_properties (const SgAssembly *assembly, const SgPart *part, const SgShape *shape, SgGeom *geom)
{
  const SgProperties *said = &assembly->said[shape->element];

  if (!part->fixed)
    geom->mass = sg_assembly_shape_mass (assembly, part, shape);
  if (!isnan (said->friction))
    {
      geom->slippery = said->friction < geom->friction[0];
      geom->friction[0] = said->friction;
    }
  geom->restitution = said->restitution;
  color_geom (assembly, part, shape, geom);
}

static void
add_geoms (SgAssembly *assembly, guint i, SgBody *body)
{
  const SgPart *part = sg_assembly_part (assembly, i);

  for (guint k = 0; k < part->shapes->len; k++)
    {
      const SgShape *shape = sg_part_shape (part, k);
      SgGeom geom;

      switch (shape->type)
        {
        case SG_SHAPE_DISC:
          geom = geom_of_disc (assembly, i, shape);
          break;
        case SG_SHAPE_ROD:
          geom = geom_of_rod (assembly, i, shape);
          break;
        case SG_SHAPE_BOX:
          geom = geom_of_box (assembly, i, shape);
          break;
        default:
          geom = geom_of_polygon (assembly, i, shape);
          break;
        }
      give_properties (assembly, part, shape, &geom);
      geom.element = shape->element;
      if (part->shapes->len == 1)
        geom.name = g_strdup (part->name);
      sg_spec_add_geom (assembly->spec, body, geom);
    }
}

static void
add_body (SgAssembly *assembly, guint i)
{
  const SgPart *part = sg_assembly_part (assembly, i);
  const char *parent = part->parent >= 0 ? sg_assembly_part (assembly, part->parent)->name : "world";
  double pos[3];

  sg_assembly_to_part (assembly, part->parent, part->center, pos);
  SgBody *body = sg_spec_add_body (assembly->spec, part->name, parent, pos);
  body->element = part->main;
  add_geoms (assembly, i, body);
}

void
sg_assembly_add_bodies (SgAssembly *assembly)
{
  for (guint i = 0; i < assembly->parts->len; i++)
    if (sg_assembly_part (assembly, i)->fixed)
      add_body (assembly, i);
  for (guint i = 0; i < assembly->order->len; i++)
    add_body (assembly, g_array_index (assembly->order, guint, i));
}

/* -- Joints -- */

static void
add_slide (SgAssembly *assembly, guint i, const SgEdge *edge)
{
  const SgRelation *r = sg_reading_relation (assembly->reading, edge->relation);
  const SgGeometry *rail = r->via >= 0 ? &assembly->geometry[r->via] : NULL;
  SgPoint way = rail ? sg_point_sub (rail->to, rail->from) : SG_POINT (1, 0);
  double length = sg_point_norm (way);
  SgJoint joint = sg_joint_default (SG_JOINT_SLIDE);

  joint.element = r->via;
  joint.name = g_strdup_printf ("slide_%s", sg_assembly_part (assembly, i)->name);
  if (length > 0)
    {
      joint.axis[0] = way.x / length;
      joint.axis[2] = -way.y / length;
    }
  sg_spec_add_joint (assembly->spec, body_of (assembly, i), joint);
}

static void
add_hinge (SgAssembly *assembly, guint i, const SgEdge *edge)
{
  const SgPart *part = sg_assembly_part (assembly, i);
  int pin = sg_reading_relation (assembly->reading, edge->relation)->via;
  SgJoint joint = sg_joint_default (SG_JOINT_HINGE);

  joint.name = g_strdup_printf (
    "pin_%s_%s", part->name, part->parent >= 0 ? sg_assembly_part (assembly, part->parent)->name : "world");
  joint.element = pin;
  sg_assembly_to_part (assembly, i, assembly->at[edge->relation], joint.pos);
  if (pin >= 0 && !isnan (assembly->said[pin].damping))
    joint.damping = assembly->said[pin].damping;
  sg_spec_add_joint (assembly->spec, body_of (assembly, i), joint);
}

static void
close_loop (SgAssembly *assembly, const SgEdge *edge)
{
  SgPoint at = assembly->at[edge->relation];
  g_autofree char *a = g_strdup (sg_assembly_add_site (assembly, edge->a, "pin", at));
  g_autofree char *b = g_strdup (sg_assembly_add_site (assembly, edge->b, "pin", at));

  sg_spec_add_equality (assembly->spec, SG_EQUALITY_CONNECT, NULL, a, b);
}

void
sg_assembly_add_joints (SgAssembly *assembly)
{
  for (guint k = 0; k < assembly->order->len; k++)
    {
      guint i = g_array_index (assembly->order, guint, k);
      const SgPart *part = sg_assembly_part (assembly, i);

      if (part->edge < 0)
        sg_spec_add_planar_joints (assembly->spec, body_of (assembly, i));
      else if (sg_assembly_edge (assembly, part->edge)->slides)
        add_slide (assembly, i, sg_assembly_edge (assembly, part->edge));
      else
        add_hinge (assembly, i, sg_assembly_edge (assembly, part->edge));
    }
  for (guint i = 0; i < assembly->edges->len; i++)
    if (!sg_assembly_edge (assembly, i)->in_tree && !sg_assembly_edge (assembly, i)->slides)
      close_loop (assembly, sg_assembly_edge (assembly, i));
}
