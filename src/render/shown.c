/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Switches by name. As text one is "name" where it is on and "!name" where it is off; a label is
 * "label=body", a frame "frame=world". Items that differ from the default only, so that a new default reaches
 * whoever never touched the switch. */
#include "render/shown.h"

#include <string.h>

#define N_GROUP_KINDS 7

typedef enum
{
  VIS,
  EFFECT,
  OWN,
  GROUP
} Kind;

/* In the order of mjtVisFlag; NULL: not a person's to switch. */
static const char *const vis_names[mjNVISFLAG] = {
  [mjVIS_CONVEXHULL] = "convex-hull",
  [mjVIS_TEXTURE] = "texture",
  [mjVIS_JOINT] = "joint",
  [mjVIS_CAMERA] = "camera",
  [mjVIS_ACTUATOR] = "actuator",
  [mjVIS_ACTIVATION] = "activation",
  [mjVIS_LIGHT] = "light",
  [mjVIS_TENDON] = "tendon",
  [mjVIS_RANGEFINDER] = "rangefinder",
  [mjVIS_CONSTRAINT] = "constraint",
  [mjVIS_INERTIA] = "inertia",
  [mjVIS_SCLINERTIA] = "scaled-inertia",
  [mjVIS_PERTFORCE] = "pull-force",
  [mjVIS_PERTOBJ] = "pull-object",
  [mjVIS_CONTACTPOINT] = "contact-point",
  [mjVIS_ISLAND] = "island",
  [mjVIS_CONTACTFORCE] = "contact-force",
  [mjVIS_CONTACTSPLIT] = "contact-split",
  [mjVIS_TRANSPARENT] = "transparent",
  [mjVIS_AUTOCONNECT] = "auto-connect",
  [mjVIS_COM] = "centre-of-mass",
  [mjVIS_SELECT] = "selection-point",
  [mjVIS_STATIC] = "static",
  [mjVIS_SKIN] = "skin",
  [mjVIS_FLEXVERT] = "flex-vertex",
  [mjVIS_FLEXEDGE] = "flex-edge",
  [mjVIS_FLEXFACE] = "flex-face",
  [mjVIS_FLEXSKIN] = "flex-skin",
  [mjVIS_BODYBVH] = "body-bvh",
  [mjVIS_MESHBVH] = "mesh-bvh",
  [mjVIS_SDFITER] = "sdf-iteration",
};

static const char *const effect_names[mjNRNDFLAG] = {
  [mjRND_SHADOW] = "shadow",
  [mjRND_WIREFRAME] = "wireframe",
  [mjRND_REFLECTION] = "reflection",
  [mjRND_ADDITIVE] = "additive",
  [mjRND_SKYBOX] = "skybox",
  [mjRND_FOG] = "fog",
  [mjRND_HAZE] = "haze",
  [mjRND_DEPTH] = "depth",
  [mjRND_SEGMENT] = "segment",
  [mjRND_IDCOLOR] = "id-color",
  [mjRND_CULL_FACE] = "cull-face",
  [mjRND_POST_PROCESSING] = "post-processing",
};

static const char *const own_names[] = { "own-look", "ink", "traces" };

static const char *const group_names[N_GROUP_KINDS][mjNGROUP] = {
#define SIX(kind)                                                                                        \
  {                                                                                                      \
    kind "-group-0", kind "-group-1", kind "-group-2", kind "-group-3", kind "-group-4", kind "-group-5" \
  }
  SIX ("geom"),
  SIX ("site"),
  SIX ("joint"),
  SIX ("tendon"),
  SIX ("actuator"),
  SIX ("flex"),
  SIX ("skin"),
#undef SIX
};

static const char *const label_names[mjNLABEL + 1] = {
  [mjLABEL_NONE] = "none",
  [mjLABEL_BODY] = "body",
  [mjLABEL_JOINT] = "joint",
  [mjLABEL_GEOM] = "geom",
  [mjLABEL_SITE] = "site",
  [mjLABEL_CAMERA] = "camera",
  [mjLABEL_LIGHT] = "light",
  [mjLABEL_TENDON] = "tendon",
  [mjLABEL_ACTUATOR] = "actuator",
  [mjLABEL_CONSTRAINT] = "constraint",
  [mjLABEL_FLEX] = "flex",
  [mjLABEL_SKIN] = "skin",
  [mjLABEL_SELECTION] = "selection",
  [mjLABEL_SELPNT] = "selection-point",
  [mjLABEL_CONTACTPOINT] = "contact-point",
  [mjLABEL_CONTACTFORCE] = "contact-force",
  [mjLABEL_ISLAND] = "island",
};

static const char *const frame_names[mjNFRAME + 1] = {
  [mjFRAME_NONE] = "none",
  [mjFRAME_BODY] = "body",
  [mjFRAME_GEOM] = "geom",
  [mjFRAME_SITE] = "site",
  [mjFRAME_CAMERA] = "camera",
  [mjFRAME_LIGHT] = "light",
  [mjFRAME_CONTACT] = "contact",
  [mjFRAME_WORLD] = "world",
};

SgShown
sg_shown_default (void)
{
  SgShown shown = { .effects = { [mjRND_SHADOW] = 1,
                                 [mjRND_REFLECTION] = 1,
                                 [mjRND_SKYBOX] = 1,
                                 [mjRND_HAZE] = 1,
                                 [mjRND_CULL_FACE] = 1 } };

  mjv_defaultOption (&shown.option);
  memset (shown.option.sitegroup, 0, sizeof shown.option.sitegroup);
  return shown;
}

static Kind
split_index (guint index, guint *within)
{
  const guint sizes[] = { mjNVISFLAG, mjNRNDFLAG, G_N_ELEMENTS (own_names) };
  guint kind = 0;

  for (*within = index; kind < G_N_ELEMENTS (sizes) && *within >= sizes[kind]; kind++)
    *within -= sizes[kind];
  return (Kind)kind;
}

guint
sg_shown_n_switches (void)
{
  return mjNVISFLAG + mjNRNDFLAG + G_N_ELEMENTS (own_names) + N_GROUP_KINDS * mjNGROUP;
}

const char *
sg_shown_switch_name (guint index)
{
  guint within;

  switch (split_index (index, &within))
    {
    case VIS:
      return vis_names[within];
    case EFFECT:
      return effect_names[within];
    case OWN:
      return own_names[within];
    default:
      return group_names[within / mjNGROUP][within % mjNGROUP];
    }
}

static mjtByte *
find_group (SgShown *shown, guint within)
{
  mjvOption *option = &shown->option;
  mjtByte *const groups[N_GROUP_KINDS] = { option->geomgroup, option->sitegroup, option->jointgroup,
                                           option->tendongroup, option->actuatorgroup,
                                           option->flexgroup, option->skingroup };

  return groups[within / mjNGROUP] + within % mjNGROUP;
}

static gboolean
get_at (const SgShown *shown, guint index)
{
  const gboolean own[] = { shown->own_look, shown->ink, shown->traces };
  SgShown copy;
  guint within;

  switch (split_index (index, &within))
    {
    case VIS:
      return shown->option.flags[within] != 0;
    case EFFECT:
      return shown->effects[within] != 0;
    case OWN:
      return own[within];
    default:
      copy = *shown;
      return *find_group (&copy, within) != 0;
    }
}

static void
set_at (SgShown *shown, guint index, gboolean on)
{
  gboolean *const own[] = { &shown->own_look, &shown->ink, &shown->traces };
  guint within;

  switch (split_index (index, &within))
    {
    case VIS:
      shown->option.flags[within] = on ? 1 : 0;
      break;
    case EFFECT:
      shown->effects[within] = on ? 1 : 0;
      break;
    case OWN:
      *own[within] = on;
      break;
    default:
      *find_group (shown, within) = on ? 1 : 0;
    }
}

static int
find_switch (const char *name)
{
  for (guint i = 0; i < sg_shown_n_switches (); i++)
    if (g_str_equal (sg_shown_switch_name (i), name))
      return (int)i;
  return -1;
}

int
sg_shown_get (const SgShown *shown, const char *name)
{
  int index = find_switch (name);

  return index >= 0 ? get_at (shown, (guint)index) : -1;
}

gboolean
sg_shown_set (SgShown *shown, const char *name, gboolean on)
{
  int index = find_switch (name);

  if (index >= 0)
    set_at (shown, (guint)index, on);
  return index >= 0;
}

const char *
sg_shown_label_name (guint label)
{
  return label < mjNLABEL ? label_names[label] : NULL;
}

const char *
sg_shown_frame_name (guint frame)
{
  return frame < mjNFRAME ? frame_names[frame] : NULL;
}

static gboolean
choose (int *chosen, const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        *chosen = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
sg_shown_set_label (SgShown *shown, const char *name)
{
  return choose (&shown->option.label, label_names, name);
}

gboolean
sg_shown_set_frame (SgShown *shown, const char *name)
{
  return choose (&shown->option.frame, frame_names, name);
}

char **
sg_shown_to_strv (const SgShown *shown)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const SgShown plain = sg_shown_default ();

  for (guint i = 0; i < sg_shown_n_switches (); i++)
    {
      gboolean on = get_at (shown, i);
      g_autofree char *item = g_strconcat (on ? "" : "!", sg_shown_switch_name (i), NULL);

      if (on != get_at (&plain, i))
        g_strv_builder_add (builder, item);
    }
  if (shown->option.label != plain.option.label)
    {
      g_autofree char *item = g_strconcat ("label=", label_names[shown->option.label], NULL);

      g_strv_builder_add (builder, item);
    }
  if (shown->option.frame != plain.option.frame)
    {
      g_autofree char *item = g_strconcat ("frame=", frame_names[shown->option.frame], NULL);

      g_strv_builder_add (builder, item);
    }
  return g_strv_builder_end (builder);
}

SgShown
sg_shown_from_strv (const char *const *items)
{
  SgShown shown = sg_shown_default ();

  for (guint i = 0; items != NULL && items[i] != NULL; i++)
    if (g_str_has_prefix (items[i], "label="))
      sg_shown_set_label (&shown, items[i] + strlen ("label="));
    else if (g_str_has_prefix (items[i], "frame="))
      sg_shown_set_frame (&shown, items[i] + strlen ("frame="));
    else
      sg_shown_set (&shown, items[i] + (items[i][0] == '!'), items[i][0] != '!');
  return shown;
}

static gboolean
has_rangefinder (const mjModel *model)
{
  for (int i = 0; i < model->nsensor; i++)
    if (model->sensor_type[i] == mjSENS_RANGEFINDER)
      return TRUE;
  return FALSE;
}

gboolean
sg_shown_needs_forces (const SgShown *shown, const mjModel *model)
{
  static const int flags[] = { mjVIS_CONTACTPOINT, mjVIS_CONTACTFORCE, mjVIS_CONTACTSPLIT,
                               mjVIS_CONSTRAINT, mjVIS_ISLAND };
  const mjvOption *option = &shown->option;

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (option->flags[flags[i]])
      return TRUE;
  if (option->flags[mjVIS_RANGEFINDER] && has_rangefinder (model))
    return TRUE;
  return option->frame == mjFRAME_CONTACT || option->label == mjLABEL_CONTACTPOINT ||
         option->label == mjLABEL_CONTACTFORCE || option->label == mjLABEL_ISLAND ||
         option->label == mjLABEL_CONSTRAINT;
}
