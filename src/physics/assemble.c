/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps from a reading to a spec, in order; each is a file of its own. */
#include "physics/assemble.h"

#include "base/metrics.h"
#include "physics/assemble-private.h"

static void
assembly_init (SgAssembly *assembly, const SgReading *reading, double gravity)
{
  guint n = sg_reading_n_elements (reading);

  *assembly = (SgAssembly){ .reading = reading, .spec = sg_spec_new () };
  assembly->spec->gravity[2] = -gravity;
  assembly->gravity = gravity;
  assembly->said = g_new0 (SgProperties, n + 1);
  assembly->geometry = g_new0 (SgGeometry, n + 1);
  assembly->part_of = g_new0 (int, n + 1);
  assembly->at = g_new0 (SgPoint, sg_reading_n_relations (reading) + 1);
  for (guint i = 0; i < sg_reading_n_relations (reading); i++)
    assembly->at[i] = sg_pose_to_upright (&reading->pose, sg_reading_relation (reading, i)->point);
}

static void
assembly_clear (SgAssembly *assembly)
{
  for (guint i = 0; i < sg_reading_n_elements (assembly->reading); i++)
    sg_geometry_clear (&assembly->geometry[i]);
  g_free (assembly->said);
  g_free (assembly->geometry);
  g_free (assembly->at);
  g_free (assembly->part_of);
  g_array_unref (assembly->parts);
  g_array_unref (assembly->edges);
  g_array_unref (assembly->order);
}

SgSpec *
sg_assemble_under (const SgReading *reading, double gravity)
{
  SG_TIME_BLOCK (SG_OPERATION_ASSEMBLE);
  SgAssembly assembly;

  assembly_init (&assembly, reading, gravity);
  sg_assembly_read_labels (&assembly);
  sg_assembly_straighten (&assembly);
  sg_assembly_take_angles (&assembly);
  sg_assembly_find_parts (&assembly);
  sg_assembly_find_tree (&assembly);
  sg_assembly_settle (&assembly);
  sg_assembly_name_parts (&assembly);
  sg_assembly_add_bodies (&assembly);
  sg_assembly_add_joints (&assembly);
  sg_assembly_add_excludes (&assembly);
  sg_assembly_add_ties (&assembly);
  sg_assembly_add_drives (&assembly);
  sg_assembly_wake (&assembly);
  assembly_clear (&assembly);
  return assembly.spec;
}

SgSpec *
sg_assemble (const SgReading *reading)
{
  return sg_assemble_under (reading, SG_USUAL_GRAVITY);
}
