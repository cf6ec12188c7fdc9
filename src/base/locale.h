/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person's language. Main thread, before any other thread is there.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the locale of the environment and SimGen's translations for it: those of SIMGEN_LOCALEDIR where that
 * is set (a translator's own), of the build folder for a program that lies in it, else the installed ones. */
void sg_locale_begin (void);

G_END_DECLS
