/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * WebM by GStreamer:
 *
 *   appsrc -> videoconvert -> vp8enc or vp9enc -> webmmux -> filesink
 *
 * Pictures carry their exact times, so that how long it takes to draw and to pack them changes nothing. A
 * handful of them may wait for the encoder; then who brings them waits. */
#include "config.h"

#include <string.h>

#include "stream/error.h"
#include "stream/film-private.h"

#ifdef SG_HAVE_GSTREAMER

#include <gst/app/app.h>
#include <gst/gst.h>

#include <glib/gi18n-lib.h>

#define WAITING 4 /* pictures */
#define LOOK (20 * GST_MSECOND)

typedef struct
{
  char *path;
  SgFilmFormat format;
  SgPart *part;
  GstElement *pipeline;
  GstAppSrc *source;
  GstBus *bus;
  guint64 n_pictures;
} Webm;

typedef struct
{
  const char *name, *options, *package;
} Element;

/* The first of them that is there encodes. */
static const Element encoders[] = {
  { "vp8enc",
    "deadline=1 cpu-used=4 threads=2 end-usage=cq cq-level=12 target-bitrate=20000000 "
    "keyframe-max-dist=120",
    "gstreamer1.0-plugins-good" },
  { "vp9enc",
    "deadline=1 cpu-used=8 threads=2 row-mt=true end-usage=cq cq-level=20 target-bitrate=20000000 "
    "keyframe-max-dist=120",
    "gstreamer1.0-plugins-good" },
};
static const Element others[] = {
  { "appsrc", NULL, "gstreamer1.0-plugins-base" },
  { "videoconvert", NULL, "gstreamer1.0-plugins-base" },
  { "webmmux", NULL, "gstreamer1.0-plugins-good" },
  { "filesink", NULL, "gstreamer1.0" },
};

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

static gboolean
lack (const Element *element, GError **error)
{
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_NO_ENCODER,
               _ ("there is no %s here to make a film with; it comes with the package %s"), element->name,
               element->package);
  return FALSE;
}

static const Element *
find_encoder (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    if (has_element (encoders[i].name))
      return &encoders[i];
  return NULL;
}

gboolean
sg_webm_can_be_made (GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (!gst_init_check (NULL, NULL, &cause))
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_NO_ENCODER, "%s", cause->message);
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (!has_element (others[i].name))
      return lack (&others[i], error);
  return find_encoder () != NULL || lack (&encoders[0], error);
}

/* -- What goes wrong in the pipeline -- */

static gboolean
fail (const Webm *webm, GstMessage *message, GError **error)
{
  g_autoptr (GError) cause = NULL;

  gst_message_parse_error (message, &cause, NULL);
  if (g_error_matches (cause, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT) ||
      g_error_matches (cause, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_WRITE))
    g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE, "%s: %s", webm->path, cause->message);
  else
    g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_ENCODER, "%s: %s", webm->path, cause->message);
  gst_message_unref (message);
  return FALSE;
}

/* Waits for one of these for a moment; FALSE where it was an error. `message` is left where it was none. */
static gboolean
listen (const Webm *webm, GstClockTime wait, GstMessageType types, GstMessage **message, GError **error)
{
  *message = gst_bus_timed_pop_filtered (webm->bus, wait, types | GST_MESSAGE_ERROR);
  return *message == NULL || GST_MESSAGE_TYPE (*message) != GST_MESSAGE_ERROR ||
         fail (webm, *message, error);
}

/* -- The film -- */

static GstElement *
make_pipeline (const Element *encoder, GError **error)
{
  g_autofree char *text = g_strdup_printf (
    "appsrc name=source format=time is-live=false block=false ! videoconvert ! %s %s ! webmmux "
    "writing-app=SimGen ! filesink name=sink",
    encoder->name, encoder->options);
  g_autoptr (GError) cause = NULL;
  GstElement *pipeline = gst_parse_launch_full (text, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &cause);

  if (!pipeline)
    g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_ENCODER, "%s", cause->message);
  return pipeline;
}

static void
tell_format (Webm *webm)
{
  g_autoptr (GstCaps) caps =
    gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "RGBx", "width", G_TYPE_INT,
                         (int)webm->format.width, "height", G_TYPE_INT, (int)webm->format.height, "framerate",
                         GST_TYPE_FRACTION, (int)webm->format.rate, 1, NULL);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (webm->pipeline), "sink");

  gst_app_src_set_caps (webm->source, caps);
  g_object_set (sink, "location", sg_part_get_path (webm->part), NULL);
}

static void
end_use (gpointer data)
{
  Webm *webm = data;

  if (webm->pipeline)
    gst_element_set_state (webm->pipeline, GST_STATE_NULL);
  g_clear_object (&webm->source);
  g_clear_object (&webm->bus);
  g_clear_object (&webm->pipeline);
  g_clear_pointer (&webm->part, sg_part_free);
  g_free (webm->path);
  g_free (webm);
}

static gboolean
begin_pipeline (Webm *webm, GError **error)
{
  GstMessage *message;

  webm->part = sg_part_new (webm->path, error);
  webm->pipeline = webm->part ? make_pipeline (find_encoder (), error) : NULL;
  if (!webm->pipeline)
    return FALSE;
  webm->source = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (webm->pipeline), "source"));
  webm->bus = gst_element_get_bus (webm->pipeline);
  tell_format (webm);
  if (gst_element_set_state (webm->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  if (listen (webm, 0, GST_MESSAGE_ERROR, &message, error))
    g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_ENCODER, "%s: the encoder does not start",
                 webm->path);
  return FALSE;
}

static gpointer
begin (const char *path, const SgFilmFormat *format, GError **error)
{
  if (!sg_webm_can_be_made (error))
    return NULL;
  Webm *webm = g_new0 (Webm, 1);
  webm->path = g_strdup (path);
  webm->format = *format;
  if (begin_pipeline (webm, error))
    return webm;
  end_use (webm);
  return NULL;
}

static GstClockTime
time_of (const Webm *webm, guint64 picture)
{
  return gst_util_uint64_scale (picture, GST_SECOND, webm->format.rate);
}

static gboolean
add (gpointer data, const guint8 *pixels, GError **error)
{
  Webm *webm = data;
  gsize size = (gsize)webm->format.width * webm->format.height * 4;
  GstMessage *message;

  /* an error would leave it full for ever */
  do
    if (!listen (webm, gst_app_src_get_current_level_bytes (webm->source) >= WAITING * size ? LOOK : 0,
                 GST_MESSAGE_ERROR, &message, error))
      return FALSE;
  while (gst_app_src_get_current_level_bytes (webm->source) >= WAITING * size);

  GstBuffer *buffer = gst_buffer_new_memdup (pixels, size);
  GST_BUFFER_PTS (buffer) = time_of (webm, webm->n_pictures);
  GST_BUFFER_DURATION (buffer) = time_of (webm, webm->n_pictures + 1) - GST_BUFFER_PTS (buffer);
  webm->n_pictures++;
  if (gst_app_src_push_buffer (webm->source, buffer) == GST_FLOW_OK)
    return TRUE;
  if (listen (webm, GST_SECOND, GST_MESSAGE_ERROR, &message, error))
    g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_ENCODER, "%s: the encoder takes no more pictures",
                 webm->path);
  return FALSE;
}

static gboolean
end (gpointer data, GError **error)
{
  Webm *webm = data;
  GstMessage *message;

  gst_app_src_end_of_stream (webm->source);
  if (!listen (webm, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS, &message, error))
    return FALSE;
  gst_message_unref (message);
  gst_element_set_state (webm->pipeline, GST_STATE_NULL); /* closes the file */
  return sg_part_end (webm->part, error);
}

#else

gboolean
sg_webm_can_be_made (GError **error)
{
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_NO_ENCODER,
               "this SimGen was built without GStreamer, which makes WebM films; a GIF or a PNG can be made");
  return FALSE;
}

static gpointer
begin (const char *path, const SgFilmFormat *format, GError **error)
{
  sg_webm_can_be_made (error);
  return NULL;
}

static gboolean
add (gpointer data, const guint8 *pixels, GError **error)
{
  return FALSE;
}

static gboolean
end (gpointer data, GError **error)
{
  return FALSE;
}

static void
end_use (gpointer data)
{
}

#endif

const SgFilmClass sg_film_webm = { begin, add, end, end_use };
