#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without eyes or a mouse: whatever can have the focus has a name, in every view; and the whole of a lesson, from an example
over another mass and a run to a figure and an export, is done by keys and names alone."""
import os
import time

from gi.repository import GLib

from simgen_window import Report, Window, wait_for, xdotool

ROOT = os.environ['SG_SOURCE_ROOT']
FOCUSABLE, FOCUSED = 1 << 11, 1 << 12  # AtspiStateType
SCROLLED = 49  # AtspiRole
report = Report()
unnamed, what, n_looked = {}, {}, 0


def is_choice(node):
    """libadwaita 1.2 names no row of choices, whatever it is told; the value in it is read."""
    return node.role == 'list item' and any(child.name in ('Usual', 'Web Page') for child in node.walk())


def is_seen(node):
    """Not on a page of a stack that is behind another."""
    try:
        return node.place()[2] > 0
    except GLib.Error:
        return False


def look(view):
    """Notes what of all windows could have the focus and has no name."""
    global n_looked
    for frame in window.accessible.frames() or ():
        inside = {id(item) for row in frame.walk() if row.role == 'list item' and row.name for item in row.walk()}
        for node in frame.walk():
            # how a choice shows its value, and a page of settings scrolls, is the toolkit's
            if node.role == 'list item' and id(node) in inside or node.role == SCROLLED and view in ('models', 'figures'):
                continue
            if node.states & FOCUSABLE and node.role not in ('frame', 'filler'):
                n_looked += 1
                if not node.name.strip() and not is_choice(node) and is_seen(node):
                    unnamed.setdefault(node.path, (view, node.role)); what[node.path] = [(c.role, c.name[:20]) for c in node.walk() if c.name][:3]


def focused():
    for frame in window.accessible.frames() or ():
        for node in frame.walk():
            if node.states & FOCUSED:
                return node
    return None


def go_to(name, key='Tab', most=60):
    """Presses a key until what has that name has the focus."""
    for _ in range(most):
        node = focused()
        if node and node.name.startswith(name):
            return True
        xdotool('key', key, 'sleep', '0.12')
    return False


window = Window()
look('welcome')
report.check('an example is reached by Tab', go_to('Pendulum'), focused() and focused().name)
xdotool('key', 'Return')
report.check('and opened', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:6])
look('drawing')

xdotool('key', 'F6')
wait_for(lambda: window.find('list item'))
look('parts')
report.check('a part is reached by the arrows', go_to('Ball', 'Down'), focused() and focused().name)
xdotool('key', 'Return')
report.check('its mass is reached by Tab', go_to('Mass'), focused() and focused().name)
look('part')
xdotool('key', 'Return', 'sleep', '0.3', 'key', 'ctrl+a', 'type', '3')
xdotool('key', 'Return')
report.check('and is another now', wait_for(lambda: window.text('Mass') == '3'), window.text('Mass'))
xdotool('key', 'Escape', 'sleep', '0.3', 'key', 'Escape', 'sleep', '0.3')
xdotool('key', 'ctrl+space')
if not wait_for(lambda: window.find('push button', 'Pause'), 3):
    xdotool('key', 'space')
report.check('it plays', wait_for(lambda: window.find('push button', 'Pause')))
report.check('a figure is read', wait_for(lambda: any(label.endswith(' J') for label in window.labels())), window.labels()[:8])

window.act('drawer')
for page in ('Plots', 'Energy', 'Contacts', 'Motors and Sensors', 'Performance'):
    tab = wait_for(lambda: window.find('tab', page), 10)
    if tab:
        tab.press()
        time.sleep(0.3)
    look(page)
window.act('drawer')

for key, view in (('ctrl+shift+e', 'export'), ('F1', 'guide'), ('ctrl+question', 'shortcuts')):
    n = len(window.accessible.frames())
    xdotool('key', key)
    report.check(f'{view} opens by a key', wait_for(lambda: len(window.accessible.frames()) > n))
    time.sleep(0.5)
    look(view)
    xdotool('key', 'Escape')
    wait_for(lambda: len(window.accessible.frames()) == n)
for action, view in (('assist-settings', 'models'), ('figures', 'figures')):
    n = len(window.accessible.frames())
    window.act(action)
    report.check(f'{view} opens', wait_for(lambda: len(window.accessible.frames()) > n))
    time.sleep(0.5)
    look(view)
    xdotool('key', 'Escape')
    wait_for(lambda: len(window.accessible.frames()) == n)
xdotool('key', 'ctrl+h')
report.check('the history opens by a key', wait_for(lambda: window.find('text', 'Find a sketch')))
look('history')
xdotool('key', 'ctrl+h')

report.check(f'each of {n_looked} things that can have the focus has a name', not unnamed, '\n'.join(f'# {b} {what[a]}' for a, b in unnamed.items()))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
