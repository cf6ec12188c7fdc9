#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The include graph of src: an include may only point left, and each third-party header has its one home (design.md, "Layers")."""
import re

from tap import ROOT, Report, relative, tree

LAYERS = [{'base'}, {'sketch'}, {'vision'}, {'physics'}, {'sim'}, {'render', 'store', 'assist', 'stream'}, {'pipeline'},
          {'cli', 'app', 'compile'}]
RANK = {folder: rank for rank, layer in enumerate(LAYERS) for folder in layer}
HOMES = [  # header, the places in src that may include it
    (r'opencv2/', r'vision/opencv\.cpp'),
    (r'tesseract/|gmodule\.h', r'vision/tesseract\.c'),
    (r'expat\.h', r'physics/foreign-tree\.c'),
    (r'sqlite3\.h', r'store/(database(-\w+)?|reference)\.[ch]'),
    (r'libsoup/', r'(assist|stream)/.*'),
    (r'libsecret/', r'assist/keys\.c'),
    (r'epoxy/', r'render/.*'),
    (r'EGL/|GL/|GLES', r'render/.*'),
    (r'(gtk|gdk|gsk|gtksourceview)/|adwaita\.h', r'app/.*'),
    (r'mujoco/', r'(physics/(model|fatal)\.[ch]|sim/.*|render/.*|compile/.*)'),
    (r'hiredis/', r'store/.*'),
    (r'libmanette', r'app/pads\.c'),
    (r'poppler', r'compile/pdf\.c'),
    (r'gst/', r'(stream/webm|app/camera-feed)\.c'),
]
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def includes():
    for path in tree('src/*.c', 'src/*.h', 'src/*.cpp'):
        for name in INCLUDE.findall(path.read_text(encoding='utf-8')):
            yield path.relative_to(ROOT / 'src'), name


def pointing_right():
    for path, name in includes():
        here, there = path.parts[0], name.split('/')[0]
        if here not in RANK:
            yield f'src/{path}: the folder {here} is in no layer'
        elif '/' in name and there in RANK and there != here and RANK[there] >= RANK[here]:
            yield f'src/{path} includes {name}: {here} is not right of {there}'


def away_from_home():
    for path, name in includes():
        for header, home in HOMES:
            if re.match(header, name) and not re.fullmatch(home, str(path)):
                yield f'src/{path} includes {name}, whose home is {home}'


def main():
    report = Report()
    report.check('includes point left', list(pointing_right()))
    report.check('third-party headers stay in their homes', list(away_from_home()))
    report.check('one C++ file', [relative(p) for p in tree('src/*.cpp', 'src/*.cc')][1:])
    report.end()


if __name__ == '__main__':
    main()
