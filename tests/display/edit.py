#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Editing what is selected in the real window: a loop selects, a corner scales, the knob turns, arrow keys move; duplicates,
cut, copy and paste, also to another program as SVG and PNG, and words from one; each is one step to undo."""
import math
import subprocess

from simgen_window import Report, Window, wait_for, xdotool

PAPER = (60, 100, 400, 440)  # x, y, width, height: part of the canvas without controls
REST = (560, 560)


def paper():
    xdotool('mousemove', *REST)
    return window.picture(*PAPER)


def changes(act):
    """Whether the paper is another after `act`."""
    before = paper()
    act()
    return wait_for(lambda: paper() != before)


def clipboard(target):
    try:
        return subprocess.run(['xclip', '-selection', 'clipboard', '-o', '-t', target], capture_output=True, timeout=5).stdout
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return b''


report = Report()
window = Window()
window.act('show-reading')  # ink alone is looked at
window.draw([(200, 240), (300, 240)])
window.draw([(200, 280), (300, 280)])
window.draw([(120, 150), (160, 150)])
wait_for(lambda: window.rests(*PAPER))
drawn = paper()

xdotool('key', 'v')
window.draw([(250 + 90 * math.cos(i * math.pi / 12), 260 + 70 * math.sin(i * math.pi / 12)) for i in range(25)])
report.check('a loop selects', wait_for(lambda: paper() != drawn))
window.shot('edit-selected')
selected = paper()
# the frame lies 8 pixels about the ink
window.draw([(308, 288), (358, 313)])
report.check('a corner scales', wait_for(lambda: paper() != selected))
xdotool('key', 'ctrl+z')
report.check('one undo brings it back', wait_for(lambda: paper() in (drawn, selected)))
window.draw([(250 + 90 * math.cos(i * math.pi / 12), 260 + 70 * math.sin(i * math.pi / 12)) for i in range(25)])
selected = paper()
window.draw([(250, 206), (270, 206), (300, 230), (304, 258)])
report.check('the knob turns', wait_for(lambda: paper() != selected))
window.shot('edit-turned')
xdotool('key', 'ctrl+z')
wait_for(lambda: window.rests(*PAPER))

xdotool('key', 'Escape', 'ctrl+a')
report.check('a key moves what is selected', changes(lambda: xdotool('key', 'shift+Right')))
before = paper()
report.check('duplicates appear', changes(lambda: xdotool('key', 'ctrl+d')))
window.shot('edit-duplicated')
xdotool('key', 'ctrl+z')
wait_for(lambda: window.rests(*PAPER))

xdotool('key', 'Escape', 'ctrl+a', 'ctrl+c')
svg = wait_for(lambda: clipboard('image/svg+xml'), 10)
report.check('another program gets it as SVG', b'<svg' in svg and b'<path' in svg, len(svg))
report.check('and as PNG', clipboard('image/png')[:4] == b'\x89PNG')
report.check('pasted it is there twice', changes(lambda: xdotool('key', 'ctrl+v')))
xdotool('key', 'ctrl+z')
wait_for(lambda: window.rests(*PAPER))
xdotool('key', 'ctrl+a', 'ctrl+x')
report.check('cut it is gone', wait_for(lambda: window.has_label('Draw a mechanism')))
wait_for(lambda: b'<path' in clipboard('image/svg+xml'), 10)
xdotool('key', 'ctrl+v')
report.check('and pasted back', wait_for(lambda: not window.has_label('Draw a mechanism')))

words = subprocess.Popen(['xclip', '-selection', 'clipboard', '-quiet', '-loops', '3'], stdin=subprocess.PIPE,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
words.stdin.write(b'k = 50 N/m')
words.stdin.close()
xdotool('key', 'Escape', 'sleep', '0.3')
report.check('words from another program become a label', changes(lambda: xdotool('key', 'ctrl+v')))
window.shot('edit-words')
words.kill()
words.wait()
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
