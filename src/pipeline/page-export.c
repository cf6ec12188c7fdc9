/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One painting (render/page-paint.h) onto cairo's surfaces. Of an SVG cairo makes outlines of words, so those
 * are added as text behind all else. */
#include "config.h"

#include "pipeline/page-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/file.h"
#include "pipeline/analysis.h"
#include "render/error.h"
#include "vision/role-look.h"

#define LARGEST_SHEET 14400.0 /* points: a reader of PDF need take no larger one */
#define THINNEST_POINTS 0.25
#define THINNEST_PIXELS 0.75
#define PHOTO_PIXELS 4.0 /* a page unit: nearly 400 an inch as drawn */
#define SVG_FONT "Cantarell, sans-serif"

static const char *const endings[SG_N_PAGE_FORMATS] = { "pdf", "svg", "png" };

const SgSheetSize sg_sheet_sizes[SG_N_SHEET_SIZES] = {
  { "a5", 419.53, 595.28 }, { "a4", 595.28, 841.89 }, { "a3", 841.89, 1190.55 }, { "letter", 612, 792 }
};

const char *
sg_page_format_ending (SgPageFormat format)
{
  return endings[format];
}

gboolean
sg_page_format_of_path (const char *path, SgPageFormat *format)
{
  int found = sg_file_find_ending (path, endings, SG_N_PAGE_FORMATS);

  if (found >= 0)
    *format = found;
  return found >= 0;
}

SgPageExport
sg_page_export_default (SgPageFormat format)
{
  return (SgPageExport){
    .format = format, .ground = format == SG_PAGE_PNG, .paper = SG_PAPER_PLAIN, .margin = 24, .resolution = 2
  };
}

/* What one export is made with. */
typedef struct
{
  SgPage *page, *whole; /* `whole` (nullable) */
  const SgPageExport *export;
  SgReading *reading; /* (nullable) */
  SgRect area;        /* of the page with its margin */
  guint sheet, n_sheets;
  void (*progress) (double share, gpointer user_data);
  gpointer user_data;
  GCancellable *cancellable;
  GByteArray *bytes;
} Job;

static SgRect
find_area (const SgPage *page, const SgPage *whole, const SgPageExport *export, const SgReading *reading)
{
  SgRect bounds =
    sg_page_paint_bounds (page, &(SgPagePaint){ .reading = reading, .read = (SgPage *)whole });

  bounds = sg_rect_grow (bounds, CLAMP (export->margin, 0, SG_PAGE_EXPORT_MAX_MARGIN));
  return (SgRect){ bounds.x, bounds.y, MAX (bounds.width, 1), MAX (bounds.height, 1) };
}

/* Points or pixels a page unit, of a picture that is as large as the area. */
static double
find_zoom (const SgPageExport *export, SgRect area)
{
  double longer = MAX (area.width, area.height);

  switch (export->format)
    {
    case SG_PAGE_PNG:
      return MIN (CLAMP (export->resolution, 0.01, SG_PAGE_EXPORT_MAX_RESOLUTION),
                  SG_PAGE_EXPORT_MAX_SIDE / longer);
    case SG_PAGE_PDF:
      return MIN (SG_POINTS_A_PAGE_UNIT, LARGEST_SHEET / longer);
    default:
      return 1;
    }
}

static void
find_size (const SgPageExport *export, SgRect area, double *width, double *height)
{
  const SgSheetSize *sheet = export->format == SG_PAGE_PDF ? export->sheet : NULL;
  double zoom = find_zoom (export, area);
  gboolean lies = area.width > area.height;

  *width = sheet == NULL ? area.width * zoom : lies ? sheet->height
                                                    : sheet->width;
  *height = sheet == NULL ? area.height * zoom : lies ? sheet->width
                                                      : sheet->height;
  if (export->format == SG_PAGE_PNG)
    {
      *width = CLAMP (ceil (*width - 1e-6), 1, SG_PAGE_EXPORT_MAX_SIDE);
      *height = CLAMP (ceil (*height - 1e-6), 1, SG_PAGE_EXPORT_MAX_SIDE);
    }
}

void
sg_page_export_size (const SgPage *page, const SgPageExport *export, double *width, double *height)
{
  find_size (export, find_area (page, NULL, export, NULL), width, height);
}

static void
progress_cb (double share, gpointer user_data)
{
  Job *job = user_data;

  if (job->progress != NULL)
    job->progress ((job->sheet + share) / job->n_sheets, job->user_data);
}

/* A surface that writes by itself stops where it is no longer wanted. */
static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  Job *job = closure;

  if (g_cancellable_is_cancelled (job->cancellable))
    return CAIRO_STATUS_WRITE_ERROR;
  g_byte_array_append (job->bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
paint (Job *job, cairo_t *cr, SgRect area, double zoom, GError **error)
{
  const SgPageExport *export = job->export;
  gboolean is_file = export->format != SG_PAGE_PNG;
  SgPagePaint how = { .area = area,
                      .ground = export->ground,
                      .paper = export->paper,
                      .reading = job->reading,
                      .read = job->whole,
                      .thinnest = export->format == SG_PAGE_SVG ? 0
                                  : is_file                     ? THINNEST_POINTS / zoom
                                                                : THINNEST_PIXELS / zoom,
                      .zoom = is_file ? PHOTO_PIXELS : zoom,
                      .without_words = export->format == SG_PAGE_SVG,
                      .is_file = is_file,
                      .progress = progress_cb,
                      .user_data = job };

  return sg_page_paint (cr, job->page, &how, job->cancellable, error);
}

static void
set_size_error (GError **error)
{
  g_set_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE,
               _ ("At this scale the drawing takes more than %d sheets"), SG_MAX_SHEETS);
}

/* Whether cairo is well. What ended because nobody wanted it is no fault. */
static gboolean
check (Job *job, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (job->cancellable, error))
    g_set_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SIZE, _ ("The picture could not be made: %s"),
                 cairo_status_to_string (status));
  return FALSE;
}

/* All that was painted comes out; returns whether it was well. */
static cairo_status_t
end (cairo_surface_t *surface, cairo_t *cr)
{
  cairo_status_t status = cairo_status (cr);

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

/* -- PDF -- */

static gboolean
paint_sheets (Job *job, cairo_t *cr, double width, double height, GError **error)
{
  double margin = SG_SHEET_MARGIN;
  SgSheets sheets;

  if (!sg_sheets_plan (&sheets, job->area, width - 2 * margin, height - 2 * margin, job->export->zoom))
    return set_size_error (error), FALSE;
  job->n_sheets = sheets.columns * sheets.rows;
  for (job->sheet = 0; job->sheet < job->n_sheets; job->sheet++)
    {
      cairo_save (cr);
      cairo_translate (cr, margin, margin);
      sg_sheets_place (&sheets, job->sheet, cr);
      if (!paint (job, cr, sg_sheets_part (&sheets, job->sheet), sheets.zoom, error))
        return FALSE;
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  return TRUE;
}

static gboolean
paint_whole (Job *job, cairo_t *cr, double zoom, GError **error)
{
  cairo_scale (cr, zoom, zoom);
  cairo_translate (cr, -job->area.x, -job->area.y);
  return paint (job, cr, job->area, zoom, error);
}

static gboolean
make_pdf (Job *job, double width, double height, GError **error)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, job, width, height);
  cairo_t *cr = cairo_create (surface);

  if (job->export->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, job->export->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "SimGen " SG_VERSION);
  gboolean good = job->export->sheet != NULL
                    ? paint_sheets (job, cr, width, height, error)
                    : paint_whole (job, cr, find_zoom (job->export, job->area), error);
  cairo_status_t status = end (surface, cr);
  return good && check (job, status, error);
}

/* -- SVG -- */

typedef struct
{
  GString *svg;
  SgPoint corner; /* of the area */
} Words;

/* XML has no way to hold most control characters. */
static char *
escape (const char *text, gsize length)
{
  g_autofree char *clean = g_strndup (text, length);

  for (char *c = clean; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_markup_escape_text (clean, -1);
}

static void
add_line (const char *text, gsize length, SgPoint baseline, gpointer data)
{
  Words *words = data;
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *escaped = escape (text, length);

  if (length > 0)
    g_string_append_printf (
      words->svg, "<text xml:space=\"preserve\" x=\"%s\" y=\"%s\">%s</text>\n",
      g_ascii_formatd (x, sizeof x, "%.2f", baseline.x - words->corner.x),
      g_ascii_formatd (y, sizeof y, "%.2f", baseline.y - words->corner.y), escaped);
}

/* Into what cairo wrote: a title at its beginning, words behind all else. */
static void
add_words (Job *job)
{
  GString *svg = g_string_new_len ((char *)job->bytes->data, job->bytes->len);
  Words words = { svg, SG_POINT (job->area.x, job->area.y) };
  char *end = g_strrstr (svg->str, "</svg>");

  if (end != NULL)
    g_string_truncate (svg, (gsize)(end - svg->str));
  if (sg_page_get_n_labels (job->page) > 0)
    {
      g_string_append_printf (svg, "<g font-family=\"%s\" font-size=\"%.0f\" fill=\"%s\">\n", SVG_FONT,
                              SG_LABEL_HEIGHT, sg_hue_color (SG_HUE_INK, FALSE));
      sg_page_paint_each_line (job->page, add_line, &words);
      g_string_append (svg, "</g>\n");
    }
  g_string_append (svg, "</svg>\n");
  char *root = strstr (svg->str, "<svg");
  char *content = root != NULL ? strchr (root, '>') : NULL;
  if (job->export->title != NULL && content != NULL)
    {
      g_autofree char *title = escape (job->export->title, strlen (job->export->title));
      g_autofree char *element = g_strdup_printf ("\n<title>%s</title>", title);

      g_string_insert (svg, content + 1 - svg->str, element);
    }
  g_byte_array_set_size (job->bytes, 0);
  g_byte_array_append (job->bytes, (guint8 *)svg->str, svg->len);
  g_string_free (svg, TRUE);
}

static gboolean
make_svg (Job *job, double width, double height, GError **error)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_cb, job, width, height);

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  cairo_t *cr = cairo_create (surface);
  gboolean good = paint_whole (job, cr, 1, error);
  cairo_status_t status = end (surface, cr);
  if (!good || !check (job, status, error))
    return FALSE;
  add_words (job);
  return TRUE;
}

/* -- PNG -- */

static gboolean
make_png (Job *job, double width, double height, GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (
    job->export->ground ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, (int)width, (int)height);
  cairo_t *cr = cairo_create (surface);
  double zoom = find_zoom (job->export, job->area);

  job->area.width = width / zoom; /* the last pixels are part of it, too */
  job->area.height = height / zoom;
  gboolean good = paint_whole (job, cr, zoom, error);
  cairo_status_t status = cairo_status (cr);
  cairo_destroy (cr);
  if (good && status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_cb, job);
  cairo_surface_destroy (surface);
  return good && check (job, status, error);
}

/* -- All of them -- */

static gboolean
read_page (Job *job, SgCache *cache, GError **error)
{
  SgPage *read = job->whole != NULL ? job->whole : job->page;

  if (!job->export->recognised || sg_page_is_empty (job->page))
    return TRUE;
  job->reading = sg_cached_analyze (cache, SG_CACHE_FAR, NULL, read, NULL, job->cancellable, NULL, error);
  return job->reading != NULL;
}

static gboolean
make (Job *job, GError **error)
{
  double width, height;

  job->area = find_area (job->page, job->whole, job->export, job->reading);
  find_size (job->export, job->area, &width, &height);
  switch (job->export->format)
    {
    case SG_PAGE_PDF:
      return make_pdf (job, width, height, error);
    case SG_PAGE_SVG:
      return make_svg (job, width, height, error);
    default:
      return make_png (job, width, height, error);
    }
}

GBytes *
sg_page_export_bytes (SgPage *page,
                      SgPage *whole,
                      const SgPageExport *export,
                      SgCache *cache,
                      void (*progress) (double share, gpointer user_data),
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  Job job = { .page = page,
              .whole = whole,
              .export = export,
              .n_sheets = 1,
              .progress = progress,
              .user_data = user_data,
              .cancellable = cancellable,
              .bytes = g_byte_array_new () };
  gboolean good = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
                  read_page (&job, cache, error) && make (&job, error);

  g_clear_pointer (&job.reading, sg_reading_unref);
  if (good)
    return g_byte_array_free_to_bytes (job.bytes);
  g_byte_array_unref (job.bytes);
  return NULL;
}

gboolean
sg_page_export (SgPage *page,
                SgPage *whole,
                const SgPageExport *export,
                const char *path,
                SgCache *cache,
                void (*progress) (double share, gpointer user_data),
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GBytes) bytes =
    sg_page_export_bytes (page, whole, export, cache, progress, user_data, cancellable, error);

  return bytes != NULL &&
         sg_file_write (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

/* -- In a worker -- */

typedef struct
{
  SgPage *page, *whole;
  SgPageExport export;
  char *title, *path;
  SgCache *cache;
  int *permille;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  sg_page_unref (errand->page);
  g_clear_pointer (&errand->whole, sg_page_unref);
  g_clear_pointer (&errand->cache, sg_cache_unref);
  g_free (errand->title);
  g_free (errand->path);
  g_free (errand);
}

static void
tell_cb (double share, gpointer permille)
{
  g_atomic_int_set ((int *)permille, (int)(1000 * share));
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand *errand = data;
  GError *error = NULL;

  if (sg_page_export (errand->page, errand->whole, &errand->export, errand->path, errand->cache,
                      errand->permille != NULL ? tell_cb : NULL, errand->permille, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sg_page_export_async (SgPage *page,
                      SgPage *whole,
                      const SgPageExport *export,
                      const char *path,
                      SgCache *cache,
                      int *permille,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->page = sg_page_ref (page);
  errand->whole = whole != NULL ? sg_page_ref (whole) : NULL;
  errand->export = *export;
  errand->export.title = errand->title = g_strdup (export->title);
  errand->path = g_strdup (path);
  errand->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
  errand->permille = permille;
  g_task_set_source_tag (task, sg_page_export_async);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, run_in_thread);
}

gboolean
sg_page_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_page_export_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
