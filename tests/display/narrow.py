#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window as narrow as a phone: one side at a time, Play always there. And one that is low."""
from simgen_window import Report, Window, wait_for

WIDTH, HEIGHT = 360, 680


def place(role, name=None):
    """x, y, width and height."""
    return window.find(role, name).place()


def ink_width():
    """Pixels from the first column of the drawing that has ink to the last."""
    x, y, width, height = place('image', 'Drawing')
    pixels = window.picture(x, y, width, height)
    depth = len(pixels) // (width * height)
    dark = [i // depth % width for i in range(0, len(pixels), depth) if max(pixels[i:i + depth]) < 100]
    return max(dark, default=0) - min(dark, default=0)


def defects(kind):
    """What the program finds of that kind in its windows (src/app/view-audit.h)."""
    return [line.split('\t')[1:] for line in window._state('audit') if line.startswith(kind)]


def has_size(*size):
    return wait_for(lambda: place('frame')[2:] == size)


report = Report()
window = Window()
wait_for(lambda: window.find('push button', 'Car'))
for height, drawer in ((700, False), (430, False), (700, True)):
    if drawer:
        window.act('drawer')
    window.resize(1100, height)
    report.check(f'{height} pixels high{" with the drawer" * drawer}: no example is under the tools',
                 has_size(1100, height) and (not drawer or wait_for(lambda: window.find('tab'))) and wait_for(lambda: not defects('covered'), 5),
                 defects('covered'))
    window.shot(f'low-{height}-{drawer}')
window.act('drawer')
window.resize(WIDTH, HEIGHT)
report.check('the simulation makes way', wait_for(lambda: not window.find('image', 'Simulation')))
report.check('the window is 360 pixels wide', wait_for(lambda: place('frame')[2] == WIDTH), place('frame'))
report.check('Play is there beside the drawing', window.find('push button', 'Play'))

window.draw([(40, 280), (320, 284)])
report.check('the first stroke may begin in the middle', wait_for(lambda: not window.has_label('Draw a mechanism')))
window.press('Undo')
report.check('without it the page is empty again', wait_for(lambda: window.has_label('Draw a mechanism')))
window.resize(680, HEIGHT)
window.press('Play')
report.check('it says what to draw', has_size(680, HEIGHT) and wait_for(lambda: window.has_label('Draw something that can move')))
(_, top, _, height), (_, foot, _, _) = place('tool bar', 'Drawing tools'), place('tool bar', 'Playback')
report.check('what it says leaves the tools their room', top + height <= foot, (top + height, foot))
window.resize(WIDTH, HEIGHT)
has_size(WIDTH, HEIGHT)
window.draw_pendulum(190, 180)
report.check('one hinge is recognised', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:4])
(_, top, _, height), (_, tools, _, _) = place('image', 'Drawing'), place('tool bar', 'Drawing tools')
report.check('the tools leave the paper free', tools >= top + height, (top + height, tools))
window.press('Simulation')
report.check('the switcher shows the simulation', wait_for(lambda: window.find('image', 'Simulation')))
report.check('instead of the drawing', not window.find('image', 'Drawing'))
(_, top, _, height), (_, foot, _, _) = place('image', 'Simulation'), place('tool bar', 'Playback')
report.check('down to the transport', foot - (top + height) < 40, (top + height, foot))
(_, _, title, _), (_, _, text, _) = place('push button', 'Untitled'), place('label', 'Untitled')
report.check('the title is readable', min(title, text) > 40, (title, text))
report.check('paused it says so', window.has_label('paused') and not window.has_label('Hz'))
window.press('Play')
report.check('Play is there beside it', wait_for(lambda: window.find('push button', 'Pause')))
window.act('motors')
report.check('the drawer has its pages in a list', wait_for(lambda: window.find('combo box', 'Page of the drawer')) and not window.find('tab'))
report.check('a joint has the room that it needs', wait_for(lambda: window.has_label('Joints')) and wait_for(lambda: not defects('sideways'), 5),
             defects('sideways'))
window.shot('narrow-motors')
window.act('drawer')
window.resize(1100, 700)
report.check('wide again, both are there',
             wait_for(lambda: window.find('image', 'Simulation') and window.find('image', 'Drawing')))

# What is fitted stays so: alone, the drawing has the room of both sides.
window.press('Show all of the drawing')
wide = ink_width()
window.resize(2 * WIDTH, HEIGHT)
report.check('it is fitted to half a window', wait_for(lambda: ink_width() < 0.8 * wide), (wide, ink_width()))
window.resize(WIDTH, HEIGHT)
window.press('Drawing')
report.check('and to all of a narrow one', wait_for(lambda: window.find('image', 'Drawing')))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
