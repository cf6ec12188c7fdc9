/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A frame's words: labels of geoms and the figures of forces, on top of all else.
 */
#include "render/renderer-private.h"

#define LABEL_SIZE 13 /* pixels */
#define NEWTONS " N"

/* A geom's words where it is seen, on top of all. */
static void
put_label (SgPass *pass, const mjvGeom *geom, gboolean newtons)
{
  const float *m = pass->renderer->frame.view_projection, *p = geom->pos;
  char words[sizeof geom->label + sizeof NEWTONS];
  const SgRenderOptions *options = pass->options;
  const char *said = NULL;
  float at[4];

  for (int row = 0; row < 4; row++)
    at[row] = m[row] * p[0] + m[4 + row] * p[1] + m[8 + row] * p[2] + m[12 + row];
  if (at[3] <= 0 || fabsf (at[0]) > at[3] || fabsf (at[1]) > at[3])
    return;
  g_strlcpy (words, geom->label, sizeof geom->label);
  g_strchomp (words);
  if (newtons && geom->type != mjGEOM_LABEL && geom->objtype == mjOBJ_UNKNOWN)
    g_strlcat (words, NEWTONS, sizeof words);
  if (options->say_name != NULL)
    said = options->say_name (words, options->user_data);
  sg_text_put (pass->renderer->text, said != NULL ? said : words,
               (at[0] / at[3] + 1) / 2 * (float)pass->width, (1 - at[1] / at[3]) / 2 * (float)pass->height);
}

gboolean
sg_pass_draw_labels (SgPass *pass, GError **error)
{
  static const float dark[3] = { 0.10f, 0.11f, 0.14f }, light[3] = { 0.97f, 0.97f, 0.95f };
  const mjvScene *scene = pass->scene;
  gboolean newtons = pass->renderer->shown.option.label == mjLABEL_CONTACTFORCE;
  gboolean any = FALSE;

  for (int i = 0; i < scene->ngeom; i++)
    if (scene->geoms[i].label[0] != '\0')
      {
        if (!any)
          sg_text_begin (pass->renderer->text, LABEL_SIZE * MAX (pass->options->pixel_ratio, 1));
        any = TRUE;
        put_label (pass, scene->geoms + i, newtons);
      }
  glEnable (GL_BLEND);
  glBlendFuncSeparate (GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  return !any || sg_text_draw (pass->renderer->text, pass->renderer->shaders,
                               pass->options->dark ? light : dark, pass->options->dark ? dark : light,
                               pass->width, pass->height, error);
}
