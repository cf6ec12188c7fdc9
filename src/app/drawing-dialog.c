/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The dialog: asks -> works -> is closed, or says what went wrong and asks again. The picture of it is made
 * in a worker; a newer one cancels the older. */
#include "config.h"

#include "app/drawing-dialog.h"

#include <glib/gi18n.h>

#include "app/drawing-content.h"
#include "app/export-work.h"
#include "app/text-scale.h"

#define PICTURE_SIDE 320.0 /* pixels of the picture's longer side */
#define UNITS_AN_INCH 96.0

struct _SgDrawingDialog
{
  AdwWindow parent_instance;
  GtkPicture *picture;
  AdwComboRow *format, *part, *background, *sheet, *scale, *resolution, *margin;
  GtkSwitch *recognised;
  GtkLabel *about;
  GtkWidget *save;

  SgPage *page, *selected; /* `selected` (nullable) */
  SgPaper paper;
  char *title;
  SgCache *cache;          /* (nullable) */
  GCancellable *picturing; /* (nullable): the picture is being made */
  SgExportWork work;
  int permille; /* atomic, with it */
};

G_DEFINE_FINAL_TYPE (SgDrawingDialog, sg_drawing_dialog, ADW_TYPE_WINDOW)

/* In the order of the lists. */
static const SgPageFormat formats[] = { SG_PAGE_PDF, SG_PAGE_SVG, SG_PAGE_PNG };
static const double resolutions[] = { 96, 192, 300, 600 };         /* pixels an inch */
static const double margins[] = { 0, 12, 24, 96 };                 /* page units */
static const double ratios[] = { 0, 0, 1, 2, 5, 10, 20, 50, 100 }; /* fit, as drawn, 1:N */
static const char *const sheets[] = { NULL, "a4", "a3", "a5", "letter" };

static guint
get_choice (AdwComboRow *row, guint n)
{
  return MIN (adw_combo_row_get_selected (row), n - 1);
}

static const SgSheetSize *
find_sheet (const char *name)
{
  for (guint i = 0; name != NULL && i < SG_N_SHEET_SIZES; i++)
    if (g_str_equal (sg_sheet_sizes[i].name, name))
      return &sg_sheet_sizes[i];
  return NULL;
}

/* -- Asking -- */

static SgPage *
get_page (SgDrawingDialog *self)
{
  return self->selected != NULL && adw_combo_row_get_selected (self->part) == 1 ? self->selected : self->page;
}

static SgPage *
get_whole (SgDrawingDialog *self)
{
  return get_page (self) == self->page ? NULL : self->page;
}

static double
read_zoom (SgDrawingDialog *self)
{
  guint choice = get_choice (self->scale, G_N_ELEMENTS (ratios));

  return choice == 0   ? 0
         : choice == 1 ? SG_POINTS_A_PAGE_UNIT
                       : sg_sheets_zoom_of_ratio (ratios[choice], sg_page_get_scale (self->page));
}

static SgPageExport
read_export (SgDrawingDialog *self)
{
  SgPageExport export = sg_page_export_default (formats[get_choice (self->format, G_N_ELEMENTS (formats))]);
  guint background = adw_combo_row_get_selected (self->background);

  export.recognised = gtk_switch_get_active (self->recognised);
  export.ground = background == 1 || background == 2;
  export.paper = background >= 2 ? self->paper : SG_PAPER_PLAIN;
  export.margin = margins[get_choice (self->margin, G_N_ELEMENTS (margins))];
  export.resolution =
    resolutions[get_choice (self->resolution, G_N_ELEMENTS (resolutions))] / UNITS_AN_INCH;
  export.sheet = find_sheet (sheets[get_choice (self->sheet, G_N_ELEMENTS (sheets))]);
  export.zoom = read_zoom (self);
  export.title = self->title;
  return export;
}

/* How large it comes out. */
static void
show_size (SgDrawingDialog *self, const SgPageExport *export)
{
  g_autofree char *text = NULL;
  double width, height;

  sg_page_export_size (get_page (self), export, &width, &height);
  if (export->format == SG_PAGE_PNG)
    text = g_strdup_printf (_ ("%.0f × %.0f pixels"), width, height);
  else if (export->format == SG_PAGE_PDF)
    text = g_strdup_printf (_ ("%.0f × %.0f mm. Ink stays lines, words stay text."), width / 72 * 25.4,
                            height / 72 * 25.4);
  else
    text = g_strdup (_ ("For drawing programs and web pages. Ink stays lines, words stay text."));
  gtk_label_set_label (self->about, text);
}

static void
make_picture (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SgPage **pages = g_object_get_data (G_OBJECT (task), "pages");
  GError *error = NULL;
  GBytes *png = sg_page_export_bytes (pages[0], pages[1], data, g_object_get_data (G_OBJECT (task), "cache"),
                                      NULL, NULL, cancellable, &error);

  if (png != NULL)
    g_task_return_pointer (task, png, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
picture_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SgDrawingDialog *self = SG_DRAWING_DIALOG (source);
  g_autoptr (GBytes) png = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GdkTexture) texture = png != NULL ? gdk_texture_new_from_bytes (png, NULL) : NULL;

  if (texture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

static void
free_pages (gpointer data)
{
  SgPage **pages = data;

  sg_page_unref (pages[0]);
  g_clear_pointer (&pages[1], sg_page_unref);
  g_free (pages);
}

static void
show_picture (SgDrawingDialog *self, const SgPageExport *export)
{
  SgPageExport *small = g_memdup2 (export, sizeof *export);
  SgPage **pages = g_new0 (SgPage *, 2);
  double width, height;

  small->format = SG_PAGE_PNG;
  small->resolution = 1;
  sg_page_export_size (get_page (self), small, &width, &height);
  small->resolution =
    MIN (4, PICTURE_SIDE * gtk_widget_get_scale_factor (GTK_WIDGET (self)) / MAX (width, height));
  small->title = NULL;
  pages[0] = sg_page_ref (get_page (self));
  pages[1] = get_whole (self) != NULL ? sg_page_ref (self->page) : NULL;
  g_cancellable_cancel (self->picturing);
  g_clear_object (&self->picturing);
  self->picturing = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->picturing, picture_made_cb, NULL);
  g_task_set_task_data (task, small, g_free);
  g_object_set_data_full (G_OBJECT (task), "pages", pages, free_pages);
  if (self->cache != NULL)
    g_object_set_data_full (G_OBJECT (task), "cache", sg_cache_ref (self->cache),
                            (GDestroyNotify)sg_cache_unref);
  g_task_run_in_thread (task, make_picture);
}

/* What makes no sense for a format is not there. */
static void
changed_cb (SgDrawingDialog *self)
{
  if (self->page == NULL)
    return; /* not set up yet */
  SgPageExport export = read_export (self);

  gtk_widget_set_visible (GTK_WIDGET (self->sheet), export.format == SG_PAGE_PDF);
  gtk_widget_set_visible (GTK_WIDGET (self->scale), export.format == SG_PAGE_PDF && export.sheet != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->resolution), export.format == SG_PAGE_PNG);
  gtk_widget_set_visible (GTK_WIDGET (self->work.problem), FALSE);
  show_size (self, &export);
  show_picture (self, &export);
}

/* A PNG on nothing cannot be seen in many programs; lines lie on what they are put on. */
static void
format_changed_cb (SgDrawingDialog *self)
{
  SgPageFormat format = formats[get_choice (self->format, G_N_ELEMENTS (formats))];
  guint background = adw_combo_row_get_selected (self->background);

  if (background <= 1)
    adw_combo_row_set_selected (self->background, sg_page_export_default (format).ground ? 1 : 0);
  changed_cb (self);
}

/* -- Dragging -- */

static GdkContentProvider *
prepare_drag_cb (SgDrawingDialog *self)
{
  SgPageExport export = read_export (self);

  return sg_drawing_content_new (get_page (self), get_whole (self), &export, self->title);
}

static void
drag_begun_cb (SgDrawingDialog *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) seen = gtk_widget_paintable_new (GTK_WIDGET (self->picture));
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (seen);

  gtk_drag_source_set_icon (source, still, 0, 0);
}

/* -- Working -- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SgDrawingDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = sg_page_export_finish (result, &error);

  sg_export_work_end (&self->work, done, error);
}

static int
get_permille (gpointer data)
{
  return g_atomic_int_get (&SG_DRAWING_DIALOG (data)->permille);
}

static void
begin_work (gpointer data, const char *path)
{
  SgDrawingDialog *self = data;
  SgPageExport export = read_export (self);

  g_atomic_int_set (&self->permille, 0);
  sg_page_export_async (get_page (self), get_whole (self), &export, path, self->cache, &self->permille,
                        sg_export_work_begin (&self->work, path), done_cb, g_object_ref (self));
}

static void
stop_cb (SgDrawingDialog *self)
{
  sg_export_work_stop (&self->work);
}

static gboolean
close_request_cb (SgDrawingDialog *self)
{
  stop_cb (self);
  return FALSE;
}

static void
save_cb (SgDrawingDialog *self)
{
  SgPageFormat format = formats[get_choice (self->format, G_N_ELEMENTS (formats))];

  sg_export_work_choose (&self->work, _ ("Export the Drawing"), self->title, sg_page_format_ending (format));
}

/* -- The class -- */

static void
sg_drawing_dialog_dispose (GObject *object)
{
  SgDrawingDialog *self = SG_DRAWING_DIALOG (object);

  sg_export_work_clear (&self->work);
  g_cancellable_cancel (self->picturing);
  g_clear_object (&self->picturing);
  g_clear_pointer (&self->page, sg_page_unref);
  g_clear_pointer (&self->selected, sg_page_unref);
  g_clear_pointer (&self->cache, sg_cache_unref);
  G_OBJECT_CLASS (sg_drawing_dialog_parent_class)->dispose (object);
}

static void
sg_drawing_dialog_finalize (GObject *object)
{
  SgDrawingDialog *self = SG_DRAWING_DIALOG (object);

  g_free (self->title);
  G_OBJECT_CLASS (sg_drawing_dialog_parent_class)->finalize (object);
}

static void
sg_drawing_dialog_class_init (SgDrawingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sg_drawing_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sg_drawing_dialog_finalize;
  g_signal_new ("exported", SG_TYPE_DRAWING_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/simgen/SimGen/ui/drawing-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, picture);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, format);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, part);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, background);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, sheet);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, scale);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, resolution);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, margin);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, recognised);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, about);
  sg_export_work_bind (widget_class);
  gtk_widget_class_bind_template_child (widget_class, SgDrawingDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, prepare_drag_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begun_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sg_drawing_dialog_init (SgDrawingDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sg_export_work_init (&self->work, GTK_WINDOW (self), begin_work, get_permille);
  sg_text_scale_fit (GTK_WINDOW (self));
}

SgDrawingDialog *
sg_drawing_dialog_new (
  GtkWindow *parent, SgPage *page, SgPage *selected, SgPaper paper, const char *title, SgCache *cache)
{
  SgDrawingDialog *self = g_object_new (SG_TYPE_DRAWING_DIALOG, "transient-for", parent, NULL);

  self->selected = selected != NULL ? sg_page_ref (selected) : NULL;
  self->paper = paper != SG_PAPER_PLAIN ? paper : SG_PAPER_GRID;
  self->title = g_strdup (title);
  self->cache = cache != NULL ? sg_cache_ref (cache) : NULL;
  self->page = sg_page_ref (page);
  gtk_widget_set_visible (GTK_WIDGET (self->part), selected != NULL);
  format_changed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->save);
  return self;
}
