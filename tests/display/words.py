#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words: a mechanism made from them alone, plays; chips of what was understood are taken away and chosen; what was not is
told with its reason; and words change a drawing."""
from gi.repository import GLib

from simgen_window import Report, Window, wait_for, xdotool

report = Report()
window = Window()


def say(words):
    window.click(lambda: window.find('text', 'Words'))
    xdotool('key', 'ctrl+a', 'type', words)
    xdotool('key', 'Return')


def selection():
    """What is selected of the words: a button that is pressed does its work a moment later."""
    node = window.find('text', 'Words')
    inner = next(child for child in node.walk() if 'org.a11y.atspi.Text' in child.interfaces)
    return window.accessible.call(inner.path, 'Text', 'GetSelection', GLib.Variant('(i)', (0,)))


def chip(text):
    return window.find('push button', f'Take away “{text}”')


say('a double pendulum on the moon')
report.check('words alone make a mechanism', wait_for(lambda: chip('pendulum of 2 links; gravity 1.62 m/s²')),
             [node.name for node in window.walk() if 'Take' in node.name])
report.check('the welcome makes way', not window.has_label('Draw a mechanism'))
window.press('Play')
report.check('it plays beside the empty page', wait_for(lambda: window.find('push button', 'Pause')))
window.shot('words-double-pendulum')
window.press('Pause')

say('a pendulum, moon gravity, frobnicate the wug')
report.check('what is not understood says why', wait_for(lambda: window.has_label('SimGen does not know “frobnicate”')),
             window.labels())
report.check('what is understood has a chip', chip('gravity 1.62 m/s²'))
window.shot('words-not-understood')
window.press('Take away “gravity 1.62 m/s²”')
report.check('a chip takes its words along', wait_for(lambda: window.text('Words') == 'a pendulum, frobnicate the wug'),
             window.text('Words'))
report.check('and is gone', wait_for(lambda: not chip('gravity 1.62 m/s²')))
report.check('the other stays', wait_for(lambda: window.find('push button', 'Change “pendulum of 1 link”')),
             [node.name for node in window.walk() if 'Change' in node.name])
window.press('Change “pendulum of 1 link”')
report.check('a chosen chip selects its words', wait_for(lambda: tuple(selection()) == (0, 10)), selection())
xdotool('type', '12 dominoes')
xdotool('key', 'Return')
report.check('a chosen chip is typed over', wait_for(lambda: window.text('Words') == '12 dominoes, frobnicate the wug'),
             window.text('Words'))

say('a humanoid walking')
report.check('what is out of scope makes nothing up', wait_for(lambda: window.has_label('does not know how “humanoid” moves')))
window.shot('words-out-of-scope')

say('three rubber balls falling on the moon with air resistance')
report.check('balls', wait_for(lambda: chip('with air')),
             [node.name for node in window.walk() if 'Take' in node.name])
window.resize(380, 680)
window.shot('words-narrow')
window.resize(1280, 800)


def clear_icon():
    x, y, width, height = window.find('text', 'Words').place()
    return x + width - 16, y, 16, height


window.click_at(clear_icon)
report.check('without words the welcome is back', wait_for(lambda: window.has_label('Draw a mechanism')))
window.press('Pen')
window.draw_pendulum(300, 200)
report.check('a drawing is read', wait_for(lambda: window.has_label('1 hinge')))
say('the ball is 2 kg and moon gravity')
report.check('words change it', wait_for(lambda: chip('gravity 1.62 m/s²')),
             [node.name for node in window.walk() if 'Take' in node.name])
window.shot('words-drawing')

# the keys of a composition are the entry's, not those of tools
window.click(lambda: window.find('text', 'Words'))
xdotool('key', 'ctrl+a', 'dead_acute', 'e', 's', 'v')
report.check('a letter is composed', wait_for(lambda: window.text('Words') == 'ésv'), window.text('Words'))
report.check('and the pen is still the tool', window.tool() == 'pen', window.tool())
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
