#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shown of the simulation, and from where: the view's menu, its keys, cameras that go over into each other."""
import os
import tempfile

from simgen_window import Report, Window, wait_for, xdotool

report = Report()
window = Window()
window.press('Pendulum')
report.check('the example is there', wait_for(lambda: window.has_label('hinge')), window.labels()[:4])
view = window.find('image', 'Simulation').place()
paper = window.find('image', 'Drawing').place()
report.check('drawing and simulation have half of the window each', abs(paper[2] - view[2]) <= 2, (paper, view))
seen = (view[0] + 4, view[1] + 100, view[2] - 8, view[3] - 200)  # without the pills that float on it
wait_for(lambda: window.rests(*seen))
plain = window.picture(*seen)


def changed(than):
    """Whether the view shows something else and stays so."""
    return wait_for(lambda: window.rests(*seen) and window.picture(*seen) != than)


def is_as(picture):
    return wait_for(lambda: window.picture(*seen) == picture)


xdotool('mousemove', view[0] + 20, view[1] + view[3] - 30)
xdotool('key', 'j')
report.check('j shows the axes of joints', changed(plain))
xdotool('key', 'j')
report.check('j again hides them', is_as(plain))
xdotool('key', 'n')
report.check('n shows names', changed(plain))
window.shot('names')
xdotool('key', 'n')
report.check('n again hides them', is_as(plain))
xdotool('key', '0')
report.check('0 hides the first group of shapes', changed(plain))
xdotool('key', '0')
report.check('0 again shows it', is_as(plain))

xdotool('key', 'i')
report.check('i lays the ink on bodies', changed(plain))
window.shot('ink')
xdotool('key', 'i')
report.check('i again takes it off', is_as(plain))

xdotool('key', 'o')
report.check('o opens the menu', wait_for(lambda: window.find('check box', 'Centre of mass')))
window.shot('menu')
window.choose('Centre of mass', 'check box', 'View')
xdotool('key', 'Escape', 'sleep', 0.4)
report.check('a switch of the menu changes the picture', changed(plain))
xdotool('key', 'o', 'sleep', 0.6)
window.choose('Centre of mass', 'check box', 'View')
xdotool('key', 'Escape', 'sleep', 0.4)
report.check('and back', is_as(plain))

frames = window.measure()[1]
xdotool('key', 'bracketright')
report.check('] says which camera it is', wait_for(lambda: window.has_label('Turned view')))
report.check('it is seen turned', changed(plain))
n = window.measure()[1] - frames
report.check('over several frames', n >= 3, n)  # at once it would be two: one of it, and one at rest
window.shot('turned')
xdotool('key', 'bracketleft')
report.check('[ leads back to the front view', wait_for(lambda: window.has_label('Front view')) and is_as(plain))

xdotool('key', 'bracketright')
wait_for(lambda: window.has_label('Turned view'))
changed(plain)
xdotool('mousemove', view[0] + 300, view[1] + 560, 'mousedown', 1, 'mousemove', view[0] + 380, view[1] + 540, 'mouseup', 1)
wait_for(lambda: window.rests(*seen))
xdotool('key', 'shift+k')
report.check('Shift+K keeps a view', wait_for(lambda: window.has_label('Kept view 1')))
xdotool('key', 'f')
report.check('f leads away from it', is_as(plain))
xdotool('key', 'bracketleft')
report.check('it is the last camera', wait_for(lambda: window.has_label('Kept view 1')) and changed(plain))
kept = window.picture(*seen)
xdotool('key', 'f')
is_as(plain)
path = os.path.join(tempfile.mkdtemp(), 'kept.simgen')
report.check('the sketch is saved', window.save('save-as', path))
window.act('new')
report.check('another one is there', wait_for(lambda: not window.has_label('hinge')))
xdotool('key', 'bracketleft')
report.check('and has not got the view', wait_for(lambda: window.has_label('Turned view')))
window.open_file(path)
report.check('the sketch is opened again', wait_for(lambda: window.has_label('hinge')))
xdotool('key', 'f', 'sleep', 1, 'key', 'bracketleft')
report.check('its view is as it was', wait_for(lambda: window.has_label('Kept view 1')) and is_as(kept))
window.shot('kept-view')
xdotool('key', 'o', 'sleep', 0.6)
window.shot('kept-view-menu')
xdotool('key', 'Escape', 'sleep', 0.4, 'key', 'f')
is_as(plain)

before = window.measure()[1]
report.check('at rest nothing is drawn', wait_for(lambda: window.rests(*seen)) and window.measure()[1] - before <= 2)
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
