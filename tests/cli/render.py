#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""simgen-cli render: a PNG of the size asked for, that changes as time goes on; skipped where there is no EGL."""
import struct

from cli import EXAMPLES, fail, main, misuse, need, run

PENDULUM = EXAMPLES / 'pendulum.simgen'


def picture(path, *arguments):
    """The bytes of a picture, or None where this machine has no EGL."""
    status, out, err = run('render', *arguments, '-o', path)
    if 'render.context' in err:
        return None
    need(status == 0 and out == '', f'{status} {err}')
    return path.read_bytes()


def size_and_time(folder):
    start = picture(folder / 'start.png', PENDULUM, '--size', '320x200')
    if start is None:
        return
    need(start.startswith(b'\x89PNG') and struct.unpack('>II', start[16:24]) == (320, 200), 'a PNG of 320 x 200')
    need(start == picture(folder / 'again.png', PENDULUM, '--size', '320x200'), 'the same twice')
    need(start != picture(folder / 'later.png', PENDULUM, '--size', '320x200', '--at', '0.4'), 'it moves')
    need(start != picture(folder / 'space.png', PENDULUM, '--size', '320x200', '--camera', 'perspective'), 'it turns')


def failures_write_nothing(folder):
    fail('base.read', 'render', folder / 'missing.simgen', '-o', folder / 'out.png')
    need(not (folder / 'out.png').exists(), 'no output')


def misuse_is_refused(folder):
    misuse('render', PENDULUM)
    misuse('render', PENDULUM, '-o', folder / 'out.png', '--size', '0x5')
    misuse('render', PENDULUM, '-o', folder / 'out.png', '--size', '99999x5')
    misuse('render', PENDULUM, '-o', folder / 'out.png', '--size', 'big')
    misuse('render', PENDULUM, '-o', folder / 'out.png', '--camera', 'back')
    misuse('render', PENDULUM, '-o', folder / 'out.png', '--at', '-1')


main(size_and_time, failures_write_nothing, misuse_is_refused)
