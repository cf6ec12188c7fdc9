/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compiles and keeps shader variants. A variant is a program's sources with a set of #defines in front; the
 * few that a session meets are kept in an array that is searched.
 */
#include "render/shader.h"

#include <gio/gio.h>

#include "render/error.h"

#define SHADER_PATH "/org/simgen/SimGen/shaders/"
#define MAX_SOURCES 6

typedef struct
{
  SgProgram program;
  guint variant;
  GLuint name;
} Built;

typedef struct
{
  const char *name; /* of the .vert and .frag */
  gboolean instanced, lit;
} ProgramSource;

struct _SgShaders
{
  gboolean es;
  GArray *built; /* Built */
};

static const ProgramSource program_sources[] = {
  [SG_PROGRAM_SCENE] = { "scene", TRUE, TRUE },
  [SG_PROGRAM_DEPTH] = { "depth", TRUE, FALSE },
  [SG_PROGRAM_OUTLINE] = { "outline", TRUE, FALSE },
  [SG_PROGRAM_BACKDROP] = { "backdrop", FALSE, FALSE },
  [SG_PROGRAM_GROUND_SHADOW] = { "ground-shadow", FALSE, FALSE },
  [SG_PROGRAM_TEXT] = { "text", FALSE, FALSE },
};

static const char *const attribute_names[SG_N_ATTRIBUTES] = {
  "a_position",
  "a_normal",
  "a_outline",
  "a_uv",
  "i_x",
  "i_y",
  "i_z",
  "i_place",
  "i_color",
  "i_texture",
  "i_state",
};

SgShaders *
sg_shaders_new (GError **error)
{
  int version = epoxy_gl_version ();
  gboolean es = !epoxy_is_desktop_gl ();
  SgShaders *shaders;

  if (version < (es ? 30 : 32))
    {
      g_set_error (error,
                   SG_RENDER_ERROR,
                   SG_RENDER_ERROR_CONTEXT,
                   "The graphics driver offers %s %d.%d; OpenGL 3.2 or OpenGL ES 3.0 is needed",
                   es ? "OpenGL ES" : "OpenGL",
                   version / 10,
                   version % 10);
      return NULL;
    }
  shaders = g_new0 (SgShaders, 1);
  shaders->es = es;
  shaders->built = g_array_new (FALSE, FALSE, sizeof (Built));
  return shaders;
}

void
sg_shaders_free (SgShaders *shaders)
{
  for (guint i = 0; i < shaders->built->len; i++)
    glDeleteProgram (g_array_index (shaders->built, Built, i).name);
  g_array_unref (shaders->built);
  g_free (shaders);
}

static char *
make_preamble (const SgShaders *shaders, guint variant)
{
  static const struct
  {
    guint bit;
    const char *define;
  } defines[] = {
    { SG_VARIANT_STUDIO, "#define STUDIO\n" },
    { SG_VARIANT_FLAT, "#define FLAT\n" },
    { SG_VARIANT_FRAGMENT_LIT, "#define FRAGMENT_LIT\n" },
    { SG_VARIANT_SHADOW, "#define SHADOW\n" },
    { SG_VARIANT_TEXTURE_2D, "#define TEXTURE_2D\n" },
    { SG_VARIANT_TEXTURE_CUBE, "#define TEXTURE_CUBE\n" },
    { SG_VARIANT_FOG, "#define FOG\n" },
    { SG_VARIANT_HAZE, "#define HAZE\n" },
    { SG_VARIANT_DEPTH, "#define DEPTH\n" },
    { SG_VARIANT_MIRROR, "#define MIRROR\n" },
    { SG_VARIANT_EDGED, "#define EDGED\n" },
  };
  GString *text =
    g_string_new (shaders->es ? "#version 300 es\nprecision highp float;\nprecision highp int;\n"
                              : "#version 150 core\n");

  for (gsize i = 0; i < G_N_ELEMENTS (defines); i++)
    if (variant & defines[i].bit)
      g_string_append (text, defines[i].define);
  g_string_append_printf (text,
                          "#define LIGHTS %u\n#define TAPS %d\n",
                          variant & SG_VARIANT_LIGHTS,
                          variant & SG_VARIANT_FINE ? 2 : 1);
  return g_string_free (text, FALSE);
}

/* The text of a shader of ours; it is linked in, so that it cannot be missing. */
static char *
dup_source (const char *file)
{
  g_autofree char *path = g_strconcat (SHADER_PATH, file, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GLuint
compile (GLenum stage, const char *file, char *const *sources, int n, GError **error)
{
  GLuint shader = glCreateShader (stage);
  GLint ok = GL_FALSE;
  char log[1000] = "";

  glShaderSource (shader, n, (const GLchar *const *)sources, NULL);
  glCompileShader (shader);
  glGetShaderiv (shader, GL_COMPILE_STATUS, &ok);
  if (ok)
    return shader;
  glGetShaderInfoLog (shader, sizeof log, NULL, log);
  g_set_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SHADER, "%s does not compile here: %s", file,
               g_strstrip (log));
  glDeleteShader (shader);
  return 0;
}

static GLuint
compile_stage (SgShaders *shaders, const ProgramSource *source, GLenum stage, guint variant, GError **error)
{
  g_autofree char *file = g_strconcat (source->name, stage == GL_VERTEX_SHADER ? ".vert" : ".frag", NULL);
  char *texts[MAX_SOURCES] = { NULL };
  int n = 0;
  GLuint shader;

  texts[n++] = make_preamble (shaders, variant);
  texts[n++] = dup_source ("frame.glsl");
  if (source->lit)
    texts[n++] = dup_source ("light.glsl");
  if (source->instanced && stage == GL_VERTEX_SHADER)
    texts[n++] = dup_source ("instance.glsl");
  texts[n++] = dup_source (file);
  shader = compile (stage, file, texts, n, error);
  for (int i = 0; i < n; i++)
    g_free (texts[i]);
  return shader;
}

static GLuint
link_program (const char *name, GLuint vertex, GLuint fragment, GError **error)
{
  GLuint program = glCreateProgram ();
  GLint ok = GL_FALSE;
  char log[1000] = "";

  glAttachShader (program, vertex);
  glAttachShader (program, fragment);
  for (guint i = 0; i < SG_N_ATTRIBUTES; i++)
    glBindAttribLocation (program, i, attribute_names[i]);
  glLinkProgram (program);
  glGetProgramiv (program, GL_LINK_STATUS, &ok);
  if (ok)
    return program;
  glGetProgramInfoLog (program, sizeof log, NULL, log);
  g_set_error (error, SG_RENDER_ERROR, SG_RENDER_ERROR_SHADER, "%s does not link here: %s", name,
               g_strstrip (log));
  glDeleteProgram (program);
  return 0;
}

/* Bindings that never change; leaves the program current. */
static void
bind_program (GLuint program)
{
  GLuint block = glGetUniformBlockIndex (program, "Frame");

  if (block != GL_INVALID_INDEX)
    glUniformBlockBinding (program, block, SG_BINDING_FRAME);
  glUseProgram (program);
  glUniform1i (glGetUniformLocation (program, "color_map"), SG_UNIT_COLOR);
  glUniform1i (glGetUniformLocation (program, "shadow_map"), SG_UNIT_SHADOW);
}

static GLuint
build (SgShaders *shaders, SgProgram program, guint variant, GError **error)
{
  const ProgramSource *source = program_sources + program;
  GLuint vertex, fragment = 0, name = 0;

  vertex = compile_stage (shaders, source, GL_VERTEX_SHADER, variant, error);
  if (vertex)
    fragment = compile_stage (shaders, source, GL_FRAGMENT_SHADER, variant, error);
  if (fragment)
    name = link_program (source->name, vertex, fragment, error);
  glDeleteShader (vertex);
  glDeleteShader (fragment);
  if (name)
    bind_program (name);
  return name;
}

GLuint
sg_shaders_use (SgShaders *shaders, SgProgram program, guint variant, GError **error)
{
  Built made = { program, variant, 0 };

  for (guint i = 0; i < shaders->built->len; i++)
    {
      const Built *built = &g_array_index (shaders->built, Built, i);

      if (built->program == program && built->variant == variant)
        {
          glUseProgram (built->name);
          return built->name;
        }
    }
  made.name = build (shaders, program, variant, error);
  if (made.name)
    g_array_append_val (shaders->built, made);
  return made.name;
}
