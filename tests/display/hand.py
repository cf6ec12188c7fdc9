#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hand in the real window: PgUp selects what a part hangs from; a body that is pulled at follows, flies on when it is let go,
and with Shift is held until Escape; a drag beside all bodies turns the view as ever."""
import re

from simgen_window import Report, Window, wait_for, xdotool

PIN, ELBOW, BOB = (300, 130), (200, 229), (303, 364)


def force():
    """The words beside a pulled body, None where none is pulled."""
    return next((label for label in window.labels() if re.match(r'^[\d.]+ [mk]?N$', label)), None)


def selected():
    return [row.name for row in window.list_rows('Parts of the drawing') if row.is_selected()]


def pull(by, held):
    """Presses on the bob as it is drawn and goes `by` from there, with Shift or not."""
    x, y = left + BOB[0], BOB[1]
    if held:
        xdotool('keydown', 'shift')
    xdotool('mousemove', x, y, 'mousedown', 1)
    for step in range(1, 11):
        xdotool('mousemove', x + by[0] * step // 10, y + by[1] * step // 10, 'sleep', 0.03)


report = Report()
window = Window()
window.draw([(190, 130), (410, 131)])
for dx in range(200, 410, 27):
    window.draw([(dx, 130), (dx + 12, 117)])
window.draw_circle(*PIN, 7)
window.draw([PIN, ELBOW])
window.draw_circle(*ELBOW, 7)
window.draw([ELBOW, (BOB[0] - 12, BOB[1] - 14)])
window.draw_circle(*BOB, 21)
report.check('two bodies on hinges are recognised', wait_for(lambda: window.has_label('2 bodies', '2 hinges')), window.labels()[:4])
left = window.find('image', 'Simulation').place()[0]
wait_for(lambda: window.rests(left + 100, 100, 300, 300))

xdotool('mousemove', left + BOB[0], BOB[1], 'click', 1)
report.check('a click selects the ball', wait_for(lambda: selected() == ['Ball']), selected())
xdotool('key', 'Page_Up')
report.check('PgUp the rod that it hangs from', wait_for(lambda: selected() and 'Rod' in selected()[0]), selected())
xdotool('key', 'Page_Up')
report.check('and there it stays', selected() and 'Rod' in selected()[0], selected())

pull((120, -60), held=True)
report.check('the force is shown', wait_for(force))
xdotool('mouseup', 1, 'keyup', 'shift')
window.press('Play')
at_hand = (left + BOB[0] + 105, BOB[1] - 75, 30, 30)
before = window.picture(*at_hand)
report.check('held with Shift the body goes to where the hand was', wait_for(lambda: window.picture(*at_hand) != before))
report.check('and is held there', wait_for(lambda: force()))
window.shot('held')
xdotool('key', 'Escape')
report.check('Escape lets it go', wait_for(lambda: window.labels() and not force()), force())
window.press('Pause')
report.check('it is paused', wait_for(lambda: window.find('push button', 'Play')))

wait_for(lambda: window.rests(left + 100, 100, 300, 300))
front = window.picture(left + 100, 100, 300, 300)
xdotool('mousemove', left + 480, 480, 'mousedown', 1)
for step in range(1, 11):
    xdotool('mousemove', left + 480 - 8 * step, 480, 'sleep', 0.03)
xdotool('mouseup', 1)
report.check('a drag beside all turns it', wait_for(lambda: window.picture(left + 100, 100, 300, 300) != front))
wait_for(lambda: window.rests(left + 100, 100, 300, 300))
window.shot('turned')
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
