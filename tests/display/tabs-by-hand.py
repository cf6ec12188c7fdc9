#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tabs by the mouse: moved along the bar, by their menu, and out to a window of their own; a selection goes from one tab to another; what
is being recorded is asked about before it is closed; a window that is closed with several tabs loses none."""
import os
import pathlib
import shutil
import subprocess

from simgen_window import Report, Window, wait_for, xdotool

SOURCE = os.path.join(os.environ['SG_SOURCE_ROOT'], 'data/examples')
HOME = pathlib.Path(os.environ['HOME'])
FILE = HOME / 'swing.simgen'
TARGET = os.path.join(os.environ['SG_BUILD_ROOT'], 'tests/display/drop-target')
KEPT = HOME / '.local/share/simgen/recordings'
WINDOW = (900, 700)
report = Report()


def titles():
    return sorted(frame.name for frame in window.accessible.frames())


def bar():
    """The tabs of the first window that has some, from left to right: title and place."""
    for frame in window.accessible.frames():
        tabs = sorted((node.place(), node) for node in frame.walk() if node.name == 'AdwTab')
        if tabs:
            return [(next((label.name for label in tab.walk() if label.role == 'label'), ''), place) for place, tab in tabs]
    return []


def tabs():
    return [title for title, _ in bar()]


def middle(title):
    """Of a tab, once the bar rests."""
    before = None
    while before != (before := dict(bar()).get(title)):
        xdotool('sleep', '0.3')
    return before[0] + before[2] // 2, before[1] + before[3] // 2


def drag(start, end):
    """By the mouse, in small steps, as a hand does."""
    steps = [word for i in range(1, 31) for word in
             ('mousemove', round(start[0] + (end[0] - start[0]) * i / 30), round(start[1] + (end[1] - start[1]) * i / 30), 'sleep', '0.02')]
    xdotool('mousemove', *start, 'sleep', '0.1', 'mousedown', '1', 'sleep', '0.1', *steps, 'sleep', '0.4', 'mouseup', '1')


def menu(title, letter):
    """The choice of that letter of a tab's menu."""
    xdotool('mousemove', *middle(title), 'sleep', '0.1', 'click', '3')
    wait_for(lambda: any(node.name == 'Move to New Window' for frame in window.accessible.frames() for node in frame.walk()))
    window.shot(f'tab-menu-{letter}')
    xdotool('sleep', '0.4', 'key', letter)


def question():
    return window.in_any('label', 'A recording is under way')


shutil.copy(os.path.join(SOURCE, 'pendulum.simgen'), FILE)
window = Window(str(FILE))
window.resize(*WINDOW)
wait_for(lambda: window.has_label('1 hinge'))
xdotool('key', 'ctrl+t')
wait_for(lambda: tabs() == ['Pendulum', 'Untitled'])
window.draw([(100, 300), (300, 305)])
report.check('two tabs', wait_for(lambda: window.has_label('1 body')), tabs())

drag(middle('Pendulum'), (middle('Untitled')[0] + 40, middle('Untitled')[1]))
report.check('a tab is dragged to another place', wait_for(lambda: tabs() == ['Untitled', 'Pendulum']), tabs())

menu('Pendulum', 'w')
report.check('the menu is of the tab under the mouse', wait_for(lambda: tabs() == [] and titles() == ['Pendulum', 'Untitled']), (tabs(), titles()))
report.check('that one became a window', wait_for(lambda: next((frame for frame in window.accessible.frames() if frame.name == 'Pendulum' and
             any('1 hinge' in node.name for node in frame.walk())), None)), titles())
xdotool('key', 'ctrl+w')  # it has the keys
report.check('and is closed', wait_for(lambda: titles() == ['Untitled']), titles())
xdotool('key', 'ctrl+shift+t')
report.check('back as a tab', wait_for(lambda: tabs() == ['Untitled', 'Pendulum']) and wait_for(lambda: window.has_label('1 hinge')), tabs())

xdotool('key', 'ctrl+a', 'sleep', '0.3', 'key', 'ctrl+c', 'sleep', '0.3', 'key', 'ctrl+t')
wait_for(lambda: len(tabs()) == 3 and window.has_label('Draw a mechanism'))
xdotool('key', 'ctrl+v')
report.check('what was copied in a tab is pasted into another', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:8])
window.shot('tabs-pasted')
xdotool('key', 'ctrl+z')
report.check('and undone there', wait_for(lambda: window.has_label('Draw a mechanism')))
xdotool('key', 'ctrl+shift+z')
wait_for(lambda: window.has_label('1 hinge'))

report.check('it is recorded', window.press('Record') and window.press('Play') and wait_for(lambda: list(KEPT.glob('*.part'))))
xdotool('key', 'ctrl+w')
report.check('closing it asks', wait_for(question))
window.shot('tabs-recording')
xdotool('key', 'Escape')
report.check('who cancels goes on recording', wait_for(lambda: not question()) and len(tabs()) == 3 and list(KEPT.glob('*.part')), tabs())
xdotool('key', 'ctrl+w')
wait_for(question)
xdotool('key', 'alt+e')
report.check('who does not, closes the tab', wait_for(lambda: len(tabs()) == 2), tabs())
report.check('and keeps what was recorded', wait_for(lambda: not list(KEPT.glob('*.part')) and len(list(KEPT.glob('*.simrec'))) == 1),
             list(KEPT.glob('*')))

wait_for(lambda: window.has_label('1 hinge'))
xdotool('mousemove', WINDOW[0] - 23, 23, 'sleep', '0.1', 'click', '1')  # its cross
report.check('the window is closed with both', window.process.wait(60) == 0)
complaints = window.complaints()
window = Window()
window.resize(*WINDOW)
report.check('both are there again', wait_for(lambda: tabs() == ['Untitled', 'Pendulum']), tabs())
report.check('with what is drawn', wait_for(lambda: window.has_label('1 hinge')))

other = subprocess.Popen([TARGET, HOME], stdout=subprocess.DEVNULL)  # which takes no tabs
ids = wait_for(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^Target$'], capture_output=True, text=True).stdout.split())
xdotool('windowmove', ids[0], 950, 100, 'sleep', '0.5')
drag(middle('Pendulum'), (1100, 250))
xdotool('sleep', '2')  # GTK 4.8 complains where a tab that moves is looked at
report.check('a tab is dragged out to a window of its own', wait_for(lambda: tabs() == [] and titles() == ['Pendulum', 'Untitled']),
             (tabs(), titles()))
window.shot('tabs-dragged-out')
other.kill()
other.wait()
report.check('the program ends', window.close() == 0)
complaints += window.complaints()
report.check('nothing is complained of', not complaints, complaints)
report.end()
