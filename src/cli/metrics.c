/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli metrics and report: SimGen's figures about itself, and what goes with a report of a defect. */
#include "cli/command.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "base/json.h"
#include "base/log.h"
#include "base/metrics.h"
#include "physics/model.h"
#include "store/history.h"

static const char *const tiers[] = { "memory", "redis", "database" };

/* -- As JSON -- */

static json_t *
durations_to_json (const SgHistogram *histogram)
{
  return json_pack (
    "{s:I, s:o, s:o, s:o, s:o, s:o}", "count", (json_int_t)histogram->count, "mean_ms",
    sg_json_number (sg_histogram_get_mean (histogram) / 1e6, 6), "p50_ms",
    sg_json_number (sg_histogram_get_quantile (histogram, 0.5) / 1e6, 6), "p95_ms",
    sg_json_number (sg_histogram_get_quantile (histogram, 0.95) / 1e6, 6), "p99_ms",
    sg_json_number (sg_histogram_get_quantile (histogram, 0.99) / 1e6, 6), "max_ms",
    sg_json_number (histogram->max / 1e6, 6));
}

static json_t *
operations_to_json (const SgFigures *figures)
{
  json_t *object = json_object ();

  for (guint i = 0; i < SG_N_OPERATIONS; i++)
    if (figures->operations[i].count > 0)
      json_object_set_new (object, sg_operation_name (i), durations_to_json (&figures->operations[i]));
  return object;
}

/* The counters and gauges whose names begin with `prefix`, by the rest of it. */
static json_t *
group_to_json (const SgFigures *figures, const char *prefix)
{
  json_t *object = json_object ();
  gsize length = strlen (prefix);

  for (guint i = 0; i < SG_N_COUNTERS; i++)
    if (g_str_has_prefix (sg_counter_name (i), prefix))
      json_object_set_new (object, sg_counter_name (i) + length, json_integer (figures->counters[i]));
  for (guint i = 0; i < SG_N_GAUGES; i++)
    if (g_str_has_prefix (sg_gauge_name (i), prefix))
      json_object_set_new (object, sg_gauge_name (i) + length, json_integer (figures->gauges[i]));
  return object;
}

static json_t *
tier_to_json (const SgFigures *figures, const char *tier)
{
  g_autofree char *prefix = g_strdup_printf ("cache.%s.", tier);
  g_autofree char *name = g_strdup_printf ("cache.%s", tier);
  json_t *object = group_to_json (figures, prefix);
  double hits = json_integer_value (json_object_get (object, "hits"));
  double misses = json_integer_value (json_object_get (object, "misses"));

  json_object_set_new (object, "hit_rate",
                       hits + misses > 0 ? sg_json_number (hits / (hits + misses), 4) : json_null ());
  json_object_set_new (object, "time",
                       durations_to_json (&figures->operations[sg_operation_from_name (name)]));
  return object;
}

static json_t *
cache_to_json (const SgFigures *figures)
{
  json_t *object = json_object ();

  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    json_object_set_new (object, tiers[i], tier_to_json (figures, tiers[i]));
  return object;
}

static json_t *
database_to_json (const SgFigures *figures)
{
  json_t *object = group_to_json (figures, "database.");

  json_object_set_new (object, "open", durations_to_json (&figures->operations[SG_OPERATION_DATABASE_OPEN]));
  json_object_set_new (object, "commit",
                       durations_to_json (&figures->operations[SG_OPERATION_DATABASE_COMMIT]));
  json_object_set_new (object, "query",
                       durations_to_json (&figures->operations[SG_OPERATION_DATABASE_QUERY]));
  return object;
}

static json_t *
frames_to_json (const SgFigures *figures)
{
  json_t *object = group_to_json (figures, "frames.");

  json_object_set_new (object, "interval", durations_to_json (&figures->operations[SG_OPERATION_FRAME]));
  json_object_set_new (object, "render", durations_to_json (&figures->operations[SG_OPERATION_RENDER]));
  return object;
}

static char *
json_text (const SgFigures *figures, gint64 since_us)
{
  g_autoptr (GDateTime) since = g_date_time_new_from_unix_utc (since_us / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (since, "%Y-%m-%dT%H:%M:%SZ");
  json_t *memory =
    json_pack ("{s:I, s:I}", "rss_bytes", (json_int_t)figures->gauges[SG_GAUGE_MEMORY_RSS], "rss_max_bytes",
               (json_int_t)figures->gauge_max[SG_GAUGE_MEMORY_RSS]);
  g_autoptr (json_t) object =
    json_pack ("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I}", "since", time, "operations",
               operations_to_json (figures), "memory", memory, "cache", cache_to_json (figures), "frames",
               frames_to_json (figures), "simulation", group_to_json (figures, "simulate."), "stream",
               group_to_json (figures, "stream."), "database", database_to_json (figures), "rate_limits",
               group_to_json (figures, "rate-limits."), "errors",
               (json_int_t)figures->counters[SG_COUNTER_ERRORS]);

  return sg_json_dump (object, 0);
}

/* -- As a table -- */

static void
append_operations (GString *text, const SgFigures *figures)
{
  g_string_append_printf (text, "%-20s %9s %10s %10s %10s %10s %10s\n", _ ("milliseconds"), _ ("count"),
                          _ ("mean"), "p50", "p95", "p99", _ ("most"));
  for (guint i = 0; i < SG_N_OPERATIONS; i++)
    {
      const SgHistogram *histogram = &figures->operations[i];

      if (histogram->count > 0)
        g_string_append_printf (
          text, "%-20s %9" G_GUINT64_FORMAT " %10.3f %10.3f %10.3f %10.3f %10.3f\n", sg_operation_name (i),
          histogram->count, sg_histogram_get_mean (histogram) / 1e6,
          sg_histogram_get_quantile (histogram, 0.5) / 1e6, sg_histogram_get_quantile (histogram, 0.95) / 1e6,
          sg_histogram_get_quantile (histogram, 0.99) / 1e6, histogram->max / 1e6);
    }
}

static void
append_tiers (GString *text, const SgFigures *figures)
{
  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    {
      g_autoptr (json_t) tier = tier_to_json (figures, tiers[i]);
      gint64 hits = json_integer_value (json_object_get (tier, "hits"));
      gint64 all = hits + json_integer_value (json_object_get (tier, "misses"));

      if (all > 0)
        g_string_append_printf (text, _ ("cache (%s): %.1f %% of %" PRId64 " found\n"), tiers[i],
                                100.0 * hits / all, all);
    }
}

static char *
readable_text (const SgFigures *figures)
{
  GString *text = g_string_new (NULL);
  const guint64 *counters = figures->counters;

  append_operations (text, figures);
  g_string_append_printf (text, _ ("memory: %.1f MiB, at most %.1f MiB\n"),
                          figures->gauges[SG_GAUGE_MEMORY_RSS] / 1048576.0,
                          figures->gauge_max[SG_GAUGE_MEMORY_RSS] / 1048576.0);
  append_tiers (text, figures);
  g_string_append_printf (text, _ ("frames: %" PRIu64 ", late: %" PRIu64 "\n"),
                          counters[SG_COUNTER_FRAMES], counters[SG_COUNTER_FRAMES_LATE]);
  g_string_append_printf (text, _ ("steps: %" PRIu64 "\n"), counters[SG_COUNTER_STEPS]);
  g_string_append_printf (text, _ ("requests refused for coming too fast: %" PRIu64 "\n"),
                          counters[SG_COUNTER_RATE_LIMIT_VIOLATIONS]);
  g_string_append_printf (text, _ ("errors: %" PRIu64 ", of the database: %" PRIu64),
                          counters[SG_COUNTER_ERRORS], counters[SG_COUNTER_DATABASE_ERRORS]);
  return g_string_free (text, FALSE);
}

/* "90s", "15m", "1h", "7d" in microseconds; FALSE for anything else. */
static gboolean
parse_span (const char *text, gint64 *span_us)
{
  static const struct
  {
    char letter;
    gint64 us;
  } units[] = { { 's', G_TIME_SPAN_SECOND },
                { 'm', G_TIME_SPAN_MINUTE },
                { 'h', G_TIME_SPAN_HOUR },
                { 'd', G_TIME_SPAN_DAY } };
  char *end;
  double number = g_ascii_strtod (text, &end);

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (end != text && end[0] == units[i].letter && end[1] == '\0' && number > 0 &&
        number * units[i].us <= 366.0 * G_TIME_SPAN_DAY)
      {
        *span_us = (gint64)(number * units[i].us);
        return TRUE;
      }
  return FALSE;
}

/* What a person may send with a report of a defect: nothing of it is about what they drew. */
static char *
report_text (const SgFigures *figures)
{
  g_autofree char *system = sg_log_dup_system ("simgen-cli");
  g_autofree char *table = readable_text (figures);

  return g_strdup_printf ("%sMuJoCo %s\n\n%s", system, mj_versionString (), table);
}

static gboolean
print_report (GError **error)
{
  g_autoptr (SgHistory) history = sg_history_new (NULL, NULL);
  g_autoptr (SgFigures) figures =
    history ? sg_history_load_metrics (history, g_get_real_time () - G_TIME_SPAN_DAY, G_MAXINT64, NULL)
            : NULL;

  if (!figures) /* then a report is needed all the more */
    figures = sg_metrics_read (sg_metrics_process ());
  g_autofree char *text = report_text (figures);
  return sg_command_print_line (text, error);
}

SgExit
sg_command_report (const SgCommand *command, int argc, char **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (GStrv) operands = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;
  return print_report (&error) ? SG_EXIT_DONE : sg_command_fail (error);
}

static gboolean
print_figures (gint64 span_us, gboolean json, GError **error)
{
  gint64 since_us = g_get_real_time () - span_us;
  g_autoptr (SgHistory) history = sg_history_new (NULL, error);
  g_autoptr (SgFigures) figures =
    history ? sg_history_load_metrics (history, since_us, G_MAXINT64, error) : NULL;

  if (!figures)
    return FALSE;
  g_autofree char *text = json ? json_text (figures, since_us) : readable_text (figures);
  return sg_command_print_line (text, error);
}

SgExit
sg_command_metrics (const SgCommand *command, int argc, char **argv)
{
  g_autofree char *since = NULL;
  gboolean json = FALSE;
  gint64 span_us = G_TIME_SPAN_DAY;
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &since, N_ ("How far back: 90s, 15m, 1h, 7d (default: 1d)"),
      N_ ("SPAN") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print the figures as JSON"), NULL },
    { NULL }
  };
  g_auto (GStrv) operands = NULL;
  GError *error = NULL;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;
  if (since && !parse_span (since, &span_us))
    return sg_command_misuse (command->name, "%s", _ ("--since takes a number and s, m, h or d, as in 1h"));
  return print_figures (span_us, json, &error) ? SG_EXIT_DONE : sg_command_fail (error);
}
