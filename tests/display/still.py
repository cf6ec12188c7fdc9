#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who wants no motion has none: panels, pages and the camera are at once where they go. With motion the same look at the window
sees them slide, so it would see it."""
from simgen_window import Report, Window, wait_for
from views import EXAMPLES, Walk, write_gtk_settings

report = Report()
WAYS = [('parts',), ('drawer',), ('history',), ('history',), ('parts',), ('drawer',)]


def moving(walk):
    """What is seen to move while panels and pages come and go."""
    seen = set()
    for action, *parameters in WAYS:
        walk.act(action, *parameters)
        seen.update(line[1] for line in walk.audit() if line[0] == 'moving')
        walk.settle()
    return seen


def begin():
    walk = Walk()
    walk.window = Window(str(EXAMPLES / 'car.simgen'))
    wait_for(lambda: walk.window.has_label('1 motor'))
    walk.settle()
    return walk


write_gtk_settings('gtk-enable-animations=0\n')
walk = begin()
seen = moving(walk)
report.check('no panel slides, no page fades', not seen, seen)
wait_for(lambda: walk.window.rests(600, 60, 500, 500))
for action in ('perspective', 'front'):
    _, before, _ = walk.window.measure()
    picture = walk.window.picture(600, 100, 500, 400)
    walk.act(action)
    report.check(f'the camera goes: {action}', wait_for(lambda: walk.window.picture(600, 100, 500, 400) != picture))
    wait_for(lambda: walk.window.rests(600, 100, 500, 400))
    _, after, _ = walk.window.measure()
    report.check(f'the camera does not travel: {action}', after - before <= 2, after - before)
report.check('nothing is complained of', not walk.window.complaints(), walk.window.complaints())
report.check('it closes', walk.window.close() == 0)

write_gtk_settings('')
walk = begin()
report.check('with motion they are seen to move', wait_for(lambda: moving(walk)))
report.check('it closes', walk.window.close() == 0)
report.end()
