#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli analyze: its JSON, many inputs, and what it says of bad ones."""
import json
import math
import os
import pathlib
import random
import subprocess
import xml.etree.ElementTree as xml

from cli import CLI, EXAMPLES, ROOT, Skip, circle, fail, main, misuse, need, run, sketch, succeed, write

KINDS = {'line', 'polyline', 'curve', 'arc', 'circle', 'ellipse', 'rectangle', 'triangle', 'polygon', 'blob', 'spring', 'damper',
         'arrow', 'turn-arrow', 'cross', 'hatching', 'text', 'unknown'}
ROLES = {'body', 'fixed', 'pin', 'weld', 'spring', 'damper', 'rope', 'force', 'velocity', 'gravity', 'motor', 'label', 'trace',
         'decoration'}


MOST_MEMORY = 512 << 20  # of the process, bytes: the program and its libraries take 100 MB of it


def peak(limit, *arguments):
    """Standard output of a run that must succeed within `limit` bytes of resident memory at its peak."""
    with subprocess.Popen([CLI, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    need(process.returncode == 0, f'{arguments}: exit status {process.returncode}')
    need(usage.ru_maxrss * 1024 < limit, f'{arguments}: {usage.ru_maxrss // 1024} MiB at its peak')
    return out.decode()


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


def undescribed(value, part, schema, path=''):
    """Members of `value` that this part of the schema does not have, and values that its lists leave out."""
    part = {**schema['$defs'].get(part.get('$ref', '').removeprefix('#/$defs/'), {}), **part}
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in part.get('properties', {}):
                yield f'{path}.{name}'
            else:
                yield from undescribed(member, part['properties'][name], schema, f'{path}.{name}')
        yield from (f'no {path}.{name}' for name in set(part.get('required', [])) - set(value))
    elif isinstance(value, list):
        for item in value:
            yield from undescribed(item, part.get('items', {}), schema, f'{path}[]')
    elif value not in part.get('enum', [value]) or value != part.get('const', value):
        yield f'{path}: {value}'


def the_schema_describes_what_is_printed(folder):
    schema = json.loads((ROOT / 'data/schema/reading.schema.json').read_text())
    said = {'corrections': [{'mark': [0], 'kind': 'circle'}]}
    corrected = write(folder / 'corrected.simgen', sketch(circle(300, 300, 40), labels=[{'x': 300, 'y': 300, 'text': '2 kg'}], **said))
    lines = succeed('analyze', '--json', *sorted(EXAMPLES.glob('*.simgen')), *sorted(EXAMPLES.glob('*.jpg')), corrected).splitlines()
    for line in lines:
        missing = set(undescribed(json.loads(line), schema, schema))
        need(not missing, f'{missing}')


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


def a_folder_gives_its_drawings(folder):
    drawings = folder / 'drawings'
    drawings.mkdir()
    write(drawings / 'b.simgen', sketch(circle(300, 300, 40)))
    write(drawings / 'a.simgen', sketch(circle(100, 100, 20), circle(300, 300, 40)))
    write(drawings / 'notes.txt', 'no drawing')
    results = [json.loads(line) for line in succeed('analyze', '--json', drawings).splitlines()]
    need([result['input'] for result in results] == [str(drawings / 'a.simgen'), str(drawings / 'b.simgen')], 'by name')
    need([len(result['elements']) for result in results] == [2, 1], 'what they hold')
    write(drawings / 'c.PNG', 'no picture')
    status, out, err = run('analyze', '--json', drawings)
    need(status == 1 and len(out.splitlines()) == 2 and err.count('\n') == 1, f'one fails: {status} {err}')
    misuse('analyze', '--overlay', folder / 'out.svg', drawings)
    (folder / 'empty').mkdir()
    fail('base.read', 'analyze', folder / 'empty')


def hard_pages_get_an_answer(folder):
    """Thousands of strokes, hundreds of thousands of points, all on one spot: an answer in time, in bounded memory."""
    r = random.Random(4)
    spot = [[100, 100], [100.5, 100.2]]
    scribble = [[400 + 200 * math.sin(37 * i * 0.01), 400 + 200 * math.cos(53 * i * 0.01)] for i in range(200000)]
    def dash(x, y):
        return [[x, y], [x + r.uniform(-30, 30), y + r.uniform(-30, 30)], [x + r.uniform(-30, 30), y + r.uniform(-30, 30)]]
    pages = {
        'scattered': sketch(*[dash(r.uniform(0, 4000), r.uniform(0, 4000)) for _ in range(5000)]),
        'heap': sketch(*[dash(500, 500) for _ in range(5000)]),
        'spot': sketch(*[spot] * 5000),
        'points': sketch(*[[[50, 50]]] * 2000),
        'point': sketch([[50, 50]] * 200000),
        'lengthless': sketch(*[[[i % 50, i // 50]] * 2 for i in range(2000)]),
        'scribble': sketch(scribble),
        'scribbles': sketch(*[scribble[i * 1000:(i + 1) * 1000] for i in range(200)]),
    }
    for name, page in pages.items():
        path = write(folder / f'{name}.simgen', page)
        result = json.loads(peak(MOST_MEMORY, 'analyze', '--json', path))
        strokes = sorted(stroke for element in result['elements'] for stroke in element['strokes'])
        need(strokes == list(range(len(page['strokes']))), f'{name}: every stroke once')


def pictures_are_known_by_content(folder):
    photo = EXAMPLES / 'pendulum-photo.jpg'
    renamed = folder / 'photo.simgen'
    renamed.write_bytes(photo.read_bytes())
    as_jpg, as_simgen = (json.loads(line) for line in succeed('analyze', '--json', photo, renamed).splitlines())
    need(as_jpg['elements'] == as_simgen['elements'] and as_jpg['elements'], 'the same reading')


def need_poppler():
    if not (pathlib.Path(CLI).parent.parent / 'compile/simgen-pdf').exists():
        raise Skip('built without Poppler')


def a_pdf_is_its_drawing(folder):
    """What was printed into a PDF is read as the sketch is, by its content whatever its name."""
    need_poppler()
    for name in ('pendulum', 'car'):
        path = folder / f'{name}.pdf'
        succeed('export', EXAMPLES / f'{name}.simgen', '--to', path)
        as_drawn, printed = (json.loads(succeed('analyze', '--json', what)) for what in (EXAMPLES / f'{name}.simgen', path))
        roles = [sorted(element['role'] for element in result['elements']) for result in (as_drawn, printed)]
        need(roles[0] == roles[1], f'{name}: {roles}')
        path.rename(folder / 'paper')
        need(json.loads(succeed('analyze', '--json', folder / 'paper'))['hash'] == printed['hash'], 'a name')
    fail('sketch.pdf', 'analyze', write(folder / 'text.pdf', '%PDF-1.4\nno pages\n'))
    fail('sketch.image', 'analyze', write(folder / 'words.pdf', 'no PDF at all\n'))


def write_pdf(path, *pages):
    """A PDF whose pages have these contents."""
    n = len(pages)
    kids = ' '.join(f'{3 + i} 0 R' for i in range(n))
    objects = ['<< /Type /Catalog /Pages 2 0 R >>', f'<< /Type /Pages /Kids [{kids}] /Count {n} >>']
    objects += [f'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 220 300] /Contents {3 + n + i} 0 R >>' for i in range(n)]
    objects += [f'<< /Length {len(page)} >> stream\n{page}\nendstream' for page in pages]
    text = '%PDF-1.4\n' + ''.join(f'{i} 0 obj {what} endobj\n' for i, what in enumerate(objects, 1))
    return write(path, text + 'trailer << /Root 1 0 R >>\n%%EOF\n')


def a_page_of_a_pdf_is_chosen(folder):
    """By every command that reads drawings; a page that is not there is an error, and so is any but the first of what has no pages."""
    need_poppler()
    pdf = write_pdf(folder / 'two.pdf', '4 w 20 50 m 180 50 l S', '4 w 60 110 100 90 re S 20 60 m 200 60 l S')

    def kinds(*options):
        return sorted(element['kind'] for element in json.loads(succeed('analyze', '--json', *options, pdf))['elements'])
    need('rectangle' not in kinds() and kinds('--page', '1') == kinds(), 'the first')
    need('rectangle' in kinds('--page', '2'), 'the second')
    need('<body name="box1"' in succeed('compile', '--page', '2', pdf), 'compiled')
    succeed('check', '--page', '2', pdf)
    succeed('simulate', '--page', '2', '--seconds', '0.1', pdf)
    for page in ('1', '2'):
        succeed('export', '--drawing', '--page', page, '--to', folder / f'{page}.svg', pdf)
    need((folder / '1.svg').read_bytes() != (folder / '2.svg').read_bytes(), 'exported')
    for command in (['analyze'], ['compile'], ['simulate'], ['check'], ['serve'], ['render', '-o', folder / 'a.png'],
                    ['export', '--to', folder / 'a.pdf'], ['export', '--to', folder / 'a.csv']):
        fail('sketch.pdf', *command, '--page', '3', pdf)
        fail('sketch.pdf', *command, '--page', '2', EXAMPLES / 'pendulum.simgen')
        misuse(*command, '--page', '0', pdf)


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


main(one_circle, every_example_keeps_the_contract, the_schema_describes_what_is_printed, the_same_page_has_the_same_hash,
     a_bad_input_does_not_stop_the_others, a_folder_gives_its_drawings, hard_pages_get_an_answer, pictures_are_known_by_content, a_pdf_is_its_drawing,
     a_page_of_a_pdf_is_chosen, an_overlay_is_drawn, bad_inputs_have_codes, messages_stay_on_one_line, misuse_is_refused)
