#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour in the real window, gone through as a newcomer would: each step goes on by itself once it is done."""
import json
import os
import pathlib
import subprocess
import time

os.environ['GSETTINGS_BACKEND'] = 'keyfile'
from simgen_window import Report, Window, wait_for, xdotool  # noqa: E402

ROOT = pathlib.Path(os.environ['SG_SOURCE_ROOT'])
PIN, BALL = (399.6, 97), (284.3, 321.6)  # in the tour's sketch
HEAD, FOOT = 60, 130  # what bars cover of the paper


def look_at(x, y, width, height):
    """The pixels there, three bytes each."""
    return subprocess.run(['import', '-window', 'root', '-crop', f'{width}x{height}+{x}+{y}', '-depth', '8', 'rgb:-'], capture_output=True,
                          check=True).stdout


def find_ink():
    """From page to screen: where the dark pixels on the paper end is where the strokes do."""
    strokes = json.loads((ROOT / 'resources/tour.simgen').read_text())['strokes']
    xs, ys = ([point[axis] for stroke in strokes for point in stroke['points']] for axis in (0, 1))
    x, y, width, height = window.find('image', 'Drawing').place()
    y, height = y + HEAD, height - HEAD - FOOT
    pixels = look_at(x, y, width, height)
    dark = [divmod(i // 3, width) for i in range(0, len(pixels), 3) if max(pixels[i:i + 3]) < 90]
    left, right = min(column for _, column in dark), max(column for _, column in dark)
    top = min(row for row, _ in dark)
    scale = (right - left) / (max(xs) - min(xs) + 3)  # the pen is 3 wide
    return lambda point: (x + left + scale * (point[0] - min(xs) + 1.5), y + top + scale * (point[1] - min(ys) + 1.5))


def says(part):
    return wait_for(lambda: window.has_label(part))


report = Report()
window = Window()
report.check('an empty page offers the tour', wait_for(lambda: window.find('push button', 'Take the Tour')))
window.shot('tour-offer')
window.press('Take the Tour')
report.check('it shows what lacks its rod', says('lacks its rod') and says('1 of 5'), window.labels()[:8])
report.check('on a sketch', says('1 body') or says('2 bodies'), window.labels()[:8])
window.shot('tour-join')
window.act('show-reading')  # the ink alone
xdotool('key', 'ctrl+0', 'sleep', 1)
place = find_ink()
window.act('show-reading')
window.draw([place(PIN), place(BALL)])
report.check('the rod makes it a pendulum', says('That is a pendulum now') and says('2 of 5'), window.labels()[:8])
xdotool('key', 'space')
report.check('played, it goes on', says('3 of 5'))
x, y, width, height = window.find('image', 'Simulation').place()
window.shot('tour-pull')

paper = window.find('image', 'Drawing').place()
ball = place(BALL)
at = round(x + ball[0] - paper[0]), round(y + ball[1] - paper[1])


def is_blue():
    r, _, b = look_at(*at, 1, 1)
    return b > 180 > r


for _ in range(12):  # it swings: where it was drawn it comes to rest for a moment again and again
    xdotool('mousemove', *at)
    wait_for(is_blue, 10)
    xdotool('mousedown', 1, 'mousemove_relative', '--', '-20', '20', 'sleep', '0.7', 'mouseup', 1)
    if window.has_label('4 of 5'):
        break
    window.act('front')  # a hand that misses the ball turns the view
    time.sleep(1)
report.check('pulled at, it goes on', says('4 of 5'), window.labels()[:8])
window.click(lambda: window.find('text', 'Words'))
xdotool('type', 'moon gravity')
xdotool('key', 'Return')
report.check('told of the Moon, it goes on', says('5 of 5'), window.labels()[:8])
xdotool('key', 'ctrl+z')
report.check('taken back, it is over', says('That is all it takes') and not window.has_label('5 of 5'), window.labels()[:8])
window.shot('tour-end')
window.press('End the tour')
report.check('the strip goes away', wait_for(lambda: not window.has_label('That is all it takes')))

window.act('new')
report.check('a new page offers it no more', wait_for(lambda: window.has_label('Draw a mechanism')) and not window.find('push button', 'Take the Tour'))
window.draw_pendulum(300, 200)
report.check('with a drawing there', wait_for(lambda: window.has_label('1 hinge')))
window.act('tour')
report.check('it can be had again', says('1 of 5'))
report.check('on a page of its own', wait_for(lambda: sum(node.name == 'AdwTab' for node in window.walk()) == 2))
for step in range(2, 6):
    window.press('Skip')
    says(f'{step} of 5')
window.press('Skip')
report.check('and be skipped through', says('That is all it takes'))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
