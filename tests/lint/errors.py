#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every error code has its row with a meaning, is described in its header, and is raised somewhere; the tables that the
manual page is made from are read whole."""
import importlib.machinery
import importlib.util
import re

from tap import ROOT, Report, relative, tree

ENUM = re.compile(r'typedef enum\n\{([^}]*)\} Sg\w+Error;')
DECLARED = re.compile(r'^  (SG_\w+_ERROR_\w+),\s+/\* ([a-z-]+\.[a-z-]+)', re.MULTILINE)


def manual():
    loader = importlib.machinery.SourceFileLoader('manual', str(ROOT / 'build-aux/manual'))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader('manual', loader))
    loader.exec_module(module)
    return module


def main():
    declared, rows, used = {}, {}, set()
    texts = {path: path.read_text(encoding='utf-8') for path in tree('src/*.c', 'src/*.h', 'src/*.cpp')}
    reader = manual()
    for path, text in texts.items():
        for body in ENUM.findall(text):
            constants = re.findall(r'^  (SG_\w+_ERROR_\w+),', body, re.MULTILINE)
            described = dict(DECLARED.findall(body))
            declared.update({constant: described.get(constant) for constant in constants})
        for row in reader.errors(text):
            rows[row[0]] = row
        if not path.name.startswith('error.'):
            lines = [line for line in text.split('\n') if not re.match(r'  (\[?SG_\w+_ERROR_\w+)(,|\] = )', line)]
            used.update(re.findall(r'\bSG_\w+_ERROR_\w+\b', '\n'.join(lines)))
    report = Report()
    report.check('codes are declared', [] if len(declared) > 30 else ['none found'])
    report.check('every code has its row', sorted(set(declared) - set(rows)))
    report.check('every row has its code', sorted(set(rows) - set(declared)))
    report.check('a code\'s comment begins with its name',
                 [f'{constant}: {name}, not {rows[constant][1]}' for constant, name in declared.items()
                  if constant in rows and name != rows[constant][1]])
    report.check('a meaning and a remedy are a sentence each',
                 [constant for constant, _, _, meaning, remedy in rows.values()
                  if any(words and not re.fullmatch(r'[A-Z].*\.', words) for words in (meaning, remedy))])
    report.check('every code is raised', sorted(set(declared) - used))
    listed = (ROOT / 'src/pipeline/error-name.c').read_text()
    report.check('every domain is listed',
                 [relative(path) for path, text in texts.items() for domain in re.findall(r'^SG_DEFINE_ERROR_DOMAIN\w* \(\s*(\w+)', text, re.MULTILINE)
                  if f'&sg_{domain}_error_domain,' not in listed])
    sources = re.findall(r"'\.\./(src/[\w/-]+\.[ch])'", (ROOT / 'data/meson.build').read_text())
    report.check('the manual is made from every table',
                 [relative(path) for path, text in texts.items() if reader.errors(text) and relative(path) not in sources])
    limits = (ROOT / 'src/base/limits.h').read_text()
    report.check('every limit is read', [] if len(reader.limits(limits)) == len(re.findall(r'^  X \(', limits, re.MULTILINE)) else ['rows are missed'])
    report.end()


if __name__ == '__main__':
    main()
