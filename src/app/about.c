/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The window about SimGen, with the licences of all that it is linked with. */
#include "config.h"

#include "app/about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  const char *copyright;
  GtkLicense license;
  const char *text; /* (nullable): of a licence that GTK does not know */
} Part;

static const char apache[] = "<a href=\"https://www.apache.org/licenses/LICENSE-2.0\">Apache License 2.0</a>";

static const Part parts[] = {
  { "MuJoCo", "© DeepMind Technologies Limited", GTK_LICENSE_CUSTOM, apache },
  { "OpenCV", "© OpenCV Foundation", GTK_LICENSE_CUSTOM, apache },
  { "GTK, GLib, Pango, GdkPixbuf, libadwaita, GtkSourceView, libsoup, libsecret, libmanette", "© GNOME",
    GTK_LICENSE_LGPL_2_1, NULL },
  { "GStreamer", "© The GStreamer authors", GTK_LICENSE_LGPL_2_1, NULL },
  { "Poppler", "© The Poppler Developers, Glyph &amp; Cog, LLC", GTK_LICENSE_GPL_2_0, NULL },
  { "three.js", "© three.js authors", GTK_LICENSE_MIT_X11, NULL },
  { "libqrencode", "© Kentaro Fukuchi", GTK_LICENSE_LGPL_2_1, NULL },
  { "cairo", "© Red Hat, Inc., University of Southern California", GTK_LICENSE_LGPL_2_1, NULL },
  { "SQLite", NULL, GTK_LICENSE_CUSTOM, "Public domain" },
  { "Jansson", "© Petri Lehtinen", GTK_LICENSE_MIT_X11, NULL },
  { "Expat", "© Thai Open Source Software Center Ltd, Expat maintainers", GTK_LICENSE_MIT_X11, NULL },
  { "libepoxy", "© Intel Corporation", GTK_LICENSE_MIT_X11, NULL },
  { "Zstandard", "© Meta Platforms, Inc.", GTK_LICENSE_BSD_3, NULL },
  { "zlib", "© Jean-loup Gailly, Mark Adler", GTK_LICENSE_CUSTOM,
    "<a href=\"https://zlib.net/zlib_license.html\">zlib License</a>" },
  { "hiredis", "© Salvatore Sanfilippo, Pieter Noordhuis", GTK_LICENSE_BSD_3, NULL },
};

void
sg_about_show (GtkWindow *parent, const char *report)
{
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (adw_about_window_new ());

  g_object_set (about, "application-name", "SimGen", "application-icon", SG_APP_ID, "version", SG_VERSION,
                "developer-name", _ ("The SimGen authors"), "license-type", GTK_LICENSE_GPL_3_0,
                "copyright", _ ("© The SimGen authors"), "comments",
                _ ("Draw a mechanism and watch it move."), "debug-info", report, "debug-info-filename",
                "simgen-report.txt", "transient-for", parent, "modal", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    adw_about_window_add_legal_section (about, parts[i].name, parts[i].copyright, parts[i].license,
                                        parts[i].text);
  gtk_window_present (GTK_WINDOW (about));
}
