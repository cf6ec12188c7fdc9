/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What build-aux/train-marks learns from: for every stroke of the sketches named on standard input, a line
 * with the sketch's and the stroke's number, its share of the sketch's ink and the run's features. */
#include <stdio.h>

#include "sketch/file.h"
#include "vision/features.h"
#include "vision/picture.h"

static void
print_features (guint sketch, const SgInk *ink, double share)
{
  double features[SG_N_FEATURES];
  SgPath path;
  SgRun run;
  SgEvidence evidence;

  sg_path_init_from_ink (&path, ink);
  sg_run_init (&run, &path);
  sg_evidence_init (&evidence);
  sg_evidence_by_rules (&run, &evidence);
  sg_features_of_run (&run, &evidence, features);
  g_print ("%u %u %.4f", sketch, ink->stroke, share);
  for (guint i = 0; i < SG_N_FEATURES; i++)
    g_print (" %.5g", features[i]);
  g_print ("\n");
  sg_evidence_clear (&evidence);
}

static gboolean
print_sketch (guint number, const char *path, GError **error)
{
  g_autoptr (SgPage) page = sg_sketch_file_load (path, error);

  if (!page)
    return FALSE;
  g_autoptr (GArray) ink = sg_ink_from_page (page);
  double length = 0;

  for (guint i = 0; i < sg_page_get_n_images (page); i++)
    if (!sg_picture_trace (sg_page_get_image (page, i), i, ink->len, ink, NULL, NULL, error))
      return FALSE;
  for (guint i = 0; i < ink->len; i++)
    length += g_array_index (ink, SgInk, i).length;
  for (guint i = 0; i < ink->len; i++)
    {
      const SgInk *one = &g_array_index (ink, SgInk, i);

      print_features (number, one, length > 0 ? one->length / length : 1);
    }
  return TRUE;
}

int
main (void)
{
  char path[4096];

  for (guint number = 0; fgets (path, sizeof path, stdin); number++)
    {
      g_autoptr (GError) error = NULL;

      if (!print_sketch (number, g_strstrip (path), &error))
        {
          g_printerr ("%s: %s\n", path, error->message);
          return 1;
        }
    }
  return 0;
}
