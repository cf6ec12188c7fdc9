#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The time machine and the hand in the real window: scrub back, step, play on from the past as a branch beside the old run, play
backwards, and pull at a body whose force is shown."""
import re

from simgen_window import FOCUSED, Report, Window, wait_for, xdotool

PIN = (300, 200)
BOB = (PIN[0] - 79, PIN[1] + 169)
TIME = re.compile(r'^(\d+):(\d\d\.\d\d)(?: of (\d+):(\d\d\.\d\d))?$')


def times():
    """Where the simulation is and where its record ends, s."""
    found = next((found for found in map(TIME.match, window.labels()) if found), None)
    if not found:
        return None
    now = int(found[1]) * 60 + float(found[2])
    return now, int(found[3]) * 60 + float(found[4]) if found[3] else now


def force():
    """The words beside a pulled body, None where none is pulled."""
    return next((label for label in window.labels() if re.match(r'^[\d.]+ k?N$', label)), None)


def settled():
    """The times once they rest."""
    seen = [times()]
    return wait_for(lambda: seen.append(times()) or (seen[-1] if seen[-1] == seen[-2] else None))


def has_time(check):
    """Whether a time comes that is so; the times."""
    return wait_for(lambda: (lambda now: now if now and check(*now) else None)(times()))


report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
track = wait_for(lambda: window.find('slider', 'Timeline'))
report.check('there is a timeline', bool(track))

window.press('Play')
report.check('time goes on', has_time(lambda now, end: now > 1.5), times())
xdotool('mousemove', PIN[0], 600, 'key', 'k')
window.press('Pause')
now, end = settled()
report.check('paused at the end of what is recorded', now == end, (now, end))

x, y, width, height = track.place()
middle = y + height // 2
window.draw([(x + width - 9, middle), (x + width // 2, middle)])
scrubbed = has_time(lambda now, last: now < 0.8 * end and last == end)
report.check('dragged back along the timeline it is in the past', bool(scrubbed), times())
window.shot('scrubbed')
back = settled()[0]
xdotool('key', 'Left', 'key', 'Left', 'key', 'Left', 'key', 'Left', 'key', 'Left')
report.check('five steps back', has_time(lambda now, last: abs(back - now - 0.01) < 0.006), (back, times()))
xdotool('key', 'Right', 'key', 'Right', 'key', 'Right', 'key', 'Right', 'key', 'Right')
report.check('and forward again', has_time(lambda now, last: abs(back - now) < 0.006 and last == end), (back, times()))

window.press('Play')
report.check('played on from there time goes on', has_time(lambda now, last: now > back + 0.3 and now == last), times())
window.press('Pause')
settled()
window.press('Runs, branches and marks')
rows = wait_for(lambda: (lambda rows: rows if len(rows) == 2 else None)(window.rows('Runs and branches')))
report.check('both are listed', rows and rows[0].startswith('Run 1') and rows[1].startswith('Branch at'), rows)
window.shot('branches')
report.check('and the mark', len(window.rows('Marks')) == 1, window.rows('Marks'))
rename = [node for node in window.walk() if node.role == 'push button' and node.name == 'Rename']
rename[1].press()
wait_for(lambda: any(node.role == 'text' and node.name == 'Name' and node.states & FOCUSED for node in window.walk()))
xdotool('key', 'ctrl+a', 'type', 'with a push')
xdotool('key', 'Return')
report.check('a branch is given a name', wait_for(lambda: window.rows('Runs and branches')[1:] and
                                                  window.rows('Runs and branches')[1].startswith('with a push')),
             window.rows('Runs and branches'))
window.shot('named-branch')
window.choose('Run 1', 'list item', 'Places in time')
report.check('the old future is still there', has_time(lambda now, last: now == last == end), (times(), end))
window.shot('old-future')
xdotool('key', 'Home')
report.check('Home goes to the start', has_time(lambda now, last: now == 0), times())
xdotool('key', 'End')
report.check('End to the end', has_time(lambda now, last: now == last == end), (times(), end))
xdotool('key', 'b')
report.check('B plays backwards', has_time(lambda now, last: 0 < now < last - 0.1), times())
report.check('to the start, where it is paused', has_time(lambda now, last: now == 0) and
             wait_for(lambda: window.find('push button', 'Play')), times())

xdotool('key', 'l')
report.check('L plays a span over and over', wait_for(lambda: window.find('push button', 'Pause')) and
             has_time(lambda now, last: now > 0.3))
seen = []
wait_for(lambda: seen.append(times()[0]) or (len(seen) > 1 and seen[-1] < seen[-2]))
report.check('from its start again', len(seen) > 1 and seen[-1] < seen[-2] and times()[1] == end, seen[-3:])
xdotool('key', 'k', 'key', 'Home')
has_time(lambda now, last: now == 0)

# the hand: the views line up, so the bob is as far from the left as it is drawn
left = window.find('image', 'Simulation').place()[0]
bob = (left + BOB[0], BOB[1])
window.shot('before-pull')
wait_for(lambda: window.rests(bob[0] - 30, bob[1] - 30, 60, 60))
xdotool('mousemove', *bob, 'mousedown', 1)
for step in range(1, 16):
    xdotool('mousemove', bob[0] + 8 * step, bob[1] - 4 * step, 'sleep', 0.03)
report.check('paused a body goes along with the hand', not wait_for(force, 1), force())
window.press('Play')
wait_for(lambda: window.find('push button', 'Pause'))
xdotool('mousemove', bob[0] + 130, bob[1] - 70)
shown = wait_for(force)
report.check('while it runs it is pulled at, and shows the force', bool(shown), window.labels()[:12])
window.shot('pull')
xdotool('mousemove', bob[0] + 200, bob[1] - 140)
report.check('the farther the more', wait_for(lambda: force() not in (None, shown)), (shown, force()))
window.shot('pulled')
xdotool('mouseup', 1)
report.check('let go the force is gone', wait_for(lambda: not force()), force())
window.press('Pause')
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
