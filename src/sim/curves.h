/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a run went, as curves over time: a model stepped again with no window, sampled evenly. The same model
 * gives the same curves, bit for bit. Synchronous; any thread but the main one. */
#pragma once

#include <gio/gio.h>

#include "physics/model.h"

G_BEGIN_DECLS

#define SG_CURVES_MAX_SAMPLES 1024
#define SG_CURVES_MAX_BODIES 64 /* that are followed: the first that move */

typedef enum
{
  SG_CURVE_TOTAL, /* energy, J */
  SG_CURVE_KINETIC,
  SG_CURVE_POTENTIAL,
  SG_CURVE_X, /* of a body's centre of mass, m */
  SG_CURVE_Z,
  SG_CURVE_SPEED /* m/s */
} SgCurveKind;

typedef struct
{
  SgCurveKind kind;
  char *body;     /* (nullable): of the whole */
  double *values; /* n_samples of its SgCurves */
} SgCurve;

typedef struct
{
  guint n_samples;
  double *time;      /* n_samples; s, rising */
  GPtrArray *curves; /* SgCurve: the energies, then body by body */
  char *stopped;     /* (nullable): why it ended early, for a person */
} SgCurves;

void sg_curves_free (SgCurves *curves);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgCurves, sg_curves_free)

/* (nullable): the curve of that kind, of the body of that name. */
const SgCurve *sg_curves_find (const SgCurves *curves, SgCurveKind kind, const char *body);

typedef struct
{
  double from, seconds; /* simulated s: sampled are from .. from + seconds, stepped is all before too */
  guint n_samples;      /* 2 to SG_CURVES_MAX_SAMPLES; fewer come of fewer steps */

  /* (nullable): told now and then how much is done, 0 to 1; on the calling thread */
  void (*progress) (double done, gpointer user_data);
  gpointer user_data;
} SgCurvesOptions;

/* Steps `model` from its start. A run that diverges gives the curves until then, with `stopped`. Errors:
 * sim.memory, G_IO_ERROR_CANCELLED. */
SgCurves *
sg_curves_run (SgModel *model, const SgCurvesOptions *options, GCancellable *cancellable, GError **error);

G_END_DECLS
