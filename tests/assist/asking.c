/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tests of asking share. */
#include "asking.h"

#include <string.h>
#include <time.h>

static gint64
read_clock (gpointer clock)
{
  return ((Place *)clock)->now_us;
}

/* -- A cache -- */

static GBytes *
cache_get (gpointer data, const char *name)
{
  Place *self = data;

  g_mutex_lock (&self->lock);
  GBytes *bytes = g_hash_table_lookup (self->kept, name);
  if (bytes)
    g_bytes_ref (bytes);
  g_mutex_unlock (&self->lock);
  return bytes;
}

static void
cache_put (gpointer data, const char *name, GBytes *answer)
{
  Place *self = data;

  g_assert_cmpuint (strlen (name), ==, 64);
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->kept, g_strdup (name), g_bytes_ref (answer));
  g_mutex_unlock (&self->lock);
}

/* -- The log, in which the key must not be -- */

static Place *logging; /* the test's that runs */

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  Place *self = g_atomic_pointer_get (&logging);

  for (gsize i = 0; self && i < n_fields; i++)
    if (fields[i].length < 0)
      {
        g_mutex_lock (&self->lock);
        g_ptr_array_add (self->logged, g_strdup (fields[i].value));
        g_mutex_unlock (&self->lock);
      }
  return g_log_writer_default (level, fields, n_fields, NULL);
}

/* -- Life -- */

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_pointer (&asked->answer, sg_assist_answer_free);
  g_clear_error (&asked->error);
  g_object_unref (asked->cancellable);
  g_array_unref (asked->phases);
  g_free (asked->text);
  g_free (asked);
}

void
place_set_up (Place *self, gconstpointer data)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      g_log_set_writer_func (write_log, NULL, NULL);
      g_once_init_leave (&once, 1);
    }
  self->now_us = 1000 * G_USEC_PER_SEC;
  self->options = sg_assist_options_default ();
  self->options.now_us = read_clock;
  self->options.clock = self;
  self->options.seed = 1;
  self->options.cache = (SgAssistCache){ cache_get, cache_put, self, NULL };
  self->servers = g_ptr_array_new_with_free_func ((GDestroyNotify)server_free);
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_assist_provider_free);
  self->asked = g_ptr_array_new_with_free_func (asked_free);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  self->logged = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->lock);
  g_atomic_pointer_set (&logging, self);
}

/* In requests the key is in its header, once; in what is kept, logged and told it is not. */
static void
look_for_canary (Place *self)
{
  GHashTableIter iter;
  gpointer name, value;

  for (guint i = 0; i < self->servers->len; i++)
    {
      Server *server = g_ptr_array_index (self->servers, i);

      for (guint j = 0; j < server->requests->len; j++)
        {
          const ServerRequest *request = server_get_request (server, j);
          const char *first = strstr (request->head, CANARY);

          g_assert_true (!first || !strstr (first + 1, CANARY));
          g_assert_true (!first || first > strstr (request->head, "\r\n"));
          g_assert_null (strstr (request->body, CANARY));
        }
    }
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      gsize size;
      gconstpointer bytes = g_bytes_get_data (value, &size);

      g_assert_null (memmem (bytes, size, CANARY, strlen (CANARY)));
    }
  for (guint i = 0; i < self->logged->len; i++)
    g_assert_null (strstr (g_ptr_array_index (self->logged, i), CANARY));
  for (guint i = 0; i < self->asked->len; i++)
    {
      const Asked *asked = g_ptr_array_index (self->asked, i);

      g_assert_true (!asked->error || !strstr (asked->error->message, CANARY));
    }
}

void
place_tear_down (Place *self, gconstpointer data)
{
  for (guint i = 0; i < self->asked->len; i++)
    {
      Asked *asked = g_ptr_array_index (self->asked, i);

      if (!asked->done)
        g_cancellable_cancel (asked->cancellable);
      place_wait (self, asked);
    }
  place_settle (self);
  look_for_canary (self);
  g_test_message ("the main loop worked for %.2f ms at most at a time", self->longest_ns / 1e6);
  if (self->assist)
    g_assert_finalize_object (self->assist);
  g_ptr_array_unref (self->servers);
  g_ptr_array_unref (self->providers);
  g_ptr_array_unref (self->asked);
  g_hash_table_unref (self->kept);
  g_atomic_pointer_set (&logging, NULL);
  g_ptr_array_unref (self->logged);
  g_mutex_clear (&self->lock);
}

/* -- Providers -- */

void
place_add_url (Place *self, SgProviderKind kind, const char *url)
{
  g_autofree char *name = g_strdup_printf ("P%u", self->providers->len + 1);

  g_assert_null (self->assist);
  g_ptr_array_add (self->providers, sg_assist_provider_new (name, kind, url, "m", CANARY));
}

static Server *
add_server (Place *self, SgProviderKind kind, GTlsCertificate *certificate)
{
  Server *server = server_new (certificate);
  g_autofree char *url = server_dup_url (server, "");

  g_ptr_array_add (self->servers, server);
  place_add_url (self, kind, url);
  return server;
}

Server *
place_add_server (Place *self, SgProviderKind kind)
{
  return add_server (self, kind, NULL);
}

Server *
place_add_tls_server (Place *self, GTlsCertificate *certificate)
{
  return add_server (self, SG_PROVIDER_OPENAI, certificate);
}

SgAssist *
place_get_assist (Place *self)
{
  if (self->assist)
    return self->assist;
  self->assist = sg_assist_new (&self->options);
  sg_assist_set_providers (self->assist, (const SgAssistProvider *const *)self->providers->pdata,
                           self->providers->len);
  sg_assist_set_network_allowed (self->assist, TRUE);
  return self->assist;
}

/* -- Asking -- */

static void
progress_cb (const SgAssistProgress *progress, gpointer data)
{
  Asked *asked = data;

  g_assert_false (asked->done);
  g_assert_cmpuint (strlen (progress->text), ==, progress->bytes);
  g_assert_true (g_utf8_validate (progress->text, -1, NULL));
  asked->n_told++;
  g_free (asked->text);
  asked->text = g_strdup (progress->text);
  if (asked->phases->len == 0 ||
      g_array_index (asked->phases, SgAssistPhase, asked->phases->len - 1) != progress->phase)
    g_array_append_val (asked->phases, progress->phase);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;

  asked->answer = sg_assist_ask_finish (SG_ASSIST (source), result, &asked->error);
  g_assert_true ((asked->answer == NULL) == (asked->error != NULL));
  asked->done = TRUE;
  asked->done_us = g_get_monotonic_time ();
  if (asked->order)
    asked->place = ++*asked->order;
}

Asked *
place_ask_whole (Place *self, const SgAssistQuestion *question, SgAssistPriority priority)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->cancellable = g_cancellable_new ();
  asked->phases = g_array_new (FALSE, FALSE, sizeof (SgAssistPhase));
  g_ptr_array_add (self->asked, asked);
  sg_assist_ask_async (place_get_assist (self), question, priority, asked->cancellable, progress_cb, asked,
                       asked_cb, asked);
  g_assert_false (asked->done);
  return asked;
}

static gboolean
check (const char *text, gpointer data, GError **error)
{
  Place *self = data;

  g_mutex_lock (&self->lock);
  self->n_checks++;
  g_mutex_unlock (&self->lock);
  if (!self->wanted || g_str_equal (text, self->wanted))
    return TRUE;
  g_set_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE, "bodies[9] is not in the drawing");
  return FALSE;
}

Asked *
place_ask (Place *self, const char *text)
{
  const SgAssistQuestion question = {
    .user = text, .prompt_version = "1", .check = check, .check_data = self
  };

  return place_ask_whole (self, &question, SG_ASSIST_INTERACTIVE);
}

/* -- Waiting -- */

static gboolean
turn_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
too_long_cb (gpointer data)
{
  g_assert_not_reached (); /* nothing happens any more */
  return G_SOURCE_REMOVE;
}

/* Of this thread's own work: the machine may be busy with others'. */
static gint64
read_work_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/* One turn of the main loop, in which what is due is done; what it works at a time is measured. */
static void
turn (Place *self)
{
  gint64 start_ns = read_work_clock ();

  sg_assist_ring (place_get_assist (self));
  while (g_main_context_pending (NULL))
    {
      g_main_context_iteration (NULL, FALSE);
      self->longest_ns = MAX (self->longest_ns, read_work_clock () - start_ns);
      start_ns = read_work_clock ();
    }
  g_main_context_iteration (NULL, TRUE);
}

static void
wait_until (Place *self, const gboolean *done, const guint *counter, guint value)
{
  const guint tick = g_timeout_add (1, turn_cb, NULL), guard = g_timeout_add_seconds (30, too_long_cb, NULL);

  while (done ? !*done : *counter < value)
    turn (self);
  g_source_remove (tick);
  g_source_remove (guard);
}

void
place_wait (Place *self, Asked *asked)
{
  wait_until (self, &asked->done, NULL, 0);
}

void
place_wait_for (Place *self, const guint *counter, guint value)
{
  wait_until (self, NULL, counter, value);
}

void
place_settle (Place *self)
{
  guint quiet = 0;
  const guint tick = g_timeout_add (1, turn_cb, NULL);

  /* workers that are under way end within a few turns */
  for (; quiet < 20; quiet++)
    turn (self);
  g_source_remove (tick);
}

void
place_pass (Place *self, double seconds)
{
  self->now_us += (gint64)(seconds * G_USEC_PER_SEC);
  sg_assist_ring (place_get_assist (self));
}

char *
openai_stream (const char *text)
{
  return g_strdup_printf (
    "data: {\"model\":\"m-2026\",\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}\n\n"
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}\n\n"
    "data: [DONE]\n\n",
    text);
}

void
place_tell_time (Asked *asked, gint64 known_us, const char *what)
{
  g_test_message ("%s: told %.2f ms after it was known", what, (asked->done_us - known_us) / 1000.);
}
