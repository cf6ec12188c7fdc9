/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desk as a tab: whether it is seen, and what goes on there.
 *
 *   plays -- another tab is seen, not recorded nor shared --> paused, to go on -- seen --> plays
 *                                                                  |
 *                                                                  +-- paused by its person meanwhile: rests
 */
#include "config.h"

#include "app/desk-private.h"

SgDeskActivity
sg_desk_get_activity (SgDesk *self)
{
  gboolean playing = sg_mechanism_get_playing (self->mechanism);

  if (playing && sg_run_recorder_is_under_way (sg_mechanism_get_recorder (self->mechanism)))
    return SG_DESK_RECORDS;
  if (self->share != NULL)
    return SG_DESK_IS_SHARED;
  return playing || self->goes_on ? SG_DESK_PLAYS : SG_DESK_RESTS;
}

/* A part of the past that is replayed does not: to play would be to simulate from there. */
static gboolean
can_go_on (SgDesk *self)
{
  SgScene *scene = sg_mechanism_get_scene (self->mechanism);
  SgSimulationStats stats;

  sg_simulation_get_stats (sg_mechanism_get_simulation (self->mechanism), &stats);
  return stats.replaying == 0 || (scene != NULL && scene->motion != NULL);
}

void
sg_desk_set_seen (SgDesk *self, gboolean seen)
{
  /* GTK 4.8 tells assistive technology of all pages, seen or not */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, !seen, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->header), GTK_ACCESSIBLE_STATE_HIDDEN, !seen, -1);
  if (!seen && sg_desk_get_activity (self) == SG_DESK_PLAYS)
    {
      self->goes_on = can_go_on (self);
      sg_mechanism_pause (self->mechanism);
    }
  else if (seen && self->goes_on)
    {
      self->goes_on = FALSE;
      sg_mechanism_play (self->mechanism);
    }
}
