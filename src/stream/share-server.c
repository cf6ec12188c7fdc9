/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The share's thread: asleep until a guest says something or the simulation publishes. A publication wakes it
 * once; it looks at the newest state as often as frames are sent, so a simulation that publishes more often
 * costs nothing more, and a paused one nothing at all. */
#include <math.h>

#include "base/limits.h"
#include "base/metrics.h"
#include "stream/share-private.h"

#define FRAME_US (G_TIME_SPAN_SECOND / SG_SHARE_RATE)
#define STATS_US (G_TIME_SPAN_SECOND / 10)
#define WINDOW_US (G_TIME_SPAN_SECOND / 2) /* over which rates are measured */

#define G_LOG_DOMAIN_SHARE "simgen-stream"

/* -- Timers: sources that are ready when they are told to be -- */

static gboolean
timer_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { NULL, NULL, timer_dispatch, NULL, NULL, NULL };

GSource *
sg_share_server_add_timer (SgShareServer *server, GSourceFunc function, gpointer data)
{
  GSource *source = g_source_new (&timer_funcs, sizeof (GSource));

  g_source_set_callback (source, function, data, NULL);
  g_source_attach (source, server->context);
  return source;
}

gint64
sg_share_server_now (const SgShareServer *server)
{
  return g_get_monotonic_time () + server->skipped_us;
}

/* -- Guests -- */

void
sg_share_guest_free (SgShareGuest *guest)
{
  g_free (guest->address);
  g_free (guest);
}

static SgShareGuest *
describe (const SgShareClient *client)
{
  SgShareGuest *guest = g_new (SgShareGuest, 1);

  *guest = (SgShareGuest){ client->id, g_strdup (client->address), client->controls, client->asks,
                           client->n_sent, client->n_dropped, client->round_trip };
  return guest;
}

void
sg_share_server_tell_guests (SgShareServer *server)
{
  g_autoptr (GPtrArray) before = NULL;
  GPtrArray *guests = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_share_guest_free);

  for (guint i = 0; i < server->clients->len; i++)
    if (((SgShareClient *)server->clients->pdata[i])->code != SG_WEBSOCKET_FULL)
      g_ptr_array_add (guests, describe (server->clients->pdata[i]));
  pthread_mutex_lock (&server->lock);
  before = server->guests;
  server->guests = guests;
  server->figures.n_guests = guests->len;
  pthread_mutex_unlock (&server->lock);
  server->changed (server->owner);
}

SgShareClient *
sg_share_server_find (SgShareServer *server, guint guest)
{
  for (guint i = 0; i < server->clients->len; i++)
    {
      SgShareClient *client = server->clients->pdata[i];

      if (client->id == guest)
        return client;
    }
  return NULL;
}

/* Calls `each` for all of them; who is dropped by that goes meanwhile. */
static void
for_each (SgShareServer *server, void (*each) (SgShareClient *client))
{
  for (guint i = server->clients->len; i > 0; i--)
    if (i <= server->clients->len)
      each (server->clients->pdata[i - 1]);
}

/* -- What is shown -- */

static void
tell_scene (SgShareClient *client)
{
  sg_share_client_owe (client, SG_SHARE_DUE_SCENE);
}

/* A model that does not go into frames is told as no scene, once. */
static void
change_scene (SgShareServer *server, SgModel *model)
{
  g_autoptr (GError) error = NULL;

  for_each (server, sg_share_client_forget_scene);
  g_clear_pointer (&server->scene, sg_share_scene_free);
  g_clear_pointer (&server->refused, sg_model_unref);
  if (model)
    server->scene = sg_share_scene_new (model, ++server->n_scenes, &error);
  if (error)
    {
      server->refused = sg_model_ref (model);
      g_log_structured (G_LOG_DOMAIN_SHARE, G_LOG_LEVEL_WARNING, "MESSAGE",
                        "a scene cannot be shared: %s", error->message);
    }
  server->window_us = 0;
  for_each (server, tell_scene);
}

static void
measure (SgShareServer *server, const SgSnapshot *snapshot)
{
  gint64 now = g_get_monotonic_time (), took = now - server->window_us;

  server->stats.time = snapshot->time;
  server->stats.speed = snapshot->speed;
  if (server->window_us == 0 || snapshot->playing != server->stats.playing ||
      snapshot->time < server->window_time)
    server->stats.factor = snapshot->playing ? snapshot->speed : 0, server->stats.rate = 0, took = -1;
  else if (took >= WINDOW_US)
    {
      server->stats.factor = (snapshot->time - server->window_time) * G_TIME_SPAN_SECOND / (double)took;
      server->stats.rate = (server->n_frames - server->window_frames) * G_TIME_SPAN_SECOND / (double)took;
    }
  server->stats.playing = snapshot->playing;
  if (took >= 0 && took < WINDOW_US)
    return;
  server->window_us = now;
  server->window_time = snapshot->time;
  server->window_frames = server->n_frames;
}

static void
owe_stats (SgShareClient *client)
{
  if (client->encoder)
    sg_share_client_owe (client, SG_SHARE_DUE_STATS);
}

/* At most ten times a second, the last value never lost. */
static gboolean
stats_cb (gpointer data)
{
  SgShareServer *server = data;

  g_source_set_ready_time (server->stats_later, -1);
  server->stats_told_us = g_get_monotonic_time ();
  for_each (server, owe_stats);
  return G_SOURCE_CONTINUE;
}

static void
tell_stats (SgShareServer *server)
{
  if (g_source_get_ready_time (server->stats_later) < 0)
    g_source_set_ready_time (server->stats_later, server->stats_told_us + STATS_US);
}

static gboolean
tick_cb (gpointer data)
{
  SgShareServer *server = data;
  gint64 now = g_get_monotonic_time ();
  const SgSnapshot *snapshot;
  SgModel *model;
  gboolean fresh;

  if (now < server->frame_due_us)
    {
      g_source_set_ready_time (server->tick, server->frame_due_us);
      return G_SOURCE_CONTINUE;
    }
  g_source_set_ready_time (server->tick, -1); /* before looking, as a publication sets it */
  server->frame_due_us = MAX (server->frame_due_us + FRAME_US, now);
  snapshot = sg_tap_read (server->tap, &fresh);
  model = snapshot ? snapshot->model : NULL;
  if (model != (server->scene ? server->scene->model : server->refused))
    change_scene (server, model);
  if (!server->scene)
    return G_SOURCE_CONTINUE;
  if (fresh && sg_share_scene_take (server->scene, snapshot))
    {
      server->n_frames++;
      for_each (server, sg_share_client_offer_frame);
    }
  measure (server, snapshot);
  tell_stats (server);
  return G_SOURCE_CONTINUE;
}

static void
published_cb (gpointer data)
{
  SgShareServer *server = data;

  g_source_set_ready_time (server->tick, 0);
}

/* -- Figures -- */

static double
longest_round_trip (SgShareServer *server)
{
  double longest = 0;

  for (guint i = 0; i < server->clients->len; i++)
    longest = MAX (longest, ((SgShareClient *)server->clients->pdata[i])->round_trip);
  return longest;
}

static void
take_figures (SgShareServer *server, SgShareFigures *figures)
{
  *figures = (SgShareFigures){
    .n_guests = server->clients->len,
    .n_sent = server->n_sent - server->told_sent,
    .n_dropped = server->n_dropped - server->told_dropped,
    .n_bytes = server->n_bytes - server->told_bytes,
    .encode_p50 = sg_histogram_get_quantile (&server->encoding, 0.5) / 1e3,
    .encode_p99 = sg_histogram_get_quantile (&server->encoding, 0.99) / 1e3,
    .queue = server->queue,
    .round_trip = longest_round_trip (server),
  };
  if (figures->n_bytes > 0)
    figures->ratio = (double)(server->n_raw - server->told_raw) / figures->n_bytes;
  server->told_sent = server->n_sent;
  server->told_dropped = server->n_dropped;
  server->told_bytes = server->n_bytes;
  server->told_raw = server->n_raw;
  server->queue = 0;
}

void
sg_share_server_look_after (SgShareServer *server)
{
  SgShareFigures figures;

  sg_share_http_sweep (server);
  take_figures (server, &figures);
  if (figures.n_guests > 0)
    g_log_structured (G_LOG_DOMAIN_SHARE, G_LOG_LEVEL_DEBUG, "MESSAGE",
                      "%u guests: %" G_GUINT64_FORMAT " frames sent, %" G_GUINT64_FORMAT
                      " dropped, %" G_GUINT64_FORMAT
                      " bytes (1 : %.1f), encoded in %.1f us (p99 %.1f), queue "
                      "%zu bytes, round trip %.1f ms",
                      figures.n_guests, figures.n_sent, figures.n_dropped, figures.n_bytes, figures.ratio,
                      figures.encode_p50, figures.encode_p99, figures.queue, figures.round_trip * 1e3);
  pthread_mutex_lock (&server->lock);
  server->figures = figures;
  pthread_mutex_unlock (&server->lock);
  for_each (server, sg_share_client_sweep);
  sg_share_server_tell_guests (server);
}

static gboolean
figures_cb (gpointer data)
{
  SgShareServer *server = data;

  g_source_set_ready_time (server->figures_timer,
                           g_get_monotonic_time () + SG_SHARE_FIGURES_SECONDS * G_TIME_SPAN_SECOND);
  sg_share_server_look_after (server);
  return G_SOURCE_CONTINUE;
}

/* -- The thread -- */

void
sg_share_server_invoke (SgShareServer *server, GSourceFunc function, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, data, destroy);
  g_source_attach (source, server->context);
}

static void
say_goodbye (SgShareClient *client)
{
  sg_share_client_close (client, SG_WEBSOCKET_AWAY);
}

static void
clear_timer (GSource **timer)
{
  g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static gpointer
run_thread (gpointer data)
{
  SgShareServer *server = data;

  g_main_context_push_thread_default (server->context);
  sg_share_http_begin (server);
  g_source_set_ready_time (server->figures_timer,
                           g_get_monotonic_time () + SG_SHARE_FIGURES_SECONDS * G_TIME_SPAN_SECOND);
  sg_tap_set_notify (server->tap, published_cb, server);
  g_source_set_ready_time (server->tick, 0); /* what was published before */
  g_main_loop_run (server->loop);

  sg_tap_set_notify (server->tap, NULL, NULL);
  for_each (server, say_goodbye);
  for_each (server, sg_share_client_drop);
  sg_share_http_end (server);
  clear_timer (&server->tick);
  clear_timer (&server->stats_later);
  clear_timer (&server->figures_timer);
  g_clear_pointer (&server->scene, sg_share_scene_free);
  g_clear_pointer (&server->refused, sg_model_unref);
  while (g_main_context_iteration (server->context, FALSE))
    ; /* what libsoup has still to let go of */
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

void
sg_share_server_start (SgShareServer *server)
{
  pthread_mutex_init (&server->lock, NULL);
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->clients = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_share_client_unref);
  server->guests = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_share_guest_free);
  server->tick = sg_share_server_add_timer (server, tick_cb, server);
  server->stats_later = sg_share_server_add_timer (server, stats_cb, server);
  server->figures_timer = sg_share_server_add_timer (server, figures_cb, server);
  server->thread = g_thread_new ("share", run_thread, server);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (((SgShareServer *)data)->loop);
  return G_SOURCE_REMOVE;
}

void
sg_share_server_stop (SgShareServer *server)
{
  if (!server->thread)
    return;
  sg_share_server_invoke (server, quit_cb, server, NULL);
  g_thread_join (g_steal_pointer (&server->thread));
}

void
sg_share_server_free (SgShareServer *server)
{
  sg_share_server_stop (server);
  g_ptr_array_unref (server->clients);
  g_ptr_array_unref (server->guests);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  pthread_mutex_destroy (&server->lock);
  for (guint i = 0; i < G_N_ELEMENTS (server->sockets); i++)
    g_clear_object (&server->sockets[i]);
  sg_tap_unref (server->tap);
  g_free (server->token);
  g_free (server);
}
