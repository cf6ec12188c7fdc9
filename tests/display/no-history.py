#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""In the real window: a history that a newer SimGen wrote is left alone. That is said once, and work goes on."""
import os
import sqlite3
import time

from simgen_window import Report, Window, wait_for, xdotool

FOLDER = os.path.join(os.environ['HOME'], '.local/share/simgen')
PATH = os.path.join(FOLDER, 'history.db')
SAID = 'kept only until you close SimGen'


def says():
    status = window.find('status bar')
    return bool(status) and SAID in status.name


os.makedirs(FOLDER)
with sqlite3.connect(PATH) as newer:
    newer.execute('CREATE TABLE of_the_future (x)')
    newer.execute('PRAGMA user_version = 999')
newer.close()
report = Report()
window = Window()
report.check('it says that nothing is kept, and why', wait_for(lambda: says() and 'newer' in window.find('status bar').name))
window.shot('no-history')
window.draw([(100, 130), (400, 135)])
report.check('one can draw', wait_for(lambda: not window.has_label('Draw a mechanism')))
report.check('it still says so', says())
window.press('Close this message')
report.check('until one has read it', wait_for(lambda: not says()))
window.draw([(100, 230), (400, 235)])
xdotool('key', 'ctrl+h')
report.check('what was drawn can be found meanwhile', wait_for(lambda: any(
    node.role == 'panel' and node.name == 'Untitled' for node in window.walk())))
xdotool('key', 'Escape')
wait_for(lambda: window.find('image', 'Drawing'))
report.check('it is not said again', not says())
xdotool('key', 'ctrl+w')
report.check('closing asks, for the sketch would be lost', wait_for(lambda: window.in_any('label', 'The sketch is not kept')))
window.shot('no-history-closing')
xdotool('key', 'Escape')
report.check('one can stay', wait_for(lambda: not window.in_any('label', 'The sketch is not kept')) and window.process.poll() is None)
copy = os.path.join(os.environ['HOME'], 'copy.simgen')
xdotool('key', 'ctrl+w')
wait_for(lambda: window.in_any('label', 'The sketch is not kept'))
xdotool('key', 'Return')  # save a copy
wait_for(lambda: window.in_any('push button', 'Save'))
time.sleep(0.5)
xdotool('key', 'ctrl+a', 'type', '--delay', '20', copy)
xdotool('key', 'Return')
report.check('a copy is saved, and it closes', wait_for(lambda: window.process.poll() == 0) and os.path.getsize(copy) > 100)
with sqlite3.connect(PATH) as newer:
    names = [name for name, in newer.execute('SELECT name FROM sqlite_schema')]
    version, = newer.execute('PRAGMA user_version').fetchone()
report.check('the newer history is as it was', (names, version) == (['of_the_future'], 999), (names, version))
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
