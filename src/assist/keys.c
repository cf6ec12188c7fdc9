/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsecret behind a map of what is known. A failure of the service is no failure here: its message could
 * name what must not be named, so that it is dropped. */
#include "config.h"

#include "assist/keys.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <string.h>

typedef struct
{
  char *key; /* (nullable): the service has none */
  gboolean of_session;
} Known;

struct _SgKeys
{
  gatomicrefcount ref_count;
  GHashTable *known; /* host -> Known */
};

static const SecretSchema schema = {
  "org.simgen.SimGen.Provider",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  { { "simgen-host", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

void
sg_keys_wipe (char *key)
{
  if (key == NULL)
    return;
  explicit_bzero (key, strlen (key));
  g_free (key);
}

static void
known_free (gpointer data)
{
  Known *known = data;

  sg_keys_wipe (known->key);
  g_free (known);
}

/* Takes `key`. */
static void
know (SgKeys *self, const char *host, char *key, gboolean of_session)
{
  Known *known = g_new (Known, 1);

  *known = (Known){ key, of_session };
  g_hash_table_replace (self->known, g_strdup (host), known);
}

SgKeys *
sg_keys_new (void)
{
  SgKeys *self = g_new (SgKeys, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  return self;
}

SgKeys *
sg_keys_ref (SgKeys *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sg_keys_unref (SgKeys *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->known);
  g_free (self);
}

const char *
sg_keys_get (SgKeys *self, const char *host)
{
  const Known *known = g_hash_table_lookup (self->known, host);

  return known != NULL ? known->key : NULL;
}

gboolean
sg_keys_is_of_session (SgKeys *self, const char *host)
{
  const Known *known = g_hash_table_lookup (self->known, host);

  return known != NULL && known->key != NULL && known->of_session;
}

typedef struct
{
  SgKeys *keys;
  char *host;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  sg_keys_unref (request->keys);
  g_free (request->host);
  g_free (request);
}

static GTask *
task_new (SgKeys *self,
          const char *host,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer data,
          gpointer tag)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Request *request = g_new (Request, 1);

  *request = (Request){ sg_keys_ref (self), g_strdup (host) };
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, request_free);
  return task;
}

/* -- Finding -- */

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  char *found = secret_password_lookup_finish (result, NULL);

  if (sg_keys_get (request->keys, request->host) == NULL) /* one may have been typed meanwhile */
    know (request->keys, request->host, g_strdup (found), FALSE);
  if (found != NULL)
    secret_password_free (found);
  g_task_return_pointer (task, g_strdup (sg_keys_get (request->keys, request->host)),
                         (GDestroyNotify)sg_keys_wipe);
}

void
sg_keys_find_async (
  SgKeys *self, const char *host, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = task_new (self, host, cancellable, callback, data, sg_keys_find_async);

  if (!g_hash_table_contains (self->known, host))
    {
      secret_password_lookup (&schema, cancellable, found_cb, task, "simgen-host", host, NULL);
      return;
    }
  g_task_return_pointer (task, g_strdup (sg_keys_get (self, host)), (GDestroyNotify)sg_keys_wipe);
  g_object_unref (task);
}

char *
sg_keys_find_finish (SgKeys *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_keys_find_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* -- Keeping -- */

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  gboolean kept = secret_password_store_finish (result, NULL);
  Known *known = g_hash_table_lookup (request->keys->known, request->host);

  if (kept && known != NULL)
    known->of_session = FALSE;
  g_task_return_boolean (task, kept);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) problem = NULL;

  secret_password_clear_finish (result, &problem); /* FALSE too where there was none */
  g_task_return_boolean (task, problem == NULL);
}

void
sg_keys_keep_async (SgKeys *self,
                    const char *host,
                    const char *key,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  GTask *task = task_new (self, host, cancellable, callback, data, sg_keys_keep_async);
  g_autofree char *label = g_strdup_printf (_ ("SimGen: key to %s"), host);

  know (self, host, *key != '\0' ? g_strdup (key) : NULL, TRUE);
  if (*key == '\0')
    secret_password_clear (&schema, cancellable, cleared_cb, task, "simgen-host", host, NULL);
  else
    secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, key, cancellable, stored_cb, task,
                           "simgen-host", host, NULL);
}

gboolean
sg_keys_keep_finish (SgKeys *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_keys_keep_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
