/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli history: the sketches that are kept, and the whole that they are. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/file.h"
#include "base/json.h"
#include "sketch/file.h"
#include "store/history.h"
#include "store/keeping.h"
#include "store/search.h"

#define PAGE_SIZE 200    /* rows read at a time */
#define MOST_DAYS 100000 /* since a sketch was changed */
#define NOT_GIVEN G_MININT

typedef struct
{
  gboolean json;
  char *output;
  int older_than; /* days, or NOT_GIVEN */
} Options;

typedef gboolean (*EntryFunc) (SgHistory *history,
                               const SgHistoryEntry *entry,
                               const Options *options,
                               GError **error);

/* Calls `func` for every sketch that `text` (nullable) finds, newest first. */
static gboolean
for_each_entry (SgHistory *history, const char *text, EntryFunc func, const Options *options, GError **error)
{
  for (gint64 before = 0;;)
    {
      g_autoptr (GPtrArray) entries = sg_history_list (history, text, before, PAGE_SIZE, error);

      if (!entries)
        return FALSE;
      for (guint i = 0; i < entries->len; i++)
        {
          const SgHistoryEntry *entry = entries->pdata[i];

          before = entry->updated_us;
          if (!func (history, entry, options, error))
            return FALSE;
        }
      if (entries->len < PAGE_SIZE)
        return TRUE;
    }
}

static char *
format_time (gint64 time_us, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (g_str_has_suffix (format, "Z") ? utc : local, format);
}

static gboolean
print_entry (SgHistory *history, const SgHistoryEntry *entry, const Options *options, GError **error)
{
  g_autofree char *text = NULL;

  if (options->json)
    {
      g_autofree char *created = format_time (entry->created_us, "%Y-%m-%dT%H:%M:%SZ");
      g_autofree char *updated = format_time (entry->updated_us, "%Y-%m-%dT%H:%M:%SZ");
      g_autoptr (json_t) line = json_pack ("{s:I, s:s, s:s, s:s, s:i, s:i}", "id", (json_int_t)entry->id,
                                           "title", entry->title, "created", created, "updated", updated,
                                           "strokes", (int)entry->n_strokes, "runs", (int)entry->n_runs);
      json_t *tags = json_array ();

      for (guint i = 0; entry->tags[i]; i++)
        json_array_append_new (tags, json_string (entry->tags[i]));
      json_object_set_new (line, "tags", tags);
      json_object_set_new (line, "pinned", json_boolean (entry->pinned));
      if (entry->snippet)
        {
          g_autofree char *snippet = sg_search_snippet_plain (entry->snippet);

          json_object_set_new (line, "match", json_string (snippet));
        }
      text = sg_json_dump (line, 0);
    }
  else
    {
      g_autofree char *updated = format_time (entry->updated_us, "%Y-%m-%d %H:%M");

      text = g_strdup_printf ("%6" G_GINT64_FORMAT "  %s  %s", entry->id, updated, entry->title);
    }
  return sg_command_print_line (text, error);
}

static gboolean
prune_entry (SgHistory *history, const SgHistoryEntry *entry, const Options *options, GError **error)
{
  gint64 limit = g_get_real_time () - options->older_than * G_TIME_SPAN_DAY;

  if (entry->updated_us >= limit || entry->pinned)
    return TRUE;
  return sg_history_delete_sketch (history, entry->id, error) && print_entry (history, entry, options, error);
}

static gboolean
show (SgHistory *history, gint64 id, const Options *options, GError **error)
{
  g_autoptr (SgPage) page = sg_history_load_sketch (history, id, error);
  g_autofree char *hash = NULL, *text = NULL;

  if (!page)
    return FALSE;
  hash = sg_page_hash (page);
  g_autoptr (json_t) object = json_pack (
    "{s:I, s:s, s:s, s:i, s:i, s:i, s:o, s:s}", "id", (json_int_t)id, "title", sg_page_get_title (page),
    "words", sg_page_get_words (page), "strokes", (int)sg_page_get_n_strokes (page), "images",
    (int)sg_page_get_n_images (page), "labels", (int)sg_page_get_n_labels (page), "scale",
    sg_json_number (sg_page_get_scale (page), 6), "hash", hash);
  text = sg_json_dump (object, options->json ? 0 : 2);
  return sg_command_print_line (text, error);
}

static gboolean export(SgHistory *history, gint64 id, const Options *options, GError **error)
{
  g_autoptr (SgPage) page = sg_history_load_sketch (history, id, error);
  g_autofree char *text = page ? sg_sketch_file_dump (page) : NULL;

  return text && sg_file_write (options->output ? options->output : "-", text, strlen (text), error);
}

/* Prints `figures` (taken), of whole numbers, as JSON or as one line each. */
static gboolean
print_figures (json_t *figures, const Options *options, GError **error)
{
  g_autoptr (json_t) owned = figures;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *name;
  json_t *value;

  if (options->json)
    {
      g_autofree char *line = sg_json_dump (figures, 0);

      return sg_command_print_line (line, error);
    }
  json_object_foreach (figures, name, value)
    g_string_append_printf (text, "%s%s: %" JSON_INTEGER_FORMAT, text->len > 0 ? "\n" : "", name,
                            json_integer_value (value));
  return sg_command_print_line (text->str, error);
}

static gboolean
clean_up (SgHistory *history, const Options *options, GError **error)
{
  SgCleanUp done;

  if (!sg_history_clean_up (history, NULL, &done, error))
    return FALSE;
  return print_figures (json_pack ("{s:i, s:i, s:i, s:I, s:I}", "runs", (int)done.n_runs, "sketches",
                                   (int)done.n_sketches, "versions", (int)done.n_versions, "bytes_before",
                                   (json_int_t)done.bytes_before, "bytes_after",
                                   (json_int_t)done.bytes_after),
                        options, error);
}

static gboolean
back_up (SgHistory *history, const char *path, const Options *options, GError **error)
{
  GStatBuf info = { 0 };

  if (!sg_history_back_up (history, path, error))
    return FALSE;
  g_stat (path, &info);
  return print_figures (json_pack ("{s:I}", "bytes", (json_int_t)info.st_size), options, error);
}

static gboolean
import (SgHistory *history, const char *path, const Options *options, GError **error)
{
  SgImport done;

  if (!sg_history_import (history, path, &done, error))
    return FALSE;
  return print_figures (json_pack ("{s:i, s:i, s:i, s:i}", "sketches", (int)done.n_sketches, "versions",
                                   (int)done.n_versions, "runs", (int)done.n_runs, "refused",
                                   (int)done.n_refused),
                        options, error);
}

/* -- Which of them -- */

typedef struct
{
  const char *name;
  gboolean takes_text, takes_id;
  gboolean (*run) (
    SgHistory *history, const char *operand, gint64 id, const Options *options, GError **error);
} Action;

static gboolean
run_list (SgHistory *history, const char *operand, gint64 id, const Options *options, GError **error)
{
  return for_each_entry (history, operand, print_entry, options, error);
}

static gboolean
run_show (SgHistory *history, const char *operand, gint64 id, const Options *options, GError **error)
{
  return show (history, id, options, error);
}

static gboolean
run_export (SgHistory *history, const char *operand, gint64 id, const Options *options, GError **error)
{
  return export(history, id, options, error);
}

static gboolean
run_prune (SgHistory *history, const char *operand, gint64 id, const Options *options, GError **error)
{
  if (options->older_than == NOT_GIVEN)
    return clean_up (history, options, error);
  return for_each_entry (history, NULL, prune_entry, options, error);
}

static gboolean
run_backup (SgHistory *history, const char *operand, gint64 id, const Options *options, GError **error)
{
  return back_up (history, operand, options, error);
}

static gboolean
run_import (SgHistory *history, const char *operand, gint64 id, const Options *options, GError **error)
{
  return import (history, operand, options, error);
}

static const Action actions[] = {
  { "list", FALSE, FALSE, run_list },
  { "search", TRUE, FALSE, run_list },
  { "show", FALSE, TRUE, run_show },
  { "export", FALSE, TRUE, run_export },
  { "prune", FALSE, FALSE, run_prune },
  { "backup", TRUE, FALSE, run_backup },
  { "import", TRUE, FALSE, run_import },
};

static const Action *
find_action (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (name, actions[i].name))
      return &actions[i];
  return NULL;
}

/* FALSE where the action and its operand do not go together; it has been said so. */
static gboolean
understand (
  const SgCommand *command, char **operands, const Options *options, const Action **action, gint64 *id)
{
  guint64 value = 0;

  *action = find_action (operands[0]);
  if (!*action)
    sg_command_misuse (command->name, _ ("no such action: %s"), operands[0]);
  else if (((*action)->takes_text || (*action)->takes_id) != (operands[1] != NULL))
    sg_command_misuse (
      command->name, "%s",
      _ ("search takes TEXT, show and export take ID, backup and import FILE, the others nothing"));
  else if ((*action)->takes_id && !g_ascii_string_to_unsigned (operands[1], 10, 1, G_MAXINT64, &value, NULL))
    sg_command_misuse (command->name, _ ("not an ID: %s"), operands[1]);
  else if ((*action)->run != run_prune && options->older_than != NOT_GIVEN)
    sg_command_misuse (command->name, "%s", _ ("only prune takes --older-than DAYS"));
  else if (options->older_than != NOT_GIVEN && (options->older_than < 0 || options->older_than > MOST_DAYS))
    sg_command_misuse (command->name, _ ("--older-than takes 0 to %d"), MOST_DAYS);
  else
    {
      *id = value;
      return TRUE;
    }
  return FALSE;
}

SgExit
sg_command_history (const SgCommand *command, int argc, char **argv)
{
  g_autofree char *output = NULL;
  Options options = { .older_than = NOT_GIVEN };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON, one line a sketch"), NULL },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("export: where the sketch goes (default: standard output)"), "OUT.simgen" },
    { "older-than", 0, 0, G_OPTION_ARG_INT, &options.older_than,
      N_ ("prune: forget sketches that were not changed for so long"), N_ ("DAYS") },
    { NULL }
  };
  g_auto (GStrv) operands = NULL;
  GError *error = NULL;
  const Action *action;
  gint64 id;
  SgExit status;

  if (!sg_command_parse (command, entries, argc, argv, &operands, &status))
    return status;
  options.output = output;
  if (!understand (command, operands, &options, &action, &id))
    return SG_EXIT_USAGE;

  g_autoptr (SgHistory) history = sg_history_new (NULL, &error);
  if (!history)
    return sg_command_fail (error);
  if (sg_history_get_recovery (history))
    fprintf (stderr, _ ("note: %s\n"), sg_history_get_recovery (history));
  if (!action->run (history, operands[1], id, &options, &error))
    return sg_command_fail (error);
  return SG_EXIT_DONE;
}
