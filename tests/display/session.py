#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One program with several windows: they come back with their sketches after it was quit and after it was killed; a file that is
open is shown in its window; who does not want that begins with an empty page."""
import os
import shutil
import subprocess
import time

os.environ['GSETTINGS_BACKEND'] = 'keyfile'  # is there after the program
from simgen_window import PROGRAM, PATIENCE, Report, Window, wait_for, xdotool  # noqa: E402

HOME = os.environ['HOME']
FILE = os.path.join(HOME, 'swing.simgen')
BOOKMARK = os.path.join(HOME, '.local/share/simgen/bookmark.ini')
KEYFILE = os.path.join(HOME, '.config/glib-2.0/settings/keyfile')


def titles():
    return sorted(frame.name for frame in window.accessible.frames())


def marked(*lines):
    """Whether the program wrote where it is."""
    if not os.path.exists(BOOKMARK):
        return False
    with open(BOOKMARK) as file:
        text = file.read()
    return all(line in text for line in lines)


def run_again(*arguments):
    """As when one opens a file or starts it from the menu: there is one program already."""
    return subprocess.run([PROGRAM, *arguments], timeout=PATIENCE, stderr=subprocess.DEVNULL).returncode == 0


report = Report()
shutil.copy(os.path.join(os.environ['SG_SOURCE_ROOT'], 'data/examples/pendulum.simgen'), FILE)
window = Window()
report.check('a file is opened where nothing was done', run_again(FILE) and wait_for(lambda: titles() == ['Pendulum']), titles())
report.check('and shown, not opened twice', run_again(FILE) and not wait_for(lambda: len(titles()) > 1, 2), titles())
subprocess.run(['gapplication', 'action', 'org.simgen.SimGen', 'new-window'], check=True)
report.check('there is a second window', wait_for(lambda: len(titles()) == 2), titles())
time.sleep(1)  # it slides in
window.draw([(100, 130), (400, 135)])
report.check('both are marked', wait_for(lambda: marked('[bookmark]', '[bookmark 2]', 'swing.simgen')),
             os.path.exists(BOOKMARK) and open(BOOKMARK).read())
window.process.kill()
window.process.wait()

window = Window()
report.check('both come back after it was killed', wait_for(lambda: titles() == ['Pendulum', 'Untitled']), titles())
window.shot('session')
subprocess.run(['gapplication', 'action', 'org.simgen.SimGen', 'quit'], check=True)
report.check('it quits', window.process.wait(PATIENCE) == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())

window = Window()
report.check('both come back after it was quit', wait_for(lambda: titles() == ['Pendulum', 'Untitled']), titles())
report.check('the file is still the sketch\'s own', run_again(FILE) and not wait_for(lambda: len(titles()) > 2, 2), titles())
xdotool('key', 'ctrl+w')
report.check('one is closed', wait_for(lambda: len(titles()) == 1), titles())
report.check('and forgotten', wait_for(lambda: marked('[bookmark]') and not marked('[bookmark 2]')))
window.process.kill()
window.process.wait()

os.makedirs(os.path.dirname(KEYFILE), exist_ok=True)
with open(KEYFILE, 'a') as file:
    file.write('\n[org/simgen/SimGen]\nrestore-session=false\n')
window = Window()
report.check('who wants none begins with an empty page', wait_for(lambda: window.has_label('Draw a mechanism')) and titles() == ['Untitled'],
             titles())
report.check('it closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
