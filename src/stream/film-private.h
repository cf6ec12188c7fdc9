/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A kind of film: its file's side of stream/film.h. Internal to stream. */
#pragma once

#include "base/part.h"
#include "stream/film.h"

G_BEGIN_DECLS

/* `pixels` below are `width` x `height` of R, G, B, A with nothing between rows. */
typedef struct
{
  gpointer (*begin) (const char *path, const SgFilmFormat *format, GError **error);
  gboolean (*add) (gpointer film, const guint8 *pixels, GError **error);
  gboolean (*end) (gpointer film, GError **error);
  void (*free) (gpointer film);
} SgFilmClass;

extern const SgFilmClass sg_film_webm, sg_film_gif, sg_film_apng, sg_film_png;

/* Whether a WebM can be made, with stream.no-encoder where not. */
gboolean sg_webm_can_be_made (GError **error);

/* The part of a picture that is not as in the one before (nullable: all); at least a pixel. */
typedef struct
{
  guint x, y, width, height;
} SgFilmArea;

SgFilmArea sg_film_find_change (const guint8 *pixels, const guint8 *before, const SgFilmFormat *format);

G_END_DECLS
