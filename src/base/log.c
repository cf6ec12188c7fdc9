/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The writer of the log and the ring of its last events. Any thread writes; the ring is under a lock, and a
 * line goes out in one piece. Events are formed first, for all places alike, so that no place can show what
 * another hides. */
#include "config.h"

#include "base/log.h"

#include <pthread.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/json.h"
#include "base/limits.h"

#define OUR_PREFIX "simgen"

struct _SgLog
{
  char *program;
  GHashTable *levels; /* folder -> the mildest GLogLevelFlags shown */
  GLogLevelFlags most;
  SgLogFormat format;
  FILE *stream;

  pthread_mutex_t lock;              /* not GLib's, whose futexes the thread sanitizer does not see */
  char *events[SG_LIMIT_LOG_EVENTS]; /* JSON, a ring */
  guint64 n_events;                  /* so far */
};

/* -- Levels: GLib's are bits, the worse the lower -- */

static const struct
{
  const char *name;
  GLogLevelFlags level;
  const char *priority; /* of syslog */
} levels[] = {
  { "error", G_LOG_LEVEL_ERROR, "3" },
  { "critical", G_LOG_LEVEL_CRITICAL, "4" },
  { "warning", G_LOG_LEVEL_WARNING, "4" },
  { "message", G_LOG_LEVEL_MESSAGE, "5" },
  { "info", G_LOG_LEVEL_INFO, "6" },
  { "debug", G_LOG_LEVEL_DEBUG, "7" },
};

static guint
level_index (GLogLevelFlags level)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (level & levels[i].level)
      return i;
  return G_N_ELEMENTS (levels) - 1;
}

/* 0 for "none"; FALSE for no level's name. */
static gboolean
parse_level (const char *name, GLogLevelFlags *level)
{
  *level = 0;
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_ascii_strcasecmp (name, levels[i].name) == 0)
      {
        *level = levels[i].level;
        return TRUE;
      }
  return g_ascii_strcasecmp (name, "none") == 0;
}

/* What it does not understand has no effect. */
static void
parse_levels (SgLog *self, const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, ",", 0);

  for (char **item = items; *item; item++)
    {
      char *colon = strchr (*item, ':');
      GLogLevelFlags level;

      if (!parse_level (g_strstrip (colon ? colon + 1 : *item), &level))
        continue;
      if (colon)
        *colon = '\0';
      if (!colon || g_str_equal (*item, "*"))
        self->most = level;
      else
        g_hash_table_insert (self->levels, g_strdup (g_strstrip (*item)), GUINT_TO_POINTER (level));
    }
}

/* "sim" of "simgen-sim"; the whole name of a stranger's. */
static const char *
folder_of (const char *domain)
{
  return g_str_has_prefix (domain, OUR_PREFIX "-") ? domain + strlen (OUR_PREFIX "-") : domain;
}

gboolean
sg_log_shows (SgLog *self, const char *domain, GLogLevelFlags level)
{
  gpointer own;
  GLogLevelFlags most = self->most;

  if (g_hash_table_lookup_extended (self->levels, folder_of (domain), NULL, &own))
    most = GPOINTER_TO_UINT (own);
  return (level & G_LOG_LEVEL_MASK) <= most;
}

/* -- What may be told -- */

static gboolean
is_secret_character (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '+' || c == '=' || c == '.';
}

/* Whether it looks like a key or token: long, of letters and digits mixed, or named as one. */
static gboolean
looks_secret (const char *text, gsize length)
{
  guint digits = 0, letters = 0;

  for (gsize i = 0; i < length; i++)
    {
      digits += g_ascii_isdigit (text[i]);
      letters += g_ascii_isalpha (text[i]);
    }
  if (length >= 6 && g_ascii_strncasecmp (text, "sk-", 3) == 0)
    return TRUE;
  return length >= 20 && (digits > 0 || length >= 32) && letters > 0;
}

/* Whether it does anywhere between characters that keys do not have. */
static gboolean
holds_secret (const char *word)
{
  for (const char *at = word, *end; *at; at = *end ? end + 1 : end)
    {
      for (end = at; *end && is_secret_character (*end); end++)
        ;
      if (looks_secret (at, end - at))
        return TRUE;
    }
  return FALSE;
}

/* What names like these stand before is nobody's business; `lower` ends as they do. */
static gboolean
names_secret (const char *lower)
{
  static const char *const names[] = { "bearer", "basic", "key", "token", "password", "passwd", "secret",
                                       "auth" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_suffix (lower, names[i]))
      return TRUE;
  return FALSE;
}

/* Whether a file's name is in it: it may begin anywhere before its ending. */
static gboolean
names_file (const char *lower)
{
  static const char *const endings[] = { ".simgen", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".pdf",
                                         ".json", ".xml", ".csv", ".db" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize length = strlen (endings[i]);

      for (const char *at = lower; (at = strstr (at, endings[i])); at += length)
        if (!g_ascii_isalnum (at[length]))
          return TRUE;
    }
  return FALSE;
}

static const char *const quotations[][2] = {
  { "\"", "\"" },
  { "'", "'" },
  { "`", "`" },
  { "“", "”" },
  { "„", "“" },
  { "‘", "’" },
  { "‚", "‘" },
  { "«", "»" },
  { "»", "«" },
  { "‹", "›" },
  { "›", "‹" },
  { "「", "」" },
};

/* Past the mark that closes a quotation, or to the end: one that letters follow is an apostrophe. */
static const char *
skip_to_mark (const char *at, const char *mark)
{
  const char *end = strstr (at, mark);

  while (end && g_unichar_isalnum (g_utf8_get_char (end + strlen (mark))))
    end = strstr (end + strlen (mark), mark);
  return end ? end + strlen (mark) : at + strlen (at);
}

/* What is quoted came from somewhere else. NULL where no quotation begins. */
static const char *
skip_quotation (const char *at)
{
  for (guint i = 0; i < G_N_ELEMENTS (quotations); i++)
    if (g_str_has_prefix (at, quotations[i][0]))
      return skip_to_mark (at + strlen (quotations[i][0]), quotations[i][1]);
  return NULL;
}

/* Up to a blank, a mark of punctuation or a quotation; an apostrophe within a word begins none. */
static const char *
skip_word (const char *at)
{
  const char *end = at;

  while (*end && !strchr (" \t\r\n(),;:=<>", *end) &&
         (!skip_quotation (end) || (*end == '\'' && end > at && g_ascii_isalnum (end[-1]))))
    end = g_utf8_next_char (end);
  return end;
}

/* Appends what may be told of a word. FALSE where nothing after it may be: a path may have blanks, and what
 * is named as a secret any character. */
static gboolean
append_word (GString *out, const char *at, gsize length)
{
  g_autofree char *word = g_strndup (at, length), *lower = g_ascii_strdown (word, -1);

  if (strpbrk (word, "/\\") || word[0] == '~')
    {
      g_string_append (out, "[path]");
      return FALSE;
    }
  g_string_append (out, strchr (word, '@') || holds_secret (word) ? "[hidden]" : word);
  if (!names_secret (lower))
    return TRUE;
  g_string_append (out, " [hidden]");
  return FALSE;
}

char *
sg_log_redact (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1), *lower = g_ascii_strdown (valid, -1);

  if (names_file (lower))
    return g_strdup ("[path]");
  GString *out = g_string_new (NULL);
  for (const char *at = valid, *end; *at; at = end)
    {
      if ((end = skip_quotation (at)))
        g_string_append (out, "[hidden]");
      else if ((end = skip_word (at)) > at)
        {
          if (!append_word (out, at, end - at))
            break;
        }
      else
        {
          end = at + 1;
          g_string_append_c (out, g_ascii_iscntrl (*at) ? ' ' : *at);
        }
    }
  return g_string_free (out, FALSE);
}

/* Fields that are taken from an event, by what they are called in JSON. */
static const struct
{
  const char *field, *member;
  gboolean is_number;
} allowed[] = {
  { "CODE", "code", FALSE },
  { "OPERATION", "operation", FALSE },
  { "DURATION_US", "duration_us", TRUE },
  { "COUNT", "count", TRUE },
  { "BYTES", "bytes", TRUE },
  { "STEPS", "steps", TRUE },
  { "LIMIT", "limit", FALSE },
  { "MOST", "most", TRUE },
  { "ACTUAL", "actual", TRUE },
  { "RETRY_AFTER_S", "retry_after_s", TRUE },
};

/* (nullable) (transfer full): the value of a field. */
static char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key))
      return fields[i].length < 0 ? g_strdup (fields[i].value)
                                  : g_strndup (fields[i].value, fields[i].length);
  return NULL;
}

/* Names are those of our tables; anything else that comes as one is not let through. */
static gboolean
is_name (const char *text)
{
  return *text && strlen (text) <= 40 &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == strlen (text);
}

static void
take_fields (json_t *event, const GLogField *fields, gsize n_fields)
{
  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      g_autofree char *value = find_field (fields, n_fields, allowed[i].field);
      char *end;

      if (!value)
        continue;
      double number = g_ascii_strtod (value, &end);

      if (allowed[i].is_number && end != value && *end == '\0')
        json_object_set_new (event, allowed[i].member, sg_json_number (number, 6));
      else if (!allowed[i].is_number && is_name (value))
        json_object_set_new (event, allowed[i].member, json_string (value));
    }
}

/* The event as JSON; of a stranger's only whence and how bad. Returns: (transfer full). */
static json_t *
form_event (GLogLevelFlags level, const char *domain, gboolean ours, const GLogField *fields, gsize n_fields)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *seconds = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *time = g_strdup_printf ("%s.%06dZ", seconds, g_date_time_get_microsecond (now));
  g_autofree char *valid = g_utf8_make_valid (folder_of (domain), -1);
  g_autofree char *message = ours ? find_field (fields, n_fields, "MESSAGE") : NULL;
  json_t *event =
    json_pack ("{s:s, s:s, s:s}", "time", time, "level", levels[level_index (level)].name, "domain", valid);

  if (message)
    {
      g_autofree char *told = sg_log_redact (message);

      json_object_set_new (event, "message", json_string (told));
    }
  if (ours)
    take_fields (event, fields, n_fields);
  return event;
}

/* -- Where it goes -- */

static const char *
member (const json_t *event, const char *key)
{
  const char *value = json_string_value (json_object_get (event, key));

  return value ? value : "";
}

/* "simgen-cli: info: sim: 5000 steps (simulate, 5000123 us)" */
static char *
text_line (const SgLog *self, const json_t *event)
{
  GString *line = g_string_new (self->program);
  const json_t *duration = json_object_get (event, "duration_us");
  const char *code = member (event, "code"), *operation = member (event, "operation");

  g_string_append_printf (line, ": %s: %s: ", member (event, "level"), member (event, "domain"));
  if (*code)
    g_string_append_printf (line, "%s: ", code);
  g_string_append (line, member (event, "message"));
  if (*operation && duration)
    g_string_append_printf (line, " (%s, %.0f us)", operation, json_number_value (duration));
  else if (*operation)
    g_string_append_printf (line, " (%s)", operation);
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

static GLogWriterOutput
write_journal (const SgLog *self, GLogLevelFlags level, const json_t *event)
{
  char numbers[G_N_ELEMENTS (allowed)][G_ASCII_DTOSTR_BUF_SIZE]; /* with a point in any language */
  GLogField fields[G_N_ELEMENTS (allowed) + 4] = {
    { "MESSAGE", member (event, "message"), -1 },
    { "PRIORITY", levels[level_index (level)].priority, -1 },
    { "GLIB_DOMAIN", member (event, "domain"), -1 },
    { "SYSLOG_IDENTIFIER", self->program, -1 },
  };
  gsize n = 4;

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      const json_t *value = json_object_get (event, allowed[i].member);

      const char *text = json_is_number (value) ? g_ascii_formatd (numbers[i], sizeof numbers[i], "%.15g",
                                                                   json_number_value (value))
                                                : json_string_value (value);

      if (text)
        fields[n++] = (GLogField){ allowed[i].field, text, -1 };
    }
  return g_log_writer_journald (level, fields, n, NULL);
}

static void
write_event (const SgLog *self, GLogLevelFlags level, const json_t *event, const char *json)
{
  if (self->format == SG_LOG_JOURNAL && write_journal (self, level, event) == G_LOG_WRITER_HANDLED)
    return;
  g_autofree char *line =
    self->format == SG_LOG_JSON ? g_strconcat (json, "\n", NULL) : text_line (self, event);

  fwrite (line, strlen (line), 1, self->stream);
  fflush (self->stream);
}

/* Takes `json`. */
static void
remember (SgLog *self, char *json)
{
  pthread_mutex_lock (&self->lock);
  char **place = &self->events[self->n_events++ % SG_LIMIT_LOG_EVENTS];
  g_free (*place);
  *place = json;
  pthread_mutex_unlock (&self->lock);
}

GLogWriterOutput
sg_log_write (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  SgLog *self = data;
  g_autofree char *named = find_field (fields, n_fields, "GLIB_DOMAIN");
  const char *domain = named ? named : "";
  gboolean ours = g_str_has_prefix (domain, OUR_PREFIX);
  gboolean shown = ours && sg_log_shows (self, domain, level);
  GLogLevelFlags kept = ours ? G_LOG_LEVEL_INFO : G_LOG_LEVEL_WARNING;

  if (shown || (level & G_LOG_LEVEL_MASK) <= kept)
    {
      g_autoptr (json_t) event = form_event (level, domain, ours, fields, n_fields);
      char *json = sg_json_dump (event, 0);

      if (shown)
        write_event (self, level, event, json);
      remember (self, json);
    }
  /* GLib's own writer ends the program where a warning is to be fatal */
  return ours ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, n_fields, NULL);
}

/* -- The object -- */

static SgLogFormat
choose_format (const char *name, FILE *stream)
{
  if (name && g_str_equal (name, "json"))
    return SG_LOG_JSON;
  if (name && g_str_equal (name, "journal"))
    return SG_LOG_JOURNAL;
  if (name && g_str_equal (name, "text"))
    return SG_LOG_TEXT;
  return g_log_writer_is_journald (fileno (stream)) ? SG_LOG_JOURNAL : SG_LOG_TEXT;
}

SgLog *
sg_log_new (const SgLogOptions *options)
{
  SgLog *self = g_new0 (SgLog, 1);

  self->program = g_strdup (options->program);
  self->levels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->most = options->most;
  self->stream = options->stream ? options->stream : stderr;
  self->format = choose_format (options->format, self->stream);
  pthread_mutex_init (&self->lock, NULL);
  if (options->levels)
    parse_levels (self, options->levels);
  return self;
}

void
sg_log_free (SgLog *self)
{
  for (guint i = 0; i < SG_LIMIT_LOG_EVENTS; i++)
    g_free (self->events[i]);
  g_hash_table_unref (self->levels);
  pthread_mutex_destroy (&self->lock);
  g_free (self->program);
  g_free (self);
}

SgLog *
sg_log_install (const SgLogOptions *options)
{
  SgLogOptions chosen = *options;

  chosen.levels = g_getenv ("SIMGEN_LOG");
  chosen.format = g_getenv ("SIMGEN_LOG_FORMAT");
  SgLog *self = sg_log_new (&chosen);
  g_log_set_writer_func (sg_log_write, self, NULL);
  return self;
}

void
sg_log_operation (const char *domain, SgOperation operation, gint64 start_ns)
{
  gint64 duration_ns = sg_metrics_now () - start_ns;
  char duration[G_ASCII_DTOSTR_BUF_SIZE];

  sg_metrics_record (sg_metrics_process (), operation, duration_ns);
  g_ascii_formatd (duration, sizeof duration, "%.3f", duration_ns / 1e3);
  g_log_structured (domain, G_LOG_LEVEL_DEBUG, "OPERATION", sg_operation_name (operation), "DURATION_US",
                    duration, "MESSAGE", "done");
}

char *
sg_log_dup_events (SgLog *self)
{
  GString *text = g_string_new (NULL);

  pthread_mutex_lock (&self->lock);
  guint64 first = self->n_events > SG_LIMIT_LOG_EVENTS ? self->n_events - SG_LIMIT_LOG_EVENTS : 0;
  for (guint64 i = first; i < self->n_events; i++)
    g_string_append_printf (text, "%s\n", self->events[i % SG_LIMIT_LOG_EVENTS]);
  pthread_mutex_unlock (&self->lock);
  return g_string_free (text, FALSE);
}

char *
sg_log_dup_system (const char *program)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  struct utsname system = { 0 };

  uname (&system);
  return g_strdup_printf ("%s %s\n%s, %s %s, %s\nGLib %u.%u.%u, %u processors\n", program, SG_VERSION,
                          os ? os : "?", system.sysname, system.release, system.machine, glib_major_version,
                          glib_minor_version, glib_micro_version, g_get_num_processors ());
}

char *
sg_log_dup_report (SgLog *self)
{
  g_autofree char *system = sg_log_dup_system (self->program);
  g_autofree char *events = sg_log_dup_events (self);

  return g_strconcat (system, events, NULL);
}
