/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three tables: elements that are never loaded, how many of each kind there may be where repetitions are
 * multiplied out, and the ranges of numbers that MuJoCo takes as sizes of memory or lengths of loops. */
#include "config.h"

#include "physics/foreign-rules.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/limits.h"
#include "physics/error.h"

#define MAX_PROBLEMS 50
#define LARGEST 1e15 /* no quantity of a mechanism is beyond; MuJoCo's own "infinite" is 1e10 */

static const char *const forbidden[] = {
  "plugin", "extension", /* runs code */
  "attach", "model",     /* a model within a model; within itself it ends the process */
  "composite",           /* gone from MuJoCo 4 */
};

/* -- Counts -- */

typedef struct
{
  const char *tag; /* an element, or what its parent is, with an ending "/" */
  SgLimitId limit;
} Count;

static const Count counts[] = {
  { "body", SG_LIMIT_ID_MODEL_BODIES },
  { "flexcomp", SG_LIMIT_ID_MODEL_BODIES },
  { "link", SG_LIMIT_ID_MODEL_BODIES },
  { "geom", SG_LIMIT_ID_MODEL_PARTS },
  { "joint", SG_LIMIT_ID_MODEL_PARTS },
  { "freejoint", SG_LIMIT_ID_MODEL_PARTS },
  { "site", SG_LIMIT_ID_MODEL_PARTS },
  { "camera", SG_LIMIT_ID_MODEL_FILES },
  { "light", SG_LIMIT_ID_MODEL_FILES },
  { "asset/", SG_LIMIT_ID_MODEL_FILES },
  { "contact/", SG_LIMIT_ID_MODEL_PARTS },
  { "equality/", SG_LIMIT_ID_MODEL_PARTS },
  { "tendon/", SG_LIMIT_ID_MODEL_PARTS },
  { "actuator/", SG_LIMIT_ID_MODEL_PARTS },
  { "sensor/", SG_LIMIT_ID_MODEL_PARTS },
  { "keyframe/", SG_LIMIT_ID_MODEL_FILES },
  { "custom/", SG_LIMIT_ID_MODEL_FILES },
  { "default/", SG_LIMIT_ID_MODEL_PARTS },
};

/* -- Ranges -- */

typedef struct
{
  const char *tag; /* (nullable): any */
  const char *attribute;
  double least, most;
} Range;

static const Range ranges[] = {
  { "option", "timestep", 1e-6, 1 },
  { "option", "iterations", 0, 10000 },
  { "option", "ls_iterations", 0, 10000 },
  { "option", "noslip_iterations", 0, 10000 },
  { "option", "ccd_iterations", 0, 1000 },
  { "option", "sdf_iterations", 0, 1000 },
  { "option", "sdf_initpoints", 0, 1000 },
  { "size", "njmax", -1, 1000000 },
  { "size", "nconmax", -1, 1000000 },
  { "size", "nstack", -1, 1 << 27 },
  { "size", "nkey", -1, 1000 },
  { "size", "nuserdata", -1, 100000 },
  { "size", "nuser_body", -1, 100 },
  { "size", "nuser_jnt", -1, 100 },
  { "size", "nuser_geom", -1, 100 },
  { "size", "nuser_site", -1, 100 },
  { "size", "nuser_cam", -1, 100 },
  { "size", "nuser_tendon", -1, 100 },
  { "size", "nuser_actuator", -1, 100 },
  { "size", "nuser_sensor", -1, 100 },
  { "lengthrange", "inttotal", 0.001, 100 },
  { "lengthrange", "interval", 0, 100 },
  { "lengthrange", "timestep", 1e-4, 1 },
  { "lengthrange", "maxforce", 0, 1e9 },
  { "camera", "resolution", 1, 4096 },
  { "texture", "width", 1, 8192 },
  { "texture", "height", 1, 8192 },
  { "texture", "gridsize", 1, 64 },
  { "hfield", "nrow", 0, 4096 },
  { "hfield", "ncol", 0, 4096 },
  { "mesh", "params", -1e6, 200 },
  { "mesh", "maxhullvert", -1, 200000 },
  { "global", "offwidth", 1, 8192 },
  { "global", "offheight", 1, 8192 },
  { "quality", "shadowsize", 0, 16384 },
  { "quality", "offsamples", 0, 64 },
  { "quality", "numslices", 0, 256 },
  { "quality", "numstacks", 0, 256 },
  { "quality", "numquads", 0, 256 },
  { "replicate", "count", 0, 16000 },
  { "flexcomp", "count", 0, 2000 },
  { "flexcomp", "cellcount", 0, 100 },
  { "flex", "cellcount", 0, 100 },
  { "numeric", "size", 0, 10000 },
  { "user", "dim", 0, 1000 },
  { "contact", "num", 0, 1000 },
  { "skin", "subgrid", 0, 20 },
  { NULL, "nsample", 0, 1000 },
};

/* Attributes whose value is a name or a word, which may well be "Infinity". */
static const char *const words[] = {
  "name", "class", "childclass", "file", "filename", "material", "mesh",
  "texture", "hfield", "body", "body1", "body2", "joint", "joint1",
  "joint2", "geom", "geom1", "geom2", "site", "site1", "site2",
  "tendon", "tendon1", "tendon2", "target", "objname", "refname", "data",
  "sidesite", "cranksite", "slidersite", "actuator", "link", "prefix", "refsite",
  "model", "content_type", "jointinparent", "flex", "bodies", "subtree1", "subtree2"
};

typedef struct
{
  GPtrArray *problems;
  guint64 n[G_N_ELEMENTS (counts)];
  guint64 n_elements;
} Checking;

static void
add (Checking *checking, GError *error)
{
  if (checking->problems->len < MAX_PROBLEMS)
    g_ptr_array_add (checking->problems, error);
  else
    g_error_free (error);
}

static gboolean
is_one_of (const char *word, const char *const *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (word, list[i]))
      return TRUE;
  return FALSE;
}

/* -- Numbers -- */

/* The next number of a list; FALSE at its end or where a word stands. */
static gboolean
next_number (const char **at, double *value)
{
  char *end;

  while (g_ascii_isspace (**at) || **at == ',')
    (*at)++;
  if (**at == '\0')
    return FALSE;
  *value = g_ascii_strtod (*at, &end);
  if (end == *at)
    return FALSE;
  *at = end;
  return TRUE;
}

static const Range *
find_range (const char *tag, const char *attribute)
{
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    if (g_str_equal (ranges[i].attribute, attribute) &&
        (ranges[i].tag == NULL || g_str_equal (ranges[i].tag, tag)))
      return &ranges[i];
  return NULL;
}

/* A word that begins as a number does ("infantry", "2wheels") is none; MuJoCo says so where it wants one. */
static gboolean
is_whole (const char *end)
{
  return *end == '\0' || *end == ',' || g_ascii_isspace (*end);
}

static void
check_numbers (Checking *checking, const SgForeignNode *node, const char *attribute, const char *value)
{
  const Range *range = find_range (node->tag, attribute);
  double number;

  for (const char *at = value; next_number (&at, &number) && is_whole (at);)
    {
      if (!isfinite (number) || fabs (number) > LARGEST)
        {
          add (checking, sg_foreign_error (node, SG_PHYSICS_ERROR_BAD_NUMBER,
                                           _ ("%s is not a finite number of a sensible size: %.40s"),
                                           attribute, value));
          return;
        }
      if (range != NULL && !(number >= range->least && number <= range->most))
        {
          add (checking,
               sg_foreign_error (node, SG_PHYSICS_ERROR_BAD_NUMBER, _ ("%s is %g, not within %g to %g"),
                                 attribute, number, range->least, range->most));
          return;
        }
    }
}

/* "500M": a number and its unit. */
static void
check_memory (Checking *checking, const SgForeignNode *node, const char *value)
{
  static const char units[] = "KMGTPE";
  char *end;
  double bytes = g_ascii_strtod (value, &end);
  const char *unit = *end != '\0' ? strchr (units, g_ascii_toupper (*end)) : NULL;

  if (unit != NULL)
    bytes *= pow (1024, unit - units + 1);
  if (!(bytes <= SG_LIMIT_MODEL_MEMORY))
    add (checking, sg_foreign_error (node, SG_PHYSICS_ERROR_TOO_LARGE,
                                     _ ("memory is %.40s, more than the %d MiB that a model may have"), value,
                                     SG_LIMIT_MODEL_MEMORY >> 20));
}

static void
check_attributes (Checking *checking, const SgForeignNode *node)
{
  for (guint i = 0; node->attributes[i] != NULL; i += 2)
    {
      const char *attribute = node->attributes[i], *value = node->attributes[i + 1];

      if (g_str_equal (node->tag, "size") && g_str_equal (attribute, "memory"))
        check_memory (checking, node, value);
      else if (!is_one_of (attribute, words, G_N_ELEMENTS (words)))
        check_numbers (checking, node, attribute, value);
    }
}

/* -- Products -- */

/* The product of a list of numbers, 1 where there is none; bounded. */
static guint64
product (const SgForeignNode *node, const char *attribute)
{
  const char *at = sg_foreign_node_get (node, attribute);
  double number, result = 1;

  while (at != NULL && next_number (&at, &number))
    result *= CLAMP (number, 1, 1e9);
  return (guint64)MIN (result, 1e12);
}

static void
check_area (Checking *checking, const SgForeignNode *node, const char *a, const char *b)
{
  guint64 area = product (node, a) * product (node, b);

  if (area <= SG_LIMIT_MODEL_TEXELS)
    return;
  g_autofree char *problem = sg_limit_dup_problem (SG_LIMIT_ID_MODEL_TEXELS, area);
  add (checking, sg_foreign_error (node, SG_PHYSICS_ERROR_TOO_LARGE, "%s", problem));
}

static void
count (Checking *checking, guint which, const SgForeignNode *node, guint64 n)
{
  guint64 before = checking->n[which];
  SgLimitId limit = counts[which].limit;
  guint64 most = sg_limit_get (limit)->value;

  checking->n[which] += n;
  if (before > most || checking->n[which] <= most)
    return;
  g_autofree char *problem = sg_limit_dup_problem (limit, checking->n[which]);
  GError *error = sg_foreign_error (node, SG_PHYSICS_ERROR_TOO_LARGE, "%s", problem);

  sg_limit_add_details (&error, limit, checking->n[which]);
  add (checking, error);
}

static gboolean
is_of (const char *kind, const char *tag, const char *parent)
{
  gsize length = strlen (kind);

  if (kind[length - 1] == '/')
    return strlen (parent) == length - 1 && strncmp (kind, parent, length - 1) == 0;
  return g_str_equal (kind, tag);
}

static void
count_node (Checking *checking, const SgForeignNode *node, const char *parent, guint64 times)
{
  guint64 points = g_str_equal (node->tag, "flexcomp") ? product (node, "count") : 1;
  guint64 before = checking->n_elements;

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (is_of (counts[i].tag, node->tag, parent))
      count (checking, i, node, MIN (times * points, G_MAXUINT32));
  checking->n_elements += times;
  if (before > SG_LIMIT_MODEL_ELEMENTS || checking->n_elements <= SG_LIMIT_MODEL_ELEMENTS)
    return;
  g_autofree char *problem = sg_limit_dup_problem (SG_LIMIT_ID_MODEL_ELEMENTS, checking->n_elements);
  add (checking, sg_foreign_error (node, SG_PHYSICS_ERROR_TOO_LARGE, "%s", problem));
}

/* -- The walk -- */

static void
check_node (Checking *checking, const SgForeignNode *node, const char *parent, guint64 times)
{
  if (is_one_of (node->tag, forbidden, G_N_ELEMENTS (forbidden)))
    {
      add (checking,
           sg_foreign_error (node, SG_PHYSICS_ERROR_FORBIDDEN, "%s",
                             g_str_equal (node->tag, "composite")
                               ? _ ("MuJoCo 4 has no composites; use a flexcomp")
                               : _ ("models of other programs are loaded without plugins and without "
                                    "models inside them")));
      return;
    }
  check_attributes (checking, node);
  count_node (checking, node, parent, times);
  if (g_str_equal (node->tag, "texture"))
    check_area (checking, node, "width", "height");
  else if (g_str_equal (node->tag, "hfield"))
    check_area (checking, node, "nrow", "ncol");
  else if (g_str_equal (node->tag, "camera"))
    check_area (checking, node, "resolution", "");
  if (g_str_equal (node->tag, "replicate"))
    times = MIN (times * product (node, "count"), 1000000000);
  for (const SgForeignNode *child = node->first; child != NULL; child = child->next)
    check_node (checking, child, node->tag, times);
}

void
sg_foreign_rules_check (const SgForeignNode *root, GPtrArray *problems)
{
  Checking checking = { .problems = problems };

  check_node (&checking, root, "", 1);
}
