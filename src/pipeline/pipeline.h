/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sketch + words -> running model. The flow of the whole program, reading top to bottom: analyse, assemble,
 * apply words, check, write MJCF, compile. Synchronous and pure on any thread; the app reads by itself, to
 * show what was read at once, and uses the _async form from there.
 */
#pragma once

#include <gio/gio.h>

#include "physics/model.h"
#include "physics/spec.h"
#include "physics/words.h"
#include "sketch/page.h"
#include "store/cache.h"
#include "vision/reading.h"

G_BEGIN_DECLS

typedef struct _SgMotion SgMotion; /* pipeline/motion.h */

/* Everything made on the way; immutable, reference-counted. */
typedef struct
{
  gatomicrefcount ref_count;
  SgPage *page;       /* (nullable): a spec file has none, nor has a model of another program */
  SgReading *reading; /* (nullable) alike */
  SgSpec *spec;       /* notes hold what was assumed; empty for a model of another program */
  char **files;       /* (nullable): of such a model all that were read, from its folder, its own first */
  char *mjcf;
  SgModel *model;
  SgMotion *motion;   /* (nullable): of a recording; whoever plays it is the one that uses it */
  char *words;        /* (nullable) those that were applied */
  GArray *statements; /* SgStatement: what became of the words */
  gboolean moves;     /* whether anything can move */
  double analyze_ms, compile_ms;
  SgCacheLevel reading_from; /* where the reading was found */
} SgScene;

/* `words` (nullable) are used instead of the page's own; what is known is taken from `cache` (nullable).
 * Errors of any domain on the way. Returns: (transfer full). */
SgScene *sg_pipeline_run (
  SgPage *page, const char *words, SgCache *cache, GCancellable *cancellable, GError **error);

/* The same from a reading that is there already. */
SgScene *sg_pipeline_compile (
  SgPage *page, SgReading *reading, const char *words, SgCache *cache, GError **error);

/* From any input file by its content: .simgen, a picture, the page of that number of a PDF (1 of anything
 * else), a PhysicsSpec in JSON, a recording, a model of another program (physics/foreign.h), whose words are
 * not understood. Blocking. */
SgScene *sg_pipeline_load (const char *path,
                           guint number,
                           const char *words,
                           SgCache *cache,
                           GCancellable *cancellable,
                           GError **error);

/* By how much (m) the place of the world where something is drawn is another one in `to` than it was in
 * `from` (both nullable): the world's origin goes with the bounds of the drawing. Zeros where it cannot be
 * said. */
void sg_scene_find_move (const SgScene *from, const SgScene *to, double moved[3]);

SgScene *sg_scene_ref (SgScene *scene);
void sg_scene_unref (SgScene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgScene, sg_scene_unref)

/* The _compile form in a worker. `gravity` (m/s2 downwards, SG_USUAL_GRAVITY) is that of a drawing which says
 * nothing of it. */
void sg_pipeline_compile_async (SgPage *page,
                                SgReading *reading,
                                double gravity,
                                SgCache *cache,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
SgScene *sg_pipeline_compile_finish (GAsyncResult *result, GError **error);

/* The _load form in a worker, from a file's path; `cache` (nullable). */
void sg_pipeline_load_async (const char *path,
                             SgCache *cache,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
SgScene *sg_pipeline_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
