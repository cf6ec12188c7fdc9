/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * expat's events as a tree. Whatever is over a bound ends the parsing at once, so that no text costs more
 * memory than a few times its size. */
#include "config.h"

#include "physics/foreign-tree.h"

#include <expat.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/limits.h"
#include "physics/error.h"

struct _SgForeignTree
{
  GStringChunk *strings;
  GPtrArray *nodes; /* SgForeignNode */
};

/* One text under way. */
typedef struct
{
  SgForeignTree *tree;
  XML_Parser parser;
  const char *file;
  GPtrArray *open;     /* SgForeignNode, borrowed: from the root to where it is */
  GPtrArray *last;     /* of each of these the last child, or NULL */
  SgForeignNode *root; /* (nullable) */
  GError *error;       /* (nullable): why it was ended */
} Reading;

static void
node_free (gpointer data)
{
  SgForeignNode *node = data;

  g_free (node->attributes);
  g_free (node);
}

SgForeignTree *
sg_foreign_tree_new (void)
{
  SgForeignTree *tree = g_new (SgForeignTree, 1);

  tree->strings = g_string_chunk_new (4096);
  tree->nodes = g_ptr_array_new_with_free_func (node_free);
  return tree;
}

void
sg_foreign_tree_free (SgForeignTree *tree)
{
  g_string_chunk_free (tree->strings);
  g_ptr_array_unref (tree->nodes);
  g_free (tree);
}

static const char *
keep (SgForeignTree *tree, const char *text)
{
  return g_string_chunk_insert_const (tree->strings, text);
}

static void
add_place (GError **error, const char *file, guint line, guint column)
{
  sg_error_add_text (error, SG_DETAIL_FILE, file);
  sg_error_add_number (error, SG_DETAIL_LINE, line);
  sg_error_add_number (error, SG_DETAIL_COLUMN, column);
}

GError *
sg_foreign_error (const SgForeignNode *node, int code, const char *format, ...)
{
  va_list arguments;
  GError *error = NULL;

  va_start (arguments, format);
  g_autofree char *problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (&error, SG_PHYSICS_ERROR, code, "%s:%u:%u: <%s>: %s", node->file, node->line, node->column,
               node->tag, problem);
  add_place (&error, node->file, node->line, node->column);
  return error;
}

/* Ends the parsing. */
static void
stop (Reading *reading, int code, const char *problem)
{
  guint line = XML_GetCurrentLineNumber (reading->parser);
  guint column = XML_GetCurrentColumnNumber (reading->parser) + 1;

  if (reading->error == NULL)
    {
      g_set_error (&reading->error, SG_PHYSICS_ERROR, code, "%s:%u:%u: %s", reading->file, line, column,
                   problem);
      add_place (&reading->error, reading->file, line, column);
    }
  XML_StopParser (reading->parser, XML_FALSE);
}

static gboolean
is_within (Reading *reading, SgLimitId limit, guint64 figure)
{
  if (figure <= (guint64)sg_limit_get (limit)->value)
    return TRUE;
  g_autofree char *problem = sg_limit_dup_problem (limit, figure);
  stop (reading, SG_PHYSICS_ERROR_TOO_LARGE, problem);
  sg_limit_add_details (&reading->error, limit, figure);
  return FALSE;
}

static SgForeignNode *
node_new (Reading *reading, const char *tag, const char **attributes, guint n)
{
  SgForeignNode *node = g_new0 (SgForeignNode, 1);

  node->tag = keep (reading->tree, tag);
  node->file = reading->file;
  node->line = XML_GetCurrentLineNumber (reading->parser);
  node->column = XML_GetCurrentColumnNumber (reading->parser) + 1;
  node->attributes = g_new0 (const char *, 2 * n + 1);
  for (guint i = 0; i < 2 * n; i++)
    node->attributes[i] = i % 2 == 0 ? keep (reading->tree, attributes[i])
                                     : g_string_chunk_insert (reading->tree->strings, attributes[i]);
  g_ptr_array_add (reading->tree->nodes, node);
  return node;
}

static void
add_to_parent (Reading *reading, SgForeignNode *node)
{
  guint depth = reading->open->len;

  if (depth == 0)
    {
      reading->root = node;
      return;
    }
  SgForeignNode *parent = reading->open->pdata[depth - 1], *before = reading->last->pdata[depth - 1];

  if (before != NULL)
    before->next = node;
  else
    parent->first = node;
  reading->last->pdata[depth - 1] = node;
}

static void XMLCALL
start_cb (void *data, const char *tag, const char **attributes)
{
  Reading *reading = data;
  guint n = 0;

  if (reading->error != NULL)
    return;
  while (attributes[2 * n] != NULL)
    n++;
  if (!is_within (reading, SG_LIMIT_ID_MODEL_DEPTH, reading->open->len + 1) ||
      !is_within (reading, SG_LIMIT_ID_MODEL_ATTRIBUTES, n) ||
      !is_within (reading, SG_LIMIT_ID_MODEL_ELEMENTS, reading->tree->nodes->len + 1))
    return;
  SgForeignNode *node = node_new (reading, tag, attributes, n);

  add_to_parent (reading, node);
  g_ptr_array_add (reading->open, node);
  g_ptr_array_add (reading->last, NULL);
}

static void XMLCALL
end_cb (void *data, const char *tag)
{
  Reading *reading = data;

  if (reading->open->len == 0) /* it was ended at the root */
    return;
  g_ptr_array_set_size (reading->open, reading->open->len - 1);
  g_ptr_array_set_size (reading->last, reading->last->len - 1);
}

/* Entities can grow without bound and can name files. */
static void XMLCALL
doctype_cb (void *data, const char *name, const char *system, const char *public, int has_internal)
{
  stop (data, SG_PHYSICS_ERROR_FORBIDDEN, _ ("a document type (<!DOCTYPE>) is not read"));
}

static void
tell_malformed (Reading *reading)
{
  const char *what = XML_ErrorString (XML_GetErrorCode (reading->parser));

  stop (reading, SG_PHYSICS_ERROR_XML, what != NULL ? what : _ ("this is not XML"));
}

SgForeignNode *
sg_foreign_tree_parse (
  SgForeignTree *tree, const char *file, const char *text, gsize size, GError **error)
{
  Reading reading = { tree, XML_ParserCreate (NULL), keep (tree, file), .root = NULL };

  if (!sg_limit_check (SG_LIMIT_ID_MJCF_BYTES, size, file, SG_PHYSICS_ERROR, SG_PHYSICS_ERROR_TOO_LARGE,
                       error))
    {
      XML_ParserFree (reading.parser);
      return NULL;
    }
  reading.open = g_ptr_array_new ();
  reading.last = g_ptr_array_new ();
  XML_SetUserData (reading.parser, &reading);
  XML_SetElementHandler (reading.parser, start_cb, end_cb);
  XML_SetStartDoctypeDeclHandler (reading.parser, doctype_cb);
  if (XML_Parse (reading.parser, text, (int)size, XML_TRUE) == XML_STATUS_ERROR && reading.error == NULL)
    tell_malformed (&reading);
  XML_ParserFree (reading.parser);
  g_ptr_array_unref (reading.open);
  g_ptr_array_unref (reading.last);
  if (reading.error != NULL)
    {
      g_propagate_error (error, reading.error);
      return NULL;
    }
  return reading.root;
}

/* -- Nodes -- */

static int
find_attribute (const SgForeignNode *node, const char *attribute)
{
  for (int i = 0; node->attributes[i] != NULL; i += 2)
    if (g_str_equal (node->attributes[i], attribute))
      return i;
  return -1;
}

const char *
sg_foreign_node_get (const SgForeignNode *node, const char *attribute)
{
  int i = find_attribute (node, attribute);

  return i >= 0 ? node->attributes[i + 1] : NULL;
}

void
sg_foreign_node_set (SgForeignTree *tree, SgForeignNode *node, const char *attribute, const char *value)
{
  int i = find_attribute (node, attribute);

  if (i < 0)
    {
      for (i = 0; node->attributes[i] != NULL;)
        i += 2;
      node->attributes = g_renew (const char *, node->attributes, i + 3);
      node->attributes[i] = keep (tree, attribute);
      node->attributes[i + 2] = NULL;
    }
  node->attributes[i + 1] = g_string_chunk_insert (tree->strings, value);
}

void
sg_foreign_node_unset (SgForeignNode *node, const char *attribute)
{
  int i = find_attribute (node, attribute);

  if (i < 0)
    return;
  do
    node->attributes[i] = node->attributes[i + 2];
  while (node->attributes[i++] != NULL);
}
