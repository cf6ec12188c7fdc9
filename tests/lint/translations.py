#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in names exactly the files that hold words a person sees."""
import re

from tap import ROOT, Report, relative, tree

MARKED = re.compile(r'(?<![\w])(?:_|N_|C_|ngettext|g_dngettext)\s*\(\s*["(]')


def holds_words(path):
    text = path.read_text(encoding='utf-8')
    if path.suffix == '.ui':
        return 'translatable="yes"' in text
    if path.suffix in ('.in', '.xml'):
        return path.name.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml', '.mime.xml.in'))
    return bool(MARKED.search(text))


def main():
    listed = {line.strip() for line in (ROOT / 'po/POTFILES.in').read_text().splitlines()
              if line.strip() and not line.startswith('#')}
    wanted = {relative(p) for p in tree('src/*.c', 'src/*.h', 'src/*.cpp', 'resources/ui/*.ui', 'data/*.in', 'data/*.gschema.xml')
              if holds_words(p)}
    report = Report()
    report.check('every file with words is in POTFILES.in', sorted(wanted - listed))
    report.check('POTFILES.in names no other file', sorted(listed - wanted))
    report.end()


if __name__ == '__main__':
    main()
