#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Correcting what was recognised, in the real window: by mouse on the ink, by keyboard in the list of parts; undone, read
again, and still in force after a restart."""
from simgen_window import Report, Window, wait_for, xdotool

PIN = (300, 180)
BOB = (PIN[0] - 79, PIN[1] + 169)


def has_row(*parts):
    """Whether a row of any list says all that."""
    return window.has_row(None, *parts)


report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])

# By mouse: the bob is picked on the page and said to be fixed.
xdotool('key', 'v', 'mousemove', BOB[0] + 22, BOB[1], 'click', '1')
window.choose('More…')
report.check('the panel says what it is', wait_for(lambda: has_row('Moving body')), window.sayings())
window.shot('part')
window.click(lambda: window.find_row('Fixed body', 'What it is'))
report.check('a click on an alternative holds', wait_for(lambda: has_row('Fixed body', 'set by you')), window.sayings())
window.shot('corrected')
xdotool('key', 'ctrl+z')
report.check('undo takes it back', wait_for(lambda: has_row('Moving body', '%')), window.sayings())
xdotool('key', 'ctrl+shift+z')
report.check('redo says it again', wait_for(lambda: has_row('Fixed body', 'set by you')), window.sayings())

# By keyboard: the rod is found in the list and said to be a rope.
xdotool('key', 'Escape', 'sleep', '0.3', 'key', 'Escape', 'sleep', '0.3', 'key', 'F6')
report.check('F6 shows the list of parts', wait_for(lambda: has_row('Rod')), window.sayings())
window.shot('list')
names = window.sayings()
at = next(i for i, name in enumerate(names) if name.startswith('Rod'))
xdotool('key', 'Home', 'sleep', '0.2')
for _ in range(at):
    xdotool('key', 'Down', 'sleep', '0.1')
xdotool('key', 'Return')
report.check('Enter opens the rod', wait_for(lambda: has_row('Rod, 97') and has_row('Rope')), window.sayings())
choices = window.sayings()
first, rope = (next(i for i, name in enumerate(choices) if name.startswith(start)) for start in ('Rod, 97', 'Rope'))
for _ in range(rope - first):
    xdotool('key', 'Down', 'sleep', '0.1')
xdotool('key', 'Return')
report.check('Enter on an alternative holds', wait_for(lambda: has_row('Rope', 'set by you')), window.sayings())
xdotool('key', 'Escape')
report.check('the list shows it', wait_for(lambda: has_row('Rope', 'set by you') and has_row('Fixed body')),
             window.sayings())
xdotool('key', 'F6', 'sleep', '1')  # the panel slides away, and the page with it

# Read again, with one more mark on the page.
xdotool('key', 'p')
window.draw_circle(370, 450, 30)
xdotool('key', 'F6')
report.check('both hold with one more mark', wait_for(lambda: has_row('Ball') and has_row('Rope', 'set by you')
             and has_row('Fixed body', 'set by you')), window.sayings())
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())

window = Window()
report.check('after a restart the last sketch is there', wait_for(lambda: window.has_label('body')), window.labels()[:4])
xdotool('key', 'F6')
report.check('and both still hold', wait_for(lambda: has_row('Rope', 'set by you')
             and has_row('Fixed body', 'set by you')), window.sayings())
window.shot('restarted')
report.check('the window closes again', window.close() == 0)
report.check('nothing is complained of either', not window.complaints(), window.complaints())
report.end()
