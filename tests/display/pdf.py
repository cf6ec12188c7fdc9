#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PDFs in the real window: one is opened and read as the drawing that it holds; of several pages one is chosen, or none; a file that
was copied elsewhere is pasted, and one dragged from elsewhere is dropped; what is no PDF says so by its name and changes nothing."""
import os
import pathlib
import subprocess
import tempfile

from gi.repository import GLib

from simgen_window import Report, Window, wait_for, xdotool

EXAMPLES = pathlib.Path(os.environ['SG_SOURCE_ROOT']) / 'data/examples'
BUILD = pathlib.Path(os.environ['SG_BUILD_ROOT'])
CLI = BUILD / 'src/cli/simgen-cli'


def export(name):
    path = folder / f'{name}.pdf'
    subprocess.run([CLI, 'export', EXAMPLES / f'{name}.simgen', '--to', path], check=True, stdout=subprocess.DEVNULL)
    return path


def two_pages():
    """A page with a line, and one with a square."""
    pages = ['4 w 20 50 m 180 50 l S', '4 w 60 110 100 90 re S 20 60 m 200 60 l S']
    objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>']
    objects += [f'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 220 300] /Contents {i} 0 R >>' for i in (5, 6)]
    objects += [f'<< /Length {len(page)} >> stream\n{page}\nendstream' for page in pages]
    text = '%PDF-1.4\n' + ''.join(f'{i} 0 obj {what} endobj\n' for i, what in enumerate(objects, 1))
    path = folder / 'two.pdf'
    path.write_text(text + 'trailer << /Root 1 0 R >>\n%%EOF\n')
    return path


def dialog():
    return next((frame for frame in window.accessible.frames() if frame.name == 'Choose a Page'), None)


def has_words(words):
    return any(words in node.name for frame in window.accessible.frames() for node in frame.walk() if node.role == 'label')


def copy(path):
    """As a file manager does."""
    return subprocess.Popen(['xclip', '-selection', 'clipboard', '-target', 'text/uri-list', '-loops', '0', '-quiet'],
                            stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True), GLib.filename_to_uri(str(path)) + '\r\n'


def n_tabs():
    return len([node for node in window.walk() if node.name == 'AdwTab'])


def drop(path, x, y):
    """By the mouse, in small steps, as a hand does, from a file manager that lies beside the window."""
    manager = subprocess.Popen([BUILD / 'tests/display/drag-source', path])
    ids = wait_for(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '^Source$'], capture_output=True,
                                          text=True).stdout.split())
    xdotool('windowmove', ids[0], 940, 100)
    wait_for(lambda: any(window.picture(1000, 200, 20, 20)) and window.rests(940, 100, 300, 300))  # it is painted there
    steps = [word for i in range(1, 41) for word in ('mousemove', round(1050 + (x - 1050) * i / 40), round(250 + (y - 250) * i / 40), 'sleep', '0.02')]
    xdotool('mousemove', 1050, 250, 'sleep', '0.3', 'mousedown', '1', 'sleep', '0.2', *steps, 'sleep', '0.5', 'mouseup', '1')
    return manager


def can_add():
    """The page that was chosen is there."""
    return next((node for node in dialog().walk() if node.role == 'push button' and node.name.endswith('Add') and node.states & (1 << 24)), None)


def choose_second():
    xdotool('key', 'Up')
    return wait_for(lambda: dialog().find('spin button') and dialog().find('spin button').value() == 2)


def choose_dropped(where, x, y, summary):
    manager = drop(two_pages(), x, y)
    if report.check(f'a file that is dropped on {where} asks for its page, too', wait_for(dialog)):
        choose_second()
        wait_for(can_add)
        xdotool('key', 'Return')
    report.check('which is put on the paper', wait_for(lambda: not dialog() and window.has_label(summary)), window.labels())
    window.shot(f'pdf-dropped-{x}')
    manager.kill()
    manager.wait()


report = Report()
if not (BUILD / 'src/compile/simgen-pdf').exists():
    report.skip('pages of PDFs', 'built without Poppler')
    report.end()
folder = pathlib.Path(tempfile.mkdtemp())
window = Window(str(export('pendulum')))
report.check('a PDF is opened and read', wait_for(lambda: window.has_label('1 hinge')), window.labels())
window.shot('pdf-opened')

window.open_file(str(two_pages()))
report.check('of two pages one is asked for', wait_for(dialog))
report.check('for a tab of its own', wait_for(lambda: n_tabs() == 2), n_tabs())
xdotool('key', 'Escape')
report.check('which goes where none is chosen', wait_for(lambda: not dialog() and n_tabs() == 0 and window.has_label('1 hinge')), n_tabs())

window.act('new')
wait_for(lambda: window.has_label('Draw a mechanism'))
window.open_file(str(two_pages()))
wait_for(dialog)
report.check('how many there are is said', wait_for(lambda: has_words('of 2 pages')))
window.shot('pdf-choose')
report.check('the other is chosen', choose_second())
window.shot('pdf-second')
report.check('it can be added when it is there', wait_for(can_add))
xdotool('key', 'Return')
report.check('the dialog closes', wait_for(lambda: not dialog()))
report.check('that page is on the paper', wait_for(lambda: window.has_label('1 body')), window.labels())
window.shot('pdf-page')

window.act('new')
wait_for(lambda: window.has_label('Draw a mechanism'))
clipboard, uri = copy(export('spring-mass'))
clipboard.stdin.write(uri)
clipboard.stdin.close()
xdotool('mousemove', 300, 300, 'sleep', '0.5', 'key', 'ctrl+v')
report.check('a copied file is pasted', wait_for(lambda: window.has_label('1 spring') or window.has_label('Spring')), window.labels())
xdotool('key', 'ctrl+z')
report.check('which is undone', wait_for(lambda: window.has_label('Draw a mechanism')), window.labels())
clipboard.kill()
clipboard.wait()

window.resize(900, 760)
wait_for(lambda: window.rests(0, 0, 900, 760))
choose_dropped('an example', 290, 330, '1 body')
choose_dropped('the paper', 60, 600, 'bodies')

bad = folder / 'bad.pdf'
bad.write_text('%PDF-1.4\nnothing\n')
window.open_file(str(bad))
report.check('a damaged one says so', wait_for(lambda: has_words('cannot be read')))
report.check('by its name, not by its folder', has_words('bad.pdf: ') and not has_words(str(folder)))
window.shot('pdf-bad')
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
