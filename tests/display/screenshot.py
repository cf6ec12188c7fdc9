#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshot.py OUT.png [EXAMPLE]: opens an example in the real window, plays it for a moment and takes its picture."""
import subprocess
import sys
import time

from simgen_window import Window, wait_for

out, example = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else 'Car'
window = Window()
wait_for(lambda: window.find('push button', example))
window.press(example)
wait_for(lambda: window.has_label('hinge'))
window.press('Play')
wait_for(lambda: window.find('push button', 'Pause'))
time.sleep(1.5)
subprocess.run(['import', '-window', 'root', '-strip', out], check=True)
window.end()
print(out)
