#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli thumbnail: a PNG of a sketch's page, bounded whatever the file holds, that leaves nothing behind."""
import base64
import json
import os
import resource
import subprocess
import zlib

from cli import CLI, EXAMPLES, fail, main, misuse, need, run, sketch, succeed, write


def pixels(path):
    """Width, height and the rows of a PNG (8 bits, RGB or RGBA), unfiltered."""
    data = path.read_bytes()
    need(data.startswith(b'\x89PNG\r\n\x1a\n'), 'a PNG')
    width, height = (int.from_bytes(data[at:at + 4], 'big') for at in (16, 20))
    n = {2: 3, 6: 4}[data[25]]
    packed, at = b'', 8
    while at < len(data):
        size, kind = int.from_bytes(data[at:at + 4], 'big'), data[at + 4:at + 8]
        packed += data[at + 8:at + 8 + size] if kind == b'IDAT' else b''
        at += 12 + size
    raw, rows, above = zlib.decompress(packed), [], bytes(width * n)
    for y in range(height):
        kind, line = raw[y * (width * n + 1)], bytearray(raw[y * (width * n + 1) + 1:(y + 1) * (width * n + 1)])
        for i in range(len(line)):
            left, up, corner = (line[i - n] if i >= n else 0), above[i], (above[i - n] if i >= n else 0)
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda value: abs(guess - value))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, paeth)[kind]) % 256
        above = bytes(line)
        rows.append([tuple(line[x * n:x * n + 3]) for x in range(width)])
    return width, height, rows


def png(width, height, color=b'\x00\x00\xff'):
    """A picture of one colour, as it may be pasted onto a page."""
    def chunk(kind, body):
        return len(body).to_bytes(4, 'big') + kind + body + zlib.crc32(kind + body).to_bytes(4, 'big')
    head = width.to_bytes(4, 'big') + height.to_bytes(4, 'big') + bytes((8, 2, 0, 0, 0))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(
        b'IDAT', zlib.compress((b'\x00' + color * width) * height)) + chunk(b'IEND', b'')


def drawn(folder, page, *arguments):
    succeed('thumbnail', write(folder / 'page.simgen', page), '-o', folder / 'out.png', *arguments)
    return pixels(folder / 'out.png')


def dark(rows):
    return sum(sum(pixel) < 300 for row in rows for pixel in row)


def every_example_has_ink(folder):
    for example in EXAMPLES.glob('*.simgen'):
        succeed('thumbnail', example, '-o', folder / 'out.png', '--size', '128')
        width, height, rows = pixels(folder / 'out.png')
        need(max(width, height) == 128 and min(width, height) >= 64, f'{example.name}: {width} x {height}')
        need(dark(rows) > 100, f'{example.name}: {dark(rows)} dark pixels')


def the_shape_is_the_drawing_s_but_no_sliver(folder):
    need(drawn(folder, sketch([[0, 0], [1000, 1]]), '--size', '200')[:2] == (200, 100), 'wide')
    need(drawn(folder, sketch([[0, 0], [1, 1000]]), '--size', '200')[:2] == (100, 200), 'high')
    need(drawn(folder, sketch([[0, 0], [300, 300]]))[:2] == (256, 256), 'square, of the usual size')


def thin_lines_of_a_large_page_are_seen(folder):
    page = sketch([[-400000, 0], [400000, 0]], [[0, -300000], [0, 300000]])
    need(dark(drawn(folder, page, '--size', '64')[2]) > 60, 'two lines')


def pictures_and_words_are_on_it(folder):
    image = {'x': 0, 'y': 0, 'width': 400, 'height': 300, 'data': base64.b64encode(png(40, 30)).decode()}
    _, _, rows = drawn(folder, sketch(images=[image], labels=[{'x': 40, 'y': 340, 'text': 'mmm 2 kg'}]))
    need(sum(pixel == (0, 0, 255) for row in rows for pixel in row) > 10000, 'the picture')
    need(dark(rows[len(rows) * 4 // 5:]) > 8, f'the words below it: {dark(rows[len(rows) * 4 // 5:])}')


def an_empty_page_is_paper(folder):
    _, _, rows = drawn(folder, sketch())
    need(len({pixel for row in rows for pixel in row}) == 1, 'one colour')


def a_picture_that_is_none_leaves_the_rest(folder):
    broken = base64.b64encode(png(400, 300)[:-30]).decode()
    image = {'x': 0, 'y': 0, 'width': 400, 'height': 300, 'data': broken}
    _, _, rows = drawn(folder, sketch([[0, 0], [400, 300]], images=[image]))
    need(dark(rows) > 100, 'the line')


def hostile_files_are_refused(folder):
    tall = png(20000, 1)
    tall = tall[:20] + (20000).to_bytes(4, 'big') + tall[24:]  # 400 megapixels, says its header
    bomb = {'x': 0, 'y': 0, 'width': 4, 'height': 3, 'data': base64.b64encode(tall).decode()}
    for code, page in (('sketch.image', json.dumps(sketch(images=[bomb]))), ('base.json', '{"format": '),
                       ('base.too-large', '[' * 100000), ('sketch.format', '{"format": "other"}'),
                       ('sketch.number', json.dumps(sketch([[1e300, 0], [0, 0]])))):
        fail(code, 'thumbnail', write(folder / 'bad.simgen', page), '-o', folder / 'out.png')
    os.mkfifo(folder / 'pipe.simgen')
    fail('base.read', 'thumbnail', folder / 'pipe.simgen', '-o', folder / 'out.png')
    need(not (folder / 'out.png').exists(), 'no picture of any')


def the_largest_page_stays_small(folder):
    """20,000 strokes, as many as a page may have, within half a gigabyte of address space."""
    page = write(folder / 'full.simgen', sketch(*[[[i % 141 * 30 + x, i // 141 * 30 + x * x % 7] for x in range(24)]
                                                  for i in range(20000)]))
    def bound():
        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    done = subprocess.run([CLI, 'thumbnail', page, '-o', folder / 'out.png'], preexec_fn=bound, capture_output=True)
    need(done.returncode == 0, done.stderr)
    need((folder / 'out.png').stat().st_size < 1 << 20, 'a small file')


def nothing_is_left_behind(folder):
    homes = {name: str(folder / name) for name in ('XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'HOME')}
    status, _, err = run('thumbnail', EXAMPLES / 'car.simgen', '-o', folder / 'out.png', **homes)
    need(status == 0 and sorted(path.name for path in folder.iterdir()) == ['out.png'], f'{list(folder.iterdir())} {err}')


def misuse_is_refused(folder):
    misuse('thumbnail', EXAMPLES / 'car.simgen')
    for size in ('15', '2049', '-1', 'big'):
        misuse('thumbnail', EXAMPLES / 'car.simgen', '-o', folder / 'out.png', '-s', size)


main(every_example_has_ink, the_shape_is_the_drawing_s_but_no_sliver, thin_lines_of_a_large_page_are_seen,
     pictures_and_words_are_on_it, an_empty_page_is_paper, a_picture_that_is_none_leaves_the_rest,
     hostile_files_are_refused, the_largest_page_stays_small, nothing_is_left_behind, misuse_is_refused)
