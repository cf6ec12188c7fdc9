/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever any of them does goes into one map: who plugs in two has two hands. One that is pulled out lets
 * go of everything, so that no motor runs on by itself. */
#include "config.h"

#include "app/pads.h"

#ifdef HAVE_MANETTE
#include <libmanette.h>
#endif

#define MOST_MOVES 64

struct _SgPads
{
  GObject parent_instance;
  SgSimulation *simulation;
  SgPadMap *map;
#ifdef HAVE_MANETTE
  ManetteMonitor *monitor;
#endif
  guint n;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (SgPads, sg_pads, G_TYPE_OBJECT)

void
sg_pads_tell (SgPads *self)
{
  SgModel *model = sg_simulation_get_model (self->simulation);
  SgPadMove moves[MOST_MOVES];

  if (model == NULL)
    return;
  guint n = sg_pad_map_take_moves (self->map, sg_model_get (model), moves, MOST_MOVES);
  for (guint i = 0; i < n; i++)
    sg_simulation_set_control (self->simulation, (guint)moves[i].control, moves[i].value);
}

#ifdef HAVE_MANETTE
static void
axis_cb (SgPads *self, ManetteEvent *event)
{
  guint16 axis;
  double value;

  if (manette_event_get_absolute (event, &axis, &value))
    sg_pad_map_move_axis (self->map, axis, value);
  sg_pads_tell (self);
}

static void
hat_cb (SgPads *self, ManetteEvent *event)
{
  guint16 axis;
  gint8 value;

  if (manette_event_get_hat (event, &axis, &value))
    sg_pad_map_move_axis (self->map, axis, value);
  sg_pads_tell (self);
}

static void
pressed_cb (SgPads *self, ManetteEvent *event)
{
  guint16 button;

  if (manette_event_get_button (event, &button))
    sg_pad_map_press (self->map, button, TRUE);
  sg_pads_tell (self);
}

static void
released_cb (SgPads *self, ManetteEvent *event)
{
  guint16 button;

  if (manette_event_get_button (event, &button))
    sg_pad_map_press (self->map, button, FALSE);
  sg_pads_tell (self);
}

static void
gone_cb (SgPads *self)
{
  self->n--;
  sg_pad_map_let_go (self->map);
  sg_pads_tell (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
plugged_cb (SgPads *self, ManetteDevice *device)
{
  self->n++;
  g_signal_connect_object (device, "absolute-axis-event", G_CALLBACK (axis_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "hat-axis-event", G_CALLBACK (hat_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "button-press-event", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "button-release-event", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "disconnected", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, changed_signal, 0);
}

static void
look_for_devices (SgPads *self)
{
  g_autoptr (ManetteMonitorIter) iter = NULL;
  ManetteDevice *device;

  self->monitor = manette_monitor_new ();
  g_signal_connect_object (self->monitor, "device-connected", G_CALLBACK (plugged_cb), self,
                           G_CONNECT_SWAPPED);
  iter = manette_monitor_iterate (self->monitor);
  while (manette_monitor_iter_next (iter, &device))
    plugged_cb (self, device);
}
#endif

static void
sg_pads_dispose (GObject *object)
{
  SgPads *self = SG_PADS (object);

#ifdef HAVE_MANETTE
  g_clear_object (&self->monitor);
#endif
  g_clear_object (&self->simulation);
  g_clear_pointer (&self->map, sg_pad_map_free);
  G_OBJECT_CLASS (sg_pads_parent_class)->dispose (object);
}

static void
sg_pads_class_init (SgPadsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sg_pads_dispose;
  changed_signal =
    g_signal_new ("changed", SG_TYPE_PADS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sg_pads_init (SgPads *self)
{
  self->map = sg_pad_map_new ();
}

SgPads *
sg_pads_new (SgSimulation *simulation)
{
  SgPads *self = g_object_new (SG_TYPE_PADS, NULL);

  self->simulation = g_object_ref (simulation);
#ifdef HAVE_MANETTE
  look_for_devices (self);
#endif
  return self;
}

guint
sg_pads_get_n (SgPads *self)
{
  return self->n;
}

SgPadMap *
sg_pads_get_map (SgPads *self)
{
  return self->map;
}
