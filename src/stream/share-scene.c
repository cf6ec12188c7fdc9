/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shared: a model, what its receivers have to know, and its last frame. The share's thread. */
#include <string.h>

#include <zlib.h>

#include "stream/manifest.h"
#include "stream/share-private.h"

GBytes *
sg_share_pack (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  z_stream stream = { .next_in = (Bytef *)data, .avail_in = size };
  int result =
    deflateInit2 (&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);

  g_assert (result == Z_OK);
  gsize room = deflateBound (&stream, size);
  guint8 *packed = g_malloc (room);

  stream.next_out = packed;
  stream.avail_out = room;
  result = deflate (&stream, Z_FINISH);
  g_assert (result == Z_STREAM_END);
  deflateEnd (&stream);
  return g_bytes_new_take (packed, stream.total_out);
}

SgShareScene *
sg_share_scene_new (SgModel *model, guint number, GError **error)
{
  const mjModel *m = sg_model_get (model);
  SgFrameLayout *layout = sg_frame_layout_new (m, sg_frame_error_default (), error);
  mjData *data = layout ? sg_model_make_data (model, error) : NULL;
  char *manifest;

  if (!data)
    {
      g_clear_pointer (&layout, sg_frame_layout_free);
      return NULL;
    }
  SgShareScene *scene = g_new0 (SgShareScene, 1);

  scene->number = number;
  scene->model = sg_model_ref (model);
  scene->data = data;
  scene->layout = layout;
  scene->raw_bytes = 7 * sizeof (float) * layout->n_bodies;
  sg_frame_init (&scene->frame, layout);
  sg_frame_init (&scene->next, layout);
  manifest = sg_manifest_write (m, layout);
  scene->manifest = g_bytes_new_take (manifest, strlen (manifest));
  scene->packed = sg_share_pack (scene->manifest);
  return scene;
}

void
sg_share_scene_free (SgShareScene *scene)
{
  g_bytes_unref (scene->manifest);
  g_bytes_unref (scene->packed);
  sg_frame_clear (&scene->frame);
  sg_frame_clear (&scene->next);
  sg_frame_layout_free (scene->layout);
  mj_deleteData (scene->data);
  sg_model_unref (scene->model);
  g_free (scene);
}

static gboolean
is_same (const SgShareScene *scene)
{
  guint n = scene->layout->n_bodies;
  const SgFrame *a = &scene->frame, *b = &scene->next;

  return scene->taken && a->step == b->step && memcmp (a->largest, b->largest, n) == 0 &&
         memcmp (a->values, b->values, n * SG_FRAME_VALUES * sizeof *a->values) == 0;
}

/* A simulation publishes whatever is done to it, mostly where it stands. */
gboolean
sg_share_scene_take (SgShareScene *scene, const SgSnapshot *snapshot)
{
  SgFrame last = scene->frame;

  sg_snapshot_restore_places (snapshot, scene->data);
  if (!sg_frame_take (&scene->next, scene->layout, scene->data, snapshot->steps, NULL) || is_same (scene))
    return FALSE;
  scene->frame = scene->next;
  scene->next = last;
  scene->published_us = snapshot->wall_us;
  scene->taken = TRUE;
  return TRUE;
}
