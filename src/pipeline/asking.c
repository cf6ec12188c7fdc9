/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture is that of `analyze --overlay` with the elements' ids beside them, drawn by gdk-pixbuf's SVG
 * loader; where there is none, the question goes without. */
#include "config.h"

#include "pipeline/asking.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pipeline/trial.h"
#include "vision/reading-json.h"

#define ID_SIZE 13.0 /* page units */
#define OUTLINE_POINTS 64

/* -- The picture -- */

static SgRect
bounds_of (const SgElement *element)
{
  SgPoint outline[OUTLINE_POINTS];
  guint n = sg_geometry_outline (element->kind, &element->geometry, outline, G_N_ELEMENTS (outline));
  const SgGeometry *g = &element->geometry;

  return n > 0 ? sg_points_bounds (outline, n) : (SgRect){ g->from.x, g->from.y, g->width, g->height };
}

/* Ids are the recogniser's own: they hold nothing that a stranger wrote. */
static void
append_ids (GString *svg, const SgReading *reading)
{
  g_string_append_printf (svg, "<g font-family=\"sans-serif\" font-size=\"%g\" fill=\"#7a1fa2\">\n", ID_SIZE);
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      SgRect bounds = bounds_of (element);
      char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (svg, "<text x=\"%s\" y=\"%s\">%s</text>\n",
                              g_ascii_formatd (x, sizeof x, "%.1f", bounds.x + bounds.width + 2),
                              g_ascii_formatd (y, sizeof y, "%.1f", bounds.y + bounds.height / 2),
                              element->id);
    }
  g_string_append (svg, "</g>\n");
}

/* The four numbers of the SVG's view box. */
static gboolean
read_view_box (const char *svg, double box[4])
{
  const char *at = strstr (svg, " viewBox=\"");

  at = at != NULL ? at + strlen (" viewBox=\"") : NULL;
  for (guint i = 0; at != NULL && i < 4; i++)
    {
      char *end;

      box[i] = g_ascii_strtod (at, &end);
      at = end > at ? end : NULL;
    }
  return at != NULL && box[2] >= 1 && box[3] >= 1;
}

static void
size_cb (GdkPixbufLoader *loader, int width, int height, const guint *side)
{
  double scale = MIN (1, (double)*side / MAX (width, height));

  gdk_pixbuf_loader_set_size (loader, MAX (1, floor (width * scale)), MAX (1, floor (height * scale)));
}

/* NULL where gdk-pixbuf has no SVG loader. */
static GdkPixbuf *
draw (const GString *svg, guint side)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type ("image/svg+xml", NULL);
  gboolean drawn;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), &side);
  drawn = gdk_pixbuf_loader_write (loader, (const guchar *)svg->str, svg->len, NULL);
  drawn = gdk_pixbuf_loader_close (loader, NULL) && drawn;
  GdkPixbuf *pixbuf = drawn ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

/* `question` gets how the page lies in the picture. */
static GBytes *
make_picture (const SgPage *page, const SgReading *reading, guint side, SgPromptQuestion *question)
{
  g_autofree char *plain = sg_reading_to_svg (reading, page);
  g_autoptr (GString) svg = g_string_new (plain);
  double box[4];
  char *png = NULL;
  gsize size = 0;

  if (g_str_has_suffix (svg->str, "</svg>\n"))
    g_string_truncate (svg, svg->len - strlen ("</svg>\n"));
  append_ids (svg, reading);
  g_string_append (svg, "</svg>\n");
  if (!read_view_box (svg->str, box))
    return NULL;
  g_autoptr (GdkPixbuf) pixbuf = draw (svg, side);
  if (pixbuf == NULL || !gdk_pixbuf_save_to_buffer (pixbuf, &png, &size, "png", NULL, NULL))
    return NULL;
  question->offset[0] = box[0];
  question->offset[1] = box[1];
  question->zoom = gdk_pixbuf_get_width (pixbuf) / box[2];
  return g_bytes_new_take (png, size);
}

/* -- The asking -- */

/* The first of the person's languages, "en" for none: neither "C" nor "C.UTF-8" is one. */
static char *
dup_language (void)
{
  const char *name = g_get_language_names ()[0];
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz");

  return length >= 2 ? g_strndup (name, length) : g_strdup ("en");
}

SgAsking *
sg_asking_new (const SgAskingOptions *options)
{
  SgAsking *asking = g_new0 (SgAsking, 1);
  gboolean drawn = !sg_page_is_empty (options->page) && options->picture_side > 0;

  g_atomic_ref_count_init (&asking->ref_count);
  asking->prompt = options->prompt;
  asking->page = sg_page_ref (options->page);
  asking->reading = options->reading != NULL ? sg_reading_ref (options->reading) : sg_reading_new ();
  asking->cache = options->cache != NULL ? sg_cache_ref (options->cache) : NULL;
  asking->version = sg_prompt_dup_version (options->prompt);
  asking->language = dup_language ();

  SgPromptQuestion question = { .reading = asking->reading,
                                .spec = options->spec,
                                .words = sg_page_get_words (options->page),
                                .wish = options->wish,
                                .figures = options->figures,
                                .language = asking->language };
  if (drawn)
    asking->picture = make_picture (asking->page, asking->reading, options->picture_side, &question);
  asking->text = sg_prompt_write (options->prompt, &question);
  return asking;
}

SgAsking *
sg_asking_ref (SgAsking *asking)
{
  g_atomic_ref_count_inc (&asking->ref_count);
  return asking;
}

void
sg_asking_unref (SgAsking *asking)
{
  if (!g_atomic_ref_count_dec (&asking->ref_count))
    return;
  sg_page_unref (asking->page);
  sg_reading_unref (asking->reading);
  g_clear_pointer (&asking->cache, sg_cache_unref);
  g_clear_pointer (&asking->picture, g_bytes_unref);
  g_free (asking->text);
  g_free (asking->version);
  g_free (asking->language);
  g_free (asking);
}

static gboolean
check_proposal (const char *text, gpointer data, GError **error)
{
  SgAsking *asking = data;
  g_autoptr (SgProposal) proposal =
    sg_trial_read (text, asking->page, asking->reading, asking->language, asking->cache, NULL, error);

  return proposal != NULL;
}

void
sg_asking_get_question (SgAsking *asking, SgAssistQuestion *question)
{
  const char *schema = sg_prompt_get_schema (asking->prompt);

  *question = (SgAssistQuestion){ .system = sg_prompt_get_system (asking->prompt),
                                  .user = asking->text,
                                  .picture = asking->picture,
                                  .schema = schema,
                                  .schema_name = schema != NULL ? "proposal" : NULL,
                                  .prompt_version = asking->version };
  if (asking->prompt == SG_PROMPT_PROPOSE)
    {
      question->check = check_proposal;
      question->check_data = sg_asking_ref (asking);
      question->free_check_data = (GDestroyNotify)sg_asking_unref;
    }
}

/* -- In a worker -- */

typedef struct
{
  SgAskingOptions options; /* its pointers are owned */
} Request;

static void
request_free (gpointer data)
{
  SgAskingOptions *options = &((Request *)data)->options;

  sg_page_unref (options->page);
  g_clear_pointer (&options->reading, sg_reading_unref);
  g_clear_pointer ((SgSpec **)&options->spec, sg_spec_free);
  g_clear_pointer (&options->cache, sg_cache_unref);
  g_free ((char *)options->wish);
  g_free ((char *)options->figures);
  g_free (data);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;

  g_task_return_pointer (task, sg_asking_new (&request->options), (GDestroyNotify)sg_asking_unref);
}

void
sg_asking_new_async (const SgAskingOptions *options,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);
  SgAskingOptions *copy = &request->options;

  *copy = *options;
  sg_page_ref (copy->page);
  copy->reading = copy->reading != NULL ? sg_reading_ref (copy->reading) : NULL;
  copy->spec = copy->spec != NULL ? sg_spec_copy (copy->spec) : NULL;
  copy->cache = copy->cache != NULL ? sg_cache_ref (copy->cache) : NULL;
  copy->wish = g_strdup (copy->wish);
  copy->figures = g_strdup (copy->figures);
  g_task_set_source_tag (task, sg_asking_new_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, make_in_thread);
}

SgAsking *
sg_asking_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_asking_new_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
