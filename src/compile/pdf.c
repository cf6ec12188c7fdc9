/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-pdf: makes a picture of one page of a PDF and ends. It is given the PDF in memory (base/handover.h),
 * locks itself in but for the fonts, which a PDF need not bring, has Poppler draw the page, and hands back a
 * PNG. Whatever the PDF does to Poppler, it does to this process.
 *
 *   request -> locked in -> parse -> draw -> answer */
#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>
#include <poppler.h>

#include "base/limits.h"
#include "compile/answer.h"
#include "compile/sandbox.h"

/* Pixels of the longer side: a pen's line on A4 is five wide. */
#define SIDE 2048

typedef struct
{
  SgHandoverLocks locks;
  GBytes *pdf;
  guint64 page;    /* from 1 */
  guint64 n_pages; /* 0: not known yet */
} Job;

G_GNUC_NORETURN static void
answer (const Job *job, SgHandoverVerdict verdict, const void *data, gsize size)
{
  sg_answer (job->locks, verdict, data, size, &job->n_pages, sizeof job->n_pages);
}

G_GNUC_NORETURN static void
fail (const Job *job, const char *message)
{
  answer (job, SG_HANDOVER_FAILED, message, strlen (message));
}

static gboolean
read_request (Job *job)
{
  struct stat info;
  SgHandoverPage request;

  if (fstat (STDIN_FILENO, &info) != 0 || info.st_size <= (off_t)sizeof request)
    return FALSE;
  const char *data = mmap (NULL, info.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  if (data == MAP_FAILED)
    return FALSE;
  memcpy (&request, data, sizeof request);
  if (memcmp (request.magic, SG_HANDOVER_PAGE_MAGIC, sizeof request.magic) != 0)
    return FALSE;
  job->page = request.page;
  job->pdf = g_bytes_new_static (data + sizeof request, info.st_size - sizeof request);
  return TRUE;
}

/* Where fonts and what belongs to them may lie: the system's, a Flatpak's, the user's own. */
static void
lock_in (Job *job)
{
  g_autofree char *fonts = g_build_filename (g_get_user_data_dir (), "fonts", NULL);
  g_autofree char *old_fonts = g_build_filename (g_get_home_dir (), ".fonts", NULL);
  g_autofree char *config = g_build_filename (g_get_user_config_dir (), "fontconfig", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "fontconfig", NULL);
  const char *const readable[] = { "/usr/share",
                                   "/usr/lib",
                                   "/usr/local/share",
                                   "/app/share",
                                   "/etc/fonts",
                                   "/var/cache/fontconfig",
                                   "/run/host/fonts",
                                   "/run/host/local-fonts",
                                   "/run/host/user-fonts",
                                   "/run/host/fonts-cache",
                                   "/run/host/user-fonts-cache",
                                   fonts,
                                   old_fonts,
                                   config,
                                   cache,
                                   NULL };

  job->locks = sg_sandbox_enter (readable);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* NULL where there is no memory for it. */
static GByteArray *
draw (PopplerPage *page, double width, double height, double zoom)
{
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_RGB24, MAX (1, (int)round (width * zoom)), MAX (1, (int)round (height * zoom)));
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, zoom, zoom);
  poppler_page_render (page, cr);
  cairo_surface_flush (surface);
  if (cairo_surface_write_to_png_stream (surface, append_cb, png) != CAIRO_STATUS_SUCCESS)
    g_clear_pointer (&png, g_byte_array_unref);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return png;
}

/* As large as a picture may be: what does not compress, as a scan, is drawn smaller. */
static void
answer_page (const Job *job, PopplerPage *page)
{
  double width, height;

  poppler_page_get_size (page, &width, &height);
  if (!(width > 0 && height > 0 && isfinite (width) && isfinite (height)))
    fail (job, "the page has no size");
  sg_answer_begin_stage (SG_HANDOVER_DRAWING);
  for (int side = SIDE; side >= SIDE / 8; side /= 2)
    {
      g_autoptr (GByteArray) png = draw (page, width, height, side / MAX (width, height));

      if (png == NULL)
        fail (job, "no memory for the page");
      if (png->len <= SG_LIMIT_IMAGE_BYTES)
        answer (job, SG_HANDOVER_PAGE, png->data, png->len);
    }
  fail (job, "the page is too large a picture");
}

/* What is wrong with a PDF is told by the answer, not by Poppler's own words in the terminal. */
static void
be_quiet (void)
{
  int nothing = open ("/dev/null", O_WRONLY | O_CLOEXEC);

  if (nothing >= 0)
    dup2 (nothing, STDERR_FILENO);
}

int
main (void)
{
  Job job = { 0 };
  g_autoptr (GError) error = NULL;

  if (!read_request (&job))
    return 2;
  be_quiet ();
  lock_in (&job);
  sg_answer_begin_stage (SG_HANDOVER_PARSING);
  PopplerDocument *document = poppler_document_new_from_bytes (job.pdf, NULL, &error);
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    answer (&job, SG_HANDOVER_SECRET, "", 0);
  if (document == NULL)
    fail (&job, error->message);
  job.n_pages = MAX (0, poppler_document_get_n_pages (document));
  if (job.page < 1 || job.page > job.n_pages)
    answer (&job, SG_HANDOVER_NONE, "", 0);
  PopplerPage *page = poppler_document_get_page (document, (int)job.page - 1);
  if (page == NULL)
    fail (&job, "the page cannot be read");
  answer_page (&job, page);
}
