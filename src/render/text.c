/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texture has two channels: the letter, and the letter with its halo. It is filled row by row; when it
 * is full, or the letters are to be of another size, it is begun anew. Quads are made anew a frame, in a
 * buffer that is kept. */
#include "render/text.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define ATLAS_SIDE 512
#define HALO 2.0 /* pixels */
#define PAD 3    /* pixels about a letter: the halo and what filtering reaches */
#define MAX_LABELS 400
#define FONT "Sans"

typedef struct
{
  int x, y, width, height; /* in the atlas, with PAD */
  float advance;
  gboolean empty; /* nothing to draw: a blank */
} Glyph;

typedef struct
{
  float x, y, u, v;
} TextVertex;

typedef struct
{
  float left, top, right, bottom;
} Box;

struct _SgText
{
  GLuint texture, vertex_array, buffer;
  GHashTable *glyphs; /* codepoint -> Glyph */
  guint8 *pixels;     /* 2 a texel; ATLAS_SIDE rows */
  gboolean changed;   /* `pixels` are not in the texture yet */
  int row_x, row_y, row_height;
  int size;         /* pixels */
  GArray *vertices; /* TextVertex, six a letter */
  GArray *boxes;    /* Box of words that were put */
};

SgText *
sg_text_new (void)
{
  SgText *self = g_new0 (SgText, 1);

  self->glyphs = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->vertices = g_array_new (FALSE, FALSE, sizeof (TextVertex));
  self->boxes = g_array_new (FALSE, FALSE, sizeof (Box));
  return self;
}

void
sg_text_free (SgText *self)
{
  glDeleteTextures (1, &self->texture);
  glDeleteVertexArrays (1, &self->vertex_array);
  glDeleteBuffers (1, &self->buffer);
  g_hash_table_unref (self->glyphs);
  g_array_unref (self->vertices);
  g_array_unref (self->boxes);
  g_free (self->pixels);
  g_free (self);
}

static void
begin_atlas (SgText *self, int size)
{
  g_hash_table_remove_all (self->glyphs);
  if (self->pixels == NULL)
    self->pixels = g_malloc (2 * ATLAS_SIDE * ATLAS_SIDE);
  memset (self->pixels, 0, 2 * ATLAS_SIDE * ATLAS_SIDE);
  self->row_x = self->row_y = self->row_height = 0;
  self->size = size;
}

void
sg_text_begin (SgText *self, int pixels)
{
  if (self->size != pixels || self->row_y > ATLAS_SIDE * 3 / 4)
    begin_atlas (self, pixels);
  g_array_set_size (self->vertices, 0);
  g_array_set_size (self->boxes, 0);
}

/* One letter to one of the two channels. */
static void
paint (SgText *self, PangoLayout *layout, const Glyph *glyph, int channel)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, glyph->width, glyph->height);
  cairo_t *cr = cairo_create (surface);
  const guint8 *from;
  int stride;

  cairo_move_to (cr, PAD, PAD);
  pango_cairo_layout_path (cr, layout);
  if (channel == 1)
    {
      cairo_set_line_width (cr, 2 * HALO);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke_preserve (cr);
    }
  cairo_fill (cr);
  cairo_surface_flush (surface);
  from = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < glyph->height; y++)
    for (int x = 0; x < glyph->width; x++)
      self->pixels[2 * ((glyph->y + y) * ATLAS_SIDE + glyph->x + x) + channel] = from[y * stride + x];
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static PangoLayout *
make_layout (SgText *self, gunichar letter)
{
  PangoFontMap *fonts = pango_cairo_font_map_get_default ();
  PangoContext *context = pango_font_map_create_context (fonts);
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  char text[6];

  pango_font_description_set_absolute_size (font, self->size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  g_object_unref (context);
  pango_layout_set_text (layout, text, g_unichar_to_utf8 (letter, text));
  return layout;
}

/* Room for a letter of that size; FALSE where the atlas is full. */
static gboolean
find_room (SgText *self, Glyph *glyph)
{
  if (self->row_x + glyph->width > ATLAS_SIDE)
    {
      self->row_x = 0;
      self->row_y += self->row_height;
      self->row_height = 0;
    }
  if (glyph->width > ATLAS_SIDE || self->row_y + glyph->height > ATLAS_SIDE)
    return FALSE;
  glyph->x = self->row_x;
  glyph->y = self->row_y;
  self->row_x += glyph->width;
  self->row_height = MAX (self->row_height, glyph->height);
  return TRUE;
}

static const Glyph *
find_glyph (SgText *self, gunichar letter)
{
  Glyph *glyph = g_hash_table_lookup (self->glyphs, GUINT_TO_POINTER (letter));
  PangoRectangle box;

  if (glyph != NULL)
    return glyph;
  PangoLayout *layout = make_layout (self, letter);
  pango_layout_get_pixel_extents (layout, NULL, &box);
  glyph = g_new0 (Glyph, 1);
  glyph->width = box.width + 2 * PAD;
  glyph->height = box.height + 2 * PAD;
  glyph->advance = (float)box.width;
  glyph->empty = g_unichar_isspace (letter) || !find_room (self, glyph);
  if (!glyph->empty)
    {
      paint (self, layout, glyph, 0);
      paint (self, layout, glyph, 1);
      self->changed = TRUE;
    }
  g_object_unref (layout);
  g_hash_table_insert (self->glyphs, GUINT_TO_POINTER (letter), glyph);
  return glyph;
}

static void
add_quad (SgText *self, const Glyph *glyph, float x, float y)
{
  static const int corners[6][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 0 }, { 1, 1 }, { 0, 1 } };

  for (int i = 0; i < 6; i++)
    {
      float across = (float)(corners[i][0] * glyph->width), down = (float)(corners[i][1] * glyph->height);
      TextVertex vertex = { x + across - PAD, y + down - PAD, ((float)glyph->x + across) / ATLAS_SIDE,
                            ((float)glyph->y + down) / ATLAS_SIDE };

      g_array_append_val (self->vertices, vertex);
    }
}

static gboolean
covers_another (const SgText *self, const Box *box)
{
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const Box *other = &g_array_index (self->boxes, Box, i);

      if (box->left < other->right && other->left < box->right && box->top < other->bottom &&
          other->top < box->bottom)
        return TRUE;
    }
  return FALSE;
}

gboolean
sg_text_put (SgText *self, const char *words, float x, float y)
{
  float width = 0, height = 0;
  const char *end;

  g_utf8_validate (words, -1, &end);
  for (const char *at = words; at < end; at = g_utf8_next_char (at))
    {
      const Glyph *glyph = find_glyph (self, g_utf8_get_char (at));

      width += glyph->advance;
      height = MAX (height, (float)(glyph->height - 2 * PAD));
    }
  x = roundf (x - width / 2);
  y = roundf (y - height / 2);
  Box box = { x, y, x + width, y + height };
  if (width <= 0 || self->boxes->len >= MAX_LABELS || covers_another (self, &box))
    return FALSE;
  g_array_append_val (self->boxes, box);
  for (const char *at = words; at < end; at = g_utf8_next_char (at))
    {
      const Glyph *glyph = find_glyph (self, g_utf8_get_char (at));

      if (!glyph->empty)
        add_quad (self, glyph, x, y);
      x += glyph->advance;
    }
  return TRUE;
}

static void
make_objects (SgText *self)
{
  glGenTextures (1, &self->texture);
  glBindTexture (GL_TEXTURE_2D, self->texture);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glGenVertexArrays (1, &self->vertex_array);
  glGenBuffers (1, &self->buffer);
}

static void
send (SgText *self)
{
  glActiveTexture (GL_TEXTURE0 + SG_UNIT_COLOR);
  if (self->texture == 0)
    make_objects (self);
  glBindTexture (GL_TEXTURE_2D, self->texture);
  if (self->changed)
    glTexImage2D (
      GL_TEXTURE_2D, 0, GL_RG8, ATLAS_SIDE, ATLAS_SIDE, 0, GL_RG, GL_UNSIGNED_BYTE, self->pixels);
  self->changed = FALSE;
  glBindVertexArray (self->vertex_array);
  glBindBuffer (GL_ARRAY_BUFFER, self->buffer);
  glBufferData (
    GL_ARRAY_BUFFER, self->vertices->len * sizeof (TextVertex), self->vertices->data, GL_STREAM_DRAW);
  glEnableVertexAttribArray (SG_ATTRIBUTE_POSITION);
  glVertexAttribPointer (SG_ATTRIBUTE_POSITION, 4, GL_FLOAT, GL_FALSE, sizeof (TextVertex), NULL);
}

gboolean
sg_text_draw (SgText *self,
              SgShaders *shaders,
              const float ink[3],
              const float halo[3],
              int width,
              int height,
              GError **error)
{
  GLuint program;

  if (self->vertices->len == 0)
    return TRUE;
  program = sg_shaders_use (shaders, SG_PROGRAM_TEXT, SG_VARIANT_NONE, error);
  if (!program)
    return FALSE;
  send (self);
  glUniform3fv (glGetUniformLocation (program, "text_ink"), 1, ink);
  glUniform3fv (glGetUniformLocation (program, "text_halo"), 1, halo);
  glUniform2f (glGetUniformLocation (program, "text_size"), (float)width, (float)height);
  glDisable (GL_DEPTH_TEST);
  glDisable (GL_CULL_FACE);
  glDrawArrays (GL_TRIANGLES, 0, (GLsizei)self->vertices->len);
  glEnable (GL_DEPTH_TEST);
  return TRUE;
}
