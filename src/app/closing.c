/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Closing. The desks are gone through one after another:
 *
 *   recorded? -- ask -> ... -> pause and keep all -> could be lost? -- ask -> save a copy -> ... -> TRUE
 *                 |                                         |               |
 *                 +-- cancel -> FALSE                       +-- cancel      +-- cancel, failed -> FALSE
 */
#include "config.h"

#include "app/closing.h"

#include <glib/gi18n.h>

#include "app/tab-window.h"

typedef struct
{
  GPtrArray *desks; /* SgDesk */
  guint i;          /* the one that is asked of */
  guint n_to_keep;  /* before the second round */
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_ptr_array_unref (closing->desks);
  g_free (closing);
}

static void go_on_with_recorded (GTask *task);
static void go_on_with_lost (GTask *task);

static SgKeeper *
get_keeper (SgDesk *desk)
{
  return sg_application_get_keeper (sg_desk_get_application (desk));
}

/* Takes the reference to `task`. */
static void
end (GTask *task, gboolean closes)
{
  g_task_return_boolean (task, closes);
  g_object_unref (task);
}

static AdwMessageDialog *
ask (GTask *task, SgDesk *desk, const char *heading, const char *body)
{
  AdwMessageDialog *dialog;

  sg_tab_window_present_desk (desk);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (sg_desk_get_window (desk), heading, body));
  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "cancel");
  return dialog;
}

/* -- What would be lost -- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Closing *closing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (sg_document_save_finish (SG_DOCUMENT (source), result, &error))
    {
      closing->i++;
      go_on_with_lost (task);
      return;
    }
  sg_desk_tell_error (closing->desks->pdata[closing->i], error);
  end (task, FALSE);
}

static void
place_chosen_cb (GtkNativeDialog *chooser, int response, GTask *task)
{
  Closing *closing = g_task_get_task_data (task);
  SgDesk *desk = closing->desks->pdata[closing->i];
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file != NULL)
    sg_document_save_async (sg_desk_get_document (desk), file, saved_cb, task);
  else
    end (task, FALSE);
  g_object_unref (chooser);
}

static void
loss_answered_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  if (g_str_equal (response, "save"))
    {
      GtkFileChooser *chooser = sg_desk_make_save_chooser (closing->desks->pdata[closing->i]);

      g_signal_connect (chooser, "response", G_CALLBACK (place_chosen_cb), task);
      gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
    }
  else if (g_str_equal (response, "discard"))
    {
      closing->i++;
      go_on_with_lost (task);
    }
  else
    end (task, FALSE);
}

static void
ask_of_loss (GTask *task, SgDesk *desk)
{
  /* Translators: %s is a sketch's title */
  g_autofree char *body =
    g_strdup_printf (_ ("“%s” could not be written to the history. What you drew is lost "
                        "if it is closed without a copy."),
                     sg_desk_get_title (desk));
  AdwMessageDialog *dialog = ask (task, desk, _ ("The sketch is not kept"), body);

  adw_message_dialog_add_responses (dialog, "discard", _ ("_Discard"), "save", _ ("_Save a Copy…"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  g_signal_connect (dialog, "response", G_CALLBACK (loss_answered_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
go_on_with_lost (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  while (closing->i < closing->desks->len &&
         !sg_document_could_be_lost (sg_desk_get_document (closing->desks->pdata[closing->i])))
    closing->i++;
  if (closing->i < closing->desks->len)
    ask_of_loss (task, closing->desks->pdata[closing->i]);
  else
    end (task, TRUE);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Closing *closing = g_task_get_task_data (task);

  if (--closing->n_to_keep > 0)
    return;
  closing->i = 0;
  go_on_with_lost (task);
}

/* -- What is recorded -- */

static void
recording_answered_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  if (!g_str_equal (response, "end"))
    {
      end (task, FALSE);
      return;
    }
  closing->i++;
  go_on_with_recorded (task);
}

static void
ask_of_recording (GTask *task, SgDesk *desk)
{
  /* Translators: %s is a sketch's title */
  g_autofree char *body = g_strdup_printf (_ ("“%s” is being recorded. Closing it ends the recording here; "
                                              "what is recorded so far is kept."),
                                           sg_desk_get_title (desk));
  AdwMessageDialog *dialog = ask (task, desk, _ ("A recording is under way"), body);

  adw_message_dialog_add_response (dialog, "end", _ ("_End and Close"));
  adw_message_dialog_set_response_appearance (dialog, "end", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect (dialog, "response", G_CALLBACK (recording_answered_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
keep_all (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);
  guint n = closing->n_to_keep = closing->desks->len;

  for (guint i = 0; i < n; i++)
    {
      sg_desk_pause (closing->desks->pdata[i]);
      sg_desk_keep_async (closing->desks->pdata[i], kept_cb, task);
    }
}

static void
go_on_with_recorded (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  while (closing->i < closing->desks->len &&
         sg_desk_get_activity (closing->desks->pdata[closing->i]) != SG_DESK_RECORDS)
    closing->i++;
  if (closing->i < closing->desks->len)
    ask_of_recording (task, closing->desks->pdata[closing->i]);
  else
    keep_all (task);
}

gboolean
sg_closing_is_safe (const GPtrArray *desks)
{
  for (guint i = 0; i < desks->len; i++)
    if (sg_desk_get_activity (desks->pdata[i]) == SG_DESK_RECORDS ||
        (get_keeper (desks->pdata[i]) != NULL && !sg_keeper_is_well (get_keeper (desks->pdata[i]))))
      return FALSE;
  return TRUE;
}

void
sg_closing_async (GPtrArray *desks, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Closing *closing = g_new0 (Closing, 1);

  closing->desks = g_ptr_array_ref (desks);
  g_task_set_task_data (task, closing, closing_free);
  go_on_with_recorded (task);
}

gboolean
sg_closing_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
