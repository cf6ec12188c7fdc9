#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translations: well-formed, every format and access key as in English, none guessed (fuzzy). What is not translated yet is
listed; SG_RELEASE=1 makes that an error, for a release."""
import os
import re
import shutil
import subprocess
import tempfile

from tap import ROOT, Report


def run(*command):
    return subprocess.run(list(map(str, command)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': ''})


def missing(language, template):
    """Texts of the source that the language does not have."""
    merged = f'{template}-{language}.po'
    run('msgmerge', '--quiet', '--no-fuzzy-matching', '-o', merged, f'po/{language}.po', template)
    text = run('msgattrib', '--untranslated', '--no-obsolete', merged).stdout.decode()
    return re.findall(r'^msgid "(.+)"', text, re.MULTILINE)


def main():
    report = Report()
    if not shutil.which('msgfmt') or not shutil.which('xgettext'):
        report.skip('translations', 'gettext is not installed')
        report.end()
    with tempfile.TemporaryDirectory() as folder:
        template = f'{folder}/simgen.pot'
        run(ROOT / 'build-aux/po-update', '--template', template)
        check(report, template)
    report.end()


def check(report, template):
    for language in (ROOT / 'po/LINGUAS').read_text().split():
        done = run('msgfmt', '--check', '--check-accelerators=_', '--statistics', '-o', os.devnull, f'po/{language}.po')
        said = done.stderr.decode()
        report.check(f'{language}: formats, plurals and keys', said.splitlines() if done.returncode else [])
        report.check(f'{language}: nothing is guessed', [said] if 'fuzzy' in said else [])
        texts = missing(language, template)
        if os.environ.get('SG_RELEASE'):
            report.check(f'{language}: complete', texts)
        else:
            report.check(f'{language}: {len(texts)} texts are not translated yet', [])
            for text in texts:
                print(f'# {text}')


if __name__ == '__main__':
    main()
