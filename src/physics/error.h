/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of the PhysicsSpec, of words and of the compiler. The rules report every problem with one of these
 * codes and the path of what is wrong ("bodies[2].joints[0].range: 1.5 is below 2.0"). */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_PHYSICS_ERROR (sg_physics_error_quark ())

typedef enum
{
  SG_PHYSICS_ERROR_STRUCTURE,     /* physics.structure: wrong type of a member, or an unknown name */
  SG_PHYSICS_ERROR_BAD_NUMBER,    /* physics.bad-number: not finite, or outside what the quantity can be */
  SG_PHYSICS_ERROR_BAD_BODY,      /* physics.bad-body */
  SG_PHYSICS_ERROR_BAD_GEOM,      /* physics.bad-geom */
  SG_PHYSICS_ERROR_BAD_JOINT,     /* physics.bad-joint */
  SG_PHYSICS_ERROR_BAD_TENDON,    /* physics.bad-tendon */
  SG_PHYSICS_ERROR_BAD_ACTUATOR,  /* physics.bad-actuator */
  SG_PHYSICS_ERROR_BAD_SENSOR,    /* physics.bad-sensor */
  SG_PHYSICS_ERROR_BAD_EQUALITY,  /* physics.bad-equality */
  SG_PHYSICS_ERROR_BAD_REFERENCE, /* physics.bad-reference: a name that nothing has */
  SG_PHYSICS_ERROR_DUPLICATE,     /* physics.duplicate-name */
  SG_PHYSICS_ERROR_LOOP,          /* physics.parent-loop: a body is its own ancestor */
  SG_PHYSICS_ERROR_TOO_LARGE,     /* physics.too-large: over a limit */
  SG_PHYSICS_ERROR_WORDS,         /* physics.words: not UTF-8 or too long */
  SG_PHYSICS_ERROR_MJCF,          /* physics.mjcf: MuJoCo refused the model; the message is its own */
  SG_PHYSICS_ERROR_LIBRARY,       /* physics.library: not the MuJoCo built for, or a CPU without AVX */
  SG_PHYSICS_ERROR_XML,           /* physics.xml: a foreign model's text is not XML, or no model's */
  SG_PHYSICS_ERROR_FORBIDDEN,     /* physics.forbidden: what SimGen never loads, as a plugin */
  SG_PHYSICS_ERROR_OUTSIDE,       /* physics.outside-folder: a file that is not in the model's folder */
  SG_PHYSICS_ERROR_ASSET,         /* physics.asset: a mesh or picture that is missing or not what it says */
  SG_PHYSICS_ERROR_INCLUDE,       /* physics.include: a file is included by itself, or twice */
  SG_PHYSICS_ERROR_COMPILE_TIME,  /* physics.compile-timeout: it was not ready within the limit */
  SG_PHYSICS_ERROR_COMPILE_CRASH, /* physics.compile-crash: it ended the process that compiles models */
  SG_PHYSICS_ERROR_HELPER,        /* physics.helper: simgen-compile cannot be run, or answers nonsense */
} SgPhysicsError;

GQuark sg_physics_error_quark (void);
extern const SgErrorDomain sg_physics_error_domain;

G_END_DECLS
