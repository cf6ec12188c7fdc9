/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How well ink fits each kind of mark. Every evidence module proposes kinds with a cost: half the squared
 * misfit in units of what hands usually err, plus what the kind has to pay for its freedom, so that costs
 * are comparable as negative logarithms of a probability and the softmax over them is the confidence.
 * Internal to vision; any thread.
 */
#pragma once

#include "vision/path.h"
#include "vision/reading.h"
#include "vision/segments.h"

G_BEGIN_DECLS

/* Costs are surer than they look: what they are multiplied with to be logarithms of odds. */
#define SG_EVIDENCE_SHARPNESS 2.5

typedef struct
{
  double cost[SG_N_KINDS]; /* INFINITY where not proposed */
  SgGeometry geometry[SG_N_KINDS];
} SgEvidence;

void sg_evidence_init (SgEvidence *evidence);
void sg_evidence_clear (SgEvidence *evidence);

/* Keeps the cheaper proposal of a kind. Takes `geometry->points`. */
void sg_evidence_propose (SgEvidence *evidence, SgKind kind, double cost, SgGeometry geometry);

/* The cheapest kind; SG_KIND_UNKNOWN where none was proposed. */
SgKind sg_evidence_best (const SgEvidence *evidence);

/* What came of the evidence: the kinds that are worth mentioning, the most likely first. Immutable once made,
 * reference-counted; one thread at a time. */
typedef struct
{
  grefcount ref_count;
  guint n;     /* >= 1 */
  double cost; /* of the first kind */
  SgAlternative kinds[];
} SgVerdict;

/* Moves the geometries out of `evidence`, of which nothing need be cleared then. */
SgVerdict *sg_verdict_new (SgEvidence *evidence);
SgVerdict *sg_verdict_ref (SgVerdict *verdict);
void sg_verdict_unref (SgVerdict *verdict);
/* Appends an element of the first of `n` kinds with the others as its alternatives. Copies geometries. */
SgElement *sg_reading_add_alternatives (SgReading *reading, const SgAlternative *kinds, guint n);

/* Cost of being off by `value` where hands are usually off by `usual`. */
static inline double
sg_misfit (double value, double usual)
{
  return 0.5 * (value / usual) * (value / usual);
}

/* One run of ink with what all modules need of it. */
typedef struct
{
  SgPath whole;        /* as drawn */
  SgPath path;         /* without hooks at its ends */
  SgPath loop;         /* without overshoot, for closed kinds; its `gap` is what remains open */
  SgSegments segments; /* of `path` */
  double roundness;    /* of the corners between them */
  double tolerance;    /* what `segments` took for noise */
  gboolean hooked;     /* `path` is not all of `whole` */
} SgRun;

void sg_run_init (SgRun *run, const SgPath *path);

/* The path without the hooks that a pen leaves where it is put down or lifted. Returns whether it has any. */
gboolean sg_path_cut_hooks (SgPath *path, const SgPath *from);

/* Sets `whole` and `loop` alone: all that closed kinds need. */
void sg_run_init_outline (SgRun *run, const SgPath *path);

/* The modules; each looks at one run and proposes what it knows. */
void sg_evidence_of_lines (const SgRun *run, SgEvidence *evidence);     /* line, arc, curve, unknown */
void sg_evidence_of_polylines (const SgRun *run, SgEvidence *evidence); /* polyline */
void sg_evidence_of_loops (const SgRun *run, SgEvidence *evidence);     /* circle, ellipse, ..., blob */
void sg_evidence_of_springs (const SgRun *run, SgEvidence *evidence);   /* zigzag, coil */
void sg_evidence_of_crosses (const SgRun *run, SgEvidence *evidence);   /* an X without lifting the pen */
void sg_evidence_of_arrows (const SgRun *run, SgEvidence *evidence);    /* an arrow without lifting the pen */

/* All of the above, and the dot: what the rules say, and that weighed by the learned model. */
void sg_evidence_by_rules (const SgRun *run, SgEvidence *evidence);
void sg_evidence_of_run (const SgRun *run, SgEvidence *evidence);

/* Closed kinds alone: strokes that are joined into an outline have no other reading. */
void sg_evidence_of_outline (const SgRun *run, SgEvidence *evidence);

/* Two strokes that cross. */
void sg_evidence_of_two_strokes (const SgPath *a, const SgPath *b, SgEvidence *evidence);

/* A shaft, from its tail to its tip, and the ink of a head: `n` points. */
void sg_evidence_of_head (
  const SgPoint *shaft, guint n_shaft, const SgPoint *head, guint n, double width, SgEvidence *evidence);

G_END_DECLS
