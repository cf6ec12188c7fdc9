#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli compile: the same bytes in two processes, MJCF and spec for every input, errors with nothing written."""
import json
import xml.etree.ElementTree as xml

from cli import EXAMPLES, SPECS, fail, main, misuse, need, run, sketch, succeed, write


def the_same_bytes_in_two_processes(folder):
    for path in [*EXAMPLES.glob('*.simgen'), *SPECS.glob('*.json')]:
        first, second = succeed('compile', path), succeed('compile', path, LC_ALL='de_DE.UTF-8', LANG='de_DE.UTF-8')
        need(first == second and xml.fromstring(first).tag == 'mujoco', path.name)


def output_goes_where_it_is_told(folder):
    path, model = EXAMPLES / 'pendulum.simgen', folder / 'model.xml'
    need(succeed('compile', path, '-o', model) == '', 'nothing on standard output')
    need(model.read_text() == succeed('compile', path, '-o', '-'), 'the same text')


def the_spec_compiles_to_the_same_mjcf(folder):
    for path in EXAMPLES.glob('*.simgen'):
        spec = folder / f'{path.stem}.json'
        mjcf = succeed('compile', path, '--spec', spec)
        need(json.loads(spec.read_text())['format'] == 'simgen-spec', path.name)
        need(succeed('compile', spec) == mjcf, path.name)
        succeed('check', spec)


def words_change_what_they_name(folder):
    path = EXAMPLES / 'pendulum.simgen'
    gravity = [xml.fromstring(succeed('compile', path, *words)).find('option').get('gravity')
               for words in ([], ['--words', 'moon gravity'], ['--words', 'no gravity'])]
    need(len(set(gravity)) == 3, f'{gravity}')


def words_not_understood_are_named(folder):
    status, out, err = run('compile', EXAMPLES / 'pendulum.simgen', '--words', 'frobnicate the wug')
    need(status == 0 and out == succeed('compile', EXAMPLES / 'pendulum.simgen'), 'nothing made up')
    need('note: not understood: ' in err and 'frobnicate' in err, err)


def a_page_where_nothing_moves_says_so(folder):
    still = write(folder / 'still.simgen', sketch())
    status, out, err = run('compile', still)
    need(status == 0 and xml.fromstring(out).tag == 'mujoco' and err.startswith('note: '), f'{status} {err}')


def models_of_other_programs(folder):
    """One text with its includes in their place, which MuJoCo loads from the same folder; a robot becomes MJCF."""
    write(folder / 'part.xml', '<mujoco><body name="part"><freejoint/><geom size="1"/></body></mujoco>')
    out = succeed('compile', write(folder / 'whole.xml', '<mujoco><worldbody><include file="part.xml"/></worldbody></mujoco>'))
    need(xml.fromstring(out).find('worldbody/body').get('name') == 'part', out)
    need(out == succeed('compile', write(folder / 'again.xml', out)), 'the same again')
    robot = write(folder / 'arm.urdf', '<robot name="arm"><link name="base"/><link name="tip"><inertial><mass value="1"/>'
                  '<inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial></link><joint name="j" '
                  'type="continuous"><parent link="base"/><child link="tip"/></joint></robot>')
    need(xml.fromstring(succeed('compile', robot)).find('worldbody/body/joint').get('name') == 'j', 'a robot')


def failures_write_nothing(folder):
    out = folder / 'out.xml'
    fail('base.json', 'compile', write(folder / 'bad.simgen', '{'), '-o', out)
    spec = json.loads((SPECS / 'pendulum.json').read_text())
    spec['timestep'] = -1
    fail('physics.bad-number', 'compile', write(folder / 'bad.json', spec), '-o', out)
    fail('pipeline.unsupported', 'compile', write(folder / 'model.xml', '<mujoco/>'), '--spec', folder / 'spec.json')
    need(not out.exists(), 'no output')
    fail('base.write', 'compile', EXAMPLES / 'pendulum.simgen', '-o', folder / 'nowhere' / 'out.xml')
    fail('base.write', 'compile', EXAMPLES / 'pendulum.simgen', '-o', '/dev/full')


def misuse_is_refused(folder):
    misuse('compile')
    misuse('compile', 'a', 'b')


main(the_same_bytes_in_two_processes, output_goes_where_it_is_told, the_spec_compiles_to_the_same_mjcf,
     words_change_what_they_name, words_not_understood_are_named, a_page_where_nothing_moves_says_so, models_of_other_programs,
     failures_write_nothing, misuse_is_refused)
