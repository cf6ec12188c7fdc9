#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Marks that were read as too many or too few: merged and split in the panel; only ink, and all taken back."""
from simgen_window import Report, Window, wait_for, xdotool


def parts():
    return window.rows('Parts of the drawing')


report = Report()
window = Window()
window.draw_circle(120, 220, 36)
window.draw_circle(320, 220, 36)
report.check('two balls are recognised', wait_for(lambda: window.has_label('2 bodies')), window.labels()[:3])

xdotool('key', 'F6')
wait_for(lambda: parts() == ['Ball 1', 'Ball 2'])
xdotool('sleep', 0.3, 'key', 'Down', 'sleep', 0.3, 'key', 'shift+Up', 'sleep', 0.3)
window.press('Merge')
report.check('Merge makes one part of two', wait_for(lambda: len(parts()) == 1), parts())
xdotool('key', 'ctrl+z')
report.check('undo parts them', wait_for(lambda: parts() == ['Ball 1', 'Ball 2']), parts())
xdotool('key', 'ctrl+shift+z')
wait_for(lambda: len(parts()) == 1)
xdotool('key', 'F6', 'sleep', 0.3, 'key', 'F6', 'sleep', 0.3, 'key', 'Home', 'sleep', 0.2, 'key', 'Return')
wait_for(lambda: window.find('list', 'What it is') and window.find('push button', 'Split'))
window.press('Split')
report.check('Split makes a part of each stroke', wait_for(lambda: len(parts()) == 2), parts())

xdotool('key', 'F6', 'sleep', 0.3, 'key', 'F6', 'sleep', 0.3, 'key', 'Home', 'sleep', 0.2, 'key', 'Return')
window.click(lambda: window.find_row('Only ink', 'What it is'))
report.check('only ink is no body', wait_for(lambda: window.has_label('1 body') and 'Only ink' in parts()), parts())
window.press('Reset')
report.check('Reset takes all back that was said', wait_for(lambda: parts() == ['Ball 1', 'Ball 2']), parts())
report.check('and it is a body again', wait_for(lambda: window.has_label('2 bodies')), window.labels()[:3])
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
