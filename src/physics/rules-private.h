/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the rules share: the problems found so far, where the one being looked at stands, and
 * the names that others refer to. */
#pragma once

#include "physics/error.h"
#include "physics/spec-tree.h"

G_BEGIN_DECLS

#define SG_RULES_LARGEST 1e6   /* of metres, newtons ...: no mechanism is beyond it */
#define SG_RULES_MIN_SIZE 1e-4 /* m */
#define SG_RULES_MIN_MASS 1e-6 /* kg; of what moves: below it MuJoCo has no inertia to divide by */
#define SG_RULES_MAX_DEPTH 200 /* bodies in a chain: MuJoCo's XML reader has a limit too */
#define SG_RULES_MAX_POINTS 1000

typedef struct
{
  const SgSpec *spec;
  const SgSpecTree *tree;
  GPtrArray *problems;                                    /* GError */
  GHashTable *bodies;                                     /* name -> SgBody *; "world" -> NULL */
  GHashTable *geoms;                                      /* name -> SgGeom * */
  GHashTable *joints;                                     /* name -> SgJoint * */
  GHashTable *sites;                                      /* name -> SgBody * that has it; NULL: the world */
  GHashTable *tendons, *actuators, *sensors, *equalities; /* name -> the part */
} SgRules;

/* A part's path, made into text only for a problem: "<list>[i]" and, where `inner` is set,
 * ".<inner>[j]". */
typedef struct
{
  const char *list;
  guint i;
  const char *inner; /* (nullable) */
  guint j;
} SgPlace;

/* Adds a problem; its message is "<place>.<member>: <format...>". NULL place: a member of the spec; NULL
 * member: the part as a whole. */
void sg_rules_report (
  SgRules *rules, SgPhysicsError code, const SgPlace *place, const char *member, const char *format, ...)
  G_GNUC_PRINTF (5, 6);

/* Each reports where it does not hold. */
void sg_rules_number (
  SgRules *rules, const SgPlace *place, const char *member, double value, double low, double high);
gboolean
sg_rules_numbers (SgRules *rules, const SgPlace *place, const char *member, const double *values, guint n);
gboolean sg_rules_range (
  SgRules *rules, SgPhysicsError code, const SgPlace *place, const char *member, const double range[2]);
/* The name is there, valid and not yet in `names`, where it is put with `part`. */
void sg_rules_name (
  SgRules *rules, SgPhysicsError code, const SgPlace *place, GHashTable *names, char *name, gpointer part);

/* rules-body.c: the world's geoms and sites; bodies with their joints, geoms and sites. */
void sg_rules_check_world (SgRules *rules);
void sg_rules_check_bodies (SgRules *rules);

G_END_DECLS
