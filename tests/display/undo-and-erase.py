#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undo, redo and the eraser in the real window, by keys and by the buttons' names."""
import time

from simgen_window import Report, Window, wait_for, xdotool

PAPER = (60, 100, 380, 300)  # x, y, width, height: part of the canvas without controls



def settled():
    """The picture once what was understood shows too; without the pointer, under which marks stand out."""
    xdotool('mousemove', 560, 500)
    last = window.picture(*PAPER)
    while True:
        time.sleep(0.5)
        now = window.picture(*PAPER)
        if now == last:
            return now
        last = now


report = Report()
window = Window()
window.draw([(100, 130), (400, 135)])
report.check('the welcome makes way', wait_for(lambda: not window.has_label('Draw a mechanism')))
one = settled()
window.draw([(100, 250), (400, 255)])
report.check('a second line shows', wait_for(lambda: window.picture(*PAPER) != one))
two = settled()

xdotool('key', 'ctrl+z')
report.check('Ctrl+Z takes it away', wait_for(lambda: window.picture(*PAPER) == one))
xdotool('key', 'ctrl+shift+z')
report.check('Ctrl+Shift+Z brings it back', wait_for(lambda: window.picture(*PAPER) == two))

xdotool('key', 'e')
window.draw([(250, 200), (252, 320)])
xdotool('mousemove', 560, 500)
report.check('the eraser takes the line it crosses', wait_for(lambda: window.picture(*PAPER) == one))
window.press('Undo')
report.check('Undo brings an erased line back', wait_for(lambda: window.picture(*PAPER) == two))
window.press('Undo')
wait_for(lambda: window.picture(*PAPER) == one)
window.press('Undo')
report.check('with all undone the page welcomes again', wait_for(lambda: window.has_label('Draw a mechanism')))
window.press('Play')
report.check('Play on an empty page says what to draw', wait_for(lambda: window.find('status bar') and
             'Draw something' in window.find('status bar').name))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
