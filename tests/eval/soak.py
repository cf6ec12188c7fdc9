#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window weighs while a sketch of ten bodies plays, and whether that stays so.

    bash tests/display/with-x.sh /usr/bin/python3 tests/eval/soak.py [--minutes 10]

Of each process the memory that nobody can share is counted: heap, other anonymous memory, and what of mapped files it has
changed. It is compared with that of an empty libadwaita window, and of one with an empty GL area in it, which is what the
GL's driver takes. The slope is a line fitted through all but the first fifth."""
import argparse
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ['SG_SOURCE_ROOT'], 'tests/display'))
from simgen_window import PROGRAM, Window, wait_for  # noqa: E402

TICK = os.sysconf('SC_CLK_TCK')


def private(pid):
    """MB: heap, other anonymous memory, what it changed of mapped files."""
    sums = dict.fromkeys(('heap', 'anonymous', 'files'), 0)
    kind = 'anonymous'
    for line in open(f'/proc/{pid}/smaps'):
        head = re.match(r'[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ (\d+) *(.*)', line)
        if head:
            kind = 'heap' if head[2].strip() == '[heap]' else 'anonymous' if head[1] == '0' else 'files'
        elif line.startswith('Private_Dirty') or (line.startswith('Private_Clean') and kind != 'files'):
            sums[kind] += int(line.split()[1]) / 1024
    return sums


def cpu_seconds(pid):
    fields = open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def ten_pendulums():
    """Ten balls, each on its own rod from the ceiling: nothing comes to rest soon."""
    strokes = [{'width': 3, 'tool': 'pen', 'points': [[80, 100], [1080, 100]]}]
    strokes += [{'width': 3, 'tool': 'pen', 'points': [[x, 100], [x + 14, 84]]} for x in range(90, 1080, 20)]
    for i in range(10):
        x, y = 130 + 100 * i, 100
        strokes.append({'width': 3, 'tool': 'pen', 'points': [[x + 3 * k, y + 5 * k] for k in range(29)]})
        at = (x + 84 + 10, y + 140 + 16)
        strokes.append({'width': 3, 'tool': 'pen', 'points': [[at[0] + 18 * math.cos(a / 20 * math.tau), at[1] + 18 * math.sin(a / 20 * math.tau)] for a in range(21)]})
        strokes.append({'width': 3, 'tool': 'pen', 'points': [[x + 6 * math.cos(a / 12 * math.tau), y + 6 * math.sin(a / 12 * math.tau)] for a in range(13)]})
    return {'format': 'simgen-sketch', 'version': 1, 'title': 'Ten pendulums', 'strokes': strokes}


def window_of(option):
    process = subprocess.Popen([PROGRAM, option], stdout=subprocess.DEVNULL)
    time.sleep(3)
    sums = private(process.pid)
    process.wait()
    return sums


def slope(samples):
    """MB a minute."""
    samples = samples[len(samples) // 5:]
    n = len(samples)
    mean_t, mean_m = sum(t for t, _ in samples) / n, sum(m for _, m in samples) / n
    spread = sum((t - mean_t) ** 2 for t, _ in samples)
    return 60 * sum((t - mean_t) * (m - mean_m) for t, m in samples) / spread if spread else 0


def table(name, sums):
    print(f'{name:28}' + ''.join(f'{kind} {value:6.1f}   ' for kind, value in sums.items()) + f'sum {sum(sums.values()):6.1f} MB', flush=True)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument('--minutes', type=float, default=10)
options = parser.parse_args()
with tempfile.TemporaryDirectory() as folder:
    sketch = os.path.join(folder, 'ten.simgen')
    json.dump(ten_pendulums(), open(sketch, 'w'))
    empty, gl = window_of('--bench-empty'), window_of('--bench-gl')
    table('empty window', empty)
    table('empty window with GL', gl)
    window = Window(sketch)
    pid = window.process.pid
    print('figures:', [label for label in window.labels() if 'bod' in label or 'hinge' in label][:4])
    cpu, start = cpu_seconds(pid), time.monotonic()
    time.sleep(10)
    print(f'paused: {100 * (cpu_seconds(pid) - cpu) / (time.monotonic() - start):.1f} % of a core')
    window.press('Play')
    wait_for(lambda: window.find('push button', 'Pause'))
    start, samples, cpu = time.monotonic(), [], cpu_seconds(pid)
    while time.monotonic() - start < 60 * options.minutes:
        time.sleep(5)
        sums = private(pid)
        samples.append((time.monotonic() - start, sum(sums.values())))
        if len(samples) % 12 == 1:
            table(f'playing, {samples[-1][0]:.0f} s', sums)
    seconds = time.monotonic() - start
    print(f'playing: {100 * (cpu_seconds(pid) - cpu) / seconds:.0f} % of a core; {[l for l in window.labels() if "fps" in l][:1]}')
    table('beyond the empty window', {kind: sums[kind] - empty[kind] for kind in sums})
    driver = sum(gl.values()) - sum(empty.values())
    print(f'beyond it without the driver\'s {driver:.1f} MB: {sum(sums.values()) - sum(gl.values()):.1f} MB; slope {slope(samples):+.3f} MB a minute')
    window.close()
