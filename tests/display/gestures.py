#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pen's gestures in the real window: a scribble deletes, one undo brings all back; a stroke held at its end becomes
straight, one undo gives the ink back, the next takes it; a spring is drawn all the same."""
import math

from simgen_window import Report, Window, wait_for, xdotool

PAPER = (60, 100, 480, 440)  # x, y, width, height: part of the canvas without controls
REST = (560, 620)  # where the pointer covers nothing


def zigzag(x, y, dx, dy, n, length):
    """`n` passes across the way from (x, y) to (x + dx, y + dy)."""
    norm = math.hypot(dx, dy)
    across = (-dy / norm * length / 2, dx / norm * length / 2)
    return [(x + dx * i / n + across[0] * (-1) ** i, y + dy * i / n + across[1] * (-1) ** i) for i in range(n + 1)]


def paper():
    xdotool('mousemove', *REST)
    return window.picture(*PAPER)


report = Report()
window = Window()
window.draw([(120, 200), (420, 202)])
window.draw_circle(240, 330, 40)
report.check('a line and a ball are drawn', wait_for(lambda: window.has_label('1 body') or window.has_label('bodies')),
             window.labels()[:4])
drawn = paper()

window.draw(zigzag(190, 330, 100, 0, 14, 110))
report.check('a scribble says that it deleted', wait_for(lambda: window.has_label('Deleted')))
report.check('the ball is gone', paper() != drawn)
report.check('its hint brings it back', window.press('Bring Back') and wait_for(lambda: paper() == drawn))

window.draw(zigzag(420, 210, 0, 120, 10, 34))
report.check('a spring is a spring', wait_for(lambda: window.has_label('1 spring')), window.labels()[:4])
xdotool('key', 'ctrl+z')
report.check('undone', wait_for(lambda: paper() == drawn))

wave = [(120 + 3 * i, 460 + 4 * math.sin(i / 4)) for i in range(90)]
window.draw(wave)
wavy = paper()
xdotool('key', 'ctrl+z')
wait_for(lambda: paper() == drawn)
window.draw(wave, hold=1.2)
straight = paper()
report.check('a held stroke is another than one that is not', straight != wavy)
xdotool('key', 'ctrl+z')
report.check('one undo gives the ink back', wait_for(lambda: paper() not in (straight, drawn)))
xdotool('key', 'ctrl+z')
report.check('the next takes it', wait_for(lambda: paper() == drawn))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
