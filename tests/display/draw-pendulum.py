#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole path in the real window: draw a pendulum with the mouse, see it recognised, press Play, see it move; after a
restart it is there again."""
import time

from simgen_window import Report, Window, wait_for

PIN = (300, 170)
VIEW = (620, 130, 480, 480)  # x, y, width, height of a part of the simulation's picture without controls
PLAY_SECONDS = 3

report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
report.check('and one body', window.has_label('1 body'))

still = window.picture(*VIEW)
report.check('Play is pressed by its name', window.press('Play'))
report.check('the button now says Pause', wait_for(lambda: window.find('push button', 'Pause')))
report.check('the picture of the simulation changes', wait_for(lambda: window.picture(*VIEW) != still))

began, frames_before, updates_before = window.measure()
time.sleep(PLAY_SECONDS)
ended, frames_after, updates_after = window.measure()
seconds = ended - began
frames, updates = frames_after - frames_before, updates_after - updates_before
report.check('frames are drawn while it plays', frames >= 5, f'{frames / seconds:.1f} frames a second')
report.check('the figures change, at most 10 times a second', 0 < updates <= 10 * seconds + 1,
             f'{updates / seconds:.1f} changes a second')

window.press('Pause')
report.check('it stops', wait_for(lambda: window.find('push button', 'Play')))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())

window = Window()
report.check('after a restart the sketch is back', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
window.press('Kept sketches')
report.check('and its run is in the history', wait_for(lambda: window.has_label('1 run')))
window.end()
report.check('nothing is complained of after the restart', not window.complaints(), window.complaints())
report.end()
