/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What all kinds of films share. */
#include "stream/film.h"

#include <string.h>

#include "stream/error.h"
#include "stream/film-private.h"

#define MAX_SIDE 65535

struct _SgFilm
{
  const SgFilmClass *klass;
  gpointer data;
  SgFilmFormat format;
  guint8 *rows; /* a picture with nothing between its rows, where they came otherwise */
};

static const SgFilmClass *const classes[SG_N_FILMS] = {
  [SG_FILM_WEBM] = &sg_film_webm,
  [SG_FILM_GIF] = &sg_film_gif,
  [SG_FILM_APNG] = &sg_film_apng,
  [SG_FILM_PNG] = &sg_film_png,
};

gboolean
sg_film_can_be_made (SgFilmKind kind, GError **error)
{
  return kind != SG_FILM_WEBM || sg_webm_can_be_made (error);
}

SgFilm *
sg_film_new (SgFilmKind kind, const char *path, const SgFilmFormat *format, GError **error)
{
  g_return_val_if_fail (format->width > 0 && format->height > 0, NULL);
  g_return_val_if_fail (format->rate > 0 && format->rate <= SG_FILM_MAX_RATE, NULL);

  if (format->width > MAX_SIDE || format->height > MAX_SIDE)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_TOO_LARGE,
                   "a film of %u x %u pixels; a side may have %d", format->width, format->height, MAX_SIDE);
      return NULL;
    }
  gpointer data = classes[kind]->begin (path, format, error);
  if (!data)
    return NULL;
  SgFilm *film = g_new0 (SgFilm, 1);
  film->klass = classes[kind];
  film->data = data;
  film->format = *format;
  return film;
}

void
sg_film_free (SgFilm *film)
{
  film->klass->free (film->data);
  g_free (film->rows);
  g_free (film);
}

gboolean
sg_film_add (SgFilm *film, const guint8 *pixels, gsize stride, GError **error)
{
  gsize row = (gsize)film->format.width * 4;

  if (stride == row)
    return film->klass->add (film->data, pixels, error);
  if (!film->rows)
    film->rows = g_malloc (row * film->format.height);
  for (guint y = 0; y < film->format.height; y++)
    memcpy (film->rows + y * row, pixels + y * stride, row);
  return film->klass->add (film->data, film->rows, error);
}

gboolean
sg_film_end (SgFilm *film, GError **error)
{
  return film->klass->end (film->data, error);
}

static gboolean
rows_differ (const guint8 *a, const guint8 *b, const SgFilmFormat *format, guint y)
{
  gsize row = (gsize)format->width * 4;

  return memcmp (a + y * row, b + y * row, row) != 0;
}

static gboolean
columns_differ (const guint8 *a, const guint8 *b, const SgFilmFormat *format, guint x, SgFilmArea area)
{
  for (guint y = area.y; y < area.y + area.height; y++)
    {
      gsize at = ((gsize)y * format->width + x) * 4;

      if (memcmp (a + at, b + at, 4) != 0)
        return TRUE;
    }
  return FALSE;
}

SgFilmArea
sg_film_find_change (const guint8 *pixels, const guint8 *before, const SgFilmFormat *format)
{
  guint top = 0, bottom = format->height, left = 0, right = format->width;

  if (!before)
    return (SgFilmArea){ 0, 0, format->width, format->height };
  while (top < bottom && !rows_differ (pixels, before, format, top))
    top++;
  if (top == bottom)
    return (SgFilmArea){ 0, 0, 1, 1 };
  while (!rows_differ (pixels, before, format, bottom - 1))
    bottom--;
  SgFilmArea area = { 0, top, format->width, bottom - top };
  while (!columns_differ (pixels, before, format, left, area))
    left++;
  while (!columns_differ (pixels, before, format, right - 1, area))
    right--;
  area.x = left;
  area.width = right - left;
  return area;
}
