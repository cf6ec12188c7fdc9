// SPDX-License-Identifier: GPL-3.0-or-later
//
// The source (player.js) of what a SimGen shares now: its WebSocket, as stream/share.h describes it. Where it
// breaks off it is tried again, ever less often.

import { DecodeError, FrameDecoder, readLayout, readPoses } from './decoder.js';
import { LiveClock } from './player.js';

const HEAD = 4;        // bytes of a frame's message before the frame
const TELL_EVERY = 0.1; // s: how often it tells what it got
const LONGEST_PAUSE = 10; // s between two tries

export class LiveSource {
  constructor(base = location.href) {
    this.base = new URL('.', base);
    this.clock = new LiveClock();
    this.scene = 0;
    this.tries = 0;
    this.received = 0; // frames over this connection
    this.told = 0;
    this.figures = { frames: 0, bytes: 0, errors: 0 };
  }

  start(sink) {
    this.sink = sink;
    this.connect();
  }

  now(clock) {
    return this.clock.now(clock);
  }

  connect() {
    const url = new URL('live', this.base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.socket = new WebSocket(url);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onmessage = ({ data }) => (typeof data === 'string' ? this.hear(JSON.parse(data)) : this.take(data));
    this.socket.onclose = ({ code }) => this.lost(code);
    this.received = this.acknowledged = 0;
    this.decoder = null;
    this.scene = 0;
    this.clock.reset();
    this.high = 0;
    this.stamp = null;
  }

  lost(code) {
    this.tries++;
    const pause = Math.min(LONGEST_PAUSE, 0.5 * 1.7 ** this.tries);
    this.sink.state({ connected: false, full: code === 1013 });
    setTimeout(() => this.connect(), 1000 * pause);
  }

  tell(message) {
    if (this.socket.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify(message));
  }

  hear(message) {
    this.tries = 0;
    if (message.type === 'scene')
      this.load(message.scene);
    else
      this.sink.state({ ...message, connected: true });
  }

  async load(scene) {
    this.scene = scene;
    this.decoder = null;
    if (scene === 0) { // there is none
      this.sink.manifest(null);
      return;
    }
    const socket = this.socket;
    const answer = await fetch(new URL(`manifest/${scene}`, this.base), { cache: 'no-store' }).catch(() => null);
    const manifest = answer?.ok ? await answer.json() : null;
    if (this.scene !== scene || this.socket !== socket)
      return; // there is another one meanwhile, which was told of
    if (!manifest) {
      socket.close();
      return;
    }
    this.layout = readLayout(manifest);
    this.decoder = new FrameDecoder(this.layout);
    this.poses = new Float64Array(7 * this.layout.bodies.length);
    this.sink.manifest(manifest);
    this.tell({ type: 'ready', scene });
  }

  // The server's clock, whose lower half comes with each frame, s.
  unwrap(stamp) {
    if (this.stamp !== null)
      this.high += (stamp - this.stamp) | 0;
    else
      this.high = stamp;
    this.stamp = stamp;
    return this.high / 1e6;
  }

  take(data) {
    const clock = performance.now() / 1000, bytes = new Uint8Array(data);
    this.received++;
    this.figures.frames++;
    this.figures.bytes += bytes.length;
    if (clock - this.told > TELL_EVERY) {
      this.told = clock;
      this.tell({ type: 'got', frames: this.received });
    }
    if (!this.decoder || bytes.length < HEAD)
      return;
    const at = this.unwrap(new DataView(data).getUint32(0, true));
    try {
      const frame = this.decoder.read(bytes.subarray(HEAD));
      this.clock.hear(at, clock);
      this.sink.frame(readPoses(this.layout, frame, this.poses), frame.step, at);
    } catch (error) {
      if (!(error instanceof DecodeError))
        throw error;
      this.figures.errors++;
      this.tell({ type: 'key' });
    }
  }
}
