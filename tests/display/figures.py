#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast everything is: the window that tells, since the start and over what was kept."""
import json
import subprocess

from gi.repository import Gio, GLib

from simgen_window import PROGRAM, Report, Window, wait_for, xdotool

report = Report()
window = Window()


def activate(action):
    window._ask('Activate', GLib.Variant('(sava{sv})', (action, [], {})))


def row(name):
    """The row of that name in any window of the program."""
    return next((node for root in window.accessible.frames() for node in root.walk()
                 if node.role == 'list item' and node.name == name), None)


window.draw_pendulum(330, 180)
report.check('the drawing is read', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
window.press('Play')
report.check('it runs', wait_for(lambda: window.find('push button', 'Pause')))
activate('figures')
report.check('reading was timed', wait_for(lambda: row('Reading a drawing')))
report.check('so was motion', wait_for(lambda: row('Computing motion')))
report.check('and memory is told', wait_for(lambda: row('Memory in use')))
report.check('what did not happen is not there', not row('Asking a language model'))
window.shot('figures')
xdotool('key', 'Escape')
report.check('Escape closes it', wait_for(lambda: not row('Reading a drawing')))
Gio.bus_get_sync(Gio.BusType.SESSION).call_sync('org.simgen.SimGen', '/org/simgen/SimGen', 'org.gtk.Actions', 'Activate',
                                                GLib.Variant('(sava{sv})', ('about', [], {})), None, 0, -1)
report.check('what SimGen is made of is told', wait_for(lambda: sum(1 for _ in window.accessible.frames()) > 1))
xdotool('key', 'Escape')
report.check('and goes', wait_for(lambda: sum(1 for _ in window.accessible.frames()) == 1))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
figures = json.loads(subprocess.run([PROGRAM, '--bench-start'], capture_output=True, check=True).stdout)
report.check('a start makes what is seen at the start, and no more', 100 < figures['widgets'] < 250, figures)
report.end()
