#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The look of the source: clang-format, 110 columns, licence line, size of files."""
import shutil
import subprocess

from tap import Report, relative, tree

COLUMNS = 110
LINES = 900


def unformatted(files):
    """One run for all: to start it takes longer than to look at a file."""
    run = subprocess.run(['clang-format', '--dry-run', '-Werror', *map(str, files)], stderr=subprocess.PIPE, text=True)
    found = {path for path in files if f'{path}:' in run.stderr}
    yield from (f'{relative(path)}: run build-aux/format {relative(path)}' for path in sorted(found))
    if run.returncode and not found:
        yield run.stderr


def main():
    report = Report()
    code = tree('*.c', '*.h', '*.cpp')
    scripts = tree('build-aux/*', 'tests/*.py', '.ci/run')
    if shutil.which('clang-format'):
        report.check('clang-format', list(unformatted(code)))
    else:
        report.skip('clang-format', 'clang-format is not installed')
    texts = {path: path.read_text(encoding='utf-8') for path in code + scripts}
    report.check(f'lines within {COLUMNS} columns',
                 [f'{relative(path)}:{n}' for path in code for n, line in enumerate(texts[path].split('\n'), 1)
                  if len(line) > COLUMNS])
    report.check('every file names its licence',
                 [relative(path) for path, text in texts.items()
                  if path.suffix != '.build' and 'SPDX-License-Identifier: GPL-3.0-or-later' not in text[:200]])
    report.check('no space at a line\'s end, one line feed at the file\'s',
                 [relative(path) for path, text in texts.items()
                  if any(line != line.rstrip() for line in text.split('\n')) or not text.endswith('\n')])
    report.check(f'no source file over {LINES} lines',
                 [f'{relative(path)}: {text.count(chr(10))}' for path, text in texts.items() if text.count('\n') > LINES])
    report.end()


if __name__ == '__main__':
    main()
