/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asking a language model, from the desk's side:
 *
 *   ask -> made ready in a worker -> consent, a host at a time -> asked -> tried in a worker -> shown
 *
 * and of what is shown the person takes as much as they want: one edit, one step to undo. One question a
 * window at a time; what fails says so once, and the offline reading stays as it is. */
#include "config.h"

#include "app/desk-private.h"

#include <glib/gi18n.h>

#include "app/assist-preferences.h"
#include "app/assistant.h"
#include "app/consent-dialog.h"
#include "app/proposal-panel.h"
#include "app/toast.h"
#include "assist/plain-text.h"
#include "pipeline/asking.h"
#include "pipeline/explanation.h"
#include "pipeline/trial.h"

#define MOST_EXPLAINED 2000 /* characters */

struct _SgDeskAssist
{
  SgAssistant *assistant;
  SgProposalPanel *panel;    /* (nullable): nothing was asked yet */
  SgPrompt prompt;           /* of what is under way or shown */
  SgAsking *asking;          /* (nullable) */
  SgPage *page;              /* (nullable): that was asked about; so below */
  SgReading *reading;        /* (nullable) */
  GtkWidget *consent;        /* (nullable), weak: a dialog that is open */
  GCancellable *cancellable; /* (nullable): nothing is under way */
  char *figures;             /* (nullable): about the answer */
  char *explanation;         /* (nullable): SimGen's own, for the model's figures */
};

static void ask_next (SgDesk *self);
static void ask_to_explain_cb (SgDesk *self);
static void accepted_cb (SgDesk *self);

/* -- Beginning and end -- */

static void
stop (SgDesk *self)
{
  SgDeskAssist *assist = self->assist;

  g_cancellable_cancel (assist->cancellable);
  g_clear_object (&assist->cancellable);
  g_clear_pointer (&assist->asking, sg_asking_unref);
  GtkWidget *consent = assist->consent;
  g_clear_weak_pointer (&assist->consent);
  if (consent != NULL)
    gtk_window_destroy (GTK_WINDOW (consent));
}

gboolean
sg_desk_is_told (SgDesk *self)
{
  return self->assist != NULL && self->assist->panel != NULL &&
         gtk_widget_get_visible (GTK_WIDGET (self->assist->panel));
}

static void
close_panel (SgDesk *self)
{
  stop (self);
  if (self->assist->panel == NULL)
    return;
  gboolean shown = sg_desk_is_told (self);
  sg_proposal_panel_hide (self->assist->panel);
  sg_desk_show_side (self);
  if (shown && gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

/* Says once what went wrong; what is on the screen stays. */
static void
fail (SgDesk *self, const GError *error)
{
  close_panel (self);
  sg_desk_tell_error (self, error);
}

static SgProposalPanel *
take_panel (SgDesk *self)
{
  SgProposalPanel *panel = self->assist->panel;

  if (panel != NULL)
    return panel;
  panel = g_object_new (SG_TYPE_PROPOSAL_PANEL, NULL);
  self->assist->panel = panel;
  gtk_box_insert_child_after (self->foot, GTK_WIDGET (panel), NULL);
  g_signal_connect_object (panel, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (panel, "ask", G_CALLBACK (ask_to_explain_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (panel, "cancelled", G_CALLBACK (close_panel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (panel, "closed", G_CALLBACK (close_panel), self, G_CONNECT_SWAPPED);
  return panel;
}

/* Whether a callback is one of the question that is under way. */
static gboolean
is_over (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
begin (SgDesk *self, SgPrompt prompt, const char *title)
{
  SgDeskAssist *assist = self->assist;
  SgPage *page = sg_document_get_page (self->document);
  SgReading *reading = sg_mechanism_get_reading (self->mechanism);

  stop (self);
  assist->prompt = prompt;
  assist->cancellable = g_cancellable_new ();
  g_clear_pointer (&assist->page, sg_page_unref);
  g_clear_pointer (&assist->reading, sg_reading_unref);
  assist->page = sg_page_ref (page);
  assist->reading = reading != NULL ? sg_reading_ref (reading) : sg_reading_new ();
  sg_proposal_panel_begin (take_panel (self), title);
  sg_desk_show_side (self);
}

/* -- The answer -- */

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GError) error = NULL;
  SgProposal *proposal = sg_trial_read_finish (result, &error);

  if (is_over (error))
    return;
  if (proposal == NULL)
    fail (self, error);
  else
    sg_proposal_panel_show (self->assist->panel, proposal, self->assist->reading, self->assist->figures);
}

static void
show_explanation (SgDesk *self, const SgAssistAnswer *answer)
{
  g_autofree char *plain = sg_plain_text (answer->text, MOST_EXPLAINED, TRUE);
  g_autofree char *words = sg_thing_names_in_text (self->names, plain);

  sg_proposal_panel_show_words (self->assist->panel, _ ("What it does, in the model's words"), words,
                                self->assist->figures, FALSE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  SgDeskAssist *assist = self->assist;
  g_autoptr (GError) error = NULL;
  g_autoptr (SgAssistAnswer) answer = sg_assist_ask_finish (SG_ASSIST (source), result, &error);

  if (is_over (error))
    return;
  if (answer == NULL)
    {
      fail (self, error);
      return;
    }
  g_free (assist->figures);
  assist->figures = sg_proposal_panel_format_answer (answer);
  if (assist->prompt == SG_PROMPT_EXPLAIN)
    show_explanation (self, answer);
  else
    sg_trial_read_async (
      answer->text, assist->page, assist->reading, assist->asking->language,
      sg_application_get_cache (self->application),
      assist->cancellable, tried_cb, g_object_ref (self));
}

static void
progress_cb (const SgAssistProgress *progress, gpointer data)
{
  SgDesk *self = data;

  if (self->assist != NULL && self->assist->cancellable != NULL)
    sg_proposal_panel_show_progress (self->assist->panel, progress);
}

/* -- Consent -- */

static void
consent_cb (SgDesk *self, const char *response, SgConsentDialog *dialog)
{
  g_clear_weak_pointer (&self->assist->consent); /* it goes by itself */
  if (self->assist->asking == NULL)
    return;
  if (!g_str_equal (response, "send"))
    {
      close_panel (self);
      return;
    }
  sg_assistant_set_consent (self->assist->assistant, sg_consent_dialog_get_host (dialog), TRUE);
  ask_next (self);
}

/* Asks for the next consent that is needed, and then the model. */
static void
ask_next (SgDesk *self)
{
  SgDeskAssist *assist = self->assist;
  g_autofree char *host = sg_assistant_dup_unagreed_host (assist->assistant);
  SgAssistQuestion question;

  if (host != NULL)
    {
      GtkWidget *dialog =
        sg_consent_dialog_new (sg_desk_get_window (self), host,
                               sg_assistant_is_in_the_clear (assist->assistant, host), assist->asking);

      g_set_weak_pointer (&assist->consent, dialog);
      g_signal_connect_object (dialog, "response", G_CALLBACK (consent_cb), self, G_CONNECT_SWAPPED);
      gtk_window_present (GTK_WINDOW (dialog));
      return;
    }
  sg_asking_get_question (assist->asking, &question);
  sg_assist_ask_async (sg_assistant_get_assist (assist->assistant), &question, SG_ASSIST_INTERACTIVE,
                       assist->cancellable, progress_cb, self, answered_cb, g_object_ref (self));
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  g_autoptr (GError) error = NULL;
  SgAsking *asking = sg_asking_new_finish (result, &error);

  if (asking == NULL)
    return;
  self->assist->asking = asking;
  ask_next (self);
}

/* -- Asking -- */

static void
tell_cannot (SgDesk *self, const GError *error)
{
  AdwToast *toast = sg_toast_new (error->message);

  adw_toast_set_button_label (toast, _ ("Settings"));
  adw_toast_set_action_name (toast, "win.assist-settings");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
ask (SgDesk *self, SgPrompt prompt, const char *title, const char *figures)
{
  SgDeskAssist *assist = self->assist;
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  g_autoptr (GError) error = NULL;

  if (!sg_assistant_can_ask (assist->assistant, &error))
    {
      tell_cannot (self, error);
      return;
    }
  begin (self, prompt, title);
  SgAskingOptions options = {
    .prompt = prompt,
    .page = assist->page,
    .reading = assist->reading,
    .spec = scene != NULL ? scene->spec : NULL,
    .figures = figures,
    .picture_side = sg_assist_get_picture_side (sg_assistant_get_assist (assist->assistant)),
    .cache = sg_application_get_cache (self->application),
  };
  sg_asking_new_async (&options, assist->cancellable, ready_cb, g_object_ref (self));
}

static void
ask_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  if (sg_desk_get_model_name (self) != NULL)
    sg_desk_tell (self, _ ("A model of another program cannot be asked about"));
  else
    ask (self, SG_PROMPT_PROPOSE, _ ("Asking a language model"), NULL);
}

/* -- Explaining -- */

static void
explained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDesk) self = data;
  SgDeskAssist *assist = self->assist;
  g_autoptr (GError) error = NULL;
  char *text = sg_explanation_finish (result, &error);

  if (is_over (error))
    return;
  if (text == NULL)
    {
      fail (self, error);
      return;
    }
  g_free (assist->explanation);
  assist->explanation = text;
  g_clear_object (&assist->cancellable);
  g_autofree char *said = sg_thing_names_in_text (self->names, text);
  sg_proposal_panel_show_words (assist->panel, _ ("What it does"), said,
                                _ ("Measured in ten seconds of a run of its own"),
                                sg_assistant_can_ask (assist->assistant, NULL));
}

static void
explain_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);

  if (scene == NULL || scene->spec->bodies->len == 0)
    {
      sg_desk_tell (self, _ ("There is no mechanism yet to explain"));
      return;
    }
  begin (self, SG_PROMPT_EXPLAIN, _ ("Measuring"));
  sg_explanation_async (scene, self->assist->cancellable, explained_cb, g_object_ref (self));
}

static void
ask_to_explain_cb (SgDesk *self)
{
  g_autofree char *figures = g_strdup (self->assist->explanation);

  ask (self, SG_PROMPT_EXPLAIN, _ ("Asking a language model"), figures);
}

/* -- Accepting -- */

/* The page's words without what of them was not understood: that is what a model put in other words. */
static char *
understood_words (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  char *words = g_strdup (sg_page_get_words (sg_document_get_page (self->document)));

  if (scene == NULL || scene->statements == NULL || g_strcmp0 (scene->words, words) != 0)
    return words;
  for (guint i = scene->statements->len; i-- > 0;)
    {
      const SgStatement *statement = &g_array_index (scene->statements, SgStatement, i);

      if (statement->reason == SG_WORDS_UNDERSTOOD)
        continue;
      char *left = sg_words_without (words, statement->begin, statement->end);
      g_free (words);
      words = left;
    }
  return words;
}

static void
accepted_cb (SgDesk *self)
{
  SgDeskAssist *assist = self->assist;
  SgProposal *proposal = sg_proposal_panel_get_proposal (assist->panel);
  g_autoptr (GArray) ticked = sg_proposal_panel_get_ticked (assist->panel);
  g_autofree char *words = understood_words (self);

  if (proposal == NULL || ticked->len == 0)
    return;
  sg_document_apply (self->document,
                     sg_proposal_make_edit (proposal->operations, (const guint *)ticked->data, ticked->len,
                                            assist->page, assist->reading,
                                            sg_document_get_page (self->document), words));
  close_panel (self);
}

static void
settings_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SgDesk *self = data;

  gtk_window_present (
    GTK_WINDOW (sg_assist_preferences_new (sg_desk_get_window (self), self->assist->assistant)));
}

void
sg_desk_init_assist (SgDesk *self, SgAssistant *assistant)
{
  static const GActionEntry actions[] = {
    { .name = "ask", .activate = ask_cb },
    { .name = "explain", .activate = explain_cb },
    { .name = "assist-settings", .activate = settings_cb },
  };

  self->assist = g_new0 (SgDeskAssist, 1);
  self->assist->assistant = g_object_ref (assistant);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->document, "replaced", G_CALLBACK (close_panel), self, G_CONNECT_SWAPPED);
}

void
sg_desk_dispose_assist (SgDesk *self)
{
  SgDeskAssist *assist = g_steal_pointer (&self->assist);

  if (assist == NULL)
    return;
  g_cancellable_cancel (assist->cancellable);
  g_clear_object (&assist->cancellable);
  g_clear_weak_pointer (&assist->consent);
  g_clear_object (&assist->assistant);
  g_clear_pointer (&assist->asking, sg_asking_unref);
  g_clear_pointer (&assist->page, sg_page_unref);
  g_clear_pointer (&assist->reading, sg_reading_unref);
  g_free (assist->figures);
  g_free (assist->explanation);
  g_free (assist);
}
