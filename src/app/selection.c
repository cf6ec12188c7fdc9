/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The selected parts of a page. Invariant: every part in the set is on `page`, so that a set of bare
 * pointers cannot dangle. */
#include "app/selection.h"

#define LABEL_ASPECT 0.56 /* mean width of a character, of its height */
#define IN_LOOP 80        /* per cent of a stroke's points: a hand cuts off a corner */

struct _SgSelection
{
  SgPage *page;
  GHashTable *parts; /* a set of SgStroke, SgImage, SgLabel of the page */
};

SgSelection *
sg_selection_new (void)
{
  SgSelection *self = g_new0 (SgSelection, 1);

  self->page = sg_page_new ();
  self->parts = g_hash_table_new (NULL, NULL);
  return self;
}

void
sg_selection_free (SgSelection *self)
{
  sg_page_unref (self->page);
  g_hash_table_unref (self->parts);
  g_free (self);
}

static void
keep_if_selected (SgSelection *self, GHashTable *kept, gpointer part)
{
  if (g_hash_table_contains (self->parts, part))
    g_hash_table_add (kept, part);
}

void
sg_selection_set_page (SgSelection *self, SgPage *page)
{
  GHashTable *kept = g_hash_table_new (NULL, NULL);
  gboolean any = !sg_selection_is_empty (self); /* else a full page is not looked through at every stroke */

  for (guint i = 0; any && i < sg_page_get_n_strokes (page); i++)
    keep_if_selected (self, kept, sg_page_get_stroke (page, i));
  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    keep_if_selected (self, kept, sg_page_get_image (page, i));
  for (guint i = 0; i < sg_page_get_n_labels (page); i++)
    keep_if_selected (self, kept, sg_page_get_label (page, i));
  g_hash_table_unref (self->parts);
  self->parts = kept;
  sg_page_ref (page);
  sg_page_unref (self->page);
  self->page = page;
}

void
sg_selection_clear (SgSelection *self)
{
  g_hash_table_remove_all (self->parts);
}

gboolean
sg_selection_is_empty (const SgSelection *self)
{
  return g_hash_table_size (self->parts) == 0;
}

gboolean
sg_selection_contains (const SgSelection *self, gconstpointer part)
{
  return g_hash_table_contains (self->parts, part);
}

SgRect
sg_label_get_box (const SgLabel *label)
{
  SgPoint at = sg_label_get_position (label);
  double width = g_utf8_strlen (sg_label_get_text (label), -1) * SG_LABEL_HEIGHT * LABEL_ASPECT;

  return (SgRect){ at.x, at.y - SG_LABEL_HEIGHT * 0.7, width, SG_LABEL_HEIGHT * 1.4 };
}

static gboolean
contains_rect (SgRect outer, SgRect inner)
{
  return sg_rect_contains (outer, SG_POINT (inner.x, inner.y)) &&
         sg_rect_contains (outer, SG_POINT (inner.x + inner.width, inner.y + inner.height));
}

/* Calls back with every part and its bounds. */
typedef void (*PartFunc) (SgSelection *self, gpointer part, SgRect bounds, gpointer data);

static void
foreach_part (const SgSelection *self, PartFunc func, gpointer data)
{
  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    {
      SgStroke *stroke = sg_page_get_stroke (self->page, i);
      func ((SgSelection *)self, stroke, sg_stroke_get_bounds (stroke), data);
    }
  for (guint i = 0; i < sg_page_get_n_images (self->page); i++)
    {
      SgImage *image = sg_page_get_image (self->page, i);
      func ((SgSelection *)self, image, sg_image_get_bounds (image), data);
    }
  for (guint i = 0; i < sg_page_get_n_labels (self->page); i++)
    {
      SgLabel *label = sg_page_get_label (self->page, i);
      func ((SgSelection *)self, label, sg_label_get_box (label), data);
    }
}

static void
add_part (SgSelection *self, gpointer part, SgRect bounds, gpointer data)
{
  const SgRect *box = data;

  if (box == NULL || contains_rect (*box, bounds))
    g_hash_table_add (self->parts, part);
}

void
sg_selection_add_all (SgSelection *self)
{
  foreach_part (self, add_part, NULL);
}

void
sg_selection_add_inside (SgSelection *self, SgRect box)
{
  foreach_part (self, add_part, &box);
}

static gboolean
is_stroke_in_loop (const SgStroke *stroke, const SgPoint *loop, guint n_loop)
{
  guint n = 0, n_inside = 0;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);

  for (guint i = 0; i < n; i++)
    n_inside += sg_polygon_contains (loop, n_loop, SG_POINT (points[i].x, points[i].y));
  return n_inside * 100 >= n * IN_LOOP;
}

void
sg_selection_add_in_loop (SgSelection *self, const SgPoint *loop, guint n)
{
  SgRect bounds = sg_points_bounds (loop, n);

  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    {
      SgStroke *stroke = sg_page_get_stroke (self->page, i);

      if (sg_rect_overlaps (sg_rect_grow (sg_stroke_get_bounds (stroke), 1), bounds) &&
          is_stroke_in_loop (stroke, loop, n))
        g_hash_table_add (self->parts, stroke);
    }
  for (guint i = 0; i < sg_page_get_n_images (self->page); i++)
    if (sg_polygon_contains (loop, n,
                             sg_rect_center (sg_image_get_bounds (sg_page_get_image (self->page, i)))))
      g_hash_table_add (self->parts, sg_page_get_image (self->page, i));
  for (guint i = 0; i < sg_page_get_n_labels (self->page); i++)
    if (sg_polygon_contains (loop, n, sg_rect_center (sg_label_get_box (sg_page_get_label (self->page, i)))))
      g_hash_table_add (self->parts, sg_page_get_label (self->page, i));
}

static void
add_if_same (SgSelection *self, gpointer part, SgRect bounds, gpointer data)
{
  if (part == data)
    g_hash_table_add (self->parts, part);
}

void
sg_selection_add (SgSelection *self, gpointer part)
{
  foreach_part (self, add_if_same, part);
}

typedef struct
{
  SgRect rect;
  gboolean any;
} Bounds;

static void
unite_part (SgSelection *self, gpointer part, SgRect bounds, gpointer data)
{
  Bounds *all = data;

  if (!g_hash_table_contains (self->parts, part))
    return;
  all->rect = all->any ? sg_rect_union (all->rect, bounds) : bounds;
  all->any = TRUE;
}

SgRect
sg_selection_get_bounds (const SgSelection *self)
{
  Bounds all = { 0 };

  foreach_part (self, unite_part, &all);
  return all.rect;
}

static guint
n_parts_of (const SgElement *element)
{
  return element->label >= 0 ? 1 : element->n_strokes;
}

/* One of the parts that a mark is made of; NULL where the page has it not, as it has no trace of a picture.
 */
static gpointer
part_of (const SgSelection *self, const SgElement *element, guint i)
{
  if (element->label >= 0)
    return (guint)element->label < sg_page_get_n_labels (self->page)
             ? sg_page_get_label (self->page, element->label)
             : NULL;
  return element->strokes[i] < sg_page_get_n_strokes (self->page)
           ? sg_page_get_stroke (self->page, element->strokes[i])
           : NULL;
}

void
sg_selection_add_mark (SgSelection *self, const SgElement *element)
{
  for (guint i = 0; i < n_parts_of (element); i++)
    {
      gpointer part = part_of (self, element, i);

      if (part != NULL)
        g_hash_table_add (self->parts, part);
    }
}

gboolean
sg_selection_contains_mark (const SgSelection *self, const SgElement *element)
{
  guint n = n_parts_of (element);

  for (guint i = 0; i < n; i++)
    {
      gpointer part = part_of (self, element, i);

      if (part == NULL || !sg_selection_contains (self, part))
        return FALSE;
    }
  return n > 0;
}

/* A hand-drawn mark is often several strokes; whoever picks one of them means the mark. */
static void
add_mark_of_stroke (SgSelection *self, guint stroke, const SgReading *reading)
{
  g_hash_table_add (self->parts, sg_page_get_stroke (self->page, stroke));
  for (guint i = 0; reading != NULL && i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      gboolean holds = FALSE;

      for (guint k = 0; k < element->n_strokes; k++)
        holds |= element->strokes[k] == stroke;
      if (holds)
        sg_selection_add_mark (self, element);
    }
}

SgLabel *
sg_page_find_label (const SgPage *page, SgPoint at)
{
  for (guint i = sg_page_get_n_labels (page); i-- > 0;)
    if (sg_rect_contains (sg_label_get_box (sg_page_get_label (page, i)), at))
      return sg_page_get_label (page, i);
  return NULL;
}

gboolean
sg_selection_add_at (SgSelection *self, SgPoint at, double reach, const SgReading *reading)
{
  SgLabel *label = sg_page_find_label (self->page, at);
  double nearest = reach;
  int found = -1;

  if (label != NULL)
    return g_hash_table_add (self->parts, label), TRUE;
  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    {
      SgStroke *stroke = sg_page_get_stroke (self->page, i);

      if (!sg_rect_contains (sg_rect_grow (sg_stroke_get_bounds (stroke), reach), at))
        continue;
      double distance = sg_stroke_distance (stroke, at) - sg_stroke_get_width (stroke) / 2;
      if (distance <= nearest)
        {
          nearest = distance;
          found = i;
        }
    }
  if (found >= 0)
    return add_mark_of_stroke (self, found, reading), TRUE;
  for (guint i = sg_page_get_n_images (self->page); i-- > 0;)
    {
      SgImage *image = sg_page_get_image (self->page, i);

      if (sg_rect_contains (sg_image_get_bounds (image), at))
        return g_hash_table_add (self->parts, image), TRUE;
    }
  return FALSE;
}

int
sg_selection_get_mark (const SgSelection *self, const SgReading *reading)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);

      if (element->label < 0 && element->n_strokes == g_hash_table_size (self->parts) &&
          sg_selection_contains_mark (self, element))
        return i;
    }
  return -1;
}

SgEdit *
sg_selection_delete (const SgSelection *self)
{
  SgEdit *edit = sg_edit_new ();

  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    if (sg_selection_contains (self, sg_page_get_stroke (self->page, i)))
      sg_edit_remove_stroke (edit, sg_page_get_stroke (self->page, i));
  for (guint i = 0; i < sg_page_get_n_images (self->page); i++)
    if (sg_selection_contains (self, sg_page_get_image (self->page, i)))
      sg_edit_remove_image (edit, sg_page_get_image (self->page, i));
  for (guint i = 0; i < sg_page_get_n_labels (self->page); i++)
    if (sg_selection_contains (self, sg_page_get_label (self->page, i)))
      sg_edit_remove_label (edit, sg_page_get_label (self->page, i));
  return edit;
}

static json_t *
copy_extra (const json_t *extra)
{
  return extra != NULL ? json_deep_copy (extra) : NULL;
}

SgPoint
sg_transform_point (const SgTransform *transform, SgPoint p)
{
  SgPoint arm = sg_point_scale (sg_point_sub (p, transform->about), transform->scale);
  double c = cos (transform->angle), s = sin (transform->angle);

  return SG_POINT (transform->about.x + arm.x * c - arm.y * s + transform->by.x,
                   transform->about.y + arm.x * s + arm.y * c + transform->by.y);
}

SgRect
sg_transform_upright (const SgTransform *transform, SgRect rect)
{
  SgPoint middle = sg_transform_point (transform, sg_rect_center (rect));
  double width = rect.width * transform->scale, height = rect.height * transform->scale;

  return (SgRect){ middle.x - width / 2, middle.y - height / 2, width, height };
}

gboolean
sg_transform_is_none (const SgTransform *transform)
{
  return transform->scale == 1 && transform->angle == 0 && sg_point_norm (transform->by) == 0;
}

/* To a hundredth, as ink is kept. */
static double
round_ink (double value)
{
  return round (value * 100) / 100;
}

static SgStroke *
transform_stroke (const SgStroke *stroke, const SgTransform *transform)
{
  guint n = 0;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);
  g_autofree SgInkPoint *moved = g_memdup2 (points, n * sizeof *points);

  for (guint i = 0; i < n; i++)
    {
      SgPoint to = sg_transform_point (transform, SG_POINT (points[i].x, points[i].y));

      moved[i].x = round_ink (to.x);
      moved[i].y = round_ink (to.y);
    }
  return sg_stroke_new (sg_stroke_get_width (stroke), sg_stroke_get_tool (stroke), moved, n,
                        copy_extra (sg_stroke_get_extra (stroke)));
}

static SgImage *
transform_image (const SgImage *image, const SgTransform *transform)
{
  return sg_image_new (sg_transform_upright (transform, sg_image_get_bounds (image)),
                       sg_image_get_data (image), copy_extra (sg_image_get_extra (image)));
}

static SgLabel *
transform_label (const SgLabel *label, const SgTransform *transform)
{
  return sg_label_new (sg_transform_point (transform, sg_label_get_position (label)),
                       sg_label_get_text (label), copy_extra (sg_label_get_extra (label)));
}

static void
select_instead (SgSelection *self, GHashTable *parts)
{
  g_hash_table_unref (self->parts);
  self->parts = parts;
}

SgEdit *
sg_selection_transform (SgSelection *self, const SgTransform *transform)
{
  SgEdit *edit = sg_edit_new ();
  GHashTable *moved = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    {
      SgStroke *stroke = sg_page_get_stroke (self->page, i);

      if (!sg_selection_contains (self, stroke))
        continue;
      g_autoptr (SgStroke) to = transform_stroke (stroke, transform);
      sg_edit_replace_stroke (edit, stroke, to);
      g_hash_table_add (moved, to);
    }
  for (guint i = 0; i < sg_page_get_n_images (self->page); i++)
    {
      SgImage *image = sg_page_get_image (self->page, i);

      if (!sg_selection_contains (self, image))
        continue;
      g_autoptr (SgImage) to = transform_image (image, transform);
      sg_edit_remove_image (edit, image);
      sg_edit_add_image (edit, to);
      g_hash_table_add (moved, to);
    }
  for (guint i = 0; i < sg_page_get_n_labels (self->page); i++)
    {
      SgLabel *label = sg_page_get_label (self->page, i);

      if (!sg_selection_contains (self, label))
        continue;
      g_autoptr (SgLabel) to = transform_label (label, transform);
      sg_edit_replace_label (edit, label, to);
      g_hash_table_add (moved, to);
    }
  select_instead (self, moved);
  return edit;
}

SgPage *
sg_selection_dup_page (const SgSelection *self)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < sg_page_get_n_strokes (self->page); i++)
    if (sg_selection_contains (self, sg_page_get_stroke (self->page, i)))
      sg_page_builder_take_stroke (builder, sg_stroke_ref (sg_page_get_stroke (self->page, i)));
  for (guint i = 0; i < sg_page_get_n_images (self->page); i++)
    if (sg_selection_contains (self, sg_page_get_image (self->page, i)))
      sg_page_builder_take_image (builder, sg_image_ref (sg_page_get_image (self->page, i)));
  for (guint i = 0; i < sg_page_get_n_labels (self->page); i++)
    if (sg_selection_contains (self, sg_page_get_label (self->page, i)))
      sg_page_builder_take_label (builder, sg_label_ref (sg_page_get_label (self->page, i)));
  return sg_page_builder_end (builder);
}

SgEdit *
sg_selection_add_page (SgSelection *self, const SgPage *parts, SgPoint by)
{
  SgEdit *edit = sg_edit_new ();
  SgTransform transform = SG_TRANSFORM_NONE;
  GHashTable *added = g_hash_table_new (NULL, NULL);

  transform.by = by;
  for (guint i = 0; i < sg_page_get_n_strokes (parts); i++)
    {
      g_autoptr (SgStroke) stroke = transform_stroke (sg_page_get_stroke (parts, i), &transform);

      sg_edit_add_stroke (edit, stroke);
      g_hash_table_add (added, stroke);
    }
  for (guint i = 0; i < sg_page_get_n_images (parts); i++)
    {
      g_autoptr (SgImage) image = transform_image (sg_page_get_image (parts, i), &transform);

      sg_edit_add_image (edit, image);
      g_hash_table_add (added, image);
    }
  for (guint i = 0; i < sg_page_get_n_labels (parts); i++)
    {
      g_autoptr (SgLabel) label = transform_label (sg_page_get_label (parts, i), &transform);

      sg_edit_add_label (edit, label);
      g_hash_table_add (added, label);
    }
  select_instead (self, added);
  return edit;
}
