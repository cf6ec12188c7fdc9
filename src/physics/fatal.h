/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * MuJoCo's fatal errors as return values. MuJoCo ends the process where it meets one, in a compile as in a
 * step; under sg_fatal_catch the call that met it is left by a jump instead. Any thread; catches nest.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Routes MuJoCo's log here: fatal errors to the catch of the thread that met them, the rest to GLib's debug
 * messages (a diverging step is read from mjData.warning, not from the log). Idempotent, any thread. */
void sg_fatal_init (void);

/* Runs `work (data)`. FALSE where MuJoCo raised a fatal error in it: `message` (transfer full) then has its
 * text, and what `work` was filling may be half done: an mjData must be reset before it is used again, and
 * what MuJoCo had allocated for itself is lost. `work` must hold no lock and own no memory across its calls
 * of MuJoCo. */
gboolean sg_fatal_catch (void (*work) (gpointer data), gpointer data, char **message);

G_END_DECLS
