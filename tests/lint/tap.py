# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: the tree's files, and results in TAP."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get('SG_SOURCE_ROOT', pathlib.Path(__file__).resolve().parents[2]))


def tree(*patterns):
    """Files of the tree that match, tracked by git or not yet; without git (a release tarball) all that are there."""
    try:
        out = subprocess.run(['git', '-C', str(ROOT), 'ls-files', '--cached', '--others', '--exclude-standard', *patterns],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout.decode()
        names = out.splitlines()
    except (OSError, subprocess.CalledProcessError):
        names = [str(p.relative_to(ROOT)) for pattern in patterns for p in ROOT.rglob(pattern) if 'build' not in p.parts[0]]
    return sorted(ROOT / name for name in set(names) if (ROOT / name).is_file())


def relative(path):
    return str(path.relative_to(ROOT))


class Report:
    """One TAP line a check; a check with problems fails and lists them."""

    def __init__(self):
        self.count = self.failed = 0

    def check(self, title, problems):
        self.count += 1
        self.failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {self.count} {title}")
        for problem in problems:
            print(f'# {problem}')

    def skip(self, title, reason):
        self.count += 1
        print(f'ok {self.count} {title} # SKIP {reason}')

    def end(self):
        print(f'1..{self.count}')
        sys.exit(1 if self.failed else 0)
