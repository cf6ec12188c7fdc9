/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the helper is asked, and what its answer means. The picture that it hands back is as little trusted as
 * any other. */
#include "config.h"

#include "sketch/pdf.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "base/handover.h"
#include "base/helper.h"
#include "base/limits.h"
#include "sketch/error.h"

#define HELPER "simgen-pdf"

gboolean
sg_pdf_is_one (const void *data, gsize size)
{
  return size >= 5 && memcmp (data, "%PDF-", 5) == 0;
}

/* -1: `error` says why. */
static int
make_request (GBytes *pdf, guint page, GError **error)
{
  SgHandoverPage head = { .page = page };
  int fd = sg_helper_request_new ("simgen-page");

  memcpy (head.magic, SG_HANDOVER_PAGE_MAGIC, sizeof head.magic);
  if (fd >= 0 && sg_helper_request_write (fd, &head, sizeof head) &&
      sg_helper_request_write (fd, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf)) &&
      sg_helper_request_seal (fd))
    return fd;
  g_set_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF, _ ("the PDF cannot be handed over: %s"),
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static void
fail (GError **error, const char *message)
{
  g_set_error_literal (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF, message);
}

static guint
read_n_pages (const SgHelperAnswer *answer)
{
  guint64 n = 0;

  if (answer->header.second_size == sizeof n)
    memcpy (&n, answer->second, sizeof n);
  return (guint)MIN (n, G_MAXINT);
}

static GBytes *
understand (const SgHelperAnswer *answer, guint page, guint *n_pages, GError **error)
{
  gsize size = answer->header.first_size;
  guint n = read_n_pages (answer);

  if (n_pages != NULL)
    *n_pages = n;
  switch (answer->header.verdict)
    {
    case SG_HANDOVER_PAGE:
      return g_bytes_new (answer->first, size);
    case SG_HANDOVER_SECRET:
      fail (error, _ ("this PDF asks for a password"));
      return NULL;
    case SG_HANDOVER_NONE:
      g_set_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF,
                   g_dngettext (GETTEXT_PACKAGE, "there is no page %u: this PDF has %u page",
                                "there is no page %u: this PDF has %u pages", n),
                   page, n);
      return NULL;
    default:
      break;
    }
  g_autofree char *message = g_strndup ((const char *)answer->first, MIN (size, 1000));
  g_autofree char *valid = g_utf8_make_valid (message, -1);

  g_set_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF, _ ("this PDF cannot be read: %s"), valid);
  return NULL;
}

GBytes *
sg_pdf_draw_page (GBytes *pdf, guint page, guint *n_pages, GCancellable *cancellable, GError **error)
{
  g_auto (SgHelperAnswer) answer = { 0 };
  g_autoptr (GError) cause = NULL;
  int request;

  if (!sg_helper_is_there (HELPER))
    {
      g_set_error_literal (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_NO_PDF,
                           _ ("this SimGen was made without Poppler, which reads PDFs"));
      return NULL;
    }
  request = make_request (pdf, page, error);
  if (request < 0)
    return NULL;
  if (!sg_helper_run (HELPER, request, SG_LIMIT_PDF_SECONDS, SG_LIMIT_IMAGE_BYTES, cancellable, &answer,
                      &cause))
    {
      g_set_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_NO_PDF, _ ("the helper cannot be run: %s"),
                   cause->message);
      return NULL;
    }
  if (answer.outcome == SG_HELPER_ANSWERED)
    return understand (&answer, page, n_pages, error);
  if (answer.outcome == SG_HELPER_CANCELLED)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  else if (answer.outcome == SG_HELPER_LATE)
    g_set_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF, _ ("the page was not drawn after %d seconds"),
                 SG_LIMIT_PDF_SECONDS);
  else
    fail (error, _ ("the page needs too much memory or time, or meets a fault of Poppler"));
  return NULL;
}
