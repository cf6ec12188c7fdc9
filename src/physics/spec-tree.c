/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parents' names -> indices. Linear in the number of bodies. */
#include "physics/spec-tree.h"

static GHashTable *
index_names (const SgSpec *spec)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < spec->bodies->len; i++)
    {
      char *name = g_array_index (spec->bodies, SgBody, i).name;

      if (name && !g_hash_table_contains (index, name))
        g_hash_table_insert (index, name, GUINT_TO_POINTER (i));
    }
  return index;
}

static int
find_parent (GHashTable *index, const SgBody *body)
{
  gpointer found;

  if (!body->parent || g_str_equal (body->parent, "world"))
    return SG_TREE_NONE;
  return g_hash_table_lookup_extended (index, body->parent, NULL, &found) ? (int)GPOINTER_TO_UINT (found)
                                                                          : SG_TREE_MISSING;
}

/* Backwards, so that each list of children is in the spec's order. */
static void
link_children (SgSpecTree *tree)
{
  for (guint i = 0; i <= tree->n; i++)
    tree->child[i] = SG_TREE_NONE;
  for (guint i = tree->n; i-- > 0;)
    {
      int parent = tree->parent[i];

      tree->sibling[i] = SG_TREE_NONE;
      if (parent == SG_TREE_MISSING)
        continue;
      guint slot = parent == SG_TREE_NONE ? tree->n : (guint)parent;

      tree->sibling[i] = tree->child[slot];
      tree->child[slot] = (int)i;
    }
}

/* Down from the world without recursion: what a loop of parents holds is never reached. */
static void
measure_depth (SgSpecTree *tree)
{
  int at = tree->child[tree->n];
  guint depth = 1;

  while (at != SG_TREE_NONE)
    {
      tree->depth[at] = depth;
      if (tree->child[at] != SG_TREE_NONE)
        {
          at = tree->child[at];
          depth++;
          continue;
        }
      while (at != SG_TREE_NONE && tree->sibling[at] == SG_TREE_NONE)
        {
          at = tree->parent[at];
          depth--;
        }
      if (at != SG_TREE_NONE)
        at = tree->sibling[at];
    }
}

SgSpecTree *
sg_spec_tree_new (const SgSpec *spec)
{
  SgSpecTree *tree = g_new0 (SgSpecTree, 1);
  g_autoptr (GHashTable) index = index_names (spec);

  tree->n = spec->bodies->len;
  tree->parent = g_new (int, tree->n);
  tree->child = g_new (int, tree->n + 1);
  tree->sibling = g_new (int, tree->n);
  tree->depth = g_new0 (guint, tree->n);
  for (guint i = 0; i < tree->n; i++)
    tree->parent[i] = find_parent (index, &g_array_index (spec->bodies, SgBody, i));
  link_children (tree);
  measure_depth (tree);
  return tree;
}

void
sg_spec_tree_free (SgSpecTree *tree)
{
  if (!tree)
    return;
  g_free (tree->parent);
  g_free (tree->child);
  g_free (tree->sibling);
  g_free (tree->depth);
  g_free (tree);
}
