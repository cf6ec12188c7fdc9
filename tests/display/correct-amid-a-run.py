#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of a part while it moves applies to the running simulation: mass, what it is, undo. The run goes on: its
time never jumps back."""
import re

from simgen_window import Report, Window, wait_for, xdotool

PIN = (300, 200)
BOB = (PIN[0] - 79, PIN[1] + 169)


def now():
    """Simulated seconds, as the transport shows them."""
    minutes, seconds = next(re.fullmatch(r'(\d+):(\d\d\.\d\d)', label).groups() for label in window.labels()
                            if re.fullmatch(r'\d+:\d\d\.\d\d', label))
    return 60 * int(minutes) + float(seconds)


def goes_on(name, begin):
    """The run that was at `begin` seconds before a correction is later now, and still playing."""
    seen = [begin]
    report.check(name, wait_for(lambda: seen.append(now()) or seen[-1] > begin + 0.3), seen[-1])
    report.check('its time never jumped back', seen == sorted(seen), seen[-5:])
    report.check('it is still playing', window.find('push button', 'Pause'))


report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
xdotool('key', 'v', 'mousemove', BOB[0] + 22, BOB[1], 'click', 1)
window.choose('More…')
window.press('Play')
report.check('it plays', wait_for(lambda: now() > 1))

begin = now()
window.type('Mass', '3.5')
report.check('the mass that is typed holds', wait_for(lambda: window.has_row('Parts of the drawing', 'Ball', 'set by you')))
goes_on('the run goes on with it', begin)
begin = now()
xdotool('key', 'ctrl+z')
report.check('undo takes it back', wait_for(lambda: not window.has_row('Parts of the drawing', 'Ball', 'set by you')))
goes_on('the run goes on without it', begin)
begin = now()
xdotool('key', 'Escape', 'sleep', 0.2, 'key', 'p')
window.draw_circle(370, 420, 28)
report.check('a ball drawn meanwhile is there', wait_for(lambda: window.has_label('2 bodies')), window.labels()[:3])
goes_on('the run goes on with it', begin)
window.press('Back to the start')
report.check('a reset begins anew', wait_for(lambda: now() < begin))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
