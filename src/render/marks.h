/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What our pictures have beside what mjv_updateScene puts into a scene. Needs no GL.
 */
#pragma once

#include "physics/model.h"

G_BEGIN_DECLS

/* Marks each pin, a body's one hinge, in front of everything: in the front view depth does not show.
 * `height`: m, of the view. */
void sg_marks_add_pins (mjvScene *scene, const mjModel *model, const mjData *data, double height);

/* The ink of `bodies` (int), where these are by now. */
void sg_marks_add_ink (mjvScene *scene, const GArray *bodies, const mjData *data, gboolean dark);

/* Marks in bodies (contacts, joints, axes) in front of them, where depth does not show. */
void sg_marks_lift (mjvScene *scene, double height);

/* Marks of contacts as a drawing wants them: discs that do not hide what touches, arrows that are seen. */
void sg_marks_trim_contacts (mjvScene *scene, const mjModel *model);

/* MuJoCo names only what it draws: shows that too. */
void sg_marks_show_what_is_named (mjvOption *option);

#define SG_TRACE_BODIES 12
#define SG_TRACE_POINTS 120

/* Where the centres of mass of the first bodies that move have been, a ring a body. */
typedef struct
{
  guint64 signature; /* of the model */
  double time;       /* simulated s of the newest */
  guint n_bodies, n_points, next;
  int bodies[SG_TRACE_BODIES];
  mjtNum places[SG_TRACE_BODIES][SG_TRACE_POINTS][3]; /* m */
} SgTraces;

/* Notes where they are, if enough time has gone; forgets all where it is another model or the time went
 * back. */
void sg_traces_note (SgTraces *traces, const mjModel *model, const mjData *data);
/* As lines. */
void sg_traces_add (const SgTraces *traces, mjvScene *scene);

G_END_DECLS
