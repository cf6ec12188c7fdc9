#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture by the camera: without a portal, without a camera and where it is refused the dialog says so; with one (PipeWire's, a
test picture) what it sees is shown, taken, and lies on the paper."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from simgen_window import Report, Window, wait_for, xdotool

PAPER = (60, 100, 400, 440)
HERE = pathlib.Path(__file__).parent
QUIET = {'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}


def dialog():
    return next((frame for frame in window.accessible.frames() if frame.name == 'Take a Picture'), None)


def says(*words):
    shown = dialog()
    return shown and any(all(word in node.name for word in words) for node in shown.walk())


def has_button(name):
    shown = dialog()
    return shown and next((node for node in shown.walk() if node.role == 'push button' and node.name == name), None)


def press(name):
    node = wait_for(lambda: has_button(name))
    while node and not node.has_action():
        node = node.children[0] if node.children else None
    return bool(node) and node.press()


def ask():
    xdotool('key', 'ctrl+alt+p')
    return wait_for(dialog)


def leave():
    xdotool('key', 'Escape')
    return wait_for(lambda: not dialog())


def is_there(name):
    return subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/', '--method',
                           'org.freedesktop.DBus.NameHasOwner', name], capture_output=True, text=True).stdout.startswith('(true')


def can_show():
    """Whether there is a PipeWire to have a camera of."""
    return all(map(shutil.which, ('pipewire', 'wireplumber', 'gst-launch-1.0', 'gst-inspect-1.0'))) and \
        subprocess.run(['gst-inspect-1.0', 'pipewiresrc'], **QUIET).returncode == 0


def start_camera():
    """PipeWire with a camera that always sees the same."""
    runs = [subprocess.Popen(['pipewire'], **QUIET)]
    wait_for(lambda: os.path.exists(os.path.join(os.environ['XDG_RUNTIME_DIR'], 'pipewire-0')))
    runs.append(subprocess.Popen(['wireplumber'], **QUIET))
    runs.append(subprocess.Popen(
        ['gst-launch-1.0', 'videotestsrc', 'is-live=true', 'pattern=smpte', '!', 'video/x-raw,format=YUY2,width=320,height=240,framerate=15/1', '!',
         'pipewiresink', 'mode=provide',
         'stream-properties=p,media.class=Video/Source,media.role=Camera,node.description=Test'], **QUIET))
    return runs


report = Report()
folder = pathlib.Path(tempfile.mkdtemp())
mode = folder / 'mode'
window = Window()

report.check('without a portal', ask() and wait_for(lambda: says('no portal for cameras')))
window.shot('camera-no-portal')
report.check('which is left', leave())

mode.write_text('none')
portal = subprocess.Popen([sys.executable, HERE / 'camera_portal.py', mode])
wait_for(lambda: is_there('org.freedesktop.portal.Desktop'))
report.check('without a camera', ask() and wait_for(lambda: says('There is no camera')))
mode.write_text('refuse')
press('Try Again')
report.check('another try, which is refused', wait_for(lambda: says('may not use the camera')))
leave()
mode.write_text('silent')
report.check('while it is asked for', ask() and wait_for(lambda: says('Asking for the camera')))
report.check('it can be left', leave())
mode.write_text('broken')  # a connection that leads nowhere, or no plugin for it
report.check('a connection that is none', ask() and wait_for(lambda: says('camera') and has_button('Try Again')))
window.shot('camera-broken')
leave()

if can_show():
    mode.write_text('camera')
    runs = start_camera()
    end = time.monotonic() + 40
    while time.monotonic() < end:  # it may not be there at once
        ask()
        if wait_for(lambda: has_button('Take the Picture') or has_button('Try Again'), 10) and has_button('Take the Picture'):
            break
        leave()
    report.check('what it sees is shown', has_button('Take the Picture'))
    window.shot('camera-live')
    xdotool('key', 'Return')
    report.check('it is taken', wait_for(lambda: has_button('Use It') and has_button('Again')))
    press('Again')
    report.check('and taken again', wait_for(lambda: has_button('Take the Picture')))
    xdotool('key', 'Return')
    wait_for(lambda: has_button('Use It'))
    before = window.picture(*PAPER)
    press('Use It')
    report.check('the dialog goes', wait_for(lambda: not dialog()))
    report.check('it lies on the paper', wait_for(lambda: window.picture(*PAPER) != before and not window.has_label('Draw a mechanism')))
    window.shot('camera-used')
    for process in reversed(runs):
        process.kill()
        process.wait()
else:
    report.check('what it sees # SKIP PipeWire or its plugin for GStreamer is not installed', True)
portal.kill()
portal.wait()
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
shutil.rmtree(folder)
report.end()
