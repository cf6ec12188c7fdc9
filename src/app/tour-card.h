/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The strip that says what the tour asks for now. */
#pragma once

#include <adwaita.h>

#include "app/tour.h"

G_BEGIN_DECLS

#define SG_TYPE_TOUR_CARD (sg_tour_card_get_type ())
G_DECLARE_FINAL_TYPE (SgTourCard, sg_tour_card, SG, TOUR_CARD, AdwBin)

/* Signal: "closed": the person has had enough of it, or has been through. */
SgTourCard *sg_tour_card_new (void);
void sg_tour_card_look (SgTourCard *self, const SgTourSight *sight); /* goes on where a step is done */

G_END_DECLS
