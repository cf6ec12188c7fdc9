#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undo, redo, both erasers and the shape tool in the real window, by keys and by the buttons' names."""
import time

from simgen_window import Report, Window, wait_for, xdotool

PAPER = (60, 100, 380, 300)  # x, y, width, height: part of the canvas without controls



def has_ink(x, y):
    """Whether there is dark ink within 8 pixels above or below."""
    pixels = window.picture(x, y - 8, 1, 16)
    return any(sum(pixels[i:i + 3]) < 300 for i in range(0, len(pixels), len(pixels) // 16))


def button(name):
    return window.find('push button', name) or window.find('toggle button', name)


def drag_and_escape(start, end):
    xdotool('mousemove', *start, 'mousedown', '1', 'mousemove', *end, 'sleep', '0.1', 'key', 'Escape', 'mousemove',
            end[0] + 30, end[1], 'mouseup', '1', 'mousemove', 560, 500)


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

xdotool('key', 'shift+e')
window.draw([(250, 220), (252, 285)])
report.check('the other eraser takes only what it passes over',
             wait_for(lambda: not has_ink(251, 252)) and has_ink(150, 250) and has_ink(350, 254))
window.shot('cut')
xdotool('key', 'ctrl+z', 'mousemove', 560, 500)
report.check('one undo mends it', wait_for(lambda: window.picture(*PAPER) == two))
drag_and_escape((250, 220), (250, 285))
report.check('Escape takes a drag back', wait_for(lambda: window.picture(*PAPER) == two))
xdotool('key', 'shift+e')
report.check('the first eraser is back', wait_for(lambda: button('Eraser')))

window.press('Shape: line')
report.check('the shapes are asked for', wait_for(lambda: button('Spring')))
window.shot('shapes')
window.press('Box')
report.check('one is chosen', wait_for(lambda: button('Shape: box')))
drag_and_escape((110, 300), (230, 370))
report.check('Escape takes a shape back', wait_for(lambda: window.picture(*PAPER) == two))
window.draw([(110, 300), (230, 370)])
report.check('a box is drawn by its corners', wait_for(lambda: has_ink(170, 300)) and has_ink(170, 370))
report.check('and only its outline', not has_ink(170, 335))
xdotool('key', 'ctrl+z', 'mousemove', 560, 500)
report.check('one undo takes it', wait_for(lambda: window.picture(*PAPER) == two))
xdotool('key', 'p')
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
