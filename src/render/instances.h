/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a scene's geoms become: instances, sorted into one batch for each mesh and texture, transparent ones
 * behind the opaque and by distance. Collecting needs no GL; buffers are reused from frame to frame.
 */
#pragma once

#include <epoxy/gl.h>

#include "render/frame.h"
#include "render/meshes.h"

G_BEGIN_DECLS

/* As resources/shaders/instance.glsl reads it. */
typedef struct
{
  float x[3], stretch; /* axes, scaled; half length between the ends */
  float y[3], emission;
  float z[3], specular; /* negative: not lit */
  float place[3], shininess;
  float color[4];
  float texture[4]; /* scale, scale; whether scaled about the texture's middle; whether it casts a shadow */
  float state[4];   /* [0]: whether it stands out; [1]: whether it has no outline otherwise */
} SgInstance;

/* Whether a scene has something that reflects, and is to be seen to. */
gboolean sg_scene_has_mirror (const mjvScene *scene);

/* An mjvGeom's type, beside MuJoCo's own: the ink of a body; dataid is its number among those that have
 * ink. */
#define SG_GEOM_INK 2000

G_STATIC_ASSERT (sizeof (SgInstance) == 112);

/* One thing of the scene, as an mjvGeom names it. */
typedef struct
{
  int type; /* mjtObj */
  int id;
} SgSceneObject;

typedef struct
{
  guint mesh;
  int texture;    /* the model's, -1 for none */
  gboolean casts; /* any of its instances a shadow */
  gboolean lit;   /* any of its instances stands out */
  guint first, count;
} SgBatch;

typedef struct
{
  GArray *batches;       /* SgBatch; in drawing order */
  guint n_opaque;        /* of them, the rest transparent */
  GArray *instances;     /* SgInstance; in the batches' order */
  guint64 caster_hash;   /* of all that casts shadows */
  float low[3], high[3]; /* box of what casts, along `axes`; low > high where nothing does */
  float lowest;          /* m: bottom of what casts; INFINITY where nothing does */
  gboolean has_floor;    /* a level plane was left to the backdrop */
  float floor_z;         /* m: the highest such plane */
  gboolean has_mirror;
  SgBatch mirror;                    /* its face alone, as a square; in no other batch */
  float mirror_plane[4];             /* normal, offset along it */
  float mirror_strength;             /* 0..1 */
  GArray *collected, *rank, *starts; /* scratch */
  GLuint buffer;
} SgInstances;

typedef enum
{
  SG_SEGMENTS_NONE,  /* each geom in its own colour */
  SG_SEGMENTS_COLOR, /* in one that its neighbours have not */
  SG_SEGMENTS_ID     /* in its number's bytes */
} SgSegments;

typedef struct
{
  const mjModel *model; /* (nullable) */
  SgMeshes *meshes;     /* soft ones are added */
  SgLook look;
  SgSegments segments;
  gboolean edge_on;         /* the front view: level planes are seen as a line */
  float eye[4];             /* as SgFrame has it */
  float small;              /* pixels of radius below which a round shape is of few triangles; 0: never */
  float pixels;             /* a metre: at the distance of 1 m, or anywhere where the eye is at infinity */
  float reach;              /* m: half size of an infinite plane */
  float line_depth;         /* m: thickness of the line that a level plane is drawn as */
  const SgSceneObject *lit; /* n_lit: what stands out */
  guint n_lit;
  const gboolean *inked; /* (nullable) by body: has ink, which is its outline */
  float paper[3];        /* what bodies are paler towards under ink */
  float axes[3][3];      /* rows: right, up and direction of the light that casts shadows */
} SgCollectOptions;

void sg_instances_init (SgInstances *instances);
void sg_instances_clear (SgInstances *instances);
void sg_instances_collect (SgInstances *instances, const mjvScene *scene, const SgCollectOptions *options);

/* Sends the instances to the GL; then draws batches, the right program being current. */
void sg_instances_upload (SgInstances *instances);
void sg_instances_draw (const SgInstances *instances, const SgMeshes *meshes, const SgBatch *batch);

G_END_DECLS
