#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli history on an empty history, a damaged one and a wrong command line; the rows are tested in tests/store."""
from cli import fail, main, misuse, need, run, succeed


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


def misuse_is_refused(folder):
    misuse('history')
    misuse('history', 'sing')
    misuse('history', 'list', 'x')
    misuse('history', 'search')
    misuse('history', 'show', 'seven')
    misuse('history', 'prune')
    misuse('history', 'list', '--older-than', '3')


main(an_empty_history, a_damaged_history_is_moved_aside, misuse_is_refused)
