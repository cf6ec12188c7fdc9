# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a measuring script and hands back its figures."""
import json
import os
import pathlib
import subprocess
import sys

SHARED = pathlib.Path(os.environ.get('SG_SHARED', '../shared'))


def skip_unless(here, reason):
    if not here:
        print(f'1..0 # SKIP {reason}')
        sys.exit(0)


def figures(script, *args):
    out = subprocess.run([sys.executable, str(SHARED / 'eval' / script), '--cli', os.environ['SG_CLI'], '--json', *args],
                         stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)


class Floors:
    """TAP lines for figures that must not fall below a floor, or rise above a ceiling."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, title, holds):
        self.count += 1
        self.failed += not holds
        print(f"{'ok' if holds else 'not ok'} {self.count} {title}")

    def at_least(self, title, figure, floor):
        self.check(f'{title}: {figure}, at least {floor}', figure >= floor)

    def at_most(self, title, figure, ceiling):
        self.check(f'{title}: {figure}, at most {ceiling}', figure <= ceiling)

    def end(self):
        print(f'1..{self.count}')
        sys.exit(1 if self.failed else 0)
