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
    """TAP lines for figures that must not fall below a floor."""

    def __init__(self):
        self.count = self.failed = 0

    def at_least(self, title, figure, floor):
        self.count += 1
        self.failed += figure < floor
        print(f"{'ok' if figure >= floor else 'not ok'} {self.count} {title}: {figure}, at least {floor}")

    def end(self):
        print(f'1..{self.count}')
        sys.exit(1 if self.failed else 0)
