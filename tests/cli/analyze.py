#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli analyze: its JSON, many inputs, and what it says of bad ones."""
import json
import xml.etree.ElementTree as xml

from cli import EXAMPLES, circle, fail, main, misuse, need, run, sketch, succeed, write

KINDS = {'line', 'polyline', 'curve', 'arc', 'circle', 'ellipse', 'rectangle', 'triangle', 'polygon', 'blob', 'spring', 'damper',
         'arrow', 'turn-arrow', 'cross', 'hatching', 'text', 'unknown'}
ROLES = {'body', 'fixed', 'pin', 'weld', 'spring', 'damper', 'rope', 'force', 'velocity', 'gravity', 'motor', 'label', 'trace',
         'decoration'}


def one_circle(folder):
    path = write(folder / 'circle.simgen', sketch(circle(300, 300, 40)))
    result = json.loads(succeed('analyze', '--json', path))
    need(result['input'] == str(path) and result['cache'] == 'none', 'input and cache')
    need(len(result['hash']) == 64 and result['duration_ms'] >= 0, 'hash and duration')
    element, = result['elements']
    need(element['kind'] == 'circle' and element['strokes'] == [0], f'{element}')
    x, y = element['geometry']['center']
    need(abs(x - 300) < 3 and abs(y - 300) < 3 and abs(element['geometry']['radius'] - 40) < 3, 'geometry')


def every_example_keeps_the_contract(folder):
    paths = sorted(EXAMPLES.glob('*.simgen'))
    lines = succeed('analyze', '--json', *paths).splitlines()
    need(len(lines) == len(paths), 'a line an input')
    for path, line in zip(paths, lines):
        result = json.loads(line)
        need(result['input'] == str(path), 'in order')
        ids = {element['id'] for element in result['elements']}
        need(len(ids) == len(result['elements']) > 0, f'{path.name}: ids')
        for element in result['elements']:
            need(element['kind'] in KINDS and element['role'] in ROLES, f'{path.name}: {element}')
            need(0 <= element['confidence'] <= 1, f'{path.name}: {element}')
        for relation in result['relations']:
            need(set(relation['elements']) <= ids | {'world'}, f'{path.name}: {relation}')


def the_same_page_has_the_same_hash(folder):
    a = write(folder / 'a.simgen', sketch(circle(300, 300, 40), title='one'))
    b = write(folder / 'b.simgen', json.dumps(sketch(circle(300, 300, 40), title='two'), indent=3))
    c = write(folder / 'c.simgen', sketch(circle(300, 300, 41)))
    hashes = [json.loads(line)['hash'] for line in succeed('analyze', '--json', '--no-cache', a, b, c).splitlines()]
    need(hashes[0] == hashes[1] != hashes[2], f'{hashes}')
    spoken, = [json.loads(succeed('analyze', '--json', '--words', 'moon gravity', a))['hash']]
    need(spoken != hashes[0], 'words belong to the page')


def a_bad_input_does_not_stop_the_others(folder):
    good = write(folder / 'good.simgen', sketch(circle(300, 300, 40)))
    status, out, err = run('analyze', '--json', good, folder / 'missing.simgen', good)
    need(status == 1 and len(out.splitlines()) == 2, f'{status} {out}')
    need(err.startswith('simgen-cli: base.read: ') and err.count('\n') == 1, err)


def pictures_are_known_by_content(folder):
    photo = EXAMPLES / 'pendulum-photo.jpg'
    renamed = folder / 'photo.simgen'
    renamed.write_bytes(photo.read_bytes())
    as_jpg, as_simgen = (json.loads(line) for line in succeed('analyze', '--json', photo, renamed).splitlines())
    need(as_jpg['elements'] == as_simgen['elements'] and as_jpg['elements'], 'the same reading')


def an_overlay_is_drawn(folder):
    for path in [EXAMPLES / 'car.simgen', EXAMPLES / 'pendulum-photo.jpg']:
        overlay = folder / 'overlay.svg'
        result = json.loads(succeed('analyze', '--json', '--overlay', overlay, path))
        titles = xml.parse(overlay).getroot().iter('{http://www.w3.org/2000/svg}title')
        names = {title.text.split(':')[0] for title in titles}
        drawn = {element['id'] for element in result['elements'] if element['role'] != 'label'}
        need(drawn <= names, f'{path.name}: {names}')
    odd = write(folder / 'odd.simgen', sketch(circle(300, 300, 40), labels=[{'x': 1, 'y': 2, 'text': '<a> & \u0001'}]))
    need(xml.fromstring(succeed('analyze', '--overlay', '-', odd)).tag.endswith('svg'), 'on standard output')
    misuse('analyze', '--overlay', overlay, odd, odd)


def bad_inputs_have_codes(folder):
    fail('base.json', 'analyze', write(folder / 'text.simgen', 'hello'))
    fail('base.json', 'analyze', write(folder / 'empty.simgen', ''))
    fail('sketch.format', 'analyze', write(folder / 'other.simgen', {'format': 'other', 'version': 1, 'strokes': []}))
    fail('pipeline.unsupported', 'analyze', write(folder / 'model.xml', '<mujoco/>'))
    fail('pipeline.unsupported', 'analyze', write(folder / 'spec.json', {'format': 'simgen-spec', 'version': 1}))
    fail('sketch.image', 'analyze', write(folder / 'text.png', 'not a picture'))


def messages_stay_on_one_line(folder):
    fail('base.read', 'analyze', folder / 'two\nlines.simgen')


def misuse_is_refused(folder):
    misuse('analyze')
    misuse('analyze', '--sing', 'a.simgen')


main(one_circle, every_example_keeps_the_contract, the_same_page_has_the_same_hash, a_bad_input_does_not_stop_the_others,
     pictures_are_known_by_content, an_overlay_is_drawn, bad_inputs_have_codes, messages_stay_on_one_line, misuse_is_refused)
