#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""guide_pictures.py FOLDER: takes the guide's pictures of the real window, a bundled example in it (build-aux/guide-pictures)."""
import os
import subprocess
import sys
import time

from simgen_window import Window, wait_for, xdotool

folder = sys.argv[1]


def shot(name, crop=None):
    xdotool('mousemove', 998, 658)
    time.sleep(1)
    cut = ['-crop', crop, '+repage'] if crop else []
    subprocess.run(['import', '-window', 'root', *cut, f'{folder}/{name}.png'], check=True)


def keep(example):
    """Opens a bundled example and plays it, so that it is among the kept sketches."""
    kept = Window(os.path.join(os.environ['SG_SOURCE_ROOT'], 'data/examples', example))
    kept.press('Play')
    time.sleep(1)
    kept.close()


for name in ('pendulum.simgen', 'spring-mass.simgen', 'pulley.simgen', 'see-saw.simgen', 'robot-arm.simgen'):
    keep(name)
window = Window(os.path.join(os.environ['SG_SOURCE_ROOT'], 'data/examples/car.simgen'))
window.resize(1000, 660)
wait_for(lambda: window.has_label('hinge'))
window.press('Play')
wait_for(lambda: window.find('push button', 'Pause'))
time.sleep(2)
window.press('Pause')
shot('window')

window.press('Back to the start')
window.click(lambda: window.find('text', 'Words'))
xdotool('type', 'moon gravity')
xdotool('key', 'Return')
time.sleep(1)
shot('words', '1000x190+0+470')

window.press('Parts of the drawing')
wait_for(lambda: window.find_row('Ball 1'))
window.click(lambda: window.find_row('Ball 1'))
wait_for(lambda: window.find_row('Mass'), 10)
shot('parts')
window.act('parts')

window.act('drawer')
wait_for(lambda: window.find('tab', 'Plots'))
window.press('Play')
time.sleep(5)
window.press('Pause')
shot('measure')
window.act('drawer')

xdotool('key', 'ctrl+h')
wait_for(lambda: window.find('list', 'Kept sketches'), 10)
time.sleep(1)
shot('history')
window.end()
