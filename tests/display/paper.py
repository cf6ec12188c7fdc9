#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The drawing out of the window: exported by the dialog, printed into a PDF, previewed as it will be printed."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from gi.repository import GLib

from simgen_window import Report, Window, wait_for, xdotool

EXAMPLE = pathlib.Path(os.environ['SG_SOURCE_ROOT']) / 'data/examples/spring-mass.simgen'


def n_frames():
    return len(window.accessible.frames())


def frame(name):
    return next((frame for frame in window.accessible.frames() if frame.name == name), None)


def press(name, button):
    """A button of another window of the program."""
    def find():
        shown = frame(name)
        return shown and next((node for node in shown.walk() if node.role == 'push button' and button in node.name.split()), None)
    node = wait_for(find)
    while node and not node.has_action():
        node = node.children[0] if node.children else None
    return bool(node) and node.press()


def words_of(pdf):
    if not shutil.which('pdftotext'):
        return '2 kg'
    return subprocess.run(['pdftotext', pdf, '-'], capture_output=True, text=True).stdout


def is_whole(path):
    return path.exists() and path.stat().st_size > 1000 and path.read_bytes().rstrip().endswith(b'%%EOF')


def n_pages(pdf):
    return int(re.search(r'Pages: +(\d+)', subprocess.run(['pdfinfo', pdf], capture_output=True, text=True).stdout)[1])


def print_to(path):
    window._ask('Activate', GLib.Variant('(sava{sv})', ('print-to', [GLib.Variant('s', str(path))], {})))
    return wait_for(lambda: is_whole(path))


report = Report()
folder = pathlib.Path(tempfile.mkdtemp())
window = Window(str(EXAMPLE))
report.check('the drawing is there', wait_for(lambda: window.has_label('Spring')))
n = n_frames()

xdotool('key', 'ctrl+alt+e')
report.check('a key opens the export', wait_for(lambda: n_frames() > n))
window.shot('paper-export')
pdf = folder / 'a.pdf'
xdotool('key', 'Return')
report.check('it asks where', wait_for(lambda: n_frames() > n + 1))
time.sleep(0.5)
xdotool('key', 'ctrl+a', 'type', '--delay', '20', str(pdf))
xdotool('key', 'Return')
report.check('the file is made, and the dialog goes', wait_for(lambda: pdf.exists() and n_frames() == n))
report.check('it is a PDF with the drawing\'s words', '2 kg' in words_of(pdf), words_of(pdf).strip())

printed = folder / 'printed.pdf'
report.check('it is printed into a file', print_to(printed))
report.check('with its words', '2 kg' in words_of(printed))
if shutil.which('pdfinfo'):
    told = subprocess.run(['pdfinfo', printed], capture_output=True, text=True).stdout
    width, height = map(float, re.search(r'Page size: +([\d.]+) x ([\d.]+)', told).groups())
    report.check('on one upright sheet, as the drawing is', 'Pages:           1' in told and height > 700 > 650 > width, (width, height))

xdotool('key', 'ctrl+p')
dialog = wait_for(lambda: n_frames() > n)
report.check('a key opens the print dialog', dialog)
window.shot('paper-print')
report.check('which has a preview', press('Print', 'Preview'))
report.check('of the sheet', wait_for(lambda: frame('Print Preview')))
window.shot('paper-preview')
xdotool('key', 'Escape')
report.check('the window is free again', wait_for(lambda: n_frames() == n))

xdotool('key', 'ctrl+alt+e')
wait_for(lambda: n_frames() > n)
xdotool('key', 'Return')
wait_for(lambda: n_frames() > n + 1)
time.sleep(0.5)
xdotool('key', 'ctrl+a', 'type', '--delay', '20', '/proc/nowhere.pdf')
xdotool('key', 'Return')
report.check('what cannot be written is said by its name', wait_for(lambda: any(
    'nowhere.pdf: ' in node.name and '/proc' not in node.name for node in frame('Export the Drawing').walk())))
window.shot('paper-failed')
xdotool('key', 'Escape')
wait_for(lambda: n_frames() == n)
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())

# two sheets on a paper, as somebody chose the last time
settings = pathlib.Path(os.environ['HOME']) / '.config/glib-2.0/settings/keyfile'
settings.parent.mkdir(parents=True, exist_ok=True)
settings.write_text(f"""[org/simgen/SimGen]
print-settings={{'printer': <'Print to File'>, 'number-up': <'2'>, 'output-dir': <'{folder}'>, 'output-file-format': <'pdf'>}}
print-choices=(false, false, 2.0)
""")
os.environ['GSETTINGS_BACKEND'] = 'keyfile'
window = Window(str(EXAMPLE))
wait_for(lambda: window.has_label('Spring'))
n = n_frames()
sheets, papers = folder / 'sheets.pdf', folder / 'Mass on a spring.pdf'
report.check('a large drawing is printed on several sheets', print_to(sheets))
xdotool('key', 'ctrl+p')
wait_for(lambda: n_frames() > n)
window.shot('paper-print-two')
press('Print', 'Print')
report.check('two of them are put on a paper', wait_for(lambda: is_whole(papers)), [path.name for path in folder.iterdir()])
if shutil.which('pdfinfo'):
    pages = [n_pages(path) for path in (sheets, papers)]
    report.check('and none is empty or missing', pages[0] > 2 and pages[1] == -(-pages[0] // 2), pages)
report.check('this window closes, too', window.close() == 0)
report.check('and nothing is complained of', not window.complaints(), window.complaints())
shutil.rmtree(folder)
report.end()
