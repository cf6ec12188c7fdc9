/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page that plays a motion in a browser, opened from a disk, with no network:
 * resources/web/recording.html with everything in it. Scripts import each other as data: addresses; frames,
 * and the physics where it is asked for, are base64. A policy in the page keeps it from asking anybody for
 * anything. */
#include "config.h"

#include <math.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "base/file.h"
#include "base/place.h"
#include "pipeline/error.h"
#include "pipeline/export-private.h"
#include "sketch/file.h"
#include "stream/wire.h"
#include "vision/reading-json.h"

#define WEB "/org/simgen/SimGen/web/"
#define KEY_INTERVAL 600              /* frames; the page reads them all, in order */
#define MOST_BYTES (64u << 20)        /* of frames: what a browser is glad to take */
#define MOST_ENGINE_BYTES (32u << 20) /* of the physics, packed */

/* Scripts may not ask for anything; the physics makes functions of text. */
#define POLICY \
  "default-src 'none'; script-src 'unsafe-inline' data:%s; style-src 'unsafe-inline'; img-src data:"
#define LIVE_POLICY " blob: 'unsafe-eval' 'wasm-unsafe-eval'"

static GBytes *
look_up (const char *name)
{
  g_autofree char *path = g_strconcat (WEB, name, NULL);
  GBytes *bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes != NULL); /* it is built in */
  return bytes;
}

static char *
look_up_text (const char *name)
{
  g_autoptr (GBytes) bytes = look_up (name);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static char *
encode (GBytes *bytes)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);

  return g_base64_encode (size > 0 ? data : (const guchar *)"", size);
}

/* -- What is in it -- */

/* For a script element's text: "</" could end it. */
static void
append_data (GString *page, const char *id, const char *type, const char *text)
{
  g_autoptr (GString) safe = g_string_new (text);

  g_string_replace (safe, "</", "<\\/", 0);
  g_string_append_printf (page, "  <script type=\"%s\" id=\"%s\">%s</script>\n", type, id, safe->str);
}

/* Whatever is in it. */
static void
append_xml (GString *page, const char *id, const char *text)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *)text, strlen (text));

  g_string_append_printf (page, "  <script type=\"text/plain\" id=\"%s\">%s</script>\n", id, base64);
}

/* The frames of the span as the page's decoder reads them: each after its size. */
static gboolean
write_frames (const SgExport *export, GByteArray *out, GError **error)
{
  SgRecording *recording = sg_motion_get_recording (export->motion);
  double timestep = sg_model_get (sg_motion_get_model (export->motion))->opt.timestep;
  const SgEncoderOptions options = { .key_interval = KEY_INTERVAL };
  g_autoptr (SgFrameEncoder) encoder =
    sg_frame_encoder_new (sg_recording_get_layout (recording), options);
  double last = export->to / timestep + 0.5;
  GError *problem = NULL;
  const SgFrame *frame = sg_recording_seek (recording, (guint64)(export->from / timestep + 0.5), error);

  if (!frame)
    return FALSE;
  for (; frame && frame->step <= last && out->len <= MOST_BYTES;
       frame = sg_recording_next (recording, &problem))
    {
      guint8 head[SG_WIRE_MAX_VARINT];
      const guint8 *bytes;
      gsize size;

      if (!sg_export_go_on (export, 0, error) ||
          !sg_frame_encoder_write (encoder, frame, &bytes, &size, error))
        return FALSE;
      g_byte_array_append (out, head, sg_wire_put (head, size) - head);
      g_byte_array_append (out, bytes, size);
    }
  if (problem)
    g_propagate_error (error, problem);
  return problem == NULL;
}

static gboolean
append_frames (const SgExport *export, GString *page, GError **error)
{
  g_autoptr (GByteArray) frames = g_byte_array_new ();

  if (!write_frames (export, frames, error))
    return FALSE;
  if (frames->len > MOST_BYTES)
    {
      g_set_error (error, SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_UNSUPPORTED,
                   _ ("the run is over %u MB, which is too much for a page: export a part of it"),
                   MOST_BYTES >> 20);
      return FALSE;
    }
  g_autofree char *base64 =
    g_base64_encode (frames->len > 0 ? frames->data : (const guchar *)"", frames->len);
  append_data (page, "frames", "text/plain", base64);
  return TRUE;
}

static gboolean
append_manifest (const SgExport *export, GString *page, GError **error)
{
  g_autoptr (GBytes) manifest =
    sg_recording_read_manifest (sg_motion_get_recording (export->motion), error);

  if (!manifest)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (manifest, NULL), g_bytes_get_size (manifest));
  append_data (page, "manifest", "application/json", text);
  return TRUE;
}

/* The drawing; none where there is none, or where it is damaged: the run counts. */
static char *
draw_sketch (const SgExport *export)
{
  g_autoptr (GBytes) bytes = sg_recording_read_sketch (sg_motion_get_recording (export->motion), NULL);
  gsize size = 0;
  const char *text = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  g_autoptr (SgPage) page = text ? sg_sketch_file_parse ("", text, size, NULL) : NULL;

  return page && !sg_page_is_empty (page) ? sg_page_to_svg (page) : g_strdup ("");
}

/* -- The physics -- */

static GBytes *
read_engine (const char *name, GError **error)
{
  g_autofree char *folder = sg_place_find (SG_PLACE_WEB);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GBytes *bytes = sg_file_read (path, MOST_ENGINE_BYTES, NULL);

  if (!bytes)
    g_set_error (error, SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_NO_PHYSICS,
                 _ ("%s is not there: SimGen was built without MuJoCo for browsers"), path);
  return bytes;
}

/* The build for browsers is of an older MuJoCo, which knows not all that SimGen writes. */
static char *
adapt_mjcf (GBytes *mjcf)
{
  g_autoptr (GString) text =
    g_string_new_len (g_bytes_get_data (mjcf, NULL), (gssize)g_bytes_get_size (mjcf));

  g_string_replace (text, " speculative=\"enable\"", "", 0);
  return g_strdup (text->str);
}

/* Files of a model from another program are not in the recording, and a page cannot read them. */
static gboolean
append_physics (const SgExport *export, GString *page, GError **error)
{
  g_autoptr (GBytes) mjcf = sg_recording_read_mjcf (sg_motion_get_recording (export->motion), error);
  g_autoptr (GBytes) code = mjcf ? read_engine ("mujoco.js.gz", error) : NULL;
  g_autoptr (GBytes) engine = code ? read_engine ("mujoco.wasm.gz", error) : NULL;

  if (!engine)
    return FALSE;
  g_autofree char *text = adapt_mjcf (mjcf);
  if (strstr (text, " file=\""))
    {
      g_set_error (error, SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_NO_PHYSICS, "%s",
                   _ ("the model uses files of its own, which a page cannot have"));
      return FALSE;
    }
  g_autofree char *packed_code = encode (code), *packed_engine = encode (engine);
  append_xml (page, "mjcf", text);
  append_data (page, "engine-code", "text/plain", packed_code);
  append_data (page, "engine", "text/plain", packed_engine);
  return TRUE;
}

/* -- The page -- */

static char *
bundle_scripts (void)
{
  static const char *const modules[] = { "three.js", "decoder.js", "player.js", "viewer.js", "physics.js" };
  g_autofree char *main_script = look_up_text ("recording.js");
  GString *script = g_string_new (main_script);

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autofree char *name = g_strdup_printf ("'./%s'", modules[i]);
      g_autoptr (GBytes) module = look_up (modules[i]);
      g_autofree char *base64 = encode (module);
      g_autofree char *address = g_strdup_printf ("'data:text/javascript;base64,%s'", base64);

      g_string_replace (script, name, address, 0);
    }
  return g_string_free (script, FALSE);
}

static void
fill_in (GString *page, const char *place, const char *with)
{
  char *at = strstr (page->str, place);

  g_assert (at != NULL); /* the template is our own */
  gssize offset = at - page->str;
  g_string_erase (page, offset, (gssize)strlen (place));
  g_string_insert (page, offset, with);
}

static char *
get_language (void)
{
  const char *name = g_get_language_names ()[0];
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz");

  return length >= 2 ? g_strndup (name, length) : g_strdup ("en");
}

static void
fill_in_words (const SgExport *export, GString *page)
{
  const char *title = export->options->title ? export->options->title : "SimGen";
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *policy = g_strdup_printf (POLICY, export->options->live ? LIVE_POLICY : "");
  g_autofree char *language = get_language ();
  g_autofree char *sketch = draw_sketch (export);
  g_autofree char *style = look_up_text ("viewer.css"), *more = look_up_text ("recording.css");
  g_autofree char *styles = g_strconcat (style, more, NULL);

  fill_in (page, "@policy@", policy);
  fill_in (page, "@style@", styles);
  fill_in (page, "@sketch@", sketch);
  fill_in (page, "@language@", language);
  fill_in (page, "@title@", escaped);
}

gboolean
sg_export_page (const SgExport *export, GError **error)
{
  g_autofree char *template = look_up_text ("recording.html"), *script = bundle_scripts ();
  g_autofree char *licence = look_up_text ("three-license.txt");
  g_autoptr (GString) page = g_string_new (template);
  g_autoptr (GString) data = g_string_new (NULL);

  g_string_append_printf (data, "  <!-- three.js, in this page:\n%s -->\n", licence);
  if (!append_manifest (export, data, error) || !append_frames (export, data, error) ||
      (export->options->live && !append_physics (export, data, error)))
    return FALSE;
  fill_in (page, "@data@", data->str);
  fill_in (page, "@script@", script);
  fill_in_words (export, page);
  return sg_file_write (export->path, page->str, page->len, error);
}
