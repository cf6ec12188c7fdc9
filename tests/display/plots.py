#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The drawer: plots of what moves, a motor by its slider and what it does, the numbers as a table, at ten changes a second."""
import csv
import os
import statistics
import tempfile
import time

from simgen_window import FOCUSED, Report, Window, wait_for, xdotool

SHOWING = 25  # AtspiStateType

report = Report()
folder = tempfile.TemporaryDirectory()
table = os.path.join(folder.name, 'measured.csv')
picture = os.path.join(folder.name, 'measured.png')
window = Window(os.path.join(os.environ['SG_SOURCE_ROOT'], 'data/examples/car.simgen'))


def drawer_updates():
    return window._state('measure-drawer')


def save(button, path):
    window.press(button)
    wait_for(lambda: len(window.accessible.frames()) > 1)
    time.sleep(0.5)
    xdotool('key', 'ctrl+a', 'type', '--delay', '20', path)
    xdotool('key', 'Return')
    return wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 100)


def has_search():
    return any(node.name == 'What to measure' and node.states & FOCUSED for node in window.walk())


def read_table(path):
    with open(path, encoding='utf-8') as file:
        rows = list(csv.reader(file))
    return rows[0], [[float(field) if field else None for field in row] for row in rows[1:]]


report.check('the drawing is read', wait_for(lambda: window.has_label('1 motor')), window.labels()[:4])
xdotool('key', 'F9')
report.check('F9 opens the drawer', wait_for(lambda: window.find('tab', 'Energy')))
report.check('a plot is there to begin with', wait_for(lambda: window.find('image', 'Box: Height')))
window.press('Add a plot')
wait_for(has_search)
xdotool('key', 'Escape')
report.check('Escape closes the choice, and adds none', wait_for(lambda: not has_search()) and window.find('image', 'Box: Height'))
window.press('Add a plot')
wait_for(has_search)
time.sleep(0.5)
xdotool('type', '--delay', '20', 'ball 1: angular')
time.sleep(0.8)
xdotool('key', 'Return')
report.check('another one is found by its name', wait_for(lambda: window.find('image', 'Ball 1: Angular velocity')))
window.press('Play')
report.check('it runs', wait_for(lambda: window.find('push button', 'Pause')))
report.check('the plot tells its values', wait_for(
    lambda: 'rad/s' in window.find('image', 'Ball 1: Angular velocity').description))
start, before = time.monotonic(), drawer_updates()
time.sleep(3)
rate = (drawer_updates() - before) / (time.monotonic() - start)
report.check('it changes at most ten times a second', 1 <= rate <= 10.5, f'{rate:.1f}')
window.shot('plots')
window.press('Pause')
report.check('the numbers are saved', save('Save as CSV', table))
names, rows = read_table(table)
report.check('by name and unit', names == ['time (s)', 'Box: Height (m)', 'Ball 1: Angular velocity (rad/s)'], names)
times = [row[0] for row in rows]
steps = [round(b - a, 6) for a, b in zip(times, times[1:])]
report.check('a row a step', len(rows) > 1000 and set(steps) == {steps[0]}, f'{len(rows)} rows, steps {sorted(set(steps))[:4]}')
drawn = statistics.median(abs(row[2]) for row in rows)
report.check('the wheel turns at its drawn speed', abs(drawn - 2) < 0.7, drawn)
window.press('Back to the start')
window.press('Play')
report.check('it runs again', wait_for(lambda: window.find('push button', 'Pause')))

window.press('Motors and Joints')
report.check('the motor has a slider', wait_for(lambda: window.find('slider', 'Motor')))
x, y, width, height = window.find('slider', 'Motor').place()
xdotool('mousemove', x + width - 30, y + height // 2, 'sleep', '0.1', 'click', '1')
report.check('the slider was moved', wait_for(lambda: any('rad/s' == label for label in window.labels())))
time.sleep(1)
window.shot('motors')
window.press('Pause')
window.press('Plots')
os.remove(table)
report.check('the numbers are saved again', save('Save as CSV', table))
fastest = max(abs(row[2]) for row in read_table(table)[1])
report.check('it turned faster once the slider was moved', fastest > drawn + 2, fastest)
report.check('the picture is saved', save('Save as PNG', picture))
with open(picture, 'rb') as file:
    report.check('as a picture', file.read(8) == b'\x89PNG\r\n\x1a\n')

for tab in ('Energy', 'Contacts', 'Performance'):
    window.press(tab)
    time.sleep(0.5)
    window.shot(tab.lower())
window.press('Energy')
report.check('the ledger has its sum', wait_for(lambda: window.has_label('Expected now') and window.has_label('There now')))

# what was deleted is not plotted any more, and is again where that is undone
window.press('Plots')
wait_for(lambda: window.find('image', 'Box: Height'))
xdotool('key', 'F9')
wait_for(lambda: not window.find('tab', 'Energy').states >> SHOWING & 1)
window.act('parts')
window.click(lambda: window.find_row('Box'))
window.act('delete')
wait_for(lambda: window.has_label('2 bodies'))
window.act('parts')
xdotool('key', 'F9')
report.check('the plot of what was deleted goes', wait_for(lambda: window.find('image', 'Ball 1: Angular velocity') and not any(
    node.role == 'image' and 'ox1' in node.name or node.name == 'Box: Height' for node in window.walk())),
    [node.name for node in window.walk() if node.role == 'image'])
window.shot('plots-deleted')
window.act('undo')
report.check('and comes back with it', wait_for(lambda: window.find('image', 'Box: Height')))
xdotool('key', 'F9')
report.check('F9 closes it', wait_for(lambda: not window.find('tab', 'Energy').states >> SHOWING & 1))
still = drawer_updates()
time.sleep(1)
report.check('closed it changes nothing', drawer_updates() == still)
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
