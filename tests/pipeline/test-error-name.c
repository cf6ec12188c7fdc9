/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names of errors: stable, one for every code, and never a crash for a stranger's. */
#include <gio/gio.h>
#include <math.h>

#include "base/error.h"
#include "base/log.h"
#include "base/rate-limit.h"
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

static void
test_codes (void)
{
  guint n;
  const SgErrorDomain *const *domains = sg_error_domains (&n);

  for (guint i = 0; i < n; i++)
    for (guint code = 0; code < domains[i]->n_codes; code++)
      {
        const SgErrorCode *row = &domains[i]->codes[code];
        g_autoptr (GError) error = g_error_new_literal (domains[i]->quark (), code, "text");
        g_autofree char *name = sg_error_name (error);

        g_assert_nonnull (row->name);
        g_assert_nonnull (row->meaning);
        g_assert_true (sg_error_code (error) == row);
        g_assert_true (sg_error_code_of_name (name) == row);
        g_assert_cmpstr (sg_error_get_remedy (error), ==, row->remedy);
        g_assert_nonnull (sg_error_class_name (row->kind));
        g_autofree char *told = sg_log_redact (row->meaning);
        g_assert_cmpstr (told, ==, row->meaning); /* the log hides nothing of it */
      }
  g_assert_null (sg_error_code_of_name ("base"));
  g_assert_null (sg_error_code_of_name ("base."));
  g_assert_null (sg_error_code_of_name ("sketch.singing"));
  g_assert_null (sg_error_code_of_name (""));
}

/* Sentences, with one full stop each. */
static void
test_advice (void)
{
  static const char *const messages[] = { "It is too large", "It is too large." };
  const char *remedy = sg_error_code_of_name ("base.too-large")->remedy;
  g_autofree char *expected = g_strdup_printf ("It is too large. %s", remedy);
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "It went away");

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (SG_BASE_ERROR, SG_BASE_ERROR_TOO_LARGE, messages[i]);
      g_autofree char *advice = sg_error_dup_advice (error);

      g_assert_nonnull (remedy);
      g_assert_cmpstr (advice, ==, expected);
    }
  g_autofree char *plain = sg_error_dup_advice (foreign);
  g_assert_true (g_str_has_prefix (plain, "It went away"));
}

/* Details go with an error wherever it goes. */
static void
test_details (void)
{
  GError *first = g_error_new_literal (SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_BAD_JOINT, "text"), *error = NULL;
  GError *none = NULL;

  sg_error_add_text (&first, SG_DETAIL_PATH, "bodies[2]");
  sg_error_add_number (&first, SG_DETAIL_MOST, 7);
  sg_error_add_number (&first, SG_DETAIL_MOST, 8);
  g_autoptr (GError) copy = g_error_copy (first);
  g_propagate_prefixed_error (&error, first, "there: ");
  sg_error_add_text (&error, SG_DETAIL_PATH, "bodies[3]");
  g_assert_cmpuint (sg_error_n_details (error), ==, 2);
  g_assert_cmpstr (sg_error_get_text (error, SG_DETAIL_PATH), ==, "bodies[3]");
  g_assert_cmpstr (sg_error_get_text (copy, SG_DETAIL_PATH), ==, "bodies[2]");
  g_assert_cmpfloat (sg_error_get_number (copy, SG_DETAIL_MOST), ==, 8);
  g_assert_true (isnan (sg_error_get_number (copy, SG_DETAIL_PATH)));
  g_assert_null (sg_error_get_text (copy, SG_DETAIL_ELEMENT));

  g_autoptr (json_t) json = sg_error_to_json (copy);
  g_assert_cmpstr (json_string_value (json_object_get (json, "code")), ==, "physics.bad-joint");
  g_assert_cmpstr (json_string_value (json_object_get (json, "class")), ==, "physics");
  g_assert_nonnull (json_object_get (json, "remedy"));
  const json_t *details = json_object_get (json, "details");
  g_assert_cmpstr (json_string_value (json_object_get (details, "path")), ==, "bodies[2]");
  g_assert_cmpfloat (json_number_value (json_object_get (details, "most")), ==, 8);
  g_error_free (error);

  /* where there is no error, or a stranger's, nothing happens */
  sg_error_add_text (NULL, SG_DETAIL_PATH, "x");
  sg_error_add_text (&none, SG_DETAIL_PATH, "x");
  g_autoptr (GError) foreign = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "text");
  sg_error_add_text (&foreign, SG_DETAIL_PATH, "x");
  g_assert_cmpuint (sg_error_n_details (foreign), ==, 0);
}

/* Says what happened, with the figures that say nothing of a drawing. */
static void
test_log (void)
{
  g_autoptr (SgLog) log = sg_log_new (&(SgLogOptions){ "test", "none", "json", 0, NULL });
  GError *error = g_error_new_literal (SG_RATE_LIMIT_ERROR, SG_RATE_LIMIT_ERROR_HOUR, "said to secret");

  sg_error_add_number (&error, SG_DETAIL_RETRY_AFTER, 12.5);
  sg_error_add_text (&error, SG_DETAIL_LIMIT, "requests-an-hour");
  sg_error_add_text (&error, SG_DETAIL_ELEMENT, "secret");
  g_log_set_writer_func (sg_log_write, log, NULL);
  sg_error_log ("simgen-app", error);
  g_autofree char *events = sg_log_dup_events (log);
  g_autoptr (json_t) event = json_loads (events, JSON_DISABLE_EOF_CHECK, NULL);
  g_assert_cmpstr (json_string_value (json_object_get (event, "domain")), ==, "app");
  g_assert_cmpstr (json_string_value (json_object_get (event, "level")), ==, "warning");
  g_assert_cmpstr (json_string_value (json_object_get (event, "code")), ==, "rate-limit.hour");
  g_assert_cmpstr (json_string_value (json_object_get (event, "limit")), ==, "requests-an-hour");
  g_assert_cmpfloat (json_number_value (json_object_get (event, "retry_after_s")), ==, 12.5);
  g_assert_cmpstr (json_string_value (json_object_get (event, "message")), ==,
                   sg_error_code (error)->meaning);
  g_assert_null (json_object_get (event, "actual"));
  g_assert_null (strstr (events, "secret"));
  g_error_free (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/error-name/own", test_own);
  g_test_add_func ("/pipeline/error-name/foreign", test_foreign);
  g_test_add_func ("/pipeline/error-name/codes", test_codes);
  g_test_add_func ("/pipeline/error-name/advice", test_advice);
  g_test_add_func ("/pipeline/error-name/details", test_details);
  g_test_add_func ("/pipeline/error-name/log", test_log);
  return g_test_run ();
}
