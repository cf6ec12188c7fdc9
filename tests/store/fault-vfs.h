/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A disk that fails when it is told to: a shim over SQLite's own VFS for every database that this process
 * opens.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_WRITE, /* a write to a database or its log */
  FAULT_SYNC,
  FAULT_READ
} FaultKind;

void fault_vfs_install (void);

/* Lets `n_good` more operations of the kind go well; all of that kind after them fail with SQLite's
 * `result`. */
void fault_vfs_arm (FaultKind kind, int n_good, int result);
void fault_vfs_disarm (void);
gboolean fault_vfs_has_failed (void); /* since it was armed */

G_END_DECLS
