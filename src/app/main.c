/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen, the window. */
#include "config.h"

#include "app/application.h"
#include "base/locale.h"
#include "base/log.h"
#include "physics/model.h"

/* Asked for before all else, so that nothing is missed. */
static SgLog *
begin_log (char **argv)
{
  const SgLogOptions options = {
    .program = "simgen",
    .most = g_strv_contains ((const char *const *)argv, "--verbose") ? G_LOG_LEVEL_INFO : G_LOG_LEVEL_WARNING,
  };

  return sg_log_install (&options);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgApplication) application = NULL;

  sg_locale_begin ();
  g_set_application_name ("SimGen");
  SgLog *log = begin_log (argv);
  if (!sg_model_init_library (&error))
    {
      g_printerr ("simgen: %s\n", error->message);
      return 1;
    }
  application = sg_application_new (log);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
