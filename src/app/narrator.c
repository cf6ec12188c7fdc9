/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Velocities are differences of places: what is seen from one picture to the next. While it plays:
 *
 *   waits for the interval --> keeps where all is --> tells what moved since, at the next picture --> waits
 */
#include "config.h"

#include "app/narrator.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/thing-names.h"
#include "base/units.h"
#include "sim/place.h"

#define MOST_TOLD 4       /* bodies */
#define LEAST_SPEED 0.005 /* m/s; slower is rest */
#define LEAST_TURN 0.02   /* rad/s */

typedef struct
{
  const char *name;
  double vx, vz, speed; /* m/s */
  double turning;       /* rad/s, clockwise as it is seen */
} Motion;

struct _SgNarrator
{
  SgScene *scene; /* (nullable) */
  GStrv names;    /* with it */
  mjData *data;   /* (nullable): with it, to find from a state where bodies are */
  GArray *before; /* double; where all was, while `has_before` */
  GArray *now;    /* alike */
  double before_time;
  gboolean has_before;
  gint64 told_us;
  double paused_at; /* s, as it was told last; below 0: not */
};

/* Of the scene's model, by their numbers in it; "" for those that cannot move. */
static GStrv
list_names (const SgScene *scene)
{
  const mjModel *model = sg_model_get (scene->model);
  g_autoptr (SgThingNames) drawn = sg_thing_names_new (scene);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (int i = 0; i < model->nbody; i++)
    {
      const char *name = model->body_dofnum[i] > 0 ? mj_id2name (model, mjOBJ_BODY, i) : NULL;
      const char *said = sg_thing_names_find (drawn, mjOBJ_BODY, name);

      g_strv_builder_add (names, said != NULL ? said : name != NULL ? name
                                                                    : "");
    }
  return g_strv_builder_end (names);
}

/* In the drawing's plane: about y, which leads away from who looks, of the rotation that leads from one to
 * the other. (Of a body that was turned over both quaternions may have nothing in w and y.) */
static double
turn (const double *before, const double *now)
{
  const double *a = now + 3, *b = before + 3;
  double w = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  double y = a[2] * b[0] - a[0] * b[2] + a[1] * b[3] - a[3] * b[1];

  return remainder (2 * atan2 (y, w), 2 * G_PI);
}

static Motion
measure (const char *name, const double *before, const double *now, double seconds)
{
  Motion motion = { name, (now[0] - before[0]) / seconds, (now[2] - before[2]) / seconds, 0, 0 };
  double vy = (now[1] - before[1]) / seconds;

  motion.speed = sqrt (motion.vx * motion.vx + vy * vy + motion.vz * motion.vz);
  motion.turning = turn (before, now) / seconds;
  return motion;
}

static const char *
say_direction (const Motion *motion)
{
  static const char *const directions[] = { N_ ("to the right"), N_ ("up and to the right"),
                                            N_ ("up"), N_ ("up and to the left"),
                                            N_ ("to the left"), N_ ("down and to the left"),
                                            N_ ("down"), N_ ("down and to the right") };

  return _ (directions[(int)lround (atan2 (motion->vz, motion->vx) / (G_PI / 4) + 8) % 8]);
}

static void
say_motion (GString *text, const Motion *motion)
{
  gboolean moves = motion->speed >= LEAST_SPEED;
  g_autofree char *fast = moves ? sg_units_format (motion->speed, "m/s")
                                : sg_units_format (fabs (motion->turning), "rad/s");

  if (text->len > 0)
    g_string_append_c (text, ' ');
  if (moves) /* Translators: a part of the drawing, where to, how fast */
    g_string_append_printf (text, _ ("%s moves %s at %s."), motion->name, say_direction (motion), fast);
  else if (motion->turning > 0)
    g_string_append_printf (text, _ ("%s turns clockwise at %s."), motion->name, fast);
  else
    g_string_append_printf (text, _ ("%s turns anticlockwise at %s."), motion->name, fast);
}

static int
compare_motions (gconstpointer a, gconstpointer b)
{
  double first = ((const Motion *)a)->speed, second = ((const Motion *)b)->speed;

  return (first < second) - (first > second);
}

char *
sg_narrator_say (const char *const *names, const double *before, const double *now, double seconds)
{
  g_autoptr (GArray) motions = g_array_new (FALSE, FALSE, sizeof (Motion));
  GString *text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const guint at = i * SG_PLACE_NUMBERS;
      Motion motion = measure (names[i], before + at, now + at, seconds);

      if (*names[i] != '\0' && (motion.speed >= LEAST_SPEED || fabs (motion.turning) >= LEAST_TURN))
        g_array_append_val (motions, motion);
    }
  g_array_sort (motions, compare_motions);
  for (guint i = 0; i < MIN (motions->len, MOST_TOLD); i++)
    say_motion (text, &g_array_index (motions, Motion, i));
  guint more = motions->len > MOST_TOLD ? motions->len - MOST_TOLD : 0;
  if (more > 0)
    g_string_append_printf (text, ngettext (" %u more moves.", " %u more move.", more), more);
  if (motions->len == 0)
    g_string_append (text, _ ("Nothing moves."));
  return g_string_free (text, FALSE);
}

SgNarrator *
sg_narrator_new (void)
{
  SgNarrator *self = g_new0 (SgNarrator, 1);

  self->before = g_array_new (FALSE, FALSE, sizeof (double));
  self->now = g_array_new (FALSE, FALSE, sizeof (double));
  self->paused_at = -1;
  return self;
}

void
sg_narrator_free (SgNarrator *self)
{
  sg_narrator_set_scene (self, NULL);
  g_array_unref (self->before);
  g_array_unref (self->now);
  g_free (self);
}

void
sg_narrator_set_scene (SgNarrator *self, SgScene *scene)
{
  g_clear_pointer (&self->data, mj_deleteData);
  g_clear_pointer (&self->scene, sg_scene_unref);
  g_clear_pointer (&self->names, g_strfreev);
  self->has_before = FALSE;
  self->paused_at = -1;
  if (scene == NULL || scene->model == NULL)
    return;
  self->scene = sg_scene_ref (scene);
  self->data = sg_model_make_data (scene->model, NULL);
  self->names = list_names (scene);
}

static char *
tell_pause (SgNarrator *self, double time)
{
  g_autofree char *when = sg_units_format_time (time);

  self->has_before = FALSE;
  if (time == self->paused_at)
    return NULL;
  self->paused_at = time;
  return g_strdup_printf (_ ("Paused at %s."), when);
}

static void
find_places (SgNarrator *self, const SgSnapshot *snapshot, GArray *places)
{
  const mjModel *model = sg_model_get (snapshot->model);

  g_array_set_size (places, (guint)model->nbody * SG_PLACE_NUMBERS);
  sg_snapshot_restore_places (snapshot, self->data);
  sg_place_read (model, self->data, (double *)places->data);
}

char *
sg_narrator_see (SgNarrator *self, const SgSnapshot *snapshot, gint64 wall_us)
{
  if (self->data == NULL || snapshot == NULL || snapshot->model != self->scene->model)
    return NULL;
  if (!snapshot->playing)
    return tell_pause (self, snapshot->time);
  self->paused_at = -1;
  if (self->has_before && snapshot->time > self->before_time)
    {
      self->has_before = FALSE;
      self->told_us = wall_us;
      find_places (self, snapshot, self->now);
      return sg_narrator_say ((const char *const *)self->names, (const double *)self->before->data,
                              (const double *)self->now->data, snapshot->time - self->before_time);
    }
  if (!self->has_before && wall_us - self->told_us >= SG_NARRATOR_INTERVAL * G_USEC_PER_SEC)
    {
      find_places (self, snapshot, self->before);
      self->before_time = snapshot->time;
      self->has_before = TRUE;
    }
  return NULL;
}
