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

from model_server import ModelServer
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


class Locked(Window):
    """Where the home can be read, but not written."""
    as_root = [] if os.geteuid() == 0 else ['--map-current-user', '--keep-caps']
    start = ['unshare', *as_root, '--mount', 'sh', '-c', 'mount --bind "$HOME" "$HOME" && mount -o remount,bind,ro "$HOME" && exec "$0" "$@"']
    command = [*start, PROGRAM]


def says_not_kept(window):
    return any('kept only until you close SimGen' in node.name for node in window.walk() if node.role == 'status bar')


def read_only_home():
    """One's things of earlier are there, and stay as they are; files go elsewhere."""
    home = HOME / 'locked'
    home.mkdir()
    # Not G_DEBUG=fatal-warnings: GTK's own dialog warns that it cannot note what was saved.
    with Changed(HOME=str(home), XDG_DATA_HOME=None, XDG_CONFIG_HOME=None, XDG_CACHE_HOME=None, GSETTINGS_BACKEND='keyfile', G_DEBUG=None):
        if subprocess.run([*Locked.start, 'true'], capture_output=True).returncode != 0:
            report.skip('read-only home', 'file systems cannot be mounted here')
            return
        window = Window()
        window.draw([(100, 130), (400, 135)])
        history = home / '.local/share/simgen/history.db'
        wait_for(lambda: history.exists())
        end(window, 'writable home')
        before = contents(home)
        window = Locked(PENDULUM)
        report.check('read-only home: it says that nothing is kept', wait_for(lambda: says_not_kept(window)),
                     [node.name for node in window.walk() if node.role == 'status bar'])
        play(window, 'read-only home')
        window.act('show-grid')  # a setting
        window.draw([(60, 560), (160, 561)])
        report.check('read-only home: nothing is complained of', not window.complaints(), window.complaints()[:5])
        window.shot('odd-read-only-home')
        copy, model = HOME / 'elsewhere.simgen', HOME / 'elsewhere.xml'
        report.check('read-only home: a drawing is saved elsewhere', window.save('save-as', str(copy)) and json.loads(copy.read_text())['strokes'])
        report.check('read-only home: a model, too', window.save('export-mjcf', str(model)) and '<mujoco' in model.read_text())
        window.save('export-mjcf', str(home / 'inside.xml'), patience=3)
        report.check('read-only home: what cannot be written there is said', wait_for(lambda: any(
            'inside.xml' in node.name for frame in window.accessible.frames() for node in frame.walk() if node.role == 'label')),
            window.labels())
        window.shot('odd-read-only-file')
        report.check('read-only home: it closes', window.close() == 0)
        others = [line for line in window.complaints() if 'recently-used.xbel' not in line]
        report.check('read-only home: nothing is complained of to the end', not others, others[:5])
        report.check('read-only home: all is as it was', contents(home) == before)


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob('*') if path.is_file()}


def no_secrets():
    """A key to a language model is told to be kept for now, works, and is nowhere afterwards."""
    names, = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ListActivatableNames', None, None, 0, -1).unpack()
    if 'org.freedesktop.secrets' in names:
        report.skip('no secret service', 'there is one')
        return
    server = ModelServer()
    server.answer = lambda data: {'language': 'en', 'summary': 'A pendulum.', 'operations': []}
    settings = HOME / '.config/glib-2.0/settings/keyfile'
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(f"""[org/simgen/SimGen]
use-network=true
assist-providers=[('Local model', 'openai', 'http://127.0.0.1:{server.port}/v1', 'test-model', 0.0, 0.0)]
""")
    with Changed(GSETTINGS_BACKEND='keyfile', SECRET_BACKEND=None):
        window = Window(PENDULUM)
        window.act('assist-settings')
        in_dialog(window, 'list item', 'Local model')
        in_dialog(window, 'text', 'Key')
        xdotool('type', 'sk-canary-of-a-test')
        xdotool('key', 'Return')
        report.check('no secret service: it is said', wait_for(lambda: window.in_any(
            'text', 'Key (kept until you close SimGen: there is no secret service)')))
        window.shot('odd-no-secrets')
        xdotool('key', 'Escape')
        wait_for(lambda: not window.in_any('label', 'Who is asked'))
        play(window, 'no secret service')
        window.press('Ask')
        wait_for(lambda: window.in_any('label', f'Send the Drawing to 127.0.0.1:{server.port}?'))
        xdotool('key', 'alt+s')
        report.check('no secret service: the key goes along', wait_for(lambda: server.requests) and
                     server.requests[0][0].get('Authorization') == 'Bearer sk-canary-of-a-test')
        end(window, 'no secret service')
    places = [path for path, data in contents(HOME).items() if b'sk-canary-of' in data]
    report.check('no secret service: the key is nowhere on the disk', not places, places)


def in_dialog(window, role, name):
    """Clicks what has this name in the dialog, which is over the window."""
    def place():
        node = window.in_any(role, name)
        box = node and node.place()
        return box if box and box[2] > 40 and box[3] > 20 else None
    window.click_at(place)


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


WAYS = {'graphics': no_graphics, 'bus': no_bus, 'fonts': no_fonts, 'home': no_home, 'read-only': read_only_home, 'secrets': no_secrets, 'portal': no_portal, 'commas': decimal_commas,
        'wayland': wayland}
for way in sys.argv[1:] or WAYS:
    WAYS[way]()
report.end()
