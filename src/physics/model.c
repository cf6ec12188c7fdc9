/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compiling MJCF. The mjModel is never written to after it is compiled, so that any thread may read it. */
#include "physics/model.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "base/metrics.h"
#include "physics/error.h"
#include "physics/fatal.h"
#include "physics/mjcf.h"
#include "physics/rules.h"

/* From this size on a compile leaves so much free memory behind that giving it back is worth its time. */
#define LARGE_MODEL_BYTES (1u << 20)

struct _SgModel
{
  gatomicrefcount ref_count;
  mjModel *model;
  int start; /* the keyframe it starts from, -1: qpos0 */
};

gboolean
sg_model_init_library (GError **error)
{
#if defined(__x86_64__)
  __builtin_cpu_init ();
  if (!__builtin_cpu_supports ("avx"))
    {
      g_set_error_literal (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_LIBRARY,
                           "this processor has no AVX, which the MuJoCo library needs");
      return FALSE;
    }
#endif
  if (mj_version () != mjVERSION_HEADER)
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_LIBRARY,
                   "the MuJoCo library is version %d, but SimGen was built for %d", mj_version (),
                   mjVERSION_HEADER);
      return FALSE;
    }
  sg_fatal_init ();
  return TRUE;
}

/* -- Compiling -- */

typedef struct
{
  const char *mjcf;
  mjSpec *spec;
  mjModel *model;
  char message[1000];
} Compile;

static void
compile_cb (gpointer data)
{
  Compile *compile = data;

  compile->spec = mj_parseXMLString (compile->mjcf, NULL, compile->message, sizeof compile->message);
  if (!compile->spec)
    return;
  compile->model = mj_compile (compile->spec, NULL);
  if (!compile->model)
    g_strlcpy (compile->message, mjs_getError (compile->spec), sizeof compile->message);
}

static SgModel *
model_new (mjModel *compiled)
{
  SgModel *model = g_new (SgModel, 1);

  g_atomic_ref_count_init (&model->ref_count);
  model->model = compiled;
  model->start = mj_name2id (compiled, mjOBJ_KEY, "start");
  return model;
}

/* MuJoCo's parser and mesh cache keep four times the model's own size (facts: 406 MB became 97). */
static void
give_memory_back (gsize model_bytes)
{
  if (model_bytes < LARGE_MODEL_BYTES)
    return;
  mj_clearCache (mj_getCache ());
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

SgModel *
sg_model_compile (const char *mjcf, GError **error)
{
  Compile compile = { .mjcf = mjcf };
  g_autofree char *fatal = NULL;

  g_return_val_if_fail (mjcf != NULL, NULL);

  if (!sg_model_init_library (error))
    return NULL;
  if (!sg_limit_check (SG_LIMIT_ID_MJCF_BYTES, strlen (mjcf), NULL, SG_PHYSICS_ERROR,
                       SG_PHYSICS_ERROR_TOO_LARGE, error))
    return NULL;
  gboolean returned = sg_fatal_catch (compile_cb, &compile, &fatal);

  /* After a fatal error the mjSpec may be inconsistent: it is abandoned rather than walked. */
  if (returned && compile.spec)
    mj_deleteSpec (compile.spec);
  if (!compile.model)
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF, "MuJoCo: %s",
                   fatal ? fatal : g_strstrip (compile.message));
      return NULL;
    }
  SgModel *model = model_new (compile.model);

  give_memory_back (sg_model_get_bytes (model));
  return model;
}

/* -- From the helper -- */

typedef struct
{
  const void *mjb;
  gsize size;
  mjModel *model;
} Load;

static void
load_cb (gpointer data)
{
  Load *load = data;

  load->model = mj_loadModelBuffer (load->mjb, (mjtSize)load->size);
}

SgModel *
sg_model_load_compiled (const void *mjb, gsize size, GError **error)
{
  Load load = { mjb, size };
  g_autofree char *fatal = NULL;

  if (!sg_fatal_catch (load_cb, &load, &fatal) || !load.model)
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_MJCF, "MuJoCo: %s",
                   fatal ? fatal : "the compiled model cannot be loaded");
      return NULL;
    }
  guint64 memory = load.model->nbuffer + load.model->narena;
  if (!sg_limit_check (SG_LIMIT_ID_MODEL_MEMORY, memory, NULL, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE,
                       error) ||
      !sg_limit_check (SG_LIMIT_ID_MODEL_BODIES, load.model->nbody - 1, NULL, SG_PHYSICS_ERROR,
                       SG_PHYSICS_ERROR_TOO_LARGE, error))
    {
      mj_deleteModel (load.model);
      return NULL;
    }
  load.model->opt.enableflags |= mjENBL_ENERGY; /* it is shown, and changes nothing that moves */
  return model_new (load.model);
}

/* -- From a spec -- */

static gboolean
is_rope_as_drawn (const SgTendon *tendon)
{
  return tendon->type == SG_TENDON_ROPE && isnan (tendon->length);
}

static gboolean
has_ropes_as_drawn (const SgSpec *spec)
{
  for (guint i = 0; i < spec->tendons->len; i++)
    if (is_rope_as_drawn (&g_array_index (spec->tendons, SgTendon, i)))
      return TRUE;
  return FALSE;
}

/* Only MuJoCo knows how long a rope is that runs around a pulley. Its tendons are in the spec's order. */
static SgSpec *
measure_ropes (const SgSpec *spec, const SgModel *model)
{
  SgSpec *measured = sg_spec_copy (spec);

  for (guint i = 0; i < measured->tendons->len; i++)
    {
      SgTendon *tendon = &g_array_index (measured->tendons, SgTendon, i);

      if (is_rope_as_drawn (tendon))
        tendon->length = model->model->tendon_length0[i];
    }
  return measured;
}

SgModel *
sg_model_from_spec (const SgSpec *spec, char **mjcf, GError **error)
{
  g_return_val_if_fail (spec != NULL, NULL);

  SG_TIME_BLOCK (SG_OPERATION_COMPILE);
  if (!sg_rules_hold (spec, error))
    return NULL;
  g_autofree char *text = sg_mjcf_write (spec);
  g_autoptr (SgModel) model = sg_model_compile (text, error);

  if (model && has_ropes_as_drawn (spec))
    {
      g_autoptr (SgSpec) measured = measure_ropes (spec, model);

      g_free (text);
      text = sg_mjcf_write (measured);
      sg_model_unref (model);
      model = sg_model_compile (text, error);
    }
  if (model && mjcf)
    *mjcf = g_steal_pointer (&text);
  return g_steal_pointer (&model);
}

/* -- Using it -- */

SgModel *
sg_model_ref (SgModel *model)
{
  g_atomic_ref_count_inc (&model->ref_count);
  return model;
}

void
sg_model_unref (SgModel *model)
{
  if (!model || !g_atomic_ref_count_dec (&model->ref_count))
    return;
  mj_deleteModel (model->model);
  g_free (model);
}

const mjModel *
sg_model_get (const SgModel *model)
{
  return model->model;
}

gsize
sg_model_get_bytes (const SgModel *model)
{
  return sizeof *model->model + model->model->nbuffer;
}

typedef struct
{
  const SgModel *model;
  mjData *data;
} Reset;

static void
reset_cb (gpointer data)
{
  const Reset *reset = data;
  const mjModel *model = reset->model->model;

  if (reset->model->start >= 0)
    mj_resetDataKeyframe (model, reset->data, reset->model->start);
  else
    mj_resetData (model, reset->data);
  mj_forward (model, reset->data);
}

static void
make_data_cb (gpointer data)
{
  Reset *reset = data;

  reset->data = mj_makeData (reset->model->model);
}

mjData *
sg_model_make_data (const SgModel *model, GError **error)
{
  Reset reset = { .model = model };
  g_autofree char *fatal = NULL;

  if (sg_fatal_catch (make_data_cb, &reset, &fatal) && reset.data)
    return reset.data;
  g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE,
               "no memory for the simulation's state%s%s", fatal ? ": " : "", fatal ? fatal : "");
  return NULL;
}

double
sg_model_get_drawn_length (const SgModel *model, const char *tendon)
{
  int id = mj_name2id (model->model, mjOBJ_TENDON, tendon);

  return id >= 0 ? model->model->tendon_length0[id] : NAN;
}

double
sg_model_get_extent (const SgModel *model, double center[3])
{
  for (guint k = 0; k < 3; k++)
    center[k] = model->model->stat.center[k];
  return model->model->stat.extent;
}

void
sg_model_reset_data (const SgModel *model, mjData *data)
{
  Reset reset = { model, data };
  g_autofree char *fatal = NULL;

  /* What is fatal here is so again in the first step, whose caller can say it. */
  if (!sg_fatal_catch (reset_cb, &reset, &fatal))
    g_debug ("mujoco: the start state: %s", fatal);
}
