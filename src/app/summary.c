/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Counts and issues of a scene as sentences. */
#include "config.h"

#include "app/summary.h"

#include <glib/gi18n.h>

#include "app/thing-names.h"

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
  n = sg_reading_count_relations (reading, SG_RELATION_HINGE);
  add_count (text, n, ngettext ("%u hinge", "%u hinges", n));
  n = sg_reading_count_relations (reading, SG_RELATION_SLIDE);
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

void
sg_note_free (SgNote *note)
{
  g_free (note->text);
  g_free (note);
}

static void
add_note (GPtrArray *notes, SgSeverity severity, char *text)
{
  SgNote *note = g_new0 (SgNote, 1);

  *note = (SgNote){ text, severity };
  g_ptr_array_add (notes, note);
}

static void
add_issues (GPtrArray *notes, const SgReading *reading, SgSeverity severity)
{
  for (guint i = 0; reading != NULL && i < reading->issues->len; i++)
    {
      const SgIssue *issue = &g_array_index (reading->issues, SgIssue, i);

      if (issue->severity == severity)
        add_note (notes, severity, g_strdup (issue->message));
    }
}

GPtrArray *
sg_summary_notes_of_scene (const SgScene *scene)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func ((GDestroyNotify)sg_note_free);
  g_autoptr (SgThingNames) names = sg_thing_names_new (scene);

  add_issues (notes, scene->reading, SG_SEVERITY_ERROR);
  add_issues (notes, scene->reading, SG_SEVERITY_WARNING);
  if (!scene->moves)
    add_note (notes, SG_SEVERITY_INFO,
              g_strdup (_ ("Nothing here can move yet. Draw a ball, a box or a rod that hangs or falls.")));
  add_issues (notes, scene->reading, SG_SEVERITY_INFO);
  for (guint i = 0; scene->moves && scene->spec != NULL && i < scene->spec->notes->len; i++)
    add_note (notes, SG_SEVERITY_INFO,
              sg_thing_names_in_text (names, scene->spec->notes->pdata[i]));
  return notes;
}
