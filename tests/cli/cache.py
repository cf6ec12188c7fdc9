#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one run of simgen-cli computed another finds, and simgen-cli cache tells of it."""
import contextlib
import json
import shutil
import socket
import sqlite3
import subprocess
import time

from cli import EXAMPLES, Skip, circle, fail, main, misuse, need, run, sketch, succeed, write


def home(folder, **more):
    """An environment with caches of its own."""
    return {'XDG_CACHE_HOME': str(folder / 'cache'), 'SIMGEN_CACHE': '', 'SIMGEN_REDIS': '', **more}


def analyze(folder, *arguments, **more):
    return [json.loads(line) for line in succeed('analyze', '--json', *arguments, **home(folder, **more)).splitlines()]


def stats(folder):
    figures = json.loads(succeed('cache', 'stats', '--json', **home(folder)))
    return figures, {tier['tier']: tier for tier in figures['tiers']}


def without(result):
    return {name: value for name, value in result.items() if name not in ('cache', 'duration_ms')}


def a_second_process_finds_what_the_first_computed(folder):
    examples = sorted(EXAMPLES.glob('*'))
    first, second = analyze(folder, *examples), analyze(folder, *examples)
    need([result['cache'] for result in first] == ['none'] * len(examples), 'nothing was known')
    need([result['cache'] for result in second] == ['database'] * len(examples), 'all was known')
    need([without(result) for result in first] == [without(result) for result in second], 'the same readings')
    plain = analyze(folder, '--no-cache', *examples)
    need([result['cache'] for result in plain] == ['none'] * len(examples), '--no-cache')
    need([without(result) for result in plain] == [without(result) for result in second], 'nothing but the same')


def one_process_finds_in_memory_what_it_computed(folder):
    path = EXAMPLES / 'car.simgen'
    need([result['cache'] for result in analyze(folder, path, path)] == ['none', 'memory'], 'the second from memory')
    need([result['cache'] for result in analyze(folder, path, path)] == ['database', 'memory'], 'promoted')


def what_a_reading_depends_on_is_in_its_name(folder):
    path = EXAMPLES / 'pendulum.simgen'
    need(analyze(folder, path)[0]['cache'] == 'none', 'first')
    need(analyze(folder, path, '--words', 'moon gravity')[0]['cache'] == 'none', 'other words')
    need(analyze(folder, path, LC_ALL='de_DE.UTF-8', LANGUAGE='de')[0]['cache'] == 'none', 'another language')
    need(analyze(folder, path)[0]['cache'] == 'database', 'as before')
    copy = write(folder / 'copy.simgen', path.read_text().replace('"title"', ' "title" '))
    need(analyze(folder, copy)[0]['cache'] == 'database', 'the same drawing in another file')


def hit_rates_add_up(folder):
    a, b = EXAMPLES / 'car.simgen', EXAMPLES / 'pulley.simgen'
    analyze(folder, a, a, b)  # memory: 3 asked, 1 hit; database: 2 asked, none
    analyze(folder, a, b, b)  # memory: 3 asked, 1 hit; database: 2 asked, 2 hits
    figures, tiers = stats(folder)
    memory, database = tiers['memory'], tiers['database']
    need((memory['hits'], memory['misses'], memory['hit_rate']) == (2, 4, 0.3333), f'{memory}')
    need((database['hits'], database['misses'], database['hit_rate']) == (2, 2, 0.5), f'{database}')
    need(database['entries'] == 2 and database['bytes'] > 500 and database['puts'] == 2, f'{database}')
    need(figures['computed'] == 2 and not tiers['redis']['used'] and tiers['redis']['hit_rate'] is None, f'{figures}')
    text = succeed('cache', 'stats', **home(folder))
    need('50.0 %' in text and '33.3 %' in text, text)

    succeed('cache', 'clear', **home(folder))
    figures, tiers = stats(folder)
    need(tiers['database']['entries'] == tiers['database']['hits'] == figures['computed'] == 0, f'{figures}')
    need(analyze(folder, a)[0]['cache'] == 'none', 'forgotten')


def models_are_the_same_from_the_cache(folder):
    for path in sorted(EXAMPLES.glob('*.simgen')):
        plain = succeed('compile', '--no-cache', path, **home(folder))
        need(succeed('compile', path, **home(folder)) == plain, f'{path.name}: the first time')
        need(succeed('compile', path, **home(folder)) == plain, f'{path.name}: the second time')
        need(succeed('compile', path, '--words', 'moon gravity', **home(folder)) != plain, f'{path.name}: other words')
    database = sqlite3.connect(folder / 'cache' / 'simgen' / 'cache.db')
    kinds = dict(database.execute('SELECT kind, count(*) FROM sketch_cache GROUP BY kind'))
    need(set(kinds) == {'analysis', 'mjcf'}, f'{kinds}')
    need(json.loads(succeed('simulate', '--seconds', '0.1', '--json', path, **home(folder)))['steps'] > 0, 'simulate')


def damaged_entries_are_computed_anew(folder):
    path = EXAMPLES / 'car.simgen'
    first = analyze(folder, path)[0]
    database = sqlite3.connect(folder / 'cache' / 'simgen' / 'cache.db')
    database.execute("UPDATE sketch_cache SET value = CAST(value || x'00' AS BLOB)")
    database.commit()
    database.close()
    again = analyze(folder, path)[0]
    need(again['cache'] == 'none' and without(again) == without(first), 'computed anew')
    need(analyze(folder, path)[0]['cache'] == 'database', 'and kept')
    need(stats(folder)[1]['database']['corrupt'] == 1, 'counted')


def a_damaged_database_is_begun_anew(folder):
    path = EXAMPLES / 'car.simgen'
    analyze(folder, path)
    database = folder / 'cache' / 'simgen' / 'cache.db'
    database.write_bytes(b'this is no database' * 1000)
    status, out, err = run('analyze', '--json', path, **home(folder))
    need(status == 0 and json.loads(out)['cache'] == 'none', f'{status} {err}')
    need(err.startswith('note: ') and err.count('\n') == 1, err)
    need([analyze(folder, path)[0]['cache'] for _ in range(2)] == ['none', 'database'], 'kept again')


def no_place_for_it_is_said_once(folder):
    (folder / 'cache').write_text('a file')
    status, out, err = run('analyze', '--json', EXAMPLES / 'car.simgen', EXAMPLES / 'pulley.simgen', **home(folder))
    need(status == 0 and len(out.splitlines()) == 2, f'{status} {err}')
    need(err.startswith('note: ') and err.count('\n') == 1, err)


def errors_are_not_kept(folder):
    path = write(folder / 'words.simgen', '{')
    fail('base.json', 'analyze', path, **home(folder))
    write(path, sketch(circle(300, 300, 40)))
    need(analyze(folder, path)[0]['cache'] == 'none', 'computed')


def it_can_be_off(folder):
    path = EXAMPLES / 'car.simgen'
    for _ in range(2):
        need(analyze(folder, path, SIMGEN_CACHE='off')[0]['cache'] == 'none', 'off')
    need(not (folder / 'cache').exists(), 'and leaves nothing')


def listens(path):
    """Whether somebody does at a socket: it is there before."""
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0


@contextlib.contextmanager
def redis(folder):
    """The address of a redis-server of our own."""
    program, path = shutil.which('redis-server'), folder / 'redis'
    if not program:
        raise Skip('redis-server is not installed')
    with subprocess.Popen([program, '--port', '0', '--unixsocket', path, '--save', '', '--dir', folder],
                          stdout=subprocess.DEVNULL) as server:
        try:
            for _ in range(500):
                if listens(path):
                    break
                time.sleep(0.02)
            yield f'unix://{path}'
        finally:
            server.kill()


def two_people_share_a_redis(folder):
    path = EXAMPLES / 'car.simgen'
    with redis(folder) as url:
        a, b = folder / 'a', folder / 'b'
        status, _, err = run('analyze', path, **home(a, SIMGEN_REDIS=url))
        if 'without Redis' in err:
            raise Skip(err)
        need(status == 0 and err == '', err)
        need(analyze(b, path, SIMGEN_REDIS=url)[0]['cache'] == 'redis', "the other's")
        need(analyze(b, path, SIMGEN_REDIS=url)[0]['cache'] == 'redis', 'asked before the database')
        need(analyze(b, path)[0]['cache'] == 'none', 'what Redis has is not kept twice')
        tier = stats(b)[1]['redis']
        need((tier['hits'], tier['misses'], tier['entries']) == (2, 0, None), f'{tier}')


def a_redis_that_is_away_is_said_once(folder):
    examples = sorted(EXAMPLES.glob('*.simgen'))
    status, out, err = run('analyze', '--json', *examples, **home(folder, SIMGEN_REDIS='redis://127.0.0.1:1'))
    need(status == 0 and len(out.splitlines()) == len(examples), f'{status} {err}')
    need(err.startswith('note: ') and err.count('\n') == 1, err)


def misuse_is_refused(_):
    misuse('cache')
    misuse('cache', 'sing')
    misuse('cache', 'stats', 'x')


main(a_second_process_finds_what_the_first_computed, one_process_finds_in_memory_what_it_computed,
     what_a_reading_depends_on_is_in_its_name, hit_rates_add_up, models_are_the_same_from_the_cache,
     damaged_entries_are_computed_anew, a_damaged_database_is_begun_anew, no_place_for_it_is_said_once, errors_are_not_kept,
     it_can_be_off, two_people_share_a_redis, a_redis_that_is_away_is_said_once, misuse_is_refused)
