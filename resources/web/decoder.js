// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bytes -> frames: stream/codec.h, stream/chain.h and stream/frame.h in JavaScript, to the bit. Nothing is
// imported; what is read is checked before it is believed. Errors are DecodeError with the code of the C
// side: "stream.damaged", or "stream.gap" where a frame builds on one that is not here (ask for a key frame).

export class DecodeError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

const VALUES = 6; // of one body: planar x, z, angle; else x, y, z and three components of the quaternion
const MAX_VARINT = 8;
const MAX_STEP = 1e15;
const FARTHEST = 2 ** 50;
const MAX_BODIES = 4096;
const LONG = 8; // a gap of more than so many times the last one: bodies are expected to stay

const KEY = 0x01;
const SOME = 64, NONE = 192;
const KIND = 0xc0, ORDINAL = 0x3f;
const PLACE = 1, TURN = 2;

function damaged(what) {
  return new DecodeError('stream.damaged', what);
}

// -- The manifest --

function positive(manifest, name) {
  const value = manifest[name];
  if (!(Number.isFinite(value) && value > 0 && value < 1e9))
    throw damaged(`the manifest's ${name} is no positive number`);
  return value;
}

// The layout of a manifest (stream/manifest.h), which is an object already: the bodies that move, and what
// their numbers mean.
export function readLayout(manifest) {
  if (manifest?.format !== 'simgen-manifest' || manifest.version !== 1 || !Array.isArray(manifest.bodies))
    throw damaged('no manifest of version 1');
  const bodies = [];
  manifest.bodies.forEach((body, id) => {
    if (body.moves === 'no')
      return;
    const planar = body.moves === 'planar';
    if ((!planar && body.moves !== 'free') || (planar && !Number.isFinite(body.y)) || bodies.length === MAX_BODIES)
      throw damaged(`the manifest's bodies[${id}] is none`);
    bodies.push({ body: id, planar, y: planar ? body.y : 0 });
  });
  return {
    bodies,
    timestep: positive(manifest, 'timestep'),
    placeStep: positive(manifest, 'place_step'),
    angles: Math.ceil(positive(manifest, 'n_angles')),
    turnStep: positive(manifest, 'turn_step'),
  };
}

// -- Bytes --

const CRC = new Uint32Array(256).map((_, n) => {
  for (let k = 0; k < 8; k++)
    n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(start, bytes, size) {
  let sum = ~start;
  for (let i = 0; i < size; i++)
    sum = CRC[(sum ^ bytes[i]) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

// Reads from `at` up to `end`. Numbers are below 2^53, or damaged: shifts would cut them at 32 bits.
class Source {
  constructor(bytes, at, end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  byte() {
    if (this.at >= this.end)
      throw damaged('a frame ends amid a number');
    return this.bytes[this.at++];
  }

  varint() {
    let sum = 0, unit = 1;
    for (let i = 0; i < MAX_VARINT; i++, unit *= 128) {
      const byte = this.byte();
      sum += (byte & 127) * unit;
      if (byte < 128) {
        if (sum > Number.MAX_SAFE_INTEGER)
          throw damaged('a number of a frame is too large');
        return sum;
      }
    }
    throw damaged('a number of a frame is too long');
  }

  signed() {
    return unzigzag(this.varint());
  }
}

function unzigzag(value) {
  return value % 2 ? -(value + 1) / 2 : value / 2;
}

function shortWay(value, n) {
  return value >= -n / 2 && value < n / 2 ? value : value - n * Math.floor(value / n + 0.5);
}

function wholeTurnsOff(angle, n) {
  return angle >= 0 && angle < n ? angle : angle - n * Math.floor(angle / n);
}

function needRange(values, at) {
  for (let k = 0; k < VALUES; k++)
    if (!(values[at + k] > -FARTHEST && values[at + k] < FARTHEST))
      throw damaged('a body of a frame is too far away');
}

// -- Frames --

function newFrame(n) {
  return { step: 0, values: new Float64Array(n * VALUES), largest: new Uint8Array(n) };
}

function copyFrame(to, from) {
  to.step = from.step;
  to.values.set(from.values);
  to.largest.set(from.largest);
}

export class FrameDecoder {
  constructor(layout) {
    const n = layout.bodies.length;
    this.layout = layout;
    this.last = newFrame(n); // the chain: the last frame and how its values moved
    this.motion = new Float64Array(n * VALUES);
    this.gap = 0;
    this.key = 0;
    this.ordinal = 0;
    this.begun = false;
    this.lastGap = 0;
    this.frame = newFrame(n);
  }

  // The frame of these bytes (a Uint8Array): { step, values, largest }, valid until the next call. After an
  // error only a key frame can be read.
  read(bytes) {
    try {
      if (bytes.length > 0 && bytes[0] === KEY)
        this.#readKey(bytes);
      else if (bytes.length > 0 && bytes[0] & KIND)
        this.#readDifference(bytes);
      else
        throw damaged('a frame of a kind or version that is not known');
      return this.frame;
    } catch (error) {
      this.begun = false;
      throw error;
    }
  }

  #readKey(bytes) {
    const { frame, layout } = this, end = bytes.length - 4;
    if (end <= 0)
      throw damaged('a key frame is cut off');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (view.getUint32(end, true) !== crc32(0, bytes, end))
      throw damaged('the check sum of a key frame is wrong');
    const source = new Source(bytes, 1, end);
    const key = source.varint();
    frame.step = source.varint();
    if (key > 0xffffffff || frame.step > MAX_STEP)
      throw damaged('the numbers of a key frame are wrong');
    if (source.varint() !== layout.bodies.length)
      throw damaged('a key frame has other bodies than the scene');
    layout.bodies.forEach((body, i) => this.#readBody(source, body, i));
    if (source.at !== end)
      throw damaged('the bodies of a key frame are wrong');
    copyFrame(this.last, frame);
    this.motion.fill(0);
    this.gap = this.lastGap = this.ordinal = 0;
    this.key = key;
    this.begun = true;
  }

  #readBody(source, body, i) {
    const { values } = this.frame, at = i * VALUES;
    values.fill(0, at, at + VALUES);
    if (body.planar) {
      values[at] = source.signed();
      values[at + 1] = source.signed();
      values[at + 2] = source.varint();
      if (values[at + 2] >= this.layout.angles)
        throw damaged('an angle of a key frame is more than a turn');
    } else {
      for (let k = 0; k < 3; k++)
        values[at + k] = source.signed();
      this.#readTurn(source, i);
    }
    needRange(values, at);
  }

  #readTurn(source, i) {
    const { frame } = this;
    frame.largest[i] = source.byte();
    if (frame.largest[i] > 3)
      throw damaged('a quaternion of a frame has no such component');
    for (let k = 3; k < VALUES; k++)
      frame.values[i * VALUES + k] = source.signed();
  }

  #readDifference(bytes) {
    const end = bytes.length - 2;
    if (end <= 1)
      throw damaged('a frame is cut off');
    if (!this.begun || ((this.ordinal + 1) & ORDINAL) !== (bytes[0] & ORDINAL))
      throw new DecodeError('stream.gap', 'a frame builds on one that is not here');
    if ((bytes[end] | bytes[end + 1] << 8) !== (crc32(this.key, bytes, end) & 0xffff))
      throw damaged('the check sum of a frame is wrong');
    const source = new Source(bytes, 1, end);
    const gap = this.lastGap + source.signed();
    if (!(gap >= 1 && this.last.step + gap <= MAX_STEP))
      throw damaged('the step of a frame is wrong');
    this.#readBodies(source, bytes[0] & KIND, this.gap > 0 && gap <= LONG * this.gap ? gap / this.gap : 0);
    if (source.at !== end)
      throw damaged('the bodies of a frame are wrong');
    this.frame.step = this.last.step + gap;
    this.#goOn(gap);
  }

  #readBodies(source, kind, factor) {
    const { layout, frame } = this, n = layout.bodies.length;
    const set = source.at, sized = kind === SOME ? Math.floor((n + 3) / 4) : 0;
    if (source.end - source.at < sized)
      throw damaged('a frame ends amid what differs');
    source.at += sized;
    for (let i = 0; i < n; i++) {
      const at = i * VALUES, { planar } = layout.bodies[i];
      const what = sized > 0 ? source.bytes[set + (i >> 2)] >> i % 4 * 2 & 3 : kind === NONE ? 0 : PLACE | TURN;
      for (let k = 0; k < (planar ? 3 : VALUES); k++)
        frame.values[at + k] = this.last.values[at + k] + Math.floor(this.motion[at + k] * factor + 0.5);
      frame.largest[i] = this.last.largest[i];
      if (what & PLACE)
        for (let k = 0; k < (planar ? 2 : 3); k++)
          frame.values[at + k] += source.signed();
      if (what & TURN)
        this.#readTurned(source, planar, i);
      if (planar)
        frame.values[at + 2] = wholeTurnsOff(frame.values[at + 2], layout.angles);
      needRange(frame.values, at);
    }
  }

  #readTurned(source, planar, i) {
    const { values } = this.frame, at = i * VALUES;
    if (planar) {
      values[at + 2] += source.signed();
      return;
    }
    const first = source.varint();
    if (first % 2) {
      if (first !== 1)
        throw damaged('a turn of a frame is wrong');
      this.#readTurn(source, i);
      return;
    }
    values[at + 3] += unzigzag(first / 2);
    values[at + 4] += source.signed();
    values[at + 5] += source.signed();
  }

  #goOn(gap) {
    const { layout, frame, last, motion } = this;
    for (let i = 0; i < layout.bodies.length; i++) {
      const at = i * VALUES, over = frame.largest[i] !== last.largest[i];
      for (let k = 0; k < VALUES; k++)
        motion[at + k] = over && k >= 3 ? 0 : frame.values[at + k] - last.values[at + k];
      if (layout.bodies[i].planar)
        motion[at + 2] = shortWay(motion[at + 2], layout.angles);
    }
    this.gap = this.lastGap = gap;
    this.ordinal = (this.ordinal + 1) & 255;
    copyFrame(last, frame);
  }
}

// Places and quaternions (w, x, y, z) of a frame: `poses` gets seven numbers a body of the layout. m.
export function readPoses(layout, frame, poses = new Float64Array(layout.bodies.length * 7)) {
  layout.bodies.forEach(({ planar, y }, i) => {
    const { values } = frame, at = i * VALUES, to = i * 7;
    if (planar) {
      const half = values[at + 2] * Math.PI / layout.angles;
      poses.set([values[at] * layout.placeStep, y, values[at + 1] * layout.placeStep,
        Math.cos(half), 0, Math.sin(half), 0], to);
      return;
    }
    const largest = frame.largest[i];
    let rest = 1;
    for (let k = 0; k < 3; k++) {
      const component = values[at + 3 + k] * layout.turnStep;
      poses[to + k] = values[at + k] * layout.placeStep;
      poses[to + 3 + (k < largest ? k : k + 1)] = component;
      rest -= component * component;
    }
    poses[to + 3 + largest] = Math.sqrt(Math.max(rest, 0));
  });
  return poses;
}
