#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs are recorded while Record is on; a recording plays forwards and backwards in the timeline and is not to be changed;
what was recorded is exported from the dialog, which can be stopped, and says by its name what cannot be written."""
import os
import pathlib
import re

from gi.repository import GLib

from simgen_window import Report, Window, wait_for, xdotool

EXAMPLE = pathlib.Path(os.environ['SG_SOURCE_ROOT']) / 'data/examples/double-pendulum.simgen'
KEPT = pathlib.Path(os.environ['HOME']) / '.local/share/simgen/recordings'
VIEW = (700, 200, 480, 380)


def ask(window, action, *parameters):
    window._ask('Activate', GLib.Variant('(sava{sv})', (action, list(parameters), {})))


def frame_named(window, name):
    return next((frame for frame in window.accessible.frames() if frame.name == name), None)


def recordings():
    return sorted(KEPT.glob('*.simrec'))


def export_to(path, until):
    """From the dialog, once it asks: the file chooser, where it came."""
    end = wait_for(lambda: frame_named(window, 'Export the Run').find('spin button', 'To'))
    end.set_value(until)
    for _ in range(6):
        xdotool('key', 'Return')
        chooser = wait_for(lambda: frame_named(window, 'Export'), 10)
        if chooser:
            break
    xdotool('sleep', '0.5', 'key', 'ctrl+a', 'type', '--delay', '20', str(path))
    xdotool('key', 'Return')
    return chooser


def in_dialog(*parts):
    shown = frame_named(window, 'Export the Run')
    return shown and next((node for node in shown.walk() if all(part in node.name for part in parts)), None)


report = Report()
window = Window(str(EXAMPLE))
report.check('the drawing is alive', wait_for(lambda: window.has_label('2 hinges')), window.labels()[:6])

# an export that is stopped, and one that cannot be written
stopped = pathlib.Path(os.environ['HOME']) / 'stopped.html'
window.act('export')
wait_for(lambda: frame_named(window, 'Export the Run'))
export_to(stopped, 3000)
report.check('a long run is made', wait_for(lambda: in_dialog('Making stopped.html')))
window.shot('export-work')
report.check('it can be stopped', wait_for(lambda: in_dialog('Stop')).press())
report.check('nothing is left of it', not list(stopped.parent.glob('stopped*')), list(stopped.parent.glob('stopped*')))
report.check('it asks where to again', export_to('/proc/nowhere.html', 0.2))
report.check('and complains of nothing', not in_dialog('stopped.html: '))
report.check('what cannot be written is said by its name', wait_for(lambda: in_dialog('nowhere.html: ', 'folder that you may write')))
report.check('not by its folder', not in_dialog('/proc'))
window.shot('export-failed')
xdotool('key', 'Escape')
wait_for(lambda: not frame_named(window, 'Export the Run'))

report.check('Record is pressed', window.press('Record'))
report.check('and Play', window.press('Play'))
report.check('a recording is under way', wait_for(lambda: list(KEPT.glob('*.part'))), list(KEPT.glob('*')))
wait_for(lambda: any(re.match(r'0:0[1-9]', label) for label in window.labels()))
window.act('mark')
window.shot('recording')
report.check('Pause', window.press('Pause'))
report.check('a file is there', wait_for(lambda: len(recordings()) == 1 and not list(KEPT.glob('*.part'))), list(KEPT.glob('*')))
window.shot('recorded')

window.act('loop')  # from the mark on
report.check('what was played is looped', wait_for(lambda: window.find('push button', 'Pause')))
window.act('export')
report.check('the dialog asks', wait_for(lambda: frame_named(window, 'Export the Run')))
start, end = (wait_for(lambda: frame_named(window, 'Export the Run').find('spin button', name))
              for name in ('From', 'To'))
looped = start.value(), end.value()
report.check('for what is looped', 0.5 < looped[0] < looped[1], looped)
start.set_value(looped[1] + 1)
report.check('its end is behind its beginning', wait_for(lambda: end.value() > looped[1] + 1), (start.value(), end.value()))
start.set_value(looped[0])
end.set_value(looped[1])
window.shot('export-dialog')
target = pathlib.Path(os.environ['HOME']) / 'run.html'
xdotool('key', 'Return')
report.check('where to', wait_for(lambda: frame_named(window, 'Export')), [frame.name for frame in window.accessible.frames()])
xdotool('sleep', '0.5', 'key', 'ctrl+a', 'type', str(target))
xdotool('key', 'Return')
report.check('the page is made', wait_for(lambda: target.exists() and target.stat().st_size > 100000))
report.check('and the dialog is gone', wait_for(lambda: not frame_named(window, 'Export the Run')))
window.shot('exported')

ask(window, 'open-recent', GLib.Variant('s', recordings()[0].as_uri()))
report.check('a recording says what it is', wait_for(lambda: window.has_label('This is a recording')), window.labels()[-12:])
report.check('its time is known', wait_for(lambda: any(re.match(r'0:00.00 of \d', label) for label in window.labels())), window.labels()[-12:])
window.shot('playback')
still = window.picture(*VIEW)
report.check('it is played', window.press('Play'))
report.check('and moves', wait_for(lambda: window.picture(*VIEW) != still))
report.check('to its end', wait_for(lambda: window.find('push button', 'Play')))
last = window.picture(*VIEW)
ask(window, 'replay', GLib.Variant('s', 'back'))
report.check('backwards too', wait_for(lambda: window.picture(*VIEW) != last))
report.check('to its start', wait_for(lambda: window.find('push button', 'Play') and
                                      any(re.match(r'0:00.00 of', label) for label in window.labels())), window.labels()[-12:])
xdotool('mousemove', 940, 420, 'mousedown', '1', 'mousemove', 1040, 460, 'sleep', '0.3', 'mouseup', '1')
report.check('a hand changes nothing of it', len(recordings()) == 1 and not list(KEPT.glob('*.part')))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
