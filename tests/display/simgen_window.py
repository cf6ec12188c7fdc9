# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window, driven as a person would: by accessible names, mouse and keys. Waits on conditions, never for times."""
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time

from gi.repository import Gio, GLib

PATIENCE = 60  # s; a shared machine may be slow
SHOTS = os.environ.get('SG_SHOTS')
PROGRAM = os.path.join(os.environ['SG_BUILD_ROOT'], 'src/app/simgen')
SCALE = int(os.environ.get('GDK_SCALE', 1))  # pixels of the screen that are one of the program's


class Report:
    """TAP on standard output."""

    def __init__(self):
        self.n = self.failed = 0

    def check(self, name, good, detail=''):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} {name}{' # ' + ' '.join(str(detail).split()) if detail != '' else ''}", flush=True)
        return good

    def skip(self, name, reason):
        self.n += 1
        print(f'ok {self.n} {name} # SKIP {reason}', flush=True)

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
        if value:
            return value
        if time.monotonic() > end:
            tell_in_vain(patience)
            return value
        time.sleep(0.1)


def tell_in_vain(patience):
    """Where the test waited: what is not checked right after would be a minute lost in silence."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    print(f'# {os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno}: waited {patience:g} s in vain', flush=True)


ROLES = {7: 'check box', 11: 'combo box', 20: 'filler', 23: 'frame', 27: 'image', 29: 'label', 31: 'list', 32: 'list item', 37: 'tab', 39: 'panel', 43: 'push button',
         51: 'slider', 52: 'spin button', 54: 'status bar', 61: 'text', 62: 'toggle button', 63: 'tool bar', 79: 'text'}  # AtspiRole
APPLICATION = 75
CHECKED, FOCUSED, SELECTED = 1 << 4, 1 << 12, 1 << 23  # AtspiStateType


class Node:
    """A widget as assistive technology was told of it at one moment."""

    def __init__(self, item, accessible):
        (_, self.path), _, _, _, self.n_children, self.interfaces, self.name, role, self.description, states = item
        self.role = ROLES.get(role, role)
        self.states = states[0]
        self.accessible = accessible
        self.children = []

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, role, name=None):
        return next((node for node in self.walk() if node.role == role and name in (None, node.name)), None)

    def is_selected(self):
        return bool(self.states & SELECTED)

    def is_checked(self):
        return bool(self.states & CHECKED)

    def place(self):
        """x, y, width and height in the window, now, in pixels of the screen."""
        box, = self.accessible.call(self.path, 'Component', 'GetExtents', GLib.Variant('(u)', (1,)))
        return tuple(SCALE * x for x in box)

    def value(self):
        """Of a slider, now."""
        return self._value('Get', 'v', ())[0]

    def set_value(self, value):
        self._value('Set', None, (GLib.Variant('d', value),))

    def _value(self, method, answer, arguments):
        parameters = GLib.Variant('(ss' + 'v' * len(arguments) + ')', ('org.a11y.atspi.Value', 'CurrentValue', *arguments))
        return self.accessible.bus.call_sync(self.accessible.name, self.path, 'org.freedesktop.DBus.Properties', method,
                                             parameters, None, 0, PATIENCE * 1000).unpack()

    def has_action(self):
        return 'org.a11y.atspi.Action' in self.interfaces and self.accessible.count_actions(self.path) > 0

    def press(self):
        return self.accessible.call(self.path, 'Action', 'DoAction', GLib.Variant('(i)', (0,)))[0]


class Accessible:
    """The program on the bus of assistive technology. Each call waits for the program's main loop, so nothing here
    asks widget by widget, which would wait some 500 times for a look at the window."""

    def __init__(self, pid):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address, = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0,
                                     PATIENCE * 1000).unpack()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.pid = pid
        self.name = None

    def call(self, path, interface, method, arguments=None, name=None):
        return self.bus.call_sync(name or self.name, path, 'org.a11y.atspi.' + interface, method, arguments, None, 0,
                                  PATIENCE * 1000).unpack()

    def count_actions(self, path):
        arguments = GLib.Variant('(ss)', ('org.a11y.atspi.Action', 'NActions'))
        return self.bus.call_sync(self.name, path, 'org.freedesktop.DBus.Properties', 'Get', arguments, None, 0,
                                  PATIENCE * 1000).unpack()[0]

    def _is_program(self, name):
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                  'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)), None, 0,
                                  PATIENCE * 1000).unpack()[0] == self.pid

    def is_there(self):
        """Whether the program has come to the bus."""
        programs, = self.call('/org/a11y/atspi/accessible/root', 'Accessible', 'GetChildren', name='org.a11y.atspi.Registry')
        self.name = next((name for name, _ in programs if self._is_program(name)), None)
        return self.name is not None

    def _ask_for_children(self, nodes):
        """Paths of the children by the node's path; asked all at once."""
        children = {}

        def take(bus, result, path):
            try:
                children[path] = [child for _, child in bus.call_finish(result).unpack()[0]]
            except GLib.Error:  # it went away meanwhile
                children[path] = []
        for node in nodes:
            self.bus.call(self.name, node.path, 'org.a11y.atspi.Accessible', 'GetChildren', None, None, 0, PATIENCE * 1000,
                          None, take, node.path)
        while len(children) < len(nodes):
            GLib.MainContext.default().iteration(True)
        return children

    def frame(self):
        """The first window, None before it is there."""
        return next(iter(self.frames()), None)

    def frames(self):
        """The windows with all that can be seen in it, None before it is there. The cache has all that was ever asked for,
        hidden or not: who is whose child now is asked besides."""
        children = {}
        while True:
            nodes = {item[0][1]: Node(item, self) for item in self.call('/org/a11y/atspi/cache', 'Cache', 'GetItems')[0]}
            new = [node for node in nodes.values() if node.path not in children and
                   (node.n_children > 0 or node.role == APPLICATION)]
            children.update(self._ask_for_children(new))
            if all(child in nodes for node in new for child in children[node.path]):
                break
        for node in nodes.values():
            node.children = [nodes[child] for child in children.get(node.path, ()) if child in nodes]
        return [node for root in nodes.values() if root.role == APPLICATION for node in root.children]


def xdotool(*words):
    subprocess.run(['xdotool', *map(str, words)], check=True)


class Window:
    """A running simgen. Its canvas begins at `x`, `y` on the screen: there is no window manager. `drawing` is the canvas's
    name where the language is not English; None: any image will do."""
    command = [PROGRAM]

    def __init__(self, *arguments, drawing='Drawing'):
        self.errors = tempfile.TemporaryFile(mode='w+')
        self.process = subprocess.Popen([*self.command, *arguments], stderr=self.errors)
        self.accessible = Accessible(self.process.pid)
        if not wait_for(lambda: self.accessible.is_there() and self.find('image', drawing)):
            self.end()
            print(f'Bail out! no window: {self.complaints()}')
            sys.exit(1)
        wait_for(self._is_painted)

    def _is_painted(self):
        return int(subprocess.run(['import', '-window', 'root', '-format', '%k', 'info:'], capture_output=True, text=True,
                                  check=True).stdout or 0) > 10

    def walk(self):
        """All widgets, as they are now."""
        frame = self.accessible.frame()
        return frame.walk() if frame else iter(())

    def find(self, role, name=None):
        frame = self.accessible.frame()
        return frame and frame.find(role, name)

    def in_any(self, role, name):
        """The same, of any of the program's windows."""
        return next(filter(None, (frame.find(role, name) for frame in self.accessible.frames())), None)

    def find_row(self, start, name=None):
        """The first row whose name begins so, of any list or of the list of that name."""
        frame = self.accessible.frame()
        found = frame and (frame.find('list', name) if name else frame)
        return next((row for row in found.walk() if row.role == 'list item' and row.name.startswith(start)),
                    None) if found else None

    def list_rows(self, name=None):
        """The rows of the list of that name, or of all lists."""
        frame = self.accessible.frame()
        found = frame and (frame.find('list', name) if name else frame)
        return [row for row in found.walk() if row.role == 'list item'] if found else []

    def rows(self, name):
        """Names of the rows of the list of that name."""
        return [row.name for row in self.list_rows(name)]

    def sayings(self, name=None):
        """What the rows of the list of that name say, or of all lists: names and descriptions."""
        return [f'{row.name}, {row.description}' for row in self.list_rows(name)]

    def has_row(self, name, *parts):
        """Whether a row of the list of that name says all that, in its name and description."""
        return any(all(part in row for part in parts) for row in self.sayings(name))

    def type(self, name, text):
        """Types into the entry of the row of that name, with Enter."""
        def entry():
            row = self.find_row(name)
            return row and row.find('text')
        self.click(entry)
        xdotool('key', 'ctrl+a', 'type', text)
        xdotool('key', 'Return')

    def choose(self, name, role='list item', popover='Alternatives'):
        """Clicks a choice in the popover at a mark, or in another one. Its widgets know their place in the popover, whose
        place X knows."""
        def place():
            shown = self.find('filler', popover)
            row = shown and next((node for node in shown.walk()
                                  if node.role == role and node.name.startswith(name)), None)
            if not row:
                return None
            frame, box = shown.place(), row.place()
            windows = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.', 'getwindowgeometry', '--shell',
                                      '%@'], capture_output=True, text=True).stdout
            at = re.search(rf'X=(-?\d+)\nY=(-?\d+)\nWIDTH={frame[2]}\nHEIGHT={frame[3]}\n', windows)
            return at and (int(at[1]) + box[0] - frame[0], int(at[2]) + box[1] - frame[1], box[2], box[3])
        self.click_at(place)

    def click(self, find):
        """Clicks the middle of the widget that `find` finds."""
        def place():
            node = find()
            box = node and node.place()
            return box if box and box[0] > 0 and box[2] > 40 else None
        self.click_at(place)

    def click_at(self, place):
        """Clicks the middle of what is at `place`, once it is where it stays: what slides in is elsewhere a moment later."""
        seen = []
        box = wait_for(lambda: seen.append(place()) or (seen[-1] if seen[-2:-1] == seen[-1:] else None))
        if not box:
            print(f'# never came to rest: {seen[-4:]}')
            return
        x, y = box[0] + box[2] // 2, box[1] + box[3] // 2
        for step in (8, 4, 0):  # a hand moves there; a press without a move may go to where the pointer came from
            xdotool('mousemove', x - step, y, 'sleep', '0.03')
        xdotool('click', '1')

    def text(self, name):
        """What stands in the entry of that name."""
        node = self.find('text', name)
        inner = node and next((child for child in node.walk() if 'org.a11y.atspi.Text' in child.interfaces), None)
        if not inner:
            return None
        n = 10000
        return self.accessible.call(inner.path, 'Text', 'GetText', GLib.Variant('(ii)', (0, n)))[0]

    def shot(self, name):
        """Keeps a picture of the screen where SG_SHOTS says."""
        if SHOTS:
            os.system(f'sleep 0.6; import -window root {SHOTS}/{name}.png')

    def press(self, name):
        """Presses a button by its accessible name; a menu button is a button in a button."""
        button = wait_for(lambda: next(filter(None, (self.find(role, name) for role in ('push button', 'toggle button', 'tab'))),
                                       None))
        while button and not button.has_action():
            button = button.children[0] if button.children else None
        return bool(button) and button.press()

    def labels(self):
        return [node.name for node in self.walk() if node.role == 'label']

    def has_label(self, *parts):
        return any(all(part in label for part in parts) for label in self.labels())

    def measure(self):
        """Frames that the simulation's view has drawn, and how often the figures' labels were changed."""
        return time.monotonic(), *self._state('measure')

    def measure_canvas(self):
        """Frames of the canvas, marks painted over the ink, frames and ms from the last change to its reading."""
        return self._state('measure-canvas')

    def act(self, action):
        """Activates an action of the window that takes no parameter."""
        self._ask('Activate', GLib.Variant('(sava{sv})', (action, [], {})))

    def save(self, action, path, patience=PATIENCE):
        """Chooses `path` in the dialog that the action opens; whether a file is there then."""
        n = len(self.accessible.frames())
        self.act(action)
        wait_for(lambda: len(self.accessible.frames()) > n)
        time.sleep(0.5)
        xdotool('key', 'ctrl+a', 'type', '--delay', '20', path)
        xdotool('key', 'Return')
        return wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 100, patience) and wait_for(
            lambda: len(self.accessible.frames()) == n)

    def open_file(self, path):
        """As what is dropped on the window is opened, or chosen among the recent ones."""
        self._ask('Activate', GLib.Variant('(sava{sv})', ('open-recent', [GLib.Variant('s', GLib.filename_to_uri(path))], {})))

    def tool(self):
        """The name of the tool that is chosen."""
        _, _, (state,) = self._ask('Describe', GLib.Variant('(s)', ('tool',)))[0]
        return state

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

    def copied_labels(self):
        """The texts of the labels on the paper, as they are copied."""
        xdotool('key', 'ctrl+a', 'sleep', '0.2', 'key', 'ctrl+c', 'sleep', '0.2')
        try:
            told = subprocess.run(['xclip', '-selection', 'clipboard', '-o', '-t', 'application/x-simgen-ink'], capture_output=True, timeout=5)
            return [label['text'] for label in json.loads(told.stdout or b'{}').get('labels', [])]
        except (subprocess.TimeoutExpired, FileNotFoundError, json.JSONDecodeError):
            return []

    def close(self):
        """Quits by the keyboard, as a person does; returns the exit status, None where it hangs."""
        xdotool('key', 'ctrl+q')
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
