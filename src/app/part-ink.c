/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which element is of which body the spec says; hatching and the like are of the body of what they speak
 * of. Ink of ropes, springs and words stays on the page: these have no body to lie on. */
#include "app/part-ink.h"

#define NO_BODY (-1)

/* By element: the body that it is of. */
typedef struct
{
  const SgScene *scene;
  const mjModel *model;
  int *bodies;
} Owners;

static void
claim (Owners *owners, int element, int body)
{
  if (element >= 0 && element < (int)sg_reading_n_elements (owners->scene->reading) && body >= 0)
    owners->bodies[element] = body;
}

static void
claim_body (Owners *owners, const SgBody *body)
{
  int id = mj_name2id (owners->model, mjOBJ_BODY, body->name);

  claim (owners, body->element, id);
  for (guint i = 0; i < body->joints->len; i++)
    claim (owners, g_array_index (body->joints, SgJoint, i).element, id);
  for (guint i = 0; i < body->geoms->len; i++)
    claim (owners, g_array_index (body->geoms, SgGeom, i).element, id);
}

/* Marks that say something of a body lie on it too: hatching, an anchor's cross. */
static void
claim_marks (Owners *owners)
{
  SgReading *reading = owners->scene->reading;

  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    {
      const SgRelation *relation = sg_reading_relation (reading, i);
      int of = relation->a >= 0 ? relation->a : relation->b;
      const SgElement *mark = relation->via >= 0 ? sg_reading_element (reading, (guint)relation->via) : NULL;

      if (mark == NULL || of < 0 || owners->bodies[relation->via] != NO_BODY)
        continue;
      if (mark->kind == SG_KIND_HATCHING || mark->kind == SG_KIND_CROSS)
        owners->bodies[relation->via] = owners->bodies[of];
    }
}

static void
add_stroke (SgInk *ink, const Owners *owners, guint stroke, int body)
{
  const SgReading *reading = owners->scene->reading;
  const SgStroke *drawn = sg_page_get_stroke (owners->scene->page, stroke);
  guint n;
  const SgInkPoint *points = sg_stroke_get_points (drawn, &n);

  sg_ink_begin_line (ink, body, sg_stroke_get_width (drawn) / reading->scale);
  for (guint i = 0; i < n; i++)
    {
      SgPoint at = sg_pose_to_upright (&reading->pose, SG_POINT (points[i].x, points[i].y));

      sg_ink_add_point (ink, (at.x - reading->origin.x) / reading->scale,
                        (reading->origin.y - at.y) / reading->scale);
    }
}

SgInk *
sg_part_ink_of_scene (const SgScene *scene)
{
  g_autoptr (SgInk) ink = NULL;
  g_autofree int *bodies = NULL;
  Owners owners = { .scene = scene };
  guint n;

  if (scene->reading == NULL || scene->page == NULL || scene->model == NULL)
    return NULL;
  n = sg_reading_n_elements (scene->reading);
  ink = sg_ink_new ();
  owners.model = sg_model_get (scene->model);
  owners.bodies = bodies = g_new (int, n + 1);
  for (guint i = 0; i < n; i++)
    bodies[i] = NO_BODY;
  for (guint i = 0; i < scene->spec->geoms->len; i++)
    claim (&owners, g_array_index (scene->spec->geoms, SgGeom, i).element, 0);
  for (guint i = 0; i < scene->spec->bodies->len; i++)
    claim_body (&owners, &g_array_index (scene->spec->bodies, SgBody, i));
  claim_marks (&owners);
  for (guint i = 0; i < n; i++)
    {
      const SgElement *element = sg_reading_element (scene->reading, i);

      for (guint k = 0; k < element->n_strokes && bodies[i] != NO_BODY; k++)
        if (element->strokes[k] < sg_page_get_n_strokes (scene->page))
          add_stroke (ink, &owners, element->strokes[k], bodies[i]);
    }
  return ink->lines->len > 0 ? g_steal_pointer (&ink) : NULL;
}
