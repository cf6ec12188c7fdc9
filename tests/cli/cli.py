# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of simgen-cli share: running it, drawing for it, and results in TAP."""
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

ROOT = pathlib.Path(os.environ['SG_SOURCE_ROOT'])
CLI = os.environ['SG_CLI']
EXAMPLES = ROOT / 'data' / 'examples'
SPECS = ROOT / 'tests' / 'fixtures' / 'spec'


def run(*arguments, **environment):
    """Runs simgen-cli as in a pipe: (exit status, standard output, standard error)."""
    done = subprocess.run([CLI, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8', **environment})
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Skip(Exception):
    """Raised by a test that cannot run here; its words say why."""


def need(condition, what):
    if not condition:
        raise AssertionError(what)


def succeed(*arguments, **environment):
    """Standard output of a run that must succeed."""
    status, out, err = run(*arguments, **environment)
    need(status == 0, f'{arguments}: exit status {status}: {err}')
    return out


def fail(code, *arguments, **environment):
    """A run that must fail with exactly one line that has this code, and print nothing else."""
    status, out, err = run(*arguments, **environment)
    need(status == 1, f'{arguments}: exit status {status}, not 1: {err}')
    need(err.startswith(f'simgen-cli: {code}: '), f'{arguments}: not {code}: {err}')
    need(err.count('\n') == 1 and err.endswith('\n'), f'{arguments}: not one line: {err!r}')
    need(out == '', f'{arguments}: printed {out[:80]!r}')


def misuse(*arguments):
    """A command line that must be refused before anything is done."""
    status, out, err = run(*arguments)
    need(status == 2, f'{arguments}: exit status {status}, not 2')
    need(err.startswith('simgen-cli: ') and out == '', f'{arguments}: {out!r} {err!r}')


def sketch(*strokes, **members):
    return {'format': 'simgen-sketch', 'version': 1, 'strokes': [{'points': points} for points in strokes], **members}


def circle(x, y, radius, n=60):
    turn = [2.05 * math.pi * i / n for i in range(n + 1)]
    return [[x + radius * math.cos(a), y + radius * math.sin(a)] for a in turn]


def write(path, value):
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def main(*tests):
    """Runs each test in a folder of its own and prints TAP."""
    failed = 0
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        title = test.__name__.replace('_', ' ')
        with tempfile.TemporaryDirectory(prefix='simgen-cli-') as folder:
            try:
                test(pathlib.Path(folder))
                print(f'ok {number} {title}', flush=True)
            except Skip as reason:
                print(f'ok {number} {title} # SKIP {reason}', flush=True)
            except Exception:
                failed += 1
                print(f'not ok {number} {title}')
                print(''.join(f'# {line}\n' for line in traceback.format_exc().splitlines()), end='', flush=True)
    sys.exit(1 if failed else 0)
