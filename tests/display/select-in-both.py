#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ink and simulation are one thing seen twice: what is selected in one stands out in the other."""
from simgen_window import Report, Window, wait_for, xdotool

PIN = (300, 200)
BOB = (PIN[0] - 79, PIN[1] + 169)


def selected():
    """Names of the selected parts."""
    return [row.name for row in window.list_rows('Parts of the drawing') if row.is_selected()]


report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
left = window.find('image', 'Simulation').place()[0]
mirrored = (left + BOB[0], BOB[1])  # the views line up: as far from the left, and from the top
bob = (mirrored[0] - 30, mirrored[1] - 30, 60, 60)

wait_for(lambda: window.rests(*bob))
plain = window.picture(*bob)
xdotool('key', 'v', 'mousemove', BOB[0] + 22, BOB[1], 'click', 1)
report.check('selected in the ink it stands out in the simulation', wait_for(lambda: window.picture(*bob) != plain))
window.shot('lit')
xdotool('key', 'Escape', 'sleep', 0.3, 'key', 'Escape')
report.check('Escape lets it go in both', wait_for(lambda: window.picture(*bob) == plain) and not selected(), selected())
xdotool('mousemove', *mirrored, 'click', 1)
report.check('a click in the simulation selects the mark', wait_for(lambda: selected() == ['Ball']), selected())
xdotool('mousemove', left + PIN[0] - 30, PIN[1] + 64, 'click', 1)
report.check('thin things too', wait_for(lambda: selected() == ['Rod']), selected())
xdotool('mousemove', left + 500, 600, 'click', 1)
report.check('a click beside all selects nothing', wait_for(lambda: not selected()), selected())
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
