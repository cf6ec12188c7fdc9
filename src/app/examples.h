/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sketches that come with SimGen. */
#pragma once

#include <gdk/gdk.h>

#include "sketch/page.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;            /* "pendulum": of its file */
  SgPage *page;          /* its title is what to call it */
  GdkTexture *thumbnail; /* (nullable): no memory for it */
} SgExample;

void sg_example_free (SgExample *example);

/* All of them, in the order of their file names; those that cannot be read are left out. Returns (transfer
 * full) (element-type SgExample); never NULL unless cancelled. */
void sg_examples_load_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *sg_examples_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
