/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * States as rows of text. */
#include "config.h"

#include "sim/table.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/limits.h"

struct _SgTable
{
  const mjModel *model;
  GString *csv;  /* borrowed */
  double *angle; /* nbody; degrees, counted on over full turns */
};

static gboolean
moves (const mjModel *model, int body)
{
  return body > 0 && model->body_weldid[body] == body;
}

static void
append_name (GString *csv, const char *name, const char *suffix)
{
  gboolean quote = strpbrk (name, ",\"\r\n") != NULL;

  g_string_append (csv, quote ? ",\"" : ",");
  for (const char *c = name; *c; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append (csv, suffix);
  if (quote)
    g_string_append_c (csv, '"');
}

/* Models of other programs have things without a name. */
static void
append_column (const SgTable *table, int type, const char *kind, int id, const char *suffix)
{
  const char *name = mj_id2name (table->model, type, id);
  g_autofree char *number = name ? NULL : g_strdup_printf ("%s%d", kind, id);

  append_name (table->csv, name ? name : number, suffix);
}

static void
append_header (const SgTable *table)
{
  static const char *const columns[] = { ".x", ".y", ".z", ".angle", ".vx", ".vz" };
  static const char *const axes[] = { ".x", ".y", ".z" };
  const mjModel *model = table->model;

  g_string_append (table->csv, "time");
  for (int body = 0; body < model->nbody; body++)
    for (guint i = 0; moves (model, body) && i < G_N_ELEMENTS (columns); i++)
      append_column (table, mjOBJ_BODY, "body", body, columns[i]);
  for (int sensor = 0; sensor < model->nsensor; sensor++)
    for (int i = 0; i < model->sensor_dim[sensor]; i++)
      append_column (table, mjOBJ_SENSOR, "sensor", sensor, model->sensor_dim[sensor] == 3 ? axes[i] : "");
  g_string_append_c (table->csv, '\n');
}

static void
append_number (GString *csv, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (csv, ',');
  g_string_append (csv, g_ascii_formatd (text, sizeof text, "%.9g", value));
}

/* The turn about the axis out of the page, counter-clockwise as seen, counted on from the last row's. */
static double
follow_angle (double last, const double *xmat)
{
  double now = atan2 (-xmat[2], xmat[8]) * 180 / G_PI;

  return last + remainder (now - last, 360);
}

static void
append_body (SgTable *table, const mjData *data, int body)
{
  const double *pos = &data->xipos[3 * body];
  double velocity[6]; /* turning, then moving, along the world's axes */

  mj_objectVelocity (table->model, data, mjOBJ_BODY, body, velocity, 0);
  table->angle[body] = follow_angle (table->angle[body], &data->xmat[9 * body]);
  for (int i = 0; i < 3; i++)
    append_number (table->csv, pos[i]);
  append_number (table->csv, table->angle[body]);
  append_number (table->csv, velocity[3]);
  append_number (table->csv, velocity[5]);
}

static void
append_row (SgTable *table, const mjData *data)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (table->csv, g_ascii_formatd (text, sizeof text, "%.9g", data->time));
  for (int body = 0; body < table->model->nbody; body++)
    if (moves (table->model, body))
      append_body (table, data, body);
  for (int i = 0; i < table->model->nsensordata; i++)
    append_number (table->csv, data->sensordata[i]);
  g_string_append_c (table->csv, '\n');
}

SgTable *
sg_table_new (const mjModel *model, GString *csv)
{
  SgTable *table = g_new (SgTable, 1);

  *table = (SgTable){ model, csv, g_new0 (double, model->nbody) };
  append_header (table);
  return table;
}

void
sg_table_free (SgTable *table)
{
  g_free (table->angle);
  g_free (table);
}

gboolean
sg_table_add_row (SgTable *table, const mjData *data, GError **error)
{
  append_row (table, data);
  if (table->csv->len <= SG_LIMIT_TABLE_BYTES)
    return TRUE;
  g_autofree char *place = g_strdup_printf (_ ("the table at %.3f s"), data->time);

  return sg_limit_check (SG_LIMIT_ID_TABLE_BYTES, table->csv->len, place, SG_BASE_ERROR,
                         SG_BASE_ERROR_TOO_LARGE, error);
}
