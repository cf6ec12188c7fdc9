/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Readings as bytes: what comes back is the same in every field and compiles to the same model; what is
 * damaged is refused or is a reading that does no harm. */
#include "vision/reading-bytes.h"

#include <string.h>

#include "base/json.h"
#include "physics/assemble.h"
#include "physics/model.h"
#include "physics/spec-json.h"
#include "pipeline/input.h"
#include "tests/vision/notation.h"
#include "vision/analyze.h"
#include "vision/reading-json.h"

static const char *const examples[] = {
  "ball-ramp.simgen",
  "box-stack.simgen",
  "car.simgen",
  "double-pendulum.simgen",
  "pendulum.simgen",
  "newtons-cradle.simgen",
  "pulley.simgen",
  "robot-arm.simgen",
  "see-saw.simgen",
  "spring-mass.simgen",
  "pendulum-photo.jpg",
};

static void
assert_same_geometry (const SgGeometry *a, const SgGeometry *b)
{
  gsize doubles = G_STRUCT_OFFSET (SgGeometry, points); /* all before are such */

  g_assert_cmpmem (a, doubles, b, doubles);
  g_assert_cmpmem (a->points, a->n_points * sizeof (SgPoint), b->points, b->n_points * sizeof (SgPoint));
  g_assert_cmpstr (a->text, ==, b->text);
}

static void
assert_same_element (const SgElement *a, const SgElement *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->role, ==, b->role);
  g_assert_cmpmem (&a->confidence, sizeof (double), &b->confidence, sizeof (double));
  assert_same_geometry (&a->geometry, &b->geometry);
  g_assert_cmpmem (a->strokes, a->n_strokes * sizeof (guint), b->strokes, b->n_strokes * sizeof (guint));
  g_assert_cmpint (a->label, ==, b->label);
  g_assert_cmpint (a->image, ==, b->image);
  g_assert_cmpuint (a->n_alternatives, ==, b->n_alternatives);
  for (guint i = 0; i < a->n_alternatives; i++)
    {
      g_assert_cmpint (a->alternatives[i].kind, ==, b->alternatives[i].kind);
      g_assert_true (a->alternatives[i].confidence == b->alternatives[i].confidence);
      assert_same_geometry (&a->alternatives[i].geometry, &b->alternatives[i].geometry);
    }
  g_assert_cmpmem (&a->line_width, sizeof (double), &b->line_width, sizeof (double));
  g_assert_true (a->correction == b->correction);
}

static void
assert_same_page_reading (const SgPageReading *a, const SgPageReading *b)
{
  g_assert_true (a->weight == b->weight);
  g_assert_cmpuint (a->marks->len, ==, b->marks->len);
  for (guint k = 0; k < a->marks->len; k++)
    {
      const SgReadMark *x = &g_array_index (a->marks, SgReadMark, k);
      const SgReadMark *y = &g_array_index (b->marks, SgReadMark, k);

      g_assert_cmpint (x->kind, ==, y->kind);
      g_assert_true (x->confidence == y->confidence);
      g_assert_cmpmem (x->strokes, x->n_strokes * sizeof (guint), y->strokes, y->n_strokes * sizeof (guint));
    }
}

static void
assert_same_relation (const SgRelation *a, const SgRelation *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->a, ==, b->a);
  g_assert_cmpint (a->b, ==, b->b);
  g_assert_cmpint (a->via, ==, b->via);
  g_assert_cmpmem (&a->point, sizeof (SgPoint), &b->point, sizeof (SgPoint));
  g_assert_true (a->confidence == b->confidence);
}

static void
assert_same (const SgReading *a, const SgReading *b)
{
  g_autoptr (json_t) json_a = sg_reading_to_json (a), json_b = sg_reading_to_json (b);

  g_assert_cmpuint (a->elements->len, ==, b->elements->len);
  for (guint i = 0; i < a->elements->len; i++)
    assert_same_element (sg_reading_element (a, i), sg_reading_element (b, i));
  g_assert_cmpuint (a->relations->len, ==, b->relations->len);
  for (guint i = 0; i < a->relations->len; i++)
    assert_same_relation (sg_reading_relation (a, i), sg_reading_relation (b, i));
  g_assert_cmpuint (a->issues->len, ==, b->issues->len);
  for (guint i = 0; i < a->issues->len; i++)
    {
      const SgIssue *x = &g_array_index (a->issues, SgIssue, i), *y = &g_array_index (b->issues, SgIssue, i);

      g_assert_cmpint (x->severity, ==, y->severity);
      g_assert_cmpstr (x->code, ==, y->code);
      g_assert_cmpstr (x->message, ==, y->message);
      g_assert_cmpint (x->element, ==, y->element);
    }
  g_assert_cmpuint (a->readings->len, ==, b->readings->len);
  for (guint i = 0; i < a->readings->len; i++)
    assert_same_page_reading (&g_array_index (a->readings, SgPageReading, i),
                              &g_array_index (b->readings, SgPageReading, i));
  g_assert_cmpuint (a->anchors->len, ==, b->anchors->len);
  for (guint i = 0; i < a->anchors->len; i++)
    {
      const SgTraceAnchor *x = &g_array_index (a->anchors, SgTraceAnchor, i);
      const SgTraceAnchor *y = &g_array_index (b->anchors, SgTraceAnchor, i);

      g_assert_cmpuint (x->stroke, ==, y->stroke);
      g_assert_cmpint (x->image, ==, y->image);
      g_assert_cmpmem (&x->anchor, sizeof (SgPoint), &y->anchor, sizeof (SgPoint));
    }
  g_assert_true (a->partial == b->partial && a->print_left == b->print_left);
  g_assert_true (a->scale == b->scale);
  g_assert_cmpmem (&a->origin, sizeof (SgPoint), &b->origin, sizeof (SgPoint));
  g_assert_true (a->pose.turned == b->pose.turned);
  g_assert_cmpmem (a->pose.to_upright, sizeof a->pose.to_upright, b->pose.to_upright,
                   sizeof b->pose.to_upright);
  g_assert_cmpmem (a->pose.to_page, sizeof a->pose.to_page, b->pose.to_page, sizeof b->pose.to_page);
  g_assert_true (json_equal (json_a, json_b));
}

static SgReading *
round_trip (const SgReading *reading, const SgPage *page)
{
  g_autoptr (GBytes) bytes = sg_reading_to_bytes (reading, page);
  SgReading *again = sg_reading_from_bytes (bytes, page);

  g_assert_nonnull (again);
  assert_same (reading, again);
  g_assert_cmpuint (sg_reading_weigh (reading), >, g_bytes_get_size (bytes) / 4);
  g_assert_true (sg_reading_is_corrected (reading) == sg_reading_is_corrected (again));
  return again;
}

static char *
compile (SgReading *reading)
{
  g_autoptr (SgSpec) spec = sg_assemble (reading);
  char *mjcf = NULL;
  g_autoptr (SgModel) model = sg_model_from_spec (spec, &mjcf, NULL);

  return model ? mjcf : g_strdup ("no model");
}

static SgPage *
load (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", name, NULL);
  SgPage *page = sg_input_file_load_page (path, 1, NULL);

  g_assert_nonnull (page);
  return page;
}

static void
check_page (SgPage *page)
{
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
  g_autoptr (SgReading) again = round_trip (reading, page);
  g_autofree char *first = compile (reading), *second = compile (again);

  g_assert_cmpstr (first, ==, second);
}

/* The page with something said of every mark of it, and a typed label. */
static SgPage *
correct_all (SgPage *page)
{
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
  SgPageBuilder *builder = sg_page_builder_new (page);

  sg_page_builder_take_label (builder, sg_label_new (SG_POINT (100, 100), "2 kg – schwer", NULL));
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgElement *element = sg_reading_element (reading, i);
      g_autoptr (GPtrArray) strokes = g_ptr_array_new ();

      for (guint k = 0; k < element->n_strokes; k++)
        if (element->strokes[k] < sg_page_get_n_strokes (page))
          g_ptr_array_add (strokes, sg_page_get_stroke (page, element->strokes[k]));
      if (strokes->len == 0)
        continue;
      g_autoptr (SgCorrection) one =
        sg_correction_new_for_strokes ((SgStroke *const *)strokes->pdata, strokes->len);
      sg_page_builder_take_correction (builder, sg_correction_with_kind (one, sg_kind_name (element->kind)));
    }
  return sg_page_builder_end (builder);
}

static void
test_examples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autoptr (SgPage) page = load (examples[i]);
      g_autoptr (SgPage) corrected = correct_all (page);

      check_page (page);
      check_page (corrected);
    }
}

/* What cannot come of a page today: all flags, a turned pose, empty texts. */
static void
test_rare (void)
{
  g_autoptr (SgPage) page = sg_page_new ();
  g_autoptr (SgReading) reading = sg_reading_new ();
  SgPose pose;

  sg_pose_init_tilt (&pose, SG_POINT (300, 200), 0.1);
  reading->pose = pose;
  reading->partial = reading->print_left = TRUE;
  sg_reading_add_issue (reading, SG_SEVERITY_ERROR, -1, "", "%s", "");
  g_autoptr (SgReading) again = round_trip (reading, page);
  g_autoptr (SgReading) empty = sg_reading_new ();
  g_autoptr (SgReading) still_empty = round_trip (empty, page);
}

/* A page that has fewer labels, pictures or corrections is another page. */
static void
test_of_another_page (void)
{
  g_autoptr (SgPage) plain = load ("pendulum.simgen");
  g_autoptr (SgPage) page = correct_all (plain);
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
  g_autoptr (GBytes) bytes = sg_reading_to_bytes (reading, page);

  g_assert_null (sg_reading_from_bytes (bytes, plain));
  g_assert_null (sg_reading_to_bytes (reading, plain));
}

/* It is there, or it is not; what is there can be used like any other. */
static void
try_bytes (const guint8 *data, gsize size, const SgPage *page, gboolean use)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size); /* of its own, so that the sanitizer sees its end */
  g_autoptr (SgReading) reading = sg_reading_from_bytes (bytes, page);

  if (!reading || !use)
    return;
  g_autoptr (json_t) json = sg_reading_to_json (reading);
  g_autoptr (SgSpec) spec = sg_assemble (reading);
  g_autoptr (SgReading) again = round_trip (reading, page);
}

static void
test_damage (void)
{
  static const char *const names[] = { "pendulum.simgen", "pulley.simgen" };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      g_autoptr (SgPage) plain = load (names[n]);
      g_autoptr (SgPage) page = correct_all (plain);
      g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);
      g_autoptr (GBytes) bytes = sg_reading_to_bytes (reading, page);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);
      g_autofree guint8 *damaged = g_memdup2 (data, size);

      g_test_message ("%s: %u elements, %" G_GSIZE_FORMAT " bytes", names[n], reading->elements->len, size);
      for (gsize i = 0; i < size; i++)
        {
          g_autoptr (GBytes) cut = g_bytes_new (data, i);

          g_assert_null (sg_reading_from_bytes (cut, page));
          for (guint bit = 0; bit < 8; bit++)
            {
              damaged[i] = data[i] ^ (1 << bit);
              try_bytes (damaged, size, page, (8 * i + bit) % 61 == 0);
            }
          damaged[i] = g_test_rand_int ();
          try_bytes (damaged, size, page, i % 7 == 0);
          damaged[i] = data[i];
        }
    }
}

/* A mark of `kind` and `role` without a place, at which "30°" is written. */
static SgReading *
mark_without_points (SgKind kind, SgRole role)
{
  SgReading *reading = sg_reading_new ();
  SgElement *mark = sg_reading_add_element (reading, kind, role, 1);
  mark->id = g_strdup ("mark1");
  SgElement *text = sg_reading_add_element (reading, SG_KIND_TEXT, SG_ROLE_LABEL, 1);
  text->id = g_strdup ("text1");
  text->geometry.text = g_strdup ("30°");
  sg_reading_add_relation (reading, SG_RELATION_LABELS, 1, 0, -1, SG_POINT (0, 0), 1);
  return reading;
}

static void
test_marks_without_points (void)
{
  g_autoptr (SgPage) page = sg_page_new ();

  for (guint i = 0; i < SG_N_KINDS * SG_N_ROLES; i++)
    {
      g_autoptr (SgReading) reading = mark_without_points (i % SG_N_KINDS, i / SG_N_KINDS);
      g_autoptr (GBytes) bytes = sg_reading_to_bytes (reading, page);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);

      try_bytes (data, size, page, TRUE);
    }
}

/* Marks of every kind, with the other's places or none: each is no reading, or one that can be used. */
static void
test_marks_of_another_kind (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autoptr (SgPage) plain = load (examples[i]);
      g_autoptr (SgPage) page = correct_all (plain);
      g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);

      for (guint k = 0; k < 2 * SG_N_KINDS * sg_reading_n_elements (reading); k++)
        {
          SgElement *element = sg_reading_element (reading, k / (2 * SG_N_KINDS));
          SgElement was = *element;

          element->kind = k / 2 % SG_N_KINDS;
          if (k % 2)
            element->geometry = (SgGeometry){ .to = { 30, 20 } };
          g_autoptr (GBytes) bytes = sg_reading_to_bytes (reading, page);
          gsize size;
          const guint8 *data = g_bytes_get_data (bytes, &size);
          try_bytes (data, size, page, TRUE);
          *element = was;
        }
    }
}

static void
test_noise (void)
{
  g_autoptr (SgPage) page = sg_page_new ();
  guint8 data[256] = "SgRd\1";

  for (guint round = 0; round < 20000; round++)
    {
      gsize size = g_test_rand_int_range (5, sizeof data + 1);

      for (gsize i = 5; i < size; i++)
        data[i] = g_test_rand_int () & (i % 3 ? 0xff : 0x07);
      try_bytes (data, size, page, TRUE);
    }
}

static gboolean
is_the_same (const NotationRow *row, const SgReading *reading)
{
  SgPageBuilder *builder = sg_page_builder_new (NULL);

  for (guint i = 0; i < 8; i++) /* as many as a row's page may have */
    sg_page_builder_take_label (builder, sg_label_new (SG_POINT (i, i), "label", NULL));
  g_autoptr (SgPage) page = sg_page_builder_end (builder);
  g_autoptr (SgReading) again = round_trip (reading, page);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipeline/reading-bytes/examples", test_examples);
  g_test_add_func ("/pipeline/reading-bytes/rare", test_rare);
  g_test_add_func ("/pipeline/reading-bytes/of-another-page", test_of_another_page);
  g_test_add_func ("/pipeline/reading-bytes/damage", test_damage);
  g_test_add_func ("/pipeline/reading-bytes/marks-without-points", test_marks_without_points);
  g_test_add_func ("/pipeline/reading-bytes/marks-of-another-kind", test_marks_of_another_kind);
  g_test_add_func ("/pipeline/reading-bytes/noise", test_noise);
  notation_add_tests ("/pipeline/reading-bytes/notation", is_the_same);
  return g_test_run ();
}
