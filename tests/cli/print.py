#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Printed words in pictures: read where tesseract is installed, kept apart from the marks where it is not."""
import ctypes
import json
import re
import shutil
import subprocess

from cli import Skip, main, need, run, succeed

FONT = 'DejaVu-Sans'
CEILING = 'line 200,100 420,100 ' + ' '.join(f'line {x},100 {x + 10},86' for x in range(215, 400, 25))
SPRING = 'polyline 300,100 300,112 ' + ' '.join(f'{288 if i % 2 else 312},{124 + 12 * i}' for i in range(9)) + ' 300,232 300,256'
BOX = 'rectangle 255,258 345,330'
WORDS = {'2 kg': (360, 300), 'k = 50 N/m': (340, 180), 'moon gravity': (480, 500), 'rubber': (100, 400)}
WITHOUT = {'TESSDATA_PREFIX': '/nonexistent'}  # tesseract finds no language there, which is as good as not being installed


def picture(path, words, *options):
    """A box that hangs from a spring, and words in print."""
    if not shutil.which('convert'):
        raise Skip('ImageMagick is not installed')
    text = [argument for word, (x, y) in words.items() for argument in ('-annotate', f'+{x}+{y}', word)]
    subprocess.run(['convert', '-size', '800x600', 'xc:white', '-stroke', 'black', '-strokewidth', '3', '-fill', 'none',
                    *(argument for marks in (CEILING, SPRING, BOX) for argument in ('-draw', marks)), '-stroke', 'none', '-fill',
                    'black', '-font', FONT, '-pointsize', '24', *text, *options, str(path)], check=True)
    return path


def need_tesseract():
    try:
        ctypes.CDLL('libtesseract.so.5')
    except OSError as error:
        raise Skip(f'tesseract is not installed: {error}')


def read(path, **environment):
    """Marks' kinds and labels' texts; nothing may be said on standard error."""
    status, out, err = run('analyze', '--json', path, **environment)
    need(status == 0 and err == '', f'{status} {err}')
    elements = json.loads(out)['elements']
    texts = {e['geometry']['text'].replace(' ', ''): e for e in elements if e['kind'] == 'text'}
    return sorted(e['kind'] for e in elements if e['kind'] != 'text'), texts


def print_is_read(folder):
    need_tesseract()
    for title, options in [('upright', []), ('large', ['-resize', '1600x1200']), ('tilted', ['-virtual-pixel', 'white', '-rotate', '3'])]:
        marks, texts = read(picture(folder / f'{title}.png', WORDS, *options))
        need({'rectangle', 'hatching'} <= set(marks), f'{title}: {marks}')
        need(set(texts) == {word.replace(' ', '') for word in WORDS}, f'{title}: {list(texts)}')
        need(all(0.3 < e['confidence'] <= 1 for e in texts.values()), f'{title}: {texts}')


def pictures_in_one_run_are_read_as_each_alone(folder):
    need_tesseract()
    paths = [picture(folder / f'{n}.png', {word: (480, 500), '2 kg': (360, 300)}) for n, word in enumerate(('rubber', 'moon gravity', 'steel'))]

    def lines(*inputs):
        return re.sub(r'"duration_ms":[^,}]*', '', succeed('analyze', '--json', '--no-cache', *inputs))
    need(lines(*paths, *paths) == ''.join(map(lines, paths)) * 2, 'the same, byte by byte')


def print_acts_as_typed_words_do(folder):
    need_tesseract()
    model = succeed('compile', picture(folder / 'words.png', WORDS))
    need('gravity="0 0 -1.62"' in model, 'moon gravity')
    need(re.search(r'name="box1"[^>]* mass="2"', model), '2 kg')


def without_tesseract_words_are_kept_apart(folder):
    marks, texts = read(picture(folder / 'words.png', {'rubber': (100, 400), '2 kg': (360, 300)}), **WITHOUT)
    need({'rectangle', 'spring', 'hatching'} <= set(marks), f'{marks}')
    need('2kg' in texts, f'{list(texts)}')
    need(not any(e['role'] == 'body' for e in texts.values()), f'{texts}')


def no_mark_is_taken_for_print(folder):
    need_tesseract()
    path = picture(folder / 'marks.png', {})
    need(read(path) == read(path, **WITHOUT), 'the same with and without tesseract')


main(print_is_read, pictures_in_one_run_are_read_as_each_alone, print_acts_as_typed_words_do, without_tesseract_words_are_kept_apart, no_mark_is_taken_for_print)
