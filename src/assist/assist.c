/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The face of the folder. */
#include "config.h"

#include "assist/assist.h"

#include <glib/gi18n-lib.h>

struct _SgAssist
{
  GObject parent_instance;

  SgAssistOptions options;
  GPtrArray *providers; /* SgAssistProvider */
  gboolean network_allowed;
};

enum
{
  STATE_CHANGED,
  SPENT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgAssist, sg_assist, G_TYPE_OBJECT)

static void
sg_assist_finalize (GObject *object)
{
  SgAssist *self = SG_ASSIST (object);

  g_ptr_array_unref (self->providers);
  G_OBJECT_CLASS (sg_assist_parent_class)->finalize (object);
}

static void
sg_assist_class_init (SgAssistClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sg_assist_finalize;
  signals[STATE_CHANGED] = g_signal_new ("state-changed", SG_TYPE_ASSIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SPENT] = g_signal_new ("spent", SG_TYPE_ASSIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_INT64);
}

static void
sg_assist_init (SgAssist *self)
{
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_assist_provider_free);
}

SgAssistOptions
sg_assist_options_default (void)
{
  return (SgAssistOptions){
    .timeouts = { .connect_us = 10 * G_USEC_PER_SEC,
                  .first_token_us = 60 * G_USEC_PER_SEC,
                  .stall_us = 30 * G_USEC_PER_SEC,
                  .whole_us = 180 * G_USEC_PER_SEC },
    .most_attempts = 3,
    .first_pause_us = G_USEC_PER_SEC / 2,
    .most_pause_us = 20 * G_USEC_PER_SEC,
    .short_pause_us = 2 * G_USEC_PER_SEC,
    .failures_to_rest = 3,
    .first_rest_us = 30 * G_USEC_PER_SEC,
    .most_rest_us = 600 * (gint64)G_USEC_PER_SEC,
    .most_waiting = 32,
  };
}

SgAssist *
sg_assist_new (const SgAssistOptions *options)
{
  SgAssist *self = g_object_new (SG_TYPE_ASSIST, NULL);

  self->options = options ? *options : sg_assist_options_default ();
  return self;
}

void
sg_assist_set_providers (SgAssist *self, const SgAssistProvider *const *providers, guint n)
{
  g_ptr_array_set_size (self->providers, 0);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->providers, sg_assist_provider_copy (providers[i]));
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

void
sg_assist_set_network_allowed (SgAssist *self, gboolean allowed)
{
  self->network_allowed = allowed;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

gboolean
sg_assist_get_network_allowed (SgAssist *self)
{
  return self->network_allowed;
}

guint
sg_assist_get_picture_side (SgAssist *self)
{
  guint side = 2048;

  for (guint i = 0; i < self->providers->len; i++)
    {
      const SgAssistProvider *provider = g_ptr_array_index (self->providers, i);

      if (provider->enabled)
        side = MIN (side, sg_provider_kind_picture_side (provider->kind));
    }
  return side;
}

static void
refuse (SgAssist *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (!self->network_allowed)
    g_task_return_new_error (task, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_NETWORK, "%s",
                             _ ("The use of the network is forbidden in the settings"));
  else
    g_task_return_new_error (task, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_PROVIDER, "%s",
                             _ ("No provider of a language model is set up"));
}

void
sg_assist_answer_free (SgAssistAnswer *self)
{
  g_free (self->text);
  g_free (self->provider);
  g_free (self->model);
  g_free (self);
}

void
sg_assist_ask_async (SgAssist *self,
                     const SgAssistQuestion *question,
                     SgAssistPriority priority,
                     GCancellable *cancellable,
                     SgAssistProgressFunc progress,
                     gpointer progress_data,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  if (question->free_check_data)
    question->free_check_data (question->check_data);
  refuse (self, cancellable, callback, user_data);
}

SgAssistAnswer *
sg_assist_ask_finish (SgAssist *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sg_assist_list_models_async (SgAssist *self,
                             const SgAssistProvider *provider,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  refuse (self, cancellable, callback, user_data);
}

char **
sg_assist_list_models_finish (SgAssist *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sg_assist_test_async (SgAssist *self,
                      const SgAssistProvider *provider,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  refuse (self, cancellable, callback, user_data);
}

gint64
sg_assist_test_finish (SgAssist *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

gboolean
sg_assist_get_state (SgAssist *self, const char *provider, SgAssistState *state)
{
  for (guint i = 0; i < self->providers->len; i++)
    {
      const SgAssistProvider *known = g_ptr_array_index (self->providers, i);

      if (!g_str_equal (known->name, provider))
        continue;
      *state = (SgAssistState){ .condition = SG_ASSIST_READY };
      return TRUE;
    }
  return FALSE;
}

void
sg_assist_ring (SgAssist *self)
{
}
