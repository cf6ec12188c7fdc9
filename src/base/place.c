/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finding the build folder: its programs lie two folders down, in src or tests, and meson keeps there what it
 * knows of the source. Folders further up are not looked at: they may be a stranger's. */
#include "config.h"

#include "base/place.h"

#include "base/file.h"
#include "base/json.h"

#define MOST_INFO_BYTES (1 << 20)

typedef struct
{
  const char *installed;
  const char *built;       /* below the build folder, or */
  const char *from_source; /* below the source's */
} Place;

static const Place places[] = {
  [SG_PLACE_EXAMPLES] = { SG_PKGDATADIR "/examples", NULL, "data/examples" },
  [SG_PLACE_WEB] = { SG_PKGDATADIR "/web", "resources", NULL },
  [SG_PLACE_HELPERS] = { SG_LIBEXECDIR, "src/compile", NULL },
  [SG_PLACE_TRANSLATIONS] = { SG_LOCALEDIR, "po", NULL },
};

/* What meson notes in a build folder; NULL where this is none. */
static json_t *
read_build_info (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "meson-info", "meson-info.json", NULL);
  g_autoptr (GBytes) text = sg_file_read (path, MOST_INFO_BYTES, NULL);

  return text ? sg_json_parse (path, g_bytes_get_data (text, NULL), g_bytes_get_size (text), NULL) : NULL;
}

/* BUILD/src/cli/simgen-cli -> BUILD; NULL for a program that does not lie so. */
static char *
find_build_folder (const char *program)
{
  g_autofree char *folder = g_path_get_dirname (program);
  g_autofree char *part = g_path_get_dirname (folder);
  g_autofree char *name = g_path_get_basename (part);

  return g_str_equal (name, "src") || g_str_equal (name, "tests") ? g_path_get_dirname (part) : NULL;
}

char *
sg_place_find_for (SgPlace place, const char *program)
{
  const Place *known = &places[place];
  g_autofree char *build = program ? find_build_folder (program) : NULL;
  g_autoptr (json_t) info = build ? read_build_info (build) : NULL;
  const char *source = json_string_value (json_object_get (json_object_get (info, "directories"), "source"));

  if (source == NULL)
    return g_strdup (known->installed);
  return known->built ? g_build_filename (build, known->built, NULL)
                      : g_build_filename (source, known->from_source, NULL);
}

char *
sg_place_find (SgPlace place)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return sg_place_find_for (place, program);
}
