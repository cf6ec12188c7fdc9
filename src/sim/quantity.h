/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be measured of a simulation: of each moving body, joint, spring or rope, motor and sensor, and of
 * the whole. A quantity names its thing, so that it outlives the model: after a live edit it is looked up
 * again. Values come in the unit that is shown: SI, but angles in degrees. Pure; any thread.
 */
#pragma once

#include "physics/model.h"
#include "sim/ledger.h"

G_BEGIN_DECLS

#define SG_QUANTITY_MAX_LISTED 4096

typedef enum
{
  /* of the whole */
  SG_QUANTITY_TIME,    /* s */
  SG_QUANTITY_KINETIC, /* J; so are the next */
  SG_QUANTITY_POTENTIAL,
  SG_QUANTITY_ENERGY,   /* both */
  SG_QUANTITY_LOST,     /* to friction, impacts and damping since the ledger began (sim/ledger.h) */
  SG_QUANTITY_PUT_IN,   /* by motors and pulls since then */
  SG_QUANTITY_CONTACTS, /* how many */

  /* of a body: of its centre of mass, along the world's axes */
  SG_QUANTITY_X, /* m; rightwards */
  SG_QUANTITY_Y, /* m; out of the drawing's plane, away from who looks */
  SG_QUANTITY_Z, /* m; upwards */
  SG_QUANTITY_VX,
  SG_QUANTITY_VY,
  SG_QUANTITY_VZ,
  SG_QUANTITY_SPEED,
  SG_QUANTITY_ANGLE,        /* degrees in the drawing's plane, anticlockwise as it is seen, -180 to 180 */
  SG_QUANTITY_TURNING,      /* rad/s, alike */
  SG_QUANTITY_BODY_KINETIC, /* J */
  SG_QUANTITY_PRESSED,      /* N: sum of the normal forces of its contacts */

  /* of a hinge or a slide, of a spring or rope, of a motor, of a sensor */
  SG_QUANTITY_JOINT_POSITION, /* degrees or m, as the model counts it */
  SG_QUANTITY_JOINT_VELOCITY, /* rad/s or m/s */
  SG_QUANTITY_TENDON_LENGTH,  /* m */
  SG_QUANTITY_TENDON_FORCE,   /* N: its pull; below 0 it pushes */
  SG_QUANTITY_CONTROL,        /* what the motor is told, by its kind */
  SG_QUANTITY_MOTOR_FORCE,    /* N or N m */
  SG_QUANTITY_MOTOR_POWER,    /* W that it puts in */
  SG_QUANTITY_SENSOR,         /* by its kind */
} SgQuantityKind;

typedef struct
{
  SgQuantityKind kind;
  char *name;    /* (nullable): of its thing in the model; NULL: of the whole, or it has none */
  int object;    /* of the model it was listed for; -1: of the whole, or not in this model */
  int component; /* of a sensor with more than one number; else 0 */
} SgQuantity;

SgQuantity *sg_quantity_new (SgQuantityKind kind, const char *name, int object, int component);
SgQuantity *sg_quantity_copy (const SgQuantity *quantity);
void sg_quantity_free (SgQuantity *quantity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgQuantity, sg_quantity_free)

/* Whether both are of the same thing, by its name; without a name, by its number. */
gboolean sg_quantity_equal (const SgQuantity *a, const SgQuantity *b);

/* All of a model (nullable: those of the whole), the whole first, then thing by thing; at most
 * SG_QUANTITY_MAX_LISTED. Returns: (transfer full): SgQuantity. */
GPtrArray *sg_quantity_list (const mjModel *model);

/* What to measure first of a model: the angle of the first thing that turns only, else its height. Returns:
 * (transfer full) (nullable): nothing moves. */
SgQuantity *sg_quantity_suggest (const mjModel *model);

/* Finds its thing in another model; FALSE, with `object` -1, where that has none. Allocates nothing. */
gboolean sg_quantity_resolve (SgQuantity *quantity, const mjModel *model);

/* What it is of; mjOBJ_UNKNOWN: of the whole. */
mjtObj sg_quantity_get_object_kind (SgQuantityKind kind);

/* For a person: "ball1", "spring2", "Whole" (transfer full); "Height", "Speed" (static); "m" (static). */
char *sg_quantity_describe_thing (const SgQuantity *quantity);
const char *sg_quantity_describe (const SgQuantity *quantity);
const char *sg_quantity_get_unit (const SgQuantity *quantity, const mjModel *model); /* "" where none */

/* What a motor is told ("rad/s" or "N m" or "") and the widest values that make sense. A motor without limits
 * gets those of its force, or ten of its unit. */
const char *sg_quantity_get_control_unit (const mjModel *model, int motor);
void sg_quantity_get_control_range (const mjModel *model, int motor, double range[2]);

/* One moment: positions and velocities, and in `data` all that MuJoCo computed of them, which after a step
 * are those before it. */
typedef struct
{
  const mjModel *model;
  const mjData *data;
  const double *qpos, *qvel; /* nq, nv; may be those of `data` */
  double time;               /* s */
  double energy[2];          /* potential, kinetic; J */
  const SgLedger *ledger;    /* (nullable) */
} SgMoment;

/* NAN where its thing is not in the model. `quantity` is one resolved for it. Allocates nothing. */
double sg_quantity_read (const SgQuantity *quantity, const SgMoment *moment);

G_END_DECLS
