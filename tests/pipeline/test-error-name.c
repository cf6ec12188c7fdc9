/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of errors: stable, one for every code, and never a crash for a stranger's. */
#include <gio/gio.h>

#include "base/error.h"
#include "physics/error.h"
#include "pipeline/error-name.h"
#include "render/error.h"

static void
check_name (GQuark domain, int code, const char *expected)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "text");
  g_autofree char *name = sg_error_name (error);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_own (void)
{
  check_name (SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, "base.too-large");
  check_name (SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_BAD_JOINT, "physics.bad-joint");
  check_name (SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_LIBRARY, "physics.library");
  check_name (SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE, "render.size");
  check_name (G_IO_ERROR, G_IO_ERROR_CANCELLED, "base.cancelled");
}

static void
test_foreign (void)
{
  check_name (G_FILE_ERROR, G_FILE_ERROR_NOENT, "base.unknown");
  check_name (SG_BASE_ERROR, 999, "base.unknown");
  check_name (SG_BASE_ERROR, -1, "base.unknown");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/error-name/own", test_own);
  g_test_add_func ("/pipeline/error-name/foreign", test_foreign);
  return g_test_run ();
}
