/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The elements of a model's text that SimGen did not write, read with bounds: levels, attributes, elements.
 * No document type, so no entities. Internal to the foreign model's files.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SgForeignNode SgForeignNode;

struct _SgForeignNode
{
  const char *tag;
  const char **attributes; /* name, value, name, value, …, NULL */
  const char *file;        /* from the model's folder */
  guint line, column;      /* from 1 */
  SgForeignNode *first;    /* (nullable) */
  SgForeignNode *next;     /* (nullable) */
};

typedef struct _SgForeignTree SgForeignTree;

SgForeignTree *sg_foreign_tree_new (void);
void sg_foreign_tree_free (SgForeignTree *tree); /* and all its nodes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgForeignTree, sg_foreign_tree_free)

/* Reads one file's text; all files of one tree share the limit of elements. Errors: physics.xml,
 * physics.forbidden, physics.too-large. Returns: (transfer none): the root element. */
SgForeignNode *sg_foreign_tree_parse (
  SgForeignTree *tree, const char *file, const char *text, gsize size, GError **error);

/* (nullable) */
const char *sg_foreign_node_get (const SgForeignNode *node, const char *attribute);
/* `value` is copied; an attribute that is not there is added. */
void sg_foreign_node_set (SgForeignTree *tree,
                          SgForeignNode *node,
                          const char *attribute,
                          const char *value);
void sg_foreign_node_unset (SgForeignNode *node, const char *attribute);

/* An error at a node: "arm.xml:12:3: <mesh>: …", with the details file, line and column. */
GError *sg_foreign_error (const SgForeignNode *node, int code, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
