#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What simgen-cli logs: nothing unless asked, on standard error only, by level and folder, as JSON, and nothing private."""
import json

from cli import EXAMPLES, main, need, run, sketch, write

PENDULUM = EXAMPLES / 'pendulum.simgen'


def silent_by_itself(folder):
    status, out, err = run('analyze', PENDULUM, SIMGEN_LOG='')
    need(status == 0 and err == '', err)


def events(*arguments, **environment):
    """The events that a run logs as JSON, and its lines on standard error that are none."""
    status, out, err = run(*arguments, SIMGEN_LOG_FORMAT='json', **environment)
    lines = err.splitlines()
    need('"level"' not in out, 'standard output is for results')
    return [json.loads(line) for line in lines if line.startswith('{')], [line for line in lines if not line.startswith('{')]


def as_json(folder):
    logged, others = events('compile', PENDULUM, SIMGEN_LOG='debug')
    need({'vision', 'pipeline'} <= {event['domain'] for event in logged}, logged)
    analysis, = [event for event in logged if event.get('operation') == 'analysis']
    need(analysis['level'] == 'debug' and analysis['duration_us'] > 0, analysis)


def by_folder(folder):
    logged, others = events('compile', PENDULUM, SIMGEN_LOG='none,vision:debug')
    need({event['domain'] for event in logged} == {'vision'}, logged)
    logged, others = events('compile', PENDULUM, SIMGEN_LOG='vision:warning,pipeline:info')
    need(logged == [], logged)


def errors_have_their_code_and_figures(folder):
    label = {'x': 1, 'y': 1, 'text': 'secret ' * 2000}
    path = write(folder / 'secret.simgen', sketch(labels=[label], title='secret', words='secret'))
    logged, others = events('check', path, SIMGEN_LOG='warning')
    event, = logged
    need(event['code'] == 'sketch.too-large' and event['limit'] == 'words', event)
    need(event['most'] == 10000 and event['actual'] == 14000, event)
    need(len(others) == 1 and others[0].startswith('simgen-cli: sketch.too-large: '), others)
    need('secret' not in json.dumps(logged) and str(folder) not in json.dumps(logged), logged)


def nothing_private(folder):
    page = json.loads(PENDULUM.read_text())
    page.update(title='secret title', words='secret gravity')
    logged, others = events('simulate', write(folder / 'secret.simgen', page), '--seconds', '0.1', SIMGEN_LOG='debug')
    need(logged and 'secret' not in json.dumps(logged) and str(folder) not in json.dumps(logged), logged)


def verbose(folder):
    status, out, err = run('check', write(folder / 'bad.simgen', '{}'), '--verbose', SIMGEN_LOG_FORMAT='text')
    need(status == 1 and err.count('\n') == 2, err)
    need('simgen-cli: warning: cli: sketch.format: ' in err, err)


main(silent_by_itself, as_json, by_folder, errors_have_their_code_and_figures, nothing_private, verbose)
