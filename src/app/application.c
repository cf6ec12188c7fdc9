/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Start, windows, files to open, and a clean end: the last write to the history is waited for. */
#include "config.h"

#include "app/application.h"

#include <glib/gi18n.h>

#include "app/about.h"
#include "app/access.h"
#include "app/bench-ask.h"
#include "app/bench.h"
#include "app/file-names.h"
#include "app/guide-window.h"
#include "app/settings.h"
#include "app/tab-window.h"
#include "app/text-scale.h"
#include "pipeline/error-name.h"
#include "render/renderer.h"
#include "store/keeping.h"

#define FIRST_CLEAN_UP_S 60 /* after the start, when the person is at work */
#define CLEAN_UP_S (6 * 3600)

#define MAX_CLOSED 20 /* tabs that can be opened again */

typedef struct
{
  SgKept *kept; /* the sketch's id may come after it is closed */
  SgPlace *place;
} Closed;

struct _SgApplication
{
  AdwApplication parent_instance;
  SgHistory *history; /* (nullable): a benchmark's */
  SgKeeper *keeper;
  SgCache *cache; /* (nullable) */
  SgAssistant *assistant;
  SgLog *log;           /* (nullable), borrowed */
  SgBookmark *bookmark; /* (nullable), as the history */
  char *trouble;        /* (nullable): what the first window has to tell of the history */
  GSettings *settings;  /* (nullable) */
  guint clean_up;       /* source; 0: none */
  GtkWindow *guide;     /* (nullable), weak; no window of the application: it keeps nothing open */
  gboolean leaving;     /* windows that close are to come back */
  gboolean software;    /* no GPU draws */
  gboolean measuring;   /* a benchmark: leaves the person's history alone */
  GPtrArray *desks;     /* SgDesk, borrowed */
  GPtrArray *closed;    /* Closed, the newest last */
};

G_DEFINE_FINAL_TYPE (SgApplication, sg_application, ADW_TYPE_APPLICATION)

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgLog *log = SG_APPLICATION (data)->log;
  g_autofree char *report = log != NULL ? sg_log_dup_report (log) : NULL;

  sg_about_show (gtk_application_get_active_window (data), report != NULL ? report : "");
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (data));

  SG_APPLICATION (data)->leaving = TRUE;
  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static SgTabWindow *
make_window (SgApplication *self)
{
  SgTabWindow *window = sg_tab_window_new (self);
  SgDesk *desk = sg_tab_window_take_untouched (window);

  if (self->trouble != NULL)
    sg_desk_warn (desk, self->trouble);
  g_clear_pointer (&self->trouble, g_free); /* once */
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  make_window (SG_APPLICATION (data));
}

static SgTabWindow *
find_window (SgApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    if (SG_IS_TAB_WINDOW (link->data))
      return link->data;
  return NULL;
}

/* -- Closed tabs -- */

static void
closed_free (gpointer data)
{
  Closed *closed = data;

  g_rc_box_release (closed->kept);
  g_clear_pointer (&closed->place, sg_place_free);
  g_free (closed);
}

static void
enable_reopening (SgApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "reopen-tab");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), self->closed->len > 0);
}

void
sg_application_note_closed (SgApplication *self, SgDesk *desk)
{
  Closed *closed;

  if (self->keeper == NULL || sg_desk_is_untouched (desk))
    return;
  closed = g_new0 (Closed, 1);
  closed->kept = g_rc_box_acquire (sg_document_get_kept (sg_desk_get_document (desk)));
  closed->place = sg_desk_make_place (desk);
  if (self->closed->len == MAX_CLOSED)
    g_ptr_array_remove_index (self->closed, 0);
  g_ptr_array_add (self->closed, closed);
  enable_reopening (self);
}

/* The last write, by which a new sketch gets its place in the history, is over. */
static void
reopen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgApplication) self = data;
  SgTabWindow *window = find_window (self);
  Closed *closed;

  if (self->closed->len == 0 || window == NULL)
    return;
  closed = g_ptr_array_steal_index (self->closed, self->closed->len - 1);
  if (closed->place->file == NULL || closed->kept->id != 0)
    closed->place->sketch_id = closed->kept->id;
  sg_tab_window_open_place (window, closed->place);
  closed_free (closed);
  enable_reopening (self);
}

static void
reopen_tab_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgApplication *self = SG_APPLICATION (data);

  if (self->keeper != NULL)
    sg_keeper_settle_async (self->keeper, reopen_cb, g_object_ref (self));
}

/* One guide for all windows. */
static void
guide_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgApplication *self = SG_APPLICATION (data);

  if (self->guide == NULL)
    g_set_weak_pointer (&self->guide, GTK_WINDOW (sg_guide_window_new ()));
  sg_guide_window_show_page (SG_GUIDE_WINDOW (self->guide), g_variant_get_string (parameter, NULL));
  gtk_window_present (self->guide);
}

/* Made for each opening. GtkShortcutsWindow would be wider than many a screen, and GtkApplication makes one
 * with each window before that is shown: a tenth of the time to start. */
static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/simgen/SimGen/ui/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  sg_text_scale_fit (shortcuts);
  gtk_window_set_transient_for (shortcuts, gtk_application_get_active_window (data));
  gtk_window_present (shortcuts);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_cb },
  { .name = "shortcuts", .activate = shortcuts_cb },
  { .name = "quit", .activate = quit_cb },
  { .name = "guide", .activate = guide_cb, .parameter_type = "s" },
  { .name = "new-window", .activate = new_window_cb },
  { .name = "reopen-tab", .activate = reopen_tab_cb },
};

/* What goes wrong with it is told by the next write that goes wrong for the same reason. */
static gboolean
clean_up_cb (gpointer data)
{
  SgApplication *self = data;
  SgHistoryLimits limits = sg_settings_get_history_limits (self->settings);

  sg_history_clean_up_async (self->history, &limits, NULL, NULL, NULL);
  self->clean_up = g_timeout_add_seconds (CLEAN_UP_S, clean_up_cb, self);
  return G_SOURCE_REMOVE;
}

/* There is a history in any case: in memory where nothing can be kept, which the first window says. */
static void
open_history (SgApplication *self)
{
  self->history = sg_history_open (NULL);
  sg_history_keep_metrics (self->history);
  self->keeper = sg_keeper_new (self->history);
  self->bookmark = sg_bookmark_new (NULL);
  self->clean_up = g_timeout_add_seconds (FIRST_CLEAN_UP_S, clean_up_cb, self);
  g_autoptr (GError) problem = sg_history_take_problem (self->history);
  g_autofree char *reason = problem != NULL ? sg_file_names_in_message (problem) : NULL;
  if (sg_history_is_in_memory (self->history))
    self->trouble = g_strdup_printf (
      _ ("What you draw is kept only until you close SimGen: %s. Save it as a file to keep it."),
      reason != NULL ? reason : _ ("the history cannot be opened"));
  else if (reason != NULL)
    self->trouble = g_steal_pointer (&reason);
  else
    self->trouble = g_strdup (sg_history_get_recovery (self->history));
}

/* Opens no file yet. */
static void
open_cache (SgApplication *self)
{
  g_autofree char *redis_url =
    self->settings != NULL ? g_settings_get_string (self->settings, "redis-url") : NULL;

  self->cache = sg_cache_new_of_person (redis_url != NULL && *redis_url != '\0' ? redis_url : NULL);
  if (self->keeper != NULL)
    sg_keeper_set_cache (self->keeper, self->cache);
}

/* Without a GPU GTK's GL renderer has the processor draw all of the window for each frame while the main
 * thread waits. Cairo draws what changed: half the time a frame. GTK reads this of a display where its
 * windows are made; where there is no GL at all it takes cairo by itself. */
static void
choose_window_renderer (SgApplication *self, GdkDisplay *display)
{
  g_autoptr (GdkGLContext) context = display != NULL ? gdk_display_create_gl_context (display, NULL) : NULL;

  if (g_getenv ("GSK_RENDERER") != NULL || context == NULL || !gdk_gl_context_realize (context, NULL))
    return;
  gdk_gl_context_make_current (context);
  self->software = sg_renderer_is_software_gl ();
  if (self->software)
    g_object_set_data (G_OBJECT (display), "gsk-renderer", (gpointer) "cairo");
  gdk_gl_context_clear_current ();
}

static void
read_icons (GTask *task, gpointer source, gpointer theme, GCancellable *cancellable)
{
  gtk_icon_theme_has_icon (theme, "open-menu-symbolic");
}

/* The first icon that is looked up has the folders of the theme read, while the window waits. They are read
 * by a thread while the window is made: lookups by threads are what GTK's theme is made for ("Threading" in
 * gtkicontheme.c), once it is set up. */
static void
read_icons_ahead (GdkDisplay *display)
{
  g_autoptr (GTask) task = NULL;

  if (display == NULL)
    return;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, g_object_ref (gtk_icon_theme_get_for_display (display)), g_object_unref);
  g_task_run_in_thread (task, read_icons);
}

/* GTK goes by the locale, of which a machine may have none that is written from the right. */
static void
choose_direction (void)
{
  if (g_strcmp0 (g_getenv ("SIMGEN_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

static void
sg_application_startup (GApplication *application)
{
  SgApplication *self = SG_APPLICATION (application);
  static const char *const quit[] = { "<Control>q", NULL }, *const window[] = { "<Control><Shift>n", NULL };
  static const char *const reopen[] = { "<Control><Shift>t", NULL };

  if (g_application_get_dbus_connection (application) ==
      NULL) /* no assistive technology then: GTK warns of it */
    g_setenv ("GTK_A11Y", "none", FALSE);
  G_APPLICATION_CLASS (sg_application_parent_class)->startup (application);
  choose_direction ();
  sg_access_install ();
  choose_window_renderer (self, gdk_display_get_default ());
  read_icons_ahead (gdk_display_get_default ());
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.new-window", window);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.reopen-tab", reopen);
  sg_desk_install_accels (GTK_APPLICATION (self));
  self->settings = sg_settings_new ();
  if (!self->measuring)
    {
      open_history (self);
      open_cache (self);
    }
  enable_reopening (self);
  self->assistant = sg_assistant_new (self->measuring ? NULL : self->settings, self->cache, self->history);
}

/* The windows of the last start with their tabs, the one that was opened last on top. */
static void
restore_session (SgApplication *self)
{
  gboolean restore = self->settings == NULL || g_settings_get_boolean (self->settings, "restore-session");
  g_autoptr (GPtrArray) places = self->bookmark != NULL && restore ? sg_bookmark_read (self->bookmark) : NULL;
  guint n = places != NULL ? places->len : 0;
  SgTabWindow *window = make_window (self);
  SgDesk *selected = NULL;

  for (guint i = 0; i < n; i++)
    {
      const SgPlace *place = places->pdata[i];
      gboolean goes_on = i > 0 && place->window == ((const SgPlace *)places->pdata[i - 1])->window;

      if (i > 0 && !goes_on)
        window = make_window (self);
      SgDesk *desk = i > 0 && goes_on ? sg_tab_window_add_desk (window) : sg_tab_window_get_desk (window);
      if (place->selected || !goes_on)
        selected = desk;
      sg_tab_window_select (window, selected);
      sg_desk_go_to_place (desk, place);
    }
  if (n == 0 && places != NULL)
    sg_desk_go_to_place (sg_tab_window_get_desk (window), NULL);
}

/* In the window that was used last. */
static void
open_file (SgApplication *self, GFile *file)
{
  SgTabWindow *window = find_window (self);

  if (window == NULL)
    window = make_window (self);
  sg_tab_window_open_file (window, file);
}

static void
sg_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    restore_session (SG_APPLICATION (application));
}

static void
sg_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    open_file (SG_APPLICATION (application), files[i]);
}

static void
sg_application_window_added (GtkApplication *application, GtkWindow *window)
{
  SG_APPLICATION (application)->leaving = FALSE;
  GTK_APPLICATION_CLASS (sg_application_parent_class)->window_added (application, window);
}

static void
sg_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  SgApplication *self = SG_APPLICATION (application);

  GTK_APPLICATION_CLASS (sg_application_parent_class)->window_removed (application, window);
  if (gtk_application_get_windows (application) == NULL && self->guide != NULL)
    gtk_window_destroy (self->guide);
}

/* Without any font GTK lays out nothing: there is no window that could say it. */
static gboolean
has_font (void)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  PangoContext *context = pango_font_map_create_context (map);
  PangoFontDescription *any = pango_font_description_from_string ("Sans 11");
  g_autoptr (GObject) font = (GObject *)pango_font_map_load_font (map, context, any);

  pango_font_description_free (any);
  g_object_unref (context);
  return font != NULL;
}

static int
sg_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  static const struct
  {
    const char *option;
    SgBenchKind kind;
  } benches[] = { { "bench-start", SG_BENCH_PLAYING },
                  { "bench-frames", SG_BENCH_FRAMES },
                  { "bench-shared", SG_BENCH_SHARED },
                  { "bench-ink", SG_BENCH_INK },
                  { "bench-empty", SG_BENCH_EMPTY },
                  { "bench-redrawn", SG_BENCH_REDRAWN },
                  { "bench-gl", SG_BENCH_GL } };

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("SimGen %s\n", SG_VERSION);
      return 0;
    }
  if (!has_font ())
    {
      g_printerr ("simgen: %s\n",
                  _ ("No font is installed, without which nothing can be shown. Install one, as "
                     "Cantarell or DejaVu Sans, and start SimGen again."));
      return 1;
    }
  if (g_variant_dict_contains (options, "bench-ask"))
    sg_bench_ask_start (GTK_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    if (g_variant_dict_contains (options, benches[i].option))
      {
        SG_APPLICATION (application)->measuring = TRUE;
        sg_bench_start (GTK_APPLICATION (application), benches[i].kind);
        break;
      }
  return -1;
}

static void
sg_application_shutdown (GApplication *application)
{
  SgApplication *self = SG_APPLICATION (application);

  g_clear_handle_id (&self->clean_up, g_source_remove);
  if (self->history != NULL)
    sg_history_flush (self->history);
  if (self->bookmark != NULL)
    sg_bookmark_flush (self->bookmark);
  g_clear_object (&self->bookmark);
  g_clear_object (&self->assistant);
  g_clear_object (&self->keeper);
  g_clear_object (&self->history);
  if (self->cache != NULL)
    sg_cache_flush (self->cache); /* a worker may hold it yet */
  g_clear_pointer (&self->cache, sg_cache_unref);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_object (&self->settings);
  G_APPLICATION_CLASS (sg_application_parent_class)->shutdown (application);
}

static void
sg_application_finalize (GObject *object)
{
  g_ptr_array_unref (SG_APPLICATION (object)->desks);
  g_ptr_array_unref (SG_APPLICATION (object)->closed);
  G_OBJECT_CLASS (sg_application_parent_class)->finalize (object);
}

static void
sg_application_class_init (SgApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_application_finalize;
  application_class->startup = sg_application_startup;
  application_class->activate = sg_application_activate;
  application_class->open = sg_application_open;
  application_class->handle_local_options = sg_application_handle_local_options;
  application_class->shutdown = sg_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_added = sg_application_window_added;
  GTK_APPLICATION_CLASS (klass)->window_removed = sg_application_window_removed;
}

static void
sg_application_init (SgApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Tell what goes on, on standard error"), NULL },
    { "bench-ask", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "bench-frames", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "bench-ink", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "bench-redrawn", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "bench-shared", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "bench-start", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "bench-empty", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "bench-gl", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { NULL },
  };

  self->desks = g_ptr_array_new ();
  self->closed = g_ptr_array_new_with_free_func (closed_free);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

SgApplication *
sg_application_new (SgLog *log)
{
  SgApplication *self = g_object_new (SG_TYPE_APPLICATION, "application-id", SG_APP_ID, "flags",
                                      G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                                      "/org/simgen/SimGen", NULL);

  self->log = log;
  return self;
}

/* In the order in which they were opened. */
static int
compare_windows (gconstpointer a, gconstpointer b)
{
  guint first = gtk_application_window_get_id ((gpointer)a);
  guint second = gtk_application_window_get_id ((gpointer)b);

  return (first > second) - (first < second);
}

const GPtrArray *
sg_application_get_desks (SgApplication *self)
{
  return self->desks;
}

void
sg_application_add_desk (SgApplication *self, SgDesk *desk)
{
  g_ptr_array_add (self->desks, desk);
}

void
sg_application_remove_desk (SgApplication *self, SgDesk *desk)
{
  g_ptr_array_remove (self->desks, desk);
  if (self->bookmark != NULL && !self->leaving)
    sg_bookmark_remove (self->bookmark, desk);
}

SgDesk *
sg_application_find_sketch (SgApplication *self, gint64 sketch_id)
{
  for (guint i = 0; i < self->desks->len; i++)
    if (sg_document_get_sketch_id (sg_desk_get_document (self->desks->pdata[i])) == sketch_id)
      return self->desks->pdata[i];
  return NULL;
}

SgDesk *
sg_application_find_file (SgApplication *self, GFile *file)
{
  for (guint i = 0; i < self->desks->len; i++)
    if (sg_desk_shows_file (self->desks->pdata[i], file))
      return self->desks->pdata[i];
  return NULL;
}

void
sg_application_note_seats (SgApplication *self)
{
  g_autoptr (GList) windows = NULL;
  g_autoptr (GArray) seats = g_array_new (FALSE, FALSE, sizeof (SgSeat));

  if (self->bookmark == NULL || self->leaving)
    return;
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    if (SG_IS_TAB_WINDOW (link->data))
      windows = g_list_insert_sorted (windows, link->data, compare_windows);
  for (GList *link = windows; link != NULL; link = link->next)
    sg_tab_window_append_seats (link->data, seats);
  sg_bookmark_arrange (self->bookmark, (const SgSeat *)seats->data, seats->len);
}

void
sg_application_begin_closing (SgApplication *self, GtkWindow *window)
{
  gboolean last = TRUE;

  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    last &= link->data == window || !SG_IS_TAB_WINDOW (link->data);
  self->leaving |= last;
}

void
sg_application_stop_closing (SgApplication *self)
{
  self->leaving = FALSE;
  sg_application_note_seats (self);
}

SgHistory *
sg_application_get_history (SgApplication *self)
{
  return self->history;
}

SgKeeper *
sg_application_get_keeper (SgApplication *self)
{
  return self->keeper;
}

SgCache *
sg_application_get_cache (SgApplication *self)
{
  return self->cache;
}

SgBookmark *
sg_application_get_bookmark (SgApplication *self)
{
  return self->bookmark;
}

gboolean
sg_application_is_software (SgApplication *self)
{
  return self->software;
}

GSettings *
sg_application_get_settings (SgApplication *self)
{
  return self->settings;
}

SgAssistant *
sg_application_get_assistant (SgApplication *self)
{
  return self->assistant;
}
