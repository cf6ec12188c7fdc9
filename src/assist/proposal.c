/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading an answer. One function an operation's kind; each says what is wrong by the member's name, and the
 * place is put before it. */
#include "config.h"

#include "assist/proposal.h"

#include <math.h>
#include <string.h>

#include "assist/error.h"
#include "assist/plain-text.h"
#include "base/json.h"
#include "base/limits.h"
#include "physics/material.h"

#define MOST_SUMMARY 400 /* characters; so below */
#define MOST_REASON 300
#define MOST_TEXT 400
#define MOST_PROBLEMS 20

static const char *const kind_names[SG_N_SUGGESTION_KINDS] = {
  [SG_SUGGESTION_CHOOSE] = "choose",
  [SG_SUGGESTION_SET] = "set",
  [SG_SUGGESTION_RELATE] = "relate",
  [SG_SUGGESTION_NAME] = "name",
  [SG_SUGGESTION_SAY] = "say",
};

const char *
sg_suggestion_kind_name (SgSuggestionKind kind)
{
  return kind_names[kind];
}

typedef struct
{
  const SgReading *reading;
  const char *language;
  SgProposal *proposal;
  guint index; /* of the operation that is read */
} Reader;

/* Why an operation is left out; always FALSE. */
static gboolean G_GNUC_PRINTF (3, 4)
  refuse (Reader *reader, const char *member, const char *format, ...)
{
  GPtrArray *problems = reader->proposal->problems;
  va_list arguments;

  if (problems->len >= MOST_PROBLEMS)
    return FALSE;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (problems,
                   g_strdup_printf ("operations[%u].%s: %s", reader->index, member, what));
  return FALSE;
}

/* -- Members -- */

/* NULL where it is absent or null. */
static const char *
text_of (const json_t *value, const char *member)
{
  const char *text = json_string_value (json_object_get (value, member));

  return text != NULL && *text != '\0' ? text : NULL;
}

static gboolean
find_element (Reader *reader, const json_t *value, const char *member, gboolean world, int *element)
{
  const char *id = text_of (value, member);

  if (id == NULL)
    return refuse (reader, member, "the id of an element is needed");
  *element = -1;
  if (world && g_str_equal (id, "world"))
    return TRUE;
  for (guint i = 0; i < sg_reading_n_elements (reader->reading); i++)
    if (g_str_equal (sg_reading_element (reader->reading, i)->id, id))
      {
        *element = i;
        return TRUE;
      }
  g_autofree char *plain = sg_plain_text (id, SG_PLAIN_NAME_MOST, FALSE);
  return refuse (reader, member, "there is no element “%s”", plain);
}

static gboolean
take_text (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  const char *text = text_of (value, "text");

  operation->text = text != NULL ? sg_plain_text (text, MOST_TEXT, FALSE) : NULL;
  if (operation->text != NULL && *operation->text != '\0' && !g_str_has_suffix (operation->text, "…"))
    return TRUE;
  return refuse (reader, "text", "1 to %d characters are needed", MOST_TEXT);
}

/* -- Operations -- */

static gboolean
read_choose (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  const SgElement *element = sg_reading_element (reader->reading, operation->element);
  const char *kind = text_of (value, "kind"), *role = text_of (value, "role");
  SgKind as_kind = element->kind;
  SgRole as_role = element->role;

  if (kind != NULL && (!sg_kind_from_name (kind, &as_kind) || as_kind == SG_KIND_UNKNOWN))
    return refuse (reader, "kind", "there is no such kind");
  if (role != NULL && !sg_role_from_name (role, &as_role))
    return refuse (reader, "role", "there is no such role");
  operation->as_kind = as_kind != element->kind ? (int)as_kind : -1;
  operation->as_role =
    role != NULL && (as_role != element->role || operation->as_kind >= 0) ? (int)as_role : -1;
  if (operation->as_kind < 0 && operation->as_role < 0)
    return refuse (reader, "kind", "%s is read as that already", element->id);
  return TRUE;
}

static gboolean
read_number (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  double min, max;

  sg_property_range (operation->property, &min, &max);
  if (!sg_json_get_number (json_object_get (value, "value"), &operation->value))
    return refuse (reader, "value", "a finite number is needed");
  if (operation->value < min || operation->value > max)
    return refuse (reader, "value", "%g is not from %g to %g", operation->value, min, max);
  return TRUE;
}

static gboolean
read_set (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  const SgElement *element = sg_reading_element (reader->reading, operation->element);
  const char *name = text_of (value, "property");
  SgProperty property;

  if (name == NULL)
    return refuse (reader, "property", "a property is needed");
  if (sg_property_from_name (name, &property))
    {
      operation->property = property;
      return read_number (reader, value, operation);
    }
  operation->property = g_str_equal (name, "material") ? SG_SUGGESTION_MATERIAL : SG_SUGGESTION_TEXT;
  if (operation->property == SG_SUGGESTION_TEXT && !g_str_equal (name, "text"))
    return refuse (reader, "property", "there is no such property");
  if (!take_text (reader, value, operation))
    return FALSE;
  if (operation->property == SG_SUGGESTION_MATERIAL && sg_material_find (operation->text) == NULL)
    return refuse (reader, "text", "there is no such material");
  if (operation->property == SG_SUGGESTION_TEXT && element->kind != SG_KIND_TEXT)
    return refuse (reader, "property", "%s is not writing", element->id);
  return TRUE;
}

static gboolean
read_point (Reader *reader, const json_t *value, SgPoint *point)
{
  const json_t *pair = json_object_get (value, "point");

  *point = SG_POINT (NAN, NAN);
  if (pair == NULL || json_is_null (pair))
    return TRUE;
  if (json_array_size (pair) == 2 && sg_json_get_number (json_array_get (pair, 0), &point->x) &&
      sg_json_get_number (json_array_get (pair, 1), &point->y) && fabs (point->x) <= SG_LIMIT_COORDINATE &&
      fabs (point->y) <= SG_LIMIT_COORDINATE)
    return TRUE;
  return refuse (reader, "point", "two numbers of the page are needed");
}

static gboolean
is_tie (const SgElement *element)
{
  return element->role == SG_ROLE_SPRING || element->role == SG_ROLE_DAMPER || element->role == SG_ROLE_ROPE;
}

static gboolean
read_relate (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  static const SgRelationKind known[] = { SG_RELATION_HINGE, SG_RELATION_WELD, SG_RELATION_ATTACHED,
                                          SG_RELATION_ANCHORED };
  const SgElement *element = sg_reading_element (reader->reading, operation->element);
  const char *name = text_of (value, "relation");
  guint i = 0;

  while (name != NULL && i < G_N_ELEMENTS (known) && !g_str_equal (sg_relation_name (known[i]), name))
    i++;
  if (name == NULL || i == G_N_ELEMENTS (known))
    return refuse (reader, "relation", "there is no such relation");
  operation->relation = known[i];
  if (!find_element (reader, value, "other", TRUE, &operation->other) ||
      !read_point (reader, value, &operation->point))
    return FALSE;
  if (operation->other == operation->element)
    return refuse (reader, "other", "nothing holds on to itself");
  if (operation->relation == SG_RELATION_ATTACHED && (!is_tie (element) || operation->other < 0))
    return refuse (reader, "relation", "only a spring, damper or rope is attached, and to an element");
  if (operation->relation == SG_RELATION_ANCHORED && operation->other >= 0)
    return refuse (reader, "other", "what is anchored is anchored to the world");
  if (operation->relation == SG_RELATION_WELD && operation->other < 0)
    return refuse (reader, "other", "a weld is of two elements; anchored is to the world");
  return TRUE;
}

static gboolean
read_name (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  const char *text = text_of (value, "text");

  operation->text = text != NULL ? sg_plain_name (text) : NULL;
  return operation->text != NULL || refuse (reader, "text", "a name with letters is needed");
}

static gboolean
read_kind (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  const char *name = text_of (value, "op");
  guint i = 0;

  while (name != NULL && i < SG_N_SUGGESTION_KINDS && !g_str_equal (kind_names[i], name))
    i++;
  operation->kind = i;
  if (name == NULL || i == SG_N_SUGGESTION_KINDS)
    return refuse (reader, "op", "one of choose, set, relate, name and say is needed");
  return i == SG_SUGGESTION_SAY || find_element (reader, value, "element", FALSE, &operation->element);
}

static gboolean
read_operation (Reader *reader, const json_t *value, SgSuggestion *operation)
{
  if (!json_is_object (value))
    return refuse (reader, "op", "an object is needed");
  if (!read_kind (reader, value, operation))
    return FALSE;
  switch (operation->kind)
    {
    case SG_SUGGESTION_CHOOSE:
      return read_choose (reader, value, operation);
    case SG_SUGGESTION_SET:
      return read_set (reader, value, operation);
    case SG_SUGGESTION_RELATE:
      return read_relate (reader, value, operation);
    case SG_SUGGESTION_NAME:
      return read_name (reader, value, operation);
    default:
      return take_text (reader, value, operation);
    }
}

/* Whether both would say the same thing, or of the same thing different ones: the first counts. */
static gboolean
same_subject (const SgSuggestion *a, const SgSuggestion *b)
{
  if (a->kind != b->kind || a->element != b->element)
    return FALSE;
  switch (a->kind)
    {
    case SG_SUGGESTION_SET:
      return a->property == b->property;
    case SG_SUGGESTION_RELATE:
      return a->relation == b->relation && a->other == b->other;
    case SG_SUGGESTION_SAY:
      return g_str_equal (a->text, b->text);
    default:
      return TRUE;
    }
}

static gboolean
is_said (const GArray *operations, const SgSuggestion *operation)
{
  for (guint i = 0; i < operations->len; i++)
    if (same_subject (&g_array_index (operations, SgSuggestion, i), operation))
      return TRUE;
  return FALSE;
}

/* Those of the same confidence stay in the model's order. */
static void
rank (GArray *operations)
{
  SgSuggestion *all = (SgSuggestion *)operations->data;

  for (guint i = 1; i < operations->len; i++)
    for (guint k = i; k > 0 && all[k].confidence > all[k - 1].confidence; k--)
      {
        SgSuggestion better = all[k];

        all[k] = all[k - 1];
        all[k - 1] = better;
      }
}

static void
read_operations (Reader *reader, const json_t *values)
{
  for (guint i = 0; i < json_array_size (values); i++)
    {
      const json_t *value = json_array_get (values, i);
      SgSuggestion operation = { .element = -1, .other = -1, .as_kind = -1, .as_role = -1, .value = NAN };
      const char *reason = text_of (value, "reason");

      reader->index = i;
      if (!read_operation (reader, value, &operation) || is_said (reader->proposal->operations, &operation))
        {
          sg_suggestion_clear (&operation);
          continue;
        }
      if (!sg_json_get_number (json_object_get (value, "confidence"), &operation.confidence))
        operation.confidence = 0.5;
      operation.confidence = CLAMP (operation.confidence, 0, 1);
      operation.reason = sg_plain_text (reason != NULL ? reason : "", MOST_REASON, FALSE);
      g_array_append_val (reader->proposal->operations, operation);
    }
  rank (reader->proposal->operations);
}

/* -- The answer -- */

/* Whether two names of languages begin with the same one. */
static gboolean
same_language (const char *a, const char *b)
{
  gsize n = strcspn (a, "_-.@"), m = strcspn (b, "_-.@");

  return n == m && g_ascii_strncasecmp (a, b, n) == 0;
}

/* Typed operations are the same in any language; words that the person cannot read are taken out. */
static void
check_language (Reader *reader, const char *told)
{
  SgProposal *proposal = reader->proposal;
  g_autoptr (GString) all = g_string_new (proposal->summary);

  for (guint i = 0; i < proposal->operations->len; i++)
    g_string_append (all, g_array_index (proposal->operations, SgSuggestion, i).reason);
  if ((told == NULL || same_language (told, reader->language)) &&
      sg_plain_text_is_in (all->str, reader->language))
    return;
  proposal->wrong_language = TRUE;
  g_ptr_array_add (proposal->problems,
                   g_strdup_printf ("language: the reasons are wanted in “%s”", reader->language));
  *proposal->summary = '\0';
  for (guint i = 0; i < proposal->operations->len; i++)
    *g_array_index (proposal->operations, SgSuggestion, i).reason = '\0';
}

/* The object in `text`, which may stand in a fence or amid talk. */
static json_t *
parse_object (const char *text, gsize size, GError **error)
{
  const char *begin = memchr (text, '{', size), *end = memrchr (text, '}', size);
  g_autoptr (GError) problem = NULL;

  if (!sg_limit_check (SG_LIMIT_ID_ANSWER_BYTES, size, NULL, SG_ASSIST_ERROR, SG_ASSIST_ERROR_TOO_LARGE,
                       error))
    return NULL;
  if (begin == NULL || end == NULL || end < begin)
    {
      g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE,
                           "The answer is no JSON object");
      return NULL;
    }
  g_autoptr (json_t) object = sg_json_parse ("answer", begin, end + 1 - begin, &problem);
  if (object == NULL)
    g_set_error (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE, "The answer cannot be read: %s",
                 problem->message);
  return g_steal_pointer (&object);
}

SgProposal *
sg_proposal_parse (
  const char *text, gsize size, const SgReading *reading, const char *language, GError **error)
{
  g_autoptr (json_t) object = parse_object (text, size, error);
  const json_t *values = json_object_get (object, "operations");

  if (object == NULL)
    return NULL;
  if (!json_is_array (values))
    {
      g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE,
                           "The answer has no array of operations");
      return NULL;
    }
  if (!sg_limit_check (SG_LIMIT_ID_OPERATIONS, json_array_size (values), "operations", SG_ASSIST_ERROR,
                       SG_ASSIST_ERROR_TOO_LARGE, error))
    return NULL;

  g_autoptr (SgProposal) proposal = g_new0 (SgProposal, 1);
  const char *summary = text_of (object, "summary");
  Reader reader = { reading, language, proposal };

  proposal->summary = sg_plain_text (summary != NULL ? summary : "", MOST_SUMMARY, FALSE);
  proposal->operations = g_array_new (FALSE, FALSE, sizeof (SgSuggestion));
  g_array_set_clear_func (proposal->operations, (GDestroyNotify)sg_suggestion_clear);
  proposal->problems = g_ptr_array_new_with_free_func (g_free);
  read_operations (&reader, values);
  check_language (&reader, text_of (object, "language"));
  return g_steal_pointer (&proposal);
}

void
sg_suggestion_clear (SgSuggestion *operation)
{
  g_clear_pointer (&operation->text, g_free);
  g_clear_pointer (&operation->reason, g_free);
}

void
sg_proposal_free (SgProposal *proposal)
{
  g_free (proposal->summary);
  g_clear_pointer (&proposal->operations, g_array_unref);
  g_clear_pointer (&proposal->problems, g_ptr_array_unref);
  g_free (proposal);
}

char *
sg_proposal_dup_problems (const SgProposal *proposal)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < proposal->problems->len; i++)
    g_string_append_printf (list, "%s- %s", i > 0 ? "\n" : "", (char *)proposal->problems->pdata[i]);
  return g_string_free (list, FALSE);
}
