/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-cli analyze: what is drawn, as JSON lines, as an overlay, or as words for a person. */
#include "cli/command.h"

#include <string.h>

#include <glib/gi18n.h>
#include <jansson.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "cli/scene.h"
#include "physics/error.h"
#include "pipeline/analysis.h"
#include "pipeline/input.h"
#include "vision/reading-json.h"

typedef struct
{
  char *words;
  char *overlay;
  gboolean json;
  gboolean no_cache;
  int page;
} Options;

typedef struct
{
  SgPage *page;
  SgReading *reading;
  SgCacheLevel level; /* where it was found */
  double duration_ms;
} Analysis;

static void
analysis_clear (Analysis *analysis)
{
  g_clear_pointer (&analysis->page, sg_page_unref);
  g_clear_pointer (&analysis->reading, sg_reading_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, analysis_clear)

static SgPage *
with_words (SgPage *page, const char *words)
{
  SgPageBuilder *builder = sg_page_builder_new (page);

  sg_page_builder_set_words (builder, words);
  sg_page_unref (page);
  return sg_page_builder_end (builder);
}

static gboolean
analyze_file (const char *path,
              const Options *options,
              SgCache *cache,
              SgReader *reader,
              Analysis *analysis,
              GError **error)
{
  analysis->page = sg_input_file_load_page (path, (guint)options->page, error);
  if (!analysis->page)
    return FALSE;
  if (options->words &&
      !sg_limit_check_text (SG_LIMIT_ID_WORDS, options->words, "--words", SG_PHYSICS_ERROR,
                            SG_PHYSICS_ERROR_WORDS, error))
    return FALSE;
  if (options->words)
    analysis->page = with_words (analysis->page, options->words);

  gint64 start = g_get_monotonic_time ();
  analysis->reading = sg_cached_analyze (cache, SG_CACHE_FAR, reader, analysis->page, NULL, NULL,
                                         &analysis->level, error);
  analysis->duration_ms = (g_get_monotonic_time () - start) / 1000.0;
  return analysis->reading != NULL;
}

/* The contract's object: the input's own members first, then those of the reading. */
static char *
json_line (const char *path, const Analysis *analysis)
{
  g_autofree char *input = g_filename_display_name (path);
  g_autofree char *hash = sg_page_hash (analysis->page);
  g_autoptr (json_t) reading = sg_reading_to_json (analysis->reading);
  g_autoptr (json_t) line = json_pack ("{s:s, s:s, s:s, s:o}", "input", input, "hash", hash, "cache",
                                       sg_cache_level_name (analysis->level), "duration_ms",
                                       sg_json_number (analysis->duration_ms, 3));

  json_object_update (line, reading);
  return sg_json_dump (line, 0);
}

static char *
readable_text (const char *path, const Analysis *analysis)
{
  const SgReading *reading = analysis->reading;
  g_autofree char *input = g_filename_display_name (path);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s:", input);
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);

      g_string_append_printf (text, "\n  %-14s %-12s %3.0f %%", element->id, sg_role_name (element->role),
                              100 * element->confidence);
    }
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *relation = sg_reading_relation (reading, i);
      const char *a = relation->a < 0 ? "world" : sg_reading_element (reading, relation->a)->id;
      const char *b = relation->b < 0 ? "world" : sg_reading_element (reading, relation->b)->id;

      g_string_append_printf (text, "\n  %s: %s, %s", sg_relation_name (relation->kind), a, b);
    }
  for (guint i = 0; i < reading->issues->len; i++)
    g_string_append_printf (text, "\n  %s", g_array_index (reading->issues, SgIssue, i).message);
  return g_string_free (text, FALSE);
}

static gboolean
write_overlay (const char *path, const Analysis *analysis, GError **error)
{
  g_autofree char *svg = sg_reading_to_svg (analysis->reading, analysis->page);

  return sg_file_write (path, svg, strlen (svg), error);
}

static gboolean
run_one (const char *path, const Options *options, SgCache *cache, SgReader *reader, GError **error)
{
  g_auto (Analysis) analysis = { 0 };
  g_autofree char *text = NULL;

  if (!analyze_file (path, options, cache, reader, &analysis, error))
    return FALSE;
  if (options->overlay && !write_overlay (options->overlay, &analysis, error))
    return FALSE;
  if (g_strcmp0 (options->overlay, "-") == 0)
    return TRUE;
  text = options->json ? json_line (path, &analysis) : readable_text (path, &analysis);
  return sg_command_print_line (text, error);
}

static gboolean
is_drawing (const char *name)
{
  static const char *const endings[] = { "simgen", "png", "jpg", "jpeg", "webp", "pdf" };

  return sg_file_find_ending (name, endings, G_N_ELEMENTS (endings)) >= 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The drawings of a folder by name. */
static gboolean
add_folder (const char *path, GPtrArray *files, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *name;

  if (!folder)
    return FALSE;
  while ((name = g_dir_read_name (folder)))
    if (is_drawing (name))
      g_ptr_array_add (found, g_build_filename (path, name, NULL));
  if (found->len == 0)
    {
      g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ, _ ("%s: holds no drawing"), path);
      return FALSE;
    }
  g_ptr_array_sort (found, compare_names);
  g_ptr_array_extend_and_steal (files, g_steal_pointer (&found));
  return TRUE;
}

/* Folders are replaced by the drawings in them; what a folder cannot give is said and sets `status`. */
static GPtrArray *
files_of (char **inputs, SgExit *status)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  for (char **input = inputs; *input; input++)
    {
      GError *error = NULL;

      if (!g_file_test (*input, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (files, g_strdup (*input));
      else if (!add_folder (*input, files, &error))
        *status = sg_command_fail (error);
    }
  return files;
}

/* An unreadable input does not keep the others from being read. One reader for all: what reads print is
 * loaded once. */
static SgExit
run_all (char **inputs, const Options *options)
{
  SgExit status = SG_EXIT_DONE;
  g_autoptr (GPtrArray) files = files_of (inputs, &status);
  g_autoptr (SgCommandCache) cache = sg_command_open_cache (options->no_cache);
  g_autoptr (SgReader) reader = sg_reader_new ();

  for (guint i = 0; i < files->len; i++)
    {
      GError *error = NULL;

      if (!run_one (files->pdata[i], options, cache, reader, &error))
        status = sg_command_fail (error);
    }
  return status;
}

SgExit
sg_command_analyze (const SgCommand *command, int argc, char **argv)
{
  Options options = { .page = 1 };
  const GOptionEntry entries[] = { { "words", 0, 0, G_OPTION_ARG_STRING, &options.words,
                                     N_ ("Words that belong to the drawing"), N_ ("TEXT") },
                                   SG_PAGE_OPTION (&options.page),
                                   { "json", 0, 0, G_OPTION_ARG_NONE, &options.json,
                                     N_ ("Print one JSON line an input"), NULL },
                                   { "overlay", 0, 0, G_OPTION_ARG_FILENAME, &options.overlay,
                                     N_ ("Write what was read, drawn over the ink"), "OUT.svg" },
                                   SG_NO_CACHE_OPTION (&options.no_cache),
                                   { NULL } };
  g_auto (GStrv) inputs = NULL;
  SgExit status = SG_EXIT_DONE;

  if (!sg_command_parse (command, entries, argc, argv, &inputs, &status))
    return status;
  if (options.overlay && (inputs[1] || g_file_test (inputs[0], G_FILE_TEST_IS_DIR)))
    status = sg_command_misuse (command->name, "%s", _ ("--overlay takes one input"));
  else if (!sg_command_understand_page (command, options.page))
    status = SG_EXIT_USAGE;
  else
    status = run_all (inputs, &options);
  g_free (options.words);
  g_free (options.overlay);
  return status;
}
