/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The spec's bodies as the tree that their parents' names make, by index. */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

#define SG_TREE_NONE -1    /* no child, no sibling; as a parent: the world */
#define SG_TREE_MISSING -2 /* as a parent: no body has that name */

typedef struct
{
  guint n;      /* bodies */
  int *parent;  /* n */
  int *child;   /* n + 1; the first child of each body, at [n] that of the world */
  int *sibling; /* n; the next child of the same parent, in the spec's order */
  guint *depth; /* n; 1: a child of the world; 0: not connected to it (a loop, a missing parent) */
} SgSpecTree;

/* Of bodies with the same name the first counts. */
SgSpecTree *sg_spec_tree_new (const SgSpec *spec);
void sg_spec_tree_free (SgSpecTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgSpecTree, sg_spec_tree_free)

G_END_DECLS
