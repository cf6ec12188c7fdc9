/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model with its state, and what a person's hand has put into it. */
#pragma once

#include "models.h"
#include "sim/inputs.h"

typedef struct
{
  SgModel *shared;
  const mjModel *model;
  mjData *data;
  SgInputs inputs;
  guint64 step;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer mjcf)
{
  fixture->shared = test_model (mjcf);
  fixture->model = sg_model_get (fixture->shared);
  fixture->data = test_data (fixture->shared);
  sg_inputs_init (&fixture->inputs, fixture->model, fixture->data);
}

static void
tear_down (Fixture *fixture, gconstpointer mjcf)
{
  sg_inputs_clear (&fixture->inputs);
  mj_deleteData (fixture->data);
  sg_model_unref (fixture->shared);
}

static void
apply (Fixture *fixture, SgInput input)
{
  g_assert_true (sg_input_is_valid (&input, fixture->model));
  sg_inputs_apply (&fixture->inputs, &input, fixture->model, fixture->data);
}
