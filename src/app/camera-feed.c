/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   pipewiresrc -> videoconvert -> appsink
 *
 * A thread of GStreamer's puts each picture into `newest`, under the lock, and wakes the main thread unless
 * it is awake already; that takes what is there then. Another thread starts the pipeline and waits for its
 * end, for both may take long; it owns the pipeline and frees all of it. */
#include "config.h"

#include "app/camera-feed.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <unistd.h>

#ifdef SG_HAVE_GSTREAMER

#include <gst/app/app.h>
#include <gst/gst.h>

#define MOST_SIDE 4096 /* pixels of a picture */

struct _SgCameraFeed
{
  int fd;
  GstElement *pipeline; /* (nullable) */
  guint watch;          /* of its bus */
  void (*seen) (GdkTexture *picture, gpointer user_data);
  void (*failed) (const GError *error, gpointer user_data);
  gpointer user_data;

  GMutex lock;
  GCond ending;
  gboolean ended;    /* nobody wants pictures any more */
  GstSample *newest; /* (nullable) */
  guint wake;        /* source; 0: the main thread is not woken */
};

/* -- Pictures -- */

static GdkTexture *
take_texture (GstSample *sample)
{
  GstStructure *caps = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  int width = 0, height = 0;
  GstMapInfo map;
  GdkTexture *texture = NULL;

  if (!gst_structure_get_int (caps, "width", &width) || !gst_structure_get_int (caps, "height", &height) ||
      width <= 0 || height <= 0 || width > MOST_SIDE || height > MOST_SIDE ||
      !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return NULL;
  gsize stride = (gsize)width * 4;
  if (map.size >= stride * (gsize)height)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (map.data, stride * (gsize)height);

      texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, stride);
    }
  gst_buffer_unmap (buffer, &map);
  return texture;
}

static gboolean
wake_cb (gpointer data)
{
  SgCameraFeed *self = data;

  g_mutex_lock (&self->lock);
  GstSample *sample = g_steal_pointer (&self->newest);
  self->wake = 0;
  g_mutex_unlock (&self->lock);
  g_autoptr (GdkTexture) texture = sample != NULL ? take_texture (sample) : NULL;
  g_clear_pointer (&sample, gst_sample_unref);
  if (texture != NULL)
    self->seen (texture, self->user_data);
  return G_SOURCE_REMOVE;
}

static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer data)
{
  SgCameraFeed *self = data;
  GstSample *sample = gst_app_sink_pull_sample (sink);

  if (sample == NULL)
    return GST_FLOW_EOS;
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->newest, gst_sample_unref);
  self->newest = sample;
  if (self->wake == 0 && !self->ended)
    self->wake = g_idle_add (wake_cb, self);
  g_mutex_unlock (&self->lock);
  return GST_FLOW_OK;
}

static gboolean
message_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  SgCameraFeed *self = data;
  g_autoptr (GError) cause = NULL, error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &cause, NULL);
  else if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  self->watch = 0;
  error = cause != NULL ? g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The camera shows nothing: %s"),
                                       cause->message)
                        : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The camera went away."));
  self->failed (error, self->user_data);
  return G_SOURCE_REMOVE;
}

/* -- The pipeline -- */

static gboolean
has_elements (GError **error)
{
  static const char *const elements[][2] = { { "pipewiresrc", "gstreamer1.0-pipewire" },
                                             { "videoconvert", "gstreamer1.0-plugins-base" },
                                             { "appsink", "gstreamer1.0-plugins-base" } };

  if (!gst_init_check (NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      GstElementFactory *factory = gst_element_factory_find (elements[i][0]);

      if (factory == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("GStreamer cannot show a camera here: its “%s” is not installed (%s)."),
                       elements[i][0], elements[i][1]);
          return FALSE;
        }
      gst_object_unref (factory);
    }
  return TRUE;
}

static void
clear (SgCameraFeed *self)
{
  g_clear_pointer (&self->newest, gst_sample_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ending);
  close (self->fd);
  g_free (self);
}

/* Once the pipeline stands still no thread of it is in sample_cb () any more. What goes wrong comes by the
 * bus. */
static gpointer
run (gpointer data)
{
  SgCameraFeed *self = data;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_mutex_lock (&self->lock);
  while (!self->ended)
    g_cond_wait (&self->ending, &self->lock);
  g_mutex_unlock (&self->lock);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  clear (self);
  return NULL;
}

static gboolean
start (SgCameraFeed *self, GError **error)
{
  GstAppSinkCallbacks callbacks = { .new_sample = sample_cb };
  g_autofree char *text =
    g_strdup_printf ("pipewiresrc fd=%d ! videoconvert ! "
                     "appsink name=sink sync=false max-buffers=1 drop=true caps=video/x-raw,format=RGBA",
                     self->fd);

  self->pipeline = gst_parse_launch (text, error);
  if (self->pipeline == NULL)
    return FALSE;
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  self->watch = gst_bus_add_watch (bus, message_cb, self);
  g_thread_unref (g_thread_new ("camera", run, self));
  return TRUE;
}

SgCameraFeed *
sg_camera_feed_new (int fd,
                    void (*seen) (GdkTexture *picture, gpointer user_data),
                    void (*failed) (const GError *error, gpointer user_data),
                    gpointer user_data,
                    GError **error)
{
  SgCameraFeed *self = g_new0 (SgCameraFeed, 1);

  self->fd = fd;
  self->seen = seen;
  self->failed = failed;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->ending);
  if (has_elements (error) && start (self, error))
    return self;
  clear (self);
  return NULL;
}

void
sg_camera_feed_free (SgCameraFeed *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  g_mutex_lock (&self->lock);
  g_clear_handle_id (&self->wake, g_source_remove);
  self->ended = TRUE;
  g_cond_signal (&self->ending);
  g_mutex_unlock (&self->lock);
}

#else

SgCameraFeed *
sg_camera_feed_new (int fd,
                    void (*seen) (GdkTexture *picture, gpointer user_data),
                    void (*failed) (const GError *error, gpointer user_data),
                    gpointer user_data,
                    GError **error)
{
  close (fd);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("This SimGen was built without GStreamer, which shows a camera."));
  return NULL;
}

void
sg_camera_feed_free (SgCameraFeed *self)
{
}

#endif
