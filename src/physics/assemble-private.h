/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the steps of assembly share. assemble.c calls them in order: properties from labels, geometry as it
 * was meant, parts (what moves as one) with their shapes, settling, the tree of hinges, then bodies, ties
 * and drives of the spec. Lengths are page units until a step writes to the spec.
 */
#pragma once

#include "physics/assemble.h"
#include "physics/shape.h"

G_BEGIN_DECLS

/* What labels and the person say of one element; NAN where they say nothing. SI. */
typedef struct
{
  double mass, density, friction, restitution;
  double stiffness, damping;
  double speed, force, angular_speed, angle;
  double length; /* of a rope, of a spring at rest */
} SgProperties;

/* A hinge or slide of the reading, between two parts. */
typedef struct
{
  guint relation;
  int a, b; /* parts; -1: the world */
  gboolean slides;
  gboolean in_tree; /* else it closes a loop */
} SgEdge;

/* Marks that move as one. */
typedef struct
{
  GArray *elements; /* guint */
  GArray *shapes;   /* SgShape, page units */
  guint main;       /* the element that names it */
  gboolean fixed;
  char *name;
  int parent;     /* part; -1: the world */
  int edge;       /* to the parent; -1: none, it moves freely (or is fixed) */
  int root;       /* part at the top of its tree */
  gboolean held;  /* that tree hangs on the world */
  SgPoint center; /* of mass, page units, settled */
  double area;
} SgPart;

typedef struct
{
  const SgReading *reading;
  SgSpec *spec;
  SgProperties *said;   /* by element */
  SgGeometry *geometry; /* by element: straightened copies */
  SgPoint *at;          /* by relation: its point, settled */
  int *part_of;         /* by element; -1 where it is no body */
  GArray *parts;        /* SgPart */
  GArray *edges;        /* SgEdge */
  GArray *order;        /* guint: parts, parents before children */
  double gravity;       /* m/s2 */
} SgAssembly;

static inline SgPart *
sg_assembly_part (const SgAssembly *assembly, guint i)
{
  return &g_array_index (assembly->parts, SgPart, i);
}
static inline SgShape *
sg_part_shape (const SgPart *part, guint i)
{
  return &g_array_index (part->shapes, SgShape, i);
}
static inline SgEdge *
sg_assembly_edge (const SgAssembly *assembly, guint i)
{
  return &g_array_index (assembly->edges, SgEdge, i);
}

/* Half the depth of everything, across the drawing. */
#define SG_ASSEMBLY_HALF_DEPTH 0.05 /* m */

/* World x and z of a page point. */
void sg_assembly_to_world (const SgAssembly *assembly, SgPoint p, double pos[3]);
/* The same in the frame of part `part` (-1: the world). */
void sg_assembly_to_part (const SgAssembly *assembly, int part, SgPoint p, double pos[3]);
/* The part of an element as the spec sees it: -1 for the world, fixed parts included. */
int sg_assembly_mover (const SgAssembly *assembly, int element);
/* A site of its own at page point `p` on the mover `part`. Returns: (transfer none), the site's name. */
const char *sg_assembly_add_site (SgAssembly *assembly, int part, const char *stem, SgPoint p);
double sg_assembly_tree_mass (const SgAssembly *assembly, int root); /* kg */
/* Mass of one shape, labels considered. kg */
double sg_assembly_shape_mass (const SgAssembly *assembly, const SgPart *part, const SgShape *shape);
gboolean sg_assembly_is_around (const SgAssembly *assembly, guint element); /* a rope runs around it */

void sg_assembly_read_labels (SgAssembly *assembly);
void sg_assembly_straighten (SgAssembly *assembly);
void sg_assembly_take_angles (SgAssembly *assembly);
void sg_assembly_find_parts (SgAssembly *assembly);
void sg_assembly_shape_element (SgAssembly *assembly, guint element, GArray *shapes);
void sg_assembly_find_tree (SgAssembly *assembly);
void sg_assembly_settle (SgAssembly *assembly);
void sg_assembly_name_parts (SgAssembly *assembly);
void sg_assembly_add_bodies (SgAssembly *assembly);
void sg_assembly_add_joints (SgAssembly *assembly);
void sg_assembly_add_excludes (SgAssembly *assembly);
void sg_assembly_add_ties (SgAssembly *assembly);
void sg_assembly_add_drives (SgAssembly *assembly);
void sg_assembly_wake (SgAssembly *assembly);

G_END_DECLS
