/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pyramid. Level 0 are the values; block b of level l spans values b 4^l to (b + 1) 4^l - 1. A block
 * that is not full yet is kept apart, in `open`. Each level is a ring; `from` is what it has at the least,
 * as after a truncation a ring has less than its length. */
#include "sim/series.h"

#include <math.h>

#define WIDTH(level) (G_GUINT64_CONSTANT (1) << (2 * (level)))

struct _SgSeries
{
  guint64 n;
  guint64 born;     /* the first value that there ever was */
  guint64 raw_from; /* value */
  double *raw;      /* SG_SERIES_RAW */
  struct
  {
    guint64 from;     /* block */
    SgExtent *blocks; /* SG_SERIES_BLOCKS */
    SgExtent open;
  } levels[SG_SERIES_LEVELS + 1]; /* the first is not used */
};

static const SgExtent nothing = { NAN, NAN };

static SgExtent
unite (SgExtent a, SgExtent b)
{
  return (SgExtent){ fmin (a.low, b.low), fmax (a.high, b.high) }; /* a NAN gives way */
}

static guint64
oldest (guint64 from, guint64 end, guint64 room)
{
  return MAX (from, end > room ? end - room : 0);
}

static guint64
first_block (const SgSeries *self, guint level)
{
  return oldest (self->levels[level].from, self->n / WIDTH (level), SG_SERIES_BLOCKS);
}

SgSeries *
sg_series_new (guint64 n)
{
  SgSeries *self = g_new0 (SgSeries, 1);

  self->raw = g_new0 (double, SG_SERIES_RAW);
  for (guint level = 1; level <= SG_SERIES_LEVELS; level++)
    self->levels[level].blocks = g_new0 (SgExtent, SG_SERIES_BLOCKS);
  sg_series_clear (self);
  self->n = self->raw_from = self->born = n;
  for (guint level = 1; level <= SG_SERIES_LEVELS;
       level++) /* one that it comes amid has its end all the same */
    self->levels[level].from = n / WIDTH (level);
  return self;
}

void
sg_series_free (SgSeries *self)
{
  for (guint level = 1; level <= SG_SERIES_LEVELS; level++)
    g_free (self->levels[level].blocks);
  g_free (self->raw);
  g_free (self);
}

void
sg_series_clear (SgSeries *self)
{
  self->n = self->raw_from = self->born = 0;
  for (guint level = 1; level <= SG_SERIES_LEVELS; level++)
    {
      self->levels[level].from = 0;
      self->levels[level].open = nothing;
    }
}

guint64
sg_series_get_n (const SgSeries *self)
{
  return self->n;
}

guint64
sg_series_get_first_exact (const SgSeries *self)
{
  return oldest (self->raw_from, self->n, SG_SERIES_RAW);
}

guint64
sg_series_get_first (const SgSeries *self)
{
  guint64 first = sg_series_get_first_exact (self);

  for (guint level = 1; level <= SG_SERIES_LEVELS; level++)
    if (self->n / WIDTH (level) > first_block (self, level))
      first = MIN (first, first_block (self, level) * WIDTH (level));
  return MAX (first, self->born); /* a block may begin before */
}

double
sg_series_get (const SgSeries *self, guint64 i)
{
  return i >= sg_series_get_first_exact (self) && i < self->n ? self->raw[i % SG_SERIES_RAW] : NAN;
}

void
sg_series_push (SgSeries *self, double value)
{
  SgExtent extent = isfinite (value) ? (SgExtent){ value, value } : nothing;

  self->raw[self->n % SG_SERIES_RAW] = value;
  self->n++;
  for (guint level = 1; level <= SG_SERIES_LEVELS; level++)
    {
      self->levels[level].open = unite (self->levels[level].open, extent);
      if (self->n % WIDTH (level) != 0)
        return;
      extent = self->levels[level].open; /* a full block goes up as one */
      self->levels[level].blocks[(self->n / WIDTH (level) - 1) % SG_SERIES_BLOCKS] = extent;
      self->levels[level].open = nothing;
    }
}

/* Of the values of a level's last, unfinished block that make up whole blocks below. */
static SgExtent
gather (const SgSeries *self, guint level)
{
  SgExtent extent = nothing;
  guint64 end = level > 1 ? self->n / WIDTH (level - 1) * WIDTH (level - 1) : self->n;

  for (guint64 i = self->n / WIDTH (level) * WIDTH (level); i < end; i++)
    if (isfinite (sg_series_get (self, i)))
      extent = unite (extent, (SgExtent){ sg_series_get (self, i), sg_series_get (self, i) });
  return extent;
}

gboolean
sg_series_truncate (SgSeries *self, guint64 n)
{
  guint64 unfinished = n / WIDTH (SG_SERIES_LEVELS) * WIDTH (SG_SERIES_LEVELS);

  if (n >= self->n)
    return TRUE;
  if (MAX (unfinished, self->born) < sg_series_get_first_exact (self) && self->born < n)
    return FALSE;
  self->born = MIN (self->born, n);
  self->raw_from = MIN (sg_series_get_first_exact (self), n);
  for (guint level = 1; level <= SG_SERIES_LEVELS; level++)
    self->levels[level].from = MIN (first_block (self, level), n / WIDTH (level));
  self->n = n;
  for (guint level = 1; level <= SG_SERIES_LEVELS; level++)
    self->levels[level].open = gather (self, level);
  return TRUE;
}

/* What the levels have of from .. to - 1, the highest that fits first. */
SgExtent
sg_series_get_extent (const SgSeries *self, guint64 from, guint64 to)
{
  SgExtent extent = nothing;

  to = MIN (to, self->n);
  from = MAX (from, sg_series_get_first (self));
  while (from < to)
    {
      guint level = 0;
      guint64 exact = sg_series_get_first_exact (self);

      while (level < SG_SERIES_LEVELS && from % WIDTH (level + 1) == 0 && from + WIDTH (level + 1) <= to &&
             from / WIDTH (level + 1) >= first_block (self, level + 1))
        level++;
      if (level == 0 && from < exact) /* values are gone: the finest block that has it */
        for (level = 1; level <= SG_SERIES_LEVELS; level++)
          if (from / WIDTH (level) >= first_block (self, level) &&
              from / WIDTH (level) < self->n / WIDTH (level))
            break;
      if (level > SG_SERIES_LEVELS) /* or none has */
        from = exact;
      else if (level > 0)
        {
          extent = unite (extent, self->levels[level].blocks[from / WIDTH (level) % SG_SERIES_BLOCKS]);
          from = (from / WIDTH (level) + 1) * WIDTH (level);
        }
      else
        {
          double value = sg_series_get (self, from++);

          if (isfinite (value))
            extent = unite (extent, (SgExtent){ value, value });
        }
    }
  return extent;
}

/* Time is bisected on the greatest of the block that has it, which for what never falls is its last. */
guint64
sg_series_find (const SgSeries *self, double value)
{
  guint64 low = sg_series_get_first (self), high = self->n;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      double there = middle >= sg_series_get_first_exact (self)
                       ? sg_series_get (self, middle)
                       : sg_series_get_extent (self, middle, middle + 1).high;

      if (there < value)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
