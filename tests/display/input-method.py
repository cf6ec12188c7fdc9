#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An input method of another script (IBus with its Korean engine): what is being put together is seen and is no text yet, comes
once, and is nothing to the keys that mean something where nothing is typed."""
import glob
import os
import pathlib
import shutil
import subprocess

from simgen_window import FOCUSED, Report, Window, wait_for, xdotool

COLUMNS = 60
FOLDERS = [*os.environ.get('GTK_PATH', '').split(':'), '/usr/lib/gtk-4.0', '/usr/lib64/gtk-4.0', *glob.glob('/usr/lib/*/gtk-4.0')]


def missing():
    if not any(glob.glob(folder + '/*/immodules/libim-ibus.so') for folder in FOLDERS if folder):
        return 'IBus for GTK 4 is not installed'
    if not shutil.which('ibus-daemon') or not os.path.exists('/usr/share/ibus/component/hangul.xml'):
        return 'IBus or its Korean engine is not installed'
    return None


def choose_engine():
    return subprocess.run(['ibus', 'engine', 'hangul'], capture_output=True).returncode == 0


def words():
    return window.text('Words')


def dark_columns():
    """Of the left end of the entry of words: many where its hint stands."""
    pixels = window.picture(place[0], place[1] + 8, COLUMNS, 1 + place[3] - 16)
    size = len(pixels) // (COLUMNS * (1 + place[3] - 16))
    columns = [pixels[size * x::size * COLUMNS] for x in range(COLUMNS)]  # their reds
    return sum(min(column) < 200 for column in columns)


def type_slowly(text):
    """As the module of IBus for GTK 4 needs it: faster ones overtake each other in it."""
    xdotool('sleep', '0.3', 'type', '--delay', '200', text)
    xdotool('sleep', '0.3')


def entry_of_label():
    return next((node for node in window.walk() if node.role == 'text' and node.name != 'Words' and node.states & FOCUSED), None)


report = Report()
if missing():
    report.skip('an input method', missing())
    report.end()
os.environ['GTK_IM_MODULE'] = 'ibus'
settings = pathlib.Path(os.environ['HOME'], '.config/glib-2.0/settings/keyfile')
settings.parent.mkdir(parents=True)
# what the engine "forwards" reaches no GTK 4 program: Enter would be lost to any
settings.write_text("[org/freedesktop/ibus/engine/hangul]\ninitial-input-mode='hangul'\nuse-event-forwarding=false\n")
daemon = subprocess.Popen(['ibus-daemon', '--panel', 'disable', '--emoji-extension', 'disable', '--cache', 'none'],
                          env={**os.environ, 'GSETTINGS_BACKEND': 'keyfile'}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
report.check('the input method is there', wait_for(choose_engine))
window = Window()
tool = window.tool()
window.click(lambda: window.find('text', 'Words'))
place = window.find('text', 'Words').place()
wait_for(choose_engine)
wait_for(lambda: dark_columns() > COLUMNS / 2)
type_slowly('gks')
report.check('half of it is seen', wait_for(lambda: 3 < dark_columns() < COLUMNS / 2), dark_columns())
report.check('and is no text', words() == '', words())
window.shot('input-method-half')
for _ in range(3):
    xdotool('key', 'BackSpace', 'sleep', '0.2')
report.check('it can be taken back', wait_for(lambda: dark_columns() > COLUMNS / 2) and words() == '', dark_columns())
type_slowly('gksrmf 2 kg')
xdotool('key', 'Return', 'sleep', '0.3')  # amid the last letter
report.check('each comes once', wait_for(lambda: words() == '한글 2 ㅏㅎ'), words())
report.check('its keys choose no tool', window.tool() == tool, (tool, window.tool()))
for key in ('ctrl+a', 'BackSpace', 'Escape'):
    xdotool('key', key, 'sleep', '0.2')

window.draw([(80, 610), (200, 610)])
xdotool('key', 't')
report.check('where nothing is typed a key is a key', wait_for(lambda: window.tool() == 'text'), window.tool())
xdotool('mousemove', 300, 300, 'sleep', '0.2', 'click', '1')
wait_for(entry_of_label)
wait_for(choose_engine)
type_slowly('gksrmf')
window.shot('input-method-label')
xdotool('key', 'Return', 'sleep', '0.3')  # amid the last letter
report.check('a label has all of it', wait_for(lambda: window.copied_labels() == ['한글'], 10), window.copied_labels())
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
daemon.terminate()
daemon.wait()
report.end()
