/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line beside the drawing that says what is wrong or was assumed, and where. Of several things it says
 * one, the worst at first; a button shows the next. */
#pragma once

#include <adwaita.h>

#include "app/summary.h"

G_BEGIN_DECLS

#define SG_TYPE_NOTICE (sg_notice_get_type ())
G_DECLARE_FINAL_TYPE (SgNotice, sg_notice, SG, NOTICE, AdwBin)

/* What there is to say (element-type SgNote), none for nothing. The one that is shown stays where all are as
 * before. */
void sg_notice_show_notes (SgNotice *self, GPtrArray *notes);
/* This one thing instead. */
void sg_notice_show (SgNotice *self, const char *text, SgSeverity severity);

/* What is not of the drawing and must be read: before all notes, until the person closes it or it is no
 * longer so (NULL). */
void sg_notice_warn (SgNotice *self, const char *text);

/* As wide as the room that there is, instead of a few words a line. */
void sg_notice_set_narrow (SgNotice *self, gboolean narrow);

G_END_DECLS
