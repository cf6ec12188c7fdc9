/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The open sketch. Keeping it: the first change starts a timer of KEEP_DELAY ms, which later changes do not
 * put off; then the keeper writes the page. */
#include "config.h"

#include "app/document.h"

#include <glib/gi18n.h>

#include "app/keeper.h"
#include "base/error.h"
#include "sketch/file.h"

#define VIEWS "views" /* a page's member */
#define KEEP_DELAY 800

struct _SgDocument
{
  GObject parent_instance;
  SgKeeper *keeper; /* (nullable): no history */
  SgKept *kept;     /* this sketch's place in it */
  gint64 left_id;   /* its place until it was deleted; 0: it was not */
  SgJournal *journal;
  GFile *file;      /* (nullable) */
  SgPage *safe;     /* as it was opened, or last saved as a file */
  guint keep_timer; /* 0: nothing to keep */
};

enum
{
  PROP_CAN_UNDO = 1,
  PROP_CAN_REDO,
  PROP_TITLE,
  N_PROPS
};

enum
{
  CHANGED,
  REPLACED,
  PROBLEM,
  RECOVERED,
  KEPT,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SgDocument, sg_document, G_TYPE_OBJECT)

/* Words alone are a mechanism too. */
static gboolean
is_blank (SgPage *page)
{
  return sg_page_is_empty (page) && *sg_page_get_words (page) == '\0';
}

/* `whole`: with its picture. */
static void
keep_now (SgDocument *self, gboolean whole)
{
  SgPage *page = sg_journal_get_page (self->journal);

  g_clear_handle_id (&self->keep_timer, g_source_remove);
  if (self->keeper != NULL && (self->kept->id != 0 || !is_blank (page)))
    sg_keeper_keep (self->keeper, self->kept, page, whole);
}

/* Before another sketch takes its place. */
static void
keep_what_is_left (SgDocument *self)
{
  if (self->keep_timer != 0 || self->kept->stale)
    keep_now (self, TRUE);
}

static gboolean
keep_timer_cb (gpointer data)
{
  SgDocument *self = data;

  self->keep_timer = 0;
  keep_now (self, FALSE);
  return G_SOURCE_REMOVE;
}

static void
queue_keeping (SgDocument *self)
{
  if (self->keep_timer == 0)
    self->keep_timer = g_timeout_add (KEEP_DELAY, keep_timer_cb, self);
}

static void
page_changed (SgDocument *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_REDO]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
sg_document_apply (SgDocument *self, SgEdit *edit)
{
  sg_journal_apply (self->journal, edit);
  queue_keeping (self);
  page_changed (self);
}

void
sg_document_undo (SgDocument *self)
{
  if (!sg_journal_undo (self->journal))
    return;
  queue_keeping (self);
  page_changed (self);
}

void
sg_document_redo (SgDocument *self)
{
  if (!sg_journal_redo (self->journal))
    return;
  queue_keeping (self);
  page_changed (self);
}

void
sg_document_set_title (SgDocument *self, const char *title)
{
  SgEdit *edit;

  if (g_str_equal (sg_page_get_title (sg_document_get_page (self)), title))
    return;
  edit = sg_edit_new ();
  sg_edit_set_title (edit, title);
  sg_document_apply (self, edit);
}

const json_t *
sg_document_get_views (SgDocument *self)
{
  return json_object_get (sg_page_get_extra (sg_document_get_page (self)), VIEWS);
}

void
sg_document_take_views (SgDocument *self, json_t *views)
{
  const json_t *extra = sg_page_get_extra (sg_document_get_page (self));
  json_t *next = extra != NULL ? json_copy ((json_t *)extra) : json_object ();
  SgEdit *edit = sg_edit_new ();

  if (json_array_size (views) > 0)
    json_object_set_new (next, VIEWS, views);
  else
    {
      json_object_del (next, VIEWS);
      json_decref (views);
    }
  if (json_object_size (next) == 0)
    g_clear_pointer (&next, json_decref);
  sg_edit_take_extra (edit, next);
  sg_document_apply (self, edit);
}

void
sg_document_set_words (SgDocument *self, const char *words)
{
  SgEdit *edit;

  if (g_str_equal (sg_page_get_words (sg_document_get_page (self)), words))
    return;
  edit = sg_edit_new ();
  sg_edit_set_words (edit, words);
  sg_document_apply (self, edit);
}

void
sg_document_correct (SgDocument *self, SgCorrection *correction)
{
  SgEdit *edit = sg_edit_new ();

  sg_edit_correct (edit, sg_document_get_page (self), correction);
  sg_document_apply (self, edit);
}

static void
take_away_parts (SgEdit *edit, const SgPage *page)
{
  for (guint i = 0; i < sg_page_get_n_corrections (page); i++)
    sg_edit_remove_correction (edit, sg_page_get_correction (page, i));
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    sg_edit_remove_stroke (edit, sg_page_get_stroke (page, i));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    sg_edit_remove_image (edit, sg_page_get_image (page, i));
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    sg_edit_remove_label (edit, sg_page_get_label (page, i));
}

static void
put_in_parts (SgEdit *edit, const SgPage *page)
{
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    sg_edit_add_image (edit, sg_page_get_image (page, i));
  for (guint i = 0; i < sg_page_get_n_strokes (page); i++)
    sg_edit_add_stroke (edit, sg_page_get_stroke (page, i));
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    sg_edit_add_label (edit, sg_page_get_label (page, i));
  for (guint i = 0; i < sg_page_get_n_corrections (page); i++)
    sg_edit_add_correction (edit, sg_page_get_correction (page, i));
}

void
sg_document_show_version (SgDocument *self, SgPage *page)
{
  SgEdit *edit = sg_edit_new ();

  take_away_parts (edit, sg_document_get_page (self));
  put_in_parts (edit, page);
  sg_edit_set_words (edit, sg_page_get_words (page));
  sg_edit_set_scale (edit, sg_page_has_scale (page) ? sg_page_get_scale (page) : 0);
  sg_document_apply (self, edit);
}

void
sg_document_leave_history (SgDocument *self)
{
  gboolean waiting = self->keep_timer != 0;

  self->left_id = self->kept->id;
  g_clear_handle_id (&self->keep_timer, g_source_remove);
  g_rc_box_release (self->kept);
  self->kept = sg_kept_new (0);
  if (waiting)
    queue_keeping (self);
}

void
sg_document_rejoin_history (SgDocument *self, gint64 sketch_id)
{
  if (self->left_id != sketch_id || self->kept->id != 0)
    return;
  self->left_id = 0;
  g_rc_box_release (self->kept);
  self->kept = sg_kept_new (sketch_id);
  queue_keeping (self);
}

static void
note_safe (SgDocument *self, SgPage *page)
{
  sg_page_ref (page);
  sg_page_unref (self->safe);
  self->safe = page;
}

void
sg_document_replace (SgDocument *self, SgPage *page, gint64 sketch_id, GFile *file)
{
  keep_what_is_left (self);
  self->left_id = 0;
  g_rc_box_release (self->kept);
  self->kept = sg_kept_new (sketch_id);
  g_set_object (&self->file, file);
  g_clear_pointer (&self->journal, sg_journal_free);
  self->journal = sg_journal_new (page);
  if (sketch_id == 0 || sg_keeper_is_well (self->keeper)) /* else what was lost is in a window again */
    note_safe (self, page);
  page_changed (self);
  g_signal_emit (self, signals[REPLACED], 0);
}

SgPage *
sg_document_get_page (SgDocument *self)
{
  return sg_journal_get_page (self->journal);
}

gint64
sg_document_get_sketch_id (SgDocument *self)
{
  return self->kept->id;
}

SgKept *
sg_document_get_kept (SgDocument *self)
{
  return self->kept;
}

void
sg_document_keep (SgDocument *self)
{
  if (self->kept->id == 0)
    queue_keeping (self);
}

void
sg_document_keep_async (SgDocument *self, GAsyncReadyCallback callback, gpointer user_data)
{
  keep_what_is_left (self);
  sg_keeper_settle_async (self->keeper, callback, user_data);
}

gboolean
sg_document_could_be_lost (SgDocument *self)
{
  SgPage *page = sg_journal_get_page (self->journal);

  return self->keeper != NULL && page != self->safe && (self->kept->id != 0 || !is_blank (page)) &&
         sg_keeper_has_lost (self->keeper, self->kept);
}

GFile *
sg_document_get_file (SgDocument *self)
{
  return self->file;
}

const char *
sg_document_get_title (SgDocument *self)
{
  const char *title = sg_page_get_title (sg_document_get_page (self));

  return *title != '\0' ? title : _ ("Untitled");
}

static gboolean
is_sketch_name (const char *path)
{
  return g_str_has_suffix (path, ".simgen") || g_str_has_suffix (path, ".json");
}

static gboolean
check_local (GFile *file, GError **error)
{
  g_autofree char *name = g_file_get_basename (file), *shown = g_filename_display_name (name);

  if (g_file_peek_path (file) != NULL)
    return TRUE;
  g_set_error (error, SG_BASE_ERROR, SG_BASE_ERROR_READ, _ ("%s: not a file of this computer"), shown);
  return FALSE;
}

typedef struct
{
  GFile *file;
  guint number; /* of a PDF's page */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_object_unref (opening->file);
  g_free (opening);
}

static void
load_page (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Opening *opening = data;
  const char *path = g_file_peek_path (opening->file);
  g_autoptr (GError) error = NULL;
  SgPage *page = NULL;

  if (check_local (opening->file, &error))
    page = is_sketch_name (path) ? sg_sketch_file_load (path, &error)
                                 : sg_sketch_file_import_image (path, opening->number, NULL, NULL, &error);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify)sg_page_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
sg_document_open_async (
  SgDocument *self, GFile *file, guint number, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->file = g_object_ref (file);
  opening->number = number;
  g_task_set_source_tag (task, sg_document_open_async);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, load_page);
}

gboolean
sg_document_open_finish (SgDocument *self, GAsyncResult *result, GError **error)
{
  g_autoptr (SgPage) page = g_task_propagate_pointer (G_TASK (result), error);
  GFile *file = ((Opening *)g_task_get_task_data (G_TASK (result)))->file;

  if (page == NULL)
    return FALSE;
  sg_document_replace (self, page, 0, is_sketch_name (g_file_peek_path (file)) ? file : NULL);
  queue_keeping (self);
  return TRUE;
}

typedef struct
{
  SgPage *page;
  GFile *file;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  sg_page_unref (saving->page);
  g_object_unref (saving->file);
  g_free (saving);
}

static void
save_page (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;

  if (check_local (saving->file, &error) &&
      sg_sketch_file_save (saving->page, g_file_peek_path (saving->file), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
sg_document_save_async (SgDocument *self, GFile *file, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->page = sg_page_ref (sg_document_get_page (self));
  saving->file = g_object_ref (file);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_page);
}

gboolean
sg_document_save_finish (SgDocument *self, GAsyncResult *result, GError **error)
{
  Saving *saving = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  g_set_object (&self->file, saving->file);
  note_safe (self, saving->page);
  return TRUE;
}

static void
sg_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SgDocument *self = SG_DOCUMENT (object);

  switch (id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, sg_journal_can_undo (self->journal));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, sg_journal_can_redo (self->journal));
      break;
    case PROP_TITLE:
      g_value_set_string (value, sg_document_get_title (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sg_document_finalize (GObject *object)
{
  SgDocument *self = SG_DOCUMENT (object);

  g_clear_handle_id (&self->keep_timer, g_source_remove);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->kept, g_rc_box_release);
  g_clear_object (&self->file);
  g_clear_pointer (&self->safe, sg_page_unref);
  g_clear_pointer (&self->journal, sg_journal_free);
  G_OBJECT_CLASS (sg_document_parent_class)->finalize (object);
}

static void
sg_document_class_init (SgDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sg_document_get_property;
  object_class->finalize = sg_document_finalize;
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] =
    g_signal_new ("changed", SG_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACED] =
    g_signal_new ("replaced", SG_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", SG_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[RECOVERED] =
    g_signal_new ("recovered", SG_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[KEPT] =
    g_signal_new ("kept", SG_TYPE_DOCUMENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sg_document_init (SgDocument *self)
{
  g_autoptr (SgPage) page = sg_page_new ();

  self->journal = sg_journal_new (page);
  self->safe = sg_page_ref (sg_journal_get_page (self->journal));
  self->kept = sg_kept_new (0);
}

static void
keeper_problem_cb (SgKeeper *keeper, GError *error, SgDocument *self)
{
  g_signal_emit (self, signals[PROBLEM], 0, error);
}

static void
keeper_recovered_cb (SgKeeper *keeper, SgDocument *self)
{
  g_signal_emit (self, signals[RECOVERED], 0);
}

static void
keeper_kept_cb (SgKeeper *keeper, SgDocument *self)
{
  g_signal_emit (self, signals[KEPT], 0);
}

SgDocument *
sg_document_new (SgKeeper *keeper)
{
  SgDocument *self = g_object_new (SG_TYPE_DOCUMENT, NULL);

  if (keeper != NULL)
    {
      self->keeper = g_object_ref (keeper);
      g_signal_connect_object (keeper, "problem", G_CALLBACK (keeper_problem_cb), self, 0);
      g_signal_connect_object (keeper, "recovered", G_CALLBACK (keeper_recovered_cb), self, 0);
      g_signal_connect_object (keeper, "kept", G_CALLBACK (keeper_kept_cb), self, 0);
    }
  return self;
}
