/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that SimGen wants from tesseract, which reads printed text where it is installed. It is looked for when
 * it is first needed, not when SimGen is built or started: no package has to depend on it, a sandbox without
 * it runs as well, and one who installs it later has it at once. A reader belongs to one thread at a time;
 * what it reads does not depend on what it read before. Internal to vision.
 */
#pragma once

#include "base/geometry.h"
#include "vision/budget.h"

G_BEGIN_DECLS

typedef struct _SgTesseract SgTesseract;

/* Whether the library is there: found out once a process. */
gboolean sg_tesseract_is_installed (void);

/* NULL where tesseract, or its English, is not installed. Takes some 50 ms. */
SgTesseract *sg_tesseract_new (void);
void sg_tesseract_free (SgTesseract *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgTesseract, sg_tesseract_free)

/* Reads one line of print: `grey` is rows of bytes without padding, dark on light, capitals some 30 pixels
 * high. `confidence` (out): 0..1, of the word that is least sure; `box` (out): where the words are, in
 * pixels. NULL where there are none, or where `budget` ends. Returns: (transfer full). */
char *sg_tesseract_read_line (SgTesseract *self,
                              const guint8 *grey,
                              int width,
                              int height,
                              SgBudget *budget,
                              double *confidence,
                              SgRect *box);

G_END_DECLS
