/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Providers as values, and what their addresses may be. */
#include "config.h"

#include "assist/provider.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

static const struct
{
  const char *name, *base_url;
  gboolean needs_key;
  guint picture_side; /* from the providers' pages on vision: above it they scale down themselves */
} kinds[] = {
  [SG_PROVIDER_OPENAI] = { "openai", "https://api.openai.com/v1", TRUE, 2048 },
  [SG_PROVIDER_ANTHROPIC] = { "anthropic", "https://api.anthropic.com", TRUE, 1568 },
  [SG_PROVIDER_GEMINI] = { "gemini", "https://generativelanguage.googleapis.com/v1beta", TRUE, 1536 },
  [SG_PROVIDER_OLLAMA] = { "ollama", "http://localhost:11434", FALSE, 1120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == SG_N_PROVIDER_KINDS);

const char *
sg_provider_kind_name (SgProviderKind kind)
{
  g_return_val_if_fail (kind < SG_N_PROVIDER_KINDS, NULL);
  return kinds[kind].name;
}

int
sg_provider_kind_from_name (const char *name)
{
  for (int i = 0; i < SG_N_PROVIDER_KINDS; i++)
    if (g_str_equal (name, kinds[i].name))
      return i;
  return -1;
}

const char *
sg_provider_kind_base_url (SgProviderKind kind)
{
  g_return_val_if_fail (kind < SG_N_PROVIDER_KINDS, NULL);
  return kinds[kind].base_url;
}

gboolean
sg_provider_kind_needs_key (SgProviderKind kind)
{
  g_return_val_if_fail (kind < SG_N_PROVIDER_KINDS, FALSE);
  return kinds[kind].needs_key;
}

guint
sg_provider_kind_picture_side (SgProviderKind kind)
{
  g_return_val_if_fail (kind < SG_N_PROVIDER_KINDS, 0);
  return kinds[kind].picture_side;
}

SgAssistProvider *
sg_assist_provider_new (
  const char *name, SgProviderKind kind, const char *base_url, const char *model, const char *key)
{
  SgAssistProvider *self = g_new (SgAssistProvider, 1);

  *self = (SgAssistProvider){ .name = g_strdup (name),
                              .kind = kind,
                              .base_url = g_strdup (base_url),
                              .model = g_strdup (model),
                              .key = key && *key ? g_strdup (key) : NULL,
                              .enabled = TRUE };
  return self;
}

SgAssistProvider *
sg_assist_provider_copy (const SgAssistProvider *self)
{
  SgAssistProvider *copy =
    sg_assist_provider_new (self->name, self->kind, self->base_url, self->model, self->key);

  copy->enabled = self->enabled;
  return copy;
}

void
sg_assist_provider_free (SgAssistProvider *self)
{
  if (self->key)
    explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->model);
  g_free (self);
}

gboolean
sg_assist_provider_equal (const SgAssistProvider *a, const SgAssistProvider *b)
{
  return a->kind == b->kind && g_str_equal (a->base_url, b->base_url) && g_str_equal (a->model, b->model) &&
         g_strcmp0 (a->key, b->key) == 0;
}

/* A host that is this machine for sure. "localhost" is: GLib's resolver asks nobody about it. */
static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* A host of the own network: an address of RFC 1918, RFC 4193 or of the link, or a name that no public
 * registry gives out (one of a single word, RFC 6762's ".local", RFC 8375's ".home.arpa", ".internal"). */
static gboolean
is_near (const char *host)
{
  static const char *const ends[] = { ".local", ".home.arpa", ".internal", ".lan" };
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *name = g_ascii_strdown (host, -1);

  if (address != NULL)
    return g_inet_address_get_is_link_local (address) || g_inet_address_get_is_site_local (address) ||
           (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
            (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (name, ends[i]))
      return TRUE;
  return strpbrk (name, ".:") == NULL;
}

static GUri *
parse (const SgAssistProvider *self)
{
  GUri *uri = g_uri_parse (self->base_url, G_URI_FLAGS_NONE, NULL);

  if (uri && (!g_uri_get_host (uri) || !*g_uri_get_host (uri)))
    g_clear_pointer (&uri, g_uri_unref);
  return uri;
}

gboolean
sg_assist_provider_check (const SgAssistProvider *self, GError **error)
{
  g_autoptr (GUri) uri = parse (self);
  const char *problem = NULL;

  if (!uri)
    problem = _ ("is no web address");
  else if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    problem = _ ("does not begin with https://");
  else if (g_uri_get_userinfo (uri))
    problem = _ ("holds a name or a password, which belong into the key");
  else if (g_uri_get_query (uri) || g_uri_get_fragment (uri))
    problem = _ ("has something behind a “?” or a “#”");
  else if (sg_assist_provider_is_in_the_clear (self) && !is_near (g_uri_get_host (uri)))
    problem = _ ("would be asked in the clear; only hosts of your own network may be, others by https://");
  else if (sg_assist_provider_is_in_the_clear (self) && self->key != NULL)
    problem = _ ("would get its key in the clear; use https://, or forget the key");
  if (!problem)
    return TRUE;
  /* not the address itself, into which somebody may have put a key */
  g_set_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_ADDRESS, _ ("%s: the address %s"), self->name,
               problem);
  sg_error_add_text (error, SG_DETAIL_PROVIDER, self->name);
  return FALSE;
}

char *
sg_assist_provider_dup_host (const SgAssistProvider *self)
{
  g_autoptr (GUri) uri = parse (self);

  if (!uri)
    return NULL;
  const int port = g_uri_get_port (uri);
  const gboolean bare = strchr (g_uri_get_host (uri), ':') != NULL; /* an address of IPv6 */

  if (port < 0 || port == (g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80))
    return g_ascii_strdown (g_uri_get_host (uri), -1);
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  return g_strdup_printf (bare ? "[%s]:%d" : "%s:%d", host, port);
}

gboolean
sg_assist_provider_is_local (const SgAssistProvider *self)
{
  g_autoptr (GUri) uri = parse (self);

  return uri && is_loopback (g_uri_get_host (uri));
}

gboolean
sg_assist_provider_is_in_the_clear (const SgAssistProvider *self)
{
  g_autoptr (GUri) uri = parse (self);

  return uri && g_str_equal (g_uri_get_scheme (uri), "http") && !is_loopback (g_uri_get_host (uri));
}
