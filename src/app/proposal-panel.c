/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stack of three: how far it is, differences, words. What comes from a model is set as plain text only. */
#include "config.h"

#include "app/proposal-panel.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "app/proposal-text.h"
#include "app/role-style.h"

struct _SgProposalPanel
{
  AdwBin parent_instance;
  GtkRevealer *revealer;
  GtkStack *stack;
  GtkLabel *title, *progress, *summary, *figures, *words;
  GtkSpinner *spinner;
  GtkListBox *list;
  GtkButton *accept, *ask, *cancel, *close;

  SgProposal *proposal; /* (nullable) */
  SgReading *reading;   /* (nullable) */
  guint n_rows;         /* of the proposal's operations, so far */
  guint filling;        /* source; 0: all of them */
};

G_DEFINE_FINAL_TYPE (SgProposalPanel, sg_proposal_panel, ADW_TYPE_BIN)

static guint accepted_signal, ask_signal, cancelled_signal, closed_signal;

static void
forget (SgProposalPanel *self)
{
  g_clear_handle_id (&self->filling, g_source_remove);
  for (; self->n_rows > 0; self->n_rows--) /* they are kept for the next one */
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, self->n_rows - 1)), FALSE);
  g_clear_pointer (&self->proposal, sg_proposal_free);
  g_clear_pointer (&self->reading, sg_reading_unref);
}

/* -- The pages -- */

static void
turn_to (SgProposalPanel *self, const char *page, const char *title)
{
  gboolean busy = g_str_equal (page, "busy");

  gtk_label_set_label (self->title, title);
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), busy);
  gtk_widget_set_visible (GTK_WIDGET (self->close), !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->accept), g_str_equal (page, "list"));
  gtk_widget_set_visible (GTK_WIDGET (self->ask), FALSE);
  gtk_button_set_label (self->close, g_str_equal (page, "list") ? _ ("Reject") : _ ("Done"));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
sg_proposal_panel_begin (SgProposalPanel *self, const char *title)
{
  forget (self);
  gtk_label_set_label (self->progress, _ ("Getting ready…"));
  gtk_label_set_label (self->figures, "");
  turn_to (self, "busy", title);
}

static const char *
phase_text (SgAssistPhase phase)
{
  switch (phase)
    {
    case SG_ASSIST_QUEUED:
      return _ ("another question is under way");
    case SG_ASSIST_PAUSING:
      return _ ("waits until it may ask again");
    case SG_ASSIST_CONNECTING:
      return _ ("connecting");
    case SG_ASSIST_WAITING:
      return _ ("waiting for the answer");
    case SG_ASSIST_ANSWERING:
      return _ ("answering");
    default:
      return _ ("asking for a better answer");
    }
}

void
sg_proposal_panel_show_progress (SgProposalPanel *self, const SgAssistProgress *progress)
{
  g_autofree char *head = g_strdup_printf ("%s: %s, %.1f s", progress->provider, phase_text (progress->phase),
                                           progress->elapsed_us / 1e6);
  g_autofree char *text =
    progress->bytes > 0
      ? g_strdup_printf (_ ("%s · first word after %.1f s · %" PRIu64 " bytes"), head,
                         MAX (progress->first_token_us, 0) / 1e6, (guint64)progress->bytes)
      : g_strdup (head);

  gtk_label_set_label (self->progress, text);
}

static void
ticked_cb (SgProposalPanel *self)
{
  g_autoptr (GArray) ticked = sg_proposal_panel_get_ticked (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), ticked->len > 0);
  gtk_button_set_label (self->accept, self->proposal != NULL && ticked->len == self->proposal->operations->len
                                        ? _ ("Accept all")
                                        : _ ("Accept those ticked"));
}

static GtkWidget *
row_new (SgProposalPanel *self)
{
  GtkWidget *row = adw_action_row_new (), *icon = gtk_image_new (), *tick = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), tick);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "tick", tick);
  return row;
}

static void
show_row (SgProposalPanel *self, GtkListBoxRow *row, const SgSuggestion *suggestion)
{
  g_autofree char *text = sg_proposal_text (suggestion, self->reading);
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon"),
            *tick = g_object_get_data (G_OBJECT (row), "tick");
  int look = sg_proposal_look (suggestion, self->reading);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), suggestion->reason);
  if (look >= 0)
    {
      gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
      g_autoptr (GdkPaintable) paintable = sg_role_style_new_icon (look, dark);

      gtk_image_set_from_paintable (GTK_IMAGE (icon), paintable);
    }
  gtk_widget_set_visible (icon, look >= 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  suggestion->reason, -1);
  gtk_widget_set_visible (GTK_WIDGET (row), TRUE);
}

/* A row a turn of the main loop: a model may propose 64 changes, and a row takes more than a millisecond. */
static gboolean
add_row_cb (gpointer data)
{
  SgProposalPanel *self = data;
  const GArray *operations = self->proposal->operations;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, self->n_rows);

  if (row == NULL)
    {
      row = GTK_LIST_BOX_ROW (row_new (self));
      gtk_list_box_append (self->list, GTK_WIDGET (row));
    }
  show_row (self, row, &g_array_index (operations, SgSuggestion, self->n_rows++));
  if (self->n_rows < operations->len)
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

void
sg_proposal_panel_show (SgProposalPanel *self,
                        SgProposal *proposal,
                        SgReading *reading,
                        const char *figures)
{
  forget (self);
  self->proposal = proposal;
  self->reading = sg_reading_ref (reading);
  if (proposal->operations->len > 0)
    self->filling = g_idle_add (add_row_cb, self);
  gtk_label_set_label (self->summary, proposal->summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *proposal->summary != '\0');
  turn_to (self, "list",
           proposal->operations->len > 0 ? _ ("Proposed changes") : _ ("Nothing to change is proposed"));
  gtk_label_set_label (self->figures, figures != NULL ? figures : "");
  gtk_widget_set_visible (GTK_WIDGET (self->list), proposal->operations->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->accept), proposal->operations->len > 0);
  if (proposal->operations->len == 0)
    gtk_button_set_label (self->close, _ ("Done"));
  ticked_cb (self);
  gtk_widget_grab_focus (proposal->operations->len > 0 ? GTK_WIDGET (self->accept)
                                                       : GTK_WIDGET (self->close));
}

void
sg_proposal_panel_show_words (SgProposalPanel *self,
                              const char *title,
                              const char *words,
                              const char *figures,
                              gboolean can_ask)
{
  forget (self);
  turn_to (self, "words", title);
  gtk_label_set_label (self->words, words);
  gtk_label_set_label (self->figures, figures != NULL ? figures : "");
  gtk_widget_set_visible (GTK_WIDGET (self->ask), can_ask);
}

void
sg_proposal_panel_hide (SgProposalPanel *self)
{
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  forget (self);
}

SgProposal *
sg_proposal_panel_get_proposal (SgProposalPanel *self)
{
  return self->proposal;
}

GArray *
sg_proposal_panel_get_ticked (SgProposalPanel *self)
{
  GArray *ticked = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; self->proposal != NULL && i < self->proposal->operations->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      /* one that is not shown yet has not been unticked */
      if (i >= self->n_rows || gtk_check_button_get_active (g_object_get_data (G_OBJECT (row), "tick")))
        g_array_append_val (ticked, i);
    }
  return ticked;
}

char *
sg_proposal_panel_format_answer (const SgAssistAnswer *answer)
{
  g_autoptr (GString) line = g_string_new (answer->provider);

  if (!g_str_equal (answer->provider, answer->model))
    g_string_append_printf (line, " · %s", answer->model);
  if (answer->from_cache)
    {
      g_string_append_printf (line, " · %s", _ ("asked before: it cost nothing"));
      return g_strdup (line->str);
    }
  g_string_append_printf (line, _ (" · %.1f s, first word after %.1f s"), answer->elapsed_us / 1e6,
                          MAX (answer->first_token_us, 0) / 1e6);
  if (answer->tokens_in >= 0 && answer->tokens_out >= 0)
    g_string_append_printf (line, _ (" · %d + %d tokens"), (int)answer->tokens_in, (int)answer->tokens_out);
  return g_strdup (line->str);
}

/* -- Buttons -- */

static void
accept_cb (SgProposalPanel *self)
{
  g_signal_emit (self, accepted_signal, 0);
}

static void
cancel_cb (SgProposalPanel *self)
{
  g_signal_emit (self, cancelled_signal, 0);
}

static void
close_cb (SgProposalPanel *self)
{
  g_signal_emit (self, closed_signal, 0);
}

static void
ask_cb (SgProposalPanel *self)
{
  g_signal_emit (self, ask_signal, 0);
}

static gboolean
key_cb (SgProposalPanel *self, guint keyval)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (gtk_widget_get_visible (GTK_WIDGET (self->cancel)))
    cancel_cb (self);
  else
    close_cb (self);
  return GDK_EVENT_STOP;
}

static void
sg_proposal_panel_dispose (GObject *object)
{
  SgProposalPanel *self = SG_PROPOSAL_PANEL (object);

  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_pointer (&self->proposal, sg_proposal_free);
  g_clear_pointer (&self->reading, sg_reading_unref);
  G_OBJECT_CLASS (sg_proposal_panel_parent_class)->dispose (object);
}

static guint
signal_new (const char *name)
{
  return g_signal_new (name, SG_TYPE_PROPOSAL_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sg_proposal_panel_class_init (SgProposalPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_proposal_panel_dispose;
  accepted_signal = signal_new ("accepted");
  ask_signal = signal_new ("ask");
  cancelled_signal = signal_new ("cancelled");
  closed_signal = signal_new ("closed");
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/proposal-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, revealer);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, title);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, progress);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, summary);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, figures);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, words);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, spinner);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, list);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, accept);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, ask);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, cancel);
  gtk_widget_class_bind_template_child (widget_class, SgProposalPanel, close);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
sg_proposal_panel_init (SgProposalPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
