/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Measuring a simulation while it runs. The simulation's thread samples the chosen quantities in every step
 * and now and then fills a readout; another thread reads both. Samples are of the state before each step,
 * for which MuJoCo has computed everything.
 *
 * Memory is bounded: SG_SERIES_BYTES a quantity, at most SG_PROBE_MAX of them and the time. What is not
 * looked at costs nothing but a look at a flag a step. Stepping neither allocates nor waits: samples are
 * handed over in batches, and while the other side reads they stay where they are.
 */
#pragma once

#include "sim/quantity.h"
#include "sim/readout.h"
#include "sim/series.h"

G_BEGIN_DECLS

#define SG_PROBE_MAX 16

typedef struct _SgProbe SgProbe;

typedef enum
{
  SG_PROBE_READOUT = 1 << 0, /* contacts, motors, sensors, ties */
  SG_PROBE_LEDGER = 1 << 1,
  SG_PROBE_PROFILE = 1 << 2,
} SgProbeLooking;

/* A stretch of time and what a quantity was in it. */
typedef struct
{
  double time;      /* s: its middle */
  double low, high; /* NAN where nothing was measured */
} SgProbePoint;

SgProbe *sg_probe_new (void);
SgProbe *sg_probe_new_like (SgProbe *probe); /* with the same channels and looking, and nothing measured */
SgProbe *sg_probe_ref (SgProbe *probe);      /* any thread */
void sg_probe_unref (SgProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgProbe, sg_probe_unref)

/* -- For who looks: any one thread -- */

/* Samples a quantity from the next step on; returns its channel, -1 where there are SG_PROBE_MAX already. The
 * same quantity twice is one channel, to be removed twice. */
int sg_probe_add (SgProbe *probe, const SgQuantity *quantity);
void sg_probe_remove (SgProbe *probe, int channel);

/* What the readout is to have besides. */
void sg_probe_set_looking (SgProbe *probe, SgProbeLooking looking);

/* The newest readout; (transfer none), valid until the next call. Its model is NULL before the first. */
const SgReadout *sg_probe_get_readout (SgProbe *probe);

/* From when to when there are samples; FALSE where there are none. Resuming from an earlier time takes back
 * the samples after it. */
gboolean sg_probe_get_span (SgProbe *probe, double *from, double *to);

/* A channel between two times as at most `n` points, no peak left out; returns how many. Where there are
 * fewer steps than points, each is a point of its own. */
guint sg_probe_read (SgProbe *probe, int channel, double from, double to, SgProbePoint *points, guint n);

/* Two channels against each other, in order of time: at most `n` points, extremes of both kept. */
guint
sg_probe_read_pair (SgProbe *probe, int x, int y, double from, double to, double *xs, double *ys, guint n);

/* A table of comma-separated values: time and every channel, a row a step; of what is too long ago for that a
 * row a block, with the least and the greatest. `names` are the columns'. Returns: (transfer full). */
char *sg_probe_write_csv (
  SgProbe *probe, const int *channels, const char *const *names, guint n, double from, double to);

/* -- For the thread that steps -- */

/* Another model (nullable), at its start or amid a run. */
void sg_probe_set_model (SgProbe *probe, SgModel *model);

/* Right before and after each step; not for steps that are done again. */
void sg_probe_before_step (SgProbe *probe, const mjData *data);
void sg_probe_after_step (SgProbe *probe, mjData *data);

/* After a batch of steps and after every command: hands over. `now`: also a readout, else only where a
 * tenth of a second has passed. `data` (nullable), `inputs` (nullable): of the model. */
void sg_probe_publish (SgProbe *probe, const mjData *data, const SgInputs *inputs, gboolean now);

G_END_DECLS
