#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""share.py [SECONDS] [--check]: what twenty guests cost a shared run, five of them reading at 10 KB/s.

The run goes as fast as it can, without a share and with one in turn, and then in real time for SECONDS (60) with all guests: steps
a second, how late frames come over loopback, whether every frame was either sent or counted as dropped, memory. Guests are this
process's sockets; run it with `chrt -f 50` where other programs want the processors too. With --check it fails where a figure is
not what the acceptance asks for. --guests leaves out the first part. With --window it measures the frames of the real window instead, on the display that there is
(tests/display/with-x.sh brings one)."""
import asyncio
import base64
import json
import os
import pathlib
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

BUILD = pathlib.Path(os.environ.get('SG_BUILD_ROOT', pathlib.Path(__file__).resolve().parents[2] / 'build'))
FAST, SLOW = 15, 5
SLOW_RATE = 10_000  # bytes a second
ROUNDS, ROUND_SECONDS, WINDOW_ROUNDS = 8, 2, 3


class Run:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([BUILD / 'tests/eval/share-run', *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def ask(self, word):
        self.process.stdin.write(word + '\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def had(self):
        """Seconds for which the physics' thread was on a processor."""
        for task in pathlib.Path(f'/proc/{self.process.pid}/task').iterdir():
            if (task / 'comm').read_text().strip() == 'simulation':
                return int((task / 'schedstat').read_text().split()[0]) / 1e9
        raise RuntimeError('no thread of physics')

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def now_us():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000 & 0xffffffff


class Guest:
    """A socket and as little else as can be: what guests take of the processor, the run has not."""

    def __init__(self, url, slow):
        self.slow = slow
        self.frames, self.bytes, self.late, self.id = 0, 0, [], 0
        self.told = 0.0
        self.buffer = b''
        host, path = url.removeprefix('http://').split('/', 1)
        name, port = host.split(':')
        self.socket = socket.socket()
        if slow:  # its network holds little, too: else the kernel would take in a minute's frames for it
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect((name, int(port)))
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(f'GET /{path}live HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
                            f'Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n'.encode())
        while b'\r\n\r\n' not in self.buffer:
            self.buffer += self.socket.recv(4096)
        self.buffer = self.buffer.split(b'\r\n\r\n', 1)[1]
        self.socket.setblocking(False)
        asyncio.get_running_loop().add_reader(self.socket, self.read)
        self.parse()

    def say(self, kind=1, payload=b'', **message):
        payload = payload or json.dumps(message).encode()
        self.socket.send(bytes([0x80 | kind, 0x80 | len(payload)]) + b'\0\0\0\0' + payload)

    def read(self):
        try:
            got = self.socket.recv(1000 if self.slow else 1 << 16)
        except ConnectionError:
            got = b''
        if not got:
            asyncio.get_running_loop().remove_reader(self.socket)
            return
        self.bytes += len(got)
        self.buffer += got
        self.parse()
        if self.slow:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self.socket)
            loop.call_later(len(got) / SLOW_RATE, self.read_on)

    def read_on(self):
        if self.socket.fileno() >= 0:
            asyncio.get_running_loop().add_reader(self.socket, self.read)

    def parse(self):
        at, buffer = 0, self.buffer
        while len(buffer) >= at + 2:
            n, head = buffer[at + 1], 2
            if n == 126:
                if len(buffer) < at + 4:
                    break
                n, head = buffer[at + 2] << 8 | buffer[at + 3], 4
            if len(buffer) < at + head + n:
                break
            self.hear(buffer[at] & 15, buffer[at + head:at + head + n])
            at += head + n
        self.buffer = buffer[at:]

    def hear(self, kind, payload):
        if kind == 2:
            self.frames += 1
            self.late.append((now_us() - int.from_bytes(payload[:4], 'little') & 0xffffffff) / 1000)
            if not self.slow and time.monotonic() - self.told > 0.25:
                self.told = time.monotonic()
                self.say(type='got', frames=self.frames)
        elif kind == 9:
            self.say(10, payload)
        elif kind == 1 and b'"stats"' not in payload:
            message = json.loads(payload)
            if message['type'] == 'welcome':
                self.id = message['guest']
            elif message['type'] == 'scene' and message['scene']:
                self.say(type='ready', scene=message['scene'])

    async def leave(self):
        asyncio.get_running_loop().remove_reader(self.socket)
        self.socket.close()


async def come_all(url):
    guests = [Guest(url, i >= FAST) for i in range(FAST + SLOW)]
    await asyncio.sleep(1)
    return guests


async def measure_rate(run, seconds):
    """Steps a second, and steps a second that its thread had of a processor: guests, which are other computers, take
    processors here."""
    run.ask('rate')
    had, since = run.had(), time.monotonic()
    await asyncio.sleep(seconds)
    rate = run.ask('rate')['steps_per_second']
    return rate, rate * (time.monotonic() - since) / (run.had() - had)


async def measure_rate_with_guests(run, seconds):
    guests = await come_all(run.ask('share')['url'])
    rate = await measure_rate(run, seconds)
    for guest in guests:
        await guest.leave()
    run.ask('unshare')
    return rate


async def measure_rate_alone(run, seconds):
    await asyncio.sleep(1)  # as long as guests take to come
    return await measure_rate(run, seconds)


async def measure_rates():
    """Steps a second without guests and with them, in alternation, each from the start of a run of its own: a run gets slower as
    its record grows. The median of rounds' ratios is what counts."""
    rates = []
    for i in range(ROUNDS):
        ways = [measure_rate_alone, measure_rate_with_guests]
        pair = {}
        for way in ways if i % 2 == 0 else reversed(ways):
            run = Run('free')
            pair[way] = await way(run, ROUND_SECONDS)
            run.end()
        rates.append([pair[way] for way in ways])
    return rates


async def measure_guests(seconds):
    run = Run()
    url = run.ask('share')['url']
    with urllib.request.urlopen(url + 'manifest/1') as answer:
        assert len(json.load(answer)['bodies']) == 121
    guests = await come_all(url)
    await asyncio.sleep(min(8, seconds / 4))
    memory = run.ask('rate')['memory_mb']
    for guest in guests:
        guest.late.clear()
    await asyncio.sleep(seconds)
    end = run.ask('rate')
    await asyncio.sleep(0.1)
    told = run.ask('guests')
    result = {'real_time': end['steps_per_second'] / 500, 'drift_ms': end['drift'] * 1e3, 'memory_mb': end['memory_mb'],
              'memory_growth_mb': end['memory_mb'] - memory, **{k: v for k, v in told.items() if k != 'guests'}}
    late = sorted(ms for guest in guests if not guest.slow for ms in guest.late)
    result.update(latency_p50_ms=late[len(late) // 2], latency_p95_ms=late[len(late) * 95 // 100], frames=len(late),
                  fast_kb_s=statistics.mean(g.bytes for g in guests if not g.slow) / 1e3 / (seconds + 9))
    by_id = {guest: (sent, dropped) for guest, sent, dropped in told['guests']}
    result['offered'] = [sum(by_id[g.id]) for g in guests]
    result['fast_lost'] = max(by_id[g.id][0] - g.frames for g in guests if not g.slow)
    result['slow_dropped'] = [by_id[g.id][1] for g in guests if g.slow]
    result['fast_dropped'] = [by_id[g.id][1] for g in guests if not g.slow]
    for guest in guests:
        await guest.leave()
    run.end()
    return result


def measure_frame_gap(option):
    """p95 of ms between frames of the window, and how many frames guests got meanwhile."""
    process = subprocess.Popen([BUILD / 'src/app/simgen', option], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                               env={**os.environ, 'GSETTINGS_BACKEND': 'memory', 'LIBGL_ALWAYS_SOFTWARE': '1'})
    frames = 0
    if option == '--bench-shared':
        url = json.loads(process.stdout.readline())['url']
        frames = asyncio.run(watch('http://127.0.0.1:' + url.removeprefix('http://').split(':', 1)[1], process))
    line = json.loads(process.stdout.readlines()[-1])
    process.wait()
    return line['gap_95_ms'], line['fps'], frames


async def watch(url, process):
    guests = await come_all(url)
    while process.poll() is None:
        await asyncio.sleep(0.5)
    frames = sum(guest.frames for guest in guests)
    for guest in guests:
        await guest.leave()
    return frames


def measure_window():
    """Frames of the real window (a display is needed), without a share and with all guests, in alternation."""
    gaps = [(measure_frame_gap('--bench-frames'), measure_frame_gap('--bench-shared')) for _ in range(WINDOW_ROUNDS)]
    return {'window_p95_ms': ' '.join(f'{plain[0]:.2f}/{shared[0]:.2f}' for plain, shared in gaps),
            'window_p95_more_ms': statistics.median(shared[0] - plain[0] for plain, shared in gaps),
            'window_fps': ' '.join(f'{plain[1]:.0f}/{shared[1]:.0f}' for plain, shared in gaps),
            'window_frames_to_guests': ' '.join(str(shared[2]) for _, shared in gaps)}


def main():
    if '--window' in sys.argv:
        for name, value in measure_window().items():
            print(f'{name}: {value}')
        return
    words = [word for word in sys.argv[1:] if not word.startswith('-')]
    seconds = float(words[0]) if words else 60
    figures = {}
    rates = [] if '--guests' in sys.argv else asyncio.run(measure_rates())
    for i, name in enumerate(['wall', 'processor'] if rates else []):
        ratios = sorted(with_guests[i] / without[i] for without, with_guests in rates)
        figures.update({f'{name}_steps_per_second': statistics.median(with_guests[i] for _, with_guests in rates),
                        f'{name}_rate_ratio': statistics.median(ratios),
                        f'{name}_rate_ratios': ' '.join(f'{ratio:.3f}' for ratio in ratios)})
    figures.update(asyncio.run(measure_guests(seconds)))
    for name, value in figures.items():
        print(f'{name}: {value:.3f}' if isinstance(value, float) else f'{name}: {value}')
    if '--check' in sys.argv:
        # guests came one after the other within a second; figures of guests are told every 5 s
        good = {'rate': figures.get('processor_rate_ratio', 1) >= 0.99, 'latency': figures['latency_p95_ms'] <= 25,
                'memory': figures['memory_growth_mb'] < 2, 'drops': max(figures['offered']) - min(figures['offered']) <= 60}
        print(good)
        sys.exit(0 if all(good.values()) else 1)


main()
