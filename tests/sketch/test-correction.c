/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sketch/correction.h"

#include <string.h>

#include "base/json.h"
#include "sketch/error.h"
#include "sketch/file.h"
#include "sketch/journal.h"

#define PAGE(corrections)                                                             \
  "{\"format\": \"simgen-sketch\", \"version\": 1, \"strokes\": ["                    \
  "{\"points\": [[0, 0], [100, 0]]}, {\"points\": [[0, 10], [50, 10], [100, 60]]}], " \
  "\"labels\": [{\"x\": 7, \"y\": 8, \"text\": \"2 kg\"}], \"corrections\": [" corrections "]}"

#define SPRING                                                                                         \
  "{\"mark\": [0, 1], \"kind\": \"spring\", \"role\": \"spring\", \"name\": \"bumper\", \"handles\": " \
  "{\"to\": [100, 60]}, "                                                                              \
  "\"properties\": {\"stiffness\": 50, \"material\": \"steel\"}}"

static SgPage *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SgPage *page = sg_sketch_file_parse ("test.simgen", text, strlen (text), &error);

  g_assert_no_error (error);
  return page;
}

static void
test_reads_what_is_said (void)
{
  g_autoptr (SgPage) page = parse (PAGE (SPRING));
  const SgCorrection *spring = sg_page_get_correction (page, 0);
  SgPoint at;
  guint n;
  const SgInkPiece *pieces = sg_correction_get_pieces (spring, &n);

  g_assert_cmpuint (sg_page_get_n_corrections (page), ==, 1);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (pieces[1].stroke == sg_page_get_stroke (page, 1));
  g_assert_cmpstr (sg_correction_get_kind (spring), ==, "spring");
  g_assert_cmpstr (sg_correction_get_material (spring), ==, "steel");
  g_assert_cmpstr (sg_correction_get_name (spring), ==, "bumper");
  g_assert_cmpfloat (sg_correction_get_property (spring, SG_PROPERTY_STIFFNESS), ==, 50);
  g_assert_true (isnan (sg_correction_get_property (spring, SG_PROPERTY_MASS)));
  g_assert_true (sg_correction_get_handle (spring, SG_HANDLE_TO, &at));
  g_assert_cmpfloat (at.y, ==, 60);
  g_assert_false (sg_correction_get_handle (spring, SG_HANDLE_FROM, &at));
  g_assert_false (sg_correction_is_bare (spring));
}

static void
test_file_keeps_everything (void)
{
  const char *text =
    PAGE (SPRING ", {\"mark\": [{\"stroke\": 0, \"from\": 0, \"to\": 0.5}], \"why\": \"x\", "
                 "\"properties\": {\"mass\": 2.5, \"charm\": 1}}, {\"mark\": [{\"label\": 0}], "
                 "\"text\": \"3 kg\"}, {\"later\": [1]}, null");
  g_autoptr (SgPage) page = parse (text);
  g_autofree char *dump = sg_sketch_file_dump (page), *hash = sg_page_hash (page);
  g_autoptr (SgPage) again = parse (dump);
  g_autofree char *hash_again = sg_page_hash (again);
  g_autoptr (json_t) before = sg_json_parse ("before", text, strlen (text), NULL);
  g_autoptr (json_t) after = sg_json_parse ("after", dump, strlen (dump), NULL);
  json_t *expected = json_object_get (before, "corrections"),
         *actual = json_object_get (after, "corrections");

  g_assert_cmpstr (hash, ==, hash_again);
  g_assert_cmpuint (json_array_size (actual), ==, json_array_size (expected));
  g_assert_true (json_equal (expected, actual));
}

static void
test_hash_depends_on_them (void)
{
  g_autoptr (SgPage) with = parse (PAGE (SPRING)), without = parse (PAGE (""));
  g_autofree char *a = sg_page_hash (with), *b = sg_page_hash (without);

  g_assert_cmpstr (a, !=, b);
}

static const struct
{
  const char *text;
  SgSketchError code;
  const char *message;
} refused[] = {
  { PAGE ("{\"mark\": 1}"), SG_SKETCH_ERROR_STRUCTURE, "corrections[0].mark: is a number" },
  { PAGE ("{\"mark\": []}"), SG_SKETCH_ERROR_STRUCTURE, "corrections[0].mark: is empty" },
  { PAGE ("{\"mark\": [2]}"), SG_SKETCH_ERROR_STRUCTURE, "corrections[0].mark[0]: 2 is no index" },
  { PAGE ("{\"mark\": [-1]}"), SG_SKETCH_ERROR_STRUCTURE, "corrections[0].mark[0]: -1 is no index" },
  { PAGE ("{\"mark\": [0.5]}"), SG_SKETCH_ERROR_STRUCTURE, "mark[0]: is a number; an index" },
  { PAGE ("{\"mark\": [{}]}"), SG_SKETCH_ERROR_STRUCTURE, "mark[0].stroke: is missing" },
  { PAGE ("{\"mark\": [{\"stroke\": 0, \"from\": 2}]}"), SG_SKETCH_ERROR_NUMBER, "mark[0].from: 2" },
  { PAGE ("{\"mark\": [{\"stroke\": 0, \"from\": 0.6, \"to\": 0.5}]}"), SG_SKETCH_ERROR_NUMBER,
    "is empty" },
  { PAGE ("{\"mark\": [{\"image\": 0, \"at\": [0, 0]}]}"), SG_SKETCH_ERROR_STRUCTURE,
    "image: 0 is no index" },
  { PAGE ("{\"mark\": [{\"label\": 1}]}"), SG_SKETCH_ERROR_STRUCTURE, "label: 1 is no index" },
  { PAGE ("{\"mark\": [0], \"kind\": 7}"), SG_SKETCH_ERROR_STRUCTURE, "corrections[0].kind: is a number" },
  { PAGE ("{\"mark\": [0], \"handles\": []}"), SG_SKETCH_ERROR_STRUCTURE, "handles: is an array" },
  { PAGE ("{\"mark\": [0], \"handles\": {\"to\": [1]}}"), SG_SKETCH_ERROR_STRUCTURE,
    "handles.to: is an array" },
  { PAGE ("{\"mark\": [0], \"handles\": {\"to\": [1, 1e9]}}"), SG_SKETCH_ERROR_NUMBER, "handles.to[1]: 1" },
  { PAGE ("{\"mark\": [0], \"properties\": 1}"), SG_SKETCH_ERROR_STRUCTURE, "properties: is a number" },
  { PAGE ("{\"mark\": [0], \"properties\": {\"mass\": -1}}"), SG_SKETCH_ERROR_NUMBER,
    "properties.mass: -1" },
  { PAGE ("{\"mark\": [0], \"properties\": {\"mass\": \"1\"}}"), SG_SKETCH_ERROR_STRUCTURE,
    "mass: is a string" },
  { PAGE ("{\"mark\": [0], \"properties\": {\"material\": 1}}"), SG_SKETCH_ERROR_STRUCTURE,
    "properties.material: is a number" },
};

static void
test_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SgPage) page =
        sg_sketch_file_parse ("bad.simgen", refused[i].text, strlen (refused[i].text), &error);

      g_assert_null (page);
      g_assert_error (error, SG_SKETCH_ERROR, (int)refused[i].code);
      if (!strstr (error->message, refused[i].message))
        g_error ("%s: does not say \"%s\"", error->message, refused[i].message);
    }
}

/* The correction of the page's strokes, in a journal that starts at the page. */
static SgJournal *
journal_of (const char *text)
{
  g_autoptr (SgPage) page = parse (text);

  return sg_journal_new (page);
}

static SgCorrection *
first_correction (SgJournal *journal)
{
  return sg_page_get_correction (sg_journal_get_page (journal), 0);
}

static SgStroke *
moved (SgStroke *stroke, double x, double y)
{
  guint n;
  const SgInkPoint *points = sg_stroke_get_points (stroke, &n);
  g_autofree SgInkPoint *to = g_memdup2 (points, n * sizeof *points);

  for (guint i = 0; i < n; i++)
    to[i].x += x, to[i].y += y;
  return sg_stroke_new (3, NULL, to, n, NULL);
}

static void
test_correcting_is_one_step (void)
{
  g_autoptr (SgJournal) journal = journal_of (PAGE (SPRING));
  SgPage *page = sg_journal_get_page (journal);
  SgCorrection *spring = first_correction (journal);
  g_autoptr (SgCorrection) stiffer = sg_correction_with_property (spring, SG_PROPERTY_STIFFNESS, 80);
  SgStroke *stroke = sg_page_get_stroke (page, 1);
  g_autoptr (SgCorrection) part = sg_correction_new_for_strokes (&stroke, 1);
  SgEdit *edit = sg_edit_new ();

  sg_edit_correct (edit, page, stiffer);
  sg_journal_apply (journal, edit);
  g_assert_cmpuint (sg_page_get_n_corrections (sg_journal_get_page (journal)), ==, 1);
  g_assert_true (first_correction (journal) == stiffer);
  edit = sg_edit_new ();
  sg_edit_correct (edit, sg_journal_get_page (journal), part);
  sg_journal_apply (journal, edit);
  g_assert_cmpuint (sg_page_get_n_corrections (sg_journal_get_page (journal)), ==, 1);
  g_assert_true (first_correction (journal) == part);
  sg_journal_undo (journal);
  g_assert_true (first_correction (journal) == stiffer);
  sg_journal_undo (journal);
  g_assert_true (first_correction (journal) == spring);
  sg_journal_redo (journal);
  g_assert_true (first_correction (journal) == stiffer);
}

static void
test_moves_with_its_ink (void)
{
  g_autoptr (SgJournal) journal = journal_of (PAGE (SPRING));
  SgCorrection *spring = first_correction (journal);
  SgPage *page = sg_journal_get_page (journal);
  g_autoptr (SgStroke) a = moved (sg_page_get_stroke (page, 0), 30, -5);
  g_autoptr (SgStroke) b = moved (sg_page_get_stroke (page, 1), 30, -5);
  SgEdit *edit = sg_edit_new ();
  SgPoint at;

  sg_edit_replace_stroke (edit, sg_page_get_stroke (page, 0), a);
  sg_edit_replace_stroke (edit, sg_page_get_stroke (page, 1), b);
  sg_journal_apply (journal, edit);
  g_assert_true (sg_correction_get_handle (first_correction (journal), SG_HANDLE_TO, &at));
  g_assert_cmpfloat (fabs (at.x - 130) + fabs (at.y - 55), <, 1e-9);
  g_assert_cmpstr (sg_correction_get_kind (first_correction (journal)), ==, "spring");
  sg_journal_undo (journal);
  g_assert_true (first_correction (journal) == spring);
}

static void
test_goes_with_its_ink (void)
{
  g_autoptr (SgJournal) journal = journal_of (PAGE (SPRING));
  guint n;

  for (guint left = 2; left-- > 0;)
    {
      SgEdit *edit = sg_edit_new ();

      sg_edit_remove_stroke (edit, sg_page_get_stroke (sg_journal_get_page (journal), 0));
      sg_journal_apply (journal, edit);
      g_assert_cmpuint (sg_page_get_n_corrections (sg_journal_get_page (journal)), ==, left > 0);
      if (left > 0)
        sg_correction_get_pieces (first_correction (journal), &n);
    }
  g_assert_cmpuint (n, ==, 1);
  sg_journal_undo (journal);
  sg_journal_undo (journal);
  sg_correction_get_pieces (first_correction (journal), &n);
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/correction/reads-what-is-said", test_reads_what_is_said);
  g_test_add_func ("/sketch/correction/file-keeps-everything", test_file_keeps_everything);
  g_test_add_func ("/sketch/correction/hash-depends-on-them", test_hash_depends_on_them);
  g_test_add_func ("/sketch/correction/refuses", test_refuses);
  g_test_add_func ("/sketch/correction/correcting-is-one-step", test_correcting_is_one_step);
  g_test_add_func ("/sketch/correction/moves-with-its-ink", test_moves_with_its_ink);
  g_test_add_func ("/sketch/correction/goes-with-its-ink", test_goes_with_its_ink);
  return g_test_run ();
}
