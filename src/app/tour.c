/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps. */
#include "config.h"

#include "app/tour.h"

#include <glib/gi18n.h>

static gboolean
is_done (SgTourStep step, const SgTourSight *sight)
{
  switch (step)
    {
    case SG_TOUR_JOIN:
      return sight->n_hinges > 0;
    case SG_TOUR_PLAY:
      return sight->playing;
    case SG_TOUR_PULL:
      return sight->pulling;
    case SG_TOUR_SAY:
      return sight->said;
    case SG_TOUR_UNDO:
      return sight->can_redo;
    case SG_TOUR_END:
    default:
      return FALSE;
    }
}

SgTourStep
sg_tour_advance (SgTourStep step, const SgTourSight *sight)
{
  return is_done (step, sight) ? step + 1 : step;
}

const char *
sg_tour_text (SgTourStep step)
{
  switch (step)
    {
    case SG_TOUR_JOIN:
      return _ ("This pendulum lacks its rod. Draw it: a line from the pin under the ceiling to the ball.");
    case SG_TOUR_PLAY:
      return _ ("That is a pendulum now. Press Play, or the space bar.");
    case SG_TOUR_PULL:
      return _ ("It swings. Take the ball in the simulation, pull at it and let it go.");
    case SG_TOUR_SAY:
      return _ ("Words change it, too: write “moon gravity” in the line of words and press Enter.");
    case SG_TOUR_UNDO:
      return _ ("It swings as on the Moon. Take that back: Ctrl+Z, or Undo below the drawing.");
    case SG_TOUR_END:
    default:
      return _ ("That is all it takes. F1 tells the rest; a new page is at the plus.");
    }
}
