/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Page to reading: ink, marks, relations. */
#include "config.h"
#include "vision/analyze.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/log.h"
#include "vision/corrections.h"
#include "vision/issues.h"
#include "vision/marks.h"
#include "vision/picture.h"
#include "vision/picture-whole.h"
#include "vision/relations.h"
#include "vision/study.h"
#include "vision/upright.h"
#include "vision/writing.h"

static guint
next_stroke (const GArray *ink, guint n_strokes)
{
  return ink->len > 0 ? MAX (n_strokes, g_array_index (ink, SgInk, ink->len - 1).stroke + 1) : n_strokes;
}

/* Of what is left to spend: the rest is for reading what was traced by then. */
#define TRACING_SHARE 0.6

/* What the picture shows, traced now and kept where there was time for all of it. Returns: (transfer full),
 * NULL where it is kept or could not be traced. */
static GArray *
trace_picture (SgImage *image, guint index, SgMemo *memo, SgPose *pose, SgBudget *budget, GError **error)
{
  g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInk));
  SgBudget part;

  g_array_set_clear_func (ink, (GDestroyNotify)sg_ink_clear);
  sg_budget_begin_part (budget, TRACING_SHARE, &part);
  gboolean traced = sg_picture_trace (image, index, 0, ink, pose, &part, error);
  sg_budget_end_part (budget, &part);
  if (!traced)
    return NULL;
  GArray *given = g_steal_pointer (&ink);
  return part.cut || !sg_memo_keep_picture (memo, image, given, pose) ? given : NULL;
}

static void
append_picture_ink (GArray *ink, const GArray *traced, gboolean lent, guint first_stroke, int index)
{
  for (guint i = 0; i < traced->len; i++)
    {
      SgInk one = g_array_index (traced, SgInk, i);

      one.lent = lent;
      one.stroke = first_stroke + i;
      one.image = index;
      g_array_append_val (ink, one);
    }
}

/* Appends the ink of a picture: the memo lends it, or else it was cut short or is too much to be kept. */
static gboolean
add_picture (
  const SgPage *page, guint index, SgMemo *memo, GArray *ink, SgPose *pose, SgBudget *budget, GError **error)
{
  SgImage *image = sg_page_get_image (page, index);
  guint first_stroke = next_stroke (ink, sg_page_get_n_strokes (page));
  GError *problem = NULL;
  g_autoptr (GArray) own =
    sg_memo_picture (memo, image) ? NULL : trace_picture (image, index, memo, pose, budget, &problem);

  if (problem)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (own)
    {
      append_picture_ink (ink, own, FALSE, first_stroke, index);
      g_array_set_clear_func (own, NULL); /* the points have moved */
      return TRUE;
    }
  const SgTracedPicture *known = sg_memo_picture (memo, image);

  append_picture_ink (ink, known->ink, TRUE, first_stroke, index);
  *pose = known->sheet;
  return TRUE;
}

/* What a decoder makes up of the rest may be read as a mark. */
static void
report_cut_picture (SgReading *reading, const SgImage *image)
{
  if (!sg_picture_is_whole (sg_image_get_data (image)))
    sg_reading_add_issue (
      reading, SG_SEVERITY_WARNING, -1, SG_ISSUE_CUT_PICTURE,
      _ ("A picture's file is cut off, so a part of it is missing; take it anew from where it came."));
}

/* A picture that cannot be read is an issue where there is other ink to go by, else an error; one for which
 * there was no time is part of what is left out. `pose` (out): that of the last one. */
static gboolean
trace_pictures (const SgPage *page,
                SgMemo *memo,
                GArray *ink,
                SgPose *pose,
                SgReading *reading,
                SgBudget *budget,
                GError **error)
{
  for (guint i = 0; i < sg_page_get_n_images (page) && sg_budget_spend (budget); i++)
    {
      g_autoptr (GError) problem = NULL;

      if (add_picture (page, i, memo, ink, pose, budget, &problem))
        report_cut_picture (reading, sg_page_get_image (page, i));
      if (!problem || g_error_matches (problem, SG_BASE_ERROR, SG_BASE_ERROR_TIMEOUT))
        continue;
      if (ink->len == 0 || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      sg_reading_add_issue (reading, SG_SEVERITY_WARNING, -1, SG_ISSUE_UNREAD_PICTURE,
                            _ ("A picture could not be read: %s"), problem->message);
    }
  return TRUE;
}

/* How the page's drawing lies: as its sheet, whose edges the picture shows, else as most of its lines.
 * Several pictures may lie each its own way: then the page's own way holds. */
static SgPose
find_pose (const SgPage *page, const SgPose *sheet, const GArray *ink, SgReading *reading)
{
  SgPose pose = { 0 };

  if (sg_page_get_n_images (page) != 1)
    return pose;
  double tilt = sheet->turned || sg_page_get_n_strokes (page) > 0 ? 0 : sg_upright_find_tilt (ink);
  if (tilt == 0)
    return *sheet;
  sg_pose_init_tilt (&pose, sg_upright_middle (ink), tilt);
  sg_reading_add_issue (reading, SG_SEVERITY_INFO, -1, "sketch.tilted-picture",
                        _ ("The picture is tilted by %.1f°: what is level was taken from its lines."),
                        fabs (tilt) * 180 / G_PI);
  return pose;
}

SgAnalyzeOptions
sg_analyze_options_default (void)
{
  return (SgAnalyzeOptions){ .deadline_ms = 5000 };
}

/* The memo lends the ink of drawn strokes. */
static GArray *
ink_of_page (const SgPage *page, SgMemo *memo)
{
  guint n = sg_page_get_n_strokes (page);
  GArray *ink = g_array_sized_new (FALSE, FALSE, sizeof (SgInk), n);

  g_array_set_clear_func (ink, (GDestroyNotify)sg_ink_clear);
  for (guint i = 0; i < n; i++)
    {
      SgInk one = *sg_memo_trace_of_stroke (memo, sg_page_get_stroke (page, i))->ink;

      one.lent = TRUE;
      one.stroke = i;
      g_array_append_val (ink, one);
    }
  return ink;
}

/* What lies turned is moved, and nobody else's ink may be. */
static void
own_ink (GArray *ink)
{
  for (guint i = 0; i < ink->len; i++)
    sg_ink_own (&g_array_index (ink, SgInk, i));
}

static void
report_partial (SgReading *reading)
{
  reading->partial = TRUE;
  sg_reading_add_issue (
    reading, SG_SEVERITY_WARNING, -1, SG_ISSUE_PARTIAL,
    _ ("There was no time to understand all of this page; this is what is known so far."));
}

/* Traces of pictures have no identity that lasts; a correction names one by the middle of its ink. */
static void
note_anchors (SgReading *reading, const SgPage *page, const GArray *ink)
{
  for (guint i = 0; i < ink->len; i++)
    {
      const SgInk *one = &g_array_index (ink, SgInk, i);
      SgTraceAnchor anchor = { one->stroke, one->image };

      if (one->image < 0)
        continue;
      SgRect bounds = sg_image_get_bounds (sg_page_get_image (page, one->image));
      SgPoint middle = one->points[one->n / 2];
      anchor.anchor = SG_POINT ((middle.x - bounds.x) / bounds.width, (middle.y - bounds.y) / bounds.height);
      g_array_append_val (reading->anchors, anchor);
    }
}

static SgReading *
read_page (SgPage *page, SgMemo *memo, gboolean leave_print, SgBudget *budget, GError **error)
{
  g_autoptr (SgReading) reading = sg_reading_new ();
  g_autoptr (GArray) ink = ink_of_page (page, memo);
  g_autoptr (SgCorrectedInk) corrected = NULL;
  g_autoptr (SgWriting) writing = NULL;
  SgPose sheet = { 0 };

  if (!trace_pictures (page, memo, ink, &sheet, reading, budget, error))
    return NULL;
  SgPose pose = find_pose (page, &sheet, ink, reading);
  if (pose.turned)
    own_ink (ink);
  note_anchors (reading, page, ink);
  corrected = sg_corrections_take_ink (page, ink);
  sg_upright_ink (&pose, ink);
  sg_corrections_turn_ink (corrected, &pose);
  reading->pose = pose;
  SgStudy *study = sg_study_begin (ink, memo, budget);
  writing = sg_writing_take (ink, page, &pose, memo, budget, leave_print ? &reading->print_left : NULL);
  sg_study_end (study);
  sg_marks_find (ink, memo, budget, reading);
  sg_writing_add (writing, reading);
  sg_corrections_add_marks (corrected, budget, reading);
  sg_relations_find (reading, page, budget);
  sg_upright_return_reading (reading);
  if (g_cancellable_set_error_if_cancelled (budget->cancellable, error))
    return NULL;
  if (budget->cut)
    report_partial (reading);
  return g_steal_pointer (&reading);
}

SgReading *
sg_analyze_with (SgPage *page,
                 SgMemo *memo,
                 const SgAnalyzeOptions *options,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (page != NULL && memo != NULL, NULL);

  SgAnalyzeOptions chosen = options ? *options : sg_analyze_options_default ();
  gint64 start = sg_metrics_now ();
  SgBudget budget;

  sg_budget_init (&budget, cancellable, chosen.deadline_ms, chosen.most_work);
  sg_memo_begin_page (memo);
  SgReading *reading = read_page (page, memo, chosen.leave_print, &budget, error);
  sg_memo_end_page (memo);
  sg_log_operation ("simgen-vision", SG_OPERATION_ANALYSIS, start);
  return reading;
}

SgReading *
sg_analyze (SgPage *page, GCancellable *cancellable, GError **error)
{
  g_autoptr (SgMemo) memo = sg_memo_new ();

  return sg_analyze_with (page, memo, NULL, cancellable, error);
}
