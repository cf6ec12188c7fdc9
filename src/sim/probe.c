/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the stepping thread to who looks.
 *
 *   after_step -> stage (rows, the thread's own) --publish, or when it is full--> series (under the lock)
 *   publish ----> draft readout --swapped under the lock--> fresh --swapped by who looks--> shown
 *   add, remove, looking --flag--> plan (the thread's own copy, taken before its next step)
 *
 * A slot's `generation` tells staged values of a channel from those of the one that had its slot before. */
#include "config.h"

#include "sim/probe.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define STAGE_ROWS 256
#define READOUT_INTERVAL 95000 /* us: ten a second, told of at the same pace */

typedef struct
{
  SgQuantity *quantity; /* (nullable): free */
  SgSeries *series;
  guint uses;
  guint generation;
} Slot;

/* A channel as the thread samples it: no name, so that it owns nothing. */
typedef struct
{
  SgQuantity quantity;
  guint generation;
  gboolean there; /* in the model */
} Planned;

typedef struct
{
  double time;
  double values[SG_PROBE_MAX];
} Row;

struct _SgProbe
{
  gatomicrefcount ref_count;
  atomic_bool dirty; /* the plan is not what is asked for */

  /* shared, under `lock` */
  pthread_mutex_t lock;
  Slot slots[SG_PROBE_MAX];
  SgSeries *time;
  SgProbeLooking looking;
  SgReadout *fresh;
  gboolean is_fresh;

  /* of who looks */
  SgReadout *shown;

  /* the thread's own */
  SgModel *model; /* (nullable) */
  Planned plan[SG_PROBE_MAX];
  guint n_planned; /* slots up to the last that is used */
  SgProbeLooking planned_looking;
  gboolean needs_energy, needs_ledger, active;
  SgLedgerKeeper *ledger; /* (nullable) with the model */
  SgProfiler profiler;
  double *qpos, *qvel, time_before; /* nq, nv: before the step */
  gboolean armed;                   /* they are of the step that is done now */
  Row *stage;                       /* STAGE_ROWS */
  guint n_staged;
  guint staged_generation[SG_PROBE_MAX];
  SgReadout *draft;
  gint64 readout_us;
};

static void
init_lock (SgProbe *self)
{
  pthread_mutex_init (&self->lock, NULL);
}

SgProbe *
sg_probe_new (void)
{
  SgProbe *self = g_new0 (SgProbe, 1);

  g_atomic_ref_count_init (&self->ref_count);
  init_lock (self);
  self->time = sg_series_new (0);
  self->stage = g_new (Row, STAGE_ROWS);
  self->fresh = g_new0 (SgReadout, 1);
  self->shown = g_new0 (SgReadout, 1);
  self->draft = g_new0 (SgReadout, 1);
  return self;
}

SgProbe *
sg_probe_new_like (SgProbe *other)
{
  SgProbe *self = sg_probe_new ();

  pthread_mutex_lock (&other->lock);
  self->looking = other->looking;
  for (guint i = 0; i < SG_PROBE_MAX; i++)
    if (other->slots[i].quantity != NULL)
      self->slots[i] = (Slot){ sg_quantity_copy (other->slots[i].quantity), sg_series_new (0),
                               other->slots[i].uses, other->slots[i].generation };
  pthread_mutex_unlock (&other->lock);
  atomic_store (&self->dirty, TRUE);
  return self;
}

SgProbe *
sg_probe_ref (SgProbe *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
readout_free (SgReadout *readout)
{
  sg_readout_clear (readout);
  g_free (readout);
}

static void
slot_clear (Slot *slot)
{
  g_clear_pointer (&slot->quantity, sg_quantity_free);
  g_clear_pointer (&slot->series, sg_series_free);
  slot->uses = 0;
}

void
sg_probe_unref (SgProbe *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < SG_PROBE_MAX; i++)
    slot_clear (&self->slots[i]);
  sg_series_free (self->time);
  g_clear_pointer (&self->ledger, sg_ledger_keeper_free);
  g_clear_pointer (&self->model, sg_model_unref);
  readout_free (self->fresh);
  readout_free (self->shown);
  readout_free (self->draft);
  g_free (self->stage);
  g_free (self->qpos);
  g_free (self->qvel);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

/* -- Choosing -- */

int
sg_probe_add (SgProbe *self, const SgQuantity *quantity)
{
  int channel = -1;

  pthread_mutex_lock (&self->lock);
  for (int i = SG_PROBE_MAX - 1; i >= 0; i--)
    if (self->slots[i].quantity == NULL)
      channel = i;
  for (int i = 0; i < SG_PROBE_MAX; i++)
    if (self->slots[i].quantity != NULL && sg_quantity_equal (self->slots[i].quantity, quantity))
      channel = i;
  if (channel >= 0 && self->slots[channel].uses++ == 0)
    {
      Slot *slot = &self->slots[channel];

      slot->quantity = sg_quantity_copy (quantity);
      slot->series = sg_series_new (sg_series_get_n (self->time));
      slot->generation++;
      atomic_store (&self->dirty, TRUE);
    }
  pthread_mutex_unlock (&self->lock);
  return channel;
}

void
sg_probe_remove (SgProbe *self, int channel)
{
  g_return_if_fail (channel >= 0 && channel < SG_PROBE_MAX && self->slots[channel].uses > 0);

  pthread_mutex_lock (&self->lock);
  if (--self->slots[channel].uses == 0)
    {
      slot_clear (&self->slots[channel]);
      atomic_store (&self->dirty, TRUE);
    }
  pthread_mutex_unlock (&self->lock);
}

void
sg_probe_set_looking (SgProbe *self, SgProbeLooking looking)
{
  pthread_mutex_lock (&self->lock);
  if (self->looking != looking)
    atomic_store (&self->dirty, TRUE);
  self->looking = looking;
  pthread_mutex_unlock (&self->lock);
}

/* -- Handing over; under the lock -- */

static void
clear_all (SgProbe *self)
{
  sg_series_clear (self->time);
  for (guint i = 0; i < SG_PROBE_MAX; i++)
    if (self->slots[i].series != NULL)
      sg_series_clear (self->slots[i].series);
}

/* The run goes on from an earlier time: what came after it is no longer its past. */
static void
go_back (SgProbe *self, double time)
{
  guint64 n = sg_series_find (self->time, time);
  gboolean whole = sg_series_truncate (self->time, n);

  for (guint i = 0; i < SG_PROBE_MAX && whole; i++)
    if (self->slots[i].series != NULL)
      whole = sg_series_truncate (self->slots[i].series, n);
  if (!whole)
    clear_all (self);
}

static void
hand_over_row (SgProbe *self, const Row *row)
{
  guint64 n = sg_series_get_n (self->time);

  if (n > 0 && sg_series_get_extent (self->time, n - 1, n).high >= row->time)
    go_back (self, row->time);
  sg_series_push (self->time, row->time);
  for (guint i = 0; i < SG_PROBE_MAX; i++)
    {
      const Slot *slot = &self->slots[i];
      gboolean sampled = i < self->n_planned && slot->generation == self->staged_generation[i];

      if (slot->series != NULL)
        sg_series_push (slot->series, sampled ? row->values[i] : NAN);
    }
}

static void
hand_over (SgProbe *self)
{
  for (guint i = 0; i < self->n_staged; i++)
    hand_over_row (self, &self->stage[i]);
  self->n_staged = 0;
}

/* -- The plan; the thread, under the lock -- */

static gboolean
is_of_energy (SgQuantityKind kind)
{
  return kind >= SG_QUANTITY_KINETIC && kind <= SG_QUANTITY_PUT_IN;
}

static void
plan_slot (SgProbe *self, guint i)
{
  const Slot *slot = &self->slots[i];
  Planned *planned = &self->plan[i];

  *planned = (Planned){ .generation = slot->generation };
  if (slot->quantity == NULL)
    return;
  planned->quantity = *slot->quantity;
  planned->there =
    self->model != NULL && sg_quantity_resolve (&planned->quantity, sg_model_get (self->model));
  planned->quantity.name = NULL; /* it stays the slot's */
  self->n_planned = i + 1;
  self->needs_energy |= is_of_energy (slot->quantity->kind);
  self->needs_ledger |=
    slot->quantity->kind == SG_QUANTITY_LOST || slot->quantity->kind == SG_QUANTITY_PUT_IN;
}

static void
take_plan (SgProbe *self)
{
  hand_over (self);
  atomic_store (&self->dirty, FALSE);
  self->planned_looking = self->looking;
  self->needs_ledger = (self->looking & SG_PROBE_LEDGER) != 0;
  self->needs_energy = self->needs_ledger;
  self->n_planned = 0;
  for (guint i = 0; i < SG_PROBE_MAX; i++)
    {
      plan_slot (self, i);
      self->staged_generation[i] = self->plan[i].generation;
    }
  self->active = self->n_planned > 0 || self->needs_ledger || (self->looking & SG_PROBE_PROFILE) != 0;
  self->readout_us = 0;
}

static void
take_plan_if_dirty (SgProbe *self)
{
  if (!atomic_load_explicit (&self->dirty, memory_order_acquire))
    return;
  pthread_mutex_lock (&self->lock);
  take_plan (self);
  pthread_mutex_unlock (&self->lock);
}

void
sg_probe_set_model (SgProbe *self, SgModel *model)
{
  if (model == self->model)
    return;
  g_clear_pointer (&self->ledger, sg_ledger_keeper_free);
  g_clear_pointer (&self->model, sg_model_unref);
  self->armed = FALSE;
  if (model != NULL)
    {
      self->model = sg_model_ref (model);
      self->ledger = sg_ledger_keeper_new (model);
      self->qpos = g_renew (double, self->qpos, sg_model_get (model)->nq + 1);
      self->qvel = g_renew (double, self->qvel, sg_model_get (model)->nv + 1);
    }
  pthread_mutex_lock (&self->lock);
  take_plan (self);
  pthread_mutex_unlock (&self->lock);
}

/* -- Sampling -- */

void
sg_probe_before_step (SgProbe *self, const mjData *data)
{
  take_plan_if_dirty (self);
  self->armed = self->active;
  if (!self->active)
    return;
  const mjModel *model = sg_model_get (self->model);
  memcpy (self->qpos, data->qpos, model->nq * sizeof (double));
  memcpy (self->qvel, data->qvel, model->nv * sizeof (double));
  self->time_before = data->time;
  if (self->planned_looking & SG_PROBE_PROFILE)
    sg_profiler_begin_step (&self->profiler, data);
}

static void
sample (SgProbe *self, const SgMoment *moment)
{
  Row *row = &self->stage[self->n_staged++];

  row->time = moment->time;
  for (guint i = 0; i < self->n_planned; i++)
    row->values[i] = self->plan[i].there ? sg_quantity_read (&self->plan[i].quantity, moment) : NAN;
  if (self->n_staged < STAGE_ROWS)
    return;
  pthread_mutex_lock (&self->lock);
  hand_over (self);
  pthread_mutex_unlock (&self->lock);
}

void
sg_probe_after_step (SgProbe *self, mjData *data)
{
  if (!self->armed)
    return;
  sg_profiler_end_step (&self->profiler, data);
  self->armed = FALSE;
  SgMoment moment = { sg_model_get (self->model), data, self->qpos, self->qvel, self->time_before };

  if (self->needs_energy)
    sg_energy_measure (moment.model, data, self->qpos, self->qvel, moment.energy);
  if (self->needs_ledger)
    {
      sg_ledger_keeper_stepped (self->ledger, data, self->qpos, self->qvel, moment.energy, moment.time);
      moment.ledger = sg_ledger_keeper_get (self->ledger);
    }
  if (self->n_planned > 0)
    sample (self, &moment);
}

/* -- Publishing -- */

static void
capture (SgProbe *self, const mjData *data, const SgInputs *inputs)
{
  SgReadout *draft = self->draft;

  sg_readout_capture (draft, self->model, data, inputs);
  draft->ledger = self->needs_ledger ? *sg_ledger_keeper_get (self->ledger) : (SgLedger){ 0 };
  sg_profiler_take (&self->profiler, &draft->profile);
  pthread_mutex_lock (&self->lock);
  self->draft = self->fresh;
  self->fresh = draft;
  self->is_fresh = TRUE;
  pthread_mutex_unlock (&self->lock);
  self->draft->profile = draft->profile; /* where no step is timed the next time, it stays */
}

void
sg_probe_publish (SgProbe *self, const mjData *data, const SgInputs *inputs, gboolean now)
{
  gint64 now_us = g_get_monotonic_time ();

  take_plan_if_dirty (self);
  if (self->n_staged > 0 && pthread_mutex_trylock (&self->lock) == 0)
    {
      hand_over (self);
      pthread_mutex_unlock (&self->lock);
    }
  if (self->planned_looking == 0 || self->model == NULL || data == NULL)
    return;
  if (!now && now_us - self->readout_us < READOUT_INTERVAL)
    return;
  self->readout_us = now_us;
  capture (self, data, inputs);
}

/* -- Reading -- */

const SgReadout *
sg_probe_get_readout (SgProbe *self)
{
  pthread_mutex_lock (&self->lock);
  if (self->is_fresh)
    {
      SgReadout *shown = self->shown;

      self->shown = self->fresh;
      self->fresh = shown;
      self->is_fresh = FALSE;
    }
  pthread_mutex_unlock (&self->lock);
  return self->shown;
}

gboolean
sg_probe_get_span (SgProbe *self, double *from, double *to)
{
  pthread_mutex_lock (&self->lock);
  guint64 n = sg_series_get_n (self->time), first = sg_series_get_first (self->time);
  *from = sg_series_get_extent (self->time, first, first + 1).low;
  *to = n > 0 ? sg_series_get_extent (self->time, n - 1, n).high : NAN;
  pthread_mutex_unlock (&self->lock);
  return n > 0;
}

static guint
read_steps (SgProbe *self, const SgSeries *series, guint64 from, guint64 to, SgProbePoint *points)
{
  guint n = 0;

  for (guint64 i = from; i < to; i++)
    {
      double value = sg_series_get (series, i);

      points[n++] = (SgProbePoint){ sg_series_get (self->time, i), value, value };
    }
  return n;
}

static guint
read_stretches (
  SgProbe *self, const SgSeries *series, double from, double to, guint64 end, SgProbePoint *points, guint n)
{
  guint64 at = sg_series_find (self->time, from);

  for (guint i = 0; i < n; i++)
    {
      guint64 next = i + 1 < n ? sg_series_find (self->time, from + (to - from) * (i + 1) / n) : end;
      SgExtent extent = sg_series_get_extent (series, at, MAX (next, at));

      points[i] = (SgProbePoint){ from + (to - from) * (i + 0.5) / n, extent.low, extent.high };
      at = next;
    }
  return n;
}

guint
sg_probe_read (SgProbe *self, int channel, double from, double to, SgProbePoint *points, guint n)
{
  guint result = 0;

  g_return_val_if_fail (channel >= 0 && channel < SG_PROBE_MAX, 0);
  pthread_mutex_lock (&self->lock);
  const SgSeries *series = self->slots[channel].series;
  guint64 first = sg_series_find (self->time, from), end = sg_series_find (self->time, to);

  if (end < sg_series_get_n (self->time) && sg_series_get_extent (self->time, end, end + 1).low <= to)
    end++;
  if (series != NULL && first < end && end - first <= n && first >= sg_series_get_first_exact (self->time))
    result = read_steps (self, series, first, end, points);
  else if (series != NULL && first < end)
    result = read_stretches (self, series, from, to, end, points, n);
  pthread_mutex_unlock (&self->lock);
  return result;
}

/* Of values i .. end - 1 those with the extremes of both, in order. Returns how many. */
static guint
pick_extremes (const SgSeries *x, const SgSeries *y, guint64 i, guint64 end, guint64 picked[4])
{
  guint64 best[4] = { i, i, i, i };
  guint n = 0;

  for (guint64 k = i + 1; k < end; k++)
    {
      best[0] = sg_series_get (x, k) < sg_series_get (x, best[0]) ? k : best[0];
      best[1] = sg_series_get (x, k) > sg_series_get (x, best[1]) ? k : best[1];
      best[2] = sg_series_get (y, k) < sg_series_get (y, best[2]) ? k : best[2];
      best[3] = sg_series_get (y, k) > sg_series_get (y, best[3]) ? k : best[3];
    }
  for (guint64 k = i; k < end && n < 4; k++)
    if (k == best[0] || k == best[1] || k == best[2] || k == best[3])
      picked[n++] = k;
  return n;
}

guint
sg_probe_read_pair (SgProbe *self, int x, int y, double from, double to, double *xs, double *ys, guint n)
{
  guint result = 0;

  g_return_val_if_fail (x >= 0 && x < SG_PROBE_MAX && y >= 0 && y < SG_PROBE_MAX && n >= 4, 0);
  pthread_mutex_lock (&self->lock);
  const SgSeries *along = self->slots[x].series, *up = self->slots[y].series;
  guint64 first = sg_series_find (self->time, from), end = sg_series_find (self->time, to) + 1;

  first = MAX (first, sg_series_get_first_exact (self->time));
  end = MIN (end, sg_series_get_n (self->time));
  guint64 width = first < end ? (end - first <= n ? 1 : (end - first + n / 4 - 1) / (n / 4)) : 1;
  for (guint64 i = first; along != NULL && up != NULL && i < end; i += width)
    {
      guint64 picked[4];
      guint n_picked = pick_extremes (along, up, i, MIN (i + width, end), picked);

      for (guint k = 0; k < n_picked && result < n; k++, result++)
        {
          xs[result] = sg_series_get (along, picked[k]);
          ys[result] = sg_series_get (up, picked[k]);
        }
    }
  pthread_mutex_unlock (&self->lock);
  return result;
}

/* -- Export -- */

static void
append_field (GString *text, const char *field, const char *more)
{
  g_autofree char *quoted = g_strdup_printf ("%s%s", field, more);

  g_string_append_c (text, ',');
  if (strpbrk (quoted, ",\"\n") == NULL)
    {
      g_string_append (text, quoted);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *c = quoted; *c != '\0'; c++)
    {
      g_string_append_c (text, *c);
      if (*c == '"')
        g_string_append_c (text, '"');
    }
  g_string_append_c (text, '"');
}

static void
append_number (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (text, ',');
  if (isfinite (value))
    g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.9g", value));
}

#define CSV_ROWS SG_SERIES_RAW

char *
sg_probe_write_csv (
  SgProbe *self, const int *channels, const char *const *names, guint n, double from, double to)
{
  GString *text = g_string_new ("time (s)");
  SgProbePoint *points = g_new (SgProbePoint, (gsize)CSV_ROWS * MAX (n, 1));
  gboolean exact = TRUE;
  guint n_rows = 0;

  for (guint k = 0; k < n; k++) /* the thread may add steps meanwhile: past `to` */
    n_rows = sg_probe_read (self, channels[k], from, to, points + (gsize)CSV_ROWS * k, CSV_ROWS);
  for (guint i = 0; i < n_rows * n && exact; i++)
    {
      const SgProbePoint *point = &points[(gsize)CSV_ROWS * (i / n_rows) + i % n_rows];

      exact = isnan (point->low) || point->low == point->high;
    }
  for (guint k = 0; k < n; k++)
    {
      append_field (text, names[k], exact ? "" : " least");
      if (!exact)
        append_field (text, names[k], " greatest");
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < n_rows; i++)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.9g", points[i].time));
      for (guint k = 0; k < n; k++)
        {
          append_number (text, points[(gsize)CSV_ROWS * k + i].low);
          if (!exact)
            append_number (text, points[(gsize)CSV_ROWS * k + i].high);
        }
      g_string_append_c (text, '\n');
    }
  g_free (points);
  return g_string_free (text, FALSE);
}
