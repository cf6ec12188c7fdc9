/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * drop-target FOLDER: another program that things are dropped on. Each form that it is offered it writes into
 * the folder; "END" on standard output says that it has them. */
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static const char *wanted[] = { "text/uri-list", "image/svg+xml", "image/png", "application/x-simgen-ink" };

typedef struct
{
  const char *folder;
  guint next; /* of `wanted` */
} Target;

static void read_next (Target *target, GdkDrop *drop);

static void
got_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GdkDrop *drop = g_object_get_data (source, "drop");
  Target *target = data;
  g_autofree char *name = g_strdelimit (g_strdup (wanted[target->next]), "/", '-');
  g_autofree char *path = g_build_filename (target->folder, name, NULL);

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL) >= 0)
    {
      g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));

      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
    }
  target->next++;
  read_next (target, drop);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GInputStream) stream = gdk_drop_read_finish (GDK_DROP (source), result, NULL, NULL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();

  if (stream == NULL)
    {
      ((Target *)data)->next++;
      read_next (data, GDK_DROP (source));
      return;
    }
  g_object_set_data_full (G_OBJECT (memory), "drop", g_object_ref (source), g_object_unref);
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                got_cb, data);
}

static void
read_next (Target *target, GdkDrop *drop)
{
  while (target->next < G_N_ELEMENTS (wanted) &&
         !gdk_content_formats_contain_mime_type (gdk_drop_get_formats (drop), wanted[target->next]))
    target->next++;
  if (target->next < G_N_ELEMENTS (wanted))
    {
      const char *types[] = { wanted[target->next], NULL };

      gdk_drop_read_async (drop, types, G_PRIORITY_DEFAULT, NULL, opened_cb, target);
      return;
    }
  gdk_drop_finish (drop, GDK_ACTION_COPY);
  printf ("END\n");
  fflush (stdout);
}

static gboolean
dropped_cb (GtkDropTargetAsync *source, GdkDrop *drop, double x, double y, Target *target)
{
  target->next = 0;
  read_next (target, drop);
  return TRUE;
}

int
main (int argc, char **argv)
{
  Target target = { argc > 1 ? argv[1] : ".", 0 };

  gtk_init ();
  GtkWidget *window = gtk_window_new ();
  GtkDropTargetAsync *drops = gtk_drop_target_async_new (
    gdk_content_formats_new (wanted, G_N_ELEMENTS (wanted)), GDK_ACTION_COPY);
  g_signal_connect (drops, "drop", G_CALLBACK (dropped_cb), &target);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (drops));
  gtk_window_set_title (GTK_WINDOW (window), "Target");
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
