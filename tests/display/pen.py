#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real pen and a real touch screen, as X knows them: the pen draws wider where it is pressed harder, its other end erases
without a change of tool, a barrel button moves; a palm beside the pen leaves no trace, two fingers zoom without a stroke."""


from simgen_window import Report, Window, wait_for, xdotool
from x_devices import TOUCH_BEGIN, TOUCH_END, TOUCH_UPDATE, Pen, Screen


def width_of_ink(x, y):
    """Dark pixels in a column of the screen about (x, y)."""
    pixels = window.picture(x, y - 12, 1, 24)
    return sum(sum(pixels[i:i + 3]) < 300 for i in range(0, len(pixels), len(pixels) // 24))


def line(x0, y0, x1, y1, pressure, n=40):
    return [(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n, pressure(i / n)) for i in range(n + 1)]


def zoom():
    return next((label for label in window.labels() if label.endswith(' %')), None)



report = Report()
window = Window()
pen, screen = Pen(), Screen()
window.act('show-reading')  # ink alone is looked at

# two fingers where no pen was seen yet: the first has begun a stroke
screen.touch(1, TOUCH_BEGIN, 200, 300)
screen.touch(1, TOUCH_UPDATE, 206, 300)
screen.touch(1, TOUCH_UPDATE, 212, 301)
screen.touch(2, TOUCH_BEGIN, 300, 300)
before = zoom()
for i in range(1, 21):
    screen.touch(1, TOUCH_UPDATE, 212 - 2 * i, 300)
    screen.touch(2, TOUCH_UPDATE, 300 + 2 * i, 300)
screen.touch(1, TOUCH_END, 172, 300)
screen.touch(2, TOUCH_END, 340, 300)
report.check('two fingers zoom', wait_for(lambda: zoom() != before), f'{before} to {zoom()}')
report.check('and draw nothing', window.has_label('Draw a mechanism'))
xdotool('key', 'ctrl+0')
wait_for(lambda: zoom() == before)
screen.stroke(1, [(100 + 8 * i, 160) for i in range(30)])
report.check('one finger draws where there is no pen', wait_for(lambda: not window.has_label('Draw a mechanism')))
xdotool('key', 'ctrl+z')
wait_for(lambda: window.has_label('Draw a mechanism'))

for _ in range(5):
    xdotool('key', 'ctrl+plus')
pen.stroke(line(100, 160, 400, 160, lambda t: t))
report.check('a pen draws', wait_for(lambda: not window.has_label('Draw a mechanism')))
wait_for(lambda: width_of_ink(385, 160) > 0)
thin, thick = width_of_ink(140, 160), width_of_ink(385, 160)
report.check('wider where it is pressed harder', thick >= 2 * thin > 0, f'{thin} to {thick} pixels')
window.shot('pen')

pen.stroke(line(100, 240, 400, 240, lambda t: 0.6))
wait_for(lambda: width_of_ink(250, 240) > 0)
pen.hover(250, 320)
screen.stroke(1, [(300 + i, 420 + i) for i in range(30)])
for i in range(10):
    pen.hover(250 + i, 320)
two = width_of_ink(250, 240), width_of_ink(320, 440), width_of_ink(310, 430)
report.check('a palm beside the pen leaves no trace', two[0] > 0 and two[1:] == (0, 0), two)

pen.turn('ERASER')
pen.stroke(line(250, 210, 250, 270, lambda t: 0.5, 20))
report.check('its other end erases', wait_for(lambda: width_of_ink(200, 240) == 0))
report.check('and nothing else', width_of_ink(385, 160) > 0)
pen.turn('STYLUS')
pen.stroke(line(100, 300, 400, 300, lambda t: 0.6))
report.check('turned back it draws again', wait_for(lambda: width_of_ink(250, 300) > 0))

pen.hover(250, 300)
pen.press(250, 300, 2)
pen.press(250, 300, 1, 0.3)
for i in range(21):
    pen.move(250, 300 + 3 * i, 0.5)
pen.release(250, 360, 1)
pen.release(250, 360, 2)
report.check('a barrel button moves what is under the pen',
             wait_for(lambda: width_of_ink(200, 360) > 0 and width_of_ink(200, 300) == 0))
pen.leave(250, 360)

# pulled out amid a stroke: what was drawn stays, and the next device draws
pen.hover(100, 440)
pen.press(100, 440, 1, 0.6)
for i in range(31):
    pen.move(100 + 5 * i, 440, 0.6)
wait_for(lambda: width_of_ink(200, 440) > 0)
pen.unplug()
report.check('a stroke outlives its pen', wait_for(lambda: width_of_ink(200, 440) > 0 and window.rests(90, 400, 300, 90)))
xdotool('mouseup', '1')  # X holds the pen's button down until another device lets go of it
window.draw([(100, 500), (300, 500)])
xdotool('mousemove', 420, 440)
report.check('a mouse draws after it', wait_for(lambda: width_of_ink(200, 500) > 0))
report.check('and nothing is stuck to it', width_of_ink(360, 470) == width_of_ink(400, 445) == 0)
screen.stroke(1, [(100 + 8 * i, 540) for i in range(20)])
report.check('so does a finger, as there is no pen', wait_for(lambda: width_of_ink(180, 540) > 0))
screen.touch(2, TOUCH_BEGIN, 330, 540)
for i in range(16):
    screen.touch(2, TOUCH_UPDATE, 330 + 8 * i, 540)
wait_for(lambda: width_of_ink(420, 540) > 0)
screen.unplug()
report.check('a stroke outlives its touch screen', wait_for(lambda: width_of_ink(420, 540) > 0 and window.rests(320, 520, 150, 40)))
xdotool('mouseup', '1')
window.draw([(480, 120), (480, 300)])
report.check('a mouse draws after that, too', wait_for(lambda: width_of_ink(480, 290) > 0))
window.shot('pen-unplugged')
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
