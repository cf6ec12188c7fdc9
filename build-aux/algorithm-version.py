#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""algorithm-version.py OUT.h DEPFILE ROOT NAME=PATH,PATH...: a header that defines each NAME as a hash of the sources it is
computed by (files, or folders with all C in them), so that no change of them can forget to change the version."""
import hashlib
import pathlib
import sys

SOURCES = {'.c', '.h', '.cpp'}


def files(root, paths):
    for path in paths:
        path = root / path
        yield from sorted(p for p in path.iterdir() if p.suffix in SOURCES) if path.is_dir() else [path]


def main():
    out, depfile, root = sys.argv[1:4]
    root, lines, inputs = pathlib.Path(root), [], []
    for definition in sys.argv[4:]:
        name, paths = definition.split('=')
        paths = paths.split(',')
        total = hashlib.sha256()
        for path in files(root, paths):
            inputs.append(path)
            total.update(f'{path.relative_to(root)}\0'.encode() + hashlib.sha256(path.read_bytes()).digest())
        inputs += [root / path for path in paths if (root / path).is_dir()]  # a file more or less changes the folder
        lines.append(f'#define {name} "{total.hexdigest()[:16]}"\n')
    pathlib.Path(out).write_text('/* SPDX-License-Identifier: GPL-3.0-or-later */\n#pragma once\n\n' + ''.join(lines))
    names = ' '.join(str(path).replace(' ', '\\ ') for path in dict.fromkeys(inputs))
    pathlib.Path(depfile).write_text(f'{out}: {names}\n')


if __name__ == '__main__':
    main()
