#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A drawing dragged by its picture in the export dialog, and a sketch by its card in the history, to another program, which gets a
file, an SVG, a PNG and ink."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import urllib.parse

from simgen_window import Report, Window, wait_for, xdotool

TARGET = pathlib.Path(os.environ['SG_BUILD_ROOT']) / 'tests/display/drop-target'
EXAMPLE = pathlib.Path(os.environ['SG_SOURCE_ROOT']) / 'data/examples/spring-mass.simgen'
AT = (1050, 300)  # in the other program's window


def start_target():
    """Its window beside SimGen's; what it says goes into a file."""
    said = open(folder / 'said', 'a')  # which is emptied between two drops
    process = subprocess.Popen([TARGET, folder], stdout=said)
    ids = wait_for(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^Target$'], capture_output=True,
                                          text=True).stdout.split())
    xdotool('windowmove', ids[0], 900, 100)
    wait_for(lambda: 'X=900' in subprocess.run(['xdotool', 'getwindowgeometry', '--shell', ids[0]], capture_output=True,
                                               text=True).stdout)
    return process


def drag(x, y):
    """By the mouse, in small steps, as a hand does."""
    steps = [word for i in range(1, 31) for word in
             ('mousemove', round(x + (AT[0] - x) * i / 30), round(y + (AT[1] - y) * i / 30), 'sleep', '0.02')]
    xdotool('mousemove', x, y, 'sleep', '0.1', 'mousedown', '1', 'sleep', '0.1', *steps, 'sleep', '0.3', 'mouseup', '1')


def forget():
    for form in ('text-uri-list', 'image-svg+xml', 'image-png', 'application-x-simgen-ink'):
        (folder / form).unlink(missing_ok=True)
    (folder / 'said').open('w').close()


def check_forms(what, ending, magic):
    report.check(f'{what}: it is dropped', wait_for(lambda: 'END' in (folder / 'said').read_text(), 20), (folder / 'said').read_text())
    got = {path.name: path.read_bytes() for path in folder.iterdir()}
    uri = got.get('text-uri-list', b'').decode().strip()
    path = pathlib.Path(urllib.parse.unquote(urllib.parse.urlparse(uri).path)) if uri else None
    report.check(f'{what}: a file', path and path.name == f'Mass on a spring.{ending}' and magic in path.read_bytes()[:100], uri)
    report.check(f'{what}: an SVG', b'2 kg</text>' in got.get('image-svg+xml', b''))
    report.check(f'{what}: a PNG', got.get('image-png', b'').startswith(b'\x89PNG'))
    ink = json.loads(got.get('application-x-simgen-ink') or '{}')
    report.check(f'{what}: all its ink', len(ink.get('strokes', ())) == n_strokes)


report = Report()
folder = pathlib.Path(tempfile.mkdtemp())
n_strokes = len(json.loads(EXAMPLE.read_text())['strokes'])
window = Window(str(EXAMPLE))
window.resize(880, 700)
target = start_target()
wait_for(lambda: window.find('push button', 'Mass on a spring'))
window.act('export-drawing')
wait_for(lambda: len(window.accessible.frames()) > 1)
wait_for(lambda: window.rests(0, 0, 880, 700))
drag(200, 130)  # its picture: the dialog is in the corner of the screen
window.shot('drag-out')
check_forms('by its picture', 'pdf', b'%PDF')
xdotool('mousemove', 300, 650, 'key', 'Escape')
report.check('the dialog closes', wait_for(lambda: len(window.accessible.frames()) == 1))

forget()
window.act('play')  # what is played is kept
wait_for(lambda: any(re.fullmatch(r'0:\d\d\.\d\d', label) and label != '0:00.00' for label in window.labels()))
window.act('history')
card = wait_for(lambda: next((node for node in window.walk() if node.name == 'Mass on a spring' and 'run' in node.description), None))
report.check('it is in the history', card)
if card:
    wait_for(lambda: window.rests(0, 60, 880, 600))
    place = card.place()
    drag(place[0] + place[2] // 2, place[1] + place[3] // 3)
    window.shot('drag-card')
    check_forms('by its card', 'simgen', b'simgen-sketch')
target.kill()
target.wait()
xdotool('mousemove', 300, 300, 'key', 'Escape')
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
shutil.rmtree(folder)
report.end()
