/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One run watches every body for all that may be told of it; then each motif looks whether it is there. */
#include "config.h"

#include "sim/explain.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "sim/run.h"

#define SECONDS 10
#define RATE 200         /* looks a simulated second */
#define LEAST_SLOPE 0.05 /* rad */
#define MOST_SLOPE 1.4
#define LEAST_SLIDE 0.15 /* s on a slope that tell an acceleration */
#define PULL_FROM 0.1    /* s: between these two an Atwood's acceleration is taken */
#define PULL_TO 0.3
#define LAST_SECONDS 2.0 /* of which a motor's mean speed is taken */

/* Times at which a value rises through zero. */
typedef struct
{
  double before;
  double first, last; /* s */
  guint n;
} Crossings;

typedef struct
{
  Crossings swing; /* of the part's centre of mass about its pin, sideways */
  Crossings bob;   /* of its velocity along its spring */
  double widest;   /* rad from hanging */
  double contact;  /* s: its first; NAN */
  double z_contact;
  double v_from, v_to;                 /* m/s upwards at PULL_FROM and PULL_TO */
  double slope, friction;              /* rad; of what it is on */
  double slide_from, slide_to, v0, v1; /* s, m/s */
  gboolean off_slope;                  /* the slide is over */
  double axis[3];                      /* of its spring, unit */
} BodyWatch;

typedef struct
{
  const SgSpec *spec;
  const mjModel *m;
  mjData *start;     /* at the start */
  BodyWatch *bodies; /* nbody */
  double *turned;    /* njnt: sum of speeds in the last seconds */
  guint n_turned;
  double time, kinetic; /* last; greatest */
  double g, up[3];
  GStringChunk *figures; /* as they are said */
  SgExplanation *explanation;
} Watch;

/* -- Measuring -- */

static double
dot3 (const double *a, const double *b)
{
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void
cross_zero (Crossings *crossings, double before_time, double time, double value)
{
  if (crossings->before < 0 && value >= 0 && time > 0)
    {
      double at = before_time + (time - before_time) * crossings->before / (crossings->before - value);

      if (crossings->n++ == 0)
        crossings->first = at;
      crossings->last = at;
    }
  crossings->before = value;
}

static double
period_of (const Crossings *crossings)
{
  return crossings->n >= 2 ? (crossings->last - crossings->first) / (crossings->n - 1) : NAN;
}

static int
only_hinge (const mjModel *m, int body)
{
  int joint = m->body_jntadr[body];

  return m->body_jntnum[body] == 1 && m->jnt_type[joint] == mjJNT_HINGE ? joint : -1;
}

/* From the pin to the centre of mass of all that hangs on it, without what is along the pin. */
static void
arm_of (const mjModel *m, const mjData *d, int body, int joint, double arm[3])
{
  const double *axis = d->xaxis + 3 * joint;

  for (int i = 0; i < 3; i++)
    arm[i] = d->subtree_com[3 * body + i] - d->xanchor[3 * joint + i];
  double along = dot3 (arm, axis);
  for (int i = 0; i < 3; i++)
    arm[i] -= along * axis[i];
}

static void
watch_swing (Watch *watch, const mjData *d, int body, BodyWatch *one)
{
  int joint = only_hinge (watch->m, body);
  double arm[3], side[3];

  if (joint < 0)
    return;
  arm_of (watch->m, d, body, joint, arm);
  const double *axis = d->xaxis + 3 * joint;
  side[0] = axis[1] * watch->up[2] - axis[2] * watch->up[1];
  side[1] = axis[2] * watch->up[0] - axis[0] * watch->up[2];
  side[2] = axis[0] * watch->up[1] - axis[1] * watch->up[0];
  cross_zero (&one->swing, watch->time, d->time, dot3 (arm, side));
  one->widest = MAX (one->widest, atan2 (fabs (dot3 (arm, side)), -dot3 (arm, watch->up)));
}

/* Whether the contact is on a side of the ground and not at an edge of it, over which a body tips. */
static gboolean
is_on_side (const Watch *watch, const mjData *d, const mjContact *contact, int ground)
{
  const double *axes = d->geom_xmat + 9 * ground;
  double most = 0;

  if (watch->m->geom_type[ground] != mjGEOM_BOX)
    return TRUE;
  for (int i = 0; i < 3; i++)
    most = MAX (most, fabs (dot3 (contact->frame, (const double[]){ axes[i], axes[3 + i], axes[6 + i] })));
  return most > cos (LEAST_SLOPE);
}

static void
watch_slide (
  Watch *watch, const mjData *d, const mjContact *contact, int ground, BodyWatch *one, double speed)
{
  double slope = acos (CLAMP (fabs (dot3 (contact->frame, watch->up)), 0, 1));

  if (slope < LEAST_SLOPE || slope > MOST_SLOPE || one->off_slope || !is_on_side (watch, d, contact, ground))
    {
      one->off_slope = one->off_slope || one->slide_to > one->slide_from;
      return;
    }
  one->slope = slope;
  one->friction = contact->friction[0];
  if (isnan (one->slide_from))
    {
      one->slide_from = d->time;
      one->v0 = speed;
    }
  one->slide_to = d->time;
  one->v1 = speed;
}

static void
watch_contacts (Watch *watch, const mjData *d, const double *speeds)
{
  for (int i = 0; i < d->ncon; i++)
    for (int side = 0; side < 2; side++)
      {
        int geom = d->contact[i].geom[side], other = d->contact[i].geom[1 - side];
        int body = geom >= 0 ? watch->m->geom_bodyid[geom] : 0;
        BodyWatch *one = &watch->bodies[body];

        if (body == 0 || other < 0)
          continue;
        if (isnan (one->contact))
          {
            one->contact = d->time;
            one->z_contact = dot3 (d->xipos + 3 * body, watch->up);
          }
        if (watch->m->body_weldid[watch->m->geom_bodyid[other]] == 0)
          watch_slide (watch, d, &d->contact[i], other, one, speeds[body]);
      }
}

static gboolean
look (const mjData *d, guint64 steps, gpointer data, GError **error)
{
  Watch *watch = data;
  const mjModel *m = watch->m;
  g_autofree double *speeds = g_new0 (double, m->nbody);

  for (int body = 1; body < m->nbody; body++)
    {
      BodyWatch *one = &watch->bodies[body];
      double velocity[6];

      mj_objectVelocity (m, d, mjOBJ_BODY, body, velocity, 0);
      speeds[body] = sqrt (dot3 (velocity + 3, velocity + 3));
      watch_swing (watch, d, body, one);
      cross_zero (&one->bob, watch->time, d->time, dot3 (velocity + 3, one->axis));
      if (d->time <= PULL_FROM)
        one->v_from = dot3 (velocity + 3, watch->up);
      if (d->time <= PULL_TO)
        one->v_to = dot3 (velocity + 3, watch->up);
    }
  watch_contacts (watch, d, speeds);
  for (int joint = 0; joint < m->njnt && d->time > SECONDS - LAST_SECONDS; joint++)
    watch->turned[joint] += d->qvel[m->jnt_dofadr[joint]];
  watch->n_turned += d->time > SECONDS - LAST_SECONDS;
  watch->kinetic = MAX (watch->kinetic, d->energy[1]);
  watch->time = d->time;
  return TRUE;
}

/* -- Telling -- */

static void G_GNUC_PRINTF (2, 3)
  say (Watch *watch, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (watch->explanation->lines, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Lives as long as the watch. */
static const char *
said (Watch *watch, double value, const char *unit)
{
  g_autofree char *text = sg_units_say (value, unit);

  return g_string_chunk_insert (watch->figures, text);
}

static void
note (Watch *watch, const char *what, const char *body, double expected, double measured)
{
  SgExplainedFigure figure = { g_strdup (what), g_strdup (body), expected, measured };

  g_array_append_val (watch->explanation->figures, figure);
}

static const char *
name_of (Watch *watch, int body)
{
  const char *name = mj_id2name (watch->m, mjOBJ_BODY, body);

  return name != NULL ? name : "?";
}

static gboolean
has_moving_child (const mjModel *m, int body)
{
  for (int i = body + 1; i < m->nbody; i++)
    {
      int parent = i;

      while (parent > 0 && parent != body)
        parent = m->body_parentid[parent];
      if (parent == body && m->body_jntnum[i] > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_driven (const mjModel *m, int joint)
{
  for (int i = 0; i < m->nu; i++)
    if ((m->actuator_trntype[i] == mjTRN_JOINT || m->actuator_trntype[i] == mjTRN_JOINTINPARENT) &&
        m->actuator_trnid[2 * i] == joint)
      return TRUE;
  return FALSE;
}

/* A wide swing's share of the small one's frequency: the arithmetic-geometric mean of 1 and cos (A / 2). */
static double
widening (double amplitude)
{
  double a = 1, b = cos (amplitude / 2);

  for (guint i = 0; i < 8 && b > 0; i++)
    {
      double mean = (a + b) / 2;

      b = sqrt (a * b);
      a = mean;
    }
  return a;
}

static double
small_period (Watch *watch, int body, int joint)
{
  const mjModel *m = watch->m;
  g_autofree double *inertia = g_new0 (double, m->nv * m->nv);
  int dof = m->jnt_dofadr[joint];
  double arm[3];

  mj_fullM (m, watch->start, inertia);
  arm_of (m, watch->start, body, joint, arm);
  return 2 * G_PI *
         sqrt (inertia[dof * m->nv + dof] / (m->body_subtreemass[body] * watch->g * sqrt (dot3 (arm, arm))));
}

static void
tell_pendulum (Watch *watch, int body, int joint)
{
  BodyWatch *one = &watch->bodies[body];
  double small = small_period (watch, body, joint), wide = small / widening (one->widest);
  double measured = period_of (&one->swing);

  if (isnan (measured) || one->widest > 3.0)
    return;
  note (watch, "pendulum.period", name_of (watch, body), wide, measured);
  say (watch,
       _ ("%s is a pendulum: its weight pulls it back to below its pin, and it swings past. By T = 2π√(I / "
          "m g d) a "
          "small swing to and fro takes %s; this one is up to %.0f° wide, for which theory says %s and the "
          "run measures %s."),
       name_of (watch, body), said (watch, small, "s"), one->widest * 180 / G_PI, said (watch, wide, "s"),
       said (watch, measured, "s"));
}

static void
tell_swings (Watch *watch)
{
  const mjModel *m = watch->m;

  for (int body = 1; body < m->nbody; body++)
    {
      int joint = only_hinge (m, body);
      gboolean level = joint >= 0 && fabs (dot3 (watch->start->xaxis + 3 * joint, watch->up)) < 0.1;

      if (!level || m->body_weldid[m->body_parentid[body]] != 0 || is_driven (m, joint) || m->neq > 0 ||
          m->ntendon > 0 || m->jnt_stiffness[joint] > 0 || watch->g < 1e-6)
        continue;
      if (!has_moving_child (m, body))
        tell_pendulum (watch, body, joint);
      else if (watch->kinetic > 1e-6)
        say (watch,
             _ ("%s hangs on a pin and carries a further part that turns on it. Each pulls at the other, "
                "so that the "
                "motion never repeats: a hair's breadth at the start makes another motion of it within "
                "seconds."),
             name_of (watch, body));
    }
}

/* The body that a spring between it and the world holds; 0: none. Its place in the model, the spring's
 * axis. */
static int
held_body (Watch *watch, const SgTendon *spring, double axis[3])
{
  const mjModel *m = watch->m;
  int sites[2], bodies[2];

  if (spring->type != SG_TENDON_SPRING || spring->path->len != 2)
    return 0;
  for (guint i = 0; i < 2; i++)
    {
      const char *name = g_array_index (spring->path, SgTendonPoint, i).site;

      sites[i] = name != NULL ? mj_name2id (m, mjOBJ_SITE, name) : -1;
      if (sites[i] < 0)
        return 0;
      bodies[i] = m->site_bodyid[sites[i]];
    }
  gboolean first = m->body_weldid[bodies[0]] == 0;
  if (first == (m->body_weldid[bodies[1]] == 0))
    return 0;
  for (guint i = 0; i < 3; i++)
    axis[i] = watch->start->site_xpos[3 * sites[1] + i] - watch->start->site_xpos[3 * sites[0] + i];
  double length = sqrt (dot3 (axis, axis));
  for (guint i = 0; i < 3; i++)
    axis[i] /= MAX (length, 1e-9);
  return bodies[first];
}

static gboolean
slides (const mjModel *m, int body)
{
  for (int i = 0; i < m->body_jntnum[body]; i++)
    if (m->jnt_type[m->body_jntadr[body] + i] != mjJNT_HINGE)
      return TRUE;
  return FALSE;
}

static void
tell_springs (Watch *watch)
{
  for (guint i = 0; i < watch->spec->tendons->len; i++)
    {
      const SgTendon *spring = &g_array_index (watch->spec->tendons, SgTendon, i);
      double axis[3];
      int body = held_body (watch, spring, axis);

      if (body == 0 || watch->m->ntendon > 1 || !slides (watch->m, body) || spring->stiffness <= 0)
        continue;
      double mass = watch->m->body_mass[body], expected = 2 * G_PI * sqrt (mass / spring->stiffness);
      double measured = period_of (&watch->bodies[body].bob), hangs = fabs (dot3 (axis, watch->up));

      if (!isnan (measured))
        note (watch, "spring.period", name_of (watch, body), expected, measured);
      say (watch,
           _ ("%s of %s is held by a spring of %s, which pulls the more the longer it is: so it "
              "goes to and "
              "fro about where pull and weight balance. By T = 2π√(m / k) that takes %s."),
           name_of (watch, body), said (watch, mass, "kg"), said (watch, spring->stiffness, "N/m"),
           said (watch, expected, "s"));
      if (!isnan (measured))
        say (watch, _ ("The run measures %s."), said (watch, measured, "s"));
      if (hangs > 0.9 && watch->g > 0)
        say (watch, _ ("Its weight alone stretches the spring by m g / k = %s."),
             said (watch, mass * watch->g / spring->stiffness, "m"));
    }
}

static int
end_body (Watch *watch, const SgTendon *rope, guint end)
{
  const char *site = g_array_index (rope->path, SgTendonPoint, end).site;
  int id = site != NULL ? mj_name2id (watch->m, mjOBJ_SITE, site) : -1;

  return id >= 0 ? watch->m->site_bodyid[id] : 0;
}

static void
tell_pulleys (Watch *watch)
{
  for (guint i = 0; i < watch->spec->tendons->len; i++)
    {
      const SgTendon *rope = &g_array_index (watch->spec->tendons, SgTendon, i);
      guint n = rope->path->len;
      int a = n >= 3 ? end_body (watch, rope, 0) : 0, b = n >= 3 ? end_body (watch, rope, n - 1) : 0;

      if (rope->type != SG_TENDON_ROPE || a == 0 || b == 0 || a == b || !slides (watch->m, a) ||
          !slides (watch->m, b))
        continue;
      double ma = watch->m->body_mass[a], mb = watch->m->body_mass[b];
      int heavy = ma >= mb ? a : b;
      double expected = watch->g * fabs (ma - mb) / (ma + mb);
      double measured =
        -(watch->bodies[heavy].v_to - watch->bodies[heavy].v_from) / (PULL_TO - PULL_FROM);

      note (watch, "pulley.acceleration", name_of (watch, heavy), expected, measured);
      say (watch,
           _ ("%s of %s and %s of %s hang on one rope over a pulley. Only the difference of "
              "their weights "
              "drives them, and both have to be moved: a = g (m₁ - m₂) / (m₁ + m₂) = %s; the run "
              "measures %s at the beginning."),
           name_of (watch, a), said (watch, ma, "kg"), name_of (watch, b), said (watch, mb, "kg"),
           said (watch, expected, "m/s²"), said (watch, measured, "m/s²"));
    }
}

/* I / m r2 of a body that can roll; NAN of another. */
static double
rolling_share (const mjModel *m, int body)
{
  int geom = m->body_geomadr[body];
  double mass = m->body_mass[body];

  if (m->body_geomnum[body] != 1)
    return NAN;
  double r = m->geom_size[3 * geom];
  if (m->geom_type[geom] == mjGEOM_SPHERE)
    return m->body_inertia[3 * body] / (mass * r * r);
  if (m->geom_type[geom] == mjGEOM_CYLINDER)
    return 0.5;
  return NAN;
}

static void
tell_slopes (Watch *watch)
{
  for (int body = 1; body < watch->m->nbody; body++)
    {
      const BodyWatch *one = &watch->bodies[body];
      double time = one->slide_to - one->slide_from, share = rolling_share (watch->m, body);

      if (!(time >= LEAST_SLIDE) || one->v1 < 0.05)
        continue;
      double free_fall = watch->g * sin (one->slope), measured = (one->v1 - one->v0) / time;
      double sliding = MAX (0, watch->g * (sin (one->slope) - one->friction * cos (one->slope)));
      double rolling = free_fall / (1 + share);
      gboolean rolls = !isnan (share) && rolling >= sliding;
      double expected = rolls ? rolling : sliding;

      note (watch, "slope.acceleration", name_of (watch, body), expected, measured);
      say (
        watch,
        _ ("%s goes down a slope of %.0f°. Without friction it would gain g sin α = %s each second."),
        name_of (watch, body), one->slope * 180 / G_PI, said (watch, free_fall, "m/s"));
      say (watch,
           rolls
             ? _ ("Friction makes it roll, and turning it takes its share: theory says %s, the run "
                  "measures %s.")
             : _ ("Friction holds it back: g (sin α - μ cos α) = %s; the run measures %s."),
           said (watch, expected, "m/s²"), said (watch, measured, "m/s²"));
    }
}

static void
tell_falls (Watch *watch)
{
  for (int body = 1; body < watch->m->nbody && watch->m->ntendon == 0; body++)
    {
      const BodyWatch *one = &watch->bodies[body];
      double height = dot3 (watch->start->xipos + 3 * body, watch->up) - one->z_contact;

      if (isnan (one->contact) || one->contact < 0.05 || height < 0.02 || !slides (watch->m, body) ||
          watch->g < 1e-6 || fabs (one->v_from + watch->g * PULL_FROM) > 0.1 * watch->g * PULL_FROM + 0.05)
        continue;
      double expected = sqrt (2 * height / watch->g);

      note (watch, "fall.time", name_of (watch, body), expected, one->contact);
      say (watch,
           _ ("%s falls %s until it touches something: √(2 h / g) = %s, measured %s."),
           name_of (watch, body), said (watch, height, "m"), said (watch, expected, "s"),
           said (watch, one->contact, "s"));
    }
}

static void
tell_motors (Watch *watch)
{
  for (guint i = 0; i < watch->spec->actuators->len; i++)
    {
      const SgActuator *motor = &g_array_index (watch->spec->actuators, SgActuator, i);
      int joint = motor->joint != NULL ? mj_name2id (watch->m, mjOBJ_JOINT, motor->joint) : -1;

      if (motor->type != SG_ACTUATOR_VELOCITY || joint < 0 || watch->n_turned == 0)
        continue;
      double measured = watch->turned[joint] / watch->n_turned;

      note (watch, "motor.speed", motor->joint, motor->target, measured);
      say (watch, _ ("A motor is to turn %s at %s; at the end of the run it turns at %s."),
           name_of (watch, watch->m->jnt_bodyid[joint]), said (watch, motor->target, "rad/s"),
           said (watch, measured, "rad/s"));
      if (fabs (measured) < 0.99 * fabs (motor->target))
        say (watch, _ ("What is missing is what its load takes."));
    }
}

static void
tell_energy (Watch *watch, const SgRunResult *result)
{
  double lost = result->energy_first - result->energy_last, scale = MAX (watch->kinetic, 1e-9);

  note (watch, "energy.lost", NULL, NAN, lost);
  if (watch->kinetic < 1e-6)
    say (watch, _ ("Nothing moves: every force has one that holds it."));
  else if (fabs (lost) < 0.01 * scale)
    say (watch,
         _ ("Energy of height and of motion change into each other (up to %s of motion), and hardly "
            "any is lost in %s."),
         said (watch, watch->kinetic, "J"), said (watch, result->simulated, "s"));
  else if (lost > 0)
    say (watch,
         _ ("Of the energy %s are lost in %s to friction, damping and impacts; at its fastest there were %s "
            "of motion."),
         said (watch, lost, "J"), said (watch, result->simulated, "s"), said (watch, watch->kinetic, "J"));
  else
    say (watch, _ ("What drives it puts %s of energy in, in %s."), said (watch, -lost, "J"),
         said (watch, result->simulated, "s"));
}

/* -- The whole -- */

static gboolean
prepare (Watch *watch, SgModel *model, GError **error)
{
  const mjModel *m = watch->m;

  watch->start = sg_model_make_data (model, error);
  if (watch->start == NULL)
    return FALSE;
  sg_model_reset_data (model, watch->start);
  watch->bodies = g_new0 (BodyWatch, m->nbody);
  watch->turned = g_new0 (double, MAX (m->njnt, 1));
  watch->g = sqrt (dot3 (m->opt.gravity, m->opt.gravity));
  for (int i = 0; i < 3; i++)
    watch->up[i] = watch->g > 0 ? -m->opt.gravity[i] / watch->g : i == 2;
  for (int body = 0; body < m->nbody; body++)
    watch->bodies[body].contact = watch->bodies[body].slide_from = NAN;
  for (guint i = 0; i < watch->spec->tendons->len; i++)
    {
      double axis[3];
      int body = held_body (watch, &g_array_index (watch->spec->tendons, SgTendon, i), axis);

      if (body > 0)
        memcpy (watch->bodies[body].axis, axis, sizeof axis);
    }
  return TRUE;
}

static void
tell (Watch *watch, const SgRunResult *result)
{
  double g = watch->g;

  if (fabs (g - 9.81) > 0.02)
    {
      if (g > 0)
        say (watch, _ ("Gravity is %s here."), said (watch, g, "m/s²"));
      else
        say (watch, "%s", _ ("There is no gravity here."));
    }
  tell_swings (watch);
  tell_springs (watch);
  tell_pulleys (watch);
  tell_slopes (watch);
  tell_falls (watch);
  tell_motors (watch);
  tell_energy (watch, result);
}

static void
figure_clear (gpointer data)
{
  SgExplainedFigure *figure = data;

  g_free (figure->what);
  g_free (figure->body);
}

SgExplanation *
sg_explain (const SgSpec *spec, SgModel *model, GCancellable *cancellable, GError **error)
{
  g_autoptr (SgExplanation) explanation = g_new0 (SgExplanation, 1);
  g_autoptr (GStringChunk) figures = g_string_chunk_new (1024);
  Watch watch = {
    .spec = spec, .m = sg_model_get (model), .figures = figures, .explanation = explanation
  };
  const SgRunOptions options = { .seconds = SECONDS, .frame = look, .frame_rate = RATE, .user_data = &watch };
  SgRunResult result = { 0 };
  g_autoptr (GError) problem = NULL;

  explanation->lines = g_ptr_array_new_with_free_func (g_free);
  explanation->figures = g_array_new (FALSE, FALSE, sizeof (SgExplainedFigure));
  g_array_set_clear_func (explanation->figures, figure_clear);
  if (!prepare (&watch, model, error))
    return NULL;
  gboolean done = sg_run (model, &options, &result, NULL, cancellable, &problem);
  gboolean cancelled = g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  if (!cancelled)
    tell (&watch, &result);
  if (!done && !cancelled)
    say (&watch, _ ("The run ends early: %s"), problem->message);
  mj_deleteData (watch.start);
  g_free (watch.bodies);
  g_free (watch.turned);
  if (cancelled)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&explanation);
}

void
sg_explanation_free (SgExplanation *explanation)
{
  g_clear_pointer (&explanation->lines, g_ptr_array_unref);
  g_clear_pointer (&explanation->figures, g_array_unref);
  g_free (explanation);
}
