/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks whether a drawing may be sent to a host, with the picture and the text that would be sent, byte by
 * byte. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "pipeline/asking.h"

G_BEGIN_DECLS

#define SG_TYPE_CONSENT_DIALOG (sg_consent_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SgConsentDialog, sg_consent_dialog, SG, CONSENT_DIALOG, AdwMessageDialog)

/* Signal "response": "send" or "cancel". `in_the_clear`: says that others of the network can read it. */
GtkWidget *
sg_consent_dialog_new (GtkWindow *parent, const char *host, gboolean in_the_clear, SgAsking *asking);
const char *sg_consent_dialog_get_host (SgConsentDialog *self);

G_END_DECLS
