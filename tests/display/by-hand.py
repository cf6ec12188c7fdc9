#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""While nothing runs: a body goes along with the hand, a joint with its slider, and a drawing that is changed stays at its time."""
import re

from simgen_window import Report, Window, wait_for, xdotool

PIN = (300, 200)
BOB = (PIN[0] - 79, PIN[1] + 169)


def time():
    return next((label for label in window.labels() if re.match(r'^\d+:\d\d\.\d\d', label)), None)


def turn():
    """The slider of the pendulum's pin."""
    return next((node for node in window.walk() if node.role == 'slider' and node.name.endswith(': turn')), None)


def is_about(value, near=0.6):
    return wait_for(lambda: (lambda node: node and abs(node.value() - value) < near)(turn()))


report = Report()
window = Window()
window.draw_pendulum(*PIN)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
left = window.find('image', 'Simulation').place()[0]
bob = (left + BOB[0], BOB[1])
wait_for(lambda: window.rests(bob[0] - 30, bob[1] - 30, 60, 60))
before = window.picture(bob[0] - 20, bob[1] - 20, 40, 40)
xdotool('mousemove', *bob, 'mousedown', 1)
for step in range(1, 21):
    xdotool('mousemove', bob[0] + 6 * step, bob[1] - step, 'sleep', 0.02)
xdotool('mouseup', 1)
report.check('a body goes along with the hand', wait_for(lambda: window.picture(bob[0] - 20, bob[1] - 20, 40, 40) != before))
report.check('with no force, and no time', not any(re.match(r'^[\d.]+ m?N$', label) for label in window.labels()) and
             time().startswith('0:00.00'), time())
window.shot('moved')

xdotool('key', 'shift+m')
report.check('Shift+M shows a slider for the pin', wait_for(turn), [node.name for node in window.walk() if node.role == 'slider'])
report.check('at the angle where the hand was', is_about(-40.4, 3), turn() and turn().value())
wait_for(lambda: window.rests(left + 100, 100, 300, 250))
before = window.picture(left + 100, 100, 300, 250)
turn().set_value(30)
report.check('the slider moves it', wait_for(lambda: window.picture(left + 100, 100, 300, 250) != before) and is_about(30),
             turn().value())
x, y, width, height = turn().place()
xdotool('mousemove', x + width * 3 // 4, y + height // 2, 'sleep', 0.1, 'click', 1)
report.check('and a click', wait_for(lambda: turn().value() > 60), turn().value())
clicked = turn().value()
xdotool('key', 'Right')
report.check('and a key', is_about(clicked + 1, 0.3) and time().startswith('0:00.00'), (turn().value(), time()))
window.shot('joints')
window.press('Play')
report.check('while it runs the slider follows', wait_for(lambda: abs(turn().value() - clicked) > 5), turn().value())
window.press('Pause')
wait_for(lambda: window.find('push button', 'Play'))
seen = []
stopped = wait_for(lambda: seen.append((time(), turn().value())) or (seen[-1] if seen[-2:-1] == seen[-1:] else None))

window.draw_circle(480, 260, 25)
report.check('a circle is drawn to it', wait_for(lambda: window.has_label('2 bodies')), window.labels()[:4])
report.check('the time is what it was', time()[:7] == stopped[0][:7], (time(), stopped))
report.check('and the pendulum is where it was', is_about(stopped[1], 0.1), (turn().value(), stopped))
window.shot('edited-paused')
xdotool('key', 'r')
report.check('back at the start it hangs as it was drawn', is_about(0, 0.1) and time().startswith('0:00.00'), turn().value())
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
