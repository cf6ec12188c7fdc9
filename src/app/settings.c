/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds the schema: in the build folder this program lies in (build/src/app/simgen, build/data), else where
 * the system keeps schemas. */
#include "config.h"

#include "app/settings.h"

static GSettingsSchema *
find_schema_beside_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *data = folder != NULL ? g_build_filename (folder, "..", "..", "data", NULL) : NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;

  if (data == NULL)
    return NULL;
  source =
    g_settings_schema_source_new_from_directory (data, g_settings_schema_source_get_default (), TRUE, NULL);
  return source != NULL ? g_settings_schema_source_lookup (source, SG_APP_ID, FALSE) : NULL;
}

GSettings *
sg_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = find_schema_beside_program ();
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  if (schema == NULL && source != NULL)
    schema = g_settings_schema_source_lookup (source, SG_APP_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

SgHistoryLimits
sg_settings_get_history_limits (GSettings *settings)
{
  SgHistoryLimits limits = sg_history_limits_default ();

  if (settings != NULL)
    {
      limits.run_days = g_settings_get_uint (settings, "history-days");
      limits.n_bytes = (guint64)g_settings_get_uint (settings, "history-megabytes") << 20;
    }
  return limits;
}
