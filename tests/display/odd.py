#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines that lack something: the program works there or says why, and complains of nothing."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from gi.repository import Gio, GLib

from simgen_window import PROGRAM, Report, Window, wait_for, xdotool

ROOT = pathlib.Path(os.environ['SG_SOURCE_ROOT'])
HOME = pathlib.Path(os.environ['HOME'])
PENDULUM = str(ROOT / 'data/examples/pendulum.simgen')
report = Report()


class Changed:
    """The environment with some changes, for as long as it is wanted; None: without that variable."""

    def __init__(self, **changes):
        self.changes = changes

    def __enter__(self):
        self.before = {name: os.environ.get(name) for name in self.changes}
        self.put(self.changes)

    def __exit__(self, *_):
        self.put(self.before)

    @staticmethod
    def put(values):
        for name, value in values.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def colors():
    return int(subprocess.run(['import', '-window', 'root', '-format', '%k', 'info:'], capture_output=True, text=True).stdout or 0)


def play(window, where):
    report.check(f'{where}: the drawing is read', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:6])
    window.act('play')
    report.check(f'{where}: it plays', wait_for(lambda: window.find('push button', 'Pause')))
    window.act('play')


def end(window, where):
    report.check(f'{where}: it closes', window.close() == 0)
    report.check(f'{where}: nothing is complained of', not window.complaints(), window.complaints()[:5])


def no_graphics():
    """With OpenGL 2.1 alone GTK takes OpenGL ES 3, which shows all."""
    old = {'LIBGL_ALWAYS_SOFTWARE': '1', 'MESA_GL_VERSION_OVERRIDE': '2.1', 'MESA_GLES_VERSION_OVERRIDE': '2.0'}
    for where, change in (('OpenGL 2.1', old), ('no OpenGL', {'GDK_DEBUG': 'gl-disable'})):
        with Changed(**change):
            window = Window(PENDULUM)
            report.check(f'{where}: it says what is missing', wait_for(lambda: window.find('panel', 'No 3D graphics here').place()[2] > 0)
                         and window.has_label('OpenGL 3.2'), window.labels())
            play(window, where)
            end(window, where)


def alone(where, **changes):
    """Without assistive technology, of which a picture tells."""
    with Changed(**changes):
        errors = open(HOME / 'errors', 'w+', encoding='utf-8')
        process = subprocess.Popen([PROGRAM, PENDULUM], stderr=errors)
        report.check(f'{where}: the window is there', wait_for(lambda: colors() > 20), colors())
        xdotool('mousemove', 900, 300)

        def picture():
            return subprocess.run(['import', '-window', 'root', '-crop', '500x500+640+80', 'rgb:-'], capture_output=True).stdout

        last = []
        wait_for(lambda: last.append(picture()) or last[-2:-1] == last[-1:])
        xdotool('key', 'ctrl+space', 'key', 'space')
        report.check(f'{where}: it plays', wait_for(lambda: picture() != last[-1]))
        xdotool('key', 'ctrl+w')
        try:
            status = process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        report.check(f'{where}: it closes', status == 0, status)
        errors.seek(0)
        complaints = [line.strip() for line in errors if re.search('WARNING|CRITICAL|ERROR', line)]
        report.check(f'{where}: nothing is complained of', not complaints, complaints[:5])


def no_bus():
    """The bus of tests of accessibility goes with it."""
    alone('no session bus', DBUS_SESSION_BUS_ADDRESS='unix:path=/dev/null', GTK_A11Y=None)


def no_fonts():
    empty = HOME / 'fonts.conf'
    empty.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    with Changed(FONTCONFIG_FILE=str(empty)):
        done = subprocess.run([PROGRAM, PENDULUM], capture_output=True, text=True, timeout=60)
    report.check('no fonts: it says what is missing', done.returncode == 1 and 'No font is installed' in done.stderr, done.stderr[-300:])
    report.check('no fonts: and that only', len(done.stderr.splitlines()) == 1, done.stderr[:600])


def no_home():
    """Nothing can be written where one's things are kept."""
    with Changed(HOME='/dev/null/home', XDG_DATA_HOME=None, XDG_CONFIG_HOME=None, XDG_CACHE_HOME=None, GSETTINGS_BACKEND=None):
        window = Window(PENDULUM)
        report.check('no home: it says that nothing is kept', wait_for(lambda: any(
            'kept only until you close SimGen' in node.name for node in window.walk())))
        play(window, 'no home')
        window.shot('odd-no-home')
        end(window, 'no home')


def no_portal():
    """No portal on the session's bus."""
    with Changed(GTK_USE_PORTAL='1', ADW_DISABLE_PORTAL=None):
        window = Window(PENDULUM)
        path = HOME / 'copy.simgen'
        report.check('no portal: a file can be chosen', window.save('save-as', str(path)))
        end(window, 'no portal')


def decimal_commas():
    """Numbers are shown and taken with a comma; files have dots."""
    places = HOME / 'locales'
    places.mkdir()
    if subprocess.run(['localedef', '-i', 'de_DE', '-f', 'UTF-8', places / 'de_DE.UTF-8'], capture_output=True).returncode > 1:
        report.skip('decimal commas', 'localedef cannot make de_DE')
        return
    with Changed(LOCPATH=str(places), LC_ALL='de_DE.UTF-8', LANGUAGE='en'):
        window = Window(PENDULUM)
        wait_for(lambda: window.has_label('1 hinge'))
        window.act('parts')
        window.click(lambda: window.find_row('Ball'))
        window.type('Mass', '1,5')
        report.check('a comma is taken', wait_for(lambda: window.text('Mass') == '1,5'), window.text('Mass'))
        window.type('Mass', '2.5')
        report.check('and a dot; a comma is shown', wait_for(lambda: window.text('Mass') == '2,5'), window.text('Mass'))
        window.act('parts')
        window.act('play')
        report.check('figures have commas', wait_for(lambda: any(re.search(r'^\d,\d\d×$', label) for label in window.labels())),
                     window.labels()[:12])
        report.check('and times', wait_for(lambda: any(re.search(r'\d:\d\d,\d\d', label) for label in window.labels())))
        report.check('none has a dot', not [label for label in window.labels() if re.search(r'\d\.\d', label)],
                     [label for label in window.labels() if re.search(r'\d\.\d', label)])
        window.act('play')
        for action, name in (('export-mjcf', 'model.xml'), ('export-spec', 'spec.json'), ('save-as', 'copy-of-it.simgen')):
            path = HOME / name
            window.save(action, str(path))
            text = path.read_text(encoding='utf-8')
            report.check(f'{name} has dots', '2.5' in text and not re.search(r'="-?\d+,\d', text), text[:200])
            if name.endswith(('json', 'simgen')):
                json.loads(text)
        end(window, 'decimal commas')


class WaylandWindow(Window):
    """Its picture is nowhere to be seen."""

    def _is_painted(self):
        return True


def wayland():
    if not shutil.which('weston'):
        report.skip('Wayland', 'weston is not installed')
        return
    weston = subprocess.Popen(['weston', '--backend=headless-backend.so', '--socket=simgen-test', '--no-config', '--idle-time=0',
                               '--width=1180', '--height=760'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: os.path.exists(os.environ['XDG_RUNTIME_DIR'] + '/simgen-test'), 20)
    try:
        with Changed(WAYLAND_DISPLAY='simgen-test', GDK_BACKEND='wayland', DISPLAY=None):
            window = WaylandWindow(PENDULUM)
            play(window, 'Wayland')
            report.check('Wayland: the paper and the simulation are painted',
                         window.measure()[1] > 0 and window.measure_canvas()[0] > 0, (window.measure(), window.measure_canvas()))
            Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
                'org.simgen.SimGen', '/org/simgen/SimGen', 'org.gtk.Actions', 'Activate',
                GLib.Variant('(sava{sv})', ('quit', [], {})), None, Gio.DBusCallFlags.NONE, -1)
            report.check('Wayland: it closes', window.process.wait(20) == 0)
            report.check('Wayland: nothing is complained of', not window.complaints(), window.complaints()[:5])
    finally:
        weston.terminate()
        weston.wait()


WAYS = {'graphics': no_graphics, 'bus': no_bus, 'fonts': no_fonts, 'home': no_home, 'portal': no_portal, 'commas': decimal_commas,
        'wayland': wayland}
for way in sys.argv[1:] or WAYS:
    WAYS[way]()
report.end()
