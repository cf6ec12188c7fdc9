/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a changed page to a running model.
 *
 *   page changes -> cancel what is under way -> sg_cached_analyze_async -> reading, shown at once
 *                                                                           |
 *                                                 sg_pipeline_compile_async -> scene -> simulation
 *
 * Where pictures have what may be printed words, the page is read again with those before it is compiled.
 * The reader remembers the strokes, so that a stroke added to a full page is read within a frame; the cache
 * knows pages that were there before, and is told of one for good once it has not changed for a while.
 * `playing` is what the person asked for: it holds while a changed drawing is compiled, and the new model
 * goes on from where the old one is. A run lasts from play to pause, reset, divergence or another model. It
 * is of the sketch that was open when it began. */
#include "config.h"

#include "app/mechanism.h"

#include <string.h>

#include "app/cached-thumbnail.h"
#include "app/run-figures.h"
#include "physics/spec-json.h"
#include "pipeline/analysis.h"
#include "pipeline/motion.h"

struct _SgMechanism
{
  GObject parent_instance;
  SgDocument *document;
  SgKeeper *keeper; /* (nullable): runs are not kept */
  SgSimulation *simulation;
  SgRunRecorder *recorder;
  SgReader *reader;
  SgCache *cache;            /* (nullable) */
  guint keep_source;         /* timeout: the reading is to be kept for good; 0: none */
  GCancellable *cancellable; /* (nullable): of the reading or compilation under way */
  SgScene *scene;            /* (nullable) */
  SgReading *reading;        /* (nullable) */
  GError *error;             /* (nullable) */
  double gravity;            /* m/s2: where nothing is said of it */
  gboolean playing;
  gboolean is_model; /* the scene is a model's, not the document's */
  gboolean is_other; /* the next scene is of another document: it begins at its start */

  SgKept *run_kept; /* (nullable): no run; else its sketch */
  gint64 run_start_us;
  double run_start_time;
  guint64 run_start_steps;
  guint64 run_frames;
  double run_energy;          /* NAN: no figure yet */
  GBytes *run_picture;        /* (nullable): not painted yet */
  GCancellable *run_painting; /* (nullable) */
  gboolean carried;           /* what moves now came from another model's state */
};

enum
{
  PROP_PLAYING = 1,
  N_PROPS
};

enum
{
  CHANGED,
  STOPPED,
  NOTICE,
  N_SIGNALS
};

#define KEEP_AFTER_MS 2000
#define PICTURE_WIDTH 256
#define PICTURE_HEIGHT 160

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgMechanism, sg_mechanism, G_TYPE_OBJECT)

/* -- Runs -- */

typedef struct
{
  SgPage *page;
  SgCache *cache; /* (nullable) */
} Painting;

static void
painting_free (gpointer data)
{
  Painting *painting = data;

  sg_page_unref (painting->page);
  g_clear_pointer (&painting->cache, sg_cache_unref);
  g_free (painting);
}

static void
paint (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Painting *painting = data;
  GBytes *picture =
    sg_cached_thumbnail (painting->cache, SG_CACHE_NEAR, painting->page, PICTURE_WIDTH, PICTURE_HEIGHT);

  g_task_return_pointer (task, picture, (GDestroyNotify)g_bytes_unref);
}

static void
painted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GBytes *picture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (picture != NULL)
    SG_MECHANISM (source)->run_picture = picture;
}

/* The sketch may be another by the time somebody looks. */
static void
start_painting (SgMechanism *self)
{
  Painting *painting = g_new0 (Painting, 1);

  self->run_painting = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->run_painting, painted_cb, NULL);
  painting->page = sg_page_ref (self->scene->page);
  painting->cache = self->cache != NULL ? sg_cache_ref (self->cache) : NULL;
  g_task_set_task_data (task, painting, painting_free);
  g_task_run_in_thread (task, paint);
}

static void
begin_run (SgMechanism *self)
{
  SgSimulationStats stats;

  if (self->keeper == NULL || self->scene == NULL || self->is_model || self->run_kept != NULL)
    return;                          /* a run is kept with its sketch */
  sg_document_keep (self->document); /* a run belongs to a kept sketch */
  sg_simulation_get_stats (self->simulation, &stats);
  self->run_kept = g_rc_box_acquire (sg_document_get_kept (self->document));
  self->run_start_us = g_get_monotonic_time ();
  self->run_start_time = stats.time;
  self->run_start_steps = stats.steps;
  self->run_frames = 0;
  self->run_energy = stats.energy[0] + stats.energy[1];
  start_painting (self);
}

static void
frame_ready_cb (SgMechanism *self)
{
  self->run_frames++;
}

static void
end_run (SgMechanism *self, const char *status)
{
  SgSimulationStats stats;
  SgRunRecord run = { .status = status, .model_version = SG_VERSION };
  const char *recording = sg_run_recorder_end (self->recorder);

  if (self->run_kept == NULL)
    return;
  sg_simulation_get_stats (self->simulation, &stats);
  g_autofree char *spec = sg_spec_dump (self->scene->spec);
  run.mjcf = self->scene->mjcf;
  run.spec = spec;
  run.simulated = stats.time - self->run_start_time;
  run.wall = (g_get_monotonic_time () - self->run_start_us) / 1e6;
  run.steps = stats.steps - MIN (stats.steps, self->run_start_steps);
  run.energy_first = self->run_energy;
  run.energy_last = stats.energy[0] + stats.energy[1];
  run.frames = self->run_frames;
  run.thumbnail = self->run_picture;
  run.library_version = mj_versionString ();
  SgRunFigures figures = { self->run_start_time, self->carried, stats.n_bodies, stats.n_contacts };
  g_strlcpy (figures.recording, recording, sizeof figures.recording);
  g_autofree char *result = sg_run_figures_dump (&figures);
  run.result = result;
  if (run.steps > 0)
    sg_keeper_add_run (self->keeper, self->run_kept, &run);
  g_clear_pointer (&self->run_kept, g_rc_box_release);
  g_clear_pointer (&self->run_picture, g_bytes_unref);
  g_cancellable_cancel (self->run_painting);
  g_clear_object (&self->run_painting);
}

/* -- The model -- */

static void
set_playing (SgMechanism *self, gboolean playing)
{
  if (self->playing == playing)
    return;
  self->playing = playing;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYING]);
}

/* Whether there is a run, playing or paused, that a change goes on from. */
static gboolean
has_run (SgMechanism *self)
{
  SgSimulationStats stats;

  sg_simulation_get_stats (self->simulation, &stats);
  return self->playing || (stats.steps > 0 && !self->is_other);
}

/* The recording has the state that the run begins with, so it is first. */
static void
play (SgMechanism *self)
{
  sg_run_recorder_begin (self->recorder, self->scene, self->carried);
  sg_simulation_play (self->simulation);
  begin_run (self);
}

static void
set_scene (SgMechanism *self, SgScene *scene)
{
  double moved[3];

  end_run (self, "stopped");
  sg_scene_find_move (self->scene, scene, moved);
  g_clear_pointer (&self->scene, sg_scene_unref);
  g_clear_error (&self->error);
  if (scene != NULL)
    self->scene = sg_scene_ref (scene);
  self->carried = scene != NULL && has_run (self);
  if (scene != NULL && scene->motion != NULL)
    {
      g_autoptr (SgPast) past = sg_motion_new_past (scene);

      sg_simulation_set_past (self->simulation, past);
      set_playing (self, FALSE);
    }
  else if (self->playing || !self->is_other)
    sg_simulation_swap_model (self->simulation, scene != NULL ? scene->model : NULL, moved);
  else
    sg_simulation_set_model (self->simulation, scene != NULL ? scene->model : NULL);
  self->is_other &= scene == NULL;
  if (self->playing && scene != NULL && scene->moves)
    play (self);
  else if (self->playing)
    set_playing (self, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A change that comes to nothing leaves what runs as it is. */
static void
fail (SgMechanism *self, GError *error)
{
  if (!has_run (self) || self->scene == NULL)
    set_scene (self, NULL);
  g_clear_error (&self->error);
  self->error = error;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
keep_cb (gpointer data)
{
  SgMechanism *self = data;

  self->keep_source = 0;
  if (self->reading != NULL && self->cancellable == NULL) /* it is of this page, and all of it */
    sg_cached_analysis_keep_async (self->cache, sg_document_get_page (self->document), self->reading);
  return G_SOURCE_REMOVE;
}

static void
keep_later (SgMechanism *self)
{
  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (self->cache != NULL)
    self->keep_source = g_timeout_add (KEEP_AFTER_MS, keep_cb, self);
}

static void
tell_notice (SgMechanism *self)
{
  g_autofree char *notice = self->cache != NULL ? sg_cache_take_notice (self->cache) : NULL;

  if (notice != NULL)
    g_signal_emit (self, signals[NOTICE], 0, notice);
}

static void
compiled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgMechanism) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgScene) scene = sg_pipeline_compile_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  keep_later (self);
  if (scene != NULL)
    set_scene (self, scene);
  else
    fail (self, g_steal_pointer (&error));
  tell_notice (self);
}

static void
compile (SgMechanism *self)
{
  sg_pipeline_compile_async (sg_document_get_page (self->document), self->reading, self->gravity, NULL,
                             self->cancellable, compiled_cb, g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgMechanism) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgReading) reading = sg_cached_analyze_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->reading, sg_reading_unref);
  if (reading == NULL)
    {
      g_clear_object (&self->cancellable);
      fail (self, g_steal_pointer (&error));
      return;
    }
  self->reading = sg_reading_ref (reading);
  if (reading->print_left) /* what it says may change everything that moves */
    sg_cached_analyze_async (self->cache, self->reader, sg_document_get_page (self->document), NULL,
                             self->cancellable, read_cb, g_object_ref (self));
  else
    compile (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether nothing changed that anything here depends on: a title, a view that was kept. */
static gboolean
is_known (SgMechanism *self, SgPage *page)
{
  SgPage *known = self->scene != NULL ? self->scene->page : NULL;

  return known != NULL && !self->is_model && !self->is_other && self->cancellable == NULL &&
         self->error == NULL && self->reading == self->scene->reading &&
         memcmp (sg_page_get_digest (known), sg_page_get_digest (page), SG_PAGE_DIGEST_BYTES) == 0;
}

static void
read_page (SgMechanism *self)
{
  SgPage *page = sg_document_get_page (self->document);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (sg_page_is_empty (page) && self->is_model)
    return;
  self->is_model = FALSE;
  if (sg_page_is_empty (page) && *sg_page_get_words (page) == '\0')
    {
      g_clear_pointer (&self->reading, sg_reading_unref);
      set_scene (self, NULL);
      return;
    }
  SgAnalyzeOptions at_once = sg_analyze_options_default ();

  at_once.leave_print = TRUE;
  self->cancellable = g_cancellable_new ();
  sg_cached_analyze_async (self->cache, self->reader, page, &at_once, self->cancellable, read_cb,
                           g_object_ref (self));
}

static void
page_changed_cb (SgMechanism *self)
{
  if (!is_known (self, sg_document_get_page (self->document)))
    read_page (self);
}

static void
document_replaced_cb (SgMechanism *self)
{
  sg_mechanism_pause (self);
  self->is_other = TRUE;
  if (self->is_model)
    {
      self->is_model = FALSE;
      page_changed_cb (self); /* its page may be as empty as the one before */
    }
}

void
sg_mechanism_show_model (SgMechanism *self, SgScene *scene)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->keep_source, g_source_remove);
  g_clear_pointer (&self->reading, sg_reading_unref);
  self->is_model = TRUE;
  set_scene (self, scene);
}

static void
simulation_stopped_cb (SgMechanism *self, GError *error)
{
  end_run (self, "diverged");
  set_playing (self, FALSE);
  g_signal_emit (self, signals[STOPPED], 0, error);
}

/* From where it is; at its end from the start. */
static void
play_recording (SgMechanism *self)
{
  SgSimulationStats stats;

  sg_simulation_get_stats (self->simulation, &stats);
  if (stats.time >= stats.last_time)
    sg_simulation_go_to_start (self->simulation);
  sg_mechanism_replay (self, 1);
}

gboolean
sg_mechanism_play (SgMechanism *self)
{
  gboolean compiling = self->cancellable != NULL && self->error == NULL;

  if (self->playing)
    return TRUE;
  if (!compiling && (self->scene == NULL || !self->scene->moves))
    return FALSE;
  if (!compiling && self->scene->motion != NULL)
    {
      play_recording (self);
      return TRUE;
    }
  if (!compiling)
    play (self);
  set_playing (self, TRUE);
  return TRUE;
}

void
sg_mechanism_pause (SgMechanism *self)
{
  sg_simulation_pause (self->simulation);
  end_run (self, "stopped");
  set_playing (self, FALSE);
}

void
sg_mechanism_step (SgMechanism *self)
{
  sg_mechanism_pause (self);
  sg_simulation_step (self->simulation);
}

void
sg_mechanism_reset (SgMechanism *self)
{
  end_run (self, "stopped");
  self->carried = FALSE;
  sg_simulation_reset (self->simulation);
  if (self->playing && self->scene != NULL && self->scene->motion != NULL)
    set_playing (self, FALSE);
  else if (self->playing)
    {
      sg_run_recorder_begin (self->recorder, self->scene, FALSE);
      begin_run (self);
    }
}

void
sg_mechanism_mark (SgMechanism *self)
{
  sg_simulation_mark (self->simulation, NULL);
  sg_run_recorder_mark (self->recorder, NULL);
}

void
sg_mechanism_set_gravity (SgMechanism *self, double gravity)
{
  if (self->gravity == gravity)
    return;
  self->gravity = gravity;
  if (!self->is_model)
    read_page (self);
}

void
sg_mechanism_set_recording (SgMechanism *self, gboolean recording)
{
  gboolean amid = self->playing && self->scene != NULL && self->scene->motion == NULL;

  sg_run_recorder_set_active (self->recorder, recording, amid ? self->scene : NULL);
}

SgRunRecorder *
sg_mechanism_get_recorder (SgMechanism *self)
{
  return self->recorder;
}

void
sg_mechanism_replay (SgMechanism *self, int direction)
{
  if (self->scene == NULL)
    return;
  end_run (self, "stopped");
  sg_simulation_replay (self->simulation, direction);
  set_playing (self, TRUE);
}

void
sg_mechanism_loop (SgMechanism *self, double from, double to)
{
  if (self->scene == NULL)
    return;
  end_run (self, "stopped");
  sg_simulation_loop (self->simulation, from, to);
  set_playing (self, TRUE);
}

static void
simulation_ended_cb (SgMechanism *self)
{
  set_playing (self, FALSE);
}

SgSimulation *
sg_mechanism_get_simulation (SgMechanism *self)
{
  return self->simulation;
}

SgScene *
sg_mechanism_get_scene (SgMechanism *self)
{
  return self->scene;
}

SgReading *
sg_mechanism_get_reading (SgMechanism *self)
{
  return self->reading;
}

const GError *
sg_mechanism_get_error (SgMechanism *self)
{
  return self->error;
}

gboolean
sg_mechanism_get_playing (SgMechanism *self)
{
  return self->playing;
}

static void
sg_mechanism_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PLAYING)
    g_value_set_boolean (value, SG_MECHANISM (object)->playing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sg_mechanism_dispose (GObject *object)
{
  SgMechanism *self = SG_MECHANISM (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (self->simulation != NULL)
    end_run (self, "stopped");
  g_clear_object (&self->recorder);
  g_clear_object (&self->simulation);
  g_clear_pointer (&self->reader, sg_reader_unref);
  g_clear_pointer (&self->cache, sg_cache_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->scene, sg_scene_unref);
  g_clear_pointer (&self->reading, sg_reading_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (sg_mechanism_parent_class)->dispose (object);
}

static void
sg_mechanism_class_init (SgMechanismClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sg_mechanism_get_property;
  object_class->dispose = sg_mechanism_dispose;
  props[PROP_PLAYING] =
    g_param_spec_boolean ("playing", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] =
    g_signal_new ("changed", SG_TYPE_MECHANISM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STOPPED] = g_signal_new ("stopped", SG_TYPE_MECHANISM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[NOTICE] = g_signal_new ("notice", SG_TYPE_MECHANISM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sg_mechanism_init (SgMechanism *self)
{
  self->gravity = SG_USUAL_GRAVITY;
  self->reader = sg_reader_new ();
  self->simulation = sg_simulation_new ();
  self->recorder = sg_run_recorder_new (self->simulation);
  g_signal_connect_swapped (self->simulation, "stopped", G_CALLBACK (simulation_stopped_cb), self);
  g_signal_connect_swapped (self->simulation, "ended", G_CALLBACK (simulation_ended_cb), self);
  g_signal_connect_swapped (self->simulation, "frame-ready", G_CALLBACK (frame_ready_cb), self);
}

SgMechanism *
sg_mechanism_new (SgDocument *document, SgKeeper *keeper, SgCache *cache)
{
  SgMechanism *self = g_object_new (SG_TYPE_MECHANISM, NULL);

  self->document = g_object_ref (document);
  self->keeper = keeper != NULL ? g_object_ref (keeper) : NULL;
  self->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
  g_signal_connect_object (document, "changed", G_CALLBACK (page_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "replaced", G_CALLBACK (document_replaced_cb), self, G_CONNECT_SWAPPED);
  return self;
}
