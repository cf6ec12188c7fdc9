/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The physics folder's error domain. */
#include "config.h"

#include "physics/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  physics,
  [SG_PHYSICS_ERROR_STRUCTURE] = { "structure", SG_ERROR_CLASS_VALIDATION,
                                   N_ ("A PhysicsSpec has a member of the wrong kind, or a name that it "
                                       "does not know."),
                                   N_ ("Mend the file where the message says.") },
  [SG_PHYSICS_ERROR_BAD_NUMBER] = { "bad-number", SG_ERROR_CLASS_PHYSICS,
                                    N_ ("A number is not finite, or outside what its quantity can be."),
                                    N_ ("Mend the number where the message says.") },
  [SG_PHYSICS_ERROR_BAD_BODY] = { "bad-body", SG_ERROR_CLASS_PHYSICS,
                                  N_ ("A body is not one that can be: its mass, its place or its name."),
                                  N_ ("Mend the body that the message names.") },
  [SG_PHYSICS_ERROR_BAD_GEOM] = { "bad-geom", SG_ERROR_CLASS_PHYSICS,
                                  N_ ("A shape is not one that can be."),
                                  N_ ("Mend the size or the kind of the shape that the message names.") },
  [SG_PHYSICS_ERROR_BAD_JOINT] = { "bad-joint", SG_ERROR_CLASS_PHYSICS,
                                   N_ ("A joint is not one that can be, such as one whose range ends "
                                       "before it begins."),
                                   N_ ("Mend the joint that the message names.") },
  [SG_PHYSICS_ERROR_BAD_TENDON] = { "bad-tendon", SG_ERROR_CLASS_PHYSICS,
                                    N_ ("A rope or spring does not lead from one place to another."),
                                    N_ ("Mend the path that the message names.") },
  [SG_PHYSICS_ERROR_BAD_ACTUATOR] = { "bad-actuator", SG_ERROR_CLASS_PHYSICS,
                                      N_ ("A motor turns nothing, or has limits that cannot be."),
                                      N_ ("Mend the motor that the message names.") },
  [SG_PHYSICS_ERROR_BAD_SENSOR] = { "bad-sensor", SG_ERROR_CLASS_PHYSICS,
                                    N_ ("A sensor measures nothing that is there."),
                                    N_ ("Mend the sensor that the message names.") },
  [SG_PHYSICS_ERROR_BAD_EQUALITY] = { "bad-equality", SG_ERROR_CLASS_PHYSICS,
                                      N_ ("A constraint ties nothing that is there."),
                                      N_ ("Mend the constraint that the message names.") },
  [SG_PHYSICS_ERROR_BAD_REFERENCE] = { "bad-reference", SG_ERROR_CLASS_PHYSICS,
                                       N_ ("A name is used that nothing has."),
                                       N_ ("Mend the name, or add what it names.") },
  [SG_PHYSICS_ERROR_DUPLICATE] = { "duplicate-name", SG_ERROR_CLASS_PHYSICS,
                                   N_ ("Two things of one kind have the same name."),
                                   N_ ("Give one of them another name.") },
  [SG_PHYSICS_ERROR_LOOP] = { "parent-loop", SG_ERROR_CLASS_PHYSICS,
                              N_ ("A body is its own parent, or its parent's parent."),
                              N_ ("Mend the parents of the bodies that the message names.") },
  [SG_PHYSICS_ERROR_TOO_LARGE] = { "too-large", SG_ERROR_CLASS_VALIDATION,
                                   N_ (
                                     "A PhysicsSpec or its MJCF is over a limit, which the message names."),
                                   N_ ("Make it smaller, or split it.") },
  [SG_PHYSICS_ERROR_WORDS] = { "words", SG_ERROR_CLASS_VALIDATION,
                               N_ ("The words are not UTF-8, or too long."), N_ ("Use fewer words.") },
  [SG_PHYSICS_ERROR_MJCF] = { "mjcf", SG_ERROR_CLASS_MJCF,
                              N_ ("MuJoCo refused the model; the message is its own."),
                              N_ ("Change what the message names; it may be too light, too thin or too "
                                  "many.") },
  [SG_PHYSICS_ERROR_LIBRARY] = { "library", SG_ERROR_CLASS_RESOURCE,
                                 N_ ("MuJoCo is another version than SimGen was built for, or this "
                                     "processor lacks AVX."),
                                 N_ ("Install the MuJoCo that the message names.") },
  [SG_PHYSICS_ERROR_XML] = { "xml", SG_ERROR_CLASS_VALIDATION,
                             N_ ("A model's text is not well-formed XML, or is neither MJCF nor URDF."),
                             N_ ("Mend the text at the line that the message names.") },
  [SG_PHYSICS_ERROR_FORBIDDEN] = { "forbidden", SG_ERROR_CLASS_VALIDATION,
                                   N_ ("A model asks for what SimGen never loads, such as a plugin."),
                                   N_ ("Take out the element that the message names.") },
  [SG_PHYSICS_ERROR_OUTSIDE] = { "outside-folder", SG_ERROR_CLASS_VALIDATION,
                                 N_ ("A model asks for a file outside its own folder."),
                                 N_ ("Move the file into the model's folder and name it from there.") },
  [SG_PHYSICS_ERROR_ASSET] = { "asset", SG_ERROR_CLASS_VALIDATION,
                               N_ ("A mesh, texture or other file of a model is missing, or not what its "
                                   "name says."),
                               N_ ("Put the file that the message names where it says.") },
  [SG_PHYSICS_ERROR_INCLUDE] = { "include", SG_ERROR_CLASS_VALIDATION,
                                 N_ ("A model's file is included by itself, or more than once."),
                                 N_ ("Include each file once.") },
  [SG_PHYSICS_ERROR_COMPILE_TIME] = { "compile-timeout", SG_ERROR_CLASS_TIMEOUT,
                                      N_ ("A model takes too long to be made ready, or a step of it does."),
                                      N_ ("Use fewer bodies, coarser meshes or fewer contacts.") },
  [SG_PHYSICS_ERROR_COMPILE_CRASH] = { "compile-crash", SG_ERROR_CLASS_MJCF,
                                       N_ (
                                         "A model needs more memory than it may have, or meets a fault of "
                                         "MuJoCo; only the helper process ended."),
                                       N_ ("Make the model smaller, or take out what was added last.") },
  [SG_PHYSICS_ERROR_HELPER] = { "helper", SG_ERROR_CLASS_RESOURCE,
                                N_ ("The program simgen-compile, which makes models ready, cannot be run."),
                                N_ ("Install SimGen again.") })
