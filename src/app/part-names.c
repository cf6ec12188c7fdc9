/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words for parts, in tables. */
#include "config.h"

#include "app/part-names.h"

#include <glib/gi18n.h>

static const double uncertain = 0.6;

static const char *const kind_names[SG_N_KINDS] = {
  [SG_KIND_LINE] = N_ ("Straight line"),
  [SG_KIND_POLYLINE] = N_ ("Line with corners"),
  [SG_KIND_CURVE] = N_ ("Curve"),
  [SG_KIND_ARC] = N_ ("Arc"),
  [SG_KIND_CIRCLE] = N_ ("Circle"),
  [SG_KIND_ELLIPSE] = N_ ("Ellipse"),
  [SG_KIND_RECTANGLE] = N_ ("Rectangle"),
  [SG_KIND_TRIANGLE] = N_ ("Triangle"),
  [SG_KIND_POLYGON] = N_ ("Polygon"),
  [SG_KIND_BLOB] = N_ ("Freehand outline"),
  [SG_KIND_SPRING] = N_ ("Spring"),
  [SG_KIND_DAMPER] = N_ ("Damper"),
  [SG_KIND_ARROW] = N_ ("Arrow"),
  [SG_KIND_TURN_ARROW] = N_ ("Turning arrow"),
  [SG_KIND_CROSS] = N_ ("Cross"),
  [SG_KIND_HATCHING] = N_ ("Hatching"),
  [SG_KIND_TEXT] = N_ ("Text"),
  [SG_KIND_UNKNOWN] = N_ ("Unknown mark"),
};

static const char *const role_names[SG_N_ROLES] = {
  [SG_ROLE_PIN] = N_ ("Pin"),
  [SG_ROLE_WELD] = N_ ("Weld"),
  [SG_ROLE_SPRING] = N_ ("Spring"),
  [SG_ROLE_DAMPER] = N_ ("Damper"),
  [SG_ROLE_ROPE] = N_ ("Rope"),
  [SG_ROLE_FORCE] = N_ ("Force"),
  [SG_ROLE_VELOCITY] = N_ ("Velocity"),
  [SG_ROLE_GRAVITY] = N_ ("Gravity"),
  [SG_ROLE_MOTOR] = N_ ("Motor"),
  [SG_ROLE_LABEL] = N_ ("Text"),
  [SG_ROLE_TRACE] = N_ ("Trace"),
  [SG_ROLE_DECORATION] = N_ ("Only ink"),
};

static const struct
{
  const char *name; /* the contract's */
  const char *label;
} material_labels[] = {
  { "ice", N_ ("Ice") },
  { "rubber", N_ ("Rubber") },
  { "steel", N_ ("Steel") },
  { "wood", N_ ("Wood") },
  { "stone", N_ ("Stone") },
  { "glass", N_ ("Glass") },
  { "foam", N_ ("Foam") },
};

gboolean
sg_part_is_path (SgKind kind)
{
  return kind == SG_KIND_LINE || kind == SG_KIND_POLYLINE || kind == SG_KIND_CURVE || kind == SG_KIND_ARC;
}

static const char *
body_name (SgKind kind)
{
  switch (kind)
    {
    case SG_KIND_CIRCLE:
      return _ ("Ball");
    case SG_KIND_RECTANGLE:
      return _ ("Box");
    case SG_KIND_ELLIPSE:
    case SG_KIND_TRIANGLE:
    case SG_KIND_POLYGON:
      return _ (kind_names[kind]);
    case SG_KIND_BLOB:
      return _ ("Freehand body");
    default:
      return _ ("Rod");
    }
}

const char *
sg_part_name (const SgElement *element)
{
  if (element->role == SG_ROLE_BODY)
    return body_name (element->kind);
  if (element->role == SG_ROLE_FIXED)
    return element->kind == SG_KIND_HATCHING ? _ ("Hatching")
           : element->kind == SG_KIND_CROSS  ? _ ("Anchor")
           : sg_part_is_path (element->kind) ? _ ("Ground")
                                             : _ ("Fixed body");
  return _ (role_names[element->role]);
}

char *
sg_part_full_name (const SgReading *reading, guint element)
{
  const SgCorrection *said = sg_reading_element (reading, element)->correction;
  const char *name = sg_part_name (sg_reading_element (reading, element));
  guint before = 0, all = 0;

  if (said != NULL && sg_correction_get_name (said) != NULL)
    return g_strdup (sg_correction_get_name (said));
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    if (g_str_equal (sg_part_name (sg_reading_element (reading, i)), name))
      {
        all++;
        before += i < element;
      }
  return all > 1 ? g_strdup_printf ("%s %u", name, before + 1) : g_strdup (name);
}

/* Every name is looked at once: a drawing has hundreds of marks, and they are named at each stroke. */
GPtrArray *
sg_part_full_names (const SgReading *reading)
{
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) before = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      gpointer name = (gpointer)sg_part_name (sg_reading_element (reading, i));

      g_hash_table_insert (all, name,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (all, name)) + 1));
    }
  for (guint i = 0; i < sg_reading_n_elements (reading); i++)
    {
      const SgCorrection *said = sg_reading_element (reading, i)->correction;
      gpointer name = (gpointer)sg_part_name (sg_reading_element (reading, i));
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (before, name)) + 1;

      g_hash_table_insert (before, name, GUINT_TO_POINTER (number));
      if (said != NULL && sg_correction_get_name (said) != NULL)
        g_ptr_array_add (names, g_strdup (sg_correction_get_name (said)));
      else if (GPOINTER_TO_UINT (g_hash_table_lookup (all, name)) > 1)
        g_ptr_array_add (names, g_strdup_printf ("%s %u", (char *)name, number));
      else
        g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

const char *
sg_part_kind_name (SgKind kind)
{
  return _ (kind_names[kind]);
}

gboolean
sg_part_is_uncertain (const SgElement *element)
{
  return element->correction == NULL && element->confidence < uncertain;
}

char *
sg_part_drawing (const SgElement *element)
{
  if (element->kind == SG_KIND_TEXT && element->geometry.text != NULL && *element->geometry.text != '\0')
    return g_strdup_printf (_ ("“%s”"), element->geometry.text);
  if (g_str_equal (sg_part_name (element), sg_part_kind_name (element->kind)))
    return NULL;
  return g_strdup (sg_part_kind_name (element->kind));
}

const char *
sg_part_material_name (const char *material)
{
  for (guint i = 0; i < G_N_ELEMENTS (material_labels); i++)
    if (g_str_equal (material_labels[i].name, material))
      return _ (material_labels[i].label);
  return material;
}

char *
sg_part_percent (double confidence)
{
  return g_strdup_printf (_ ("%.0f %%"), 100 * confidence);
}

char *
sg_part_confidence (const SgElement *element)
{
  if (element->correction != NULL)
    return g_strdup (_ ("set by you"));
  if (sg_part_is_uncertain (element))
    return g_strdup_printf (_ ("%.0f %%, uncertain"), 100 * element->confidence);
  return sg_part_percent (element->confidence);
}

static gboolean
is_matter (SgRole role)
{
  return role == SG_ROLE_BODY || role == SG_ROLE_FIXED;
}

const char *
sg_part_property_name (SgRole role, SgKind kind, SgProperty property)
{
  gboolean solid = sg_part_is_path (kind) || sg_kind_is_closed (kind);

  switch (property)
    {
    case SG_PROPERTY_MASS:
      return role == SG_ROLE_BODY ? _ ("Mass") : NULL;
    case SG_PROPERTY_DENSITY:
      return role == SG_ROLE_BODY ? _ ("Density") : NULL;
    case SG_PROPERTY_FRICTION:
      return is_matter (role) && solid ? _ ("Friction") : NULL;
    case SG_PROPERTY_RESTITUTION:
      return is_matter (role) && solid ? _ ("Bounciness") : NULL;
    case SG_PROPERTY_STIFFNESS:
      return role == SG_ROLE_SPRING ? _ ("Stiffness") : NULL;
    case SG_PROPERTY_DAMPING:
      return role == SG_ROLE_SPRING || role == SG_ROLE_DAMPER ? _ ("Damping")
             : role == SG_ROLE_PIN                            ? _ ("Friction in turning")
                                                              : NULL;
    case SG_PROPERTY_LENGTH:
      return role == SG_ROLE_SPRING ? _ ("Length at rest") : role == SG_ROLE_ROPE ? _ ("Length")
                                                                                  : NULL;
    case SG_PROPERTY_SPEED:
      return role == SG_ROLE_VELOCITY ? _ ("Speed") : NULL;
    case SG_PROPERTY_ANGULAR_SPEED:
      return role == SG_ROLE_MOTOR ? _ ("Turning speed") : NULL;
    case SG_PROPERTY_FORCE:
      return role == SG_ROLE_FORCE ? _ ("Force") : NULL;
    default:
      return NULL;
    }
}

const char *
sg_part_property_unit (SgRole role, SgProperty property)
{
  if (property == SG_PROPERTY_DAMPING && role == SG_ROLE_PIN)
    return "N m s/rad";
  return sg_property_unit (property);
}
