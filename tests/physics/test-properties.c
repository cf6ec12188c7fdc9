/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the words and numbers beside a mark do to it, and what it has where none stand there: the last row of
 * the notation and its defaults. */
#include "physics/assemble.h"
#include "physics/material.h"
#include "tests/vision/drawn.h"
#include "vision/relations.h"

typedef struct
{
  const char *name;
  const char *label; /* at (x, y); NULL: none */
  double x, y;
  void (*draw) (SgReading *reading);
  double (*measure) (const SgSpec *spec);
  double expected;
} Property;

/* -- What is drawn -- */

static void
draw_ball (SgReading *reading)
{
  drawn_hatched (reading, 100, 500, 700, 500, 6);
  drawn_circle (reading, 400, 300, 50);
}

static void
draw_block (SgReading *reading)
{
  drawn_hatched (reading, 100, 500, 700, 500, 6);
  drawn_box (reading, 400, 470, 100, 60);
}

static void
draw_spring_and_block (SgReading *reading)
{
  drawn_hatched (reading, 320, 100, 480, 100, -6);
  drawn_spring (reading, 400, 100, 400, 200);
  drawn_box (reading, 400, 230, 100, 60);
}

static void
draw_damper_and_block (SgReading *reading)
{
  drawn_hatched (reading, 320, 100, 480, 100, -6);
  drawn_mark (reading, SG_KIND_DAMPER, (SgGeometry){ .from = { 400, 100 }, .to = { 400, 200 } });
  drawn_box (reading, 400, 230, 100, 60);
}

static void
draw_pushed_block (SgReading *reading)
{
  draw_block (reading);
  drawn_arrow (reading, 450, 470, 570, 470);
}

static void
draw_wheel (SgReading *reading)
{
  drawn_circle (reading, 400, 300, 60);
  drawn_circle (reading, 400, 300, 6);
  drawn_turn_arrow (reading, 400, 300, 85, -4);
}

/* -- What is asked -- */

static const SgBody *
mover (const SgSpec *spec)
{
  for (guint i = 0; i < spec->bodies->len; i++)
    if (g_array_index (spec->bodies, SgBody, i).joints->len > 0)
      return &g_array_index (spec->bodies, SgBody, i);
  g_assert_not_reached ();
}

static const SgGeom *
geom (const SgSpec *spec)
{
  return &g_array_index (mover (spec)->geoms, SgGeom, 0);
}

static const SgTendon *
tendon (const SgSpec *spec)
{
  g_assert_cmpuint (spec->tendons->len, ==, 1);
  return &g_array_index (spec->tendons, SgTendon, 0);
}

static double
target (const SgSpec *spec)
{
  g_assert_cmpuint (spec->actuators->len, ==, 1);
  return g_array_index (spec->actuators, SgActuator, 0).target;
}

static double
mass (const SgSpec *spec)
{
  return sg_body_mass (mover (spec));
}

static double
friction (const SgSpec *spec)
{
  return geom (spec)->friction[0];
}

/* MuJoCo takes the larger friction of a pair: a low one must win where it is written. */
static double
wins (const SgSpec *spec)
{
  return geom (spec)->slippery;
}

static double
restitution (const SgSpec *spec)
{
  return geom (spec)->restitution;
}

static double
stiffness (const SgSpec *spec)
{
  return tendon (spec)->stiffness;
}

static double
damping (const SgSpec *spec)
{
  return tendon (spec)->damping;
}

static double
speed (const SgSpec *spec)
{
  return g_array_index (mover (spec)->joints, SgJoint, 0).initial_velocity;
}

static double
gravity (const SgSpec *spec)
{
  return spec->gravity[2];
}

static double
width (const SgSpec *spec)
{
  return 2 * geom (spec)->size[0];
}

/* kg; of the block's wood: 500 kg/m3, 0.1 m deep. */
#define BLOCK_MASS 30.0

static const Property properties[] = {
  { "mass", "2 kg", 460, 300, draw_ball, mass, 2 },
  { "mass/equals", "m=2", 460, 300, draw_ball, mass, 2 },
  { "mass/grams", "300 g", 460, 300, draw_ball, mass, 0.3 },
  { "mass/none", NULL, 0, 0, draw_block, mass, BLOCK_MASS },
  { "friction", "mu=0.3", 460, 440, draw_block, friction, 0.3 },
  { "friction/wins", "mu=0.3", 460, 440, draw_block, wins, TRUE },
  { "friction/letter", "µ = 0.9", 460, 440, draw_block, friction, 0.9 },
  { "friction/none", NULL, 0, 0, draw_block, friction, 0.6 },
  { "restitution", "e=0.8", 460, 300, draw_ball, restitution, 0.8 },
  { "stiffness", "k=50 N/m", 425, 150, draw_spring_and_block, stiffness, 50 },
  { "stiffness/bare", "k=50", 425, 150, draw_spring_and_block, stiffness, 50 },
  /* It sags by a tenth of its length. */
  { "stiffness/none", NULL, 0, 0, draw_spring_and_block, stiffness, BLOCK_MASS * 9.81 / 0.1 },
  { "damping", "c = 7 N s/m", 425, 150, draw_damper_and_block, damping, 7 },
  { "force", "5 N", 500, 450, draw_pushed_block, target, 5 },
  { "force/none", NULL, 0, 0, draw_pushed_block, target, 12 },
  { "speed", "v=2", 500, 450, draw_pushed_block, speed, 2 },
  { "speed/none", "v", 500, 450, draw_pushed_block, speed, 1.2 },
  { "turns", "10 rpm", 500, 300, draw_wheel, target, G_PI / 3 },
  { "gravity", "g = 1.62", 600, 200, draw_ball, gravity, -1.62 },
  { "length", "2 m", 600, 470, draw_block, width, 100 * 2.0 / 600 },
};

static void
test_property (gconstpointer data)
{
  const Property *property = data;
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  g_autoptr (SgReading) reading = sg_reading_new ();

  property->draw (reading);
  if (property->label)
    sg_page_builder_take_label (
      builder, sg_label_new (SG_POINT (property->x, property->y), property->label, NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);

  sg_relations_find (reading, page, NULL);
  g_autoptr (SgSpec) spec = sg_assemble (reading);
  g_assert_cmpfloat_with_epsilon (property->measure (spec), property->expected,
                                  1e-6 + 1e-3 * fabs (property->expected));
}

static void
test_material (gconstpointer data)
{
  const char *name = data;
  const SgMaterial *material = sg_material_find (name);
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  g_autoptr (SgReading) reading = sg_reading_new ();

  g_assert_nonnull (material);
  draw_block (reading);
  sg_page_builder_take_label (builder, sg_label_new (SG_POINT (460, 440), name, NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);

  sg_relations_find (reading, page, NULL);
  g_autoptr (SgSpec) spec = sg_assemble (reading);
  g_assert_cmpfloat (friction (spec), ==, material->friction);
  g_assert_cmpfloat_with_epsilon (mass (spec), BLOCK_MASS / 500 * material->density, 1e-6);
}

int
main (int argc, char **argv)
{
  static const char *const materials[] = { "ice", "rubber", "steel" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      g_autofree char *path = g_strdup_printf ("/physics/properties/%s", properties[i].name);

      g_test_add_data_func (path, &properties[i], test_property);
    }
  for (guint i = 0; i < G_N_ELEMENTS (materials); i++)
    {
      g_autofree char *path = g_strdup_printf ("/physics/properties/material/%s", materials[i]);

      g_test_add_data_func (path, materials[i], test_material);
    }
  return g_test_run ();
}
