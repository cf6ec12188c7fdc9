/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Geoms to instances and batches. `collected` holds them in scene order; `rank` lists that array's
 * indices in drawing order, and `instances` is filled by it.
 */
#include "render/instances.h"

#include <string.h>

#include "render/shader.h"

#define OPAQUE_ALPHA 0.995f
#define SHININESS_SCALE 128.0f  /* MuJoCo's 0 to 1 in terms of GL's exponent */
#define PLANE_BEHIND_ALPHA 0.3f /* as MuJoCo shows a plane from its back */
#define MIN_SCALE 1e-7f
#define ARROW_HEAD_WIDTH 1.75f
#define UNDER_INK 0.45f /* how pale a body is under its ink */
#define GOLDEN_RATIO 0.618034f
#define GROUND_COLOR       \
  {                        \
    0.62f, 0.63f, 0.65f, 1 \
  }

typedef struct
{
  SgInstance instance;
  guint mesh;
  int texture;
  gboolean transparent;
  float distance; /* to the eye; transparent */
} Collected;

typedef struct
{
  SgInstances *out;
  const SgCollectOptions *options;
  const mjvScene *scene;
} Collector;

void
sg_instances_init (SgInstances *instances)
{
  instances->batches = g_array_new (FALSE, FALSE, sizeof (SgBatch));
  instances->instances = g_array_new (FALSE, FALSE, sizeof (SgInstance));
  instances->collected = g_array_new (FALSE, FALSE, sizeof (Collected));
  instances->rank = g_array_new (FALSE, FALSE, sizeof (guint));
  instances->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  glGenBuffers (1, &instances->buffer);
}

void
sg_instances_clear (SgInstances *instances)
{
  g_array_unref (instances->batches);
  g_array_unref (instances->instances);
  g_array_unref (instances->collected);
  g_array_unref (instances->rank);
  g_array_unref (instances->starts);
  glDeleteBuffers (1, &instances->buffer);
}

/* Never shorter than can be normalised; keeps its sign. */
static float
usable (float scale)
{
  return fabsf (scale) < MIN_SCALE ? copysignf (MIN_SCALE, scale) : scale;
}

static void
set_axes (SgInstance *instance, const mjvGeom *geom, float x, float y, float z)
{
  x = usable (x);
  y = usable (y);
  z = usable (z);
  for (int i = 0; i < 3; i++)
    {
      instance->x[i] = geom->mat[3 * i] * x;
      instance->y[i] = geom->mat[3 * i + 1] * y;
      instance->z[i] = geom->mat[3 * i + 2] * z;
    }
}

static void
move_along (SgInstance *instance, const mjvGeom *geom, float by)
{
  for (int i = 0; i < 3; i++)
    instance->place[i] = geom->pos[i] + geom->mat[3 * i + 2] * by;
}

static int
find_texture (const mjModel *model, const mjvGeom *geom)
{
  int texture = geom->texid;

  if (texture < 0 && geom->matid >= 0 && model && geom->matid < model->nmat)
    texture = model->mat_texid[geom->matid * mjNTEXROLE + mjTEXROLE_RGB];
  return model && texture < model->ntex ? texture : -1;
}

/* How texture coordinates are scaled: MuJoCo repeats over the object, or over metres where it is uniform. */
static void
set_texture (Collected *item, const mjModel *model, const mjvGeom *geom, float reach)
{
  gboolean by_material = geom->texid < 0;
  gboolean uniform = by_material ? model->mat_texuniform[geom->matid] : geom->texuniform;
  gboolean endless = geom->type == mjGEOM_PLANE && (geom->size[0] <= 0 || geom->size[1] <= 0);
  float *scale = item->instance.texture;

  if (model->tex_type[item->texture] != mjTEXTURE_2D)
    {
      scale[0] = uniform ? 1 : 0;
      return;
    }
  for (int i = 0; i < 2; i++)
    {
      scale[i] = by_material ? model->mat_texrepeat[2 * geom->matid + i] : geom->texrepeat[i];
      scale[i] = scale[i] > 0 ? scale[i] : 1;
      if (uniform && geom->size[i] > 0)
        scale[i] *= geom->size[i];
    }
  scale[2] = endless || item->mesh >= SG_N_SHAPES;
  for (int i = 0; i < 2 && endless; i++)
    if (geom->size[i] <= 0)
      scale[i] *= reach;
}

static gboolean
is_lit (const SgCollectOptions *options, const mjvGeom *geom)
{
  for (guint i = 0; i < options->n_lit; i++)
    if (options->lit[i].type == geom->objtype && options->lit[i].id == geom->objid)
      return TRUE;
  return FALSE;
}

/* A colour that says which geom it is: its number as bytes, or one that is unlike its neighbours'. */
static void
set_segment_color (Collected *item, const mjvGeom *geom, gboolean as_bytes)
{
  guint number = (guint)(geom->segid + 1);

  for (int i = 0; i < 3; i++)
    {
      float share = GOLDEN_RATIO * (float)number + (float)i / 3;

      item->instance.color[i] = as_bytes ? (float)((number >> (8 * i)) & 0xff) / 255
                                         : 0.55f + 0.4f * sinf (2 * (float)G_PI * (share - floorf (share)));
    }
  item->instance.color[3] = 1;
  item->instance.specular = -1;
  item->texture = -1;
}

/* Paler, and with no outline: ink is what is to be seen. */
static void
set_under_ink (Collected *item, const float paper[3])
{
  item->instance.state[1] = 1;
  for (int i = 0; i < 3; i++)
    item->instance.color[i] = UNDER_INK * paper[i] + (1 - UNDER_INK) * item->instance.color[i];
}

/* Colour and material of a geom, to be placed and shaped. */
static Collected
begin_item (const Collector *collector, const mjvGeom *geom)
{
  const mjModel *model = collector->options->model;
  gboolean plain = collector->options->look == SG_LOOK_PLAIN;
  gboolean tendon = geom->objtype == mjOBJ_TENDON && !plain;
  Collected item = { .texture = find_texture (model, geom) };

  item.instance.emission = geom->emission;
  item.instance.specular = geom->specular;
  item.instance.shininess = geom->shininess * SHININESS_SCALE;
  item.instance.texture[3] = tendon || geom->category != mjCAT_DECOR;
  item.instance.state[0] = is_lit (collector->options, geom);
  memcpy (item.instance.color, geom->rgba, sizeof item.instance.color);
  memcpy (item.instance.place, geom->pos, sizeof item.instance.place);
  if (collector->options->inked && geom->objtype == mjOBJ_GEOM && geom->category != mjCAT_DECOR &&
      collector->options->inked[model->geom_bodyid[geom->objid]])
    set_under_ink (&item, collector->options->paper);
  if (collector->options->segments != SG_SEGMENTS_NONE)
    set_segment_color (&item, geom, collector->options->segments == SG_SEGMENTS_ID);
  return item;
}

/* FNV-1a over 32-bit words of what a caster's shadow depends on. */
static guint64
hash_caster (guint64 hash, const SgInstance *instance, guint mesh)
{
  const guint32 *words = (const guint32 *)instance;

  hash = (hash ^ mesh) * 0x100000001b3u;
  for (gsize i = 0; i < G_STRUCT_OFFSET (SgInstance, color) / sizeof (guint32); i++)
    hash = (hash ^ words[i]) * 0x100000001b3u;
  return hash;
}

/* The same of all that a mesh is made of, which changes by itself. */
static guint64
hash_soft (guint64 hash, const SgMeshes *meshes, guint id)
{
  const SgMesh *mesh = sg_meshes_get (meshes, id);

  for (guint i = mesh->first; i < mesh->first + mesh->count; i++)
    {
      guint vertex = g_array_index (meshes->soft.indices, guint32, i);
      const guint32 *words =
        (const guint32 *)g_array_index (meshes->soft.vertices, SgVertex, vertex).position;

      for (int k = 0; k < 3; k++)
        hash = (hash ^ words[k]) * 0x100000001b3u;
    }
  return hash;
}

/* Grows the casters' box by one, along the light's axes, and notes the lowest of all. */
static void
bound_caster (SgInstances *out,
              const SgCollectOptions *options,
              const SgInstance *instance,
              const SgMesh *mesh)
{
  const float *axes[3] = { instance->x, instance->y, instance->z };
  float length = sqrtf (instance->z[0] * instance->z[0] + instance->z[1] * instance->z[1] +
                        instance->z[2] * instance->z[2]);
  float middle_z = instance->place[2], half_z;

  for (int i = 0; i < 3; i++)
    {
      const float *way = options->axes[i];
      float middle = 0, half = 0;

      for (int k = 0; k < 3; k++)
        {
          float along = axes[k][0] * way[0] + axes[k][1] * way[1] + axes[k][2] * way[2];

          middle += instance->place[k] * way[k] + along * mesh->center[k];
          half += fabsf (along) * mesh->half[k] + (k == 2 ? fabsf (along) / length * instance->stretch : 0);
        }
      out->low[i] = MIN (out->low[i], middle - half);
      out->high[i] = MAX (out->high[i], middle + half);
    }
  half_z = instance->stretch * fabsf (instance->z[2]) / length;
  for (int k = 0; k < 3; k++)
    {
      middle_z += axes[k][2] * mesh->center[k];
      half_z += fabsf (axes[k][2]) * mesh->half[k];
    }
  out->lowest = MIN (out->lowest, middle_z - half_z);
}

static void
take_item (Collector *collector, Collected *item, const mjvGeom *geom, guint mesh)
{
  const SgCollectOptions *options = collector->options;
  SgInstances *out = collector->out;

  item->mesh = mesh;
  if (item->texture >= 0)
    set_texture (item, options->model, geom, options->reach);
  item->transparent = item->instance.color[3] < OPAQUE_ALPHA;
  if (item->transparent)
    {
      item->instance.texture[3] = options->look == SG_LOOK_PLAIN ? item->instance.texture[3] : 0;
      for (int i = 0; i < 3; i++)
        {
          float way = options->eye[3] > 0 ? options->eye[i] - geom->pos[i] : -options->eye[i] * geom->pos[i];

          item->distance += options->eye[3] > 0 ? way * way : way;
        }
      if (geom->type == mjGEOM_PLANE)
        item->distance = INFINITY;
    }
  if (item->instance.texture[3] > 0)
    {
      out->caster_hash = hash_caster (out->caster_hash, &item->instance, mesh);
      bound_caster (out, options, &item->instance, sg_meshes_get (options->meshes, mesh));
    }
  g_array_append_vals (out->collected, item, 1);
}

static void
collect_arrow (Collector *collector, const mjvGeom *geom)
{
  float width = geom->type == mjGEOM_ARROW1 ? 1 : ARROW_HEAD_WIDTH, radius = geom->size[0];
  gboolean both = geom->type == mjGEOM_ARROW2;
  float unit = geom->size[2] / (both ? 3 : 6);
  Collected shaft = begin_item (collector, geom), head = begin_item (collector, geom);

  set_axes (&shaft.instance, geom, radius, radius, unit);
  move_along (&shaft.instance, geom, both ? 0 : unit);
  take_item (collector, &shaft, geom, SG_SHAPE_CYLINDER);
  set_axes (&head.instance, geom, width * radius, width * radius, both ? unit / 2 : unit);
  move_along (&head.instance, geom, both ? unit : 2 * unit);
  take_item (collector, &head, geom, SG_SHAPE_CONE);
  if (both)
    {
      Collected tail = begin_item (collector, geom);

      /* turned half around x */
      set_axes (&tail.instance, geom, width * radius, -width * radius, -unit / 2);
      move_along (&tail.instance, geom, -unit);
      take_item (collector, &tail, geom, SG_SHAPE_CONE);
    }
}

/* A level plane seen from the side: the line of the ground, with some thickness below it. */
static void
collect_ground_line (Collector *collector, const mjvGeom *geom)
{
  const SgCollectOptions *options = collector->options;
  const float color[4] = GROUND_COLOR;
  float x = geom->size[0] > 0 ? geom->size[0] : options->reach;
  Collected item = begin_item (collector, geom);

  set_axes (&item.instance, geom, x, options->line_depth, options->line_depth / 2);
  move_along (&item.instance, geom, -options->line_depth / 2);
  item.instance.place[1] = 0; /* MuJoCo keeps an infinite plane under the eye, which is far away here */
  memcpy (item.instance.color, color, sizeof color);
  item.texture = -1;
  item.instance.texture[3] = 0;
  take_item (collector, &item, geom, SG_SHAPE_BOX);
}

static void
collect_plane (Collector *collector, const mjvGeom *geom)
{
  const SgCollectOptions *options = collector->options;
  const float *normal[3] = { geom->mat + 2, geom->mat + 5, geom->mat + 8 };
  gboolean level = *normal[2] > 0.999f && options->look != SG_LOOK_PLAIN;
  Collected item = begin_item (collector, geom);
  float facing = 0;

  if (level && options->edge_on)
    {
      collect_ground_line (collector, geom);
      return;
    }
  if (level)
    {
      SgInstances *out = collector->out;

      out->floor_z = out->has_floor ? MAX (out->floor_z, geom->pos[2]) : geom->pos[2];
      out->has_floor = TRUE;
      return;
    }
  for (int i = 0; i < 3; i++)
    facing += *normal[i] * (options->eye[i] - options->eye[3] * geom->pos[i]);
  set_axes (&item.instance,
            geom,
            geom->size[0] > 0 ? geom->size[0] : options->reach,
            facing < 0 ? -1 : 1,
            1);
  for (int i = 0; i < 3; i++)
    item.instance.y[i] *= geom->size[1] > 0 ? geom->size[1] : options->reach;
  if (facing < 0)
    item.instance.color[3] *= PLANE_BEHIND_ALPHA;
  item.instance.texture[3] = 0;
  take_item (collector, &item, geom,
             geom->size[0] > 0 && geom->size[1] > 0 ? SG_SHAPE_PLANE : SG_SHAPE_ENDLESS);
}

/* Whether a radius is small on the picture: most of a small triangle's cost is its edges. */
static gboolean
is_small (const SgCollectOptions *options, const mjvGeom *geom, float radius)
{
  float distance = 0;

  for (int i = 0; i < 3; i++)
    distance += (options->eye[i] - geom->pos[i]) * (options->eye[i] - geom->pos[i]);
  return radius * options->pixels < options->small * (options->eye[3] > 0 ? sqrtf (distance) : 1);
}

static void
collect_stretched (Collector *collector, const mjvGeom *geom)
{
  const SgCollectOptions *options = collector->options;
  const mjModel *model = options->model;
  gboolean spring = options->look != SG_LOOK_PLAIN && geom->objtype == mjOBJ_TENDON && model &&
                    geom->objid >= 0 && geom->objid < model->ntendon &&
                    model->tendon_stiffness[geom->objid] > 0;
  Collected item = begin_item (collector, geom);

  set_axes (&item.instance, geom, geom->size[0], geom->size[1], (geom->size[0] + geom->size[1]) / 2);
  item.instance.stretch = geom->size[2];
  take_item (collector, &item, geom,
             spring                                    ? SG_SHAPE_COIL
             : is_small (options, geom, geom->size[0]) ? SG_SHAPE_SMALL_CAPSULE
                                                       : SG_SHAPE_CAPSULE);
}

/* A shape that a geom's three sizes scale, or a mesh of its own size. */
static void
collect_scaled (Collector *collector, const mjvGeom *geom, int mesh, gboolean sized)
{
  Collected item = begin_item (collector, geom);

  if (mesh < 0)
    return;
  set_axes (&item.instance, geom, sized ? geom->size[0] : 1, sized ? geom->size[1] : 1,
            sized ? geom->size[2] : 1);
  take_item (collector, &item, geom, (guint)mesh);
}

static void
collect_unlit (Collector *collector, const mjvGeom *geom, SgShape shape)
{
  Collected item = begin_item (collector, geom);

  if (shape == SG_SHAPE_LINE)
    set_axes (&item.instance, geom, 1, 1, geom->size[2]);
  else
    set_axes (&item.instance, geom, geom->size[0], geom->size[1], geom->size[2]);
  item.instance.specular = -1;
  item.instance.texture[3] = 0;
  take_item (collector, &item, geom, shape);
}

/* A mesh that is where the world has it already. */
static void
collect_soft (Collector *collector, const mjvGeom *geom, int mesh)
{
  static const float upright[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
  mjvGeom still = *geom;
  Collected item;

  if (mesh < 0)
    return;
  memcpy (still.mat, upright, sizeof upright);
  memset (still.pos, 0, sizeof still.pos);
  item = begin_item (collector, &still);
  item.instance.texture[3] = geom->category != mjCAT_DECOR;
  set_axes (&item.instance, &still, 1, 1, 1);
  collector->out->caster_hash =
    hash_soft (collector->out->caster_hash, collector->options->meshes, (guint)mesh);
  take_item (collector, &item, &still, (guint)mesh);
}

/* A point or an edge of a soft body, of its own thickness. */
static void
collect_flex_part (Collector *collector, const mjvGeom *geom, const float *a, const float *b)
{
  const mjtNum from[3] = { a[0], a[1], a[2] }, to[3] = { b[0], b[1], b[2] };
  mjvGeom part = *geom;
  mjtNum radius = MAX (geom->size[0], 1e-4f);
  Collected item;

  mjv_connector (&part, mjGEOM_CAPSULE, radius, from, to);
  item = begin_item (collector, &part);
  item.texture = -1;
  item.instance.texture[3] = 0;
  set_axes (&item.instance, &part, part.size[0], part.size[1], (part.size[0] + part.size[1]) / 2);
  item.instance.stretch = part.size[2];
  take_item (collector, &item, &part, a == b ? SG_SHAPE_SPHERE : SG_SHAPE_CAPSULE);
}

static void
collect_flex (Collector *collector, const mjvGeom *geom)
{
  const mjvScene *scene = collector->scene;
  int flex = geom->objid;
  const float *points;

  if (flex < 0 || flex >= scene->nflex)
    return;
  if (scene->flexskinopt || scene->flexfaceopt)
    collect_soft (collector, geom, sg_meshes_add_flex (collector->options->meshes, scene, flex));
  if (scene->flexskinopt)
    return;
  points = scene->flexvert + 3 * scene->flexvertadr[flex];
  for (int i = 0; i < scene->flexvertnum[flex] && scene->flexvertopt; i++)
    collect_flex_part (collector, geom, points + 3 * i, points + 3 * i);
  for (int i = 0; i < scene->flexedgenum[flex] && scene->flexedgeopt; i++)
    {
      const int *ends = scene->flexedge + 2 * (scene->flexedgeadr[flex] + i);

      collect_flex_part (collector, geom, points + 3 * ends[0], points + 3 * ends[1]);
    }
}

static void
collect_ink (Collector *collector, const mjvGeom *geom)
{
  Collected item = begin_item (collector, geom);
  guint mesh = collector->options->meshes->first_ink + (guint)geom->dataid;

  if (mesh >= collector->options->meshes->meshes->len)
    return;
  set_axes (&item.instance, geom, 1, 1, 1);
  item.instance.specular = -1;
  item.instance.texture[3] = 0;
  item.instance.state[1] = 1;
  take_item (collector, &item, geom, mesh);
}

static void
collect_geom (Collector *collector, const mjvGeom *geom)
{
  const SgMeshes *meshes = collector->options->meshes;
  gboolean small =
    is_small (collector->options, geom, MAX (geom->size[0], MAX (geom->size[1], geom->size[2])));

  switch ((int)geom->type)
    {
    case mjGEOM_PLANE:
      collect_plane (collector, geom);
      break;
    case mjGEOM_SPHERE:
    case mjGEOM_ELLIPSOID:
      collect_scaled (collector, geom, small ? SG_SHAPE_SMALL_SPHERE : SG_SHAPE_SPHERE, TRUE);
      break;
    case mjGEOM_BOX:
      collect_scaled (collector, geom, SG_SHAPE_BOX, TRUE);
      break;
    case mjGEOM_CYLINDER:
      collect_scaled (collector, geom, small ? SG_SHAPE_SMALL_CYLINDER : SG_SHAPE_CYLINDER, TRUE);
      break;
    case mjGEOM_CAPSULE:
      collect_stretched (collector, geom);
      break;
    case mjGEOM_MESH:
    case mjGEOM_SDF:
      collect_scaled (collector, geom, sg_meshes_find_mesh (meshes, geom->dataid), FALSE);
      break;
    case mjGEOM_HFIELD:
      collect_scaled (collector, geom, sg_meshes_find_hfield (meshes, geom->dataid), FALSE);
      break;
    case mjGEOM_TRIANGLE:
      collect_scaled (collector, geom, SG_SHAPE_TRIANGLE, TRUE);
      break;
    case mjGEOM_ARROW:
    case mjGEOM_ARROW1:
    case mjGEOM_ARROW2:
      collect_arrow (collector, geom);
      break;
    case mjGEOM_LINE:
      collect_unlit (collector, geom, SG_SHAPE_LINE);
      break;
    case mjGEOM_LINEBOX:
      collect_unlit (collector, geom, SG_SHAPE_LINEBOX);
      break;
    case SG_GEOM_INK:
      collect_ink (collector, geom);
      break;
    case mjGEOM_FLEX:
      collect_flex (collector, geom);
      break;
    case mjGEOM_SKIN:
      if (collector->options->model)
        collect_soft (collector, geom,
                      sg_meshes_add_skin (collector->options->meshes, collector->scene,
                                          collector->options->model, geom->objid));
      break;
    default: /* labels: the pass puts them */
      break;
    }
}

/* Where an opaque item's batch comes in the order: by mesh, then by texture. */
static guint
sort_key (const Collected *item, guint n_textures)
{
  return item->mesh * (n_textures + 1) + (guint)(item->texture + 1);
}

/* Counting sort of the opaque items by their key into `rank`; scene order decides between equals. */
static void
rank_opaque (SgInstances *out, const Collected *items, guint n, const SgCollectOptions *options)
{
  guint n_textures = options->model ? (guint)options->model->ntex : 0;
  guint n_keys = sg_meshes_count (options->meshes) * (n_textures + 1), sum = 0, *starts;

  g_array_set_size (out->starts, n_keys);
  starts = (guint *)(gpointer)out->starts->data;
  memset (starts, 0, n_keys * sizeof *starts);
  for (guint i = 0; i < n; i++)
    if (!items[i].transparent)
      starts[sort_key (items + i, n_textures)]++;
  for (guint key = 0; key < n_keys; key++)
    {
      guint count = starts[key];

      starts[key] = sum;
      sum += count;
    }
  g_array_set_size (out->rank, sum);
  for (guint i = 0; i < n; i++)
    if (!items[i].transparent)
      g_array_index (out->rank, guint, starts[sort_key (items + i, n_textures)]++) = i;
}

/* Appends the transparent items from far to near; they are few and nearly sorted. */
static void
rank_transparent (SgInstances *out, const Collected *items, guint n)
{
  guint first = out->rank->len;

  for (guint i = 0; i < n; i++)
    {
      guint at = out->rank->len;

      if (!items[i].transparent)
        continue;
      g_array_append_val (out->rank, i);
      for (; at > first && items[g_array_index (out->rank, guint, at - 1)].distance < items[i].distance; at--)
        g_array_index (out->rank, guint, at) = g_array_index (out->rank, guint, at - 1);
      g_array_index (out->rank, guint, at) = i;
    }
}

static void
append_to_batch (SgInstances *out, const Collected *item, gboolean first_transparent)
{
  SgBatch *last =
    out->batches->len > 0 ? &g_array_index (out->batches, SgBatch, out->batches->len - 1) : NULL;

  if (!last || first_transparent || last->mesh != item->mesh || last->texture != item->texture)
    {
      SgBatch batch = { .mesh = item->mesh, .texture = item->texture, .first = out->instances->len };

      g_array_append_val (out->batches, batch);
      last = &g_array_index (out->batches, SgBatch, out->batches->len - 1);
    }
  last->count++;
  last->casts |= item->instance.texture[3] > 0;
  last->lit |= item->instance.state[0] > 0;
  g_array_append_vals (out->instances, &item->instance, 1);
}

static void
make_batches (SgInstances *out, const SgCollectOptions *options)
{
  const Collected *items = (const Collected *)(gconstpointer)out->collected->data;
  guint n_opaque;

  rank_opaque (out, items, out->collected->len, options);
  n_opaque = out->rank->len;
  rank_transparent (out, items, out->collected->len);
  out->n_opaque = 0;
  for (guint i = 0; i < out->rank->len; i++)
    {
      append_to_batch (out, items + g_array_index (out->rank, guint, i), i == n_opaque);
      if (i < n_opaque)
        out->n_opaque = out->batches->len;
    }
}

static gboolean
is_mirror (const mjvGeom *geom)
{
  return geom->reflectance > 0 && geom->rgba[3] >= OPAQUE_ALPHA &&
         (geom->type == mjGEOM_PLANE || geom->type == mjGEOM_BOX);
}

static const mjvGeom *
find_mirror (const mjvScene *scene)
{
  for (int i = 0; i < scene->ngeom && scene->flags[mjRND_REFLECTION]; i++)
    if (is_mirror (scene->geoms + i))
      return scene->geoms + i;
  return NULL;
}

gboolean
sg_scene_has_mirror (const mjvScene *scene)
{
  return find_mirror (scene) != NULL;
}

/* The first thing that reflects, as in mjr_render: a plane, or of a box the face along its z. */
static void
add_mirror (SgInstances *out, const mjvScene *scene, const SgCollectOptions *options)
{
  const mjvGeom *geom = options->look == SG_LOOK_PLAIN ? find_mirror (scene) : NULL;
  SgInstance face = { .color = { 1, 1, 1, 1 }, .specular = -1 };

  out->has_mirror = geom != NULL;
  if (!geom)
    return;
  set_axes (&face, geom, geom->size[0] > 0 ? geom->size[0] : options->reach,
            geom->size[1] > 0 ? geom->size[1] : options->reach, 1);
  move_along (&face, geom, geom->type == mjGEOM_BOX ? geom->size[2] : 0);
  out->mirror_plane[3] = 0;
  for (int i = 0; i < 3; i++)
    {
      out->mirror_plane[i] = geom->mat[3 * i + 2];
      out->mirror_plane[3] += out->mirror_plane[i] * face.place[i];
    }
  out->mirror_strength = geom->reflectance;
  out->mirror =
    (SgBatch){ .mesh = SG_SHAPE_ENDLESS, .texture = -1, .first = out->instances->len, .count = 1 };
  g_array_append_val (out->instances, face);
}

void
sg_instances_collect (SgInstances *instances, const mjvScene *scene, const SgCollectOptions *options)
{
  Collector collector = { instances, options, scene };

  g_array_set_size (instances->collected, 0);
  g_array_set_size (instances->instances, 0);
  g_array_set_size (instances->batches, 0);
  sg_meshes_begin_soft (options->meshes);
  instances->caster_hash = 0xcbf29ce484222325u;
  instances->has_floor = FALSE;
  instances->lowest = INFINITY;
  for (int i = 0; i < 3; i++)
    {
      instances->low[i] = INFINITY;
      instances->high[i] = -INFINITY;
    }
  for (int i = 0; i < scene->ngeom; i++)
    collect_geom (&collector, scene->geoms + i);
  make_batches (instances, options);
  add_mirror (instances, scene, options);
}

void
sg_instances_upload (SgInstances *instances)
{
  glBindBuffer (GL_ARRAY_BUFFER, instances->buffer);
  glBufferData (GL_ARRAY_BUFFER, instances->instances->len * sizeof (SgInstance),
                instances->instances->data, GL_STREAM_DRAW);
}

void
sg_instances_draw (const SgInstances *instances, const SgMeshes *meshes, const SgBatch *batch)
{
  const SgMesh *mesh = sg_meshes_get (meshes, batch->mesh);

  glBindVertexArray (sg_meshes_is_soft (meshes, batch->mesh) ? meshes->soft_array : meshes->vertex_array);
  glBindBuffer (GL_ARRAY_BUFFER, instances->buffer);
  for (guint i = 0; SG_ATTRIBUTE_INSTANCE + i < SG_N_ATTRIBUTES; i++)
    glVertexAttribPointer (SG_ATTRIBUTE_INSTANCE + i,
                           4,
                           GL_FLOAT,
                           GL_FALSE,
                           sizeof (SgInstance),
                           GSIZE_TO_POINTER (batch->first * sizeof (SgInstance) + i * 4 * sizeof (float)));
  glDrawElementsInstanced (mesh->mode,
                           (GLsizei)mesh->count,
                           GL_UNSIGNED_INT,
                           GSIZE_TO_POINTER (mesh->first * sizeof (guint32)),
                           (GLsizei)batch->count);
}
