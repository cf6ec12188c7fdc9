#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli check: all problems of a file, not the first."""
import json

from cli import EXAMPLES, SPECS, circle, fail, main, misuse, need, run, sketch, succeed, write


def good_files(folder):
    for path in [*EXAMPLES.glob('*.simgen'), *EXAMPLES.glob('*.jpg'), *SPECS.glob('*.json')]:
        report = json.loads(succeed('check', '--json', path))
        need(report == {'file': str(path), 'valid': True, 'problems': []}, f'{report}')


def problems(path):
    status, out, err = run('check', '--json', path)
    need(status == 1, f'{path}: exit status {status}')
    report = json.loads(out)
    lines = [f"simgen-cli: {p['code']}: {p['message']}" for p in report['problems']]
    need(not report['valid'] and err.splitlines() == lines, f'{out} {err}')
    return report['problems']


def all_problems_of_a_sketch(folder):
    bad = sketch(circle(300, 300, 40), [[0, 0], ['x', 1]], [[0, 1e300], [1, 1]])
    found = problems(write(folder / 'bad.simgen', bad))
    need(len(found) >= 2, f'{found}')
    need(any('strokes[1]' in p['message'] for p in found) and any('strokes[2]' in p['message'] for p in found), f'{found}')


def all_problems_of_a_spec(folder):
    spec = json.loads((SPECS / 'pendulum.json').read_text())
    spec['gravity'] = [0, 0, 1e300]
    spec['timestep'] = -1
    found = problems(write(folder / 'bad.json', spec))
    need(len(found) >= 2 and all(p['code'].startswith('physics.') for p in found), f'{found}')


def one_problem_is_one_line(folder):
    fail('base.read', 'check', folder / 'missing.simgen')
    fail('base.json', 'check', write(folder / 'cut.simgen', '{"format": "simgen-sketch", '))
    fail('pipeline.unsupported', 'check', write(folder / 'model.mjb', 'MJB'))


def models_of_other_programs(folder):
    need(succeed('check', write(folder / 'good.xml', '<mujoco/>')).endswith(': good\n'), 'a model')
    found = problems(write(folder / 'bad.xml', '<mujoco>\n<option timestep="-1"/>\n<asset>\n <mesh file="/etc/passwd"/>'
                                               '\n <mesh file="gone.stl"/></asset></mujoco>'))
    need([p['details']['line'] for p in found] == [2], f'{found}')
    found = problems(write(folder / 'bad.xml', '<mujoco>\n<asset>\n <mesh file="/etc/passwd"/>'
                                               '\n <mesh file="gone.stl"/></asset></mujoco>'))
    need([(p['code'], p['details']['line']) for p in found] == [('physics.outside-folder', 3), ('physics.asset', 4)], f'{found}')


def misuse_is_refused(folder):
    misuse('check')
    misuse('check', 'a', 'b')


main(good_files, all_problems_of_a_sketch, all_problems_of_a_spec, one_problem_is_one_line,
     models_of_other_programs, misuse_is_refused)
