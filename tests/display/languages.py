#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word of every view can be translated: run in a language whose every text stands in ⟦brackets⟧, the window shows
none without. And from the right to the left the chrome turns around, the drawing and the simulation do not."""
import os

from simgen_window import Report, Window, wait_for
from views import ROOT, Reader, Walk, folder_of_brackets


def every_view(report):
    os.environ.update(SIMGEN_LOCALEDIR=folder_of_brackets(), LANGUAGE='xx', LC_ALL='C.UTF-8')
    walk, reader = Walk(), Reader()
    for view in walk.views():
        reader.look(walk.window, view)
    report.check(f'no word of {len(reader.seen)} texts is left in English', not reader.problems, sorted(reader.problems.items())[:60])
    report.check('no warnings', not walk.window.complaints(), walk.window.complaints())
    walk.window.end()


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
