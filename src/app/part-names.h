/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The parts of a drawing in the words of a physics class: what a mark is called, and which properties it has.
 * Any thread.
 */
#pragma once

#include "vision/reading.h"

G_BEGIN_DECLS

/* "Ball", "Rod", "Pin"; translated. */
const char *sg_part_name (const SgElement *element);
/* What the person calls it; else the name, with a number where the reading has several of that name: "Ball
 * 2". (transfer full) */
char *sg_part_full_name (const SgReading *reading, guint element);
/* Those of all elements, at their index. Returns: (transfer full) (element-type utf8). */
GPtrArray *sg_part_full_names (const SgReading *reading);
/* "circle", "straight line": how it is drawn; translated. */
const char *sg_part_kind_name (SgKind kind);
/* Drawn as one line, straight or not: what can be a rod, the ground or a rope. */
gboolean sg_part_is_path (SgKind kind);
/* What the list says beside the name: how it is drawn, what a text reads; NULL where the name says it all.
 * (transfer full) (nullable) */
char *sg_part_drawing (const SgElement *element);
/* A material of the contract ("steel") in the person's language. */
const char *sg_part_material_name (const char *material);
char *sg_part_percent (double confidence); /* 0.97: "97 %"; (transfer full) */
/* "97 %", "43 %, uncertain", "set by you". (transfer full) */
char *sg_part_confidence (const SgElement *element);
/* Below it a reading is shown as a question. */
gboolean sg_part_is_uncertain (const SgElement *element);

/* Whether a mark of that role has the property, and what it is called there; NULL where it has not. */
const char *sg_part_property_name (SgRole role, SgKind kind, SgProperty property);
const char *sg_part_property_unit (SgRole role, SgProperty property); /* "" where it has none */

G_END_DECLS
