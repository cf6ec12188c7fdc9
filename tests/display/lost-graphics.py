#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The graphics driver is reset: it is said, and the simulation is seen again as it was."""
from simgen_window import Report, Window, wait_for

report = Report()
window = Window()
window.press('Pendulum')
report.check('the example is there', wait_for(lambda: window.has_label('hinge')), window.labels()[:4])
view = window.find('image', 'Simulation').place()
seen = (view[0] + 4, view[1] + 100, view[2] - 8, view[3] - 200)
wait_for(lambda: window.rests(*seen))
plain = window.picture(*seen)
window.act('lose-graphics')
report.check('a lost GL context is said', wait_for(lambda: window.has_label('graphics driver was reset')))
report.check('and the picture is there again', wait_for(lambda: window.picture(*seen) == plain))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
