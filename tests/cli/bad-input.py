#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What simgen-cli does with files that are no good and places that take nothing: exit status 1, one line
`simgen-cli: CODE: message` on standard error, nothing on standard output, nothing written half, and no wait. Odd pictures get that
or an answer, in bounded memory."""
import ctypes
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

ROOT = pathlib.Path(os.environ.get('SG_SOURCE_ROOT', pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(ROOT / 'tests/lint'))
from tap import Report  # noqa: E402

CLI = os.environ.get('SG_CLI', str(ROOT / 'build/src/cli/simgen-cli'))
GOOD = ROOT / 'data/examples/pendulum.simgen'
TIMEOUT = 10  # s; generous: the machine may be busy
PATIENCE = 60  # s; the same for what takes the reading's five seconds
MOST_MEMORY = 512 << 20  # bytes at the peak; the largest picture that is read needs some 170 MB, the program itself 30
LINE = re.compile(r'simgen-cli: ([a-z]+\.[a-z-]+): [^\n]+\n')
COMMANDS = {  # arguments between the command's input and the path of its output
    'analyze': None,
    'compile': ['-o'],
    'simulate': ['--seconds', '0.1', '--csv'],
    'render': ['-o'],
    'check': None,
}


def run(arguments, stdout=subprocess.PIPE, timeout=TIMEOUT):
    """Exit status (None: it hung), standard output, standard error, seconds."""
    start = time.monotonic()
    try:
        done = subprocess.run([CLI, *map(str, arguments)], stdout=stdout, stderr=subprocess.PIPE, timeout=timeout,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return None, b'', b'', timeout
    return done.returncode, done.stdout or b'', done.stderr, time.monotonic() - start


def run_measured(arguments, folder):
    """The same with the peak of its memory, bytes, in place of the seconds."""
    with open(folder / 'out', 'w+b') as out, open(folder / 'err', 'w+b') as err:
        process = subprocess.Popen([CLI, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        killer = threading.Timer(PATIENCE, process.kill)
        killer.start()
        _, status, usage = os.wait4(process.pid, 0)
        killer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return process.returncode, out.read(), err.read(), usage.ru_maxrss * 1024


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


def striped(width, height):
    """Rows for it with stripes upright and level, made bit by bit: a process counts what its parent held as its own peak."""
    coder = zlib.compressobj(1)
    row = (b'\0' * 40 + b'\xff' * 40) * (width // 80 + 1)
    return b''.join(coder.compress(b'\0' + (row[:width] if y // 40 % 2 else bytes(width))) for y in range(height)) + coder.flush()


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
    ('GIF labelled as PNG', 'gif.png', b'GIF89a\x01\x00\x01\x00\x00\x00\x00;', PICTURE),
    ('GIF', 'picture.gif', b'GIF89a\x01\x00\x01\x00\x00\x00\x00;', PICTURE),
    ('GIF labelled as a sketch', 'gif.simgen', b'GIF89a\x01\x00\x01\x00\x00\x00\x00;', PICTURE),
    ('a compiled model', 'foreign.mjb', b'\x31\xd4\0\0' + bytes(400), ['pipeline.unsupported']),
    ('a model with a plugin', 'plugin.xml', b'<mujoco><extension><plugin plugin="a"/></extension></mujoco>',
     ['pipeline.unsupported', 'physics.forbidden']),
    ('a spec of a newer version', 'newer.json', b'{"format": "simgen-spec", "version": 99}', SPEC),
    ('a spec with rubbish', 'rubbish.json', b'{"format": "simgen-spec", "version": 1, "bodies": [7, {"name": 3}]}', SPEC),
    ('text labelled as a sketch', 'text.simgen', b'This is no sketch.\n', UNKNOWN),
]


SIZE = ['-size', '640x480']
BALL = [*SIZE, 'xc:white', '-fill', 'none', '-stroke', 'black', '-strokewidth', '4', '-draw', 'circle 320,240 320,140']
ODD_PICTURES = [  # title, file name, how ImageMagick makes it, the mark that must be found
    ('CMYK', 'cmyk.jpg', [*BALL, '-colorspace', 'CMYK'], 'circle'),
    ('16 bits a channel', 'deep.png', [*BALL, '-depth', '16', '-define', 'png:bit-depth=16'], 'circle'),
    ('1 bit a pixel', 'bits.png', [*BALL, '-monochrome', '-define', 'png:bit-depth=1'], 'circle'),
    ('an animated GIF', 'animated.gif', ['-delay', '10', '(', *BALL, ')', '(', *SIZE, 'xc:black', ')'], None),
    ('an animated WebP', 'animated.webp', ['-delay', '10', '(', *BALL, ')', '(', *SIZE, 'xc:black', ')'], None),
    ('a TIFF', 'scan.tiff', BALL, None),
    ('one pixel', 'pixel.png', ['-size', '1x1', 'xc:black'], None),
    ('black', 'black.png', [*SIZE, 'xc:black'], None),
    ('white', 'white.png', [*SIZE, 'xc:white'], None),
    ('a photo of nothing', 'nothing.jpg', [*SIZE, '-seed', '1', 'gradient:gray70-gray40', '-attenuate', '2', '+noise', 'Gaussian'], None),
    ('noise', 'noise.png', ['-size', '2000x1500', '-seed', '1', 'xc:gray', '+noise', 'Random'], None),
    ('clouds', 'clouds.jpg', [*SIZE, '-seed', '1', 'plasma:fractal'], None),
]
LARGE_PICTURES = [('20,000 x 1', 20000, 1), ('1 x 20,000', 1, 20000), ('39 megapixels of stripes', 7200, 5400)]
CUT_PICTURES = {'cut.png': [], 'cut.jpg': [], 'cut-progressive.jpg': ['-interlace', 'JPEG'], 'cut.webp': []}


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


def check_measured(report, title, path, folder, codes, needed=None, said=None):
    """An answer in bounded memory, with a mark of kind `needed` and an issue `said`; or an error of `codes`."""
    status, out, err, peak = run_measured(['analyze', '--json', path], folder)
    problems = [] if peak <= MOST_MEMORY else [f'{peak >> 20} MiB']
    if status == 0:
        result = json.loads(out)
        if needed and needed not in {element['kind'] for element in result['elements']}:
            problems.append(f'no {needed}: {[element["kind"] for element in result["elements"]]}')
        if said and said not in {issue['code'] for issue in result['issues']}:
            problems.append(f'not said: {said}')
        if err:
            problems.append(f'standard error: {err!r}')
    elif needed:
        problems.append(f'refused: {status} {err!r}')
    else:
        problems += failures((status, out, err, 0), codes)
    report.check(f'analyze: {title} ({peak >> 20} MiB)', problems)


def check_pictures(report, folder):
    for title, width, height in LARGE_PICTURES:
        path = make_input(folder, 'large.png', png(width, height, striped(width, height)))
        check_measured(report, title, path, folder, PICTURE)
    if not shutil.which('convert'):
        report.skip('odd pictures', 'ImageMagick is not installed')
        return
    for title, name, arguments, needed in ODD_PICTURES:
        subprocess.run(['convert', *arguments, str(folder / name)], check=True)
        check_measured(report, title, folder / name, folder, PICTURE, needed)
    for name in CUT_PICTURES:
        subprocess.run(['convert', *BALL, *CUT_PICTURES[name], str(folder / name)], check=True)
        whole = (folder / name).read_bytes()
        for part in 0.02, 0.1, 0.5, 0.9, 0.999:
            cut = folder / f'cut-{part}-{name}'
            cut.write_bytes(whole[:int(part * len(whole))])
            check_measured(report, f'{name} cut off at {part:.1%}', cut, folder, PICTURE, said='sketch.cut-picture')


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
    os.environ['SIMGEN_METRICS'] = 'off'  # the file is looked at byte by byte
    shutil.rmtree(database.parent, ignore_errors=True)
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
        check_pictures(report, inputs)
        check_unwritable(report, inputs)
        check_nothing_moves(report, inputs)
        check_history(report, folder / 'data')
        check_full_disk(report, folder)
        ctypes.CDLL(None).umount2(os.fsencode(folder / 'disk'), 2)
    report.end()


if __name__ == '__main__':
    main()
