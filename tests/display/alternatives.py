#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A click on a mark shows at the mark what it may be; a choice there corrects it. By mouse, by keyboard, and never in the
way of drawing."""
import re

from simgen_window import Report, Window, wait_for, xdotool

PIN = (300, 200)
BOB = (PIN[0] - 79, PIN[1] + 169)
RIM = (BOB[0] + 22, BOB[1])


def choices():
    return window.rows('Alternatives')


def is_open():
    return bool(choices())


def paper():
    """How wide it is: less with the panel beside it."""
    return window.find('image', 'Drawing').place()[2]


def click(x, y, button=1):
    xdotool('mousemove', x, y, 'sleep', 0.1, 'click', button)


report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])

wide = paper()
xdotool('key', 'v')
click(*RIM)
report.check('a click on the bob says what it is', wait_for(lambda: choices() and re.fullmatch(r'Ball, \d+ %', choices()[0])),
             choices())
report.check('and what it may be', any(c == 'Fixed body' for c in choices()) and choices()[-2:] == ['Only ink', 'More…'])
report.check('the panel stays away', paper() == wide)
window.shot('popover')
xdotool('key', 'Escape')
report.check('Escape closes it', wait_for(lambda: not is_open()))
click(*RIM)
wait_for(is_open)
window.choose('Fixed body')
report.check('a choice corrects the mark', wait_for(lambda: 'Fixed body' in window.rows('Parts of the drawing')))
report.check('and closes', not is_open())
xdotool('key', 'ctrl+z')
report.check('undo takes it back', wait_for(lambda: 'Fixed body' not in window.rows('Parts of the drawing')))

# A click within the bounds of what is selected picks what is under it.
click(PIN[0] + 80, PIN[1])
report.check('the ceiling is ground', wait_for(lambda: choices() and choices()[0].startswith('Ground')), choices())
click(BOB[0] + 44, BOB[1] - 94)
report.check('the rod beside it is a rod', wait_for(lambda: choices() and choices()[0].startswith('Rod')), choices())
xdotool('key', 'Escape', 'sleep', 0.2, 'key', 'Escape')

# The pen goes on drawing, on marks and while the choices are shown.
xdotool('key', 'p')
click(*RIM, button=3)
report.check('the right button asks with any tool', wait_for(is_open))
window.draw_circle(PIN[0] - 150, PIN[1] + 330, 28)  # the choices are on the right of the bob
report.check('a stroke closes the choices', wait_for(lambda: not is_open()))
report.check('and is drawn', wait_for(lambda: window.has_label('2 bodies')), window.labels()[:3])
window.draw([(BOB[0] - 60, BOB[1] - 2), (BOB[0] + 60, BOB[1] + 2)])
report.check('a stroke across a mark is drawn too', wait_for(lambda: window.has_label('3 bodies') or
             not window.has_label('2 bodies')), window.labels()[:3])
xdotool('key', 'ctrl+z')
wait_for(lambda: window.has_label('2 bodies'))

# By keyboard: from the list of parts, and on the selected mark.
xdotool('key', 'F6')
wait_for(lambda: window.find_row('Ball 1'))
xdotool('key', 'End', 'sleep', 0.2, 'key', 'shift+F10')
report.check('the list opens it', wait_for(lambda: choices() and choices()[0].startswith('Ball')), choices())
xdotool('key', 'Down', 'sleep', 0.1, 'key', 'Escape')
report.check('Escape closes it there', wait_for(lambda: not is_open()))
xdotool('key', 'Menu')
wait_for(is_open)
at = choices().index('Only ink')
for _ in range(at):
    xdotool('key', 'Down', 'sleep', 0.1)
xdotool('key', 'Return')
report.check('Enter on a choice corrects it', wait_for(lambda: window.has_label('1 body')), window.labels()[:3])
report.check('the list shows it', wait_for(lambda: window.find_row('Only ink')))
xdotool('key', 'ctrl+z')
wait_for(lambda: window.has_label('2 bodies') and any(row.is_selected() for row in window.list_rows('Parts of the drawing')))
xdotool('key', 'F6')
wait_for(lambda: paper() == wide)
xdotool('key', 'Menu')
report.check('the Menu key on the paper opens it too', wait_for(is_open), choices())
xdotool('key', 'End', 'sleep', 0.1, 'key', 'Return')
report.check('More… opens the panel', wait_for(lambda: window.find('list', 'Drawn as') and paper() < wide))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
