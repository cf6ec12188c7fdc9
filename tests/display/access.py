#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without eyes or a mouse: the whole of a lesson, from an example over another mass and a run to a figure and an export, is done by
keys and names alone. Whoever sees, sees where the focus is; whoever does not is told what is drawn and what moves. (That
whatever can have the focus has a name is tested in every view by everywhere.py.)"""
import os
import re
import subprocess

from simgen_window import FOCUSED, Report, Window, wait_for, xdotool
from views import find_unnamed

report = Report()
invisible = set()


def focused():
    for frame in reversed(window.accessible.frames() or ()):
        for node in frame.walk():
            if node.states & FOCUSED:
                return node
    return None


def screen():
    return subprocess.run(['import', '-window', 'root', 'rgb:-'], capture_output=True, check=True).stdout


def go_to(name, key='Tab', most=60):
    """Presses a key until what has that name has the focus; notes where the focus went and nothing was to be seen of it."""
    node = focused()
    for _ in range(most):
        if node and node.name.lstrip('_').startswith(name):  # of a mnemonic GTK 4.8 tells both
            return True
        before, path = screen(), node and node.path
        xdotool('key', key)
        wait_for(lambda: (at := focused()) and at.path != path, 2)
        node = focused()
        if node and node.path != path and not wait_for(lambda: screen() != before, 1):
            invisible.add(node.name)
    return False


def opens(way):
    n = len(window.accessible.frames())
    way()
    return wait_for(lambda: len(window.accessible.frames()) > n)


window = Window()
report.check('an example is reached by Tab', go_to('Pendulum'), focused() and focused().name)
xdotool('key', 'Return')
report.check('and opened', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:6])
drawing = window.find('image', 'Drawing').description
report.check('what is drawn is told', all(part in drawing for part in ('Ball', 'Rod', 'Pin')), drawing)

xdotool('key', 'F6')
wait_for(lambda: window.find('list item'))
report.check('a part is reached by the arrows', go_to('Ball', 'Down'), focused() and focused().name)
xdotool('key', 'Return')
report.check('its mass is reached by Tab', go_to('Mass'), focused() and focused().name)
xdotool('key', 'Return', 'sleep', '0.3', 'key', 'ctrl+a', 'type', '3')
xdotool('key', 'Return')
report.check('and is another now', wait_for(lambda: window.text('Mass') == '3'), window.text('Mass'))
xdotool('key', 'Escape', 'sleep', '0.3', 'key', 'Escape', 'sleep', '0.3')
xdotool('key', 'ctrl+space')
if not wait_for(lambda: window.find('push button', 'Pause'), 3):
    xdotool('key', 'space')
report.check('it plays', wait_for(lambda: window.find('push button', 'Pause')))
report.check('a figure is read', wait_for(lambda: any(label.endswith(' J') for label in window.labels())), window.labels()[:8])


def told():
    return window.find('image', 'Simulation').description


report.check('what moves is told', wait_for(lambda: re.search(r'^Rod moves .* at \S+ m?m/s\.', told())), told())
xdotool('key', 'space')
report.check('and that it is paused', wait_for(lambda: told().startswith('Paused at')), told())

report.check('the export opens by a key', opens(lambda: xdotool('key', 'ctrl+shift+e')))
report.check('what to export is reached by keys', go_to('What', 'shift+Tab'), focused() and focused().name)
xdotool('key', 'space')  # Return is the dialog's Export
wait_for(lambda: focused() and focused().name.startswith('Web Page'), 5)
report.check('a kind is chosen by its name', go_to('Table', 'Down', 10), focused() and focused().name)
xdotool('key', 'Return')
report.check('it is told', wait_for(lambda: any(node.name.startswith('Places, angles') for frame in window.accessible.frames()
                                                for node in frame.walk())))
report.check('the button is reached by keys', go_to('Export', 'Tab'), focused() and focused().name)
path = os.path.join(os.environ['HOME'], 'run.csv')
report.check('it asks where to', opens(lambda: xdotool('key', 'Return')))
wait_for(focused)
xdotool('sleep', '0.5', 'key', 'ctrl+a', 'type', '--delay', '20', path)
xdotool('key', 'Return')
report.check('the table is there', wait_for(lambda: os.path.exists(path) and open(path, encoding='utf-8').readline().startswith('time')))

xdotool('key', 'ctrl+t')
report.check('there are two tabs', wait_for(lambda: sum(node.name == 'AdwTab' for node in window.walk()) == 2))
report.check('each has a cross with a name', wait_for(lambda: sum(node.name == 'Close Tab' for node in window.walk()) == 2))
n_focusable, unnamed = find_unnamed(window)
report.check('whatever can have the focus has a name', n_focusable > 30 and not unnamed, (n_focusable, *unnamed.values()))

report.check('where the focus is can be seen', not invisible, invisible)
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
