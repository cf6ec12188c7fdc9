#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window is killed at random moments while one draws in it and the drawing moves; each start goes on with what the last one
left. After each kill the history opens and is sound, every stroke that was older than two seconds is there, and nothing is
there twice. kill.py [--kills N] [--seed N]; a kill takes some five seconds."""
import argparse
import json
import os
import random
import sqlite3
import threading
import time

from simgen_window import Report, Window, wait_for, xdotool

KEPT_WITHIN = 2  # s after the pen is lifted
STROKES_A_SKETCH = 40
PATH = os.path.join(os.environ['HOME'], '.local/share/simgen/history.db')


def draw_until_killed(window, dice):
    """Pen-up times of the strokes, and when the window was killed, by the same clock."""
    killed, lifted = [], []

    def kill():
        killed.append(time.monotonic())
        window.process.kill()
    timer = threading.Timer(dice.uniform(0.2, 7), kill)
    timer.start()
    while window.process.poll() is None:
        x, y = dice.randint(60, 460), dice.randint(120, 240)
        window.draw([(x, y), (x + dice.randint(30, 90), y + dice.randint(-40, 60))])
        lifted.append(time.monotonic())
        if dice.random() < 0.3:
            xdotool('key', 'space')  # plays, or pauses, which keeps a run
    timer.join()
    window.end()
    return lifted, killed[0]


def read_history():
    """Its sketches as {id: strokes}, and what is wrong with it, in words."""
    database, faults = sqlite3.connect(PATH), []
    verdict = database.execute('PRAGMA integrity_check').fetchone()[0]
    if verdict != 'ok':
        faults.append(f'unsound: {verdict}')
    if database.execute('PRAGMA foreign_key_check').fetchone():
        faults.append('a row that belongs to none')
    sketches = {}
    for number, counted, page in database.execute('SELECT sketches.id, sketches.n_strokes, page FROM sketches '
                                                  'JOIN sketch_versions AS v ON v.id = version_id'):
        strokes = [json.dumps(stroke) for stroke in json.loads(page)['strokes']]
        sketches[number] = len(strokes)
        if counted != len(strokes):
            faults.append(f'sketch {number} has {len(strokes)} strokes and says {counted}')
        if len(set(strokes)) < len(strokes):
            faults.append(f'sketch {number} has a stroke twice')
    for table, key in ('sketches', 'uid'), ('simulations', 'uid'), ('simulations', 'created_us'):
        if database.execute(f'SELECT 1 FROM {table} GROUP BY {key} HAVING count(*) > 1').fetchone():
            faults.append(f'{table} has a {key} twice')
    runs = database.execute('SELECT count(*) FROM simulations').fetchone()[0]
    database.close()
    return sketches, runs, faults


parser = argparse.ArgumentParser()
parser.add_argument('--kills', type=int, default=5)
parser.add_argument('--seed', type=int, default=random.randrange(1 << 30))
options = parser.parse_args()
dice = random.Random(options.seed)
report = Report()
print(f'# seed {options.seed}')
sketches, faults, n_lifted, n_old, runs = {}, [], 0, 0, 0
for kill in range(options.kills):
    window = Window()
    current = max(sketches, default=0)  # the newest, which is open again
    if sketches.get(current, 0) >= STROKES_A_SKETCH:
        xdotool('key', 'ctrl+n')
        wait_for(lambda: window.has_label('Draw a mechanism'))
        current = 0
    elif current:
        wait_for(lambda: not window.has_label('Draw a mechanism'))
    lifted, killed = draw_until_killed(window, dice)
    old = sum(at + KEPT_WITHIN < killed for at in lifted)
    found, runs, wrong = read_history() if os.path.exists(PATH) else ({}, 0, [])
    if window.complaints():
        wrong.append(f'complaints: {window.complaints()}')
    drawn_on = current or max(set(found) - set(sketches), default=0)
    least = sketches.get(current, 0) + old
    if old and not least <= found.get(drawn_on, 0) <= least + len(lifted) - old:
        wrong.append(f'of {len(lifted)} strokes, {old} of them old, on {sketches.get(current, 0)} before, {found.get(drawn_on)} are there')
    wrong += [f'sketch {number} had {n} strokes' for number, n in sketches.items() if found.get(number, 0) < n]
    faults += [f'kill {kill}: {fault}' for fault in wrong]
    sketches, n_lifted, n_old = found, n_lifted + len(lifted), n_old + old
for fault in faults:
    print(f'# {fault}')
print(f'# {options.kills} kills, {n_lifted} strokes, {n_old} of them older than {KEPT_WITHIN} s, {len(sketches)} sketches, {runs} runs')
report.check('what was drawn is there after each kill', not faults and n_old > 0, len(faults))
report.end()
