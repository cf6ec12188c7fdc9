#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences in the real window: each has a line that says what it does, and does it at once in the window that is open."""
import glob
import json
import os
import re
import sqlite3
import time

os.environ['GSETTINGS_BACKEND'] = 'keyfile'  # is there after the program, and tells it of changes
os.environ.pop('SIMGEN_CACHE', None)  # there is one to be emptied
from simgen_window import Report, Window, wait_for, xdotool  # noqa: E402

HOME = os.environ['HOME']
KEYFILE = os.path.join(HOME, '.config/glib-2.0/settings/keyfile')
HISTORY = os.path.join(HOME, '.local/share/simgen/history.db')
settings = {}


def prefer(**changes):
    """As a change of the settings from elsewhere."""
    settings.update({key.replace('_', '-'): value for key, value in changes.items()})
    os.makedirs(os.path.dirname(KEYFILE), exist_ok=True)
    with open(KEYFILE + '.new', 'w') as file:
        file.write('[org/simgen/SimGen]\n' + ''.join(f'{key}={value}\n' for key, value in settings.items()))
    os.rename(KEYFILE + '.new', KEYFILE)


def colors(*place):
    pixels = window.picture(*place)
    return len({pixels[i:i + 3] for i in range(0, len(pixels), 3)})


def dialog(name='Preferences'):
    return next((frame for frame in window.accessible.frames() if frame.name == name), None)


def stored():
    database = sqlite3.connect(HISTORY)
    pages = [json.loads(page) for page, in database.execute('SELECT page FROM sketches JOIN sketch_versions AS v ON v.id = version_id')]
    database.close()
    return pages


def gravity():
    path = os.path.join(HOME, 'model.xml')
    if os.path.exists(path):
        os.remove(path)
    window.save('export-mjcf', path)
    with open(path) as file:
        found = re.search(r'gravity="([^"]*)"', file.read())
    return found and found[1]


report = Report()
prefer(paper="'dots'")
window = Window()
window.draw_pendulum(300, 200)
report.check('there is a mechanism', wait_for(lambda: not window.has_label('What you draw comes alive here')))

place = (440, 330, 60, 60)  # empty paper
time.sleep(1)  # the reading is over it
dots = colors(*place)
prefer(paper="'plain'")
report.check('plain paper is plain', wait_for(lambda: colors(*place) < dots), colors(*place))
plain = colors(*place)
prefer(paper="'ruled'")
report.check('ruled paper has lines', wait_for(lambda: plain < colors(*place) < dots), (plain, colors(*place), dots))
prefer(paper="'dots'", pen_width='10.0')
wait_for(lambda: colors(*place) == dots)
window.draw([(60, 420), (160, 425)])
report.check('the next stroke is as wide as the pen', wait_for(
    lambda: 10 in [stroke.get('width') for page in stored() for stroke in page['strokes']]))

report.check('gravity is the Earth\'s', gravity() in ('0 0 -9.81', None), gravity())
prefer(gravity='1.62')
report.check('gravity is what is preferred', wait_for(lambda: gravity() == '0 0 -1.62'), gravity())
prefer(speed='0.25')
report.check('it plays at that speed', wait_for(lambda: any('0.25×' in (node.name or '') for node in window.walk())))

window.act('parts')
window.click(lambda: window.find_row('Ball'))
report.check('masses are in kg', wait_for(lambda: 'kg' in window.labels()), window.labels()[:40])
prefer(units="'centimetres'")
report.check('masses are in g', wait_for(lambda: 'g' in window.labels() and 'kg' not in window.labels()))
window.shot('preferences-units')
window.type('Mass', '1,5')  # a comma is a point to whoever types one
report.check('what is typed is taken in that unit', wait_for(lambda: any(
    abs(said - 0.0015) < 1e-9 for page in stored() for correction in page.get('corrections', [])
    for said in [correction.get('mass', correction.get('properties', {}).get('mass', 0)) if isinstance(correction, dict) else 0])),
    [page.get('corrections') for page in stored()])

window.act('perspective')
time.sleep(1.5)
wait_for(lambda: window.rests(660, 200, 500, 300))
before = window.picture(660, 200, 500, 300)
prefer(quality="'fine'")
report.check('the picture is finer', wait_for(lambda: window.picture(660, 200, 500, 300) != before))

xdotool('key', 'ctrl+comma')
shown = wait_for(dialog)
report.check('Ctrl+comma shows them', bool(shown))
window.shot('preferences')


def explained():
    """Rows of the dialog and the lines in each: longer ones, or a size."""
    rows = [node for node in dialog().walk() if node.role in ('list item', 'combo box')]
    choices = {part.path for node in dialog().walk() if node.name == 'GtkListView' for part in node.walk()}  # of a row
    rows = [row for row in rows if row.name and row.path not in choices]
    return {row.name: [node.name for node in row.walk() if node.role == 'label' and node.name != row.name and (len(node.name) > 15 or node.name[-1:] in 'Bs')]
            for row in rows}


report.check('each has a line that says what it does', wait_for(lambda: len(explained()) >= 8 and all(explained().values())), explained())
report.check('all of it is named', not [node.role for node in shown.walk() if node.role in ('spin button', 'switch', 'toggle button') and not node.name],
             [node.role for node in shown.walk() if not node.name and node.role in ('spin button', 'switch')])
xdotool('mousemove', 360, 28, 'click', 1)  # its page "Keeping"
report.check('sizes are shown', wait_for(lambda: any('not be computed again' in (node.name or '') + (node.description or '')
                                                     for node in dialog().walk())))
empty = wait_for(lambda: next((node for node in dialog().walk() if node.name == 'Empty the cache' and node.has_action()), None))
time.sleep(1)
window.shot('preferences-keeping')
empty.press()
report.check('the cache can be emptied', wait_for(lambda: any((node.name or '').startswith('0 bytes; 0 results') or
                                                              (node.description or '').startswith('0 bytes; 0 results')
                                                              for node in dialog().walk())),
             [(node.role, node.name, node.description) for node in dialog().walk() if 'computed' in (node.name or '') + (node.description or '')])


def share_cache(address):
    """Types it into its row and applies it."""
    def row():
        return next((node for node in dialog().walk() if node.name.startswith('Shared with others') and node.role == 'text'), None)
    window.click(row)
    xdotool('key', 'ctrl+a', 'type', address)
    xdotool('key', 'Return')


def kept_address():
    with open(KEYFILE) as file:
        return re.search("redis-url='(.*)'", file.read())


share_cache('nowhere')
report.check('what is no address of a Redis is said to be none', wait_for(lambda: any('redis://' in (node.name or '') for node in dialog().walk()
                                                                                      if node.role == 'label')))
window.shot('preferences-redis')
report.check('and is not kept', not kept_address())
share_cache('redis://lab.example')
report.check('one that is is kept', wait_for(lambda: kept_address() and kept_address()[1] == 'redis://lab.example'))
next(node for node in dialog().walk() if node.role == 'push button' and node.name == 'Close' and node.has_action()).press()
report.check('they go away', wait_for(lambda: dialog() is None))
report.check('it closes', window.close() == 0)
report.check('nothing is complained of', not window.complaints(), window.complaints())
report.end()
