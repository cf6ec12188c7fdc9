#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Letters that are put together of several keys, as an input method does: what is being put together is seen, comes once, and is
nothing to the keys that mean something where nothing is typed."""
import subprocess

from simgen_window import FOCUSED, Report, Window, wait_for, xdotool


def words():
    return window.text('Words')


report = Report()
# else xdotool gives such a key another place each time it is typed, which programs learn of too late
subprocess.run(['setxkbmap', '-layout', 'us', '-variant', 'intl', '-option', 'compose:menu'])
window = Window()
window.click(lambda: window.find('text', 'Words'))
xdotool('sleep', '0.3', 'key', 'dead_acute', 'sleep', '0.2')
window.shot('typing-half')
report.check('half of a letter is no letter', wait_for(lambda: 'é' not in (words() or '')), words())
xdotool('key', 'e', 'sleep', '0.2', 'key', 'Multi_key', 'sleep', '0.1', 'key', 'o', 'sleep', '0.1', 'key', 'e', 'sleep', '0.1', 'type', ' 2 kg')
report.check('each comes once', wait_for(lambda: words() == 'éœ 2 kg'), words())
tool = window.tool()
xdotool('key', 'dead_diaeresis', 'sleep', '0.1', 'key', 'v', 'sleep', '0.1', 'key', 'BackSpace', 'BackSpace')
report.check('what makes no letter chooses no tool', window.tool() == tool, (tool, window.tool()))
xdotool('key', 'ctrl+a', 'BackSpace', 'Escape')

window.draw([(80, 610), (200, 610)])  # the keys are the canvas's again
xdotool('key', 't')
report.check('the text tool has its key', wait_for(lambda: window.tool() == 'text'), window.tool())
xdotool('mousemove', 300, 300, 'sleep', '0.2', 'click', '1')
wait_for(lambda: any(node.role == 'text' and node.name != 'Words' and node.states & FOCUSED for node in window.walk()))
xdotool('key', 'dead_acute', 'sleep', '0.1', 'key', 'e', 'sleep', '0.1', 'type', 'tage')
window.shot('typing-label')
xdotool('key', 'Return', 'sleep', '0.3')
report.check('a label too', wait_for(lambda: window.copied_labels() == ['étage'], 10), window.copied_labels())
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
