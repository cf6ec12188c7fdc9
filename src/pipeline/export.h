/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A motion as a file for others: a film, pictures, a page for a browser, a worksheet's picture, a table. The
 * file is there once it is whole; on the way it takes the memory of some pictures, however long it is.
 */
#pragma once

#include "pipeline/motion.h"

G_BEGIN_DECLS

typedef enum
{
  SG_EXPORT_HTML,   /* one page that plays it with no network */
  SG_EXPORT_WEBM,   /* film */
  SG_EXPORT_GIF,    /* moving picture */
  SG_EXPORT_APNG,   /* the same, in all colours */
  SG_EXPORT_PNG,    /* a file a picture, numbered */
  SG_EXPORT_SVG,    /* the bodies at some times, one over the other, from the front */
  SG_EXPORT_CSV,    /* sim/table.h */
  SG_EXPORT_SIMREC, /* the recording itself; all of it */
  SG_N_EXPORTS
} SgExportKind;

const char *sg_export_kind_ending (SgExportKind kind);                  /* "webm"; stable */
gboolean sg_export_kind_of_path (const char *path, SgExportKind *kind); /* by its ending; FALSE: of none */
gboolean sg_export_kind_is_film (SgExportKind kind);

typedef struct
{
  SgExportKind kind;
  double from, to;     /* simulated s, clamped to what there is; `to` INFINITY: its end */
  guint width, height; /* pixels; films and pictures */
  guint rate;          /* pictures, or rows, a second */
  double speed;        /* simulated seconds a second of a film */
  gboolean in_space;   /* from a turned view, else from the front */
  gboolean dark;       /* of paper and sky */
  guint n_poses;       /* in an SVG */
  gboolean live;       /* HTML: with the physics, to be played on in the page */
  const char *title;   /* (nullable) of a page */
} SgExportOptions;

#define SG_EXPORT_MAX_RATE 120
#define SG_EXPORT_MAX_POSES 100

SgExportOptions sg_export_options_default (SgExportKind kind);

/* How many pictures the film has, or rows the table. */
guint64 sg_export_count (const SgMotion *motion, const SgExportOptions *options);

/* `progress` (nullable) is told of how much is done, 0 to 1, on this thread. Blocking; any thread but the
 * main one. Errors: base.write; those of stream/film.h, sg_motion_show and sg_offscreen_new;
 * G_IO_ERROR_CANCELLED. What is half done is gone, but for PNG pictures that are whole. */
gboolean sg_export (SgMotion *motion,
                    const char *path,
                    const SgExportOptions *options,
                    void (*progress) (double share, gpointer user_data),
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error);

G_END_DECLS
