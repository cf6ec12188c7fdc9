#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Correcting what was recognised, in the real window: by mouse on the ink, by keyboard in the list of parts; undone, read
again, and still in force after a restart."""
from simgen_window import Report, Window, wait_for, walk, xdotool

PIN = (300, 180)
BOB = (PIN[0] - 79, PIN[1] + 169)


def rows(window):
    """Names and descriptions of the rows of parts and choices."""
    return [f'{node.get_name()}, {node.get_description()}' for node in walk(window.root)
            if node.get_role_name() == 'list item']


def has_row(window, *parts):
    return any(all(part in name for part in parts) for name in rows(window))


report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])

# By mouse: the bob is picked on the page and said to be fixed.
xdotool('key', 'v', 'mousemove', BOB[0] + 22, BOB[1], 'click', '1')
window.choose('More…')
report.check('the panel says what it is', wait_for(lambda: has_row(window, 'Moving body')), rows(window))
window.shot('part')
window.click(window.find_row('Fixed body'))
report.check('a click on an alternative holds', wait_for(lambda: has_row(window, 'Fixed body', 'set by you')), rows(window))
window.shot('corrected')
xdotool('key', 'ctrl+z')
report.check('undo takes it back', wait_for(lambda: has_row(window, 'Moving body', '%')), rows(window))
xdotool('key', 'ctrl+shift+z')
report.check('redo says it again', wait_for(lambda: has_row(window, 'Fixed body', 'set by you')), rows(window))

# By keyboard: the rod is found in the list and said to be a rope.
xdotool('key', 'Escape', 'sleep', '0.3', 'key', 'Escape', 'sleep', '0.3', 'key', 'F6')
report.check('F6 shows the list of parts', wait_for(lambda: has_row(window, 'Rod')), rows(window))
window.shot('list')
names = rows(window)
at = next(i for i, name in enumerate(names) if name.startswith('Rod'))
xdotool('key', 'Home', 'sleep', '0.2')
for _ in range(at):
    xdotool('key', 'Down', 'sleep', '0.1')
xdotool('key', 'Return')
report.check('Enter opens the rod', wait_for(lambda: has_row(window, 'Rod, 97') and has_row(window, 'Rope')), rows(window))
choices = rows(window)
first, rope = (next(i for i, name in enumerate(choices) if name.startswith(start)) for start in ('Rod, 97', 'Rope'))
for _ in range(rope - first):
    xdotool('key', 'Down', 'sleep', '0.1')
xdotool('key', 'Return')
report.check('Enter on an alternative holds', wait_for(lambda: has_row(window, 'Rope', 'set by you')), rows(window))
xdotool('key', 'Escape')
report.check('the list shows it', wait_for(lambda: has_row(window, 'Rope', 'set by you') and has_row(window, 'Fixed body')),
             rows(window))
xdotool('key', 'F6', 'sleep', '1')  # the panel slides away, and the page with it

# Read again, with one more mark on the page.
xdotool('key', 'p')
window.draw_circle(370, 450, 30)
xdotool('key', 'F6')
report.check('both hold with one more mark', wait_for(lambda: has_row(window, 'Ball') and has_row(window, 'Rope', 'set by you')
             and has_row(window, 'Fixed body', 'set by you')), rows(window))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())

window = Window()
report.check('after a restart the last sketch is there', wait_for(lambda: window.has_label('body')), window.labels()[:4])
xdotool('key', 'F6')
report.check('and both still hold', wait_for(lambda: has_row(window, 'Rope', 'set by you')
             and has_row(window, 'Fixed body', 'set by you')), rows(window))
window.shot('restarted')
report.check('the window closes again', window.close() == 0)
report.check('nothing is complained of either', not window.complaints(), window.complaints())
report.end()
