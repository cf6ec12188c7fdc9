#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli limits, and the limits at the program's doors: the figure itself is taken, one more is refused by name."""
import base64
import json

from cli import EXAMPLES, SPECS, fail, main, misuse, need, run, sketch, succeed, write

PENDULUM = EXAMPLES / 'pendulum.simgen'


def limits():
    return {line['name']: line for line in map(json.loads, succeed('limits', '--json').splitlines())}


def the_table(folder):
    table = limits()
    need(table['image-bytes']['value'] == 10 << 20 and table['image-bytes']['unit'] == 'bytes', 'image-bytes')
    need(table['image-pixels']['value'] == 40000000, 'image-pixels')
    need(table['mjcf-bytes']['value'] == 5 << 20, 'mjcf-bytes')
    need(table['words']['value'] == 10000, 'words')
    need(table['requests-a-minute']['value'] == 60 and table['requests-an-hour']['value'] == 600, 'requests')
    text = succeed('limits')
    need([line.split()[0] for line in text.splitlines()] == list(table), 'as text')
    need('10485760 bytes (10 MiB)' in text, 'sizes for people')
    misuse('limits', 'image-bytes')


def words(folder):
    most = limits()['words']['value']
    for command in ('analyze', 'compile'):
        succeed(command, PENDULUM, '--words', 'a' * most)
        fail('physics.words', command, PENDULUM, '--words', 'a' * (most + 1))
        status, out, err = run(command, PENDULUM, '--words', 'a' * (most + 1))
        need('10001 characters' in err and '10000 characters' in err and '(words)' in err, err)
    fail('sketch.too-large', 'check', write(folder / 'label.simgen', sketch(labels=[{'x': 1, 'y': 1, 'text': 'a' * (most + 1)}])))
    status, out, err = run('check', '--json', folder / 'label.simgen')
    problem, = json.loads(out)['problems']
    need(problem['details'] == {'path': 'labels[0].text', 'limit': 'words', 'most': most, 'actual': most + 1}, problem)
    need(problem['class'] == 'validation' and problem['remedy'], problem)
    succeed('check', write(folder / 'label.simgen', sketch([[0, 0], [9, 9]], labels=[{'x': 1, 'y': 1, 'text': 'a' * most}])))


def a_picture_as_a_file(folder):
    photo = (EXAMPLES / 'pendulum-photo.jpg').read_bytes()
    most = limits()['image-bytes']['value']
    path = folder / 'photo.jpg'
    path.write_bytes(photo + bytes(most - len(photo)))
    succeed('analyze', path)
    path.write_bytes(photo + bytes(most + 1 - len(photo)))
    fail('base.too-large', 'analyze', path)
    status, out, err = run('analyze', path)
    need(f'{most + 1} bytes' in err and f'{most} bytes' in err and '(image-bytes)' in err, err)


def a_picture_in_a_sketch(folder):
    photo = (EXAMPLES / 'pendulum-photo.jpg').read_bytes()
    most = limits()['image-bytes']['value']

    def with_data(data, before=''):
        image = {'x': 0, 'y': 0, 'width': 400, 'height': 300, 'data': before + base64.b64encode(data).decode()}
        return write(folder / 'photo.simgen', sketch(images=[image]))
    succeed('analyze', with_data(photo + bytes(most - len(photo))))
    fail('sketch.image', 'analyze', with_data(photo + bytes(most + 1 - len(photo))))
    succeed('analyze', with_data(photo, 'data:image/jpeg;base64,'))
    fail('sketch.image', 'analyze', with_data(photo, 'data:image/png;base64,'))
    fail('sketch.image', 'analyze', with_data(b'GIF89a' + bytes(40), 'data:image/png;base64,'))


def a_spec(folder):
    spec = (SPECS / 'pendulum.json').read_text()
    most = limits()['spec-bytes']['value']
    succeed('compile', write(folder / 'spec.json', spec + ' ' * (most - len(spec))))
    fail('physics.too-large', 'compile', write(folder / 'spec.json', spec + ' ' * (most + 1 - len(spec))))


def names_that_lie(folder):
    for name in ('text.png', 'text.jpg', 'text.webp'):
        fail('sketch.image', 'analyze', write(folder / name, 'no picture at all\n'))


main(the_table, words, a_picture_as_a_file, a_picture_in_a_sketch, a_spec, names_that_lie)
