#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two displays of different scale, side by side as Weston's windows: the window is dragged from one to the other and back. The ink
stays, is sharp and lies under the pointer; so does what is simulated. Needs a screen of 2700 by 1280."""
import os
import pathlib
import re
import shutil
import subprocess

os.environ['GSETTINGS_BACKEND'] = 'keyfile'  # it has the window's size
from simgen_window import Report, Window, wait_for, xdotool  # noqa: E402

ROOT = pathlib.Path(os.environ['SG_SOURCE_ROOT'])
HOME = pathlib.Path(os.environ['HOME'])
WIDTH, HEIGHT = 900, 640  # of either display, in points
WINDOW = 780
SETTINGS = f'[org/simgen/SimGen]\nwindow-width={WINDOW}\nwindow-height=560\n'
DISPLAYS = """[core]
idle-time=0
[shell]
background-color=0xff0000ff
panel-position=none
animation=none
startup-animation=none
close-animation=none
""" + ''.join(f'[output]\nname=X{scale}\nmode={WIDTH}x{HEIGHT}\nscale={scale}\n' for scale in (1, 2))


def start_displays():
    (HOME / 'weston.ini').write_text(DISPLAYS)
    weston = subprocess.Popen(['weston', '--backend=x11-backend.so', '--output-count=2', '--socket=two-scales', f'--config={HOME}/weston.ini'],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def windows():
        tree = subprocess.run(['xwininfo', '-root', '-children'], capture_output=True, text=True).stdout
        return dict(reversed(pair) for pair in re.findall(r'(0x\w+) "Weston Compositor - (X\d)"', tree))
    wait_for(lambda: len(windows()) == 2, 20)
    if len(windows()) < 2:
        weston.kill()
        return None
    xdotool('windowmove', windows()['X2'], WIDTH, 0)
    return weston


class Display:
    def __init__(self, scale):
        self.scale = scale
        self.x = 0 if scale == 1 else WIDTH  # on the screen, and among the displays
        self.corner = None  # of the window here, in pixels of the screen
        self.right = None  # how far it goes here

    def pixels(self, x, y, width, height):
        """Rows of reds; x, y: pixels of the screen."""
        told = subprocess.run(['import', '-window', 'root', '-crop', f'{width}x{height}+{x}+{y}', '-depth', '8', 'rgb:-'],
                              capture_output=True, check=True).stdout
        return [list(told[3 * row * width:3 * (row + 1) * width:3]) for row in range(height)]

    def find_window(self):
        """Where the window begins here; all else is blue. False: it is not seen."""
        rows = self.pixels(self.x, 0, WIDTH * self.scale, HEIGHT * self.scale)
        left = min(next((i for i, red in enumerate(row) if red > 200), len(row)) for row in rows)
        top = next((y for y, row in enumerate(rows) if max(row) > 200), 0)
        self.corner = self.x + left, top
        self.right = self.x + max(len(row) - next((i for i, red in enumerate(reversed(row)) if red > 200), len(row)) for row in rows)
        return left < WIDTH * self.scale

    def at(self, x, y):
        """Of a place in the window, in points, on the screen."""
        return self.corner[0] + round(self.scale * x), self.corner[1] + round(self.scale * y)

    def part(self, x, y, width, height):
        return self.pixels(*self.at(x, y), width * self.scale, height * self.scale)

    def ink(self, x, y):
        """Dark pixels above each other about a place."""
        return sum(row[0] < 110 for row in self.pixels(*self.at(x, y - 8), 1, 16 * self.scale))

    def draw(self, *points):
        window.draw([self.at(*point) for point in points])

    def drag(self, x, y, by):
        """The window by a place on the screen; the pointer does not leave this display."""
        self.find_window()
        before = self.corner, self.right
        xdotool('mousemove', x - 8, y, 'sleep', '0.1', 'mousemove', x, y, 'sleep', '0.2', 'mousedown', '1')
        steps = iter(range(20, 400))
        way = 1 if by > 0 else -1
        wait_for(lambda: xdotool('mousemove', x + way * next(steps), y) or self.find_window() and (self.corner, self.right) != before, 20)
        xdotool('mousemove', x + by // 2, y, 'sleep', '0.2', 'mousemove', x + by, y, 'sleep', '0.3', 'mouseup', '1', 'sleep', '0.5')


def carry_to_two():
    """By the header bar, as far as this display goes, and from there on."""
    one.drag(*one.at(150, 24), WIDTH)
    one.find_window()
    left = one.corner[0]
    two.drag(WIDTH + 2 * (left + 400 - WIDTH), 2 * (one.corner[1] + 24), 2 * (WIDTH + 40 - left))


def carry_to_one():
    two.drag(*two.at(480, 24), -2 * WIDTH)
    one.find_window()
    one.drag(*one.at(300, 24), 60 - one.corner[0])


def is_sharp(rows):
    """Whether it was not drawn at half the size and made larger: by pixels taken twice, or by what lies between two, where no
    step is more than half of its edge."""
    change = sum(abs(row[i + 1] - row[i]) for row in rows for i in range(1, len(row) - 2))
    twice = min(sum(abs(row[i + 1] - row[i]) for row in rows for i in range(start, len(row) - 2, 2)) for start in (1, 2))
    steepest = 0
    for row in rows:
        for i in range(2, len(row) - 3):
            edge = row[i - 2:i + 4]
            if max(edge) - min(edge) > 60:
                steepest = max(steepest, abs(row[i + 1] - row[i]) / (max(edge) - min(edge)))
    return twice > change / 5 and steepest > 0.95


class WaylandWindow(Window):
    """Its frames need no looking at: there is more on the screen."""

    def _is_painted(self):
        return True


report = Report()
if not shutil.which('weston') or not shutil.which('xwininfo'):
    report.skip('two scales', 'weston or xwininfo is not installed')
    report.end()
weston = start_displays()
if weston is None:
    report.skip('two scales', 'weston shows no two displays here')
    report.end()
keyfile = HOME / '.config/glib-2.0/settings/keyfile'
keyfile.parent.mkdir(parents=True)
keyfile.write_text(SETTINGS)
os.environ.update(WAYLAND_DISPLAY='two-scales', GDK_BACKEND='wayland')
one, two = Display(1), Display(2)
xdotool('mousemove', WIDTH // 2, HEIGHT // 2, 'sleep', '0.3')  # the window comes where the pointer is
window = WaylandWindow(str(ROOT / 'data/examples/pendulum.simgen'))
report.check('the drawing is read', wait_for(lambda: window.has_label('1 hinge')))
report.check('the window is there', wait_for(one.find_window))
left, right = (window.find('image', name).place() for name in ('Drawing', 'Simulation'))
PAPER = (left[0] + 10, left[1] + 80, left[2] - 20, 220)
VIEW = (right[0] + 10, right[1] + 80, right[2] - 20, 220)
middle = left[0] + 310, left[1] + 200
one.draw((middle[0] - 30, middle[1]), (middle[0] + 30, middle[1]))
report.check('ink is where it was drawn', wait_for(lambda: one.ink(*middle) > 0))
xdotool('mousemove', *one.at(300, 24), 'sleep', '2')
pixels = one.ink(*middle)  # once its line is what it stays
before = one.part(*PAPER)
window.shot('two-scales-one')

carry_to_two()
report.check('the window is on the other display', wait_for(lambda: two.find_window() and not one.find_window(), 15))
report.check('its ink is where it was, twice as large', wait_for(lambda: abs(two.ink(*middle) - 2 * pixels) <= 1), (pixels, two.ink(*middle)))
report.check('and sharp', wait_for(lambda: is_sharp(two.part(*PAPER))))
report.check('what is simulated is sharp', wait_for(lambda: is_sharp(two.part(*VIEW))))
below = middle[0], middle[1] + 30
two.draw((below[0] - 30, below[1]), (below[0] + 30, below[1]))
report.check('ink lies under the pointer', wait_for(lambda: two.ink(*below) > 0))
window.shot('two-scales-two')
xdotool('mousemove', *two.at(right[0] + 102, right[1] + 325), 'click', '1')
report.check('and what is simulated, too', wait_for(lambda: [row.name for row in window.list_rows('Parts of the drawing') if row.is_selected()]
                                                    == ['Ball']))
xdotool('mousemove', *two.at(right[0] + 300, right[1] + 250), 'click', '1')
window.act('undo')

carry_to_one()
report.check('it comes back', wait_for(lambda: one.find_window() and not two.find_window(), 15))
report.check('with the same ink', wait_for(lambda: one.part(*PAPER) == before, 15))
window.shot('two-scales-back')
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
weston.terminate()
weston.wait()
report.end()
