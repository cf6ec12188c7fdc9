/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Films: every picture comes back out of the file, at its time, and a file is whole or not there. */
#include "stream/film.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <zlib.h>

#include "base/error.h"
#include "stream/error.h"

#define WIDTH 61
#define HEIGHT 47
#define PICTURES 9

typedef struct
{
  char *folder, *path;
  guint8 pixels[WIDTH * HEIGHT * 4];
} Place;

static void
set_up (Place *place, gconstpointer name)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("simgen-film-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, (const char *)name, NULL);
}

static guint
count_files (const Place *place)
{
  g_autoptr (GDir) folder = g_dir_open (place->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder))
    n++;
  return n;
}

static void
tear_down (Place *place, gconstpointer data)
{
  GDir *folder = g_dir_open (place->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (folder));)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (folder);
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

/* A red square of 11 on a shaded ground, that goes right and down. */
static const guint8 *
paint (Place *place, guint picture)
{
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        guint8 *pixel = place->pixels + 4 * (y * WIDTH + x);
        gboolean red = x - 4 * picture < 11 && y - 3 * picture < 11;

        pixel[0] = red ? 224 : 8 * (y / 8);
        pixel[1] = red ? 32 : 200;
        pixel[2] = red ? 32 : 240;
        pixel[3] = x; /* does not count */
      }
  return place->pixels;
}

static void
make (Place *place, SgFilmKind kind, guint rate)
{
  const SgFilmFormat format = { WIDTH, HEIGHT, rate };
  g_autoptr (GError) error = NULL;
  g_autoptr (SgFilm) film = sg_film_new (kind, place->path, &format, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < PICTURES; i++)
    g_assert_true (sg_film_add (film, paint (place, i), WIDTH * 4, &error));
  if (kind != SG_FILM_PNG)
    g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  g_assert_true (sg_film_end (film, &error));
}

/* Whether `pixels` are picture `i`; `most`: by how much a component may be off. */
static void
assert_picture (Place *place, guint i, const guint8 *pixels, guint channels, gsize stride, int most)
{
  const guint8 *wanted = paint (place, i);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint k = 0; k < 3; k++)
        g_assert_cmpint (ABS (wanted[4 * (y * WIDTH + x) + k] - pixels[y * stride + x * channels + k]), <=,
                         most);
}

static void
assert_file (Place *place, const char *path, guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, WIDTH);
  assert_picture (place, i, gdk_pixbuf_read_pixels (picture), gdk_pixbuf_get_n_channels (picture),
                  gdk_pixbuf_get_rowstride (picture), 0);
}

static void
test_png (Place *place, gconstpointer data)
{
  make (place, SG_FILM_PNG, 10);
  g_assert_cmpuint (count_files (place), ==, PICTURES);
  for (guint i = 0; i < PICTURES; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/film-%04u.png", place->folder, i + 1);

      assert_file (place, path, i);
    }
}

/* -- APNG, which GdkPixbuf reads the first picture of -- */

static guint32
get_32 (const guint8 *at)
{
  return (guint32)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

typedef struct
{
  guint8 screen[WIDTH * HEIGHT * 3];
  guint32 x, y, width, height;
  guint n_pictures;
} Player;

static void
show_picture (Player *player, const guint8 *packed, gsize size)
{
  uLongf n = player->height * (1 + 3 * player->width);
  g_autofree guint8 *raw = g_malloc (n);

  g_assert_cmpint (uncompress (raw, &n, packed, size), ==, Z_OK);
  g_assert_cmpuint (n, ==, player->height * (1 + 3 * player->width));
  for (guint y = 0; y < player->height; y++)
    {
      guint8 *row = raw + y * (1 + 3 * player->width) + 1;

      g_assert_true (row[-1] == (y > 0 ? 2 : 0));
      for (guint i = 0; i < 3 * player->width; i++)
        {
          if (y > 0)
            row[i] += row[(gssize)i - (gssize)(1 + 3 * player->width)];
          player->screen[3 * ((player->y + y) * WIDTH + player->x) + i] = row[i];
        }
    }
  player->n_pictures++;
}

static void
test_apng (Place *place, gconstpointer data)
{
  g_autofree char *text = NULL;
  Player player = { .n_pictures = 0 };
  guint32 sequence = 0;
  gsize size;

  make (place, SG_FILM_APNG, 25);
  assert_file (place, place->path, 0); /* who knows PNG only sees the first one */
  g_assert_true (g_file_get_contents (place->path, &text, &size, NULL));
  const guint8 *bytes = (const guint8 *)text;
  for (gsize at = 8; at < size;)
    {
      guint32 n = get_32 (bytes + at);
      const guint8 *kind = bytes + at + 4, *chunk = kind + 4;

      g_assert_cmpuint (get_32 (chunk + n), ==, crc32 (0, kind, 4 + n));
      if (memcmp (kind, "acTL", 4) == 0)
        g_assert_cmpuint (get_32 (chunk), ==, PICTURES);
      if (memcmp (kind, "fcTL", 4) == 0)
        {
          g_assert_cmpuint (get_32 (chunk), ==, sequence++);
          player.width = get_32 (chunk + 4), player.height = get_32 (chunk + 8);
          player.x = get_32 (chunk + 12), player.y = get_32 (chunk + 16);
          g_assert_cmpuint (chunk[21], ==, 1);
          g_assert_cmpuint (chunk[23], ==, 25);
        }
      if (memcmp (kind, "fdAT", 4) == 0)
        g_assert_cmpuint (get_32 (chunk), ==, sequence++);
      if (memcmp (kind, "fdAT", 4) == 0 || memcmp (kind, "IDAT", 4) == 0)
        {
          gsize skip = kind[0] == 'f' ? 4 : 0;

          show_picture (&player, chunk + skip, n - skip);
          assert_picture (place, player.n_pictures - 1, player.screen, 3, 3 * WIDTH, 0);
        }
      at += 12 + n;
    }
  g_assert_cmpuint (player.n_pictures, ==, PICTURES);
}

/* -- GIF -- */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* GdkPixbuf's interface is in times of GLib's past */
  static void
  test_gif (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GTimeVal time = { 1000, 0 };
  int sum = 0;

  make (place, SG_FILM_GIF, 30);
  g_autoptr (GdkPixbufAnimation) film = gdk_pixbuf_animation_new_from_file (place->path, &error);
  g_assert_no_error (error);
  g_autoptr (GdkPixbufAnimationIter) now = gdk_pixbuf_animation_get_iter (film, &time);
  for (guint i = 0; i < PICTURES; i++)
    {
      GdkPixbuf *picture = gdk_pixbuf_animation_iter_get_pixbuf (now);
      int delay = gdk_pixbuf_animation_iter_get_delay_time (now);

      assert_picture (place, i, gdk_pixbuf_read_pixels (picture), gdk_pixbuf_get_n_channels (picture),
                      gdk_pixbuf_get_rowstride (picture), 8);
      sum += delay;
      g_time_val_add (&time, delay * 1000);
      gdk_pixbuf_animation_iter_advance (now, &time);
    }
  g_assert_cmpint (sum, ==, 300); /* ms: 30 and 40 by turns, nine thirtieths in all */
}
G_GNUC_END_IGNORE_DEPRECATIONS

/* More pictures than colours and codes, of noise: the tables fill and begin anew. */
static void
test_gif_of_noise (Place *place, gconstpointer data)
{
  const SgFilmFormat format = { 300, 200, 10 };
  g_autofree guint8 *pixels = g_malloc (300 * 200 * 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (SgFilm) film = sg_film_new (SG_FILM_GIF, place->path, &format, &error);
  GRand *rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < 300 * 200 * 4; i++)
    pixels[i] = g_rand_int (rand);
  g_assert_true (sg_film_add (film, pixels, 1200, &error));
  g_assert_true (sg_film_end (film, &error));
  g_autoptr (GdkPixbuf) picture = gdk_pixbuf_new_from_file (place->path, &error);
  g_assert_no_error (error);
  const guint8 *read = gdk_pixbuf_read_pixels (picture);
  double sum = 0;
  for (guint y = 0; y < 200; y++)
    for (guint x = 0; x < 300; x++)
      for (guint k = 0; k < 3; k++)
        sum +=
          ABS (pixels[1200 * y + 4 * x + k] -
               read[y * gdk_pixbuf_get_rowstride (picture) + x * gdk_pixbuf_get_n_channels (picture) + k]);
  g_assert_cmpfloat (sum / (300 * 200 * 3), <, 24); /* 256 colours of all: pixels are where they were */
  g_rand_free (rand);
}

/* -- What goes wrong -- */

static void
test_given_up (Place *place, gconstpointer data)
{
  const SgFilmFormat format = { WIDTH, HEIGHT, 10 };

  for (SgFilmKind kind = 0; kind < SG_FILM_PNG; kind++)
    {
      g_autoptr (SgFilm) film =
        sg_film_can_be_made (kind, NULL) ? sg_film_new (kind, place->path, &format, NULL) : NULL;

      if (film)
        g_assert_true (sg_film_add (film, paint (place, 0), WIDTH * 4, NULL));
    }
  g_assert_cmpuint (count_files (place), ==, 0);
}

static void
test_no_place (Place *place, gconstpointer data)
{
  const SgFilmFormat format = { WIDTH, HEIGHT, 10 };
  g_autofree char *path = g_build_filename (place->folder, "nowhere", "film", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sg_film_new (SG_FILM_GIF, path, &format, &error));
  g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);
}

/* On a full disk it ends with an error, a WebM too, whose encoder has threads of its own. */
static void
test_full_disk (Place *place, gconstpointer data)
{
  const SgFilmFormat format = { WIDTH, HEIGHT, 10 };
  struct rlimit was, full;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &was);
  for (SgFilmKind kind = 0; kind < SG_FILM_PNG; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SgFilm) film = NULL;
      gboolean good = TRUE;

      if (!sg_film_can_be_made (kind, NULL))
        continue;
      film = sg_film_new (kind, place->path, &format, &error);
      g_assert_no_error (error);
      full = (struct rlimit){ 1000, was.rlim_max };
      setrlimit (RLIMIT_FSIZE, &full);
      for (guint i = 0; i < 200 && good; i++)
        good = sg_film_add (film, paint (place, i % PICTURES), WIDTH * 4, &error);
      good = good && sg_film_end (film, &error);
      setrlimit (RLIMIT_FSIZE, &was);
      g_assert_false (good);
      g_assert_error (error, SG_BASE_ERROR, SG_BASE_ERROR_WRITE);
    }
  g_assert_cmpuint (count_files (place), ==, 0);
}

/* An empty folder of plugins is what a system without them looks like. */
static void
test_no_encoder (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_autofree char *registry = g_build_filename (place->folder, "registry", NULL);

      g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", place->folder, TRUE);
      g_setenv ("GST_REGISTRY_1_0", registry, TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      g_unsetenv ("GST_PLUGIN_SYSTEM_PATH_1_0");
      g_unsetenv ("GST_REGISTRY_1_0");
      return;
    }
  g_assert_false (sg_film_can_be_made (SG_FILM_WEBM, &error));
  g_assert_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_NO_ENCODER);
  g_assert_true (sg_film_can_be_made (SG_FILM_GIF, NULL));
}

static void
add (const char *path, const char *name, void (*test) (Place *, gconstpointer))
{
  g_test_add (path, Place, name, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/stream/film/png", "film.png", test_png);
  add ("/stream/film/apng", "film.apng", test_apng);
  add ("/stream/film/gif", "film.gif", test_gif);
  add ("/stream/film/gif-of-noise", "film.gif", test_gif_of_noise);
  add ("/stream/film/given-up", "film", test_given_up);
  add ("/stream/film/no-place", "film", test_no_place);
  add ("/stream/film/full-disk", "film", test_full_disk);
  add ("/stream/film/no-encoder", "film", test_no_encoder);
  return g_test_run ();
}
