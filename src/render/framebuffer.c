/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our own framebuffer is kept until its size or samples change.
 */
#include "render/framebuffer.h"

#include "render/error.h"

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

/* Whether the framebuffer bound can be drawn into as it is. */
static gboolean
is_enough (GLint name, gboolean stencil)
{
  return has (name ? GL_DEPTH_ATTACHMENT : GL_DEPTH) &&
         (!stencil || has (name ? GL_STENCIL_ATTACHMENT : GL_STENCIL));
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
sg_framebuffer_begin (
  SgFramebuffer *framebuffer, int width, int height, int samples, gboolean stencil, GError **error)
{
  GLint limit = 0, max_samples = 0;

  glGetIntegerv (GL_MAX_RENDERBUFFER_SIZE, &limit);
  glGetIntegerv (GL_MAX_SAMPLES, &max_samples);
  if (width < 1 || height < 1 || width > limit || height > limit)
    return set_size_error (error, width, height);
  samples = MIN (samples, max_samples);
  glGetIntegerv (GL_DRAW_FRAMEBUFFER_BINDING, &framebuffer->target);
  framebuffer->direct = samples == 0 && is_enough (framebuffer->target, stencil);
  if (!framebuffer->direct &&
      (framebuffer->width != width || framebuffer->height != height || framebuffer->samples != samples ||
       framebuffer->stencil != stencil) &&
      !remake (framebuffer, width, height, samples, stencil, error))
    return FALSE;
  sg_framebuffer_resume (framebuffer, width, height);
  return TRUE;
}

void
sg_framebuffer_resume (const SgFramebuffer *framebuffer, int width, int height)
{
  GLuint name = framebuffer->direct ? (GLuint)framebuffer->target : framebuffer->name;

  glBindFramebuffer (GL_FRAMEBUFFER, name);
  glViewport (0, 0, width, height);
}

void
sg_framebuffer_end (SgFramebuffer *framebuffer, int width, int height)
{
  const GLenum depth[] = { GL_DEPTH_ATTACHMENT, GL_STENCIL_ATTACHMENT };

  if (!framebuffer->direct)
    {
      glBindFramebuffer (GL_READ_FRAMEBUFFER, framebuffer->name);
      glBindFramebuffer (GL_DRAW_FRAMEBUFFER, (GLuint)framebuffer->target);
      glBlitFramebuffer (0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
      if (epoxy_gl_version () >= 43 || !epoxy_is_desktop_gl ())
        glInvalidateFramebuffer (GL_READ_FRAMEBUFFER, framebuffer->stencil ? 2 : 1, depth);
    }
  glBindFramebuffer (GL_FRAMEBUFFER, (GLuint)framebuffer->target);
}
