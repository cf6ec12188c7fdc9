/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person reads for the things of a model: the names that the list of parts has ("Ball 2"), for the
 * model's own ("ball2"), which are those of exports. Immutable, reference-counted; any thread. Everything
 * here takes NULL for a model that nobody drew, whose own names are all there are.
 */
#pragma once

#include "pipeline/pipeline.h"
#include "sim/quantity.h"

G_BEGIN_DECLS

typedef struct _SgThingNames SgThingNames;

/* Those of a scene (nullable); the scene is not needed any longer. */
SgThingNames *sg_thing_names_new (const SgScene *scene);
SgThingNames *sg_thing_names_ref (SgThingNames *self);
void sg_thing_names_unref (SgThingNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgThingNames, sg_thing_names_unref)

/* `kind`: body, joint, tendon, actuator, sensor, equality; `name` (nullable) in the model. Returns:
 * (transfer none) (nullable): nothing was drawn as it. */
const char *sg_thing_names_find (const SgThingNames *self, mjtObj kind, const char *name);

/* The same for any kind, bodies first. */
const char *sg_thing_names_find_any (const SgThingNames *self, const char *name);

/* "Ball 2" of a quantity's thing; the model's own name, or a number, where there is no other. Returns:
 * (transfer full). */
char *sg_thing_names_of_quantity (const SgThingNames *self, const SgQuantity *quantity);

/* "Ball 2: Height", for legends; of the whole "Total energy". Returns: (transfer full). */
char *sg_thing_names_say_quantity (const SgThingNames *self, const SgQuantity *quantity);

/* A text that calls things by the model's names, with those of the list. Returns:
 * (transfer full). */
char *sg_thing_names_in_text (const SgThingNames *self, const char *text);

G_END_DECLS
