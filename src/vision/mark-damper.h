/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of a drawn damper: a cup of three sides, and in it a piston on a rod that comes out of the mouth.
 * Straight pieces of strokes ("limbs") are judged one by one against the cup. Pure; internal to vision.
 */
#pragma once

#include "vision/evidence.h"

G_BEGIN_DECLS

typedef struct
{
  SgPoint from, to;
} SgLimb;

typedef struct
{
  SgPoint base;         /* middle of the closed side */
  SgPoint axis, across; /* unit: towards the mouth, and along the base */
  double width, depth;
  double cost; /* of being a cup */
} SgCup;

typedef enum
{
  SG_DAMPER_NONE,  /* no part of a damper with this cup */
  SG_DAMPER_PLATE, /* of the piston */
  SG_DAMPER_SIDE,  /* of a piston drawn as a block */
  SG_DAMPER_ROD,   /* from the piston out of the mouth */
  SG_DAMPER_LEAD,  /* from the closed side away */
} SgDamperPart;

/* What has been found inside and behind a cup. */
typedef struct
{
  double low, high; /* offsets across that the plates reach */
  double tilt;      /* cost of all directions and places so far */
  guint n_plates, n_rods;
  SgPoint from, to;      /* far ends of lead and rod */
  double behind, beyond; /* how far those are behind the base and beyond the mouth; page units */
} SgPiston;

/* Whether the three limbs make a cup; `width` is the pen's. */
gboolean sg_cup_fit (const SgLimb *base, const SgLimb walls[2], double width, SgCup *cup);

/* Which part a limb plays. */
SgDamperPart sg_cup_judge (const SgCup *cup, const SgLimb *limb);

void sg_piston_init (SgPiston *piston, const SgCup *cup);
void sg_piston_add (SgPiston *piston, const SgCup *cup, SgDamperPart part, const SgLimb *limb);

/* Proposes the damper, where a plate and a rod that leaves the cup are there. */
void sg_evidence_of_damper (const SgCup *cup, const SgPiston *piston, SgEvidence *evidence);

G_END_DECLS
