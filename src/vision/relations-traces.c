/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Dashes and dots in a row: a body leaves them on its way, so they ask for its path to be traced. */
#include "config.h"

#include "vision/relations-private.h"

#include <glib/gi18n-lib.h>

static const guint least_marks = 4;
static const double dot_size = 9;
static const double dot_step = 75;    /* from dot to dot at most */
static const double dot_margin = 4;   /* a dot this near to other ink belongs to that */
static const double step_ratio = 2.2; /* of neighbouring steps */
static const double body_range = 60;  /* from the nearest mark of a trace to its body */

static const double dash_length = 45;

static gboolean
is_dash (const SgSense *sense, guint i)
{
  const SgMark *mark = sg_layout_mark (sense->layout, i);

  return sg_sense_element (sense, i)->kind == SG_KIND_LINE && !sense->decided[i] &&
         mark->length <= dash_length * sense->unit;
}

/* Whether dash `b` goes on where dash `a` stops, along the same way; on its end `*at` (in), whose opposite is
 * where the next one is sought (out). */
static gboolean
goes_on (const SgSense *sense, guint a, guint at, guint b, guint *far)
{
  SgPoint ends[2], away[2], others[2], unused[2];

  if (!sg_layout_ends (sense->layout, a, ends, away) || !sg_layout_ends (sense->layout, b, others, unused))
    return FALSE;
  for (guint k = 0; k < 2; k++)
    {
      SgPoint gap = sg_point_sub (others[k], ends[at]);
      SgPoint along = sg_point_sub (others[1 - k], others[k]);
      double length = sg_point_norm (gap), next = sg_point_norm (along);

      if (length < sense->unit || length > dash_length * sense->unit || next == 0)
        continue;
      if (sg_point_dot (gap, away[at]) > 0.9 * length && sg_point_dot (along, away[at]) > 0.85 * next)
        {
          *far = 1 - k;
          return TRUE;
        }
    }
  return FALSE;
}

/* Follows dashes from end `at` of dash `first`; those found are appended to `chain`. */
static void
follow (const SgSense *sense, guint first, guint at, GArray *chain, gboolean *taken)
{
  guint here = first;

  for (gboolean found = TRUE; found;)
    {
      found = FALSE;
      for (guint i = 0; i < sg_sense_n (sense) && !found; i++)
        {
          guint far;

          if (taken[i] || !is_dash (sense, i) || !goes_on (sense, here, at, i, &far))
            continue;
          taken[i] = found = TRUE;
          g_array_append_val (chain, i);
          here = i;
          at = far;
        }
    }
}

/* A line of several strokes whose ink does not fill its length. */
static gboolean
is_dashed (const SgSense *sense, guint i)
{
  const SgElement *element = sg_sense_element (sense, i);
  double ink = 0;

  if (element->n_strokes < 4 || !sg_sense_is_rod (sense, i))
    return FALSE;
  for (guint k = 0; k < element->n_strokes; k++)
    {
      if (element->strokes[k] >= sg_page_get_n_strokes (sense->page))
        return FALSE;
      ink += sg_rect_diagonal (sg_stroke_get_bounds (sg_page_get_stroke (sense->page, element->strokes[k])));
    }
  return ink < 0.85 * sg_layout_mark (sense->layout, i)->length;
}

static gboolean
is_dot (const SgSense *sense, guint i)
{
  SgRect bounds = sg_layout_mark (sense->layout, i)->bounds;

  return !sense->decided[i] && sg_sense_element (sense, i)->kind != SG_KIND_TEXT &&
         MAX (bounds.width, bounds.height) <= dot_size * sense->unit;
}

/* Whether the dot stands by itself, rather than as a pin on a line or an outline. */
static gboolean
stands_free (const SgSense *sense, guint dot)
{
  SgPoint c = sg_layout_mark (sense->layout, dot)->center;
  double margin = (dot_margin + dot_size / 2) * sense->unit;

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (i != dot && sg_sense_element (sense, i)->kind != SG_KIND_TEXT && !is_dot (sense, i) &&
        sg_layout_distance (sense->layout, i, c, margin, NULL) < margin)
      return FALSE;
  return TRUE;
}

/* The nearest free dot to `here`, -1 where none; coming from `before` (where it is not -1) it must go on much
 * the same way, by a step much the same. */
static int
next_dot (const SgSense *sense, int before, guint here, const gboolean *taken)
{
  SgPoint c = sg_layout_mark (sense->layout, here)->center, way = { 0, 0 };
  double nearest = dot_step * sense->unit, least = 0;
  int best = -1;

  if (before >= 0)
    {
      way = sg_point_sub (c, sg_layout_mark (sense->layout, before)->center);
      least = sg_point_norm (way) / step_ratio;
      nearest = MIN (nearest, sg_point_norm (way) * step_ratio);
    }
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      SgPoint step = sg_point_sub (sg_layout_mark (sense->layout, i)->center, c);
      double length = sg_point_norm (step);

      if (i == here || taken[i] || length <= least || length >= nearest || !is_dot (sense, i) ||
          (before >= 0 && sg_point_dot (step, way) < 0.6 * length * sg_point_norm (way)) ||
          !stands_free (sense, i))
        continue;
      nearest = length;
      best = i;
    }
  return best;
}

static void
follow_dots (const SgSense *sense, guint before, guint here, GArray *chain, gboolean *taken)
{
  for (int next; (next = next_dot (sense, before, here, taken)) >= 0;)
    {
      guint found = next;

      taken[next] = TRUE;
      g_array_append_val (chain, found);
      before = here;
      here = next;
    }
}

/* Takes a row of marks for a trace where it is long enough, else gives all but the first back. */
static void
settle_chain (SgSense *sense, const GArray *chain, gboolean *taken, guint number)
{
  for (guint k = 0; k < chain->len; k++)
    {
      guint i = g_array_index (chain, guint, k);

      if (chain->len >= least_marks)
        {
          sg_sense_element (sense, i)->role = SG_ROLE_TRACE;
          sense->decided[i] = TRUE;
          sense->trace[i] = number;
        }
      else if (k > 0)
        taken[i] = FALSE;
    }
}

static void
find_dashed_row (SgSense *sense, guint first, GArray *chain, gboolean *taken)
{
  follow (sense, first, 0, chain, taken);
  follow (sense, first, 1, chain, taken);
}

static void
find_dotted_row (SgSense *sense, guint first, GArray *chain, gboolean *taken)
{
  int next = stands_free (sense, first) ? next_dot (sense, -1, first, taken) : -1;
  guint second = next;

  if (next < 0)
    return;
  taken[next] = TRUE;
  g_array_append_val (chain, second);
  follow_dots (sense, first, second, chain, taken);
  follow_dots (sense, second, first, chain, taken);
}

void
sg_traces_find (SgSense *sense)
{
  g_autofree gboolean *taken = g_new0 (gboolean, sg_sense_n (sense) + 1);
  guint number = 0;

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (!sense->decided[i] && is_dashed (sense, i))
      {
        sg_sense_element (sense, i)->role = SG_ROLE_TRACE;
        sense->decided[i] = TRUE;
        sense->trace[i] = ++number;
      }
  for (guint i = 0; i < sg_sense_n (sense); i++)
    {
      g_autoptr (GArray) chain = NULL;

      if (taken[i] || !(is_dash (sense, i) || is_dot (sense, i)))
        continue;
      chain = g_array_new (FALSE, FALSE, sizeof (guint));
      taken[i] = TRUE;
      g_array_append_val (chain, i);
      if (is_dot (sense, i))
        find_dotted_row (sense, i, chain, taken);
      else
        find_dashed_row (sense, i, chain, taken);
      settle_chain (sense, chain, taken, ++number);
    }
}

/* The body nearest to mark `i` of a trace, within `*nearest`, which it lowers; of a rod and what hangs on it
 * the latter is meant. */
static int
body_near (const SgSense *sense, guint i, double *nearest)
{
  const SgMark *mark = sg_layout_mark (sense->layout, i);
  int best = -1;

  for (guint k = 0; k < sg_sense_n (sense); k++)
    {
      double handicap = sg_sense_is_rod (sense, k) ? 15 * sense->unit : 0;

      if (sg_sense_element (sense, k)->role != SG_ROLE_BODY || !sg_sense_is_thing (sense, k))
        continue;
      for (guint l = 0; l < mark->n; l++)
        {
          double d = handicap + sg_layout_reach (sense->layout, k, mark->outline[l], *nearest);

          if (d >= *nearest)
            continue;
          *nearest = d;
          best = k;
        }
    }
  return best;
}

static void
attach_trace (SgSense *sense, guint first)
{
  double nearest = body_range * sense->unit;
  int body = -1;
  guint at = first;

  for (guint i = first; i < sg_sense_n (sense); i++)
    {
      int found = sense->trace[i] == sense->trace[first] ? body_near (sense, i, &nearest) : -1;

      if (found < 0)
        continue;
      body = found;
      at = i;
    }
  if (body >= 0)
    sg_reading_add_relation (sense->reading, SG_RELATION_ATTACHED, at, body, -1,
                             sg_layout_mark (sense->layout, at)->center, 0.8);
  else
    sg_reading_add_issue (
      sense->reading, SG_SEVERITY_INFO, first, SG_ISSUE_UNATTACHED_TRACE,
      _ ("These dashes start at no body; begin them beside the one whose path they show."));
}

void
sg_traces_attach (SgSense *sense)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sg_sense_n (sense); i++)
    if (sense->trace[i] > 0 && sg_sense_element (sense, i)->role == SG_ROLE_TRACE &&
        g_hash_table_add (done, GUINT_TO_POINTER (sense->trace[i])))
      attach_trace (sense, i);
}
