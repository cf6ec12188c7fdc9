/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Guo and Hall's parallel thinning on a front of candidates: a pixel is looked at again only after one of
 * its neighbours went, so that a page full of ink costs what its pixels cost and not its thickness times as
 * much. A neighbourhood is a byte, bit i for neighbour i clockwise from north.
 */
#include "vision/thin.h"

#define N_NEIGHBOURS 8

typedef struct
{
  guint8 *mask;             /* 1: ink */
  int offset[N_NEIGHBOURS]; /* from a pixel to its neighbours */
  guint8 deletable[2][256]; /* by sub-iteration and neighbourhood */
  guint32 *touched;         /* a pixel: the last round in which a neighbour went */
  GArray *front;            /* guint: candidates of this round */
  GArray *next;             /* guint: candidates of the next round */
  GArray *doomed;           /* guint */
} Thinning;

static inline guint
neighbourhood (const Thinning *self, guint at)
{
  guint code = 0;
  for (guint i = 0; i < N_NEIGHBOURS; i++)
    code |= (guint)self->mask[at + self->offset[i]] << i;
  return code;
}

static gboolean
has_bit (guint code, guint i)
{
  return code >> (i % N_NEIGHBOURS) & 1;
}

/* How many separate pieces of ink touch the pixel: 1 where taking it away cuts nothing apart. North, east,
 * south and west are the even bits. */
static guint
count_pieces (guint code)
{
  guint pieces = 0;
  for (guint i = 0; i < N_NEIGHBOURS; i += 2)
    pieces += !has_bit (code, i) && (has_bit (code, i + 1) || has_bit (code, i + 2));
  return pieces;
}

/* Conditions G1 to G3 of the paper. */
static gboolean
is_deletable (guint code, guint subiteration)
{
  guint n1 = 0, n2 = 0;
  for (guint i = 0; i < N_NEIGHBOURS; i += 2)
    {
      n1 += has_bit (code, i + 7) || has_bit (code, i);
      n2 += has_bit (code, i) || has_bit (code, i + 1);
    }
  guint n = MIN (n1, n2);
  guint side = subiteration == 0 ? 0 : 4; /* north-east sides first, then south-west */
  gboolean open = (has_bit (code, side) || has_bit (code, side + 1) || !has_bit (code, side + 3)) &&
                  has_bit (code, side + 2);
  return count_pieces (code) == 1 && n >= 2 && n <= 3 && !open;
}

/* The neighbours of what goes in `round` are looked at again. */
static void
delete_doomed (Thinning *self, guint32 round)
{
  for (guint i = 0; i < self->doomed->len; i++)
    self->mask[g_array_index (self->doomed, guint, i)] = 0;
  for (guint i = 0; i < self->doomed->len; i++)
    for (guint k = 0; k < N_NEIGHBOURS; k++)
      {
        guint at = g_array_index (self->doomed, guint, i) + self->offset[k];
        if (self->mask[at] == 0 || self->touched[at] == round)
          continue;
        self->touched[at] = round;
        g_array_append_val (self->next, at);
      }
}

/* One sub-iteration over the front. A pixel leaves the front after both sub-iterations have looked at its
 * present neighbourhood: here those touched before the last round go. */
static void
peel (Thinning *self, guint subiteration, guint32 round)
{
  g_array_set_size (self->doomed, 0);
  g_array_set_size (self->next, 0);
  for (guint i = 0; i < self->front->len; i++)
    {
      guint at = g_array_index (self->front, guint, i);
      if (self->deletable[subiteration][neighbourhood (self, at)])
        g_array_append_val (self->doomed, at);
    }
  delete_doomed (self, round);
  for (guint i = 0; i < self->front->len; i++)
    {
      guint at = g_array_index (self->front, guint, i);
      if (self->mask[at] && self->touched[at] == round - 1)
        g_array_append_val (self->next, at);
    }
  GArray *swap = self->front;
  self->front = self->next;
  self->next = swap;
}

static void
find_border (Thinning *self, int width, int height)
{
  for (int y = 1; y < height - 1; y++)
    for (int x = 1; x < width - 1; x++)
      {
        guint at = (guint)y * width + x;
        if (self->mask[at] && neighbourhood (self, at) != 0xff)
          g_array_append_val (self->front, at);
      }
}

/* The paper leaves stairs two pixels thick: takes, one after another, what is no end and cuts nothing. */
static void
remove_stairs (Thinning *self, int width, int height)
{
  for (int y = 1; y < height - 1; y++)
    for (int x = 1; x < width - 1; x++)
      {
        guint at = (guint)y * width + x;
        if (!self->mask[at])
          continue;
        guint code = neighbourhood (self, at);
        if (count_pieces (code) == 1 && __builtin_popcount (code) >= 2)
          self->mask[at] = 0;
      }
}

void
sg_thin (guint8 *mask, int width, int height)
{
  gsize n = (gsize)width * height;
  Thinning self = {
    .mask = mask,
    .offset = { -width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1 },
    .touched = g_new0 (guint32, n),
    .front = g_array_new (FALSE, FALSE, sizeof (guint)),
    .next = g_array_new (FALSE, FALSE, sizeof (guint)),
    .doomed = g_array_new (FALSE, FALSE, sizeof (guint)),
  };
  for (guint code = 0; code < 256; code++)
    for (guint subiteration = 0; subiteration < 2; subiteration++)
      self.deletable[subiteration][code] = is_deletable (code, subiteration);
  for (gsize i = 0; i < n; i++)
    mask[i] = mask[i] != 0;
  find_border (&self, width, height);
  for (guint32 round = 1; self.front->len > 0; round++)
    peel (&self, round % 2 ? 0 : 1, round);
  remove_stairs (&self, width, height);
  g_array_unref (self.front);
  g_array_unref (self.next);
  g_array_unref (self.doomed);
  g_free (self.touched);
}
