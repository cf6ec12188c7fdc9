/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where what comes with SimGen lies: in the build folder for a program that runs from there, else where it
 * was installed. The build folder is known by where the program lies, never by a path that was compiled in:
 * what is installed is the same bytes wherever it was built. Blocking (a small file is read); any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_PLACE_EXAMPLES,     /* folder of the bundled sketches */
  SG_PLACE_WEB,          /* folder of MuJoCo for browsers, packed */
  SG_PLACE_HELPERS,      /* folder of the programs that meet foreign files (base/helper.h) */
  SG_PLACE_TRANSLATIONS, /* folder with de/LC_MESSAGES/simgen.mo */
} SgPlace;

/* The path of `place`, which need not exist. Returns: (transfer full). */
char *sg_place_find (SgPlace place);

/* The same for the program at the path `program`; NULL: an installed one. */
char *sg_place_find_for (SgPlace place, const char *program);

G_END_DECLS
