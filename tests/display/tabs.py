#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tabs in the real window: two sketches that do not mix, switched by keys; a tab that is not seen pauses and draws nothing; moved to
a window of its own, closed and opened again; all are back after kill -9."""
import os
import shutil
import signal
import time

from simgen_window import Report, Window, wait_for, xdotool

SOURCE = os.path.join(os.environ['SG_SOURCE_ROOT'], 'data/examples')
FILE = os.path.join(os.environ['HOME'], 'swing.simgen')
BOOKMARK = os.path.join(os.environ['HOME'], '.local/share/simgen/bookmark.ini')
report = Report()


def titles():
    return sorted(frame.name for frame in window.accessible.frames())


def tabs():
    """Titles in the bar of tabs of the first window, from left to right."""
    tabs = [node for node in window.walk() if node.name == 'AdwTab']
    labels = [next((label.name for label in tab.walk() if label.role == 'label'), '') for tab in sorted(tabs, key=lambda tab: tab.place()[0])]
    return labels


def key(*names):
    xdotool('key', *names)


def begins(name):
    return wait_for(lambda: titles() == [name]) and wait_for(lambda: window.find('image', 'Drawing'))


def marked(*lines):
    with open(BOOKMARK) as file:
        return file.read().count('sketch=') >= 2 and all(line in open(BOOKMARK).read() for line in lines)


shutil.copy(os.path.join(SOURCE, 'pendulum.simgen'), FILE)
window = Window(FILE)
report.check('a file is opened', begins('Pendulum') and wait_for(lambda: window.has_label('1 hinge')))
report.check('one sketch has no bar of tabs', tabs() == [])
key('ctrl+t')
report.check('a second tab is empty', begins('Untitled') and wait_for(lambda: window.has_label('Draw a mechanism')), tabs())
report.check('there are two', wait_for(lambda: tabs() == ['Pendulum', 'Untitled']), tabs())
window.draw([(100, 300), (400, 305)])
report.check('what is drawn there', wait_for(lambda: window.has_label('1 body') and not window.has_label('1 hinge')))
window.shot('tabs')
key('ctrl+Tab')
report.check('is not in the first', begins('Pendulum') and wait_for(lambda: window.has_label('1 hinge')))
undo = window.find('push button', 'Undo')
report.check('which has nothing to undo', undo is not None and not undo.states & (1 << 24), undo and hex(undo.states))

key('space')
report.check('it plays', wait_for(lambda: window.find('push button', 'Pause')))
key('ctrl+Page_Down')
report.check('the other rests', begins('Untitled') and wait_for(lambda: window.find('push button', 'Play')))
_, n, _ = window.measure()
time.sleep(1)
_, later, _ = window.measure()
report.check('nothing is drawn of what is not seen', later - n < 5, later - n)
key('ctrl+z')
report.check('one undoes what one did there', wait_for(lambda: window.has_label('Draw a mechanism')))
key('ctrl+shift+z')
wait_for(lambda: window.has_label('1 body'))
key('alt+1')
report.check('it goes on playing where it is seen', begins('Pendulum') and wait_for(lambda: window.find('push button', 'Pause')))
report.check('its ink is all there', window.has_label('1 hinge'))
key('space')
wait_for(lambda: window.find('push button', 'Play'))

window.act('move-tab')
report.check('a tab becomes a window', wait_for(lambda: titles() == ['Pendulum', 'Untitled']), titles())
report.check('with its drawing and its simulation', wait_for(lambda: next((frame for frame in window.accessible.frames() if frame.name == 'Pendulum'
             and any('1 hinge' in node.name for node in frame.walk())), None)))
window.shot('tabs-moved')
_, n, _ = window.measure()
key('ctrl+w')
report.check('which is closed', wait_for(lambda: titles() == ['Untitled']), titles())
key('ctrl+shift+t')
report.check('and opened again in a tab', begins('Pendulum') and wait_for(lambda: tabs() == ['Untitled', 'Pendulum']), tabs())
report.check('as it was', wait_for(lambda: window.has_label('1 hinge')))
key('ctrl+shift+Page_Up')
report.check('tabs are moved', wait_for(lambda: tabs() == ['Pendulum', 'Untitled']), tabs())
report.check('where one is, is noted', wait_for(lambda: marked('selected=true', 'swing.simgen')), open(BOOKMARK).read())
time.sleep(1)  # the newest note is written within a second
os.kill(window.process.pid, signal.SIGKILL)
window.process.wait()
complaints = window.complaints()

window = Window()
report.check('after kill -9 both are back', wait_for(lambda: tabs() == ['Pendulum', 'Untitled']), tabs())
report.check('and the one that was seen is', begins('Pendulum') and wait_for(lambda: window.has_label('1 hinge')))
window.open_file(FILE)
report.check('a file that is open is not opened twice', not wait_for(lambda: len(tabs()) > 2, 1), tabs())
key('ctrl+w')
report.check('a tab is closed', begins('Untitled') and wait_for(lambda: window.has_label('1 body')) and tabs() == [], tabs())
key('ctrl+w')
report.check('the last one takes the window with it', window.process.wait(60) == 0)
complaints += window.complaints()
report.check('nothing is complained of', not complaints, complaints)
report.end()
