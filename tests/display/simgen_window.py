# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window, driven as a person would: by accessible names, mouse and keys. Waits on conditions, never for times."""
import math
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings

warnings.simplefilter('ignore')
G_DEBUG = os.environ.pop('G_DEBUG', '')  # for the program, not for this one: AT-SPI itself warns at its start
import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PATIENCE = 60  # s; a shared machine may be slow
SHOTS = os.environ.get('SG_SHOTS')
PROGRAM = os.path.join(os.environ['SG_BUILD_ROOT'], 'src/app/simgen')


class Report:
    """TAP on standard output."""

    def __init__(self):
        self.n = self.failed = 0

    def check(self, name, good, detail=''):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} {name}{' # ' + str(detail) if detail != '' else ''}", flush=True)
        return good

    def end(self):
        print(f'1..{self.n}')
        sys.exit(1 if self.failed else 0)


def wait_for(condition, patience=PATIENCE):
    """The first true value of `condition`, or its last one."""
    end = time.monotonic() + patience
    while True:
        try:
            value = condition()
        except GLib.Error:  # an accessible that went away meanwhile
            value = None
        if value or time.monotonic() > end:
            return value
        time.sleep(0.1)


def walk(node):
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child:
            yield from walk(child)


def xdotool(*words):
    subprocess.run(['xdotool', *map(str, words)], check=True)


class Window:
    """A running simgen. Its canvas begins at `x`, `y` on the screen: there is no window manager."""

    def __init__(self, *arguments):
        self.errors = tempfile.TemporaryFile(mode='w+')
        self.process = subprocess.Popen([PROGRAM, *arguments], stderr=self.errors,
                                        env={**os.environ, 'G_DEBUG': G_DEBUG})
        self.root = wait_for(self._find_frame)
        if not self.root:
            self.end()
            print(f'Bail out! no window: {self.complaints()}')
            sys.exit(1)
        wait_for(lambda: self.find('image', 'Drawing'))
        wait_for(self._is_painted)

    def _find_frame(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app and app.get_name() == 'simgen' and app.get_child_count() > 0:
                return app.get_child_at_index(0)
        return None

    def _is_painted(self):
        return int(subprocess.run(['import', '-window', 'root', '-format', '%k', 'info:'], capture_output=True, text=True,
                                  check=True).stdout or 0) > 10

    def find(self, role, name=None):
        for node in walk(self.root):
            if node.get_role_name() == role and (name is None or node.get_name() == name):
                return node
        return None

    def find_row(self, start):
        """The first row of any list whose name begins so."""
        return next((node for node in walk(self.root)
                     if node.get_role_name() == 'list item' and node.get_name().startswith(start)), None)

    def list_rows(self, name):
        """The rows of the list of that name."""
        found = self.find('list', name)
        return [row for row in walk(found) if row.get_role_name() == 'list item'] if found else []

    def rows(self, name):
        """Names of the rows of the list of that name."""
        return [row.get_name() for row in self.list_rows(name)]

    def has_row(self, name, *parts):
        """Whether a row of the list of that name says all that, in its name and description."""
        rows = [f'{row.get_name()}, {row.get_description()}' for row in self.list_rows(name)]
        return any(all(part in row for part in parts) for row in rows)

    def type(self, name, text):
        """Types into the entry of the row of that name, with Enter."""
        self.click(next(node for node in walk(wait_for(lambda: self.find_row(name))) if node.get_role_name() == 'text'))
        xdotool('key', 'ctrl+a', 'type', text)
        xdotool('key', 'Return')

    def choose(self, name):
        """Clicks a choice in the popover at a mark. Its widgets know their place in the popover, whose place X knows."""
        shown = wait_for(lambda: self.find('filler', 'Alternatives'))
        row = wait_for(lambda: next((node for node in walk(shown) if node.get_role_name() == 'list item' and
                                     node.get_name().startswith(name)), None))
        frame, box = (node.get_component_iface().get_extents(Atspi.CoordType.WINDOW) for node in (shown, row))
        windows = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.', 'getwindowgeometry', '--shell', '%@'],
                                 capture_output=True, text=True, check=True).stdout
        x, y = re.search(rf'X=(-?\d+)\nY=(-?\d+)\nWIDTH={frame.width}\nHEIGHT={frame.height}\n', windows).groups()
        xdotool('mousemove', int(x) + box.x - frame.x + box.width // 2, int(y) + box.y - frame.y + box.height // 2,
                'click', 1, 'sleep', 0.2)

    def click(self, node):
        """Clicks the middle of a widget, once it is where it stays."""
        def place():
            box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
            return box if box.width > 40 and box.x > 0 else None
        box = wait_for(place)
        xdotool('mousemove', box.x + box.width // 2, box.y + box.height // 2, 'click', '1', 'sleep', '0.2')

    def shot(self, name):
        """Keeps a picture of the screen where SG_SHOTS says."""
        if SHOTS:
            os.system(f'sleep 0.6; import -window root {SHOTS}/{name}.png')

    def press(self, name):
        """Presses a button by its accessible name; a menu button is a button in a button."""
        button = wait_for(lambda: self.find('push button', name) or self.find('toggle button', name))
        while button.get_child_count() and not (button.get_action_iface() and button.get_n_actions()):
            button = button.get_child_at_index(0)
        return button.do_action(0)

    def labels(self):
        return [node.get_name() for node in walk(self.root) if node.get_role_name() == 'label']

    def has_label(self, *parts):
        return any(all(part in label for part in parts) for label in self.labels())

    def measure(self):
        """Frames that the simulation's view has drawn, and how often the figures' labels were changed."""
        return time.monotonic(), *self._state('measure')

    def measure_canvas(self):
        """Frames of the canvas, marks painted over the ink, frames and ms from the last change to its reading."""
        return self._state('measure-canvas')

    def _state(self, action):
        self._ask('Activate', GLib.Variant('(sava{sv})', (action, [], {})))
        _, _, (state,) = self._ask('Describe', GLib.Variant('(s)', (action,)))[0]
        return state

    @staticmethod
    def _ask(method, arguments):
        return Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            'org.simgen.SimGen', '/org/simgen/SimGen/window/1', 'org.gtk.Actions', method, arguments, None,
            Gio.DBusCallFlags.NONE, PATIENCE * 1000).unpack()

    def draw(self, points, hold=0):
        """A stroke through `points`, in pixels of the screen, in small steps as a hand makes them, held for `hold` s at
        its end."""
        commands = ['mousemove', *points[0], 'mousedown', '1']
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            n = max(1, int(math.hypot(x1 - x0, y1 - y0) / 6))
            for i in range(1, n + 1):
                commands += ['mousemove', round(x0 + (x1 - x0) * i / n), round(y0 + (y1 - y0) * i / n), 'sleep', '0.008']
        xdotool(*commands, 'sleep', hold, 'mouseup', '1', 'sleep', '0.08')

    def draw_circle(self, x, y, r):
        self.draw([(x + r * math.cos(i * math.pi / 16), y - r * math.sin(i * math.pi / 16)) for i in range(33)])

    def draw_pendulum(self, x, y):
        """A hatched ceiling, a pin, a rod and a bob; (x, y) is the pin."""
        self.draw([(x - 110, y), (x + 110, y + 1)])
        for dx in range(-95, 110, 27):
            self.draw([(x + dx, y), (x + dx + 12, y - 13)])
        self.draw_circle(x, y, 7)
        self.draw([(x, y), (x - 70, y + 150)])
        self.draw_circle(x - 79, y + 169, 22)

    def picture(self, x, y, width, height):
        """The pixels of a part of the screen."""
        return subprocess.run(['import', '-window', 'root', '-crop', f'{width}x{height}+{x}+{y}', 'rgb:-'],
                              capture_output=True, check=True).stdout

    def rests(self, *place):
        """Whether a part of the screen stays as it is."""
        before = self.picture(*place)
        time.sleep(0.5)
        return self.picture(*place) == before

    def resize(self, width, height):
        xdotool('search', '--onlyvisible', '--name', '.', 'windowsize', width, height)

    def close(self):
        """Closes by the keyboard, as a person does; returns the exit status, None where it hangs."""
        xdotool('key', 'ctrl+w')
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.end()
            return None

    def end(self):
        self.process.kill()
        self.process.wait()

    def complaints(self):
        """Warnings and criticals of GLib and GTK on standard error."""
        self.errors.seek(0)
        return [line.strip() for line in self.errors if 'WARNING' in line or 'CRITICAL' in line or 'ERROR' in line]
