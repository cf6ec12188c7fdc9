/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drawing as a file for others: PDF, SVG or PNG. Lines stay lines, typed words text, photos photos. The
 * file is there once it is whole.
 */
#pragma once

#include "render/page-paint.h"
#include "render/page-sheets.h"
#include "store/cache.h"

G_BEGIN_DECLS

typedef enum
{
  SG_PAGE_PDF,
  SG_PAGE_SVG,
  SG_PAGE_PNG,
  SG_N_PAGE_FORMATS
} SgPageFormat;

const char *sg_page_format_ending (SgPageFormat format);                  /* "pdf"; stable */
gboolean sg_page_format_of_path (const char *path, SgPageFormat *format); /* by its ending; FALSE: none */

typedef struct
{
  const char *name;     /* "a4"; stable */
  double width, height; /* points, upright */
} SgSheetSize;

#define SG_N_SHEET_SIZES 4
extern const SgSheetSize sg_sheet_sizes[SG_N_SHEET_SIZES]; /* A5, A4, A3, Letter */

typedef struct
{
  SgPageFormat format;
  gboolean recognised;      /* with outlines and role marks */
  gboolean ground;          /* on the paper's colour, else on nothing */
  SgPaper paper;            /* with the paper's pattern */
  double margin;            /* about the drawing; page units, 0 to SG_PAGE_EXPORT_MAX_MARGIN */
  double resolution;        /* of a PNG: pixels a page unit */
  const SgSheetSize *sheet; /* (nullable) of a PDF: lies as the drawing does; NULL: as large as the drawing */
  double zoom;              /* points a page unit on that sheet; 0: to fit it */
  const char *title;        /* (nullable), of a PDF and an SVG */
} SgPageExport;

#define SG_PAGE_EXPORT_MAX_MARGIN 1000.0
#define SG_PAGE_EXPORT_MAX_RESOLUTION 16.0
#define SG_PAGE_EXPORT_MAX_SIDE 8192 /* pixels of a PNG: a larger drawing comes at a lower resolution */
#define SG_SHEET_MARGIN 36.0         /* points */

SgPageExport sg_page_export_default (SgPageFormat format); /* PNG on paper, the others on nothing */

/* Pixels of a PNG, points of a PDF's sheet, page units of an SVG. */
void sg_page_export_size (const SgPage *page, const SgPageExport *export, double *width, double *height);

/* The file's bytes. `whole` (nullable) is the page that `page` is a part of, for the recognition of it.
 * `progress` (nullable) is told of how much is done, 0 to 1, on this thread. Blocking; any thread but the
 * main one. Errors: render.size: a drawing of this size takes more than SG_MAX_SHEETS, or more memory than
 * there is; those of sg_cached_analyze; G_IO_ERROR_CANCELLED. Returns: (transfer full). */
GBytes *sg_page_export_bytes (SgPage *page,
                              SgPage *whole,
                              const SgPageExport *export,
                              SgCache *cache,
                              void (*progress) (double share, gpointer user_data),
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);

/* The same as a file. Errors: those, and base.write. */
gboolean sg_page_export (SgPage *page,
                         SgPage *whole,
                         const SgPageExport *export,
                         const char *path,
                         SgCache *cache,
                         void (*progress) (double share, gpointer user_data),
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error);

/* In a worker, for a window. `permille` (atomic, nullable) tells how much is done; it has to last until the
 * end. */
void sg_page_export_async (SgPage *page,
                           SgPage *whole,
                           const SgPageExport *export,
                           const char *path,
                           SgCache *cache,
                           int *permille,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean sg_page_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
