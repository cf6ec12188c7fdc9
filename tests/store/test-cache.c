/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cache by memory and database, with a clock of the test's. */
#include "store/cache.h"

#include <stdatomic.h>
#include <string.h>

#include "place.h"
#include "store/cache-envelope.h"

#define HOUR ((gint64)3600 * G_USEC_PER_SEC)

typedef struct
{
  char *folder, *path;
  atomic_int_fast64_t now_us; /* read by the database's thread too */
  SgCacheOptions options;
} Place;

static gint64
read_clock (gpointer clock)
{
  return ((Place *)clock)->now_us;
}

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_folder ();
  place->path = g_build_filename (place->folder, "below", "cache.db", NULL);
  place->now_us = G_GINT64_CONSTANT (1700000000000000);
  place->options = sg_cache_options_default ();
  place->options.now_us = read_clock;
  place->options.clock = place;
}

static void
tear_down (Place *place, gconstpointer data)
{
  test_remove_tree (place->folder);
  g_free (place->path);
  g_free (place->folder);
}

static SgCacheKey
key_of (guint n)
{
  SgCacheKey key;

  sg_cache_key_init (&key, SG_CACHE_ANALYSIS, "1", NULL, &n, sizeof n);
  return key;
}

/* A value that tells its number, `size` bytes long. */
static GBytes *
value_of (guint n, gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (n >> (8 * (i % 4))) ^ i;
  return g_bytes_new_take (data, size);
}

static void
put (SgCache *cache, guint n, gsize size)
{
  SgCacheKey key = key_of (n);
  g_autoptr (GBytes) value = value_of (n, size);

  sg_cache_put (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, value);
}

/* Where the value of `n` is found, which must be right. */
static SgCacheLevel
find (SgCache *cache, guint n, gsize size)
{
  SgCacheKey key = key_of (n);
  SgCacheLevel level;
  g_autoptr (GBytes) value = sg_cache_get (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, &level);
  g_autoptr (GBytes) wanted = value_of (n, size);

  g_assert_true ((level == SG_CACHE_NONE) == (value == NULL));
  g_assert_true (value == NULL || g_bytes_equal (value, wanted));
  return level;
}

static gint64
file_bytes (Place *place, const char *suffix)
{
  g_autofree char *path = g_strconcat (place->path, suffix, NULL);

  return test_file_bytes (path);
}

static void
fill (Place *place, guint n)
{
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);

  for (guint i = 0; i < n; i++)
    put (cache, i, 1000);
}

static void
test_keys (void)
{
  SgCacheKey a, b;

  sg_cache_key_init (&a, SG_CACHE_MJCF, "1", NULL, "page", 4);
  sg_cache_key_init (&b, SG_CACHE_MJCF, "1", "", "page", 4);
  g_assert_cmpmem (a.digest, sizeof a.digest, b.digest, sizeof b.digest);
  sg_cache_key_init (&b, SG_CACHE_ANSWER, "1", NULL, "page", 4);
  g_assert_true (memcmp (a.digest, b.digest, sizeof a.digest) != 0);
  sg_cache_key_init (&b, SG_CACHE_MJCF, "2", NULL, "page", 4);
  g_assert_true (memcmp (a.digest, b.digest, sizeof a.digest) != 0);
  sg_cache_key_init (&b, SG_CACHE_MJCF, "1", "de", "page", 4);
  g_assert_true (memcmp (a.digest, b.digest, sizeof a.digest) != 0);
  sg_cache_key_init (&b, SG_CACHE_MJCF, "1", "d", "epage", 5);
  g_assert_true (memcmp (a.digest, b.digest, sizeof a.digest) != 0);
}

/* Every byte that changes, every byte that is missing, is noticed. */
static void
test_envelope (void)
{
  SgCacheKey key = key_of (1), other = key_of (2);
  gint64 created, expires;

  for (gsize size = 0; size < 40; size++)
    {
      g_autoptr (GBytes) value = value_of (1, size);
      g_autoptr (GBytes) envelope = sg_envelope_seal (&key, value, 5, -7);
      g_autoptr (GBytes) again = sg_envelope_open (&key, envelope, &created, &expires);
      gsize length = g_bytes_get_size (envelope);

      g_assert_true (g_bytes_equal (value, again));
      g_assert_cmpint (created, ==, 5);
      g_assert_cmpint (expires, ==, -7);
      g_assert_null (sg_envelope_open (&other, envelope, &created, &expires));
      for (gsize i = 0; i < length; i++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (envelope, 0, i);
          g_autofree guint8 *damaged = g_memdup2 (g_bytes_get_data (envelope, NULL), length);

          damaged[i] ^= 1 << (i % 8);
          g_autoptr (GBytes) changed = g_bytes_new (damaged, length);
          g_assert_null (sg_envelope_open (&key, cut, &created, &expires));
          g_assert_null (sg_envelope_open (&key, changed, &created, &expires));
        }
    }
}

static void
test_least_lately_used_goes (Place *place, gconstpointer data)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  place->options.memory_bytes = 20 << 10;
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  for (guint n = 0; n < 100; n++)
    {
      put (cache, n, 1000);
      g_assert_cmpint (find (cache, 0, 1000), ==, SG_CACHE_MEMORY); /* used all the time */
      sg_cache_get_figures (cache, FALSE, figures);
      g_assert_cmpuint (figures[SG_CACHE_MEMORY].bytes, <=, place->options.memory_bytes);
    }
  sg_cache_get_figures (cache, FALSE, figures);
  guint kept = figures[SG_CACHE_MEMORY].entries;
  g_assert_cmpuint (kept, >, 10);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].evictions, ==, 100 - kept);
  for (guint n = 1; n < 100; n++)
    g_assert_cmpint (find (cache, n, 1000), ==, n > 100 - kept ? SG_CACHE_MEMORY : SG_CACHE_NONE);

  put (cache, 1000, 10 << 10); /* too large to be kept */
  g_assert_cmpint (find (cache, 1000, 10 << 10), ==, SG_CACHE_NONE);
  put (cache, 0, 10); /* another value in place of the one before */
  g_assert_cmpint (find (cache, 0, 10), ==, SG_CACHE_MEMORY);
}

static void
test_old_ones_go (Place *place, gconstpointer data)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  place->options.database_path = place->path;
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  put (cache, 1, 100);
  sg_cache_flush (cache);
  place->now_us += HOUR - 1;
  g_assert_cmpint (find (cache, 1, 100), ==, SG_CACHE_MEMORY);
  place->now_us += 1;
  g_assert_cmpint (find (cache, 1, 100), ==, SG_CACHE_NONE);
  sg_cache_get_figures (cache, FALSE, figures);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].entries, ==, 0);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].corrupt, ==, 0); /* old, not damaged */
}

/* The clock goes back by a day: how old an entry is nobody knows, so it is none. */
static void
test_clock_goes_back (Place *place, gconstpointer data)
{
  place->options.database_path = place->path;
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);

  put (cache, 1, 100);
  sg_cache_flush (cache);
  place->now_us -= 24 * HOUR;
  g_assert_cmpint (find (cache, 1, 100), ==, SG_CACHE_NONE);
  put (cache, 1, 100);
  g_assert_cmpint (find (cache, 1, 100), ==, SG_CACHE_MEMORY);
}

/* What was put while the clock was ahead leaves its room to what is put now. */
static void
test_clock_was_ahead (Place *place, gconstpointer data)
{
  place->options.database_path = place->path;
  place->options.database_bytes = 100000;
  place->now_us += 1000 * 24 * HOUR;
  fill (place, 80);
  place->now_us -= 1000 * 24 * HOUR;
  {
    g_autoptr (SgCache) cache = sg_cache_new (&place->options);

    for (guint n = 100; n < 160; n++)
      put (cache, n, 1000);
  }
  g_autoptr (SgCache) next = sg_cache_new (&place->options);
  for (guint n = 100; n < 160; n++)
    g_assert_cmpint (find (next, n, 1000), ==, SG_CACHE_DATABASE);
}

/* A file of a newer program is left alone, and this is said once. */
static void
test_newer (Place *place, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  gsize size_before, size_after;

  place->options.database_path = place->path;
  fill (place, 1);
  test_execute (place->path, "PRAGMA user_version = 99");
  g_assert_true (g_file_get_contents (place->path, &before, &size_before, NULL));
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  for (guint n = 1; n < 3; n++)
    {
      put (cache, n, 10);
      sg_cache_flush (cache);
      g_assert_cmpint (find (cache, n, 10), ==, SG_CACHE_MEMORY);
      g_autofree char *notice = sg_cache_take_notice (cache);
      g_assert_true ((notice != NULL) == (n == 1));
    }
  g_clear_pointer (&cache, sg_cache_unref);
  g_assert_true (g_file_get_contents (place->path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_promotion (Place *place, gconstpointer data)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];
  SgCacheKey key = key_of (1);

  place->options.database_path = place->path;
  g_autoptr (SgCache) first = sg_cache_new (&place->options);
  put (first, 1, 5000);
  sg_cache_flush (first);

  g_autoptr (SgCache) second = sg_cache_new (&place->options);
  place->now_us += HOUR / 2;
  g_assert_null (sg_cache_get (second, &sg_cache_bytes, &key, SG_CACHE_NEAR, NULL, NULL));
  g_assert_cmpint (find (second, 1, 5000), ==, SG_CACHE_DATABASE);
  g_assert_cmpint (find (second, 1, 5000), ==, SG_CACHE_MEMORY);
  sg_cache_get_figures (second, FALSE, figures);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].misses, ==, 2);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].hits, ==, 1);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].hits, ==, 1);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].entries, ==, 1);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].bytes, ==, 5000 + SG_ENVELOPE_BYTES);
  place->now_us += HOUR / 2; /* what was promoted is no younger for it */
  g_assert_cmpint (find (second, 1, 5000), ==, SG_CACHE_NONE);
}

static void
test_damaged_entries (Place *place, gconstpointer data)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  place->options.database_path = place->path;
  fill (place, 4);
  test_execute (
    place->path,
    "UPDATE sketch_cache SET value = x'00' WHERE id = 1;"
    "UPDATE sketch_cache SET value = substr(value, 1, 900) WHERE id = 2;"
    "UPDATE sketch_cache SET value = (SELECT value FROM sketch_cache WHERE id = 4) WHERE id = 3;");
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  for (guint n = 0; n < 3; n++)
    g_assert_cmpint (find (cache, n, 1000), ==, SG_CACHE_NONE);
  g_assert_cmpint (find (cache, 3, 1000), ==, SG_CACHE_DATABASE);
  sg_cache_flush (cache);
  sg_cache_get_figures (cache, FALSE, figures);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].corrupt, ==, 3);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].entries, ==, 1);
  put (cache, 0, 1000);
  sg_cache_flush (cache);
  g_autoptr (SgCache) next = sg_cache_new (&place->options);
  g_assert_cmpint (find (next, 0, 1000), ==, SG_CACHE_DATABASE);
}

static void
test_damaged_file (Place *place, gconstpointer data)
{
  g_autofree char *text = g_strnfill (100000, 'x');

  place->options.database_path = place->path;
  fill (place, 4);
  test_execute (place->path, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_true (g_file_set_contents (place->path, text, 100000, NULL));
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  g_assert_cmpint (find (cache, 0, 1000), ==, SG_CACHE_NONE);
  put (cache, 0, 1000);
  sg_cache_flush (cache);
  g_clear_pointer (&cache, sg_cache_unref);

  cache = sg_cache_new (&place->options); /* whatever became of it, work goes on */
  put (cache, 0, 1000);
  sg_cache_flush (cache);
  g_autoptr (SgCache) next = sg_cache_new (&place->options);
  g_assert_cmpint (find (next, 0, 1000), ==, SG_CACHE_DATABASE);
  g_assert_cmpint (file_bytes (place, ".damaged"), ==, -1); /* nor is a mark of it left */
}

/* Where no file can be, memory serves, and this is said once. */
static void
test_no_place (Place *place, gconstpointer data)
{
  g_autofree char *below_a_file = g_build_filename (place->folder, "file", "cache.db", NULL);
  g_autofree char *file = g_build_filename (place->folder, "file", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  place->options.database_path = below_a_file;
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  g_assert_null (sg_cache_take_notice (cache));
  put (cache, 1, 10);
  put (cache, 2, 10);
  sg_cache_flush (cache);
  g_assert_cmpint (find (cache, 1, 10), ==, SG_CACHE_MEMORY);
  g_autofree char *notice = sg_cache_take_notice (cache);
  g_assert_nonnull (notice);
  put (cache, 3, 10);
  sg_cache_flush (cache);
  g_assert_null (sg_cache_take_notice (cache));
}

static void
test_database_stays_within_its_bound (Place *place, gconstpointer data)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  place->options.database_path = place->path;
  place->options.database_bytes = 100000;
  place->options.memory_bytes = 4000;
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  for (guint n = 0; n < 500; n++)
    {
      place->now_us += 1000;
      put (cache, n, 1000);
      if (n % 10 == 9)
        {
          find (cache, 0, 1000); /* in use */
          sg_cache_flush (cache);
          sg_cache_get_figures (cache, FALSE, figures);
          g_assert_cmpuint (figures[SG_CACHE_DATABASE].bytes, <=, 100000);
        }
    }
  g_assert_cmpint (find (cache, 0, 1000), ==, SG_CACHE_DATABASE);
  g_assert_cmpint (find (cache, 1, 1000), ==, SG_CACHE_NONE);
  g_assert_cmpint (find (cache, 480, 1000), ==, SG_CACHE_DATABASE);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].evictions, >=, 400);
  place->now_us += 2 * HOUR; /* and what is too old goes by itself */
  g_clear_pointer (&cache, sg_cache_unref);
  fill (place, 1);
  cache = sg_cache_new (&place->options);
  sg_cache_get_figures (cache, FALSE, figures);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].entries, ==, 1);
}

/* The file becomes short again after a burst of puts, and is all but empty when nothing is kept. */
static void
test_file_shrinks (Place *place, gconstpointer data)
{
  place->options.database_path = place->path;
  place->options.database_bytes = 1 << 20;
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  for (guint n = 0; n < 400; n++)
    put (cache, n, 30000);
  sg_cache_flush (cache);
  put (cache, 1000, 30000);
  sg_cache_flush (cache);
  g_assert_cmpint (file_bytes (place, ""), >, 700 << 10);
  g_assert_cmpint (file_bytes (place, ""), <, 3 << 19);
  g_assert_cmpint (file_bytes (place, "-wal"), <=, 1 << 20);
  g_assert_true (sg_cache_clear (cache, NULL));
  g_assert_cmpint (file_bytes (place, ""), <, 300 << 10);
  g_assert_cmpint (file_bytes (place, "-wal"), <=, 1 << 20);
}

/* A scripted mix in two processes' worth of caches, and what it adds up to. */
static void
test_figures (Place *place, gconstpointer data)
{
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  place->options.database_path = place->path;
  for (int process = 0; process < 2; process++)
    {
      g_autoptr (SgCache) cache = sg_cache_new (&place->options);

      for (guint n = 0; n < 10; n++)
        {
          if (find (cache, n, 100) == SG_CACHE_NONE)
            put (cache, n, 100);
          find (cache, n, 100);
        }
      sg_cache_flush (cache);
    }
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  sg_cache_get_figures (cache, TRUE, figures);
  g_assert_true (figures[SG_CACHE_MEMORY].used && figures[SG_CACHE_DATABASE].used);
  g_assert_false (figures[SG_CACHE_REDIS].used);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].hits, ==, 20);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].misses, ==, 20);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].entries, ==, 0); /* of this process */
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].hits, ==, 10);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].misses, ==, 10);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].puts, ==, 10);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].entries, ==, 10);

  g_assert_true (sg_cache_clear (cache, NULL));
  sg_cache_get_figures (cache, TRUE, figures);
  g_assert_cmpuint (figures[SG_CACHE_DATABASE].entries, ==, 0);
  g_assert_cmpuint (figures[SG_CACHE_MEMORY].hits + figures[SG_CACHE_DATABASE].hits, ==, 0);
}

static void
test_answers_have_their_table (Place *place, gconstpointer data)
{
  SgCacheKey key;
  SgCacheLevel level;
  g_autoptr (GBytes) answer = g_bytes_new_static ("a ball", 6);

  place->options.database_path = place->path;
  sg_cache_key_init (&key, SG_CACHE_ANSWER, "prompt 3", "a model", "what is it", 10);
  g_autoptr (SgCache) cache = sg_cache_new (&place->options);
  sg_cache_put (cache, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, answer);
  sg_cache_flush (cache);
  test_execute (place->path,
                "UPDATE llm_response_cache SET used_us = 1 / (SELECT count(*) FROM llm_response_cache)");
  g_autoptr (SgCache) next = sg_cache_new (&place->options);
  g_autoptr (GBytes) found = sg_cache_get (next, &sg_cache_bytes, &key, SG_CACHE_FAR, NULL, &level);
  g_assert_cmpint (level, ==, SG_CACHE_DATABASE);
  g_assert_true (g_bytes_equal (found, answer));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } tests[] = {
    { "/store/cache/least-lately-used-goes", test_least_lately_used_goes },
    { "/store/cache/old-ones-go", test_old_ones_go },
    { "/store/cache/clock-goes-back", test_clock_goes_back },
    { "/store/cache/clock-was-ahead", test_clock_was_ahead },
    { "/store/cache/newer", test_newer },
    { "/store/cache/promotion", test_promotion },
    { "/store/cache/damaged-entries", test_damaged_entries },
    { "/store/cache/damaged-file", test_damaged_file },
    { "/store/cache/no-place", test_no_place },
    { "/store/cache/database-stays-within-its-bound", test_database_stays_within_its_bound },
    { "/store/cache/file-shrinks", test_file_shrinks },
    { "/store/cache/figures", test_figures },
    { "/store/cache/answers-have-their-table", test_answers_have_their_table },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/cache/keys", test_keys);
  g_test_add_func ("/store/cache/envelope", test_envelope);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
