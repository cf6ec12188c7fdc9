/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where translations are found. */
#include "config.h"

#include "base/locale.h"

#include <libintl.h>
#include <locale.h>

static char *
find_translations (void)
{
  const char *said = g_getenv ("SIMGEN_LOCALEDIR");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (said != NULL && *said != '\0')
    return g_strdup (said);
  if (program != NULL && g_str_has_prefix (program, SG_BUILDDIR "/"))
    return g_strdup (SG_BUILDDIR "/po");
  return g_strdup (SG_LOCALEDIR);
}

void
sg_locale_begin (void)
{
  g_autofree char *folder = find_translations ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
