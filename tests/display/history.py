#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history in the real window: found as one types, renamed, tagged, pinned, duplicated, deleted and brought back; an
old version and its undo; two runs compared; and after kill -9 ink and words that were being typed are there again."""
import os
import signal
import sqlite3
import time

from simgen_window import Report, Window, wait_for, xdotool

CARD = 'panel'
FOLDER = os.path.join(os.environ['HOME'], '.local/share/simgen')
BOOKMARK = os.path.join(FOLDER, 'bookmark.ini')


def cards():
    """Titles of the cards, as they stand."""
    grid = next((node for node in window.walk() if node.name == 'Kept sketches' and node.n_children > 0 and
                 node.role != 'push button'), None)
    return [node.name for node in grid.walk() if node.role == CARD and node.name] if grid else []


def card_says(title, *parts):
    return any(node.role == CARD and node.name == title and all(part in node.description for part in parts)
               for node in window.walk())


def entry(name):
    return window.find('text', name)


def kept_strokes():
    """Of the sketch that was kept last, on disk."""
    with sqlite3.connect(f'file:{FOLDER}/history.db?mode=ro', uri=True) as db:
        return db.execute('SELECT n_strokes FROM sketches ORDER BY updated_us DESC LIMIT 1').fetchone()[0]


def bookmark():
    with open(BOOKMARK, encoding='utf-8') as file:
        return file.read()


def key(*names):
    xdotool('key', *names)
    time.sleep(0.2)


def menu(mnemonic):
    """Chooses from the menu of the card that has the focus."""
    key('Menu')
    time.sleep(0.3)
    key(mnemonic)


def followed():
    """The body whose curves are shown, as the button says; it has a label for none, too."""
    labels = window.labels()
    return labels[labels.index('Follow') + 1:][:2] if 'Follow' in labels else []


report = Report()
window = Window()
window.draw_pendulum(250, 200)
wait_for(lambda: window.has_label('1 hinge'))
for _ in range(2):
    window.press('Play')
    wait_for(lambda: window.find('push button', 'Pause'))
    time.sleep(1)
    window.press('Pause')
    wait_for(lambda: window.find('push button', 'Play'))
key('ctrl+n')
window.draw([(100, 130), (460, 132)])
window.draw([(200, 300), (300, 300), (300, 380), (200, 380), (200, 300)])

key('ctrl+h')
report.check('both sketches are there, the newest first', wait_for(lambda: cards() == ['Untitled', 'Untitled']), cards())
report.check('with what is known of them', wait_for(lambda: card_says('Untitled', 'Today', '2 runs')))
window.shot('history')
key('Down', 'Right', 'F2')
xdotool('type', 'Swing <b>')
key('Return')
report.check('F2 renames', wait_for(lambda: cards() == ['Untitled', 'Swing <b>']), cards())
menu('t')
wait_for(lambda: entry('New tag'))
xdotool('type', 'lesson')
key('Return', 'Escape')
report.check('a tag is given', wait_for(lambda: card_says('Swing <b>', 'tags: lesson')))
report.check('and can be filtered by', wait_for(lambda: window.find('push button', 'lesson') or
                                                window.find('toggle button', 'lesson')))
menu('p')
report.check('it is pinned', wait_for(lambda: card_says('Swing <b>', 'pinned')))
menu('u')
report.check('it is duplicated', wait_for(lambda: cards() == ['Swing <b> (copy)', 'Untitled', 'Swing <b>']), cards())
window.shot('history-changed')

key('ctrl+f')
xdotool('type', 'swi')
report.check('it is found as one types', wait_for(lambda: cards() == ['Swing <b> (copy)', 'Swing <b>']), cards())
xdotool('type', 'zzz')
report.check('nothing found says so', wait_for(lambda: window.has_label('No sketch has these words')))
window.shot('history-empty')
key('Escape')
report.check('Escape shows all again', wait_for(lambda: len(cards()) == 3), cards())
window.press('Pinned')
report.check('only what is pinned', wait_for(lambda: cards() == ['Swing <b>']), cards())
window.press('Pinned')
wait_for(lambda: len(cards()) == 3)

key('ctrl+f', 'Down', 'Delete')
report.check('Delete takes it away', wait_for(lambda: cards() == ['Untitled', 'Swing <b>']), cards())
report.check('and offers to undo', wait_for(lambda: window.has_label('is deleted')))
window.shot('history-deleted')
key('ctrl+z')
report.check('it is back in its place', wait_for(lambda: cards() == ['Swing <b> (copy)', 'Untitled', 'Swing <b>']),
             cards())

key('ctrl+f', 'Down', 'Delete')
wait_for(lambda: len(cards()) == 2)
key('ctrl+f', 'Down', 'Delete')
report.check('a second one is told of in the same message', wait_for(lambda: window.has_label('2 sketches are deleted')), cards())
key('ctrl+z')  # amid the message's coming, where libadwaita 1.2 crashed
report.check('both are back', wait_for(lambda: cards() == ['Swing <b> (copy)', 'Untitled', 'Swing <b>']), cards())
report.check('and the message goes', wait_for(lambda: not window.has_label('deleted')))

# the sketch that is open
key('ctrl+f', 'Down', 'Right', 'Delete')
wait_for(lambda: cards() == ['Swing <b> (copy)', 'Swing <b>'])
key('Escape')  # the message goes first
wait_for(lambda: not window.has_label('is deleted'))
key('Escape')
report.check('Escape leaves', wait_for(lambda: window.find('image', 'Drawing')))
report.check('the ink of a deleted sketch stays', not window.has_label('Draw a mechanism'))
window.draw([(100, 450), (460, 452)])
key('ctrl+h')
report.check('and is kept anew when it is drawn on', wait_for(lambda: len(cards()) == 3), cards())

# two runs
key('Down', 'End')
menu('v')
report.check('runs are listed', wait_for(lambda: len([row for row in window.list_rows('Runs')]) == 2))
window.shot('past')
for i in range(2):
    window.click(lambda i=i: window.list_rows('Runs')[i])
report.check('two are picked', wait_for(lambda: window.press('Compare')))
report.check('their curves are described', wait_for(lambda: any(
    node.role == 'image' and node.name == 'Total energy' and node.description.count('from') == 2
    for node in window.walk())))
report.check('and of a body, called as in the list of parts', wait_for(lambda: 'Rod' in followed()), followed())
xdotool('mousemove', 300, 560)
window.shot('compare')
key('Escape', 'Escape', 'Escape')
report.check('Escape goes back step by step', wait_for(lambda: window.find('image', 'Drawing')))

# an old version
key('ctrl+n')
window.draw([(100, 130), (460, 132)])
time.sleep(1.5)
window.resize(360, 680)
report.check('narrow', wait_for(lambda: window.find('frame').place()[2] == 360))
key('ctrl+h')
wait_for(lambda: len(cards()) == 4)
window.shot('history-narrow')
key('Down', 'End')
menu('v')
wait_for(lambda: window.list_rows('Runs'))
window.shot('past-narrow')
version = wait_for(lambda: next((node for node in window.walk() if node.name.startswith('Version of ')), None))
report.check('a version opens', version and version.press())
report.check('as the page', wait_for(lambda: window.find('image', 'Drawing') and window.has_label('1 hinge')))
report.check('with its name', window.find('push button', 'Swing <b>'))
window.resize(1180, 760)
wait_for(lambda: window.find('image', 'Simulation'))

# a crash
window.draw([(420, 250), (540, 252)])
report.check('ink reaches the disk by itself', wait_for(lambda: kept_strokes() == 13), kept_strokes())
window.click(lambda: entry('Words'))
xdotool('type', 'moon gra')
report.check('and so do words that are being typed', wait_for(lambda: 'words=moon gra\n' in bookmark()))
os.kill(window.process.pid, signal.SIGKILL)
window.process.wait()
complaints = window.complaints()
window = Window()
report.check('after kill -9 the same sketch is open', wait_for(lambda: window.find('push button', 'Swing <b>')))
report.check('with words that were being typed', wait_for(lambda: window.text('Words') == 'moon gra'), window.text('Words'))
window.shot('after-kill')
window.draw([(420, 300), (540, 302)])
key('ctrl+h')
wait_for(cards)
key('Down')
menu('v')
report.check('and all its ink', wait_for(lambda: any('14 strokes' in node.description for node in window.walk())),
             [node.description for node in window.walk() if 'strokes' in node.description])
key('Escape', 'Escape')
report.check('the window closes', window.close() == 0)
complaints += window.complaints()

# a history with nothing that says where one was
os.unlink(BOOKMARK)
window = Window()
report.check('the sketch that was changed last opens', wait_for(lambda: window.find('push button', 'Swing <b>')))
report.check('the window closes', window.close() == 0)
report.check('nothing is complained of', not complaints + window.complaints(), complaints + window.complaints())
report.end()
