/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Proposals and their comparison; pure, any thread. */
#include "vision/evidence.h"

#include <string.h>

#include "vision/fit.h"
#include "vision/model.h"

#define HOOK 0.1             /* of the length: what a pen leaves when it is put down or lifted askew */
#define HOOK_TURN (G_PI / 3) /* at least */
#define DOT_SIZE 5.0         /* pen widths */
#define DOT_COST -1.5        /* no larger mark is scribbled over its own ink at this size */
/* Measured on drawings by people: how often the cheapest kind is the one they meant. */
#define MOST_CERTAIN 0.975

#define ALTERNATIVE_CONFIDENCE 0.02 /* below it a reading is not worth a menu entry */

void
sg_evidence_init (SgEvidence *evidence)
{
  memset (evidence->geometry, 0, sizeof evidence->geometry);
  for (guint k = 0; k < SG_N_KINDS; k++)
    evidence->cost[k] = INFINITY;
}

void
sg_evidence_clear (SgEvidence *evidence)
{
  for (guint k = 0; k < SG_N_KINDS; k++)
    sg_geometry_clear (&evidence->geometry[k]);
}

void
sg_evidence_propose (SgEvidence *evidence, SgKind kind, double cost, SgGeometry geometry)
{
  if (!(cost < evidence->cost[kind]))
    {
      g_free (geometry.points);
      return;
    }
  sg_geometry_clear (&evidence->geometry[kind]);
  evidence->geometry[kind] = geometry;
  evidence->cost[kind] = cost;
}

SgKind
sg_evidence_best (const SgEvidence *evidence)
{
  SgKind best = SG_KIND_UNKNOWN;

  for (guint k = 0; k < SG_N_KINDS; k++)
    if (evidence->cost[k] < evidence->cost[best])
      best = k;
  return best;
}

static int
compare_likely (const void *a, const void *b)
{
  const SgAlternative *p = a, *q = b;

  if (p->confidence != q->confidence)
    return p->confidence > q->confidence ? -1 : 1;
  return (int)p->kind - (int)q->kind;
}

SgVerdict *
sg_verdict_new (SgEvidence *evidence)
{
  SgAlternative kinds[SG_N_KINDS];
  guint n = 0;
  SgKind best = sg_evidence_best (evidence);
  double sum = 0, least = evidence->cost[best];

  for (guint k = 0; k < SG_N_KINDS; k++)
    sum += isfinite (evidence->cost[k]) ? exp (SG_EVIDENCE_SHARPNESS * (least - evidence->cost[k])) : 0;
  for (guint k = 0; k < SG_N_KINDS; k++)
    {
      double confidence =
        MOST_CERTAIN * exp (SG_EVIDENCE_SHARPNESS * (least - evidence->cost[k])) / MAX (sum, 1);

      if (k != best && !(confidence >= ALTERNATIVE_CONFIDENCE))
        continue;
      kinds[n++] = (SgAlternative){ k, isfinite (least) ? confidence : 0, evidence->geometry[k] };
      evidence->geometry[k] = (SgGeometry){ 0 };
    }
  qsort (kinds, n, sizeof kinds[0], compare_likely);
  sg_evidence_clear (evidence);

  SgVerdict *verdict = g_malloc (sizeof *verdict + n * sizeof kinds[0]);
  g_ref_count_init (&verdict->ref_count);
  verdict->n = n;
  verdict->cost = least;
  memcpy (verdict->kinds, kinds, n * sizeof kinds[0]);
  return verdict;
}

SgVerdict *
sg_verdict_ref (SgVerdict *verdict)
{
  g_ref_count_inc (&verdict->ref_count);
  return verdict;
}

void
sg_verdict_unref (SgVerdict *verdict)
{
  if (!g_ref_count_dec (&verdict->ref_count))
    return;
  for (guint i = 0; i < verdict->n; i++)
    sg_geometry_clear (&verdict->kinds[i].geometry);
  g_free (verdict);
}

SgElement *
sg_reading_add_alternatives (SgReading *reading, const SgAlternative *kinds, guint n)
{
  SgElement *element =
    sg_reading_add_element (reading, kinds[0].kind, SG_ROLE_DECORATION, kinds[0].confidence);

  sg_geometry_copy (&element->geometry, &kinds[0].geometry);
  element->n_alternatives = n - 1;
  element->alternatives = n > 1 ? g_new (SgAlternative, n - 1) : NULL;
  for (guint i = 1; i < n; i++)
    {
      element->alternatives[i - 1] = kinds[i];
      sg_geometry_copy (&element->alternatives[i - 1].geometry, &kinds[i].geometry);
    }
  return element;
}

/* Number of points from the start up to a hook's corner: the sharpest turn near the end, or 0. */
static guint
hook_at_start (const SgPath *path)
{
  guint reach = path->n * HOOK, at = 0;
  SgPoint sharpest = SG_POINT (cos (HOOK_TURN), sin (HOOK_TURN));

  for (guint i = 2; i <= reach && i + 4 < path->n; i++)
    {
      SgPoint bend = sg_path_bend (path, i, 2);

      if (sg_bend_exceeds (bend, sharpest))
        sharpest = bend, at = i;
    }
  return at;
}

/* PaleoSketch removes tails likewise (Paulson and Hammond 2008, section 3.1). */
gboolean
sg_path_cut_hooks (SgPath *path, const SgPath *from)
{
  SgPath back;
  guint start = hook_at_start (from);

  sg_path_reverse (&back, from);
  guint end = from->n - hook_at_start (&back);

  if (start == 0 && end == from->n)
    {
      *path = *from;
      return FALSE;
    }
  sg_path_init (path, from->points + start, NULL, end - start, from->width);
  return TRUE;
}

/* Noise is a part of the mark's size, but a long thin zigzag must not drown in it. */
static double
noise_of (const SgPath *path)
{
  SgLineFit line;
  double across = 2 * sg_fit_line (path->points, path->n, &line);

  return CLAMP (0.1 * across, 0.008 * path->size, 0.02 * path->size);
}

void
sg_run_init_outline (SgRun *run, const SgPath *path)
{
  run->whole = *path;
  sg_path_trim_loop (&run->loop, path);
}

void
sg_run_init (SgRun *run, const SgPath *path)
{
  sg_run_init_outline (run, path);
  run->hooked = sg_path_cut_hooks (&run->path, path);

  run->tolerance = MAX (noise_of (&run->path), 0.2 * path->width);
  sg_segments_find (&run->path, run->tolerance, &run->segments);
  run->roundness = sg_segments_roundness (&run->path, &run->segments);
}

/* A tap or a filled dot: the notation's pin. */
static void
propose_dot (const SgRun *run, SgEvidence *evidence)
{
  const SgPath *path = &run->whole;
  double across = MAX (path->bounds.width, path->bounds.height);
  gboolean filled = path->length > 4 * across || path->length < path->width;

  if (across > DOT_SIZE * path->width || !filled)
    return;
  SgGeometry dot = { .center = sg_rect_center (path->bounds), .radius = MAX (across, path->width) / 2 };
  sg_evidence_propose (evidence, SG_KIND_CIRCLE, DOT_COST, dot);
}

void
sg_evidence_of_outline (const SgRun *run, SgEvidence *evidence)
{
  sg_evidence_of_loops (run, evidence);
}

void
sg_evidence_by_rules (const SgRun *run, SgEvidence *evidence)
{
  propose_dot (run, evidence);
  sg_evidence_of_lines (run, evidence);
  sg_evidence_of_polylines (run, evidence);
  sg_evidence_of_loops (run, evidence);
  sg_evidence_of_springs (run, evidence);
  sg_evidence_of_crosses (run, evidence);
  sg_evidence_of_arrows (run, evidence);
}

void
sg_evidence_of_run (const SgRun *run, SgEvidence *evidence)
{
  sg_evidence_by_rules (run, evidence);
  sg_model_weigh (run, evidence);
}
