/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mechanisms that words alone make: what the words say of them, and the shapes that they share. */
#pragma once

#include "physics/words-private.h"

G_BEGIN_DECLS

/* Things of one kind: "two 3 kg rubber balls". */
typedef struct
{
  const char *noun; /* ball, box, mass ... */
  guint count;
  gboolean counted;              /* the words say how many */
  double mass;                   /* kg; NAN: not said */
  double size;                   /* m, across; NAN */
  double restitution;            /* NAN */
  const char *colour, *material; /* (nullable) */
} SgGroup;

typedef struct
{
  SgClause *clause;
  SgSpec *spec;
  GArray *groups;             /* SgGroup */
  const SgMeaning *mechanism; /* (nullable) */
  int at;                     /* its item */
} SgMake;

#define SG_MAKE_MOST 60 /* of things of one mechanism */

/* Whether the words have such a motion anywhere; where `take`, its items are used. */
gboolean sg_make_moves (SgMake *make, const char *motion);
gboolean sg_make_has (SgMake *make, SgWordsSection section, const char *name);
/* The next quantity of that dimension that is the mechanism's own (of no chosen part); `usual` where there is
 * none, or it is not between `least` and `most`. `said` (nullable). */
double
sg_make_take (SgMake *make, const char *dimension, double usual, double least, double most, gboolean *said);
/* How many there are, of the number next to the mechanism or to one of its parts. */
guint sg_make_count (SgMake *make, guint usual, guint least, guint most);

void sg_make_floor (SgMake *make);
SgGeom sg_make_sphere (double radius, double mass);
SgGeom sg_make_box (double half_x, double half_z, double mass);
SgGeom sg_make_rod (double x1, double z1, double x2, double z2, double radius, double mass);
SgGeom *sg_make_name_geom (SgGeom *geom, const char *stem, guint n); /* takes the place of its name */
void sg_make_colour (SgGeom *geom, guint i);                         /* one of a row of colours */
/* A body of the group's shape at x, z that moves flat, named after its noun: ball1. */
SgBody *sg_make_thing (SgMake *make, const SgGroup *group, double x, double z);
double sg_make_half (const SgGroup *group); /* m: half its height */

/* words-make-hung.c, words-make-rolling.c, words-make-free.c: each fills the spec. */
void sg_make_pendulum (SgMake *make, guint links);
void sg_make_pendulums (SgMake *make);
void sg_make_cart_pole (SgMake *make);
void sg_make_cradle (SgMake *make);
void sg_make_atwood (SgMake *make);
void sg_make_spring_mass (SgMake *make);
void sg_make_arm (SgMake *make);
void sg_make_ramp (SgMake *make);
void sg_make_car (SgMake *make);
void sg_make_catapult (SgMake *make);
void sg_make_seesaw (SgMake *make);
void sg_make_dominoes (SgMake *make);
void sg_make_pile (SgMake *make);
void sg_make_pyramid (SgMake *make);
void sg_make_projectile (SgMake *make);
void sg_make_tied (SgMake *make, SgTendonType type);
void sg_make_collision (SgMake *make);
void sg_make_spinner (SgMake *make);
void sg_make_falling (SgMake *make);

G_END_DECLS
