/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts and issues of a scene as sentences. */
#include "config.h"

#include "app/summary.h"

#include <glib/gi18n.h>

/* From the spec, not from the reading: a rod and a bob that are welded count once. */
static guint
count_moving_bodies (const SgSpec *spec)
{
  guint n = 0;

  for (guint i = 0; i < spec->bodies->len; i++)
    n += g_array_index (spec->bodies, SgBody, i).joints->len > 0;
  return n;
}

static guint
count_relations (const SgReading *reading, SgRelationKind kind)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    n += sg_reading_relation (reading, i)->kind == kind;
  return n;
}

static guint
count_roles (const SgReading *reading, SgRole role)
{
  guint n = 0;

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    n += sg_reading_element (reading, i)->role == role;
  return n;
}

/* `format` is the translated phrase for this count, with its %u. */
static void
add_count (GString *text, guint n, const char *format)
{
  if (n == 0)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, format, n);
#pragma GCC diagnostic pop
}

char *
sg_summary_of_scene (const SgScene *scene)
{
  GString *text = g_string_new (NULL);
  const SgReading *reading = scene->reading;
  guint n = scene->spec != NULL ? count_moving_bodies (scene->spec) : 0;

  add_count (text, n, ngettext ("%u body", "%u bodies", n));
  if (reading == NULL)
    return g_string_free (text, FALSE);
  n = count_relations (reading, SG_RELATION_HINGE);
  add_count (text, n, ngettext ("%u hinge", "%u hinges", n));
  n = count_relations (reading, SG_RELATION_SLIDE);
  add_count (text, n, ngettext ("%u slider", "%u sliders", n));
  n = count_roles (reading, SG_ROLE_SPRING);
  add_count (text, n, ngettext ("%u spring", "%u springs", n));
  n = count_roles (reading, SG_ROLE_DAMPER);
  add_count (text, n, ngettext ("%u damper", "%u dampers", n));
  n = count_roles (reading, SG_ROLE_ROPE);
  add_count (text, n, ngettext ("%u rope", "%u ropes", n));
  n = count_roles (reading, SG_ROLE_MOTOR);
  add_count (text, n, ngettext ("%u motor", "%u motors", n));
  n = count_roles (reading, SG_ROLE_FORCE);
  add_count (text, n, ngettext ("%u force", "%u forces", n));
  return g_string_free (text, FALSE);
}

static const SgIssue *
worst_issue (const SgReading *reading)
{
  const SgIssue *worst = NULL;

  for (guint i = 0; reading != NULL && i < reading->issues->len; i++)
    {
      const SgIssue *issue = &g_array_index (reading->issues, SgIssue, i);

      if (worst == NULL || issue->severity > worst->severity)
        worst = issue;
    }
  return worst;
}

char *
sg_summary_of_issues (const SgScene *scene, SgSeverity *severity)
{
  const SgIssue *issue = worst_issue (scene->reading);

  *severity = SG_SEVERITY_WARNING;
  if (issue != NULL && issue->severity == SG_SEVERITY_ERROR)
    {
      *severity = issue->severity;
      return g_strdup (issue->message);
    }
  if (scene->not_understood != NULL && scene->not_understood->len > 0)
    return g_strdup_printf (_ ("Not understood: “%s”"), (const char *)scene->not_understood->pdata[0]);
  if (issue != NULL && issue->severity == SG_SEVERITY_WARNING)
    return g_strdup (issue->message);

  *severity = SG_SEVERITY_INFO;
  if (!scene->moves)
    return g_strdup (_ ("Nothing here can move yet. Draw a ball, a box or a rod that hangs or falls."));
  if (scene->spec != NULL && scene->spec->notes->len > 0)
    return g_strdup (scene->spec->notes->pdata[0]);
  return issue != NULL ? g_strdup (issue->message) : NULL;
}
