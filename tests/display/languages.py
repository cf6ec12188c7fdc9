#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word of every view can be translated: run in a language whose every text stands in ⟦brackets⟧, the window shows
none without. And from the right to the left the chrome turns around, the drawing and the simulation do not."""
import os
import re
import subprocess
import tempfile

from simgen_window import Report, Window, wait_for, xdotool

ROOT = os.environ['SG_SOURCE_ROOT']
TOOLKIT = {'Minimize', 'Maximize', 'Restore', 'Close', 'Vertical', 'Horizontal', 'Slider', 'Stack', 'Text', 'Button',
           'Press to open', 'Clear entry', 'Text area', 'Search', 'Back', 'Close the window', 'Maximize the window',
           'Minimize the window', 'Restore the window', '(None)'}
PLAIN = re.compile(r'\b(?:SimGen|MuJoCo|MJCF|CSV|PNG|Esc|Ctrl|Shift|F\d+|kg|rad|kB|MB|µs|fps|Hz|ms|rpm|[xyz]|[a-z_]+\d+|(?:Gtk|Adw|Sg)[A-Z]\w+|Ctrl|Alt|Page|Up|Down'
                   r'|Space|Home|End|Menu|Return|Escape|Delete|Left|Right|Backspace|Tab)\b')


def folder_of_brackets():
    """A folder of translations that has the language "xx" with brackets around every text."""
    folder = tempfile.mkdtemp(dir=os.environ['HOME'])
    os.makedirs(f'{folder}/xx/LC_MESSAGES')
    subprocess.run([f'{ROOT}/build-aux/po-update', '--pseudo', f'{folder}/xx.po'], check=True, stderr=subprocess.DEVNULL)
    subprocess.run(['msgfmt', f'{folder}/xx.po', '-o', f'{folder}/xx/LC_MESSAGES/simgen.mo'], check=True)
    return folder


def bare(text):
    """What of a text is in no brackets, without figures, units and names."""
    before = None
    while before != text:
        before, text = text, re.sub(r'⟦[^⟦⟧]*⟧', ' ', text)
    return ' '.join(re.findall(r'[^\W\d_]{2,}', PLAIN.sub(' ', text)))


class Reader:
    """Looks through the window and keeps what can be read."""

    def __init__(self, window, own):
        self.window, self.own = window, own
        self.seen, self.problems = set(), {}

    def look(self, view):
        for frame in self.window.accessible.frames() or ():
            for node in frame.walk():
                for text in (node.name, node.description):
                    if not text or text in self.seen:
                        continue
                    self.seen.add(text)
                    if text not in TOOLKIT and text not in self.own and bare(text):
                        self.problems[text] = view
        self.window.shot(f'languages-{view}')


def bracketed(name):
    """The accessible name of a thing in the bracketed language."""
    return re.compile('^⟦' + re.escape(name) + '·*⟧$')


def find(window, role, name):
    frame = window.accessible.frame()
    wanted = bracketed(name)
    return frame and next((node for node in frame.walk() if node.role == role and wanted.match(node.name)), None)


def every_view(report):
    os.environ.update(SIMGEN_LOCALEDIR=folder_of_brackets(), LANGUAGE='xx', LC_ALL='C.UTF-8')
    window = Window(drawing=None)
    own = {'Car', 'Pendulum', 'pendulum', 'car'}
    reader = Reader(window, own)
    reader.look('welcome')
    window.process.kill()
    window.process.wait()

    window = Window(f'{ROOT}/data/examples/car.simgen', drawing=None)
    reader.window = window
    wait_for(lambda: any('hinge' in label for label in window.labels()))
    window.act('parts')
    wait_for(lambda: window.find('list item'))
    reader.look('parts')
    window.act('drawer')
    for page in ('Plots', 'Energy', 'Contacts', 'Motors and Sensors', 'Performance'):
        tab = wait_for(lambda: find(window, 'tab', page), 10)
        if tab:
            tab.press()
        reader.look(f'drawer-{page.split()[0]}')
    window.act('drawer')
    window.act('figures')
    wait_for(lambda: len(window.accessible.frames()) > 1)
    reader.look('figures')
    xdotool('key', 'Escape')
    xdotool('key', 'F1')
    wait_for(lambda: len(window.accessible.frames()) > 1)
    for page in ('start', 'notation'):
        reader.look(f'guide-{page}')
        xdotool('key', 'Down', 'sleep', '0.2', 'key', 'Down', 'sleep', '0.3')
    xdotool('key', 'Escape')
    xdotool('key', 'ctrl+h')
    wait_for(lambda: any(bracketed('Kept sketches').match(node.name) for node in window.walk() if node.role == 'list'))
    reader.look('history')
    report.check(f'no word of {len(reader.seen)} texts is left in English', not reader.problems, sorted(reader.problems.items())[:60])
    report.check('no warnings', not window.complaints(), window.complaints())
    window.close()


def open_car():
    """The car in a window, and where its parts lie on the screen."""
    window = Window(f'{ROOT}/data/examples/car.simgen')
    wait_for(lambda: window.has_label('hinge'))
    wait_for(lambda: window.rests(0, 60, 1170, 500))
    names = {'canvas': ('image', 'Drawing'), 'history': ('push button', 'Kept sketches (Ctrl+H)'), 'start': ('push button', 'Back to the start'),
             'play': ('push button', 'Play'), 'step': ('push button', 'One step forward')}
    return window, {key: node.place() for key, wanted in names.items() if (node := window.find(*wanted) or window.find(
        wanted[0], wanted[1].split(' (')[0]))}


def middle(window, places):
    """The ink, without what floats over the paper."""
    x, y, width, height = places['canvas']
    return window.picture(x + width // 4, y + height // 4, width // 2, height // 4)


def from_the_right(report):
    for name in ('SIMGEN_LOCALEDIR', 'LANGUAGE'):
        os.environ.pop(name, None)
    window, usual = open_car()
    ink = middle(window, usual)
    window.end()
    os.environ['SIMGEN_DIRECTION'] = 'rtl'
    window, turned = open_car()
    report.check('the paper changes sides', turned['canvas'][0] > usual['canvas'][0] + 300, (usual['canvas'], turned['canvas']))
    report.check('the header turns around', turned['history'][0] > usual['history'][0] + 600, (usual['history'], turned['history']))
    report.check('time runs to the right', turned['start'][0] < turned['play'][0] < turned['step'][0],
                 [turned[key] for key in ('start', 'play', 'step')])
    report.check('the drawing is not mirrored', middle(window, turned) == ink)
    window.shot('languages-rtl')
    report.check('no warnings', not window.complaints(), window.complaints())
    window.end()


def main():
    report = Report()
    every_view(report)
    from_the_right(report)
    report.end()


main()
