/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen, the window. */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/application.h"
#include "base/log.h"
#include "physics/model.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, SG_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("SimGen");
  sg_log_install (&(SgLogOptions){ .program = "simgen", .most = G_LOG_LEVEL_WARNING });
  if (!sg_model_init_library (&error))
    {
      g_printerr ("simgen: %s\n", error->message);
      return 1;
    }
  application = sg_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
