/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row of the history. */
#include "config.h"

#include "app/history-row.h"

#include <glib/gi18n.h>

struct _SgHistoryRow
{
  GtkListBoxRow parent_instance;
  GtkPicture *picture;
  GtkLabel *title, *detail;
  gint64 sketch_id;
};

G_DEFINE_FINAL_TYPE (SgHistoryRow, sg_history_row, GTK_TYPE_LIST_BOX_ROW)

/* "Today 14:03", "Yesterday 9:20", "Tuesday 9:20", "3 May 2026" */
static char *
describe_date (gint64 unix_us)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (unix_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year, month, day;

  if (date == NULL)
    return g_strdup ("");
  g_date_time_get_ymd (now, &year, &month, &day);
  g_autoptr (GDateTime) midnight = g_date_time_new_local (year, month, day, 0, 0, 0);
  GTimeSpan before = g_date_time_difference (midnight, date);

  if (before <= 0)
    return g_date_time_format (date, _ ("Today %H:%M"));
  if (before <= G_TIME_SPAN_DAY)
    return g_date_time_format (date, _ ("Yesterday %H:%M"));
  if (before <= 6 * G_TIME_SPAN_DAY)
    return g_date_time_format (date, _ ("%A %H:%M"));
  return g_date_time_format (date, _ ("%-e %B %Y"));
}

GtkWidget *
sg_history_row_new (const SgHistoryEntry *entry)
{
  SgHistoryRow *self = g_object_new (SG_TYPE_HISTORY_ROW, NULL);
  g_autofree char *date = describe_date (entry->updated_us);
  g_autofree char *runs = g_strdup_printf (ngettext ("%u run", "%u runs", entry->n_runs), entry->n_runs);
  g_autofree char *detail = entry->n_runs > 0 ? g_strdup_printf ("%s · %s", date, runs) : g_strdup (date);

  self->sketch_id = entry->id;
  gtk_label_set_label (self->title, entry->title);
  gtk_label_set_label (self->detail, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, entry->title, -1);
  if (entry->thumbnail != NULL)
    {
      g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (entry->thumbnail, NULL);

      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
    }
  return GTK_WIDGET (self);
}

gint64
sg_history_row_get_sketch_id (SgHistoryRow *self)
{
  return self->sketch_id;
}

static void
sg_history_row_class_init (SgHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SgHistoryRow, picture);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, SgHistoryRow, detail);
}

static void
sg_history_row_init (SgHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
