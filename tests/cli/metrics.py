#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli metrics: what earlier runs took, and that counting never gets in a run's way."""
import json
import os

from cli import EXAMPLES, fail, main, misuse, need, run, succeed, write

PENDULUM = EXAMPLES / 'pendulum.simgen'


def figures(folder, *options):
    return json.loads(succeed('metrics', '--json', *options, XDG_DATA_HOME=str(folder)))


def nothing_yet(folder):
    empty = figures(folder)
    need(all(name.startswith('database.') for name in empty['operations']), empty['operations'])
    need(empty['errors'] == 0 and empty['rate_limits']['violations'] == 0, empty)


def runs_add_up(folder):
    for _ in range(3):
        succeed('simulate', PENDULUM, '--seconds', '1', XDG_DATA_HOME=str(folder))
    fail('base.read', 'analyze', folder / 'nothing.simgen', XDG_DATA_HOME=str(folder))
    found = figures(folder, '--since', '1h')
    for name in ('analysis', 'analysis.marks', 'analysis.relations', 'assemble', 'compile', 'cli.simulate'):
        operation = found['operations'][name]
        need(operation['count'] == 3, f'{name}: {operation}')
        need(0 < operation['p50_ms'] <= operation['p95_ms'] <= operation['p99_ms'] <= operation['max_ms'], operation)
        need(0 < operation['mean_ms'] <= operation['max_ms'], operation)
    need(found['operations']['cli.analyze']['count'] == 1, 'a failed run counts too')
    need(found['simulation']['steps'] == 1500 and found['errors'] == 1, found)
    need(1 << 20 < found['memory']['rss_bytes'] <= found['memory']['rss_max_bytes'], found['memory'])
    need(found['database']['open']['count'] >= 4, found['database'])
    need(set(found['cache']) == {'memory', 'redis', 'database'}, found['cache'])
    text = succeed('metrics', XDG_DATA_HOME=str(folder))
    need('analysis.marks' in text and 'memory: ' in text, text)


def pictures_have_their_stages(folder):
    succeed('analyze', EXAMPLES / 'pendulum-photo.jpg', XDG_DATA_HOME=str(folder))
    operations = figures(folder)['operations']
    need(operations['analysis.decode']['count'] >= 1 and operations['analysis.trace']['count'] == 1, operations)


def counting_can_be_turned_off(folder):
    succeed('compile', PENDULUM, XDG_DATA_HOME=str(folder), SIMGEN_METRICS='off')
    need(not (folder / 'simgen').exists(), 'nothing is written')


def a_run_that_only_tells_something_is_not_kept(folder):
    for arguments in (['limits'], ['explain', 'base.read']):
        succeed(*arguments, XDG_DATA_HOME=str(folder))
    need(not (folder / 'simgen').exists(), 'the history is not opened for it')


def a_home_that_takes_nothing(folder):
    blocked = folder / 'file'
    blocked.write_text('')
    status, out, err = run('compile', PENDULUM, XDG_DATA_HOME=str(blocked))
    need(status == 0 and '<mujoco' in out and 'store' not in err, err)
    (folder / 'simgen').mkdir()
    (folder / 'simgen' / 'history.db').write_bytes(b'this is no database' * 1000)
    status, out, err = run('compile', PENDULUM, XDG_DATA_HOME=str(folder))
    need(status == 0 and '<mujoco' in out and 'store' not in err, err)
    need((folder / 'simgen' / 'history.db').read_bytes().startswith(b'this is no'), 'it is left alone')
    need(os.listdir(folder / 'simgen') == ['history.db'], os.listdir(folder / 'simgen'))


def a_report_tells_nothing_private(folder):
    secret = folder / 'secret.simgen'
    secret.write_text(PENDULUM.read_text())
    succeed('simulate', secret, '--words', 'secret gravity', '--seconds', '0.1', XDG_DATA_HOME=str(folder))
    fail('sketch.format', 'check', write(folder / 'secret2.simgen', '{}'), XDG_DATA_HOME=str(folder))
    report = succeed('report', XDG_DATA_HOME=str(folder))
    need(report.startswith('simgen-cli ') and 'MuJoCo ' in report and 'cli.simulate' in report, report)
    need('secret' not in report and str(folder) not in report, report)
    (folder / 'simgen' / 'history.db').unlink()
    (folder / 'simgen' / 'history.db').mkdir()
    need(succeed('report', XDG_DATA_HOME=str(folder)).startswith('simgen-cli '), 'a report where there is no history')


def misuse_is_refused(folder):
    for since in ('', '1', 'h', '-1h', '1w', '0h', '9999999d', 'nan h', '1hh'):
        misuse('metrics', '--since', since)
    misuse('metrics', 'all')


main(nothing_yet, runs_add_up, pictures_have_their_stages, counting_can_be_turned_off,
     a_run_that_only_tells_something_is_not_kept, a_home_that_takes_nothing,
     a_report_tells_nothing_private, misuse_is_refused)
