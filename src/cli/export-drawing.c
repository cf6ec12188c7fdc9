/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The drawing of an input as a file. */
#include "config.h"

#include "cli/export-drawing.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cli/scene.h"
#include "pipeline/input.h"
#include "pipeline/page-export.h"

#define UNITS_AN_INCH 96.0
#define MAX_RATIO 1e6

void
sg_drawing_options_clear (SgDrawingOptions *options)
{
  g_free (options->background);
  g_free (options->paper);
  g_free (options->sheet);
  g_free (options->scale);
}

/* How `name` stands among `names`, -1 where it does not. */
static int
find_name (const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

static const SgSheetSize *
find_sheet (const char *name)
{
  for (guint i = 0; i < SG_N_SHEET_SIZES; i++)
    if (g_str_equal (sg_sheet_sizes[i].name, name))
      return &sg_sheet_sizes[i];
  return NULL;
}

/* "fit": 0, "drawn": as many points as a page unit has, "1:20": so many a metre. */
static gboolean
parse_scale (const char *text, double scale, double *zoom)
{
  double ratio;
  char *end = NULL;

  if (g_str_equal (text, "fit") || g_str_equal (text, "drawn"))
    {
      *zoom = g_str_equal (text, "fit") ? 0 : SG_POINTS_A_PAGE_UNIT;
      return TRUE;
    }
  if (!g_str_has_prefix (text, "1:"))
    return FALSE;
  ratio = g_ascii_strtod (text + 2, &end);
  *zoom = sg_sheets_zoom_of_ratio (ratio, scale);
  return end > text + 2 && *end == '\0' && ratio > 1 / MAX_RATIO && ratio <= MAX_RATIO;
}

static gboolean
understand_numbers (const SgCommand *command, const SgDrawingOptions *options, SgPageExport *export)
{
  double most = SG_PAGE_EXPORT_MAX_RESOLUTION * UNITS_AN_INCH;

  if (options->margin != -1 && !(options->margin >= 0 && options->margin <= SG_PAGE_EXPORT_MAX_MARGIN))
    sg_command_misuse (command->name, _ ("--margin takes 0 to %.0f"), SG_PAGE_EXPORT_MAX_MARGIN);
  else if (options->dpi != -1 && !(options->dpi >= 1 && options->dpi <= most))
    sg_command_misuse (command->name, _ ("--dpi takes 1 to %.0f"), most);
  else
    {
      export->margin = options->margin >= 0 ? options->margin : export->margin;
      export->resolution = options->dpi > 0 ? options->dpi / UNITS_AN_INCH : export->resolution;
      return TRUE;
    }
  return FALSE;
}

/* FALSE where the command line makes no sense; it has been said so. */
static gboolean
understand (const SgCommand *command, const char *to, const SgDrawingOptions *options, SgPageExport *export)
{
  static const char *const backgrounds[] = { "none", "paper", NULL };
  SgPageFormat format;
  double any;

  if (!sg_page_format_of_path (to, &format))
    return sg_command_misuse (command->name, "%s", _ ("A drawing goes to a .pdf, an .svg or a .png")), FALSE;
  *export = sg_page_export_default (format);
  if (options->background && find_name (backgrounds, options->background) < 0)
    sg_command_misuse (command->name, "%s", _ ("--background takes paper or none"));
  else if (options->paper && find_name (sg_paper_names, options->paper) < 0)
    sg_command_misuse (command->name, "%s", _ ("--paper takes plain, dots, grid or ruled"));
  else if (options->sheet && !find_sheet (options->sheet))
    sg_command_misuse (command->name, "%s", _ ("--sheet takes a3, a4, a5 or letter"));
  else if (options->scale && (!options->sheet || !parse_scale (options->scale, 1, &any)))
    sg_command_misuse (command->name, "%s", _ ("--scale takes fit, drawn or 1:N, with a --sheet"));
  else if (understand_numbers (command, options, export))
    {
      export->recognised = options->recognised;
      export->ground =
        options->background ? find_name (backgrounds, options->background) == 1 : export->ground;
      export->paper = options->paper ? (SgPaper)find_name (sg_paper_names, options->paper) : export->paper;
      export->sheet = options->sheet ? find_sheet (options->sheet) : NULL;
      return TRUE;
    }
  return FALSE;
}

SgExit
sg_command_export_drawing (const SgCommand *command,
                           const char *input,
                           guint number,
                           const char *to,
                           const SgDrawingOptions *options,
                           gboolean no_cache)
{
  SgPageExport export;
  GError *error = NULL;

  if (!understand (command, to, options, &export))
    return SG_EXIT_USAGE;
  g_autoptr (SgPage) page = sg_input_file_load_page (input, number, &error);
  if (!page)
    return sg_command_fail (error);
  if (options->scale)
    parse_scale (options->scale, sg_page_get_scale (page), &export.zoom);
  export.title = *sg_page_get_title (page) ? sg_page_get_title (page) : NULL;
  g_autoptr (SgCommandCache) cache = options->recognised ? sg_command_open_cache (no_cache) : NULL;
  if (!sg_page_export (page, NULL, &export, to, cache, NULL, NULL, NULL, &error))
    return sg_command_fail (error);
  return SG_EXIT_DONE;
}
