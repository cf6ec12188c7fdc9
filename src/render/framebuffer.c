/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our own framebuffer is kept until it is too small or much too large, or its samples change.
 */
#include "render/framebuffer.h"

#include "render/error.h"

#define STEP 64 /* pixels */

void
sg_framebuffer_clear (SgFramebuffer *framebuffer)
{
  glDeleteFramebuffers (1, &framebuffer->name);
  glDeleteRenderbuffers (1, &framebuffer->color);
  glDeleteRenderbuffers (1, &framebuffer->depth);
  framebuffer->name = framebuffer->color = framebuffer->depth = 0;
  framebuffer->width = 0;
}

static GLuint
make_storage (GLenum attachment, GLenum format, int width, int height, int samples)
{
  GLuint name;

  glGenRenderbuffers (1, &name);
  glBindRenderbuffer (GL_RENDERBUFFER, name);
  glRenderbufferStorageMultisample (GL_RENDERBUFFER, samples, format, width, height);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, attachment, GL_RENDERBUFFER, name);
  return name;
}

/* Whether the framebuffer bound has that. */
static gboolean
has (GLenum attachment)
{
  GLint type = GL_NONE;

  glGetFramebufferAttachmentParameteriv (GL_DRAW_FRAMEBUFFER,
                                         attachment,
                                         GL_FRAMEBUFFER_ATTACHMENT_OBJECT_TYPE,
                                         &type);
  return type != GL_NONE;
}

static gboolean
set_size_error (GError **error, int width, int height)
{
  g_set_error (error,
               SG_RENDER_ERROR,
               SG_RENDER_ERROR_SIZE,
               "A picture of %d x %d pixels cannot be drawn here",
               width,
               height);
  return FALSE;
}

static gboolean
remake (
  SgFramebuffer *framebuffer, int width, int height, int samples, gboolean stencil, GError **error)
{
  sg_framebuffer_clear (framebuffer);
  glGenFramebuffers (1, &framebuffer->name);
  glBindFramebuffer (GL_FRAMEBUFFER, framebuffer->name);
  framebuffer->color = make_storage (GL_COLOR_ATTACHMENT0, GL_RGBA8, width, height, samples);
  framebuffer->depth =
    make_storage (stencil ? GL_DEPTH_STENCIL_ATTACHMENT : GL_DEPTH_ATTACHMENT,
                  stencil ? GL_DEPTH24_STENCIL8 : GL_DEPTH_COMPONENT24, width, height, samples);
  if (glCheckFramebufferStatus (GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
    {
      sg_framebuffer_clear (framebuffer);
      glBindFramebuffer (GL_FRAMEBUFFER, (GLuint)framebuffer->target);
      return set_size_error (error, width, height);
    }
  framebuffer->width = width;
  framebuffer->height = height;
  framebuffer->samples = samples;
  framebuffer->stencil = stencil;
  return TRUE;
}

gboolean
sg_framebuffer_begin (SgFramebuffer *framebuffer, int width, int height, GError **error)
{
  GLint limit = 0;

  glGetIntegerv (GL_MAX_RENDERBUFFER_SIZE, &limit);
  if (width < 1 || height < 1 || width > limit || height > limit)
    return set_size_error (error, width, height);
  glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer->target);
  framebuffer->target_depth = has (framebuffer->target ? GL_DEPTH_ATTACHMENT : GL_DEPTH);
  framebuffer->target_stencil = has (framebuffer->target ? GL_STENCIL_ATTACHMENT : GL_STENCIL);
  framebuffer->picture[0] = width;
  framebuffer->picture[1] = height;
  framebuffer->region.width = 0;
  glViewport (0, 0, width, height);
  return TRUE;
}

void
sg_framebuffer_resume (const SgFramebuffer *framebuffer)
{
  glBindFramebuffer (GL_FRAMEBUFFER, (GLuint)framebuffer->target);
  glViewport (0, 0, framebuffer->picture[0], framebuffer->picture[1]);
}

/* A region's size as our own framebuffer has it: a part that breathes is not to make it anew each time. */
static int
round_up (int size, int picture)
{
  return MIN ((size + STEP - 1) / STEP * STEP, picture);
}

/* Ours can be used as it is: holds the region, and is not much larger, for all of it is cleared. */
static gboolean
fits (const SgFramebuffer *framebuffer, int width, int height, int samples, gboolean stencil)
{
  return framebuffer->width >= width && framebuffer->height >= height &&
         (gint64)framebuffer->width * framebuffer->height <= 2 * (gint64)width * height &&
         framebuffer->samples == samples && framebuffer->stencil == stencil;
}

gboolean
sg_framebuffer_open (
  SgFramebuffer *framebuffer, const SgRegion *region, int samples, gboolean stencil, GError **error)
{
  int width = round_up (region->width, framebuffer->picture[0]);
  int height = round_up (region->height, framebuffer->picture[1]);
  GLint max_samples = 0;

  glGetIntegerv (GL_MAX_SAMPLES, &max_samples);
  samples = MIN (samples, max_samples);
  framebuffer->direct =
    samples == 0 && framebuffer->target_depth && (!stencil || framebuffer->target_stencil);
  if (!framebuffer->direct && !fits (framebuffer, width, height, samples, stencil) &&
      !remake (framebuffer, width, height, samples, stencil, error))
    return FALSE;
  framebuffer->region = *region;
  glBindFramebuffer (GL_FRAMEBUFFER, framebuffer->direct ? (GLuint)framebuffer->target : framebuffer->name);
  glViewport (-region->x, -region->y, framebuffer->picture[0], framebuffer->picture[1]);
  return TRUE;
}

void
sg_framebuffer_end (SgFramebuffer *framebuffer)
{
  const GLenum depth[] = { GL_DEPTH_ATTACHMENT, GL_STENCIL_ATTACHMENT };
  const SgRegion *from = &framebuffer->region;

  if (!framebuffer->direct && from->width > 0)
    {
      glBindFramebuffer (GL_READ_FRAMEBUFFER, framebuffer->name);
      glBindFramebuffer (GL_DRAW_FRAMEBUFFER, (GLuint)framebuffer->target);
      glBlitFramebuffer (0, 0, from->width, from->height, from->x, from->y, from->x + from->width,
                         from->y + from->height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
      if (epoxy_gl_version () >= 43 || !epoxy_is_desktop_gl ())
        glInvalidateFramebuffer (GL_READ_FRAMEBUFFER, framebuffer->stencil ? 2 : 1, depth);
    }
  framebuffer->region.width = 0;
  sg_framebuffer_resume (framebuffer);
}
