#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A model of another program in the real window: opened, played, loaded again when its file changes; what cannot be loaded
is said, and the model before goes on."""
import os
import pathlib
import subprocess
import tempfile

from gi.repository import GLib

from simgen_window import Report, Window, wait_for, xdotool

VIEW = (700, 200, 480, 380)  # x, y, width, height of a part of the simulation's picture without controls
FAILED = 'The file cannot be loaded as it is now.'

MODEL = '''<mujoco model="arm">
  <asset>
    <texture name="sky" type="skybox" builtin="gradient" rgb1=".6 .75 .9" rgb2=".95 .97 1" width="64" height="64"/>
    <texture name="tiles" type="2d" builtin="checker" rgb1=".85 .86 .88" rgb2=".75 .76 .79" width="128" height="128"/>
    <material name="floor" texture="tiles" texrepeat="8 8"/>
    <mesh name="tip" file="tip.obj"/>
  </asset>
  <worldbody>
    <light pos="0 -1 3" dir="0 .3 -1"/>
    <geom type="plane" size="2 2 .1" material="floor"/>
    <include file="arm.xml"/>
  </worldbody>
  <actuator><motor name="drive" joint="shoulder"/></actuator>
  <equality><weld name="clamp" body1="upper" active="false"/></equality>
  <keyframe><key name="hanging"/><key name="raised" qpos="-1.2 .6"/></keyframe>
</mujoco>
'''
ARM = '''<mujoco>
  <body name="upper" pos="0 0 1.2">
    <joint name="shoulder" axis="0 1 0"/>
    <geom type="capsule" fromto="0 0 0 .5 0 0" size=".05" rgba=".2 .5 .8 1"/>
    <body name="lower" pos=".5 0 0">
      <joint name="elbow" axis="0 1 0"/>
      <geom type="capsule" fromto="0 0 0 .4 0 0" size=".04" rgba=".9 .5 .2 1"/>
      <geom type="mesh" mesh="tip" pos=".4 0 0" rgba=".3 .3 .3 1"/>
    </body>
  </body>
</mujoco>
'''
TIP = 'v 0 -.06 -.06\nv 0 .06 -.06\nv 0 .06 .06\nv 0 -.06 .06\nv .15 0 0\nf 1 3 2\nf 1 4 3\nf 1 2 5\nf 2 3 5\nf 3 4 5\nf 4 1 5\n'


def ask(window, action, *parameters):
    window._ask('Activate', GLib.Variant('(sava{sv})', (action, list(parameters), {})))


def open_file(window, path):
    ask(window, 'open-recent', GLib.Variant('s', pathlib.Path(path).as_uri()))


report = Report()
folder = pathlib.Path(tempfile.mkdtemp(prefix='simgen-model-'))
(folder / 'arm.xml').write_text(ARM)
(folder / 'tip.obj').write_text(TIP)
(folder / 'robot.xml').write_text(MODEL)
(folder / 'hostile.xml').write_text('<mujoco><extension><plugin plugin="x"/></extension></mujoco>')

window = Window()
open_file(window, folder / 'robot.xml')
report.check('the page names the file', wait_for(lambda: window.has_label('robot.xml')))
report.check('and says what it is', window.has_label('This is a model, not a drawing'))
report.check('it counts the parts', window.has_label('2 bodies · 2 joints · 1 motor'), window.labels()[-12:])
report.check('and lists the bodies', wait_for(lambda: window.has_label('lower') and window.has_label('on a pin')), window.labels()[-12:])
report.check('and there is no paper', not window.has_label('100 %'))
window.shot('model')

ask(window, 'copy-picture')
report.check('the picture is copied', wait_for(lambda: window.has_label('The picture is copied')))
report.check('or saved', window.save('save-picture', folder / 'robot.png') and (folder / 'robot.png').read_bytes()[:4] == b'\x89PNG')
(folder / 'out').mkdir()
report.check('the model is exported', window.save('export-mjcf', folder / 'out' / 'copy.xml'))
report.check('with its mesh', (folder / 'out' / 'copy-files' / 'tip.obj').read_text() == TIP, os.listdir(folder / 'out'))
before = window.picture(*VIEW)
window.press('Runs, branches and marks')
report.check('its keyframes are listed', wait_for(lambda: window.rows('Starts of the model') == ['hanging', 'raised']),
             window.rows('Starts of the model'))
window.choose('raised', 'list item', 'Places in time')
report.check('one of them is a start', wait_for(lambda: window.picture(*VIEW) != before))
xdotool('key', 'Escape', 'sleep', 0.3, 'key', 'shift+m')
tie = wait_for(lambda: window.find('check box', 'clamp'))
report.check('its tie is listed', tie)
report.check('and does not hold yet', tie and not tie.is_checked())
window.click(lambda: window.find('check box', 'clamp'))
report.check('it can be switched on', wait_for(lambda: window.find('check box', 'clamp').is_checked()))
window.press('Play')
report.check('tied the shoulder stays where it was drawn', wait_for(lambda: window.find('push button', 'Pause')) and
             wait_for(lambda: abs(window.find('slider', 'shoulder').value()) < 1) and
             wait_for(lambda: abs(window.find('slider', 'elbow').value()) > 1))
window.shot('tied')
window.press('Pause')
wait_for(lambda: window.find('push button', 'Play'))
window.click(lambda: window.find('check box', 'clamp'))
report.check('and off again', wait_for(lambda: not window.find('check box', 'clamp').is_checked()))
xdotool('key', 'shift+m', 'sleep', 0.5, 'key', 'r')
still = window.picture(*VIEW)
report.check('Play is pressed', window.press('Play'))
report.check('it moves', wait_for(lambda: window.picture(*VIEW) != still))

(folder / 'robot.xml').write_text(MODEL.replace('material="floor"/>\n    <include', 'material="gone"/>\n    <include'))
report.check('a file that is broken on the disk is told of', wait_for(lambda: window.has_label(FAILED)))
report.check('with its line and MuJoCo\'s words', window.has_label('robot.xml:10: MuJoCo:', 'gone'), window.labels()[-12:])
before = window.picture(*VIEW)
report.check('the model before runs on', wait_for(lambda: window.picture(*VIEW) != before))
report.check('and can be paused', window.find('push button', 'Pause'))
window.shot('model-failed-reload')

ask(window, 'edit-model')
report.check('the text can be edited', wait_for(lambda: len(window.accessible.frames()) == 2))
report.check('what is wrong with it is said there, too', wait_for(lambda: any(
    'robot.xml:10:' in node.name for frame in window.accessible.frames() if frame.find('text', 'Text of the model')
    for node in frame.walk())))
window.shot('model-editor')
xdotool('key', 'End', 'key', '--repeat', 3, 'Left', 'key', 'ctrl+shift+Left')  # the cursor is in its line: the word "gone"
xdotool('type', 'floor')
xdotool('key', 'ctrl+s')
report.check('mended there and saved, it is loaded', wait_for(lambda: not window.has_label(FAILED)))
report.check('from the file', (folder / 'robot.xml').read_text() == MODEL, (folder / 'robot.xml').read_text())
xdotool('key', 'ctrl+Home', 'type', '<!--abc')
(folder / 'robot.xml').write_text(MODEL.replace('"floor"/>', '"gone"/>'))
report.check('broken by another program while somebody writes', wait_for(lambda: window.has_label(FAILED)))
xdotool('type', 'def-->')
xdotool('key', 'ctrl+s')
report.check('what is written stays together', wait_for(lambda: not window.has_label(FAILED)) and
             (folder / 'robot.xml').read_text() == '<!--abcdef-->' + MODEL, (folder / 'robot.xml').read_text()[:60])
xdotool('key', 'ctrl+z', 'key', 'ctrl+s')
report.check('and can be taken back after it was saved', wait_for(
    lambda: '-->' not in (folder / 'robot.xml').read_text()), (folder / 'robot.xml').read_text()[:60])
xdotool('key', 'ctrl+w')
report.check('the editor closes', wait_for(lambda: len(window.accessible.frames()) == 1))

(folder / 'robot.xml').write_text(MODEL[:MODEL.index('</worldbody>')])
report.check('one that is cut short, too', wait_for(lambda: window.has_label('robot.xml:', 'no element found')), window.labels()[-12:])

replaced = folder / 'new.xml'
replaced.write_text(MODEL.replace('</worldbody>', '<body name="ball" pos="1 0 1"><freejoint/><geom size=".1"/></body></worldbody>'))
os.rename(replaced, folder / 'robot.xml')
report.check('mended, it is loaded by itself', wait_for(lambda: window.has_label('3 bodies')), window.labels()[-12:])
report.check('and nothing is wrong any more', wait_for(lambda: not window.has_label(FAILED)))
report.check('it plays on', window.find('push button', 'Pause'))

(folder / 'arm.xml').write_text(ARM.replace('name="lower"', 'name="forearm"'))
report.check('a change of what it includes is seen', wait_for(lambda: window.has_label('forearm')), window.labels()[-12:])

open_file(window, folder / 'hostile.xml')
report.check('a model with a plugin is refused with the reason', wait_for(lambda: window.has_label('without plugins')))
report.check('and the one before is still shown', window.has_label('robot.xml') and window.find('push button', 'Pause'))
window.shot('model-refused')

window.press('Pause')
ask(window, 'new')
report.check('a new sketch has the paper back', wait_for(lambda: window.has_label('100 %')))
report.check('and no model', not window.has_label('robot.xml'), window.labels()[-12:])
window.draw_pendulum(300, 170)
report.check('on which a drawing comes alive', wait_for(lambda: window.has_label('1 hinge')), window.labels()[:5])
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
subprocess.run(['rm', '-r', folder], check=True)
report.end()
