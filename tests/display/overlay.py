#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was understood is shown at once and costs little: frames from pen-up to the overlay, and marks painted a stroke."""
import statistics
import time

from simgen_window import Report, Window, wait_for, xdotool

report = Report()
window = Window()
frames, milliseconds, painted = [], [], []
for row in range(4):
    for column in range(6):
        x, y = 80 + 75 * column, 150 + 110 * row
        before = window.measure_canvas()
        window.draw([(x, y), (x + 40, y), (x + 40, y + 40), (x, y + 40), (x, y)])
        n = 6 * row + column + 1
        wait_for(lambda: window.has_label(f'{n} bod'))
        after = window.measure_canvas()
        frames.append(after[2])
        milliseconds.append(after[3])
        painted.append(after[1] - before[1])
report.check('24 boxes are understood', window.has_label('24 bodies'), window.labels()[:3])
report.check('each shows within a few frames', statistics.median(frames) <= 4,
             f'median {statistics.median(frames)}, at most {max(frames)}; {statistics.median(milliseconds):.1f} ms')
report.check('a new mark has the others painted no more', max(painted[4:]) <= 12, painted)

before = window.measure_canvas()
for i in range(20):
    xdotool('mousemove', 60 + 20 * i, 300, 'sleep', 0.03)
after = window.measure_canvas()
report.check('the pointer makes marks stand out', after[0] > before[0])
report.check('and nothing is painted anew', after[1] == before[1], after[1] - before[1])
time.sleep(0.5)
before = window.measure_canvas()
time.sleep(1)
report.check('at rest no frame is drawn', window.measure_canvas()[0] == before[0])

window.draw([(x + 54, y + 7)] * 2)  # the badge, at the box' upper right
xdotool('key', 'Delete')
report.check('a tap on a badge selects its mark', wait_for(lambda: window.has_label('23 bodies')), window.labels()[:3])
xdotool('key', 'ctrl+z')
report.check('and leaves no dot', wait_for(lambda: window.has_label('24 bodies')), window.labels()[:3])
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
