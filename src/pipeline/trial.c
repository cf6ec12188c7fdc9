/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One change at a time, from the page as it is. What came of it is compared with the scene without it by the
 * spec's text and by what the mark is read as. */
#include "config.h"

#include "pipeline/trial.h"

#include <string.h>

#include "assist/error.h"
#include "physics/spec-json.h"
#include "pipeline/pipeline.h"
#include "vision/correct.h"

typedef struct
{
  SgPage *page;
  SgReading *reading;
  SgCache *cache; /* (nullable) */
  GCancellable *cancellable;
  char *spec; /* (nullable): of the page as it is; it may not compile */
} Trial;

/* The page with this one change. (transfer full) */
static SgPage *
changed_page (Trial *trial, const GArray *operations, guint index)
{
  g_autoptr (SgJournal) journal = sg_journal_new (trial->page);

  sg_journal_apply (journal, sg_proposal_make_edit (operations, &index, 1, trial->page, trial->reading,
                                                    trial->page, NULL));
  return sg_page_ref (sg_journal_get_page (journal));
}

/* What was not understood of the words that the change added; NULL where all was. */
static const char *
misunderstood (const SgScene *scene, const SgSuggestion *operation)
{
  guint begin = strlen (scene->words) - strlen (operation->text);
  gboolean understood = FALSE;

  for (guint i = 0; i < scene->statements->len; i++)
    {
      const SgStatement *statement = &g_array_index (scene->statements, SgStatement, i);

      if (statement->end <= begin)
        continue;
      if (statement->reason != SG_WORDS_UNDERSTOOD)
        return statement->text;
      understood = TRUE;
    }
  return understood ? NULL : "these words say nothing";
}

/* Whether the relation that the change is to make has come about. */
static gboolean
is_related (Trial *trial, const SgSuggestion *operation, const SgScene *scene)
{
  const SgElement *asked = sg_reading_element (trial->reading, operation->element);
  g_autoptr (SgCorrection) mark = sg_correct_element (trial->page, trial->reading, operation->element);
  int element = mark != NULL ? sg_correct_find (scene->page, scene->reading, mark) : -1;

  if (element < 0)
    return FALSE;
  if (operation->relation == SG_RELATION_ANCHORED)
    return sg_reading_element (scene->reading, element)->role == SG_ROLE_FIXED &&
           asked->role != SG_ROLE_FIXED;
  for (guint i = 0; i < sg_reading_n_relations (scene->reading); i++)
    {
      const SgRelation *relation = sg_reading_relation (scene->reading, i);

      if (relation->kind == operation->relation && (relation->a == element || relation->b == element))
        return TRUE;
    }
  return FALSE;
}

/* NULL where the change holds, else why not. */
static char *
find_fault (Trial *trial, const GArray *operations, guint index, GError **error)
{
  const SgSuggestion *operation = &g_array_index (operations, SgSuggestion, index);
  g_autoptr (SgPage) page = changed_page (trial, operations, index);
  g_autoptr (GError) problem = NULL;

  if (operation->kind == SG_SUGGESTION_NAME)
    return NULL;
  g_autoptr (SgScene) scene = sg_pipeline_run (page, NULL, trial->cache, trial->cancellable, &problem);
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&problem));
  if (scene == NULL)
    return g_strdup (problem != NULL ? problem->message : "");
  if (operation->kind == SG_SUGGESTION_SAY && misunderstood (scene, operation) != NULL)
    return g_strdup (misunderstood (scene, operation));
  if (operation->kind == SG_SUGGESTION_RELATE && !is_related (trial, operation, scene))
    return g_strdup ("the drawing does not come to show that");
  g_autofree char *spec = sg_spec_dump (scene->spec);
  if (operation->kind != SG_SUGGESTION_CHOOSE && g_strcmp0 (spec, trial->spec) == 0)
    return g_strdup ("it changes nothing");
  return NULL;
}

/* Takes out what does not hold; FALSE where it was cancelled. */
static gboolean
try_all (Trial *trial, SgProposal *proposal, GError **error)
{
  GArray *operations = proposal->operations;

  for (guint i = 0; i < operations->len;)
    {
      const SgSuggestion *operation = &g_array_index (operations, SgSuggestion, i);
      GError *stopped = NULL;
      g_autofree char *fault = find_fault (trial, operations, i, &stopped);

      if (stopped != NULL)
        {
          g_propagate_error (error, stopped);
          return FALSE;
        }
      if (fault == NULL)
        {
          i++;
          continue;
        }
      g_ptr_array_add (proposal->problems,
                       g_strdup_printf ("%s %s: %s", sg_suggestion_kind_name (operation->kind),
                                        operation->element >= 0
                                          ? sg_reading_element (trial->reading, operation->element)->id
                                          : operation->text,
                                        fault));
      g_array_remove_index (operations, i);
    }
  return TRUE;
}

SgProposal *
sg_trial_read (const char *answer,
               SgPage *page,
               SgReading *reading,
               const char *language,
               SgCache *cache,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (SgProposal) proposal =
    sg_proposal_parse (answer, strlen (answer), reading, language, error);

  if (proposal == NULL)
    return NULL;
  g_autoptr (SgScene) scene = sg_pipeline_compile (page, reading, NULL, cache, NULL);
  Trial trial = { page, reading, cache, cancellable, scene != NULL ? sg_spec_dump (scene->spec) : NULL };
  gboolean done = try_all (&trial, proposal, error);
  g_free (trial.spec);
  if (!done)
    return NULL;
  if (proposal->wrong_language || (proposal->operations->len == 0 && proposal->problems->len > 0))
    {
      g_autofree char *problems = sg_proposal_dup_problems (proposal);

      g_set_error_literal (error, SG_ASSIST_ERROR, SG_ASSIST_ERROR_UNSUITABLE, problems);
      return NULL;
    }
  return g_steal_pointer (&proposal);
}

typedef struct
{
  char *answer, *language;
  SgPage *page;
  SgReading *reading;
  SgCache *cache; /* (nullable) */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->answer);
  g_free (request->language);
  sg_page_unref (request->page);
  sg_reading_unref (request->reading);
  g_clear_pointer (&request->cache, sg_cache_unref);
  g_free (request);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Request *request = task_data;
  GError *error = NULL;
  SgProposal *proposal = sg_trial_read (request->answer, request->page, request->reading, request->language,
                                        request->cache, cancellable, &error);

  if (proposal != NULL)
    g_task_return_pointer (task, proposal, (GDestroyNotify)sg_proposal_free);
  else
    g_task_return_error (task, error);
}

void
sg_trial_read_async (const char *answer,
                     SgPage *page,
                     SgReading *reading,
                     const char *language,
                     SgCache *cache,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new (Request, 1);

  *request = (Request){ g_strdup (answer), g_strdup (language), sg_page_ref (page), sg_reading_ref (reading),
                        cache != NULL ? sg_cache_ref (cache) : NULL };
  g_task_set_source_tag (task, sg_trial_read_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, read_in_thread);
}

SgProposal *
sg_trial_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sg_trial_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
