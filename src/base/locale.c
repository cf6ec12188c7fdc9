/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where translations are found. */
#include "config.h"

#include "base/locale.h"

#include <libintl.h>
#include <locale.h>

#include "base/place.h"

static char *
find_translations (void)
{
  const char *said = g_getenv ("SIMGEN_LOCALEDIR");

  return said != NULL && *said != '\0' ? g_strdup (said) : sg_place_find (SG_PLACE_TRANSLATIONS);
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
