/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The path from a page to a running model; one function a stage, in the order of the flow. */
#include "config.h"

#define G_LOG_DOMAIN "simgen-pipeline"

#include "pipeline/pipeline.h"

#include <glib/gi18n-lib.h>

#include "physics/assemble.h"
#include "physics/foreign-compile.h"
#include "physics/spec-json.h"
#include "physics/words.h"
#include "pipeline/analysis.h"
#include "pipeline/compiled.h"
#include "pipeline/error.h"
#include "pipeline/input.h"
#include "pipeline/motion.h"
#include "vision/text.h"

static SgScene *
scene_new (SgPage *page, SgReading *reading)
{
  SgScene *scene = g_new0 (SgScene, 1);

  g_atomic_ref_count_init (&scene->ref_count);
  scene->page = page ? sg_page_ref (page) : NULL;
  scene->reading = reading ? sg_reading_ref (reading) : NULL;
  return scene;
}

void
sg_scene_find_move (const SgScene *from, const SgScene *to, double moved[3])
{
  const SgReading *before = from ? from->reading : NULL, *after = to ? to->reading : NULL;

  moved[0] = moved[1] = moved[2] = 0;
  if (!before || !after || before->scale != after->scale)
    return;
  moved[0] = (before->origin.x - after->origin.x) / after->scale;
  moved[2] = (after->origin.y - before->origin.y) / after->scale;
}

SgScene *
sg_scene_ref (SgScene *scene)
{
  g_atomic_ref_count_inc (&scene->ref_count);
  return scene;
}

void
sg_scene_unref (SgScene *scene)
{
  if (!g_atomic_ref_count_dec (&scene->ref_count))
    return;
  g_clear_pointer (&scene->page, sg_page_unref);
  g_clear_pointer (&scene->reading, sg_reading_unref);
  g_clear_pointer (&scene->spec, sg_spec_free);
  g_clear_pointer (&scene->motion, sg_motion_free);
  g_clear_pointer (&scene->model, sg_model_unref);
  g_strfreev (scene->files);
  g_clear_pointer (&scene->statements, g_array_unref);
  g_free (scene->words);
  g_free (scene->mjcf);
  g_free (scene);
}

static double
milliseconds_since (gint64 start_us)
{
  return (g_get_monotonic_time () - start_us) / 1000.0;
}

/* Words, rules, MJCF and model for a scene whose spec is there. */
static gboolean
compile_spec (SgScene *scene, const char *words, SgCache *cache, GError **error)
{
  if (!sg_model_init_library (error))
    return FALSE;
  scene->words = g_strdup (words);
  scene->statements = sg_words_apply (words, scene->spec, error);
  if (!scene->statements)
    return FALSE;
  scene->model = sg_cached_model_from_spec (cache, scene->spec, &scene->mjcf, error);
  if (!scene->model)
    return FALSE;
  scene->moves = sg_spec_moves (scene->spec);
  return TRUE;
}

/* Writing that was hardly read says nothing. */
#define LEAST_CONFIDENCE 0.5

/* What is written on the page and is no label of one mark, as "moon gravity", acts as typed words do. A name
 * ("cart", "A") changes nothing, and nobody need be told that it is not understood. Only what was drawn is
 * changed so: a mechanism made from words alone is asked for in the line for words. */
static gboolean
apply_writing (const SgReading *reading, SgSpec *spec, GError **error)
{
  for (guint i = 0; spec->bodies->len > 0 && i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      const char *text = element->kind == SG_KIND_TEXT ? element->geometry.text : NULL;
      g_autoptr (GArray) statements = NULL;
      SgQuantity quantity;

      if (!text || element->confidence < LEAST_CONFIDENCE || sg_text_parse_quantity (text, &quantity))
        continue;
      statements = sg_words_apply (text, spec, error);
      if (!statements)
        return FALSE;
    }
  return TRUE;
}

static void
log_compiled (const SgScene *scene)
{
  g_autofree char *duration = g_strdup_printf ("%.0f", 1000 * scene->compile_ms);

  g_log_structured (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, "OPERATION", "compile", "DURATION_US", duration,
                    "MESSAGE", "a model of %d bodies", (int)sg_model_get (scene->model)->nbody - 1);
}

static SgScene *
compile_under (
  SgPage *page, SgReading *reading, const char *words, double gravity, SgCache *cache, GError **error)
{
  g_autoptr (SgScene) scene = scene_new (page, reading);
  gint64 start = g_get_monotonic_time ();

  scene->spec = sg_assemble_under (reading, gravity);
  if (!apply_writing (reading, scene->spec, error))
    return NULL;
  if (!compile_spec (scene, words ? words : sg_page_get_words (page), cache, error))
    return NULL;
  scene->compile_ms = milliseconds_since (start);
  log_compiled (scene);
  return g_steal_pointer (&scene);
}

SgScene *
sg_pipeline_compile (SgPage *page, SgReading *reading, const char *words, SgCache *cache, GError **error)
{
  return compile_under (page, reading, words, SG_USUAL_GRAVITY, cache, error);
}

SgScene *
sg_pipeline_run (
  SgPage *page, const char *words, SgCache *cache, GCancellable *cancellable, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  SgCacheLevel level;
  g_autoptr (SgReading) reading =
    sg_cached_analyze (cache, SG_CACHE_FAR, NULL, page, NULL, cancellable, &level, error);

  if (!reading)
    return NULL;

  double analyze_ms = milliseconds_since (start);
  SgScene *scene = sg_pipeline_compile (page, reading, words, cache, error);
  if (scene)
    {
      scene->analyze_ms = analyze_ms;
      scene->reading_from = level;
    }
  return scene;
}

static SgScene *
run_spec (const char *path, GBytes *bytes, const char *words, SgCache *cache, GError **error)
{
  g_autoptr (SgScene) scene = scene_new (NULL, NULL);
  gint64 start = g_get_monotonic_time ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  scene->spec = sg_spec_parse (path, text, size, error);
  if (!scene->spec || !compile_spec (scene, words, cache, error))
    return NULL;
  scene->compile_ms = milliseconds_since (start);
  return g_steal_pointer (&scene);
}

/* A model of another program: checked here, made ready by the helper. */
static SgScene *
run_model (
  const char *path, GBytes *bytes, const char *words, GCancellable *cancellable, GError **error)
{
  g_autoptr (SgScene) scene = scene_new (NULL, NULL);
  gint64 start = g_get_monotonic_time ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (SgForeign) foreign = sg_foreign_new (path, text, size, error);

  if (!foreign)
    return NULL;
  scene->model = sg_foreign_compile (foreign, &scene->mjcf, cancellable, error);
  if (!scene->model)
    return NULL;
  scene->spec = sg_spec_new ();
  scene->files = g_strdupv ((char **)sg_foreign_get_files (foreign));
  scene->moves = sg_model_get (scene->model)->nv > 0;
  scene->words = g_strdup (words);
  scene->statements = sg_words_refuse (words, SG_WORDS_BEYOND_US,
                                       _ ("words change drawings; this is a model of another program"));
  scene->compile_ms = milliseconds_since (start);
  log_compiled (scene);
  return g_steal_pointer (&scene);
}

/* A recording: what was simulated, and the run. Its drawing is looked at, not read again. */
static SgScene *
open_motion (const char *path, const char *words, GCancellable *cancellable, GError **error)
{
  g_autoptr (SgScene) scene = scene_new (NULL, NULL);

  scene->motion = sg_motion_open (path, cancellable, error);
  if (!scene->motion)
    return NULL;
  g_autoptr (GBytes) mjcf = sg_recording_read_mjcf (sg_motion_get_recording (scene->motion), error);
  if (!mjcf)
    return NULL;
  scene->mjcf = g_strndup (g_bytes_get_data (mjcf, NULL), g_bytes_get_size (mjcf));
  scene->model = sg_model_ref (sg_motion_get_model (scene->motion));
  scene->spec = sg_spec_new ();
  scene->files = g_new0 (char *, 1);
  scene->moves = TRUE;
  scene->words = g_strdup (words);
  scene->statements =
    sg_words_refuse (words, SG_WORDS_BEYOND_US, _ ("words change drawings; this is a recording"));
  return g_steal_pointer (&scene);
}

SgScene *
sg_pipeline_load (const char *path,
                  guint number,
                  const char *words,
                  SgCache *cache,
                  GCancellable *cancellable,
                  GError **error)
{
  g_auto (SgInputFile) input = { 0 };
  g_autoptr (SgPage) page = NULL;

  if (number <= 1 && sg_motion_is_recording (path))
    return open_motion (path, words, cancellable, error);
  if (!sg_input_file_read (path, number, &input, error))
    return NULL;
  switch (input.kind)
    {
    case SG_INPUT_FILE_SPEC:
      return run_spec (path, input.bytes, words, cache, error);
    case SG_INPUT_FILE_MODEL:
      return run_model (path, input.bytes, words, cancellable, error);
    case SG_INPUT_FILE_BINARY:
      sg_input_file_refuse_binary (path, error);
      return NULL;
    default:
      page = sg_input_file_page (&input, path, error);
      return page ? sg_pipeline_run (page, words, cache, cancellable, error) : NULL;
    }
}

typedef struct
{
  SgPage *page;
  SgReading *reading;
  double gravity;
  SgCache *cache; /* (nullable) */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  sg_page_unref (request->page);
  sg_reading_unref (request->reading);
  g_clear_pointer (&request->cache, sg_cache_unref);
  g_free (request);
}

static void
compile_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  SgScene *scene =
    compile_under (request->page, request->reading, NULL, request->gravity, request->cache, &error);

  if (scene)
    g_task_return_pointer (task, scene, (GDestroyNotify)sg_scene_unref);
  else
    g_task_return_error (task, error);
}

void
sg_pipeline_compile_async (SgPage *page,
                           SgReading *reading,
                           double gravity,
                           SgCache *cache,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);

  *request = (Request){ sg_page_ref (page), sg_reading_ref (reading), gravity,
                        cache ? sg_cache_ref (cache) : NULL };
  g_task_set_source_tag (task, sg_pipeline_compile_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, compile_in_thread);
}

SgScene *
sg_pipeline_compile_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_pipeline_compile_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  char *path;
  SgCache *cache; /* (nullable) */
} LoadRequest;

static void
load_request_free (gpointer data)
{
  LoadRequest *request = data;

  g_clear_pointer (&request->cache, sg_cache_unref);
  g_free (request->path);
  g_free (request);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LoadRequest *request = task_data;
  GError *error = NULL;
  SgScene *scene = sg_pipeline_load (request->path, 1, NULL, request->cache, cancellable, &error);

  if (scene)
    g_task_return_pointer (task, scene, (GDestroyNotify)sg_scene_unref);
  else
    g_task_return_error (task, error);
}

void
sg_pipeline_load_async (const char *path,
                        SgCache *cache,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  LoadRequest *request = g_new (LoadRequest, 1);

  *request = (LoadRequest){ g_strdup (path), cache ? sg_cache_ref (cache) : NULL };
  g_task_set_source_tag (task, sg_pipeline_load_async);
  g_task_set_task_data (task, request, load_request_free);
  g_task_run_in_thread (task, load_in_thread);
}

SgScene *
sg_pipeline_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_pipeline_load_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
