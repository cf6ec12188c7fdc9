/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures, one after another, to a file that moves. What is made of a picture goes to the file at once, so
 * that a film of any length takes the memory of some pictures. The file is there once it is whole. Blocking;
 * one thread at a time, not the main one.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SG_FILM_WEBM, /* VP8 by GStreamer (stream/webm.c) */
  SG_FILM_GIF,  /* 256 colours, those of the first picture; over and over */
  SG_FILM_APNG, /* as they are; over and over */
  SG_FILM_PNG,  /* a file a picture: name-0001.png, name-0002.png, ... */
  SG_N_FILMS
} SgFilmKind;

typedef struct
{
  guint width, height; /* pixels */
  guint rate;          /* pictures a second; a GIF has hundredths of a second, which are made good by turns */
} SgFilmFormat;

#define SG_FILM_MAX_RATE 120

typedef struct _SgFilm SgFilm;

/* FALSE with stream.no-encoder, which says what to install, where films of that kind cannot be made here. */
gboolean sg_film_can_be_made (SgFilmKind kind, GError **error);

/* Errors: base.write; stream.no-encoder; stream.encoder; stream.too-large where a GIF or an APNG is wider or
 * higher than 65535. */
SgFilm *sg_film_new (SgFilmKind kind, const char *path, const SgFilmFormat *format, GError **error);
void sg_film_free (SgFilm *film); /* what was not ended is gone, but for PNG files that are whole */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgFilm, sg_film_free)

/* The next picture: rows of R, G, B, A from the top, `stride` bytes from one to the next; A does not count.
 * Errors as above. */
gboolean sg_film_add (SgFilm *film, const guint8 *pixels, gsize stride, GError **error);

/* After one picture at least. */
gboolean sg_film_end (SgFilm *film, GError **error);

G_END_DECLS
