/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Painted with cairo once a size and colour; GTK keeps the node. Never mirrored: a drawing is one thing
 * whichever way its reader reads. */
#include "app/guide-ink.h"

#include "render/ink-paint.h"
#include "render/page-paint.h"

#define WIDTH 132
#define HEIGHT 108

struct _SgGuideInk
{
  GtkWidget parent_instance;
  SgPage *page;
};

G_DEFINE_FINAL_TYPE (SgGuideInk, sg_guide_ink, GTK_TYPE_WIDGET)

static double
fit (SgGuideInk *self, cairo_t *cr, double width, double height)
{
  SgRect bounds = sg_rect_grow (sg_page_paint_bounds (self->page, &(SgPagePaint){ 0 }), 4);
  double zoom = MIN (MIN (width / bounds.width, height / bounds.height), 0.6);
  SgPoint center = sg_rect_center (bounds);

  cairo_translate (cr, width / 2, height / 2);
  cairo_scale (cr, zoom, zoom);
  cairo_translate (cr, -center.x, -center.y);
  return zoom;
}

static void
sg_guide_ink_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SgGuideInk *self = SG_GUIDE_INK (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  double zoom = fit (self, cr, width, height);
  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    {
      guint n = 0;
      const SgInkPoint *points = sg_stroke_get_points (sg_page_get_stroke (self->page, i), &n);

      sg_ink_paint_points (cr, points, n, 1.8 / zoom);
    }
  sg_page_paint_words (cr, self->page);
  cairo_destroy (cr);
}

static void
sg_guide_ink_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
sg_guide_ink_finalize (GObject *object)
{
  g_clear_pointer (&SG_GUIDE_INK (object)->page, sg_page_unref);
  G_OBJECT_CLASS (sg_guide_ink_parent_class)->finalize (object);
}

static void
sg_guide_ink_class_init (SgGuideInkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sg_guide_ink_finalize;
  widget_class->snapshot = sg_guide_ink_snapshot;
  widget_class->measure = sg_guide_ink_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
sg_guide_ink_init (SgGuideInk *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
sg_guide_ink_new (SgPage *page)
{
  SgGuideInk *self = g_object_new (SG_TYPE_GUIDE_INK, NULL);

  self->page = sg_page_ref (page);
  return GTK_WIDGET (self);
}
