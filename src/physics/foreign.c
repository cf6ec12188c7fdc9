/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a file's text to one text and its assets:
 *
 *   parse -> put includes in their place -> check -> read and name the assets -> write
 *
 * The text that comes out names each asset by its way from the folder, and has no folders of its own
 * (meshdir and the like), so that MuJoCo never joins a path. Each element stands on a line of its own, of
 * which it is remembered where it came from. */
#include "config.h"

#include "physics/foreign.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/limits.h"
#include "physics/error.h"
#include "physics/foreign-asset.h"
#include "physics/foreign-folder.h"
#include "physics/foreign-rules.h"
#include "physics/foreign-tree.h"

#define MAX_PROBLEMS 50

typedef struct
{
  const char *file; /* borrowed from the tree */
  guint line;
} Place;

struct _SgForeign
{
  SgForeignKind kind;
  SgForeignTree *tree; /* owns the names */
  GString *text;
  GArray *places;    /* Place: of each line of the text */
  GPtrArray *assets; /* SgForeignAsset */
  GPtrArray *files;  /* char *: read, NULL behind the last */
  GHashTable *known; /* char * in `files` -> itself */
};

/* A model under way. */
typedef struct
{
  SgForeign *foreign;
  SgForeignFolder *folder;
  GPtrArray *problems;
  guint64 bytes;                               /* of all files */
  const char *meshdir, *texturedir, *assetdir; /* (nullable) */
  gboolean strip;
} Loading;

static void
asset_free (gpointer data)
{
  SgForeignAsset *asset = data;

  g_bytes_unref (asset->bytes);
  g_free (asset);
}

static SgForeign *
foreign_alloc (void)
{
  SgForeign *foreign = g_new0 (SgForeign, 1);

  foreign->tree = sg_foreign_tree_new ();
  foreign->text = g_string_new (NULL);
  foreign->places = g_array_new (FALSE, FALSE, sizeof (Place));
  foreign->assets = g_ptr_array_new_with_free_func (asset_free);
  foreign->files = g_ptr_array_new_with_free_func (g_free);
  foreign->known = g_hash_table_new (g_str_hash, g_str_equal);
  return foreign;
}

void
sg_foreign_free (SgForeign *foreign)
{
  sg_foreign_tree_free (foreign->tree);
  g_string_free (foreign->text, TRUE);
  g_array_unref (foreign->places);
  g_ptr_array_unref (foreign->assets);
  g_hash_table_unref (foreign->known);
  g_ptr_array_unref (foreign->files);
  g_free (foreign);
}

static void
add_file (SgForeign *foreign, const char *name)
{
  char *kept = g_strdup (name);

  g_ptr_array_add (foreign->files, kept);
  g_hash_table_add (foreign->known, kept);
}

/* The error at a node, with what is wrong in its own words. */
static void
add_problem_at (Loading *loading, const SgForeignNode *node, const GError *cause)
{
  g_ptr_array_add (loading->problems, sg_foreign_error (node, cause->code, "%s", cause->message));
}

static const SgForeignAsset *
find_asset (const SgForeign *foreign, const char *name)
{
  for (guint i = 0; i < foreign->assets->len; i++)
    if (g_str_equal (sg_foreign_get_asset (foreign, i)->name, name))
      return sg_foreign_get_asset (foreign, i);
  return NULL;
}

/* A file of the folder, counted; NULL: `error` says why. */
static GBytes *
read_file (Loading *loading, const char *name, GError **error)
{
  const SgForeignAsset *known = find_asset (loading->foreign, name);
  g_autoptr (GBytes) bytes = NULL;

  if (known != NULL)
    return g_bytes_ref (known->bytes);
  bytes = sg_foreign_folder_read (loading->folder, name, error);
  if (bytes == NULL)
    return NULL;
  loading->bytes += g_bytes_get_size (bytes);
  if (!sg_limit_check (SG_LIMIT_ID_MODEL_BYTES, loading->bytes, NULL, SG_PHYSICS_ERROR,
                       SG_PHYSICS_ERROR_TOO_LARGE, error) ||
      !sg_limit_check (SG_LIMIT_ID_MODEL_FILES, loading->foreign->files->len + 1, NULL, SG_PHYSICS_ERROR,
                       SG_PHYSICS_ERROR_TOO_LARGE, error))
    return NULL;
  return g_steal_pointer (&bytes);
}

static char *
folder_of (const char *file)
{
  char *slash = strrchr (file, '/');

  return slash != NULL ? g_strndup (file, slash - file) : g_strdup ("");
}

/* -- Includes -- */

/* What a name in an include means: beside the model, as MuJoCo says, else beside the file that includes. */
static GBytes *
read_included (Loading *loading, const SgForeignNode *node, const char *given, char **name, GError **error)
{
  g_autofree char *beside = folder_of (node->file);
  g_autoptr (GError) first = NULL;
  GBytes *bytes = NULL;

  *name = sg_foreign_folder_resolve (NULL, given);
  if (*name == NULL)
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_OUTSIDE,
                   _ ("%s is outside the model's folder"), given);
      return NULL;
    }
  if (g_hash_table_contains (loading->foreign->known, *name))
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_INCLUDE, _ ("%s is included more than once"),
                   *name);
      return NULL;
    }
  bytes = read_file (loading, *name, &first);
  if (bytes == NULL && *beside != '\0' && g_error_matches (first, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_ASSET))
    {
      g_autofree char *other = sg_foreign_folder_resolve (beside, given);

      if (other != NULL && !g_hash_table_contains (loading->foreign->known, other))
        bytes = read_file (loading, other, NULL);
      if (bytes != NULL)
        {
          g_free (*name);
          *name = g_steal_pointer (&other);
        }
    }
  if (bytes == NULL)
    g_propagate_error (error, g_steal_pointer (&first));
  return bytes;
}

/* The elements in the file that `node` includes; NULL where there are none or it cannot be read. */
static SgForeignNode *
load_include (Loading *loading, const SgForeignNode *node)
{
  const char *given = sg_foreign_node_get (node, "file");
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_included (loading, node, given != NULL ? given : "", &name, &error);
  SgForeignNode *root;
  gsize size;

  if (bytes == NULL)
    {
      add_problem_at (loading, node, error);
      return NULL;
    }
  add_file (loading->foreign, name);
  const char *text = g_bytes_get_data (bytes, &size);
  root = sg_foreign_tree_parse (loading->foreign->tree, name, text, size, &error);
  if (root == NULL)
    g_ptr_array_add (loading->problems, g_steal_pointer (&error)); /* it says where by itself */
  return root != NULL ? root->first : NULL;
}

/* Puts what is included in place of the elements that include it. Ends, as no file is read twice. Each file
 * is of bounded depth, but they deepen each other. */
static void
put_includes (Loading *loading, SgForeignNode **first, guint depth)
{
  SgForeignNode **at = first;

  while (*at != NULL && loading->problems->len == 0)
    {
      SgForeignNode *node = *at;

      if (depth > SG_LIMIT_MODEL_DEPTH)
        {
          g_autofree char *problem = sg_limit_dup_problem (SG_LIMIT_ID_MODEL_DEPTH, depth);

          g_ptr_array_add (loading->problems,
                           sg_foreign_error (node, SG_PHYSICS_ERROR_TOO_LARGE, "%s", problem));
          return;
        }
      if (!g_str_equal (node->tag, "include"))
        {
          put_includes (loading, &node->first, depth + 1);
          at = &node->next;
          continue;
        }
      SgForeignNode *included = load_include (loading, node);
      SgForeignNode **end = &included;

      while (*end != NULL)
        end = &(*end)->next;
      *end = node->next;
      *at = included;
    }
}

/* -- URDF -- */

/* What MuJoCo reads of a robot; the rest (gazebo, transmission, …) is for other programs. */
static const char *const robot_tags[] = { "robot", "link", "joint", "inertial", "visual", "collision",
                                          "origin", "mass", "inertia", "geometry", "box", "sphere",
                                          "capsule", "cylinder", "mesh", "material", "color", "parent",
                                          "child", "axis", "limit", "dynamics", "mujoco", "compiler",
                                          "option", "size" };

static gboolean
is_of_robot (const char *tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (robot_tags); i++)
    if (g_str_equal (robot_tags[i], tag))
      return TRUE;
  return FALSE;
}

static void
prune_robot (SgForeignNode **first)
{
  SgForeignNode **at = first;

  while (*at != NULL)
    if (is_of_robot ((*at)->tag))
      {
        prune_robot (&(*at)->first);
        at = &(*at)->next;
      }
    else
      *at = (*at)->next;
}

/* A robot's meshes are named by package ("package://arm/meshes/base.stl"): the longest end of the name that
 * is in the folder. */
static char *
find_robot_mesh (Loading *loading, const char *given, const char *folder, GBytes **bytes)
{
  const char *scheme = strstr (given, "://");

  for (const char *at = scheme != NULL ? scheme + 3 : given; at != NULL;
       at = strchr (at, '/') != NULL ? strchr (at, '/') + 1 : NULL)
    for (int with_folder = folder != NULL; with_folder >= 0; with_folder--)
      {
        g_autofree char *name = sg_foreign_folder_resolve (with_folder ? folder : NULL, at);

        *bytes = name != NULL ? read_file (loading, name, NULL) : NULL;
        if (*bytes != NULL)
          return g_steal_pointer (&name);
      }
  return NULL;
}

/* -- Assets -- */

static const char *
last_part (const char *name)
{
  const char *slash = strrchr (name, '/'), *back = strrchr (name, '\\');

  if (slash == NULL || (back != NULL && back > slash))
    slash = back;
  return slash != NULL ? slash + 1 : name;
}

/* Takes over the bytes. */
static void
add_asset (Loading *loading, const char *name, GBytes *bytes)
{
  SgForeignAsset *asset = g_new (SgForeignAsset, 1);

  if (!g_hash_table_contains (loading->foreign->known, name))
    add_file (loading->foreign, name);
  asset->name = g_hash_table_lookup (loading->foreign->known, name);
  asset->bytes = bytes;
  g_ptr_array_add (loading->foreign->assets, asset);
}

/* In its own folder (meshdir) as MuJoCo says, else from the model's. NULL: `error` is of the first. */
static GBytes *
read_asset (Loading *loading, const char *folder, const char *given, char **name, GError **error)
{
  const char *wanted = loading->strip ? last_part (given) : given;
  g_autofree char *inside = sg_foreign_folder_resolve (folder, wanted);
  GBytes *bytes;

  if (inside == NULL)
    {
      g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_OUTSIDE,
                   _ ("%s is outside the model's folder"), given);
      return NULL;
    }
  bytes = read_file (loading, inside, error);
  if (bytes == NULL && folder != NULL)
    {
      g_autofree char *other = sg_foreign_folder_resolve (NULL, wanted);

      bytes = other != NULL ? read_file (loading, other, NULL) : NULL;
      if (bytes != NULL)
        {
          g_clear_error (error);
          *name = g_steal_pointer (&other);
          return bytes;
        }
    }
  *name = g_steal_pointer (&inside);
  return bytes;
}

static GBytes *
read_mesh_of_robot (Loading *loading, const char *folder, const char *given, char **name, GError **error)
{
  GBytes *bytes = NULL;

  *name = find_robot_mesh (loading, given, folder, &bytes);
  if (*name == NULL)
    g_set_error (error, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_ASSET, _ ("%s is not in the model's folder"),
                 given);
  return bytes;
}

/* Reads and checks the file that an attribute names, and names it as the rest of the program knows it. */
static void
load_asset (
  Loading *loading, SgForeignNode *node, const char *attribute, SgForeignAssetKind kind, const char *folder)
{
  const char *given = sg_foreign_node_get (node, attribute);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (given == NULL || *given == '\0')
    return;
  if (loading->foreign->kind == SG_FOREIGN_URDF)
    bytes = read_mesh_of_robot (loading, folder, given, &name, &error);
  else
    bytes = read_asset (loading, folder, given, &name, &error);
  if (bytes == NULL || !sg_foreign_asset_check (kind, name, bytes, &error))
    {
      add_problem_at (loading, node, error);
      return;
    }
  sg_foreign_node_set (loading->foreign->tree, node, attribute, name);
  if (find_asset (loading->foreign, name) == NULL)
    add_asset (loading, name, g_steal_pointer (&bytes));
}

static const char *
either (const char *a, const char *b)
{
  return a != NULL ? a : b;
}

static void
load_texture (Loading *loading, SgForeignNode *node)
{
  static const char *const sides[] = { "file", "fileright", "fileleft", "fileup",
                                       "filedown", "filefront", "fileback" };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    load_asset (loading, node, sides[i], SG_FOREIGN_TEXTURE, either (loading->texturedir, loading->assetdir));
}

static void
load_assets (Loading *loading, SgForeignNode *first)
{
  const char *meshes = either (loading->meshdir, loading->assetdir);

  for (SgForeignNode *node = first; node != NULL && loading->problems->len < MAX_PROBLEMS; node = node->next)
    {
      if (loading->foreign->kind == SG_FOREIGN_URDF && g_str_equal (node->tag, "mesh"))
        load_asset (loading, node, "filename", SG_FOREIGN_MESH, meshes);
      else if (g_str_equal (node->tag, "mesh"))
        load_asset (loading, node, "file", SG_FOREIGN_MESH, meshes);
      else if (g_str_equal (node->tag, "hfield"))
        load_asset (loading, node, "file", SG_FOREIGN_HFIELD, meshes);
      else if (g_str_equal (node->tag, "skin"))
        load_asset (loading, node, "file", SG_FOREIGN_SKIN, meshes);
      else if (g_str_equal (node->tag, "flexcomp"))
        load_asset (loading, node, "file", SG_FOREIGN_FLEX, meshes);
      else if (g_str_equal (node->tag, "texture"))
        load_texture (loading, node);
      sg_foreign_node_unset (node, "content_type"); /* the name's ending was held against the content */
      load_assets (loading, node->first);
    }
}

/* The last compiler that says something has its way, as in MuJoCo. */
static void
take_folders (Loading *loading, SgForeignNode *first)
{
  for (SgForeignNode *node = first; node != NULL; node = node->next)
    {
      const char *strip = sg_foreign_node_get (node, "strippath");

      if (!g_str_equal (node->tag, "compiler"))
        {
          take_folders (loading, node->first);
          continue;
        }
      loading->meshdir = either (sg_foreign_node_get (node, "meshdir"), loading->meshdir);
      loading->texturedir = either (sg_foreign_node_get (node, "texturedir"), loading->texturedir);
      loading->assetdir = either (sg_foreign_node_get (node, "assetdir"), loading->assetdir);
      if (strip != NULL)
        loading->strip = g_str_equal (strip, "true");
      sg_foreign_node_unset (node, "meshdir");
      sg_foreign_node_unset (node, "texturedir");
      sg_foreign_node_unset (node, "assetdir");
      sg_foreign_node_unset (node, "strippath");
    }
}

/* -- Writing -- */

static void
write_attribute (GString *out, const char *name, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_strdelimit (escaped, "\n\r\t", ' '); /* a line is an element's own */
  g_string_append_printf (out, " %s=\"%s\"", name, escaped);
}

static void
begin_line (SgForeign *foreign, const SgForeignNode *node)
{
  Place place = { node->file, node->line };

  g_array_append_val (foreign->places, place);
}

static void
write_node (SgForeign *foreign, const SgForeignNode *node, guint depth)
{
  begin_line (foreign, node);
  g_string_append_printf (foreign->text, "%*s<%s", 2 * (int)depth, "", node->tag);
  for (guint i = 0; node->attributes[i] != NULL; i += 2)
    write_attribute (foreign->text, node->attributes[i], node->attributes[i + 1]);
  if (node->first == NULL && depth > 0)
    {
      g_string_append (foreign->text, "/>\n");
      return;
    }
  g_string_append (foreign->text, ">\n");
  if (depth == 0 && foreign->kind == SG_FOREIGN_URDF)
    {
      /* else MuJoCo throws away the folders of a robot's meshes */
      begin_line (foreign, node);
      g_string_append (foreign->text, "  <mujoco><compiler strippath=\"false\"/></mujoco>\n");
    }
  for (const SgForeignNode *child = node->first; child != NULL; child = child->next)
    write_node (foreign, child, depth + 1);
  begin_line (foreign, node);
  g_string_append_printf (foreign->text, "%*s</%s>\n", 2 * (int)depth, "", node->tag);
}

/* -- The whole -- */

/* Everything but the writing; what is wrong is in `problems`. */
static void
load (Loading *loading, SgForeignNode *root)
{
  SgForeign *foreign = loading->foreign;

  foreign->kind = g_str_equal (root->tag, "robot") ? SG_FOREIGN_URDF : SG_FOREIGN_MJCF;
  if (foreign->kind == SG_FOREIGN_MJCF && !g_str_equal (root->tag, "mujoco"))
    g_ptr_array_add (loading->problems,
                     sg_foreign_error (root, SG_PHYSICS_ERROR_XML, "%s",
                                       _ ("a model begins with <mujoco> (MJCF) or <robot> (URDF)")));
  else if (foreign->kind == SG_FOREIGN_MJCF)
    put_includes (loading, &root->first, 2);
  else
    prune_robot (&root->first);
  if (loading->problems->len > 0)
    return;
  sg_foreign_rules_check (root, loading->problems);
  if (loading->problems->len > 0)
    return;
  take_folders (loading, root->first);
  load_assets (loading, root->first);
}

SgForeign *
sg_foreign_parse (const char *path, const char *text, gsize size, GPtrArray *problems)
{
  g_autofree char *folder_path = g_path_get_dirname (path), *file = g_path_get_basename (path);
  g_autoptr (SgForeign) foreign = foreign_alloc ();
  g_autoptr (SgForeignFolder) folder = NULL;
  GError *error = NULL;
  guint before = problems->len;

  add_file (foreign, file);
  folder = sg_foreign_folder_open (folder_path, &error);
  SgForeignNode *root =
    folder != NULL ? sg_foreign_tree_parse (foreign->tree, file, text, size, &error) : NULL;
  if (root == NULL)
    {
      g_ptr_array_add (problems, error);
      return NULL;
    }
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  Loading loading = { foreign, folder, found, size };

  load (&loading, root);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (problems, g_error_copy (found->pdata[i]));
  if (problems->len > before)
    return NULL;
  write_node (foreign, root, 0);
  if (!sg_limit_check (SG_LIMIT_ID_MJCF_BYTES, foreign->text->len, _ ("the model with what it includes"),
                       SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE, &error))
    {
      g_ptr_array_add (problems, error);
      return NULL;
    }
  g_ptr_array_add (foreign->files, NULL);
  return g_steal_pointer (&foreign);
}

SgForeign *
sg_foreign_new (const char *path, const char *text, gsize size, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify)g_error_free);
  SgForeign *foreign = sg_foreign_parse (path, text, size, problems);

  if (foreign == NULL)
    g_propagate_error (error, g_error_copy (problems->pdata[0]));
  return foreign;
}

SgForeignKind
sg_foreign_get_kind (const SgForeign *foreign)
{
  return foreign->kind;
}

const char *
sg_foreign_get_text (const SgForeign *foreign)
{
  return foreign->text->str;
}

guint
sg_foreign_n_assets (const SgForeign *foreign)
{
  return foreign->assets->len;
}

const SgForeignAsset *
sg_foreign_get_asset (const SgForeign *foreign, guint i)
{
  return foreign->assets->pdata[i];
}

const char *const *
sg_foreign_get_files (const SgForeign *foreign)
{
  return (const char *const *)foreign->files->pdata;
}

gboolean
sg_foreign_find_line (const SgForeign *foreign, guint line, const char **file, guint *file_line)
{
  if (line == 0 || line > foreign->places->len)
    return FALSE;
  const Place *place = &g_array_index (foreign->places, Place, line - 1);

  *file = place->file;
  *file_line = place->line;
  return TRUE;
}
