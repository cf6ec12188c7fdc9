#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Are written labels read, and only they?

    writing.py [--cli PATH] [--hands N] [--errors N] [--picture]

Writes each label beside a mark by N hands, each with its own way of writing every character, size, slant and spacing, and
counts the labels that come back word for word, and the marks beside them that came through; with --picture from a picture
of 1600x1200 pixels instead of the strokes. As a test (with SG_CLI set, no
arguments) it prints TAP."""
import argparse
import json
import math
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LABELS = ['2 kg', '5 kg', '0.5 kg', '10 kg', '15 kg', 'm=2', 'm=3 kg', 'k=50', 'k=200', 'k=35 N/m', '100 N/m', '5 N', '20 N', '30°',
          '45°', '1 m', '2 m', 'v=2', 'v=1 m/s', '3 m/s', 'mu=0.3', 'μ=0.6', 'e=0.8', 'e=0.95', '10 rpm', '60 rpm', 'c=4', 'F=7', 'g',
          'ice', 'rope', 'rod', 'motor', 'spring', 'rubber', 'steel', 'wood', 'fixed', 'glass', 'smooth']


def read_skeletons():
    ways = {}
    for line in (ROOT / 'build-aux/glyphs.txt').read_text(encoding='utf-8').splitlines():
        if line and not line.startswith('#'):
            characters, strokes = line.split(maxsplit=1)
            points = [[tuple(map(float, p.split(','))) for p in s.split()] for s in strokes.split(' ; ')]
            ways.setdefault(characters[0], []).append(points)
            for other in characters[1:]:
                if other in 'oCKSUVWXYZ' and not (other.isupper() and other.lower() != characters[0]):
                    ways.setdefault(other, []).append(points)
    tall = lambda way: max(y for s in way for _, y in s) - min(y for s in way for _, y in s)
    rings = ways['0']
    ways['0'] = [w for w in rings if tall(w) > 80]
    ways['o'] = [[[(x, y * 60 / tall(w)) for x, y in s] for s in w] for w in rings if tall(w) > 50 and len(w) == 1]
    ways['°'] = [w for w in rings if tall(w) < 50]
    return ways


class Writer:
    """One hand, with its own way of writing every character."""

    def __init__(self, ways, seed):
        self.r = random.Random(seed)
        self.choice = {c: self.r.randrange(100) for c in ways}
        self.ways = ways
        self.slant, self.tilt = self.r.gauss(.1, .15), self.r.gauss(0, .04)
        self.stretch, self.space = math.exp(self.r.gauss(0, .15)), self.r.uniform(14, 34)
        self.wobble, self.jitter = self.r.uniform(0, 1.8), self.r.uniform(1, 5)

    def curve(self, points):
        out = [points[0]]
        p = [points[0], *points, points[-1]]
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
            for i in range(1, 9):
                t = i / 8
                out.append(tuple(.5 * (2 * b[k] + (c[k] - a[k]) * t + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                                       + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t ** 3) for k in (0, 1)))
        return out

    def glyph(self, character):
        ways = self.ways[character]
        strokes, r = ways[self.choice[character] % len(ways)], self.r
        moved = []
        for stroke in strokes:
            shift, last, points = (r.gauss(0, 2), r.gauss(0, 2)), None, []
            for p in stroke:
                if p != last:
                    j = (r.gauss(0, self.jitter), r.gauss(0, self.jitter))
                points.append((p[0] + shift[0] + j[0], p[1] + shift[1] + j[1]))
                last = p
            if r.random() < .3:
                points.reverse()
            phase, wave = (r.uniform(0, 6), r.uniform(0, 6)), r.uniform(.05, .2)
            moved.append([(x + self.wobble * math.sin(phase[0] + wave * i * 4), y + self.wobble * math.cos(phase[1] + wave * i * 4))
                          for i, (x, y) in enumerate(self.curve(points))])
        return moved

    def write(self, text, x, y, size):
        """Strokes of `text` with capitals `size` tall, its line of writing at y."""
        strokes, at = [], 0
        for character in text:
            if character == ' ':
                at += self.r.uniform(25, 55)
                continue
            glyph = self.glyph(character)
            left = min(p[0] for s in glyph for p in s)
            rise = self.r.gauss(0, 3)
            for s in glyph:
                strokes.append([((p[0] - left) * self.stretch + at + self.slant * p[1], p[1] + rise) for p in s])
            at += self.stretch * (max(p[0] for s in glyph for p in s) - left) + self.space * self.r.uniform(.7, 1.3)
        k = size / 100
        return [[(round(x + k * px, 2), round(y - k * (py + self.tilt * px), 2)) for px, py in s] for s in strokes]


def scene(ways, label, seed):
    """A box, a spring and a label near them."""
    writer = Writer(ways, f'{label}/{seed}')
    size = [12, 18, 24, 32, 45, 60][seed % 6]
    wobble = lambda: writer.r.gauss(0, .6)
    corners = [(300, 300), (420, 300), (420, 390), (300, 390), (300, 301)]
    box = [(a[0] + (b[0] - a[0]) * i / 20 + wobble(), a[1] + (b[1] - a[1]) * i / 20 + wobble())
           for a, b in zip(corners, corners[1:]) for i in range(20)]
    zigzag = [(360 + (0 if i in (0, 11) else 12 * (-1) ** i), 120 + 16 * i + wobble()) for i in range(12)]
    strokes = [zigzag, box] + writer.write(label, 450, 330 + size / 2, size)
    return {'format': 'simgen-sketch', 'version': 1,
            'strokes': [{'width': 3.0 if size > 16 else 1.5, 'tool': 'pen', 'points': s} for s in strokes]}


def analyze(cli, sketches):
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, sketch in enumerate(sketches):
            files.append(os.path.join(folder, f'{i}.simgen'))
            pathlib.Path(files[-1]).write_text(json.dumps(sketch), encoding='utf-8')
        out = subprocess.run([cli, 'analyze', '--json', '--no-cache', *files], stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.decode().splitlines()]


def same(a, b):
    return a.replace(' ', '') == b.replace(' ', '')


def measure(cli, hands, errors, picture=False):
    ways = read_skeletons()
    items = [(label, seed) for label in LABELS for seed in range(hands)]
    read = split = marks = 0
    wrong = {}
    sketches = [scene(ways, label, seed) for label, seed in items]
    if picture:
        from rasterise import rasterised
        sketches = map(rasterised, sketches)
    for (label, seed), out in zip(items, analyze(cli, sketches)):
        texts = [e['geometry']['text'] for e in out['elements'] if e['kind'] == 'text' and e['role'] == 'label']
        read += len(texts) == 1 and same(texts[0], label)
        split += bool(texts) and not (len(texts) == 1 and same(texts[0], label))
        marks += {'rectangle', 'spring'} <= {e['kind'] for e in out['elements']}
        if not (len(texts) == 1 and same(texts[0], label)):
            wrong.setdefault(label, []).append((seed, ' | '.join(texts) or '+'.join(
                e['kind'] if e['kind'] != 'text' else 'text:' + e['geometry']['text'] for e in out['elements'][2:])))
    for label, found in wrong.items():
        if errors:
            print(f'{label:10} {100 * len(found) / hands:5.1f} % wrong:', '; '.join(f'{s}: {t[:40]}' for s, t in found[:errors]))
    n = len(items)
    return {'labels': round(100 * read / n, 2), 'misread': round(100 * split / n, 2), 'marks': round(100 * marks / n, 2), 'n': n}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--cli', default=os.environ.get('SG_CLI', 'build/src/cli/simgen-cli'))
    parser.add_argument('--hands', type=int, default=12)
    parser.add_argument('--errors', type=int, default=0)
    parser.add_argument('--picture', action='store_true')
    options = parser.parse_args()
    figures = measure(options.cli, options.hands, options.errors, options.picture)
    if len(sys.argv) > 1:
        print(figures)
        return
    from measure import Floors
    floors = Floors()
    floors.at_least('written labels read', figures['labels'], 95)
    floors.at_least('marks beside them', figures['marks'], 99)
    pictured = measure(options.cli, 6, 0, True)
    floors.at_least('labels read in pictures', pictured['labels'], 58)
    floors.at_least('marks beside them in pictures', pictured['marks'], 95)
    floors.end()


if __name__ == '__main__':
    main()
