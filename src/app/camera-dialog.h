/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Takes a picture with the camera: asks for leave, shows what it sees, and what was taken until it is good.
 * Where there is no camera, or no leave, it says why in place. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SG_TYPE_CAMERA_DIALOG (sg_camera_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SgCameraDialog, sg_camera_dialog, SG, CAMERA_DIALOG, AdwWindow)

/* Signal: "taken" (GdkTexture *picture)  it is to be used; the dialog goes. */
SgCameraDialog *sg_camera_dialog_new (GtkWindow *parent);

G_END_DECLS
