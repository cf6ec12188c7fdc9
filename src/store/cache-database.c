/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The database tier. Gets read through a connection of their own, on the thread that asks. What is put,
 * what was found (that it is used) and the figures wait in `pending`, which a job of the writer's thread
 * takes as a whole: while one batch is written the next gathers, so that nobody waits and many puts cost
 * one transaction.
 *
 *   writer:  none -> open (a damaged file is begun anew)
 *              `------> given up, also where the file turns out to be damaged later: it is taken away for
 * the next process, this one does without, and the person is told once
 */
#include "config.h"

#include "store/cache-tier.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/metrics.h"
#include "store/error.h"
#include "store/writer.h"

#define MAX_PENDING_BYTES (32u << 20)
#define PAGE_BYTES 4096  /* of the database */
#define MAX_PENDING 1000 /* changes, from where on small ones are left out */

typedef enum
{
  CHANGE_PUT,
  CHANGE_TOUCH, /* it was found */
  CHANGE_REMOVE
} ChangeKind;

typedef struct
{
  ChangeKind kind;
  SgCacheKey key;
  GBytes *envelope; /* of a put */
  gint64 expires_us;
} Change;

typedef struct
{
  SgCacheTier tier;
  SgCacheOptions options;
  char *path;
  SgTakeFiguresFunc take;
  gpointer take_data;

  GMutex reader_mutex;
  SgDatabase *reader;  /* (nullable) under reader_mutex, as are: */
  gboolean unreadable; /* until the writer has been there */

  GMutex mutex;      /* of all below; taken before the other, never held while a connection works */
  SgWriter *writer;  /* (nullable); once there it stays */
  gboolean given_up; /* nothing more is put */
  GArray *pending;   /* of Change */
  gsize pending_bytes;
  gboolean scheduled; /* a job for what is pending is in the queue */
  char *notice;       /* (nullable): to be told */
  gboolean told;

  GArray *batch;        /* of the writer's thread, as are: */
  guint64 bytes[2];     /* of values in each table, an estimate from above */
  gboolean is_measured; /* whether `bytes` says so yet */
} Database;

/* The two tables, by what their statements' names begin with. */
static const char *const tables[] = { "sketch-cache", "answer-cache" };

static guint
table_of (const SgCacheKey *key)
{
  return key->kind == SG_CACHE_ANSWER;
}

static SgStatement *
get_statement (SgDatabase *db, guint table, const char *what, GError **error)
{
  char name[40];

  g_snprintf (name, sizeof name, "%s-%s", tables[table], what);
  return sg_database_get_statement (db, name, error);
}

static SgStatement *
get_key_statement (SgDatabase *db, const SgCacheKey *key, const char *what, GBytes *digest, GError **error)
{
  SgStatement *statement = get_statement (db, table_of (key), what, error);

  if (statement)
    sg_statement_bind_bytes (statement, ":key", digest);
  return statement;
}

static GBytes *
digest_of (const SgCacheKey *key)
{
  return g_bytes_new_static (key->digest, sizeof key->digest);
}

static void
clear_change (gpointer data)
{
  g_clear_pointer (&((Change *)data)->envelope, g_bytes_unref);
}

static GArray *
changes_new (void)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));

  g_array_set_clear_func (changes, clear_change);
  return changes;
}

/* -- Trouble -- */

/* Under `mutex`. */
static void
tell_once (Database *self, const GError *problem)
{
  if (self->told)
    return;
  self->told = TRUE;
  self->notice =
    g_strdup_printf (_ ("What was computed cannot be kept for later; everything works all the same. (%s)"),
                     problem->message);
}

static SgDatabase *
open_writing (gpointer data, GError **error)
{
  Database *self = data;
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (GError) problem = NULL;

  g_mkdir_with_parents (folder, 0700); /* opening says what is wrong */
  SgDatabase *db = sg_database_open (self->path, SG_DATABASE_CACHE, &problem);
  if (g_error_matches (problem, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT))
    {
      sg_database_remove_files (self->path);
      return sg_database_open (self->path, SG_DATABASE_CACHE, error);
    }
  if (!db)
    g_propagate_error (error, g_steal_pointer (&problem));
  return db;
}

/* Under `mutex`. NULL where it is given up. */
static SgWriter *
need_writer (Database *self)
{
  if (!self->writer && !self->given_up)
    {
      g_mutex_lock (&self->reader_mutex);
      self->unreadable = !self->reader; /* it may be about to make the file */
      g_mutex_unlock (&self->reader_mutex);
      self->writer = sg_writer_new_opening (open_writing, self);
    }
  return self->given_up ? NULL : self->writer;
}

/* Under `mutex`. Each entry has its checksum, so damage here is that of the tables: the file is taken away,
 * as it holds nothing that cannot be computed, and another process that has it open goes on with what it
 * has. What a full disk or a long lock did may pass. */
static void
note_trouble (Database *self, const GError *problem)
{
  gboolean damaged = g_error_matches (problem, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT);

  if (damaged && !self->given_up)
    sg_database_remove_files (self->path);
  if (damaged || g_error_matches (problem, SG_STORE_ERROR, SG_STORE_ERROR_OPEN) ||
      g_error_matches (problem, SG_STORE_ERROR, SG_STORE_ERROR_NEWER))
    self->given_up = TRUE;
  tell_once (self, problem);
}

/* -- Reading -- */

/* Under `reader_mutex`. NULL where there is no file yet, or with `error`. */
static SgDatabase *
need_reader (Database *self, GError **error)
{
  if (!self->reader && !self->unreadable && g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      self->reader = sg_database_open (self->path, SG_DATABASE_READER, error);
      self->unreadable = !self->reader;
    }
  return self->reader;
}

/* (transfer full), NULL where there is no such entry, or with `error`. */
static GBytes *
read_envelope (SgDatabase *db, const SgCacheKey *key, GError **error)
{
  g_autoptr (GBytes) digest = digest_of (key);
  g_autoptr (SgStatement) statement = get_key_statement (db, key, "get", digest, error);

  if (!statement || sg_statement_step (statement, error) != SG_STEP_ROW)
    return NULL;
  return sg_statement_dup_bytes (statement, 0);
}

static GBytes *
find (Database *self, const SgCacheKey *key, GError **error)
{
  GError *problem = NULL;
  GBytes *envelope = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->reader_mutex);
  SgDatabase *db = need_reader (self, &problem);

  if (db)
    envelope = read_envelope (db, key, &problem);
  if (problem) /* an older schema, say, which the writer will bring up to date */
    {
      g_clear_pointer (&self->reader, sg_database_close);
      self->unreadable = TRUE;
      g_propagate_error (error, problem);
    }
  return envelope;
}

/* Under `mutex`. */
static void
add_change (Database *self, ChangeKind kind, const SgCacheKey *key, const SgCacheItem *item)
{
  Change change = { kind, *key };

  if (item)
    {
      change.envelope = g_bytes_ref (item->envelope);
      change.expires_us = item->expires_us;
      self->pending_bytes += g_bytes_get_size (item->envelope);
    }
  g_array_append_val (self->pending, change);
}

/* Under `mutex`. Waits for the next batch rather than asking for one. */
static void
add_small_change (Database *self, ChangeKind kind, const SgCacheKey *key)
{
  if (self->pending->len < MAX_PENDING)
    add_change (self, kind, key, NULL);
}

static SgTierResult
database_get (SgCacheTier *tier, const SgCacheKey *key, SgCacheItem *item)
{
  Database *self = (Database *)tier;
  g_autoptr (GError) problem = NULL;

  item->envelope = find (self, key, &problem);
  if (!item->envelope && !problem)
    return SG_TIER_MISS;
  g_mutex_lock (&self->mutex);
  if (!problem)
    add_small_change (self, CHANGE_TOUCH, key);
  else if (g_error_matches (problem, SG_STORE_ERROR, SG_STORE_ERROR_CORRUPT))
    note_trouble (self, problem);
  g_mutex_unlock (&self->mutex);
  return problem ? SG_TIER_FAILED : SG_TIER_HIT;
}

/* -- Writing, on the writer's thread -- */

/* Takes out what ends by `now`, and what ends later than anything that is put now. */
static gboolean
expire (SgDatabase *db, guint table, gint64 now, gint64 latest, GError **error)
{
  SgStatement *statement = get_statement (db, table, "expire", error);

  if (statement)
    {
      sg_statement_bind_int (statement, ":now_us", now);
      sg_statement_bind_int (statement, ":latest_us", latest);
    }
  return sg_statement_run (statement, error);
}

static gboolean
shrink (SgDatabase *db, guint table, guint64 most_bytes, GError **error)
{
  SgStatement *statement = get_statement (db, table, "shrink", error);

  if (statement)
    sg_statement_bind_int (statement, ":most_bytes", most_bytes);
  return sg_statement_run (statement, error);
}

static gboolean
write_change (Database *self, SgDatabase *db, const Change *change, gint64 now, GError **error)
{
  static const char *const names[] = { "put", "touch", "remove" };
  g_autoptr (GBytes) digest = digest_of (&change->key);
  SgStatement *statement = get_key_statement (db, &change->key, names[change->kind], digest, error);

  if (statement && change->kind != CHANGE_REMOVE)
    sg_statement_bind_int (statement, ":now_us", now);
  if (statement && change->kind == CHANGE_PUT)
    {
      sg_statement_bind_text (statement, ":kind", sg_cache_kind_name (change->key.kind));
      sg_statement_bind_bytes (statement, ":value", change->envelope);
      sg_statement_bind_int (statement, ":expires_us", change->expires_us);
      self->bytes[table_of (&change->key)] += g_bytes_get_size (change->envelope);
    }
  return sg_statement_run (statement, error);
}

static gboolean
measure_table (SgDatabase *db, guint table, guint64 *entries, guint64 *bytes, GError **error)
{
  g_autoptr (SgStatement) statement = get_statement (db, table, "measure", error);

  if (!statement || sg_statement_step (statement, error) != SG_STEP_ROW)
    return FALSE;
  *entries = sg_statement_get_int (statement, 0);
  *bytes = sg_statement_get_int (statement, 1);
  return TRUE;
}

/* What the last statement took out. */
static void
count_evictions (Database *self, SgDatabase *db)
{
  gint64 n = sg_database_get_n_changed (db);

  self->tier.evictions += n;
  sg_metrics_add (sg_metrics_process (), SG_COUNTER_CACHE_DATABASE_EVICTIONS, n);
}

/* Room on the disk that will not be taken again soon: a file that grew by a burst of puts shrinks after it.
 */
static gboolean
give_back (SgDatabase *db, guint64 kept_bytes, GError **error)
{
  guint64 n_free = sg_database_get_n_free_pages (db), n_kept = kept_bytes / PAGE_BYTES;

  return n_free <= n_kept || sg_database_give_back (db, n_free - n_kept, error);
}

static guint64
total_bytes (const Database *self)
{
  guint64 total = 0;

  for (guint table = 0; table < G_N_ELEMENTS (tables); table++)
    total += self->bytes[table];
  return total;
}

/* Drops what is too old, then the least lately used until there is room for another eighth, as far as this
 * table can make it: putting into a full one must not sort it each time. */
static gboolean
make_room (Database *self, SgDatabase *db, guint table, gint64 now, GError **error)
{
  guint64 entries, most = self->options.database_bytes - self->options.database_bytes / 8;

  /* twice the time that an entry holds: one from Redis may be of a clock that is ahead */
  if (!expire (db, table, now, now + 2 * self->options.ttl_us, error))
    return FALSE;
  count_evictions (self, db);
  if (!measure_table (db, table, &entries, &self->bytes[table], error))
    return FALSE;
  guint64 total = total_bytes (self), too_much = total - MIN (total, most);
  if (total <= self->options.database_bytes)
    return TRUE;
  if (!shrink (db, table, self->bytes[table] - MIN (self->bytes[table], too_much), error))
    return FALSE;
  count_evictions (self, db);
  return measure_table (db, table, &entries, &self->bytes[table], error) &&
         give_back (db, self->options.database_bytes / 4, error);
}

static gboolean
make_room_where_needed (Database *self, SgDatabase *db, gint64 now, GError **error)
{
  for (guint table = 0; table < G_N_ELEMENTS (tables); table++)
    if ((!self->is_measured || total_bytes (self) > self->options.database_bytes) &&
        !make_room (self, db, table, now, error))
      return FALSE;
  self->is_measured = TRUE;
  sg_metrics_set (sg_metrics_process (), SG_GAUGE_CACHE_DATABASE_BYTES, total_bytes (self));
  return TRUE;
}

static gboolean
add_figures (SgDatabase *db, SgCacheLevel level, const SgCacheFigures *figures, GError **error)
{
  SgStatement *statement = sg_database_get_statement (db, "cache-figures-add", error);

  if (statement)
    {
      sg_statement_bind_text (statement, ":tier", sg_cache_level_name (level));
      sg_statement_bind_int (statement, ":hits", figures->hits);
      sg_statement_bind_int (statement, ":misses", figures->misses);
      sg_statement_bind_int (statement, ":puts", figures->puts);
      sg_statement_bind_int (statement, ":put_bytes", figures->put_bytes);
      sg_statement_bind_int (statement, ":evictions", figures->evictions);
      sg_statement_bind_int (statement, ":corrupt", figures->corrupt);
      sg_statement_bind_int (statement, ":failures", figures->failures);
      sg_statement_bind_int (statement, ":time_us", figures->time_us);
    }
  return sg_statement_run (statement, error);
}

static gint64
write_batch (SgDatabase *db, gpointer data, GError **error)
{
  Database *self = data;
  gint64 now = sg_cache_now (&self->options);
  SgCacheFigures figures[SG_N_CACHE_LEVELS];

  g_mutex_lock (&self->mutex);
  self->batch = self->pending;
  self->pending = changes_new ();
  self->pending_bytes = 0;
  self->scheduled = FALSE;
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < self->batch->len; i++)
    if (!write_change (self, db, &g_array_index (self->batch, Change, i), now, error))
      return 0;
  if (!make_room_where_needed (self, db, now, error))
    return 0;
  self->take (self->take_data, figures);
  for (int level = 0; level < SG_N_CACHE_LEVELS; level++)
    if (!add_figures (db, level, &figures[level], error))
      return 0;
  return 1;
}

/* What a batch that failed had is lost. Who asks next finds less, nothing else. */
static void
written_cb (gpointer data, gint64 id, const GError *error)
{
  Database *self = data;

  g_clear_pointer (&self->batch, g_array_unref);
  g_mutex_lock (&self->mutex);
  self->scheduled = FALSE;
  if (error)
    note_trouble (self, error);
  g_mutex_unlock (&self->mutex);
  g_mutex_lock (&self->reader_mutex);
  self->unreadable = error != NULL && !self->reader;
  g_mutex_unlock (&self->reader_mutex);
}

/* Under `mutex`. */
static void
schedule (Database *self)
{
  if (self->scheduled)
    return;
  self->scheduled = TRUE;
  sg_writer_run_later (self->writer, write_batch, written_cb, self);
}

static SgTierResult
database_put (SgCacheTier *tier, const SgCacheKey *key, const SgCacheItem *item)
{
  Database *self = (Database *)tier;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!need_writer (self) || self->pending_bytes > MAX_PENDING_BYTES)
    return SG_TIER_FAILED;
  add_change (self, CHANGE_PUT, key, item);
  schedule (self);
  return SG_TIER_HIT;
}

static void
database_remove (SgCacheTier *tier, const SgCacheKey *key)
{
  Database *self = (Database *)tier;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  add_small_change (self, CHANGE_REMOVE, key);
}

static gint64
write_clear (SgDatabase *db, gpointer data, GError **error)
{
  for (guint table = 0; table < G_N_ELEMENTS (tables); table++)
    if (!expire (db, table, G_MAXINT64, G_MAXINT64, error))
      return 0;
  return sg_statement_run (sg_database_get_statement (db, "cache-figures-clear", error), error) &&
         give_back (db, 0, error);
}

static SgWriter *
get_writer (Database *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return need_writer (self);
}

static gboolean
database_clear (SgCacheTier *tier, GError **error)
{
  Database *self = (Database *)tier;
  SgWriter *writer;

  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    return TRUE;
  writer = get_writer (self);
  if (writer)
    {
      gboolean cleared = sg_writer_run (writer, write_clear, self, SG_COMMIT_SYNCED, error) != 0;

      sg_writer_flush (writer); /* the file itself becomes short with it */
      return cleared;
    }
  g_set_error (error, SG_STORE_ERROR, SG_STORE_ERROR_OPEN, _ ("%s: cannot be written to"), self->path);
  return FALSE;
}

static void
database_measure (SgCacheTier *tier, SgCacheFigures *figures)
{
  Database *self = (Database *)tier;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->reader_mutex);
  SgDatabase *db = need_reader (self, NULL);

  for (guint table = 0; db && table < G_N_ELEMENTS (tables); table++)
    {
      guint64 entries, bytes;

      if (!measure_table (db, table, &entries, &bytes, NULL))
        return;
      figures->entries += entries;
      figures->bytes += bytes;
    }
}

static void
add_figures_of (SgDatabase *db, SgCacheLevel level, SgCacheFigures *figures)
{
  g_autoptr (SgStatement) statement = sg_database_get_statement (db, "cache-figures-get", NULL);

  if (!statement)
    return;
  sg_statement_bind_text (statement, ":tier", sg_cache_level_name (level));
  if (sg_statement_step (statement, NULL) != SG_STEP_ROW)
    return;
  figures->hits += sg_statement_get_int (statement, 0);
  figures->misses += sg_statement_get_int (statement, 1);
  figures->puts += sg_statement_get_int (statement, 2);
  figures->put_bytes += sg_statement_get_int (statement, 3);
  figures->evictions += sg_statement_get_int (statement, 4);
  figures->corrupt += sg_statement_get_int (statement, 5);
  figures->failures += sg_statement_get_int (statement, 6);
  figures->time_us += sg_statement_get_int (statement, 7);
}

void
sg_cache_database_add_figures (SgCacheTier *tier, SgCacheFigures *figures)
{
  Database *self = (Database *)tier;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->reader_mutex);
  SgDatabase *db = need_reader (self, NULL);

  for (int level = 0; db && level < SG_N_CACHE_LEVELS; level++)
    add_figures_of (db, level, &figures[level]);
}

void
sg_cache_database_flush (SgCacheTier *tier)
{
  Database *self = (Database *)tier;
  SgWriter *writer = get_writer (self);

  if (!writer)
    return;
  g_mutex_lock (&self->mutex);
  schedule (self);
  g_mutex_unlock (&self->mutex);
  sg_writer_flush (writer);
}

static char *
database_take_notice (SgCacheTier *tier)
{
  Database *self = (Database *)tier;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_steal_pointer (&self->notice);
}

static void
database_free (SgCacheTier *tier)
{
  Database *self = (Database *)tier;

  sg_cache_database_flush (tier);
  /* the reader first: the last to close brings the log into the file, and only the writer waits for no disk
   */
  g_mutex_lock (&self->reader_mutex);
  g_clear_pointer (&self->reader, sg_database_close);
  g_mutex_unlock (&self->reader_mutex);
  g_clear_pointer (&self->writer, sg_writer_free);
  g_array_unref (self->pending);
  g_mutex_clear (&self->reader_mutex);
  g_mutex_clear (&self->mutex);
  g_free (self->notice);
  g_free (self->path);
  g_free (self);
}

SgCacheTier *
sg_cache_database_new (const SgCacheOptions *options, SgTakeFiguresFunc take, gpointer data)
{
  if (!options->database_path)
    return NULL;

  Database *self = g_new0 (Database, 1);
  self->tier.get = database_get;
  self->tier.put = database_put;
  self->tier.remove = database_remove;
  self->tier.clear = database_clear;
  self->tier.measure = database_measure;
  self->tier.take_notice = database_take_notice;
  self->tier.free = database_free;
  self->options = *options;
  self->path = g_strdup (options->database_path);
  self->take = take;
  self->take_data = data;
  g_mutex_init (&self->reader_mutex);
  g_mutex_init (&self->mutex);
  self->pending = changes_new ();
  return &self->tier;
}
