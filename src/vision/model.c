/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * p(kind) ~ exp (-rules * cost + output (tanh (hidden (features)))), about 2,000 products. The numbers come
 * from a resource, are read once and never change. */
#include "vision/model.h"

#include <gio/gio.h>
#include <string.h>

#include "vision/features.h"

#define RESOURCE "/org/simgen/SimGen/marks.txt"
#define N_HIDDEN 24

typedef struct
{
  double rules;
  double least[SG_N_FEATURES],
    most[SG_N_FEATURES];                      /* a feature beyond what was seen counts as the last seen */
  double hidden[1 + SG_N_FEATURES][N_HIDDEN]; /* offsets, weights: units side by side for vectors of them */
  double output[SG_N_KINDS][1 + N_HIDDEN];
} Model;

/* The next numbers of the text, comments left out. The file is our own: too few are our mistake. */
static const char *
read_numbers (const char *text, double *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      char *end;

      while (g_ascii_isspace (*text) || *text == '#')
        text += *text == '#' ? strcspn (text, "\n") : 1;
      numbers[i] = g_ascii_strtod (text, &end);
      g_assert (end != text);
      text = end;
    }
  return text;
}

static Model *
model_load (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree Model *model = g_new (Model, 1);
  double sizes[3];

  g_assert (bytes);
  g_autofree char *copy = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *text = read_numbers (copy, sizes, G_N_ELEMENTS (sizes));

  g_assert (sizes[0] == SG_N_FEATURES && sizes[1] == N_HIDDEN && sizes[2] == SG_N_KINDS);
  text = read_numbers (text, &model->rules, 1);
  text = read_numbers (text, model->least, SG_N_FEATURES);
  text = read_numbers (text, model->most, SG_N_FEATURES);
  for (guint j = 0; j < N_HIDDEN; j++)
    {
      double unit[1 + SG_N_FEATURES];

      text = read_numbers (text, unit, G_N_ELEMENTS (unit));
      for (guint i = 0; i < G_N_ELEMENTS (unit); i++)
        model->hidden[i][j] = unit[i];
    }
  read_numbers (text, model->output[0], SG_N_KINDS * (1 + N_HIDDEN));
  return g_steal_pointer (&model);
}

/* Read once by whoever comes first, and constant from then on. */
static const Model *
model_get (void)
{
  static const Model *model;

  if (g_once_init_enter (&model))
    g_once_init_leave (&model, model_load ());
  return model;
}

void
sg_model_weigh (const SgRun *run, SgEvidence *evidence)
{
  const Model *model = model_get ();
  double features[SG_N_FEATURES], hidden[N_HIDDEN];

  sg_features_of_run (run, evidence, features);
  memcpy (hidden, model->hidden[0], sizeof hidden);
  for (guint i = 0; i < SG_N_FEATURES; i++)
    {
      double value = CLAMP (features[i], model->least[i], model->most[i]);

      for (guint j = 0; j < N_HIDDEN; j++)
        hidden[j] += model->hidden[1 + i][j] * value;
    }
  for (guint j = 0; j < N_HIDDEN; j++)
    hidden[j] = tanh (hidden[j]);
  for (guint k = 0; k < SG_N_KINDS; k++)
    {
      double score = model->output[k][0] - model->rules * evidence->cost[k];

      for (guint j = 0; j < N_HIDDEN; j++)
        score += model->output[k][1 + j] * hidden[j];
      evidence->cost[k] = -score / SG_EVIDENCE_SHARPNESS;
    }
}
