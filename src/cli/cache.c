/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli cache: what is kept of what was computed, and how often it was of use. */
#include "cli/command.h"

#include <stdio.h>

#include <glib/gi18n.h>

#include "base/json.h"
#include "store/cache.h"

/* -1: it was never asked. */
static double
hit_rate (const SgCacheFigures *figures)
{
  guint64 asked = figures->hits + figures->misses;

  return asked > 0 ? (double)figures->hits / asked : -1;
}

static json_t *
tier_to_json (SgCacheLevel level, const SgCacheFigures *figures)
{
  double rate = hit_rate (figures);
  gboolean known = level != SG_CACHE_REDIS; /* what is in it is not this person's alone */

  return json_pack (
    "{s:s, s:b, s:o, s:o, s:I, s:I, s:o, s:I, s:I, s:I, s:I, s:I, s:o}", "tier", sg_cache_level_name (level),
    "used", figures->used, "entries", known ? json_integer (figures->entries) : json_null (), "bytes",
    known ? json_integer (figures->bytes) : json_null (), "hits", (json_int_t)figures->hits, "misses",
    (json_int_t)figures->misses, "hit_rate", rate < 0 ? json_null () : sg_json_number (rate, 4), "puts",
    (json_int_t)figures->puts, "put_bytes", (json_int_t)figures->put_bytes, "evictions",
    (json_int_t)figures->evictions, "corrupt", (json_int_t)figures->corrupt, "failures",
    (json_int_t)figures->failures, "time_ms", sg_json_number (figures->time_us / 1e3, 3));
}

static char *
json_line (const SgCacheFigures *figures)
{
  const SgCacheFigures *none = &figures[SG_CACHE_NONE];
  json_t *tiers = json_array ();

  for (int level = SG_CACHE_MEMORY; level < SG_N_CACHE_LEVELS; level++)
    json_array_append_new (tiers, tier_to_json (level, &figures[level]));
  g_autoptr (json_t) object =
    json_pack ("{s:I, s:o, s:I, s:o}", "computed", (json_int_t)none->misses, "compute_ms",
               sg_json_number (none->time_us / 1e3, 3), "shared", (json_int_t)none->hits, "tiers", tiers);
  return sg_json_dump (object, 0);
}

static void
append_tier (GString *text, SgCacheLevel level, const SgCacheFigures *figures)
{
  g_autofree char *size = g_format_size_full (figures->bytes, G_FORMAT_SIZE_IEC_UNITS);
  double rate = hit_rate (figures);

  g_string_append_printf (text, "\n%-9s", sg_cache_level_name (level));
  if (!figures->used && rate < 0)
    {
      g_string_append_printf (text, " %s", _ ("not in use"));
      return;
    }
  if (level == SG_CACHE_REDIS)
    g_string_append_printf (text, " %8s %10s", "-", "-");
  else
    g_string_append_printf (text, " %8" G_GUINT64_FORMAT " %10s", figures->entries, size);
  g_string_append_printf (text, " %8" G_GUINT64_FORMAT " %8" G_GUINT64_FORMAT, figures->hits,
                          figures->misses);
  if (rate >= 0)
    g_string_append_printf (text, " %5.1f %%", 100 * rate);
}

static char *
readable_text (const SgCacheFigures *figures)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%-9s %8s %10s %8s %8s %7s", "", _ ("entries"), _ ("size"), _ ("hits"),
                          _ ("misses"), _ ("hits, %"));
  for (int level = SG_CACHE_MEMORY; level < SG_N_CACHE_LEVELS; level++)
    append_tier (text, level, &figures[level]);
  g_string_append_printf (text, "\n%s: %" G_GUINT64_FORMAT, _ ("computed"), figures[SG_CACHE_NONE].misses);
  return g_string_free (text, FALSE);
}

static gboolean
print_figures (SgCache *cache, gboolean json, GError **error)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];
  g_autofree char *text = NULL;

  sg_cache_get_figures (cache, TRUE, figures);
  text = json ? json_line (figures) : readable_text (figures);
  return sg_command_print_line (text, error);
}

SgExit
sg_command_cache (const SgCommand *command, int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print the figures as JSON"), NULL }, { NULL }
  };
  g_auto (GStrv) operands = NULL;
  SgExit status = SG_EXIT_DONE;
  GError *error = NULL;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;
  gboolean clears = g_str_equal (operands[0], "clear");
  if (!clears && !g_str_equal (operands[0], "stats"))
    return sg_command_misuse (command->name, _ ("no such action: %s"), operands[0]);

  g_autoptr (SgCache) cache = sg_cache_new_of_person (NULL);
  if (!cache)
    fprintf (stderr, _ ("note: %s\n"), _ ("SIMGEN_CACHE is off"));
  else if (!(clears ? sg_cache_clear (cache, &error) : print_figures (cache, json, &error)))
    return sg_command_fail (error);
  return SG_EXIT_DONE;
}
