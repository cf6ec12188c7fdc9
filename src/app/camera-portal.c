/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The portal by D-Bus: is there a camera? -> leave to use it, the answer to which is a signal of a request's
 * own -> a connection to PipeWire. */
#include "config.h"

#include "app/camera-portal.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <string.h>

#define NAME "org.freedesktop.portal.Desktop"
#define PATH "/org/freedesktop/portal/desktop"
#define CAMERA "org.freedesktop.portal.Camera"
#define REQUEST "org.freedesktop.portal.Request"

typedef struct
{
  GDBusConnection *bus;
  guint answer;       /* subscription; 0: none */
  GSource *giving_up; /* (nullable): while it is waited for */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_object (&asking->bus);
  g_free (asking);
}

/* The subscription and the source each hold the task, and so what it is about. */
static void
wait_no_more (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (asking->answer != 0)
    g_dbus_connection_signal_unsubscribe (asking->bus, asking->answer);
  asking->answer = 0;
  if (asking->giving_up != NULL)
    {
      g_source_destroy (asking->giving_up);
      g_clear_pointer (&asking->giving_up, g_source_unref);
    }
}

/* Takes the bus' own words away; a name that nobody has is no portal. */
static void
fail (GTask *task, GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&cause));
  else if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
           g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
           g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE) ||
           g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS) ||
           g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
           strstr (cause->message, "ServiceUnknown") != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                             _ ("This desktop has no portal for cameras. Take the picture with another "
                                "program and drop its file onto the paper."));
  else
    {
      g_dbus_error_strip_remote_error (cause);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The camera cannot be asked for: %s"),
                               cause->message);
    }
  g_clear_error (&cause);
}

/* -- A connection -- */

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GUnixFDList) fds = NULL;
  GError *error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds, result, &error);
  int handle = -1, fd = -1;

  if (answer != NULL)
    {
      g_variant_get (answer, "(h)", &handle);
      fd = fds != NULL ? g_unix_fd_list_get (fds, handle, &error) : -1;
    }
  if (fd >= 0)
    g_task_return_int (task, fd);
  else if (error != NULL)
    fail (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", _ ("The portal gave no camera."));
}

static void
connect_remote (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  g_dbus_connection_call_with_unix_fd_list (
    asking->bus, NAME, PATH, CAMERA, "OpenPipeWireRemote", g_variant_new ("(a{sv})", NULL),
    G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, g_task_get_cancellable (task), connected_cb,
    g_object_ref (task));
}

/* -- Leave -- */

static void
answered_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  guint32 response = 2;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    g_variant_get (parameters, "(u@a{sv})", &response, NULL);
  wait_no_more (task);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (response == 0)
    connect_remote (task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s",
                             _ ("SimGen may not use the camera. The system's settings can allow it, under "
                                "Privacy or Applications."));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    return;
  if (asking->answer != 0)
    {
      wait_no_more (task);
      fail (task, error);
    }
  else
    g_error_free (error); /* it was given up meanwhile */
}

static gboolean
given_up_cb (GCancellable *cancellable, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);

  wait_no_more (task);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
watch_giving_up (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (g_task_get_cancellable (task) == NULL)
    return;
  asking->giving_up = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (asking->giving_up, G_SOURCE_FUNC (given_up_cb), g_object_ref (task), g_object_unref);
  g_source_attach (asking->giving_up, NULL);
}

/* The request's name is known before it is made, so that its answer cannot come too soon. */
static void
ask_leave (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);
  g_autofree char *token = g_strdup_printf ("simgen%u", g_random_int ());
  g_autofree char *sender =
    g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (asking->bus) + 1), ".", '_');
  g_autofree char *path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
  GVariantBuilder options;

  asking->answer = g_dbus_connection_signal_subscribe (
    asking->bus, NAME, REQUEST, "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
    answered_cb, g_object_ref (task), g_object_unref);
  watch_giving_up (task);
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_dbus_connection_call (asking->bus, NAME, PATH, CAMERA, "AccessCamera",
                          g_variant_new ("(a{sv})", &options), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), asked_cb,
                          g_object_ref (task));
}

/* -- A camera -- */

static void
present_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (answer == NULL)
    {
      fail (task, error);
      return;
    }
  g_variant_get (answer, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && !g_variant_get_boolean (value))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                             _ ("There is no camera. Connect one, or drop a picture's file onto the paper."));
  else
    ask_leave (task);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Asking *asking = g_task_get_task_data (task);

  asking->bus = g_bus_get_finish (result, NULL);
  if (asking->bus == NULL)
    {
      if (!g_task_return_error_if_cancelled (task))
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                                 _ ("There is no session bus, by which a camera is asked for. Drop a "
                                    "picture's file onto the paper."));
      return;
    }
  g_dbus_connection_call (asking->bus, NAME, PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", CAMERA, "IsCameraPresent"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), present_cb,
                          g_object_ref (task));
}

void
sg_camera_portal_open_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sg_camera_portal_open_async);
  g_task_set_task_data (task, g_new0 (Asking, 1), asking_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, g_object_ref (task));
}

int
sg_camera_portal_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_camera_portal_open_async), -1);
  return (int)g_task_propagate_int (G_TASK (result), error);
}
