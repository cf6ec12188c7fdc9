/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From settings to providers. A provider is handed on once its host was agreed to: what falls back goes to no
 * other host. */
#include "config.h"

#include "app/assistant.h"

#include <glib/gi18n.h>
#include <math.h>

struct _SgAssistant
{
  GObject parent_instance;
  GSettings *settings; /* (nullable) */
  SgCache *cache;      /* (nullable) */
  SgHistory *history;  /* (nullable) */
  SgAssist *assist;
  SgKeys *keys;
  GPtrArray *providers; /* SgProviderSetting */
  SgUsage usage;        /* of this month, what was spent meanwhile included */
};

G_DEFINE_FINAL_TYPE (SgAssistant, sg_assistant, G_TYPE_OBJECT)

static guint changed_signal;

void
sg_provider_setting_free (SgProviderSetting *setting)
{
  g_free (setting->name);
  g_free (setting->kind);
  g_free (setting->url);
  g_free (setting->model);
  g_free (setting);
}

static void
told (SgAssistant *self)
{
  g_signal_emit (self, changed_signal, 0);
}

/* -- Answers that are known -- */

static void
key_of_name (SgCacheKey *key, const char *name)
{
  key->kind = SG_CACHE_ANSWER;
  for (guint i = 0; i < SG_CACHE_DIGEST_BYTES; i++)
    key->digest[i] = 16 * g_ascii_xdigit_value (name[2 * i]) + g_ascii_xdigit_value (name[2 * i + 1]);
}

static GBytes *
get_answer (gpointer cache, const char *name)
{
  SgCacheKey key;

  key_of_name (&key, name);
  return sg_cache_get (cache, &sg_cache_bytes, &key, SG_CACHE_OWN, NULL, NULL);
}

static void
put_answer (gpointer cache, const char *name, GBytes *answer)
{
  SgCacheKey key;

  key_of_name (&key, name);
  sg_cache_put (cache, &sg_cache_bytes, &key, SG_CACHE_OWN, NULL, answer);
}

/* -- Providers -- */

char *
sg_provider_setting_dup_host (const SgProviderSetting *setting)
{
  g_autoptr (SgAssistProvider) provider =
    sg_assist_provider_new (setting->name, SG_PROVIDER_OPENAI, setting->url, setting->model, NULL);

  return sg_assist_provider_dup_host (provider);
}

SgAssistProvider *
sg_assistant_make_provider (SgAssistant *self, const SgProviderSetting *setting)
{
  g_autofree char *host = sg_provider_setting_dup_host (setting);
  int kind = sg_provider_kind_from_name (setting->kind);

  return sg_assist_provider_new (setting->name, MAX (kind, 0), setting->url, setting->model,
                                 host != NULL ? sg_keys_get (self->keys, host) : NULL);
}

static gboolean
is_agreed (SgAssistant *self, const char *host)
{
  g_auto (GStrv) consents = sg_assistant_dup_consents (self);

  return g_strv_contains ((const char *const *)consents, host);
}

/* Hands on those that may be asked. */
static void
apply (SgAssistant *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_assist_provider_free);

  for (guint i = 0; i < self->providers->len; i++)
    {
      SgAssistProvider *provider = sg_assistant_make_provider (self, self->providers->pdata[i]);
      g_autofree char *host = sg_assist_provider_dup_host (provider);

      provider->enabled = host != NULL && is_agreed (self, host);
      g_ptr_array_add (all, provider);
    }
  sg_assist_set_providers (self->assist, (const SgAssistProvider *const *)all->pdata, all->len);
  sg_assist_set_network_allowed (self->assist, sg_assistant_get_network (self));
  told (self);
}

static void
key_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgAssistant) self = data;
  char *key = sg_keys_find_finish (self->keys, result, NULL);

  if (key != NULL)
    apply (self);
  sg_keys_wipe (key);
}

static void
find_keys (SgAssistant *self)
{
  for (guint i = 0; i < self->providers->len; i++)
    {
      g_autofree char *host = sg_provider_setting_dup_host (self->providers->pdata[i]);

      if (host != NULL)
        sg_keys_find_async (self->keys, host, NULL, key_found_cb, g_object_ref (self));
    }
}

static void
load_providers (SgAssistant *self)
{
  g_autoptr (GVariant) value =
    self->settings != NULL ? g_settings_get_value (self->settings, "assist-providers") : NULL;
  GVariantIter iter;
  SgProviderSetting one;

  g_ptr_array_set_size (self->providers, 0);
  if (value == NULL)
    return;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(ssssdd)", &one.name, &one.kind, &one.url, &one.model, &one.price_in,
                              &one.price_out))
    g_ptr_array_add (self->providers, g_memdup2 (&one, sizeof one));
}

static void
settings_changed_cb (SgAssistant *self, const char *key)
{
  if (key != NULL && !g_str_has_prefix (key, "assist-") && !g_str_equal (key, "use-network"))
    return;
  load_providers (self);
  find_keys (self);
  apply (self);
}

GPtrArray *
sg_assistant_get_providers (SgAssistant *self)
{
  return self->providers;
}

void
sg_assistant_set_providers (SgAssistant *self, GPtrArray *providers)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssssdd)"));
  for (guint i = 0; i < providers->len; i++)
    {
      const SgProviderSetting *one = providers->pdata[i];

      g_variant_builder_add (&builder, "(ssssdd)", one->name, one->kind, one->url, one->model, one->price_in,
                             one->price_out);
    }
  if (self->settings != NULL)
    g_settings_set_value (self->settings, "assist-providers", g_variant_builder_end (&builder));
  else
    g_variant_builder_clear (&builder);
}

/* -- Permission -- */

gboolean
sg_assistant_get_network (SgAssistant *self)
{
  return self->settings != NULL && g_settings_get_boolean (self->settings, "use-network");
}

void
sg_assistant_set_network (SgAssistant *self, gboolean allowed)
{
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, "use-network", allowed);
}

char **
sg_assistant_dup_consents (SgAssistant *self)
{
  return self->settings != NULL ? g_settings_get_strv (self->settings, "assist-consents")
                                : g_new0 (char *, 1);
}

void
sg_assistant_set_consent (SgAssistant *self, const char *host, gboolean agreed)
{
  g_auto (GStrv) before = sg_assistant_dup_consents (self);
  g_autoptr (GStrvBuilder) after = g_strv_builder_new ();

  for (guint i = 0; before[i] != NULL; i++)
    if (!g_str_equal (before[i], host))
      g_strv_builder_add (after, before[i]);
  if (agreed)
    g_strv_builder_add (after, host);
  g_auto (GStrv) consents = g_strv_builder_end (after);
  if (self->settings != NULL)
    g_settings_set_strv (self->settings, "assist-consents", (const char *const *)consents);
  apply (self); /* now: the settings tell of it only later, and a question may follow at once */
}

char *
sg_assistant_dup_unagreed_host (SgAssistant *self)
{
  for (guint i = 0; i < self->providers->len; i++)
    {
      char *host = sg_provider_setting_dup_host (self->providers->pdata[i]);

      if (host != NULL && !is_agreed (self, host))
        return host;
      g_free (host);
    }
  return NULL;
}

gboolean
sg_assistant_is_in_the_clear (SgAssistant *self, const char *host)
{
  gboolean clear = FALSE;

  for (guint i = 0; i < self->providers->len && !clear; i++)
    {
      g_autoptr (SgAssistProvider) provider = sg_assistant_make_provider (self, self->providers->pdata[i]);
      g_autofree char *own = sg_assist_provider_dup_host (provider);

      clear = g_strcmp0 (own, host) == 0 && sg_assist_provider_is_in_the_clear (provider);
    }
  return clear;
}

gboolean
sg_assistant_can_ask (SgAssistant *self, GError **error)
{
  guint64 most = self->settings != NULL ? g_settings_get_uint (self->settings, "assist-most-tokens") : 0;
  double most_cost = self->settings != NULL ? g_settings_get_double (self->settings, "assist-most-cost") : 0;
  gboolean spent = (most > 0 && self->usage.tokens_in + self->usage.tokens_out >= most) ||
                   (most_cost > 0 && self->usage.cost >= most_cost);

  if (!sg_assistant_get_network (self))
    g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_NETWORK,
                         _ ("SimGen uses no network: that is off in the settings"));
  else if (self->providers->len == 0)
    g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_NO_PROVIDER,
                         _ ("No language model is set up"));
  else if (spent)
    g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_QUOTA,
                         _ ("This month's limit for language models is reached"));
  else
    return TRUE;
  return FALSE;
}

/* -- Keys -- */

static void
key_kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgAssistant) self = data;

  sg_keys_keep_finish (self->keys, result, NULL);
  told (self);
}

void
sg_assistant_set_key (SgAssistant *self, const char *host, const char *key)
{
  sg_keys_keep_async (self->keys, host, key, NULL, key_kept_cb, g_object_ref (self));
  apply (self);
}

gboolean
sg_assistant_has_key (SgAssistant *self, const char *host)
{
  return sg_keys_get (self->keys, host) != NULL;
}

gboolean
sg_assistant_key_is_of_session (SgAssistant *self, const char *host)
{
  return sg_keys_is_of_session (self->keys, host);
}

/* -- What is spent -- */

static double
price_of (SgAssistant *self, const char *provider, gint64 tokens_in, gint64 tokens_out)
{
  for (guint i = 0; i < self->providers->len; i++)
    {
      const SgProviderSetting *one = self->providers->pdata[i];

      if (g_str_equal (one->name, provider))
        return (one->price_in * tokens_in + one->price_out * tokens_out) / 1e6;
    }
  return 0;
}

static void
spent_cb (SgAssistant *self, const char *provider, const char *model, gint64 tokens_in, gint64 tokens_out)
{
  SgUsage usage = { 1, MAX (tokens_in, 0), MAX (tokens_out, 0), 0 };

  usage.cost = price_of (self, provider, usage.tokens_in, usage.tokens_out);
  self->usage.tokens_in += usage.tokens_in;
  self->usage.tokens_out += usage.tokens_out;
  self->usage.cost += usage.cost;
  if (self->history != NULL)
    sg_history_add_usage (self->history, provider, model, &usage);
  told (self);
}

static void
usage_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgAssistant) self = data;
  SgUsage usage;

  if (!sg_history_get_usage_finish (SG_HISTORY (source), result, &usage, NULL))
    return;
  self->usage = usage;
  told (self);
}

void
sg_assistant_get_spent (SgAssistant *self, guint64 *tokens_in, guint64 *tokens_out, double *cost)
{
  gboolean priced = self->usage.cost > 0;

  for (guint i = 0; i < self->providers->len; i++)
    {
      const SgProviderSetting *one = self->providers->pdata[i];

      priced = priced || one->price_in > 0 || one->price_out > 0;
    }
  *tokens_in = self->usage.tokens_in;
  *tokens_out = self->usage.tokens_out;
  *cost = priced ? self->usage.cost : NAN;
}

/* -- The object -- */

GSettings *
sg_assistant_get_settings (SgAssistant *self)
{
  return self->settings;
}

SgAssist *
sg_assistant_get_assist (SgAssistant *self)
{
  return self->assist;
}

static void
sg_assistant_dispose (GObject *object)
{
  SgAssistant *self = SG_ASSISTANT (object);

  g_clear_object (&self->assist);
  g_clear_object (&self->settings);
  g_clear_object (&self->history);
  g_clear_pointer (&self->keys, sg_keys_unref);
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_clear_pointer (&self->cache, sg_cache_unref);
  G_OBJECT_CLASS (sg_assistant_parent_class)->dispose (object);
}

static void
sg_assistant_class_init (SgAssistantClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sg_assistant_dispose;
  changed_signal = g_signal_new ("changed", SG_TYPE_ASSISTANT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
sg_assistant_init (SgAssistant *self)
{
  self->keys = sg_keys_new ();
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_provider_setting_free);
}

SgAssistant *
sg_assistant_new (GSettings *settings, SgCache *cache, SgHistory *history)
{
  SgAssistant *self = g_object_new (SG_TYPE_ASSISTANT, NULL);
  SgAssistOptions options = sg_assist_options_default ();

  g_set_object (&self->settings, settings);
  g_set_object (&self->history, history);
  self->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
  if (cache != NULL)
    options.cache = (SgAssistCache){ .get = get_answer,
                                     .put = put_answer,
                                     .data = sg_cache_ref (cache),
                                     .free_data = (GDestroyNotify)sg_cache_unref };
  self->assist = sg_assist_new (&options);
  g_signal_connect_object (self->assist, "spent", G_CALLBACK (spent_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assist, "state-changed", G_CALLBACK (told), self, G_CONNECT_SWAPPED);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed", G_CALLBACK (settings_changed_cb), self, G_CONNECT_SWAPPED);
  settings_changed_cb (self, NULL);
  if (history != NULL)
    sg_history_get_usage_async (history, NULL, usage_cb, g_object_ref (self));
  return self;
}
