/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The PhysicsSpec: a mechanism in the field's own terms, between what was drawn and MJCF. A plain tree of
 * arrays; SI and radians; world frame x right, y away, z up. Built by elements (physics/assemble.h), words
 * or JSON (physics/spec-json.h); checked by physics/rules.h; written as MJCF by physics/mjcf.h. Not
 * thread-safe while being changed; const use from any thread.
 *
 * A vector of a part is a GArray of the struct named beside it; strings are owned by the part. Parts refer
 * to each other by name, "world" is the fixed frame.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_GEOM_SPHERE,    /* size: radius */
  SG_GEOM_CAPSULE,   /* size: radius, half length; along the geom's z; or from/to where has_fromto */
  SG_GEOM_CYLINDER,  /* as capsule */
  SG_GEOM_BOX,       /* size: half sizes x, y, z */
  SG_GEOM_ELLIPSOID, /* size: radii */
  SG_GEOM_PLANE,     /* size: half sizes x, y (0: infinite), grid spacing; world only */
  SG_GEOM_PRISM,     /* convex polygon in x, z (outline, relative to pos), extruded by size[1] (half depth)
                        along y; becomes a mesh */
} SgGeomType;

typedef struct
{
  char *name; /* (nullable) */
  SgGeomType type;
  double size[3]; /* m, by type */
  double pos[3];  /* m, in the body's frame */
  double quat[4]; /* w, x, y, z */
  gboolean has_fromto;
  double fromto[6]; /* m; capsule, cylinder: the two ends */
  double *outline;  /* 2 n_outline: x, z; prism; m; convex, any winding */
  guint n_outline;
  double mass;        /* kg; NAN: from density */
  double density;     /* kg/m3; used where mass is NAN */
  double friction[3]; /* sliding, torsional (m), rolling (m) */
  double restitution; /* 0..1; NAN: MuJoCo's default contact */
  gboolean slippery;  /* its friction wins over the other geom's even if lower (priority 1) */
  gboolean contacts;  /* whether it collides at all */
  float rgba[4];
  int element; /* index of the element it was drawn as, -1 where none */
} SgGeom;

typedef enum
{
  SG_JOINT_HINGE,
  SG_JOINT_SLIDE,
  SG_JOINT_BALL,
  SG_JOINT_FREE
} SgJointType;

typedef struct
{
  char *name;
  SgJointType type;
  double pos[3];  /* m, in the body's frame */
  double axis[3]; /* in the body's frame */
  gboolean limited;
  double range[2];         /* rad or m */
  double damping;          /* N m s/rad or N s/m, by type; so below */
  double armature;         /* kg m2 or kg: inertia that the joint has of its own */
  double stiffness;        /* N m/rad or N/m, of a spring in the joint */
  double spring_ref;       /* rad or m: where that spring rests */
  double friction_loss;    /* N m or N */
  double initial_position; /* rad or m from the drawn configuration; hinge and slide only */
  double initial_velocity; /* rad/s or m/s; hinge and slide only */
  int element;             /* of its pin, or of the rail that it slides along; -1 where none */
} SgJoint;

typedef struct
{
  char *name;
  double pos[3]; /* m, in the body's frame */
} SgSite;

typedef struct
{
  char *name;
  char *parent;  /* a body's name or "world" */
  double pos[3]; /* m, in the parent's frame */
  double quat[4];
  GArray *joints;             /* SgJoint; none: welded to the parent */
  GArray *geoms;              /* SgGeom */
  GArray *sites;              /* SgSite */
  double initial_velocity[6]; /* m/s, rad/s in the world; free joint only */
  int element;                /* index of the element it was drawn as, -1 where none */
} SgBody;

typedef enum
{
  SG_TENDON_SPRING, /* stiffness, damping, rest length */
  SG_TENDON_ROPE,   /* limited to its length */
} SgTendonType;

typedef struct
{
  char *site;      /* goes through this site ... */
  char *geom;      /* ... or wraps around this geom (cylinder or sphere), */
  char *side_site; /* on the side of this site (nullable) */
} SgTendonPoint;

typedef struct
{
  char *name;
  SgTendonType type;
  GArray *path;       /* SgTendonPoint, at least 2 */
  double stiffness;   /* N/m */
  double damping;     /* N s/m */
  double rest_length; /* m; NAN: as drawn */
  double length;      /* m; rope; NAN: as drawn (from the compiled ten_length) */
  double width;       /* m, drawn radius */
  float rgba[4];
  int element; /* index of the element it was drawn as, -1 where none */
} SgTendon;

typedef enum
{
  SG_ACTUATOR_MOTOR,    /* force = gear * ctrl */
  SG_ACTUATOR_VELOCITY, /* turns at target + ctrl; gain kv; force limited */
  SG_ACTUATOR_FORCE,    /* constant force along `direction` at `site`, world frame, + ctrl */
} SgActuatorType;

typedef struct
{
  char *name;
  SgActuatorType type;
  char *joint;         /* motor, velocity */
  char *site;          /* force */
  double gear;         /* motor: N m or N for each unit of ctrl; else what the force is multiplied by */
  double kv;           /* velocity: N m or N for each rad/s or m/s that is missing */
  double target;       /* rad/s or m/s; force: N */
  double direction[3]; /* unit; force */
  gboolean ctrl_limited, force_limited;
  double ctrl_range[2];  /* motor: as gear says; velocity: rad/s or m/s; force: N */
  double force_range[2]; /* N m or N */
  int element;           /* index of the element it was drawn as, -1 where none */
} SgActuator;

typedef enum
{
  SG_SENSOR_JOINT_POSITION,
  SG_SENSOR_JOINT_VELOCITY,
  SG_SENSOR_ACTUATOR_FORCE,
  SG_SENSOR_BODY_POSITION,
  SG_SENSOR_BODY_VELOCITY,
  SG_SENSOR_TENDON_LENGTH,
} SgSensorType;

typedef struct
{
  char *name;
  SgSensorType type;
  char *target; /* name of the joint, actuator, body or tendon */
} SgSensor;

typedef enum
{
  SG_EQUALITY_CONNECT, /* site1 and site2 stay together (a closed loop's pin) */
  SG_EQUALITY_WELD,    /* body1 and body2 keep their relative pose */
  SG_EQUALITY_JOINT,   /* a = sum of polycoef[i] b^i, both from where they were drawn; rad or m */
} SgEqualityType;

typedef struct
{
  char *name;
  SgEqualityType type;
  char *a, *b; /* sites, bodies or joints, by type */
  double polycoef[5];
} SgEquality;

typedef struct
{
  char *a, *b; /* names of bodies that do not collide ("world" allowed) */
} SgExclude;

typedef enum
{
  SG_INTEGRATOR_EULER,
  SG_INTEGRATOR_RK4,
  SG_INTEGRATOR_IMPLICIT,
  SG_INTEGRATOR_IMPLICITFAST
} SgIntegrator;

typedef struct
{
  char *title;
  double gravity[3]; /* m/s2 */
  double timestep;   /* s */
  SgIntegrator integrator;
  double air_density, air_viscosity; /* kg/m3, Pa s; 0: none */
  gboolean planar;                   /* drawn flat: the y axis is out of the plane */
  GArray *geoms;                     /* SgGeom of the world: floor, walls */
  GArray *sites;                     /* SgSite of the world */
  GArray *bodies;                    /* SgBody; a parent may come after its child */
  GArray *tendons;                   /* SgTendon */
  GArray *actuators;                 /* SgActuator */
  GArray *sensors;                   /* SgSensor */
  GArray *equalities;                /* SgEquality */
  GArray *excludes;                  /* SgExclude */
  GPtrArray *notes;                  /* char *: what was assumed, for the person ("starts at 30 degrees") */
} SgSpec;

#define SG_USUAL_GRAVITY 9.81 /* m/s2 */

/* An empty spec: gravity -9.81, timestep 0.002, implicitfast, planar. */
SgSpec *sg_spec_new (void);
SgSpec *sg_spec_copy (const SgSpec *spec);
void sg_spec_free (SgSpec *spec);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgSpec, sg_spec_free)

/* Definition structs with their defaults: light wood (500 kg/m3), friction 0.6 0.005 0.0001, contacts on;
 * hinges about y, slides along x; a spring of 100 N/m; gear 1, kv 20; joint1 = joint2. */
SgBody sg_body_default (void); /* in the world */
SgGeom sg_geom_default (SgGeomType type);
SgJoint sg_joint_default (SgJointType type);
SgTendon sg_tendon_default (SgTendonType type);
SgActuator sg_actuator_default (SgActuatorType type);
SgEquality sg_equality_default (SgEqualityType type);

/* Free what a definition owns that was not added to a spec. */
void sg_body_clear (SgBody *body);
void sg_tendon_clear (SgTendon *tendon);

/* Each takes over what the definition owns, appends it and returns the part in place; the pointer holds
 * until the next addition to the same array. A NULL name is replaced by a readable unique one. `body` NULL:
 * the world. */
SgBody *sg_spec_add_body (SgSpec *spec, const char *name, const char *parent, const double pos[3]);
SgGeom *sg_spec_add_geom (SgSpec *spec, SgBody *body, SgGeom geom);
SgJoint *sg_spec_add_joint (SgSpec *spec, SgBody *body, SgJoint joint);
SgSite *sg_spec_add_site (SgSpec *spec, SgBody *body, const char *name, const double pos[3]);
SgTendon *sg_spec_add_tendon (SgSpec *spec, SgTendon tendon);
void sg_tendon_add_site (SgTendon *tendon, const char *site);
void sg_tendon_add_wrap (SgTendon *tendon, const char *geom, const char *side_site);
SgActuator *sg_spec_add_actuator (SgSpec *spec, SgActuator actuator);
SgSensor *sg_spec_add_sensor (SgSpec *spec, SgSensorType type, const char *name, const char *target);
SgEquality *
sg_spec_add_equality (SgSpec *spec, SgEqualityType type, const char *name, const char *a, const char *b);
void sg_spec_add_exclude (SgSpec *spec, const char *a, const char *b);
void sg_spec_add_note (SgSpec *spec, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Gives every part that has no name yet a readable unique one, as the add functions do: body1,
 * body1_capsule, rope1. */
void sg_spec_name_parts (SgSpec *spec);

SgBody *sg_spec_find_body (const SgSpec *spec, const char *name); /* (nullable) */

/* The three joints of a body that moves flat: slide-x, slide-z, hinge-y, named <body>.x .z .turn. */
void sg_spec_add_planar_joints (SgSpec *spec, SgBody *body);

/* kg; of the body's own geoms, without those welded to it. */
double sg_geom_mass (const SgGeom *geom);
double sg_body_mass (const SgBody *body);

/* m2; signed, of a prism's outline: positive where it runs from x to z. */
double sg_geom_outline_area (const SgGeom *geom);

/* Whether anything in it can move. */
gboolean sg_spec_moves (const SgSpec *spec);

G_END_DECLS
