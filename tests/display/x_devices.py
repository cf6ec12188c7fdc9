# SPDX-License-Identifier: GPL-3.0-or-later
"""A pen with pressure and a touch screen, played through Xorg's inputtest driver (with-pen.sh). Places are pixels of the
screen; every event has been taken by the server when a call returns."""
import ctypes
import os
import socket
import subprocess
import time

WIDTH, HEIGHT, AXIS, PRESSURE = 1280, 800, 65535, 1000
VERSION, SYNC, MOTION, PROXIMITY, BUTTON, _, TOUCH = range(7)
TOUCH_BEGIN, TOUCH_UPDATE, TOUCH_END = 18, 19, 20
STEP = 0.008  # s between two samples


class Header(ctypes.Structure):
    _fields_ = [('length', ctypes.c_uint32), ('type', ctypes.c_int)]


class Valuators(ctypes.Structure):
    _fields_ = [('unaccelerated', ctypes.c_uint32), ('mask', ctypes.c_uint8 * 8), ('value', ctypes.c_double * 64),
                ('raw', ctypes.c_double * 64)]


def make_event(name, *fields):
    return type(name, (ctypes.Structure,), {'_fields_': [('header', Header), *fields]})


Version = make_event('Version', ('major', ctypes.c_uint16), ('minor', ctypes.c_uint16))
Motion = make_event('Motion', ('flag', ctypes.c_uint32), ('valuators', Valuators))  # also proximity
Button = make_event('Button', ('absolute', ctypes.c_int32), ('button', ctypes.c_int32), ('press', ctypes.c_uint32),
                    ('valuators', Valuators))
Touch = make_event('Touch', ('id', ctypes.c_uint32), ('state', ctypes.c_uint32), ('valuators', Valuators))


def valuators(x, y, pressure=None):
    made = Valuators()
    axes = [(0, x / WIDTH * AXIS), (1, y / HEIGHT * AXIS)]
    if pressure is not None:
        axes.append((4, pressure * PRESSURE))
    for axis, value in axes:
        made.mask[0] |= 1 << axis
        made.value[axis] = made.raw[axis] = value
    return made


class Device:
    def __init__(self, path, name):
        self.number = subprocess.run(['xinput', 'list', '--id-only', name], capture_output=True, text=True, check=True).stdout.strip()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self._send(Version, VERSION, 1, 1)
        self.socket.recv(64)

    def _send(self, kind, number, *fields):
        self.socket.send(bytes(kind(Header(ctypes.sizeof(kind), number), *fields)))

    def unplug(self):
        """No event of it comes any more, its lifting with them."""
        subprocess.run(['xinput', 'disable', self.number], check=True)

    def send(self, kind, number, *fields):
        self._send(kind, number, *fields)
        self.socket.send(bytes(Header(ctypes.sizeof(Header), SYNC)))
        self.socket.recv(64)


class Pen(Device):
    """After the window is there: GTK makes the tool that tells a pen from a mouse when two properties of the live device
    are set, the second as a change."""

    def __init__(self):
        self.serial = 1000
        super().__init__(os.environ['PEN'], 'Test pen')
        self.turn('STYLUS')

    def turn(self, end):
        """The end that comes next: STYLUS or ERASER."""
        self.serial += 1
        for words in (['--type=atom', '--format=32', self.number, 'Wacom Tool Type', end],
                      ['--type=int', '--format=32', self.number, 'Wacom Serial IDs', '222', str(self.serial), '0',
                       str(self.serial), '2114']):
            subprocess.run(['xinput', 'set-prop', *words], check=True)
            time.sleep(0.2)

    def hover(self, x, y):
        self.send(Motion, PROXIMITY, 1, valuators(x, y, 0))
        self.send(Motion, MOTION, 1, valuators(x, y, 0))

    def press(self, x, y, button=1, pressure=0.0):
        self.send(Button, BUTTON, 1, button, 1, valuators(x, y, pressure))

    def move(self, x, y, pressure):
        self.send(Motion, MOTION, 1, valuators(x, y, pressure))
        time.sleep(STEP)

    def release(self, x, y, button=1):
        self.send(Button, BUTTON, 1, button, 0, valuators(x, y, 0))

    def leave(self, x, y):
        self.send(Motion, PROXIMITY, 0, valuators(x, y, 0))

    def stroke(self, points):
        """points: [(x, y, pressure 0..1), ...]"""
        x, y, _ = points[0]
        self.hover(x, y)
        time.sleep(0.1)
        self.press(x, y)
        for point in points:
            self.move(*point)
        x, y, _ = points[-1]
        self.release(x, y)
        self.hover(x, y)


class Screen(Device):
    def __init__(self):
        super().__init__(os.environ['TOUCH'], 'Test touch')

    def touch(self, finger, state, x, y):
        self.send(Touch, TOUCH, finger, state, valuators(x, y))
        time.sleep(STEP)

    def stroke(self, finger, points):
        self.touch(finger, TOUCH_BEGIN, *points[0])
        for point in points:
            self.touch(finger, TOUCH_UPDATE, *point)
        self.touch(finger, TOUCH_END, *points[-1])
