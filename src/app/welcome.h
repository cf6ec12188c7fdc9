/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an empty page says: what to do, and the examples. It lies on the canvas and lets strokes through
 * everywhere but on its cards and its button. Where the page is too low for all, the button is the first to
 * go, then the cards. */
#pragma once

#include <gtk/gtk.h>

#include "sketch/page.h"

G_BEGIN_DECLS

#define SG_TYPE_WELCOME (sg_welcome_get_type ())
G_DECLARE_FINAL_TYPE (SgWelcome, sg_welcome, SG, WELCOME, GtkWidget)

/* Signals: "chosen" (SgPage *): an example's page; "loaded": the examples are there. */
guint sg_welcome_get_n_examples (SgWelcome *self);

/* Shows one row of cards instead of all: a narrow page has no paper to draw on else. */
void sg_welcome_set_narrow (SgWelcome *self, gboolean narrow);

GtkWidget *sg_welcome_get_tour_button (SgWelcome *self); /* (transfer none) */

/* (transfer none) (nullable): the example whose title begins so, else the first. */
SgPage *sg_welcome_find_example (SgWelcome *self, const char *title);

G_END_DECLS
