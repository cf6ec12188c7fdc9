#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a program that draws and simulates (saver.c) at random moments, each start on the history that the last one
left, and looks after each kill: the database opens and is sound, all that was acknowledged is there, nothing is there
twice. kill.py SAVER [--kills N] [--seed N]"""
import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time


def draw_until_killed(saver, path, start, seconds):
    """What the program acknowledged: {sketch: strokes}, {run: strokes of its sketch}."""
    with subprocess.Popen([saver, path, start], stdout=subprocess.PIPE) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().decode().split('\n')
        status = process.wait()
    if status != -signal.SIGKILL:
        sys.exit(f'not ok 1 - the program ended by itself: {status}')
    sketches, runs = {}, {}
    for line in lines[:-1]:  # the last one may have been cut off
        kind, number, strokes = line.split()
        (sketches if kind == 'S' else runs)[int(number)] = int(strokes)
    return sketches, runs


def find_faults(path, sketches, runs):
    """What is wrong with the database, in words."""
    database = sqlite3.connect(path)
    database.execute('PRAGMA busy_timeout = 5000')
    verdict = database.execute('PRAGMA integrity_check').fetchone()[0]
    if verdict != 'ok':
        yield f'unsound: {verdict}'
    if database.execute('PRAGMA foreign_key_check').fetchone():
        yield 'a row that belongs to none'
    for index in ('idx_sketches_search', 'idx_simulations_search'):
        database.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    there = {row[0]: row[1:] for row in database.execute(
        'SELECT sketches.id, sketches.n_strokes, page FROM sketches JOIN sketch_versions AS v ON v.id = version_id')}
    for number, strokes in sketches.items():
        found, page = there.get(number, (-1, '{"strokes": []}'))
        # the stroke after the last that was acknowledged may have been on its way
        if not strokes <= found <= strokes + 1 or len(json.loads(page)['strokes']) != found:
            yield f'sketch {number}: {strokes} strokes were kept, {found} are there'
    steps = dict(database.execute('SELECT id, n_steps FROM simulations'))
    for number, strokes in runs.items():
        if steps.get(number) != strokes:
            yield f'run {number} is lost'
    for what, sql in (('sketch', 'SELECT title FROM sketches GROUP BY title HAVING count(*) > 1'),
                      ('sketch name', 'SELECT uid FROM sketches GROUP BY uid HAVING count(*) > 1'),
                      ('run', 'SELECT words FROM simulations GROUP BY sketch_id, words HAVING count(*) > 1'),
                      ('run name', 'SELECT uid FROM simulations GROUP BY uid HAVING count(*) > 1')):
        for row in database.execute(sql):
            yield f'{what} {row[0]} is there twice'
    database.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('saver')
    parser.add_argument('--kills', type=int, default=20)
    parser.add_argument('--seed', type=int, default=random.randrange(1 << 30))
    options = parser.parse_args()
    random.seed(options.seed)
    print('1..1')
    print(f'# seed {options.seed}')
    faults, sketches, runs = [], {}, {}
    with tempfile.TemporaryDirectory(prefix='simgen-kill-') as folder:
        path = os.path.join(folder, 'history.db')
        for number in range(options.kills):
            # some of them while the program is still starting
            kept = draw_until_killed(options.saver, path, str(number), random.choice((0.03, 0.2, 0.5)) * random.random() + 0.01)
            sketches.update(kept[0])
            runs.update(kept[1])
            if os.path.exists(path) and os.path.getsize(path) > 0:
                try:
                    faults += [f'kill {number}: {fault}' for fault in find_faults(path, sketches, runs)]
                except sqlite3.Error as error:
                    if sketches or 'no such table' not in str(error):
                        faults.append(f'kill {number}: {error}')
            elif sketches:
                faults.append(f'kill {number}: the database is gone')
        aside = [name for name in os.listdir(folder) if 'corrupt' in name or 'damaged' in name]
        faults += [f'set aside: {name}' for name in aside]
    for fault in faults[:20]:
        print(f'# {fault}')
    strokes = sum(sketches.values())
    print(f'# {options.kills} kills, {strokes} strokes of {len(sketches)} sketches and {len(runs)} runs acknowledged, '
          f'{len(faults)} faults')
    print('ok 1 nothing is lost' if not faults and runs else 'not ok 1 nothing is lost')
    sys.exit(1 if faults or not runs else 0)


main()
