/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Geoms that are added to MuJoCo's scene, or moved in it. */
#include "render/marks.h"

#include <math.h>
#include <string.h>

#include "render/instances.h"

#define DISC_SCALE 0.35f
#define ARROW_WIDTH_SCALE 0.5f
#define ARROW_LENGTH_SCALE 12.0f
#define TRACE_STEP (1.0 / 30) /* s between points of a trace */
#define PIN_RADIUS 0.009f     /* in heights of the view */
#define PIN_COLOR          \
  {                        \
    0.90f, 0.42f, 0.05f, 1 \
  }

void
sg_marks_add_pins (mjvScene *scene, const mjModel *model, const mjData *data, double height)
{
  static const mjtNum along_y[9] = { 1, 0, 0, 0, 0, -1, 0, 1, 0 };
  static const float color[4] = PIN_COLOR;
  const mjtNum size[3] = { PIN_RADIUS * height, PIN_RADIUS * height, PIN_RADIUS * height };

  for (int joint = 0; joint < model->njnt && scene->ngeom < scene->maxgeom; joint++)
    {
      const mjtNum *anchor = data->xanchor + 3 * joint;
      const mjtNum place[3] = { anchor[0], -height, anchor[2] };
      mjvGeom *pin;

      if (model->jnt_type[joint] != mjJNT_HINGE || model->body_jntnum[model->jnt_bodyid[joint]] != 1 ||
          fabs (data->xaxis[3 * joint + 1]) < 0.9)
        continue;
      pin = scene->geoms + scene->ngeom++;
      mjv_initGeom (pin, mjGEOM_CYLINDER, size, place, along_y, color);
      pin->category = mjCAT_DECOR;
      pin->objtype = mjOBJ_JOINT;
      pin->objid = joint;
      pin->dataid = pin->matid = pin->texid = -1;
    }
}

void
sg_marks_add_ink (mjvScene *scene, const GArray *bodies, const mjData *data, gboolean dark)
{
  static const float colors[2][4] = { { 0.17f, 0.20f, 0.27f, 1 }, { 0.88f, 0.89f, 0.91f, 1 } };

  for (guint i = 0; i < bodies->len && scene->ngeom < scene->maxgeom; i++)
    {
      int body = g_array_index (bodies, int, i);
      mjvGeom *geom = scene->geoms + scene->ngeom++;

      mjv_initGeom (geom, mjGEOM_BOX, NULL, data->xpos + 3 * body, data->xmat + 9 * body,
                    colors[dark ? 1 : 0]);
      geom->type = SG_GEOM_INK;
      geom->dataid = (int)i;
      geom->objtype = mjOBJ_UNKNOWN;
      geom->matid = geom->texid = -1;
      geom->category = mjCAT_DECOR;
    }
}

void
sg_marks_lift (mjvScene *scene, double height)
{
  for (int i = 0; i < scene->ngeom; i++)
    {
      mjvGeom *geom = scene->geoms + i;

      if (geom->category == mjCAT_DECOR && geom->objtype != mjOBJ_TENDON)
        geom->pos[1] -= (float)height;
    }
}

static gboolean
is_of_color (const mjvGeom *geom, const float color[4])
{
  return memcmp (geom->rgba, color, 3 * sizeof *color) == 0;
}

void
sg_marks_trim_contacts (mjvScene *scene, const mjModel *model)
{
  for (int i = 0; i < scene->ngeom; i++)
    {
      mjvGeom *geom = scene->geoms + i;
      gboolean arrow =
        geom->type == mjGEOM_ARROW || geom->type == mjGEOM_ARROW1 || geom->type == mjGEOM_ARROW2;

      if (geom->category != mjCAT_DECOR)
        continue;
      if (geom->type == mjGEOM_CYLINDER && (is_of_color (geom, model->vis.rgba.contactpoint) ||
                                            is_of_color (geom, model->vis.rgba.contactgap)))
        for (int k = 0; k < 3; k++)
          geom->size[k] *= DISC_SCALE;
      if (arrow && (is_of_color (geom, model->vis.rgba.contactforce) ||
                    is_of_color (geom, model->vis.rgba.contactfriction)))
        {
          geom->size[0] *= ARROW_WIDTH_SCALE;
          geom->size[1] *= ARROW_WIDTH_SCALE;
          geom->size[2] *= ARROW_LENGTH_SCALE;
        }
    }
}

void
sg_marks_show_what_is_named (mjvOption *option)
{
  static const struct
  {
    int label, flag;
  } pairs[] = { { mjLABEL_JOINT, mjVIS_JOINT },
                { mjLABEL_CAMERA, mjVIS_CAMERA },
                { mjLABEL_LIGHT, mjVIS_LIGHT },
                { mjLABEL_ACTUATOR, mjVIS_ACTUATOR },
                { mjLABEL_CONSTRAINT, mjVIS_CONSTRAINT },
                { mjLABEL_CONTACTPOINT, mjVIS_CONTACTPOINT },
                { mjLABEL_CONTACTFORCE, mjVIS_CONTACTFORCE },
                { mjLABEL_ISLAND, mjVIS_ISLAND } };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (option->label == pairs[i].label)
      option->flags[pairs[i].flag] = 1;
}

static void
begin_traces (SgTraces *traces, const mjModel *model, double time)
{
  traces->signature = model->signature;
  traces->time = time - 2 * TRACE_STEP;
  traces->n_bodies = traces->n_points = traces->next = 0;
  for (int body = 1; body < model->nbody && traces->n_bodies < SG_TRACE_BODIES; body++)
    if (model->body_weldid[body] != 0 && model->body_dofnum[body] > 0)
      traces->bodies[traces->n_bodies++] = body;
}

void
sg_traces_note (SgTraces *traces, const mjModel *model, const mjData *data)
{
  if (traces->signature != model->signature || data->time < traces->time)
    begin_traces (traces, model, data->time);
  if (data->time - traces->time < TRACE_STEP)
    return;
  for (guint i = 0; i < traces->n_bodies; i++)
    for (int k = 0; k < 3; k++)
      traces->places[i][traces->next][k] = data->xipos[3 * traces->bodies[i] + k];
  traces->time = data->time;
  traces->next = (traces->next + 1) % SG_TRACE_POINTS;
  traces->n_points = MIN (traces->n_points + 1, SG_TRACE_POINTS);
}

void
sg_traces_add (const SgTraces *traces, mjvScene *scene)
{
  for (guint i = 0; i < traces->n_bodies; i++)
    for (guint k = 1; k < traces->n_points && scene->ngeom < scene->maxgeom; k++)
      {
        guint at = (traces->next + SG_TRACE_POINTS - traces->n_points + k) % SG_TRACE_POINTS;
        const mjtNum *from = traces->places[i][(at + SG_TRACE_POINTS - 1) % SG_TRACE_POINTS];
        const float color[4] = { 0.90f, 0.30f, 0.15f, (float)k / (float)traces->n_points };
        mjvGeom *line = scene->geoms + scene->ngeom++;

        mjv_initGeom (line, mjGEOM_LINE, NULL, NULL, NULL, color);
        mjv_connector (line, mjGEOM_LINE, 3, from, traces->places[i][at]);
        line->category = mjCAT_DECOR;
        line->objtype = mjOBJ_UNKNOWN;
        line->dataid = line->matid = line->texid = -1;
      }
}
