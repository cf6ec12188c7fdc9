#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli simulate: figures, tables, and the same run twice, bit for bit."""
import csv
import json
import math

from cli import EXAMPLES, SPECS, fail, main, misuse, need, run, succeed, write


def table(path):
    with open(path, newline='') as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]


def the_same_run_twice(folder):
    for path in [*EXAMPLES.glob('*.simgen'), SPECS / 'double_pendulum.json']:
        for name in 'ab':
            succeed('simulate', path, '--seconds', '2', '--csv', folder / name)
        need((folder / 'a').read_bytes() == (folder / 'b').read_bytes(), path.name)


def the_heavy_box_falls_at_a_third_of_g(folder):
    succeed('simulate', SPECS / 'pulley.json', '--seconds', '0.5', '--csv', folder / 'run.csv')
    rows = table(folder / 'run.csv')
    need(abs(rows[-1]['time'] - 0.5) < 1e-9, 'time')
    fallen = rows[0]['heavy.z'] - rows[-1]['heavy.z']
    need(abs(fallen - 9.81 / 3 * 0.125) < 0.02 * fallen, f'fell {fallen} m')
    need(abs(rows[-1]['light.z'] - rows[0]['light.z'] - fallen) < 0.01, 'the other rises as much')


def an_example_swings(folder):
    succeed('simulate', EXAMPLES / 'pendulum.simgen', '--seconds', '5', '--csv', folder / 'run.csv')
    rows = table(folder / 'run.csv')
    swing = max(max(row[name] for row in rows) - min(row[name] for row in rows)
                for name in rows[0] if name.endswith('.angle'))
    need(5 < swing < 300, f'{swing} degrees')


def nothing_gains_energy_by_itself(folder):
    """A weight that is pulled up to its pulley stops there, to begin with."""
    for path in EXAMPLES.glob('*.simgen'):
        if path.stem not in ('car', 'robot-arm'):  # which have motors
            result = json.loads(succeed('simulate', path, '--seconds', '10', '--json'))
            need(result['energy_last'] < 1.05 * result['energy_first'], f'{path.stem}: {result}')


def figures(folder):
    result = json.loads(succeed('simulate', SPECS / 'box_stack.json', '--seconds', '1', '--json'))
    need(result['steps'] == 500 and abs(result['simulated'] - 1) < 1e-9 and result['warnings'] == 0, f'{result}')
    need(result['steps_per_second'] > 0 and result['real_time_factor'] > 0, f'{result}')
    need(0 < result['energy_last'] < result['energy_first'], f'{result}')


def no_seconds_is_the_start_alone(folder):
    succeed('simulate', SPECS / 'pendulum.json', '--seconds', '0', '--csv', folder / 'run.csv')
    need(len(table(folder / 'run.csv')) == 1, 'one row')


def a_divergence_names_the_body(folder):
    spec = json.loads((SPECS / 'pendulum.json').read_text())
    spec['integrator'], spec['timestep'] = 'euler', 0.05
    joint = spec['bodies'][0]['joints'][0]
    joint.update(stiffness=1e6, initial_position=20)
    path = write(folder / 'wild.json', spec)
    status, out, err = run('simulate', path, '--csv', folder / 'run.csv')
    need(status == 1 and out == '' and err.startswith('simgen-cli: sim.diverged: ') and 'bob' in err, f'{status} {err}')
    rows = table(folder / 'run.csv')
    need(rows and all(math.isfinite(value) for row in rows for value in row.values()), 'the table ends where it was good')


def a_recording_holds_the_run(folder):
    path = folder / 'run.simrec'
    succeed('simulate', EXAMPLES / 'double-pendulum.simgen', '--seconds', '10', '--record', path)
    need(sorted(file.name for file in folder.iterdir()) == ['run.simrec'], 'and no file besides')
    told = json.loads(succeed('info', path, '--json'))
    need(told['bodies'] == 2 and told['from'] == 0 and told['to'] == 10 and not told['cut'], f'{told}')
    need(590 <= told['frames'] <= 630 and told['bytes'] < 10000, f'{told}')
    path.write_bytes(path.read_bytes()[:-100])
    part = json.loads(succeed('info', path, '--json'))
    need(part['cut'] and 400 < part['frames'] < told['frames'], f'{part}')


def a_model_of_another_program_runs(folder):
    model = write(folder / 'ball.xml', '<mujoco><worldbody><body name="ball" pos="0 0 1"><freejoint/><geom size=".1"/></body><body pos="9 0 1"><freejoint/><geom size=".1"/></body>'
                                       '</worldbody></mujoco>')
    succeed('simulate', model, '--seconds', '0.1', '--csv', folder / 'ball.csv')
    last = list(csv.DictReader((folder / 'ball.csv').open()))[-1]
    need(abs(float(last['ball.z']) - (1 - 9.81 * 0.1 ** 2 / 2)) < 2e-3, f'{last}')


def misuse_is_refused(folder):
    misuse('simulate')
    misuse('simulate', 'x', '--seconds', '-1')
    misuse('simulate', 'x', '--seconds', 'nan')
    misuse('simulate', 'x', '--seconds', '1e9')
    misuse('simulate', 'x', '--seconds', 'long')
    misuse('info')
    fail('base.read', 'simulate', folder / 'missing.simgen')
    fail('base.write', 'simulate', SPECS / 'pendulum.json', '--csv', folder / 'nowhere' / 'run.csv')
    fail('stream.write', 'simulate', SPECS / 'pendulum.json', '--record', folder / 'nowhere' / 'run.simrec')
    fail('stream.read', 'info', folder / 'missing.simrec')
    fail('stream.damaged', 'info', SPECS / 'pendulum.json')


main(the_same_run_twice, the_heavy_box_falls_at_a_third_of_g, an_example_swings, nothing_gains_energy_by_itself, figures,
     no_seconds_is_the_start_alone, a_divergence_names_the_body, a_recording_holds_the_run, a_model_of_another_program_runs, misuse_is_refused)
