/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strokes to features to shapes; any thread.
 *
 * The model's file, all numbers little-endian: "SGGLYPH1"; inputs, hidden units, shapes and the length of the
 * names as guint32; the names, one a line, padded to four bytes; then a layer each for hidden units and
 * shapes: a factor and a bias for every unit (float), and the weights as signed bytes, input by input, padded
 * to four. build-aux/train-glyphs writes it and must know the same features. */
#include "vision/glyph.h"

#include <gio/gio.h>
#include <string.h>

#define RESOURCE "/org/simgen/SimGen/glyphs.bin"
#define MAGIC "SGGLYPH1"

#define GRID 8
#define ORIENTATIONS 4
#define STEPS 24        /* of the glyph's size, by which strokes are followed */
#define INK_GAIN 8.0    /* a line straight through a cell gives 1 */
#define MOST_INK 1.5    /* of a feature */
#define LEAST_SHARE 0.4 /* of the row's height: smaller glyphs stay small */
#define MARGIN 0.92
#define DOUBT 2.0 /* divides the network's scores: hands differ more than those it was taught by */
#define INPUTS (GRID * GRID * ORIENTATIONS + 3)
#define HIDDEN 128
#define WIDTH MAX (HIDDEN, SG_GLYPH_SHAPES_MAX)
#define BLOCK 32 /* divides WIDTH */

/* Every layer is as wide as the widest, so that its loops have a length that the compiler knows and can run
 * in vectors. */
typedef struct
{
  float bias[WIDTH];
  float (*weights)[WIDTH]; /* n_inputs */
  guint n_inputs, n_units;
} Layer;

struct _SgGlyphModel
{
  char **names; /* n_shapes, NULL */
  Layer hidden, shapes;
};

/* Where reading the file has got to. */
typedef struct
{
  const guint8 *at, *end;
} Reader;

static const guint8 *
take (Reader *reader, gsize n)
{
  const guint8 *taken = reader->at;

  g_assert (n <= (gsize)(reader->end - reader->at));
  reader->at += n;
  return taken;
}

static guint32
take_uint (Reader *reader)
{
  guint32 little;

  memcpy (&little, take (reader, sizeof little), sizeof little);
  return GUINT32_FROM_LE (little);
}

static float
take_float (Reader *reader)
{
  guint32 bits = take_uint (reader);
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static Layer
take_layer (Reader *reader, guint n_inputs, guint n_units)
{
  Layer layer = { .n_inputs = n_inputs, .n_units = n_units };
  float factor[WIDTH];

  for (guint k = 0; k < n_units; k++)
    factor[k] = take_float (reader);
  for (guint k = 0; k < n_units; k++)
    layer.bias[k] = take_float (reader);
  const gint8 *bytes = (const gint8 *)take (reader, (n_inputs * n_units + 3) / 4 * 4);
  layer.weights = g_malloc0_n (n_inputs, sizeof *layer.weights);
  for (guint i = 0; i < n_inputs; i++)
    for (guint k = 0; k < n_units; k++)
      layer.weights[i][k] = factor[k] * bytes[i * n_units + k];
  return layer;
}

SgGlyphModel *
sg_glyph_model_new (void)
{
  SgGlyphModel *model = g_new0 (SgGlyphModel, 1);
  gsize size;

  g_autoptr (GBytes) file = g_resources_lookup_data (RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert (file);
  const guint8 *data = g_bytes_get_data (file, &size);
  Reader reader = { data, data + size };
  g_assert (memcmp (take (&reader, strlen (MAGIC)), MAGIC, strlen (MAGIC)) == 0);
  guint inputs = take_uint (&reader), hidden = take_uint (&reader), shapes = take_uint (&reader);
  gsize length = take_uint (&reader);
  g_assert (inputs == INPUTS && hidden == HIDDEN && shapes <= SG_GLYPH_SHAPES_MAX);
  g_autofree char *names = g_strndup ((const char *)take (&reader, length), length);
  model->names = g_strsplit (g_strchomp (names), "\n", -1);
  g_assert (g_strv_length (model->names) == shapes);
  model->hidden = take_layer (&reader, inputs, hidden);
  model->shapes = take_layer (&reader, hidden, shapes);
  return model;
}

void
sg_glyph_model_free (SgGlyphModel *model)
{
  g_free (model->hidden.weights);
  g_free (model->shapes.weights);
  g_strfreev (model->names);
  g_free (model);
}

guint
sg_glyph_model_n_shapes (const SgGlyphModel *model)
{
  return model->shapes.n_units;
}

const char *
sg_glyph_model_characters (const SgGlyphModel *model, guint shape)
{
  g_return_val_if_fail (shape < model->shapes.n_units, NULL);
  return model->names[shape];
}

/* The square that a glyph is seen in. */
typedef struct
{
  SgPoint center;
  double size;
} Frame;

/* Spreads a step's length over the four cells and two orientations it lies between. */
static void
add_step (float *grid, SgPoint a, SgPoint b)
{
  double length = sg_point_distance (a, b);
  double turn = atan2 (b.y - a.y, b.x - a.x) / G_PI;
  double bin = (turn - floor (turn)) * ORIENTATIONS;
  double x = (a.x + b.x) / 2 * GRID - 0.5, y = (a.y + b.y) / 2 * GRID - 0.5;
  int bin0 = floor (bin), x0 = floor (x), y0 = floor (y);

  for (int k = 0; k < 8; k++)
    {
      int column = x0 + (k & 1), row = y0 + (k >> 1 & 1), o = (bin0 + (k >> 2)) % ORIENTATIONS;
      double share = k >> 2 ? bin - bin0 : 1 - (bin - bin0);

      if (column >= 0 && column < GRID && row >= 0 && row < GRID)
        grid[(o * GRID + row) * GRID + column] +=
          length * share * (1 - fabs (x - column)) * (1 - fabs (y - row));
    }
}

/* Follows a stroke in even steps; returns its length, in sizes of the frame. */
static double
add_stroke (float *grid, const SgInk *ink, const Frame *frame)
{
  guint n = MAX (1, (guint)ceil (ink->length / (frame->size / STEPS)));
  double step = ink->length / n, walked = 0, sum = 0;
  SgPoint before = { 0 };
  guint k = 0;

  for (guint i = 0; i <= n; i++)
    {
      SgPoint p = ink->points[ink->n - 1];

      for (; k + 1 < ink->n; k++)
        {
          double length = sg_point_distance (ink->points[k], ink->points[k + 1]);

          if (walked + length >= i * step)
            {
              p = sg_point_lerp (ink->points[k], ink->points[k + 1], (i * step - walked) / length);
              break;
            }
          walked += length;
        }
      p = sg_point_scale (sg_point_sub (p, frame->center), MARGIN / frame->size);
      p = sg_point_add (p, SG_POINT (0.5, 0.5));
      if (i > 0)
        {
          add_step (grid, before, p);
          sum += sg_point_distance (before, p);
        }
      before = p;
    }
  return sum;
}

static void
find_features (const SgInk *const *strokes, guint n, double row_height, float features[INPUTS])
{
  SgRect bounds = strokes[0]->bounds;
  double length = 0;

  memset (features, 0, INPUTS * sizeof *features);
  for (guint i = 1; i < n; i++)
    bounds = sg_rect_union (bounds, strokes[i]->bounds);
  Frame frame = { sg_rect_center (bounds),
                  MAX (MAX (bounds.width, bounds.height), LEAST_SHARE * row_height) };
  for (guint i = 0; i < n; i++)
    length += add_stroke (features, strokes[i], &frame);
  for (guint i = 0; i < GRID * GRID * ORIENTATIONS; i++)
    features[i] = MIN (sqrtf (INK_GAIN * features[i]), MOST_INK);
  features[INPUTS - 3] = bounds.width / frame.size;
  features[INPUTS - 2] = bounds.height / frame.size;
  features[INPUTS - 1] = MIN (length / 4, MOST_INK);
}

/* By rows of the weights, as features of nought cost nothing; by a few units at a time, whose sums stay in
 * registers. */
static void
apply_layer (const Layer *layer, const float *in, float out[WIDTH])
{
  for (guint first = 0; first < WIDTH; first += BLOCK)
    {
      float sums[BLOCK];

      memcpy (sums, layer->bias + first, sizeof sums);
      for (guint i = 0; i < layer->n_inputs; i++)
        if (in[i] != 0)
          for (guint k = 0; k < BLOCK; k++)
            sums[k] += in[i] * layer->weights[i][first + k];
      memcpy (out + first, sums, sizeof sums);
    }
}

void
sg_glyph_model_read (
  const SgGlyphModel *model, const SgInk *const *strokes, guint n, double row_height, float *log_p)
{
  guint n_shapes = model->shapes.n_units;
  float features[INPUTS], hidden[WIDTH], shapes[WIDTH], most = -G_MAXFLOAT, sum = 0;

  find_features (strokes, n, row_height, features);
  apply_layer (&model->hidden, features, hidden);
  for (guint i = 0; i < HIDDEN; i++)
    hidden[i] = MAX (hidden[i], 0);
  apply_layer (&model->shapes, hidden, shapes);
  for (guint i = 0; i < n_shapes; i++)
    most = MAX (most, shapes[i] / DOUBT);
  for (guint i = 0; i < n_shapes; i++)
    sum += expf (shapes[i] / DOUBT - most);
  for (guint i = 0; i < n_shapes; i++)
    log_p[i] = shapes[i] / DOUBT - most - logf (sum);
}
