/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/times.h"

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

double
sg_times_find_share (GArray *times, double share)
{
  g_array_sort (times, compare_times);
  return times->len > 0 ? g_array_index (times, double, (guint)(share * (times->len - 1))) : 0;
}
