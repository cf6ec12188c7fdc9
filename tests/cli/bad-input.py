#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What simgen-cli does with files that are no good and places that take nothing: exit status 1, one line
`simgen-cli: CODE: message` on standard error, nothing on standard output, nothing written half, and no wait."""
import ctypes
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import time
import zlib

ROOT = pathlib.Path(os.environ.get('SG_SOURCE_ROOT', pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(ROOT / 'tests/lint'))
from tap import Report  # noqa: E402

CLI = os.environ.get('SG_CLI', str(ROOT / 'build/src/cli/simgen-cli'))
GOOD = ROOT / 'data/examples/pendulum.simgen'
TIMEOUT = 10  # s; generous: the machine may be busy
LINE = re.compile(r'simgen-cli: ([a-z]+\.[a-z-]+): [^\n]+\n')
COMMANDS = {  # arguments between the command's input and the path of its output
    'analyze': None,
    'compile': ['-o'],
    'simulate': ['--seconds', '0.1', '--csv'],
    'render': ['-o'],
    'check': None,
}


def run(arguments, stdout=subprocess.PIPE):
    """Exit status (None: it hung), standard output, standard error, seconds."""
    start = time.monotonic()
    try:
        done = subprocess.run([CLI, *map(str, arguments)], stdout=stdout, stderr=subprocess.PIPE, timeout=TIMEOUT,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, b'', b'', TIMEOUT
    return done.returncode, done.stdout or b'', done.stderr, time.monotonic() - start


def failures(outcome, codes, one_line=True):
    """What is wrong with the way a command failed."""
    status, out, err, _ = outcome
    text = err.decode('utf-8', 'replace')
    lines = LINE.findall(text)
    if status is None:
        return [f'hung for {TIMEOUT} s']
    problems = []
    if status != 1:
        problems.append(f'exit status {status}')
    if out:
        problems.append(f'standard output: {out[:80]!r}')
    if LINE.sub('', text) or not lines or (one_line and len(lines) > 1):
        problems.append(f'standard error: {text[:300]!r}')
    if not set(lines) <= set(codes):
        problems.append(f'codes {lines}, not of {codes}')
    return problems


def sketch(**members):
    return json.dumps({'format': 'simgen-sketch', 'version': 1, 'strokes': [], **members}).encode()


def png(width, height, rows=b''):
    """A PNG that claims this size; without rows it ends after its header."""
    def chunk(name, data):
        return struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))

    data = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0))
    return data + (chunk(b'IDAT', rows) + chunk(b'IEND', b'') if rows else b'')


def million_points():
    return sketch(strokes=[{'points': [[i % 800, i % 600] for i in range(1000000)]}])


def embedded(picture):
    import base64
    return sketch(images=[{'x': 0, 'y': 0, 'width': 9, 'height': 9, 'data': base64.b64encode(picture).decode()}])


def hollow(size):
    """A file of this size that takes no space."""
    return lambda path: path.touch() or os.truncate(path, size)


NOT_JSON = ['base.json']
PICTURE = ['sketch.image', 'vision.picture', 'vision.image']
UNREADABLE = ['base.read']
TOO_LARGE = ['base.too-large', 'sketch.too-large', 'sketch.image']
UNKNOWN = ['pipeline.unsupported', 'pipeline.unknown', 'base.json', 'sketch.format', 'sketch.image']
SPEC = ['pipeline.unsupported', 'physics.format', 'physics.structure']  # the first: nothing to analyze
BAD_INPUTS = [  # title, file name, content or what makes it, codes
    ('missing', 'missing.simgen', lambda path: None, UNREADABLE),
    ('a folder', 'folder.simgen', lambda path: path.mkdir(), UNREADABLE),
    ('a FIFO', 'fifo.simgen', os.mkfifo, UNREADABLE),
    ('empty sketch', 'empty.simgen', b'', UNKNOWN),
    ('empty picture', 'empty.png', b'', UNKNOWN),
    ('truncated', 'truncated.simgen', lambda path: path.write_bytes(GOOD.read_bytes()[:2000]), NOT_JSON),
    ('not UTF-8', 'latin.simgen', sketch(title='X').replace(b'X', b'\xe4\xff'), NOT_JSON),
    ('no format', 'format.simgen', b'{"strokes": []}', UNKNOWN),
    ('another format', 'other.simgen', sketch(format='other'), UNKNOWN),
    ('a newer version', 'newer.simgen', sketch(version=2), ['sketch.format']),
    ('no strokes', 'strokeless.simgen', b'{"format": "simgen-sketch", "version": 1}', ['sketch.structure']),
    ('NaN', 'nan.simgen', sketch(strokes=[{'points': [[float('nan'), 1]]}]), NOT_JSON),
    ('1e300', 'huge.simgen', sketch(strokes=[{'points': [[1e300, 1]]}]), ['sketch.number']),
    ('1e999', 'infinite.simgen', sketch(title='X').replace(b'"X"', b'1e999'), NOT_JSON),
    ('a million points', 'million.simgen', lambda path: path.write_bytes(million_points()), ['sketch.too-large']),
    ('nested JSON', 'nested.simgen', sketch(title='X').replace(b'"X"', b'[' * 100000 + b']' * 100000), TOO_LARGE),
    ('only brackets', 'brackets.simgen', b'[' * 10000000, TOO_LARGE),
    ('oversized sketch', 'oversized.simgen', hollow(65 << 20), TOO_LARGE),
    ('oversized picture', 'oversized.png', hollow(11 << 20), TOO_LARGE),
    ('100 megapixels', 'bomb.png', png(10000, 10000, zlib.compress(bytes(10001 * 10000))), PICTURE),
    ('a header of 50,000 squared', 'huge.png', png(50000, 50000), PICTURE),
    ('a picture with a wrong checksum', 'checksum.png', png(9, 9, zlib.compress(bytes(90))).replace(b'IDAT', b'IDAt'), PICTURE),
    ('100 megapixels in a sketch', 'bomb.simgen', embedded(png(10000, 10000)), PICTURE),
    ('picture cut off', 'cut.png', png(100, 100), PICTURE),
    ('picture cut off in a sketch', 'cut.simgen', embedded(png(100, 100)), PICTURE),
    ('text labelled as a picture', 'text.png', b'This is no picture.\n', UNKNOWN + PICTURE),
    ('GIF labelled as PNG', 'gif.png', b'GIF89a\x01\x00\x01\x00\x00\x00\x00;', UNKNOWN + PICTURE),
    ('a model of another program', 'foreign.xml', b'<mujoco><worldbody/></mujoco>', ['pipeline.unsupported']),
    ('a spec of a newer version', 'newer.json', b'{"format": "simgen-spec", "version": 99}', SPEC),
    ('a spec with rubbish', 'rubbish.json', b'{"format": "simgen-spec", "version": 1, "bodies": [7, {"name": 3}]}', SPEC),
    ('text labelled as a sketch', 'text.simgen', b'This is no sketch.\n', UNKNOWN),
]


def make_input(folder, name, content):
    path = folder / name
    if callable(content):
        content(path)
    else:
        path.write_bytes(content)
    return path


def check_inputs(report, folder):
    output = folder / 'output'
    for title, name, content, codes in BAD_INPUTS:
        path = make_input(folder, name, content)
        before = sorted(os.listdir(folder))
        for command, options in COMMANDS.items():
            outcome = run([command, path] + (options + [output] if options else []))
            problems = failures(outcome, codes, command != 'check')
            if sorted(os.listdir(folder)) != before:
                problems.append(f'left behind: {sorted(set(os.listdir(folder)) - set(before))}')
                output.unlink(missing_ok=True)
            report.check(f'{command}: {title} ({outcome[3]:.2f} s)', problems)


def writing_commands(output):
    return [(command, [command, GOOD, *options, output]) for command, options in COMMANDS.items() if options]


def check_unwritable(report, folder):
    for title, output in [('no such folder', folder / 'none/output'), ('a folder', folder), ('/dev/full', '/dev/full')]:
        before = sorted(os.listdir(folder))
        for command, arguments in writing_commands(output):
            outcome = run(arguments)
            problems = failures(outcome, ['base.write'])
            if sorted(os.listdir(folder)) != before:
                problems.append('left something behind')
            report.check(f'{command}: output is {title} ({outcome[3]:.2f} s)', problems)
    for arguments in [['analyze', GOOD, '--json'], ['compile', GOOD], ['simulate', GOOD, '--seconds', '0.1', '--json']]:
        with open('/dev/full', 'wb') as full:
            outcome = run(arguments, stdout=full)
        report.check(f'{arguments[0]}: standard output is full ({outcome[3]:.2f} s)', failures(outcome, ['base.write']))


def check_nothing_moves(report, folder):
    """Not bad, only still: a scene, and a word about it."""
    path = make_input(folder, 'still.simgen', sketch())
    status, out, err, _ = run(['compile', path])
    good = status == 0 and b'<worldbody>' in out and b'can move' in err
    report.check('compile: an empty page is a scene', [] if good else [f'status {status}, {out[:80]!r}, {err!r}'])


def mount_small(folder):
    """Mounts a small tmpfs in a mount namespace of this process; the reason where that is not allowed."""
    libc = ctypes.CDLL(None, use_errno=True)
    new_ns, new_user, private, recursive = 0x20000, 0x10000000, 1 << 18, 1 << 14
    if libc.unshare(new_ns) != 0 and libc.unshare(new_user | new_ns) != 0:
        return 'no mount namespace: ' + os.strerror(ctypes.get_errno())
    if libc.mount(None, b'/', None, recursive | private, None) != 0 or libc.mount(
            b'tmpfs', os.fsencode(folder), b'tmpfs', 0, b'size=64k') != 0:
        return 'no tmpfs: ' + os.strerror(ctypes.get_errno())
    return None


def check_full_disk(report, folder):
    disk = folder / 'disk'
    disk.mkdir()
    reason = mount_small(disk)
    if reason:
        report.skip('full disk', reason)
        return
    output = disk / 'output'
    output.write_bytes(b'what was there before')
    try:
        with open(disk / 'filler', 'wb', buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass
    except OSError:
        pass
    for command, arguments in writing_commands(output):
        outcome = run(arguments)
        problems = failures(outcome, ['base.write'])
        if sorted(os.listdir(disk)) != ['filler', 'output'] or output.read_bytes() != b'what was there before':
            problems.append('what was there before is touched')
        report.check(f'{command}: full disk ({outcome[3]:.2f} s)', problems)


def check_history(report, data_home):
    database = data_home / 'simgen/history.db'
    database.parent.mkdir(parents=True)
    database.write_bytes(b'no database' * 1000)
    status, _, err, _ = run(['history', 'list'])
    aside = [name for name in os.listdir(database.parent) if '.corrupt-' in name]
    report.check('history: a damaged database is set aside and told of',
                 [] if status == 0 and aside and b'set aside' in err else [f'status {status}, {err!r}, {aside}'])
    with open(database, 'r+b') as stream:
        stream.seek(60)  # SQLite's user_version
        stream.write(struct.pack('>I', 99))
    before = database.read_bytes()
    problems = failures(run(['history', 'list']), ['store.newer'])
    report.check('history: a newer database is left alone', problems + ([] if database.read_bytes() == before else ['changed']))


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix='simgen-bad-') as name:
        folder = pathlib.Path(name)
        os.environ['XDG_DATA_HOME'] = str(folder / 'data')
        os.environ['LC_ALL'] = 'C.UTF-8'
        inputs = folder / 'inputs'
        inputs.mkdir()
        check_inputs(report, inputs)
        check_unwritable(report, inputs)
        check_nothing_moves(report, inputs)
        check_history(report, folder / 'data')
        check_full_disk(report, folder)
        ctypes.CDLL(None).umount2(os.fsencode(folder / 'disk'), 2)
    report.end()


if __name__ == '__main__':
    main()
