/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers of a language model, good and hostile, read for the pendulum of the examples. */
#include <math.h>
#include <string.h>

#include "assist/error.h"
#include "assist/proposal.h"
#include "base/limits.h"
#include "sketch/file.h"
#include "vision/analyze.h"

#define ANSWER(operations) \
  "{\"language\": \"en\", \"summary\": \"A pendulum.\", \"operations\": [" operations "]}"
#define REASON ", \"confidence\": 0.8, \"reason\": \"It hangs.\"}"

typedef struct
{
  SgPage *page;
  SgReading *reading;
  char *ball, *rod; /* ids */
} Sketch;

static char *
find (const SgReading *reading, SgKind kind, SgRole role)
{
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (sg_reading_element (reading, i)->kind == kind && sg_reading_element (reading, i)->role == role)
      return sg_reading_element (reading, i)->id;
  g_error ("the pendulum is not read as one");
}

static void
set_up (Sketch *sketch, gconstpointer data)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("SG_SOURCE_ROOT"), "data", "examples", "pendulum.simgen", NULL);
  g_autoptr (GError) error = NULL;

  sketch->page = sg_sketch_file_load (path, &error);
  g_assert_no_error (error);
  sketch->reading = sg_analyze (sketch->page, NULL, &error);
  g_assert_no_error (error);
  sketch->ball = find (sketch->reading, SG_KIND_CIRCLE, SG_ROLE_BODY);
  sketch->rod = find (sketch->reading, SG_KIND_LINE, SG_ROLE_BODY);
}

static void
tear_down (Sketch *sketch, gconstpointer data)
{
  sg_page_unref (sketch->page);
  sg_reading_unref (sketch->reading);
}

/* BALL and ROD stand for the ids. */
static SgProposal *
parse (Sketch *sketch, const char *answer, GError **error)
{
  g_auto (GStrv) balls = g_strsplit (answer, "BALL", -1);
  g_autofree char *with_ball = g_strjoinv (sketch->ball, balls);
  g_auto (GStrv) rods = g_strsplit (with_ball, "ROD", -1);
  g_autofree char *text = g_strjoinv (sketch->rod, rods);

  return sg_proposal_parse (text, strlen (text), sketch->reading, "en_US", error);
}

static SgProposal *
parse_well (Sketch *sketch, const char *answer)
{
  g_autoptr (GError) error = NULL;
  SgProposal *proposal = parse (sketch, answer, &error);

  g_assert_no_error (error);
  return proposal;
}

static const SgSuggestion *
operation (const SgProposal *proposal, guint i)
{
  g_assert_cmpuint (i, <, proposal->operations->len);
  return &g_array_index (proposal->operations, SgSuggestion, i);
}

#define NAME_BALL "{\"op\": \"name\", \"element\": \"BALL\", \"text\": \"bob\"" REASON
#define MASS(value) \
  "{\"op\": \"set\", \"element\": \"BALL\", \"property\": \"mass\", \"value\": " value REASON
#define STEEL \
  "{\"op\": \"set\", \"element\": \"BALL\", \"property\": \"material\", \"text\": \"steel\"" REASON
#define RELATE(who, relation, rest) \
  "{\"op\": \"relate\", \"element\": \"" who "\", \"relation\": \"" relation "\", \"other\": " rest REASON
#define SAY(text) "{\"op\": \"say\", \"element\": null, \"text\": \"" text "\"" REASON

static void
test_every_kind (Sketch *sketch, gconstpointer data)
{
  g_autoptr (SgProposal) proposal = parse_well (
    sketch,
    "Here you are:\n```json\n" ANSWER (
      NAME_BALL
      "," STEEL ","
      "{\"op\": \"choose\", \"element\": \"ROD\", \"kind\": null, \"role\": \"rope\"" REASON "," RELATE (
        "ROD", "hinge",
        "\"world\", \"point\": [10, 20]") ","
                                          "{\"op\": \"say\", \"element\": null, \"text\": \"moon "
                                          "gravity\", \"confidence\": 7, "
                                          "\"reason\": \"It says\\nmoon.\"}") "\n```\nI hope this helps!");

  g_assert_cmpstr (proposal->summary, ==, "A pendulum.");
  g_assert_cmpuint (proposal->problems->len, ==, 0);
  g_assert_cmpuint (proposal->operations->len, ==, 5);
  /* the most certain first; those alike in their order */
  g_assert_cmpint (operation (proposal, 0)->kind, ==, SG_SUGGESTION_SAY);
  g_assert_cmpfloat (operation (proposal, 0)->confidence, ==, 1);
  g_assert_cmpstr (operation (proposal, 0)->reason, ==, "It says moon.");
  g_assert_cmpint (operation (proposal, 1)->kind, ==, SG_SUGGESTION_NAME);
  g_assert_cmpint (operation (proposal, 2)->property, ==, SG_SUGGESTION_MATERIAL);
  g_assert_cmpint (operation (proposal, 3)->as_role, ==, SG_ROLE_ROPE);
  g_assert_cmpint (operation (proposal, 3)->as_kind, ==, -1);
  g_assert_cmpint (operation (proposal, 4)->other, ==, -1);
  g_assert_cmpfloat (operation (proposal, 4)->point.y, ==, 20);
}

/* Good JSON, some of it good by the schema, that means nothing: each is left out with its place. */
static void
test_nonsense (Sketch *sketch, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "{\"op\": \"name\", \"element\": \"circle99\", \"text\": \"x\"" REASON,
      "element: there is no element" },
    { "{\"op\": \"name\", \"element\": \"../../etc\", \"text\": \"x\"" REASON, "element: there is no" },
    { "{\"op\": \"name\", \"element\": \"BALL\", \"text\": \"<>/\"" REASON, "text" },
    { "{\"op\": \"launch\", \"element\": \"BALL\"" REASON, "op" },
    { MASS ("-1"), "value" },
    { MASS ("\"NaN\""), "value" },
    { MASS ("1e300"), "value" },
    { "{\"op\": \"set\", \"element\": \"BALL\", \"property\": \"colour\", \"value\": 1" REASON,
      "property" },
    { "{\"op\": \"set\", \"element\": \"BALL\", \"property\": \"text\", \"text\": \"x\"" REASON,
      "property" },
    { "{\"op\": \"set\", \"element\": \"BALL\", \"property\": \"material\", \"text\": \"gum\"" REASON,
      "text" },
    { "{\"op\": \"choose\", \"element\": \"BALL\", \"kind\": \"teapot\"" REASON, "kind" },
    { "{\"op\": \"choose\", \"element\": \"BALL\", \"kind\": \"circle\", \"role\": \"body\"" REASON,
      "kind" },
    { "{\"op\": \"choose\", \"element\": \"BALL\", \"role\": \"god\"" REASON, "role" },
    { RELATE ("ROD", "loves", "\"BALL\""), "relation" },
    { RELATE ("ROD", "hinge", "\"ROD\""), "other" },
    { RELATE ("ROD", "hinge", "null"), "other" },
    { RELATE ("ROD", "hinge", "\"BALL\", \"point\": [1e12, 0]"), "point" },
    { RELATE ("BALL", "attached", "\"ROD\""), "relation" },
    { RELATE ("BALL", "anchored", "\"ROD\""), "other" },
    { RELATE ("BALL", "weld", "\"world\""), "other" },
    { SAY (""), "text" },
    { "17", "op" },
    { "null", "op" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = g_strdup_printf ("{\"language\": \"en\", \"operations\": [%s]}", cases[i][0]);
      g_autofree char *place = g_strconcat ("operations[0].", cases[i][1], NULL);
      g_autoptr (SgProposal) proposal = parse_well (sketch, answer);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpuint (proposal->operations->len, ==, 0);
      g_assert_cmpuint (proposal->problems->len, ==, 1);
      g_assert_true (g_str_has_prefix (proposal->problems->pdata[0], place));
    }
}

static void
assert_refused (Sketch *sketch, const char *answer, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SgProposal) proposal = parse (sketch, answer, &error);

  g_assert_null (proposal);
  g_assert_error (error, SG_ASSIST_ERROR, code);
}

static void
test_no_proposal (Sketch *sketch, gconstpointer data)
{
  g_autoptr (GString) many = g_string_new ("{\"language\": \"en\", \"operations\": [");
  g_autofree char *junk = g_strnfill (SG_LIMIT_ANSWER_BYTES + 1, '{');
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *nested = g_strconcat ("{\"operations\": ", deep, "}", NULL);

  assert_refused (sketch, "I am sorry, I cannot see the picture.", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, "", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, "} {", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, "{\"operations\": [{\"op\": \"na", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, "{\"operations\": {}}", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, "{\"operations\": [NaN]}", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, "{\"operations\": [1e400]}", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, "{\"operations\": [], \"operations\": []}", SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, nested, SG_ASSIST_ERROR_UNSUITABLE);
  assert_refused (sketch, junk, SG_ASSIST_ERROR_TOO_LARGE);
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (many, "%s{\"op\": \"say\", \"text\": \"x%u\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}");
  assert_refused (sketch, many->str, SG_ASSIST_ERROR_TOO_LARGE);
}

/* Of two that speak of the same thing the first counts; what would deceive in what is shown goes. */
static void
test_shown_text (Sketch *sketch, gconstpointer data)
{
  g_autoptr (SgProposal) proposal = parse_well (
    sketch,
    ANSWER ("{\"op\": \"name\", \"element\": \"BALL\", \"text\": \"a\\u202eb/../c\", \"confidence\": 0.8, "
            "\"reason\": \"see \\u001b[2J\\u202ehttp\"}," NAME_BALL));

  g_assert_cmpuint (proposal->operations->len, ==, 1);
  g_assert_cmpstr (operation (proposal, 0)->text, ==, "a b c");
  g_assert_cmpstr (operation (proposal, 0)->reason, ==, "see [2Jhttp");
}

static void
test_other_language (Sketch *sketch, gconstpointer data)
{
  g_autoptr (SgProposal) told = parse_well (
    sketch,
    "{\"language\": \"fr\", \"summary\": \"Un pendule.\", \"operations\": [" NAME_BALL "]}");
  g_autoptr (SgProposal) untold = parse_well (
    sketch, "{\"language\": \"en\", \"summary\": \"这是一个单摆，绕着销钉摆动\", \"operations\": []}");

  g_assert_true (told->wrong_language);
  g_assert_cmpstr (told->summary, ==, "");
  g_assert_cmpstr (operation (told, 0)->reason, ==, "");
  g_assert_cmpstr (operation (told, 0)->text, ==, "bob"); /* what it does is the same in any language */
  g_assert_true (untold->wrong_language);
}

/* -- As an edit -- */

static SgPage *
apply (Sketch *sketch, const char *answer, SgJournal **journal)
{
  g_autoptr (SgProposal) proposal = parse_well (sketch, answer);
  guint all[16];

  g_assert_cmpuint (proposal->problems->len, ==, 0);
  for (guint i = 0; i < proposal->operations->len; i++)
    all[i] = i;
  *journal = sg_journal_new (sketch->page);
  sg_journal_apply (*journal, sg_proposal_make_edit (proposal->operations, all, proposal->operations->len,
                                                     sketch->page, sketch->reading, sketch->page, NULL));
  return sg_journal_get_page (*journal);
}

static void
test_one_step (Sketch *sketch, gconstpointer data)
{
  g_autoptr (SgJournal) journal = NULL;
  g_autofree char *before = sg_page_hash (sketch->page);
  SgPage *page = apply (sketch,
                        ANSWER (NAME_BALL "," MASS ("2") "," STEEL "," RELATE (
                          "ROD", "anchored", "\"world\"") "," SAY ("moon gravity") "," SAY ("with air")),
                        &journal);
  const SgCorrection *bob = NULL, *rod = NULL;

  g_assert_cmpuint (sg_page_get_n_corrections (page), ==, 2);
  for (guint i = 0; i < 2; i++)
    if (sg_correction_get_name (sg_page_get_correction (page, i)) != NULL)
      bob = sg_page_get_correction (page, i);
    else
      rod = sg_page_get_correction (page, i);
  g_assert_cmpstr (sg_correction_get_name (bob), ==, "bob");
  g_assert_cmpstr (sg_correction_get_material (bob), ==, "steel");
  g_assert_cmpfloat (sg_correction_get_property (bob, SG_PROPERTY_MASS), ==, 2);
  g_assert_cmpstr (sg_correction_get_role (rod), ==, "fixed");
  g_assert_cmpstr (sg_page_get_words (page), ==, "moon gravity, with air");

  /* kept in the file, and undone at once */
  g_autofree char *text = sg_sketch_file_dump (page);
  g_autoptr (SgPage) again = sg_sketch_file_parse ("again", text, strlen (text), NULL);
  g_assert_cmpuint (sg_page_get_n_corrections (again), ==, 2);
  g_assert_true (sg_journal_undo (journal));
  g_autofree char *after = sg_page_hash (sg_journal_get_page (journal));
  g_assert_cmpstr (before, ==, after);
  g_assert_false (sg_journal_can_undo (journal));
}

static guint
count_role (const SgReading *reading, SgRole role)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    n += sg_reading_element (reading, i)->role == role;
  return n;
}

static void
test_pin_is_drawn (Sketch *sketch, gconstpointer data)
{
  g_autoptr (SgJournal) journal = NULL;
  SgPage *page = apply (sketch, ANSWER (RELATE ("BALL", "hinge", "\"ROD\"")), &journal);
  g_autoptr (SgReading) reading = sg_analyze (page, NULL, NULL);

  g_assert_cmpuint (sg_page_get_n_strokes (page), ==, sg_page_get_n_strokes (sketch->page) + 1);
  g_assert_cmpuint (count_role (reading, SG_ROLE_PIN), ==, count_role (sketch->reading, SG_ROLE_PIN) + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Sketch, NULL, set_up, function, tear_down)
  ADD ("/assist/proposal/every-kind", test_every_kind);
  ADD ("/assist/proposal/nonsense", test_nonsense);
  ADD ("/assist/proposal/no-proposal", test_no_proposal);
  ADD ("/assist/proposal/shown-text", test_shown_text);
  ADD ("/assist/proposal/other-language", test_other_language);
  ADD ("/assist/proposal/one-step", test_one_step);
  ADD ("/assist/proposal/pin-is-drawn", test_pin_is_drawn);
  return g_test_run ();
}
