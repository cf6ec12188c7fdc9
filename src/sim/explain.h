/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mechanism does and why, in sentences with numbers: what a physics class expects beside what was
 * measured in ten simulated seconds from the start. Pendulums (T = 2 pi sqrt (I / m g d), for wide swings
 * divided by the arithmetic-geometric mean of 1 and cos (A / 2)), weights on springs (2 pi sqrt (m / k)),
 * slopes (g (sin a - mu cos a), rolling g sin a / (1 + I / m r2)), two weights over a pulley (g (m1 - m2) /
 * (m1 + m2)), falls, motors, energy. What is none of these is told by its energy alone. Blocking; any thread
 * but the main one.
 */
#pragma once

#include <gio/gio.h>

#include "physics/model.h"

G_BEGIN_DECLS

/* A figure of a sentence: what theory says and what was measured, in one unit. */
typedef struct
{
  char *what;                /* stable: "pendulum.period" */
  char *body;                /* (nullable) */
  double expected, measured; /* NAN where there is none */
} SgExplainedFigure;

typedef struct
{
  GPtrArray *lines; /* char *: a sentence or two each; never empty */
  GArray *figures;  /* SgExplainedFigure, for tests and programs */
} SgExplanation;

/* `model` is the spec's. Errors: those of sg_run, but that a run which fails is explained as far as it went.
 * Returns: (transfer full). */
SgExplanation *
sg_explain (const SgSpec *spec, SgModel *model, GCancellable *cancellable, GError **error);
void sg_explanation_free (SgExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgExplanation, sg_explanation_free)

G_END_DECLS
