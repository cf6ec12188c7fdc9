#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli history on an empty history, a damaged one and a wrong command line; the rows are tested in tests/store."""
import json
import sqlite3

from cli import ROOT, fail, main, misuse, need, run, succeed


def an_empty_history(folder):
    need(succeed('history', 'list', XDG_DATA_HOME=str(folder)) == '', 'nothing')
    need(succeed('history', 'search', 'pendulum', '--json', XDG_DATA_HOME=str(folder)) == '', 'nothing')
    need(succeed('history', 'prune', '--older-than', '0', XDG_DATA_HOME=str(folder)) == '', 'nothing')
    fail('store.not-found', 'history', 'show', '7', XDG_DATA_HOME=str(folder))
    fail('store.not-found', 'history', 'export', '7', XDG_DATA_HOME=str(folder))


def a_damaged_history_is_moved_aside(folder):
    database = folder / 'simgen' / 'history.db'
    database.parent.mkdir()
    database.write_bytes(b'this is no database' * 1000)
    status, out, err = run('history', 'list', XDG_DATA_HOME=str(folder))
    need(status == 0 and out == '' and err.startswith('note: '), f'{status} {err}')


def old_history(folder):
    """A history of the first version, with two sketches, one of them with a run."""
    folder.mkdir()
    (folder / 'simgen').mkdir()
    database = sqlite3.connect(folder / 'simgen' / 'history.db')
    database.executescript((ROOT / 'resources/sql/0001-history.sql').read_text())
    page = json.dumps({'format': 'simgen-sketch', 'version': 1, 'title': 'Pendulum', 'strokes': []})
    for n in (1, 2):
        database.execute('INSERT INTO sketches (id, title, words, n_strokes, created_us, updated_us) VALUES (?, ?, ?, 0, ?, ?)',
                         (n, 'Pendulum', '', n, n))
        database.execute('INSERT INTO sketch_versions (id, sketch_id, page_hash, page, created_us) VALUES (?, ?, ?, ?, ?)',
                         (n, n, str(n), page, n))
        database.execute('UPDATE sketches SET version_id = id WHERE id = ?', (n,))
    database.execute('INSERT INTO simulations (sketch_id, status, simulated_s, wall_s, n_steps, created_us)'
                     " VALUES (1, 'completed', 1, 1, 1, 1)")
    database.execute('PRAGMA user_version = 1')
    database.commit()
    database.close()
    return str(folder)


def a_history_is_carried_elsewhere(folder):
    here, there = old_history(folder / 'here'), str(folder / 'there')
    copy = folder / 'copy.db'
    done = json.loads(succeed('history', 'backup', copy, '--json', XDG_DATA_HOME=here))
    need(done['bytes'] == copy.stat().st_size, done)
    done = json.loads(succeed('history', 'import', copy, '--json', XDG_DATA_HOME=there))
    need(done == {'sketches': 2, 'versions': 2, 'runs': 1, 'refused': 0}, done)
    done = json.loads(succeed('history', 'import', copy, '--json', XDG_DATA_HOME=there))
    need(done == {'sketches': 0, 'versions': 0, 'runs': 0, 'refused': 0}, done)
    rows = [json.loads(line) for line in succeed('history', 'search', 'pend', '--json', XDG_DATA_HOME=there).splitlines()]
    need([row['runs'] for row in rows] == [0, 1] and rows[0]['title'] == 'Pendulum', rows)
    need(rows[0]['tags'] == [] and rows[0]['pinned'] is False and rows[0]['match'] == 'Pendulum', rows)


def clean_up_tells_what_it_did(folder):
    here = old_history(folder / 'here')
    done = json.loads(succeed('history', 'prune', '--json', XDG_DATA_HOME=here))
    need(done['runs'] == 1 and done['sketches'] == 0, done)
    need(len(succeed('history', 'list', XDG_DATA_HOME=here).splitlines()) == 2, 'sketches stay')


def what_is_no_history_is_not_imported(folder):
    here = str(folder / 'here')
    text, foreign, newer = folder / 'text', folder / 'foreign.db', folder / 'newer.db'
    text.write_bytes(b'this is no database' * 1000)
    foreign_db = sqlite3.connect(foreign)
    foreign_db.executescript('CREATE TABLE sketches (id INTEGER); PRAGMA user_version = 1;')
    foreign_db.close()
    newer_db = sqlite3.connect(newer)
    newer_db.executescript('CREATE TABLE sketches (id INTEGER); PRAGMA user_version = 999;')
    newer_db.close()
    fail('store.invalid', 'history', 'import', text, XDG_DATA_HOME=here)
    fail('store.invalid', 'history', 'import', foreign, XDG_DATA_HOME=here)
    fail('store.newer', 'history', 'import', newer, XDG_DATA_HOME=here)
    fail('store.open', 'history', 'import', folder / 'absent', XDG_DATA_HOME=here)
    fail('store.open', 'history', 'backup', folder / 'absent' / 'copy.db', XDG_DATA_HOME=here)


def misuse_is_refused(folder):
    misuse('history')
    misuse('history', 'sing')
    misuse('history', 'list', 'x')
    misuse('history', 'search')
    misuse('history', 'show', 'seven')
    misuse('history', 'backup')
    misuse('history', 'import')
    misuse('history', 'list', '--older-than', '3')
    for days in ('-1', '100001', '2000000000', 'x'):
        misuse('history', 'prune', '--older-than', days)


def only_what_is_older_goes(folder):
    here = old_history(folder / 'here')  # of 1970
    need(succeed('history', 'prune', '--older-than', '100000', XDG_DATA_HOME=here) == '', 'nothing is so old')
    need(len(succeed('history', 'prune', '--older-than', '1000', XDG_DATA_HOME=here).splitlines()) == 2, 'both are')
    need(succeed('history', 'list', XDG_DATA_HOME=here) == '', 'gone')


main(an_empty_history, a_damaged_history_is_moved_aside, a_history_is_carried_elsewhere, clean_up_tells_what_it_did,
     what_is_no_history_is_not_imported, only_what_is_older_goes, misuse_is_refused)
