/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stick's dead zone is a circle, so that it is as easily left in all directions, and what is beyond it
 * begins at 0. */
#include "config.h"

#include "app/pad-map.h"

#include <linux/input-event-codes.h>
#include <math.h>

#include <glib/gi18n.h>

#include "sim/quantity.h"

typedef struct
{
  char *motor; /* its name, or its number */
  SgPadControl control;
  double told; /* NAN: nothing yet */
} Binding;

struct _SgPadMap
{
  GArray *bindings; /* Binding */
  double axes[ABS_HAT0Y + 1];
  gboolean up, down, left, right, south, east, left_trigger, right_trigger;
};

const char *
sg_pad_control_describe (SgPadControl control)
{
  static const char *const words[SG_N_PAD_CONTROLS] = {
    [SG_PAD_NONE] = N_ ("No gamepad"),
    [SG_PAD_LEFT_X] = N_ ("Left stick ↔"),
    [SG_PAD_LEFT_Y] = N_ ("Left stick ↕"),
    [SG_PAD_RIGHT_X] = N_ ("Right stick ↔"),
    [SG_PAD_RIGHT_Y] = N_ ("Right stick ↕"),
    [SG_PAD_TRIGGERS] = N_ ("Triggers"),
    [SG_PAD_CROSS_X] = N_ ("Cross ↔"),
    [SG_PAD_CROSS_Y] = N_ ("Cross ↕"),
    [SG_PAD_BUTTONS] = N_ ("Buttons A and B"),
  };

  return _ (words[control]);
}

static void
binding_clear (gpointer data)
{
  g_free (((Binding *)data)->motor);
}

SgPadMap *
sg_pad_map_new (void)
{
  SgPadMap *map = g_new0 (SgPadMap, 1);

  map->bindings = g_array_new (FALSE, FALSE, sizeof (Binding));
  g_array_set_clear_func (map->bindings, binding_clear);
  return map;
}

void
sg_pad_map_free (SgPadMap *map)
{
  g_array_unref (map->bindings);
  g_free (map);
}

/* -- Which drives what -- */

static char *
name_motor (const mjModel *model, int motor)
{
  const char *name = mj_id2name (model, mjOBJ_ACTUATOR, motor);

  return name != NULL ? g_strdup (name) : g_strdup_printf ("#%d", motor);
}

static Binding *
find_binding (SgPadMap *map, const char *motor, guint *index)
{
  for (guint i = 0; i < map->bindings->len; i++)
    {
      Binding *binding = &g_array_index (map->bindings, Binding, i);

      *index = i;
      if (g_str_equal (binding->motor, motor))
        return binding;
    }
  return NULL;
}

void
sg_pad_map_bind (SgPadMap *map, const mjModel *model, int motor, SgPadControl control)
{
  g_autofree char *name = name_motor (model, motor);
  guint index;

  g_return_if_fail (control < SG_N_PAD_CONTROLS);
  if (find_binding (map, name, &index) != NULL)
    g_array_remove_index (map->bindings, index);
  if (control == SG_PAD_NONE)
    return;
  Binding binding = { g_steal_pointer (&name), control, NAN };
  g_array_append_val (map->bindings, binding);
}

SgPadControl
sg_pad_map_get (SgPadMap *map, const mjModel *model, int motor)
{
  g_autofree char *name = name_motor (model, motor);
  guint index;
  const Binding *binding = find_binding (map, name, &index);

  return binding != NULL ? binding->control : SG_PAD_NONE;
}

/* -- The device -- */

void
sg_pad_map_move_axis (SgPadMap *map, guint code, double value)
{
  if (code < G_N_ELEMENTS (map->axes) && isfinite (value))
    map->axes[code] = CLAMP (value, -1, 1);
}

void
sg_pad_map_press (SgPadMap *map, guint code, gboolean pressed)
{
  gboolean *buttons[] = { &map->up, &map->down, &map->left, &map->right, &map->south,
                          &map->east, &map->left_trigger, &map->right_trigger };
  static const guint codes[] = { BTN_DPAD_UP, BTN_DPAD_DOWN, BTN_DPAD_LEFT, BTN_DPAD_RIGHT,
                                 BTN_SOUTH, BTN_EAST, BTN_TL2, BTN_TR2 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      *buttons[i] = pressed;
}

void
sg_pad_map_let_go (SgPadMap *map)
{
  GArray *bindings = map->bindings;

  *map = (SgPadMap){ .bindings = bindings };
}

static double
read_stick (const SgPadMap *map, guint x, guint y, guint wanted)
{
  double size = hypot (map->axes[x], map->axes[y]);
  double beyond = (MIN (size, 1) - SG_PAD_DEAD_ZONE) / (1 - SG_PAD_DEAD_ZONE);

  return size > SG_PAD_DEAD_ZONE ? map->axes[wanted] / size * beyond : 0;
}

/* Its way where it tells one, from 0 to 1, else whether it is pressed. */
static double
read_trigger (const SgPadMap *map, guint axis, gboolean pressed)
{
  double way = MAX (map->axes[axis], 0);

  return MAX (way > SG_PAD_DEAD_ZONE ? (way - SG_PAD_DEAD_ZONE) / (1 - SG_PAD_DEAD_ZONE) : 0, pressed);
}

double
sg_pad_map_read (const SgPadMap *map, SgPadControl control)
{
  switch (control)
    {
    case SG_PAD_LEFT_X:
      return read_stick (map, ABS_X, ABS_Y, ABS_X);
    case SG_PAD_LEFT_Y:
      return -read_stick (map, ABS_X, ABS_Y, ABS_Y); /* Linux counts downwards */
    case SG_PAD_RIGHT_X:
      return read_stick (map, ABS_RX, ABS_RY, ABS_RX);
    case SG_PAD_RIGHT_Y:
      return -read_stick (map, ABS_RX, ABS_RY, ABS_RY);
    case SG_PAD_TRIGGERS:
      return read_trigger (map, ABS_RZ, map->right_trigger) - read_trigger (map, ABS_Z, map->left_trigger);
    case SG_PAD_CROSS_X:
      return CLAMP (map->axes[ABS_HAT0X] + map->right - map->left, -1, 1);
    case SG_PAD_CROSS_Y:
      return CLAMP (map->up - map->down - map->axes[ABS_HAT0Y], -1, 1);
    case SG_PAD_BUTTONS:
      return map->south - map->east;
    default:
      return 0;
    }
}

/* -- To the motors -- */

static int
find_motor (const mjModel *model, const char *motor)
{
  int number = *motor == '#' ? (int)g_ascii_strtoll (motor + 1, NULL, 10)
                             : mj_name2id (model, mjOBJ_ACTUATOR, motor);

  return number < model->nactuator ? number : -1;
}

static double
scale_to (double share, const double range[2])
{
  double middle = CLAMP (0, range[0], range[1]);

  if (middle == range[0] || middle == range[1])
    middle = (range[0] + range[1]) / 2;
  return middle + share * (share > 0 ? range[1] - middle : middle - range[0]);
}

guint
sg_pad_map_take_moves (SgPadMap *map, const mjModel *model, SgPadMove *moves, guint n)
{
  guint found = 0;

  for (guint i = 0; i < map->bindings->len && found < n; i++)
    {
      Binding *binding = &g_array_index (map->bindings, Binding, i);
      int motor = find_motor (model, binding->motor);
      double range[2];

      if (motor < 0 || model->actuator_ctrlnum[motor] == 0)
        continue;
      sg_quantity_get_control_range (model, motor, range);
      double value = scale_to (sg_pad_map_read (map, binding->control), range);
      if (value == binding->told)
        continue;
      binding->told = value;
      moves[found++] = (SgPadMove){ model->actuator_ctrladr[motor], value };
    }
  return found;
}
