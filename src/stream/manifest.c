/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * mjModel -> JSON, and the layout back; any thread. */
#include "stream/manifest.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "stream/error.h"

#define FORMAT "simgen-manifest"
#define VERSION 1
#define LAST_GROUP 2 /* of geoms: those that MuJoCo shows unless asked otherwise */

static json_t *
numbers (const double *values, guint n)
{
  json_t *array = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (array, sg_json_number (values[i], 9));
  return array;
}

static json_t *
floats (const float *values, guint n)
{
  json_t *array = json_array ();

  for (guint i = 0; i < n; i++)
    json_array_append_new (array, sg_json_number (values[i], 4));
  return array;
}

static const char *
name_of (const mjModel *model, int type, int id)
{
  const char *name = mj_id2name (model, type, id);

  return name && g_utf8_validate (name, -1, NULL) ? name : "";
}

/* -- Bodies -- */

static const SgFrameBody *
find_body (const SgFrameLayout *layout, int body)
{
  for (guint i = 0; i < layout->n_bodies; i++)
    if (layout->bodies[i].body == body)
      return &layout->bodies[i];
  return NULL;
}

static json_t *
write_bodies (const mjModel *model, const SgFrameLayout *layout)
{
  json_t *array = json_array ();

  for (int i = 0; i < model->nbody; i++)
    {
      const SgFrameBody *moving = find_body (layout, i);
      json_t *body = json_object ();

      json_object_set_new (body, "name", json_string (name_of (model, mjOBJ_BODY, i)));
      json_object_set_new (body, "parent", json_integer (model->body_parentid[i]));
      json_object_set_new (body, "position", numbers (model->body_pos + 3 * i, 3));
      json_object_set_new (body, "quaternion", numbers (model->body_quat + 4 * i, 4));
      json_object_set_new (body, "moves", json_string (!moving ? "no" : moving->planar ? "planar"
                                                                                       : "free"));
      if (moving && moving->planar)
        json_object_set_new (body, "y", json_real (moving->y));
      json_array_append_new (array, body);
    }
  return array;
}

/* -- Geoms and meshes -- */

static const char *
type_of (int type)
{
  static const char *const names[] = { "plane", "hfield", "sphere", "capsule",
                                       "ellipsoid", "cylinder", "box", "mesh" };

  return type >= 0 && type < (int)G_N_ELEMENTS (names) ? names[type] : "none";
}

/* As MuJoCo has it: a colour of its own, other than the one that all have by default, goes before the
 * material's. */
static const float *
choose_color (const mjModel *model, int material, const float *own)
{
  gboolean chosen = own[0] != 0.5f || own[1] != 0.5f || own[2] != 0.5f || own[3] != 1;

  return material >= 0 && !chosen ? model->mat_rgba + 4 * material : own;
}

const float *
sg_manifest_color (const mjModel *model, int geom)
{
  return choose_color (model, model->geom_matid[geom], model->geom_rgba + 4 * geom);
}

static json_t *
write_geoms (const mjModel *model)
{
  json_t *array = json_array ();

  for (int i = 0; i < model->ngeom; i++)
    {
      if (model->geom_group[i] > LAST_GROUP || sg_manifest_color (model, i)[3] <= 0)
        continue;
      json_t *geom = json_object ();

      json_object_set_new (geom, "body", json_integer (model->geom_bodyid[i]));
      json_object_set_new (geom, "type", json_string (type_of (model->geom_type[i])));
      json_object_set_new (geom, "size", numbers (model->geom_size + 3 * i, 3));
      json_object_set_new (geom, "position", numbers (model->geom_pos + 3 * i, 3));
      json_object_set_new (geom, "quaternion", numbers (model->geom_quat + 4 * i, 4));
      json_object_set_new (geom, "color", floats (sg_manifest_color (model, i), 4));
      if (model->geom_type[i] == mjGEOM_MESH && model->geom_dataid[i] >= 0)
        json_object_set_new (geom, "mesh", json_integer (model->geom_dataid[i]));
      json_array_append_new (array, geom);
    }
  return array;
}

/* Of numbers of four bytes, as the machine has them: the lowest byte first on all that SimGen is built for.
 */
static json_t *
base64 (gconstpointer data, gsize n)
{
  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  g_autofree char *text = g_base64_encode (n > 0 ? data : (const guchar *)"", 4 * n);

  return json_string (text);
}

static json_t *
write_meshes (const mjModel *model)
{
  json_t *array = json_array ();

  for (int i = 0; i < model->nmesh; i++)
    {
      json_t *mesh = json_object ();

      json_object_set_new (mesh, "name", json_string (name_of (model, mjOBJ_MESH, i)));
      json_object_set_new (
        mesh, "vertices",
        base64 (model->mesh_vert + 3 * model->mesh_vertadr[i], 3 * (gsize)model->mesh_vertnum[i]));
      json_object_set_new (
        mesh, "faces",
        base64 (model->mesh_face + 3 * model->mesh_faceadr[i], 3 * (gsize)model->mesh_facenum[i]));
      json_array_append_new (array, mesh);
    }
  return array;
}

/* -- Springs, ropes and strings -- */

static void
set_place (json_t *place, int body, const double *position)
{
  json_object_set_new (place, "body", json_integer (body));
  json_object_set_new (place, "position", numbers (position, 3));
}

static json_t *
write_site (const mjModel *model, int site)
{
  json_t *place = json_object ();

  set_place (place, model->site_bodyid[site], model->site_pos + 3 * site);
  return place;
}

static json_t *
write_round (const mjModel *model, int geom, double side)
{
  json_t *place = json_object ();

  set_place (place, model->geom_bodyid[geom], model->geom_pos + 3 * geom);
  json_object_set_new (place, "radius", sg_json_number (model->geom_size[3 * geom], 9));
  if (side >= 0 && side < model->nsite)
    json_object_set_new (place, "side", write_site (model, (int)side));
  return place;
}

static void
add_tie (json_t *array, const mjModel *model, int tendon, json_t *path)
{
  const float *color = choose_color (model, model->tendon_matid[tendon], model->tendon_rgba + 4 * tendon);
  json_t *tie = json_object ();

  json_object_set_new (tie, "name", json_string (name_of (model, mjOBJ_TENDON, tendon)));
  json_object_set_new (tie, "spring", json_boolean (model->tendon_stiffness[tendon] > 0));
  json_object_set_new (tie, "width", sg_json_number (model->tendon_width[tendon], 9));
  json_object_set_new (tie, "color", floats (color, 4));
  json_object_set (tie, "path", path);
  json_array_append_new (array, tie);
}

/* A tendon that goes over a pulley's block is more than one tie; what has no place in the world is none. */
static void
write_tendon (json_t *array, const mjModel *model, int tendon)
{
  int from = model->tendon_adr[tendon], end = from + model->tendon_num[tendon];
  g_autoptr (json_t) path = json_array ();

  for (int i = from; i < end; i++)
    {
      int id = model->wrap_objid[i], type = model->wrap_type[i];

      if (type == mjWRAP_SITE)
        json_array_append_new (path, write_site (model, id));
      else if (type == mjWRAP_CYLINDER || type == mjWRAP_SPHERE)
        json_array_append_new (path, write_round (model, id, model->wrap_prm[i]));
      if ((type == mjWRAP_PULLEY || i + 1 == end) && json_array_size (path) > 1)
        {
          add_tie (array, model, tendon, path);
          g_clear_pointer (&path, json_decref);
          path = json_array ();
        }
    }
}

static json_t *
write_ties (const mjModel *model)
{
  json_t *array = json_array ();

  for (int i = 0; i < model->ntendon; i++)
    if (model->tendon_group[i] <= LAST_GROUP && model->tendon_rgba[4 * i + 3] > 0)
      write_tendon (array, model, i);
  return array;
}

/* -- Pins -- */

/* As pictures have it (render/marks.h): what only turns. */
static gboolean
is_pin (const mjModel *model, int joint)
{
  return model->jnt_type[joint] == mjJNT_HINGE && model->body_jntnum[model->jnt_bodyid[joint]] == 1;
}

static json_t *
write_pins (const mjModel *model)
{
  json_t *array = json_array ();

  for (int i = 0; i < model->njnt; i++)
    {
      if (!is_pin (model, i))
        continue;
      json_t *pin = json_object ();

      set_place (pin, model->jnt_bodyid[i], model->jnt_pos + 3 * i);
      json_object_set_new (pin, "axis", numbers (model->jnt_axis + 3 * i, 3));
      json_array_append_new (array, pin);
    }
  return array;
}

char *
sg_manifest_write (const mjModel *model, const SgFrameLayout *layout)
{
  g_autoptr (json_t) manifest = json_object ();

  json_object_set_new (manifest, "format", json_string (FORMAT));
  json_object_set_new (manifest, "version", json_integer (VERSION));
  json_object_set_new (manifest, "timestep", json_real (model->opt.timestep));
  json_object_set_new (manifest, "place_step", json_real (layout->place_step));
  json_object_set_new (manifest, "n_angles", json_real (layout->n_angles));
  json_object_set_new (manifest, "turn_step", json_real (layout->turn_step));
  json_object_set_new (manifest, "bodies", write_bodies (model, layout));
  json_object_set_new (manifest, "geoms", write_geoms (model));
  json_object_set_new (manifest, "meshes", write_meshes (model));
  json_object_set_new (manifest, "ties", write_ties (model));
  json_object_set_new (manifest, "pins", write_pins (model));
  return sg_json_dump (manifest, 0);
}

/* -- Reading -- */

static gboolean
get_positive (const json_t *manifest, const char *name, double *value, GError **error)
{
  if (sg_json_get_number (json_object_get (manifest, name), value) && *value > 0 && *value < 1e9)
    return TRUE;
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "the manifest's %s is no positive number",
               name);
  return FALSE;
}

static gboolean
read_body (const json_t *body, int id, SgFrameLayout *layout, GError **error)
{
  const char *moves = json_string_value (json_object_get (body, "moves"));
  double y = 0;

  if (g_strcmp0 (moves, "no") == 0)
    return TRUE;
  gboolean planar = g_strcmp0 (moves, "planar") == 0;
  if ((!planar && g_strcmp0 (moves, "free") != 0) ||
      (planar && !sg_json_get_number (json_object_get (body, "y"), &y)) ||
      layout->n_bodies == SG_FRAME_MAX_BODIES)
    {
      g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED, "the manifest's bodies[%d] is none", id);
      return FALSE;
    }
  layout->bodies[layout->n_bodies++] = (SgFrameBody){ id, planar, y };
  return TRUE;
}

static gboolean
check_format (const json_t *manifest, GError **error)
{
  const char *format = json_string_value (json_object_get (manifest, "format"));
  json_int_t version = json_integer_value (json_object_get (manifest, "version"));

  if (g_strcmp0 (format, FORMAT) == 0 && version == VERSION &&
      json_is_array (json_object_get (manifest, "bodies")))
    return TRUE;
  g_set_error (error, SG_STREAM_ERROR, SG_STREAM_ERROR_DAMAGED,
               "no manifest of version %d, but \"%s\" of version %d", VERSION, format ? format : "",
               (int)CLAMP (version, -1, 99999));
  return FALSE;
}

SgFrameLayout *
sg_manifest_read_layout (const char *text, gsize size, double *timestep, GError **error)
{
  g_autoptr (json_t) manifest = sg_json_parse ("manifest", text, size, error);
  g_autoptr (SgFrameLayout) layout = g_new0 (SgFrameLayout, 1);
  double step;

  if (!manifest || !check_format (manifest, error) || !get_positive (manifest, "timestep", &step, error) ||
      !get_positive (manifest, "place_step", &layout->place_step, error) ||
      !get_positive (manifest, "n_angles", &layout->n_angles, error) ||
      !get_positive (manifest, "turn_step", &layout->turn_step, error))
    return NULL;
  layout->n_angles = ceil (layout->n_angles);
  layout->places = 1 / layout->place_step;
  layout->turns = 1 / layout->turn_step;
  const json_t *bodies = json_object_get (manifest, "bodies");
  layout->bodies = g_new (SgFrameBody, MIN (json_array_size (bodies), SG_FRAME_MAX_BODIES) + 1);
  for (gsize i = 0; i < json_array_size (bodies); i++)
    if (!read_body (json_array_get (bodies, i), i, layout, error))
      return NULL;
  if (timestep)
    *timestep = step;
  return g_steal_pointer (&layout);
}
