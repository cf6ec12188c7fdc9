#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide: F1 opens it once, the arrow keys turn its pages, its pictures and cards are there, Escape closes it; the window
that it came from goes on, and closing that one leaves no guide behind."""
from simgen_window import Report, Window, wait_for, xdotool


def guide(window):
    return next((frame for frame in window.accessible.frames() or () if frame.name == 'Guide'), None)


def rows(window):
    shown = guide(window)
    pages = shown and shown.find('list', 'Pages of the guide')
    return [row for row in pages.walk() if row.role == 'list item'] if pages else []


def shows(window, role, start):
    shown = guide(window)
    return shown and next((node for node in shown.walk() if node.role == role and node.name.startswith(start)), None)


def main():
    report, window = Report(), Window()
    xdotool('key', 'F1')
    report.check('F1 opens the guide', wait_for(lambda: guide(window)))
    names = [row.name for row in rows(window)]
    report.check('it has its pages', len(names) >= 9, names)
    picture = wait_for(lambda: shows(window, 'image', 'A drawn car'))
    report.check('a picture is there, large enough to be seen', picture and picture.place()[3] > 150, picture and picture.place())
    window.shot('guide-start')
    turned = []
    for name in names[1:]:
        xdotool('key', 'Down')
        turned.append(wait_for(lambda: shows(window, 'label', name) and any(row.is_selected() and row.name == name
                                                                            for row in rows(window))))
        if name == 'What the Marks Mean':
            cards = wait_for(lambda: shows(window, 'list', 'What the Marks Mean'))
            found = [node.name for node in cards.walk() if node.role == 'label'] if cards else []
            report.check('the card has the marks and what they mean', {'Spring', 'Pulley', 'Motor', 'Weld'} <= set(found), len(found))
            window.shot('guide-notation')
    report.check('Down turns to every page', all(turned), turned)
    xdotool('key', 'Escape')
    report.check('Escape closes it', wait_for(lambda: not guide(window)))
    xdotool('key', 'F1')
    report.check('F1 opens it again', wait_for(lambda: guide(window)))
    xdotool('key', 'F1')
    wait_for(lambda: guide(window))
    report.check('there is only one', sum(frame.name == 'Guide' for frame in window.accessible.frames()) == 1)
    xdotool('key', 'Escape')
    wait_for(lambda: not guide(window))
    report.check('no warnings', not window.complaints(), window.complaints())
    report.check('the window closes as ever', window.close() == 0)
    report.end()


main()
