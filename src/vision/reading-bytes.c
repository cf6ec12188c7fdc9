/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readings to bytes and back. Counts and indices are numbers of seven bits a byte, the lowest first, an index
 * that may be -1 one more than it is; doubles are their eight bytes; of a geometry those that are not zero,
 * behind a set of bits that tells which. The reader of bytes stops at the first that is wrong: `failed` holds
 * from then on, and all that is read is zero. */
#include "vision/reading-bytes.h"

#include <string.h>

#define MAGIC "SgRd"
#define VERSION 1

/* Flags. */
enum
{
  IS_PARTIAL = 1,
  IS_PRINT_LEFT = 2,
  IS_TURNED = 4,
  ALL_FLAGS = 7
};

#define MOST_INDEX (1u << 30) /* of a stroke */
#define MOST_MAGNITUDE 1e12   /* of a number that tells a place or a size */

/* Doubles of a geometry, in the order of their bits. */
static const gsize geometry_fields[] = {
  G_STRUCT_OFFSET (SgGeometry, center.x),
  G_STRUCT_OFFSET (SgGeometry, center.y),
  G_STRUCT_OFFSET (SgGeometry, radius),
  G_STRUCT_OFFSET (SgGeometry, radius_minor),
  G_STRUCT_OFFSET (SgGeometry, width),
  G_STRUCT_OFFSET (SgGeometry, height),
  G_STRUCT_OFFSET (SgGeometry, angle),
  G_STRUCT_OFFSET (SgGeometry, start),
  G_STRUCT_OFFSET (SgGeometry, sweep),
  G_STRUCT_OFFSET (SgGeometry, from.x),
  G_STRUCT_OFFSET (SgGeometry, from.y),
  G_STRUCT_OFFSET (SgGeometry, to.x),
  G_STRUCT_OFFSET (SgGeometry, to.y),
  G_STRUCT_OFFSET (SgGeometry, turns),
};

/* -- Writing -- */

static void
put_byte (GByteArray *out, guint8 value)
{
  g_byte_array_append (out, &value, 1);
}

static void
put_number (GByteArray *out, guint64 value)
{
  guint8 bytes[10];
  guint n = 0;

  for (; value >= 0x80; value >>= 7)
    bytes[n++] = value | 0x80;
  bytes[n++] = value;
  g_byte_array_append (out, bytes, n);
}

static void
put_index (GByteArray *out, int index)
{
  put_number (out, index < 0 ? 0 : (guint64)index + 1);
}

static void
put_doubles (GByteArray *out, const double *values, gsize n)
{
  guint start = out->len;

  if (n == 0)
    return;
  g_byte_array_append (out, (const guint8 *)values, n * sizeof (double));
  for (gsize i = 0; G_BYTE_ORDER != G_LITTLE_ENDIAN && i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, &values[i], sizeof bits);
      bits = GUINT64_TO_LE (bits);
      memcpy (out->data + start + i * sizeof bits, &bits, sizeof bits);
    }
}

static void
put_double (GByteArray *out, double value)
{
  put_doubles (out, &value, 1);
}

static void
put_point (GByteArray *out, SgPoint point)
{
  put_doubles (out, &point.x, 2);
}

static void
put_text (GByteArray *out, const char *text)
{
  gsize size = text ? strlen (text) : 0;

  put_number (out, text ? size + 1 : 0);
  g_byte_array_append (out, (const guint8 *)text, size);
}

static void
put_geometry (GByteArray *out, const SgGeometry *geometry)
{
  guint set = 0;

  for (guint i = 0; i < G_N_ELEMENTS (geometry_fields); i++)
    {
      guint64 bits;

      memcpy (&bits, G_STRUCT_MEMBER_P (geometry, geometry_fields[i]), sizeof bits);
      set |= (bits != 0) << i;
    }
  put_number (out, set);
  for (guint i = 0; i < G_N_ELEMENTS (geometry_fields); i++)
    if (set & (1u << i))
      put_double (out, G_STRUCT_MEMBER (double, geometry, geometry_fields[i]));
  put_number (out, geometry->n_points);
  put_doubles (out, (const double *)geometry->points, 2 * (gsize)geometry->n_points);
  put_text (out, geometry->text);
}

static void
put_strokes (GByteArray *out, const guint *strokes, guint n)
{
  put_number (out, n);
  for (guint i = 0; i < n; i++) /* the next is mostly the one behind */
    put_number (out, i == 0 ? strokes[0] : (guint)(strokes[i] - strokes[i - 1]));
}

static int
index_of_correction (const SgPage *page, const SgCorrection *correction)
{
  for (guint i = 0; i < sg_page_get_n_corrections (page); i++)
    if (sg_page_get_correction (page, i) == correction)
      return i;
  return -1;
}

static gboolean
put_element (GByteArray *out, const SgElement *element, const SgPage *page)
{
  int correction = element->correction ? index_of_correction (page, element->correction) : -1;

  put_text (out, element->id);
  put_byte (out, element->kind);
  put_byte (out, element->role);
  put_double (out, element->confidence);
  put_geometry (out, &element->geometry);
  put_strokes (out, element->strokes, element->n_strokes);
  put_index (out, element->label);
  put_index (out, element->image);
  put_number (out, element->n_alternatives);
  for (guint i = 0; i < element->n_alternatives; i++)
    {
      put_byte (out, element->alternatives[i].kind);
      put_double (out, element->alternatives[i].confidence);
      put_geometry (out, &element->alternatives[i].geometry);
    }
  put_double (out, element->line_width);
  put_index (out, correction);
  return !element->correction || correction >= 0;
}

static void
put_relations (GByteArray *out, const SgReading *reading)
{
  put_number (out, reading->relations->len);
  for (guint i = 0; i < reading->relations->len; i++)
    {
      const SgRelation *relation = sg_reading_relation (reading, i);

      put_byte (out, relation->kind);
      put_index (out, relation->a);
      put_index (out, relation->b);
      put_index (out, relation->via);
      put_point (out, relation->point);
      put_double (out, relation->confidence);
    }
}

static void
put_issues (GByteArray *out, const SgReading *reading)
{
  put_number (out, reading->issues->len);
  for (guint i = 0; i < reading->issues->len; i++)
    {
      const SgIssue *issue = &g_array_index (reading->issues, SgIssue, i);

      put_byte (out, issue->severity);
      put_text (out, issue->code);
      put_text (out, issue->message);
      put_index (out, issue->element);
    }
}

static void
put_page_readings (GByteArray *out, const SgReading *reading)
{
  put_number (out, reading->readings->len);
  for (guint i = 0; i < reading->readings->len; i++)
    {
      const SgPageReading *one = &g_array_index (reading->readings, SgPageReading, i);

      put_double (out, one->weight);
      put_number (out, one->marks->len);
      for (guint k = 0; k < one->marks->len; k++)
        {
          const SgReadMark *mark = &g_array_index (one->marks, SgReadMark, k);

          put_byte (out, mark->kind);
          put_double (out, mark->confidence);
          put_strokes (out, mark->strokes, mark->n_strokes);
        }
    }
}

static void
put_anchors (GByteArray *out, const SgReading *reading)
{
  put_number (out, reading->anchors->len);
  for (guint i = 0; i < reading->anchors->len; i++)
    {
      const SgTraceAnchor *anchor = &g_array_index (reading->anchors, SgTraceAnchor, i);

      put_number (out, anchor->stroke);
      put_index (out, anchor->image);
      put_point (out, anchor->anchor);
    }
}

GBytes *
sg_reading_to_bytes (const SgReading *reading, const SgPage *page)
{
  GByteArray *out = g_byte_array_sized_new (4096);
  gboolean whole = TRUE;

  g_byte_array_append (out, (const guint8 *)MAGIC, 4);
  put_byte (out, VERSION);
  put_byte (out, (reading->partial ? IS_PARTIAL : 0) | (reading->print_left ? IS_PRINT_LEFT : 0) |
                   (reading->pose.turned ? IS_TURNED : 0));
  put_double (out, reading->scale);
  put_point (out, reading->origin);
  if (reading->pose.turned)
    {
      put_doubles (out, reading->pose.to_upright, 9);
      put_doubles (out, reading->pose.to_page, 9);
    }
  put_number (out, reading->elements->len);
  for (guint i = 0; i < reading->elements->len; i++)
    whole = put_element (out, sg_reading_element (reading, i), page) && whole;
  put_relations (out, reading);
  put_issues (out, reading);
  put_page_readings (out, reading);
  put_anchors (out, reading);
  if (whole)
    return g_byte_array_free_to_bytes (out);
  g_byte_array_unref (out);
  return NULL;
}

/* -- Reading -- */

typedef struct
{
  const guint8 *at, *end;
  const SgPage *page;
  gboolean failed;
} Source;

static gboolean
need (Source *source, gboolean holds)
{
  source->failed = source->failed || !holds;
  return !source->failed;
}

static gsize
left (const Source *source)
{
  return source->end - source->at;
}

static guint8
get_byte (Source *source)
{
  return need (source, left (source) > 0) ? *source->at++ : 0;
}

static guint64
get_number (Source *source)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 63; shift += 7)
    {
      guint8 byte = get_byte (source);

      value |= (guint64)(byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return source->failed ? 0 : value;
    }
  need (source, FALSE);
  return 0;
}

/* How many follow, each of at least `least_bytes`: what is not there is not asked for. */
static guint
get_count (Source *source, gsize least_bytes)
{
  guint64 n = get_number (source);

  return need (source, n <= left (source) / least_bytes) ? n : 0;
}

/* -1 to `n` - 1. */
static int
get_index (Source *source, guint n)
{
  guint64 value = get_number (source);

  return need (source, value <= n) ? (int)value - 1 : -1;
}

/* 0 to `n` - 1. */
static guint
get_choice (Source *source, guint n)
{
  guint8 value = get_byte (source);

  return need (source, value < n) ? value : 0;
}

static double
get_double (Source *source, double most)
{
  guint64 bits;
  double value;

  if (!need (source, left (source) >= sizeof bits))
    return 0;
  memcpy (&bits, source->at, sizeof bits);
  bits = GUINT64_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  source->at += sizeof bits;
  return need (source, fabs (value) <= most) ? value : 0; /* NAN is no more than anything */
}

static double
get_share (Source *source) /* 0..1 */
{
  double value = get_double (source, 1);

  return need (source, value >= 0) ? value : 0;
}

static SgPoint
get_point (Source *source)
{
  double x = get_double (source, MOST_MAGNITUDE);

  return SG_POINT (x, get_double (source, MOST_MAGNITUDE));
}

static char *
get_text (Source *source)
{
  guint64 size = get_number (source);

  if (size == 0 || !need (source, size - 1 <= left (source)))
    return NULL;
  size--;
  const char *text = (const char *)source->at;
  source->at += size;
  return need (source, g_utf8_validate_len (text, size, NULL)) ? g_strndup (text, size) : NULL;
}

/* A text that has to be there. */
static char *
get_word (Source *source)
{
  char *word = get_text (source);

  need (source, word != NULL);
  return word ? word : g_strdup ("");
}

static void
get_geometry (Source *source, SgGeometry *geometry)
{
  guint64 set = get_number (source);

  need (source, set < 1u << G_N_ELEMENTS (geometry_fields));
  for (guint i = 0; i < G_N_ELEMENTS (geometry_fields); i++)
    if (set & (1u << i))
      G_STRUCT_MEMBER (double, geometry, geometry_fields[i]) = get_double (source, MOST_MAGNITUDE);
  guint n = get_count (source, sizeof (SgPoint));
  geometry->points = n > 0 ? g_new (SgPoint, n) : NULL;
  geometry->n_points = n;
  for (guint i = 0; i < n; i++)
    geometry->points[i] = get_point (source);
  geometry->text = get_text (source);
}

/* Fewer make no mark of the kind, and those who use it count on them. */
static guint
least_points (SgKind kind)
{
  switch (kind)
    {
    case SG_KIND_TRIANGLE:
    case SG_KIND_POLYGON:
      return 3;
    case SG_KIND_POLYLINE:
    case SG_KIND_CURVE:
      return 2;
    case SG_KIND_BLOB:
      return 1;
    default:
      return 0;
    }
}

static guint *
get_strokes (Source *source, guint *n)
{
  guint64 last = 0;

  *n = get_count (source, 1);
  guint *strokes = *n > 0 ? g_new (guint, *n) : NULL;
  for (guint i = 0; i < *n; i++)
    {
      guint64 step = get_number (source);

      need (source, step < MOST_INDEX && (i == 0 || step > 0));
      last += step;
      need (source, last < MOST_INDEX);
      strokes[i] = source->failed ? 0 : last;
    }
  return strokes;
}

/* Least bytes of things of which there are many. */
enum
{
  ELEMENT_BYTES = 27,
  ALTERNATIVE_BYTES = 12,
  RELATION_BYTES = 28,
  ISSUE_BYTES = 4,
  PAGE_READING_BYTES = 9,
  MARK_BYTES = 10,
  ANCHOR_BYTES = 18
};

static void
get_element (Source *source, SgReading *reading)
{
  char *id = get_word (source);
  SgKind kind = get_choice (source, SG_N_KINDS);
  SgRole role = get_choice (source, SG_N_ROLES);
  SgElement *element = sg_reading_add_element (reading, kind, role, get_share (source));

  element->id = id;
  get_geometry (source, &element->geometry);
  need (source, element->geometry.n_points >= least_points (kind));
  element->strokes = get_strokes (source, &element->n_strokes);
  element->label = get_index (source, sg_page_get_n_labels (source->page));
  element->image = get_index (source, sg_page_get_n_images (source->page));
  element->n_alternatives = get_count (source, ALTERNATIVE_BYTES);
  if (element->n_alternatives > 0)
    element->alternatives = g_new0 (SgAlternative, element->n_alternatives);
  for (guint i = 0; i < element->n_alternatives; i++)
    {
      element->alternatives[i].kind = get_choice (source, SG_N_KINDS);
      element->alternatives[i].confidence = get_share (source);
      get_geometry (source, &element->alternatives[i].geometry);
    }
  element->line_width = get_double (source, MOST_MAGNITUDE);
  int correction = get_index (source, sg_page_get_n_corrections (source->page));
  if (correction >= 0)
    element->correction = sg_correction_ref (sg_page_get_correction (source->page, correction));
}

static void
get_relations (Source *source, SgReading *reading)
{
  guint n_elements = sg_reading_n_elements (reading);

  for (guint n = get_count (source, RELATION_BYTES); n > 0 && !source->failed; n--)
    {
      SgRelationKind kind = get_choice (source, SG_N_RELATIONS);
      int a = get_index (source, n_elements), b = get_index (source, n_elements);
      int via = get_index (source, n_elements);
      SgPoint point = get_point (source);

      sg_reading_add_relation (reading, kind, a, b, via, point, get_share (source));
    }
}

static void
get_issues (Source *source, SgReading *reading)
{
  for (guint n = get_count (source, ISSUE_BYTES); n > 0 && !source->failed; n--)
    {
      SgIssue issue = { .severity = get_choice (source, SG_SEVERITY_ERROR + 1) };

      issue.code = get_word (source);
      issue.message = get_word (source);
      issue.element = get_index (source, sg_reading_n_elements (reading));
      g_array_append_val (reading->issues, issue);
    }
}

static void
get_page_readings (Source *source, SgReading *reading)
{
  for (guint n = get_count (source, PAGE_READING_BYTES); n > 0 && !source->failed; n--)
    {
      GArray *marks = sg_reading_add_page_reading (reading, get_share (source))->marks;

      for (guint k = get_count (source, MARK_BYTES); k > 0 && !source->failed; k--)
        {
          SgReadMark mark = { .kind = get_choice (source, SG_N_KINDS) };

          mark.confidence = get_share (source);
          mark.strokes = get_strokes (source, &mark.n_strokes);
          g_array_append_val (marks, mark);
        }
    }
}

static void
get_anchors (Source *source, SgReading *reading)
{
  for (guint n = get_count (source, ANCHOR_BYTES); n > 0 && !source->failed; n--)
    {
      SgTraceAnchor anchor = { 0 };
      guint64 stroke = get_number (source);

      need (source, stroke < MOST_INDEX);
      anchor.stroke = stroke;
      anchor.image = get_index (source, sg_page_get_n_images (source->page));
      anchor.anchor = get_point (source);
      g_array_append_val (reading->anchors, anchor);
    }
}

static void
get_head (Source *source, SgReading *reading)
{
  need (source, left (source) >= 6 && memcmp (source->at, MAGIC, 4) == 0);
  source->at += source->failed ? 0 : 4;
  need (source, get_byte (source) == VERSION);
  guint flags = get_byte (source);
  need (source, flags <= ALL_FLAGS);
  reading->partial = (flags & IS_PARTIAL) != 0;
  reading->print_left = (flags & IS_PRINT_LEFT) != 0;
  reading->pose.turned = (flags & IS_TURNED) != 0;
  reading->scale = get_double (source, MOST_MAGNITUDE);
  need (source, reading->scale > 0);
  reading->origin = get_point (source);
  for (guint i = 0; reading->pose.turned && i < 9; i++)
    reading->pose.to_upright[i] = get_double (source, MOST_MAGNITUDE);
  for (guint i = 0; reading->pose.turned && i < 9; i++)
    reading->pose.to_page[i] = get_double (source, MOST_MAGNITUDE);
}

SgReading *
sg_reading_from_bytes (GBytes *bytes, const SgPage *page)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Source source = { data, data + size, page, FALSE };

  get_head (&source, reading);
  for (guint n = get_count (&source, ELEMENT_BYTES); n > 0 && !source.failed; n--)
    get_element (&source, reading);
  get_relations (&source, reading);
  get_issues (&source, reading);
  get_page_readings (&source, reading);
  get_anchors (&source, reading);
  return need (&source, left (&source) == 0) ? g_steal_pointer (&reading) : NULL;
}

/* -- Weight -- */

#define BLOCK 16 /* what the allocator takes of a block */

static gsize
weigh_geometry (const SgGeometry *geometry)
{
  return (geometry->points ? geometry->n_points * sizeof (SgPoint) + BLOCK : 0) +
         (geometry->text ? strlen (geometry->text) + 1 + BLOCK : 0);
}

static gsize
weigh_element (const SgElement *element)
{
  gsize weight = sizeof *element + (element->id ? strlen (element->id) + BLOCK : 0) +
                 element->n_strokes * sizeof (guint) + BLOCK + weigh_geometry (&element->geometry) +
                 element->n_alternatives * sizeof (SgAlternative) + BLOCK;

  for (guint i = 0; i < element->n_alternatives; i++)
    weight += weigh_geometry (&element->alternatives[i].geometry);
  return weight;
}

static gsize
weigh_page_reading (const SgPageReading *one)
{
  gsize weight = sizeof *one + sizeof (GArray) + one->marks->len * sizeof (SgReadMark) + 4 * BLOCK;

  for (guint i = 0; i < one->marks->len; i++)
    weight += g_array_index (one->marks, SgReadMark, i).n_strokes * sizeof (guint) + BLOCK;
  return weight;
}

gsize
sg_reading_weigh (const SgReading *reading)
{
  gsize weight = sizeof *reading + 5 * (sizeof (GArray) + 4 * BLOCK) +
                 reading->relations->len * sizeof (SgRelation) +
                 reading->anchors->len * sizeof (SgTraceAnchor);

  for (guint i = 0; i < reading->elements->len; i++)
    weight += weigh_element (sg_reading_element (reading, i));
  for (guint i = 0; i < reading->issues->len; i++)
    {
      const SgIssue *issue = &g_array_index (reading->issues, SgIssue, i);

      weight += sizeof *issue + strlen (issue->code) + strlen (issue->message) + 2 * BLOCK;
    }
  for (guint i = 0; i < reading->readings->len; i++)
    weight += weigh_page_reading (&g_array_index (reading->readings, SgPageReading, i));
  return weight + weight / 2; /* arrays grow by doubling */
}

gboolean
sg_reading_is_corrected (const SgReading *reading)
{
  for (guint i = 0; i < reading->elements->len; i++)
    if (sg_reading_element (reading, i)->correction)
      return TRUE;
  return FALSE;
}
