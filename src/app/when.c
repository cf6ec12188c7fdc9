/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Times for people. */
#include "config.h"

#include "app/when.h"

#include <glib/gi18n.h>

static GTimeSpan
days_before_today (GDateTime *date, GDateTime *now)
{
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  g_autoptr (GDateTime) midnight = g_date_time_new_local (year, month, day, 0, 0, 0);
  GTimeSpan before = g_date_time_difference (midnight, date);

  return before <= 0 ? 0 : 1 + (before - 1) / G_TIME_SPAN_DAY;
}

/* By the formats of today, yesterday, a day of the last week, and any other. */
static char *
describe (gint64 unix_us, const char *today, const char *yesterday, const char *weekday, const char *other)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (unix_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (date == NULL)
    return g_strdup ("");
  GTimeSpan days = days_before_today (date, now);
  if (days > 6 || g_date_time_difference (date, now) > G_TIME_SPAN_DAY)
    return g_date_time_format (date, other);
  return g_date_time_format (date, days == 0 ? today : days == 1 ? yesterday
                                                                 : weekday);
}

char *
sg_when_describe (gint64 unix_us)
{
  return describe (unix_us, _ ("Today %H:%M"), _ ("Yesterday %H:%M"), _ ("%A %H:%M"), _ ("%-e %B %Y"));
}

char *
sg_when_describe_run (gint64 unix_us)
{
  return describe (unix_us, _ ("Today %H:%M:%S"), _ ("Yesterday %H:%M:%S"), _ ("%A %H:%M:%S"),
                   _ ("%-e %B %Y %H:%M"));
}

char *
sg_when_describe_exactly (gint64 unix_us)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (unix_us / G_USEC_PER_SEC);

  return date != NULL ? g_date_time_format (date, _ ("%-e %B %Y %H:%M:%S")) : g_strdup ("");
}
