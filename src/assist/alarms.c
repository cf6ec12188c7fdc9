/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A short list of alarms, a handful a question, and one source that wakes for the earliest. */
#include "assist/alarms.h"

typedef struct
{
  guint id;
  gint64 at_us;
  SgAlarmFunc func;
  gpointer data;
} Alarm;

struct _SgAlarms
{
  gint64 (*now_us) (gpointer clock);
  gpointer clock;
  GArray *alarms; /* Alarm */
  guint last_id;
  GSource *source; /* (nullable): with another clock there is none */
};

static gboolean
ring_cb (gpointer data)
{
  sg_alarms_ring (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

SgAlarms *
sg_alarms_new (gint64 (*now_us) (gpointer clock), gpointer clock)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  SgAlarms *self = g_new0 (SgAlarms, 1);

  self->now_us = now_us;
  self->clock = clock;
  self->alarms = g_array_new (FALSE, FALSE, sizeof (Alarm));
  if (!now_us)
    {
      self->source = g_source_new (&funcs, sizeof (GSource));
      g_source_set_static_name (self->source, "simgen-alarms");
      g_source_set_callback (self->source, ring_cb, self, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
  return self;
}

void
sg_alarms_free (SgAlarms *self)
{
  if (self->source)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  g_array_unref (self->alarms);
  g_free (self);
}

gint64
sg_alarms_now (SgAlarms *self)
{
  return self->now_us ? self->now_us (self->clock) : g_get_monotonic_time ();
}

/* The index of the earliest; -1: none. */
static int
earliest (SgAlarms *self)
{
  int found = -1;

  for (guint i = 0; i < self->alarms->len; i++)
    if (found < 0 ||
        g_array_index (self->alarms, Alarm, i).at_us < g_array_index (self->alarms, Alarm, found).at_us)
      found = i;
  return found;
}

static void
set_source (SgAlarms *self)
{
  const int next = earliest (self);

  if (self->source)
    g_source_set_ready_time (self->source, next < 0 ? -1 : g_array_index (self->alarms, Alarm, next).at_us);
}

guint
sg_alarms_add (SgAlarms *self, gint64 at_us, SgAlarmFunc func, gpointer data)
{
  if (++self->last_id == 0)
    self->last_id = 1;
  const Alarm alarm = { self->last_id, MAX (at_us, 0), func, data };

  g_array_append_val (self->alarms, alarm);
  set_source (self);
  return alarm.id;
}

void
sg_alarms_remove (SgAlarms *self, guint *id)
{
  for (guint i = 0; *id && i < self->alarms->len; i++)
    if (g_array_index (self->alarms, Alarm, i).id == *id)
      {
        g_array_remove_index (self->alarms, i);
        set_source (self);
        break;
      }
  *id = 0;
}

void
sg_alarms_ring (SgAlarms *self)
{
  const gint64 now = sg_alarms_now (self);

  for (int next = earliest (self); next >= 0; next = earliest (self))
    {
      const Alarm alarm = g_array_index (self->alarms, Alarm, next);

      if (alarm.at_us > now)
        break;
      g_array_remove_index (self->alarms, next);
      alarm.func (alarm.data);
    }
  set_source (self);
}
