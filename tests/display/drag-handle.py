#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""In the real window: a spring that ends above its box is taken by its end and put onto it. That is one step of undo."""
import subprocess
import sys

from simgen_window import Report, Window, wait_for, xdotool

LOOSE = 'holds on to nothing'
PAPER = (60, 100, 480, 500)  # x, y, width, height: part of the canvas without controls


def is_loose():
    return any(LOOSE in label for label in window.labels())


report = Report()
window = Window()
window.draw([(160, 160), (440, 162)])
for x in range(175, 440, 27):
    window.draw([(x, 160), (x + 12, 147)])
window.draw([(300, 162), (300, 175), *[(300 + 16 * (-1) ** i, 180 + 9 * i) for i in range(13)], (300, 296), (300, 310)])
window.draw([(250, 380), (350, 380), (350, 450), (250, 450), (250, 380)])
report.check('the spring ends on nothing', wait_for(lambda: window.has_label('1 spring') and is_loose()), window.labels()[:5])

xdotool('key', 'v')
window.draw([(300, 230), (300, 230)])
drawn = window.picture(*PAPER)
xdotool('mousemove', 300, 310, 'mousedown', 1, 'mousemove', 300, 330, 'mousemove', 300, 350, 'mousemove', 302, 374,
        'sleep', 0.3)
if len(sys.argv) > 1:
    subprocess.run(['import', '-window', 'root', '-strip', sys.argv[1]], check=True)
report.check('where it would go shows', window.picture(*PAPER) != drawn)
xdotool('mouseup', 1)
report.check('it holds the box', wait_for(lambda: window.has_label('1 spring') and not is_loose()), window.labels()[:5])
xdotool('mousemove', 560, 620)
if len(sys.argv) > 2:
    subprocess.run(['import', '-window', 'root', '-strip', sys.argv[2]], check=True)
xdotool('key', 'ctrl+z')
report.check('one undo lets it go again', wait_for(is_loose))
xdotool('key', 'ctrl+shift+z')
report.check('and redo puts it back', wait_for(lambda: not is_loose()))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())

window = Window()
report.check('after a restart it still holds the box', wait_for(lambda: window.has_label('1 spring')) and not is_loose())
window.end()
report.end()
