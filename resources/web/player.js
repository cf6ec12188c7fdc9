// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frames that come now and then, shown at every moment: between the two that lie about it. Nothing is
// imported. What frames come from is a source:
//
//   source.start (sink)   begins; later it calls
//     sink.manifest (manifest)        the scene, again where it is another; its frames follow
//     sink.frame (poses, step, at)    seven numbers a moving body, which are copied; s of the source's clock
//     sink.state (state)              what else there is to tell: { playing, time, speed, ... }
//   source.now (clock)    what the source's clock says at performance.now () / 1000; null: it cannot tell

// A live source's clock is guessed from when frames come: what comes soonest after it was made tells most.
// What is shown lies so far behind that the next frame is there, however unevenly they come.
const MOST_BEHIND = 0.25; // s
const KEPT = 32;

export class LiveClock {
  constructor() {
    this.reset();
  }

  reset() {
    this.offset = null;
    this.late = 0.03;
    this.drawn = null;
  }

  // A frame made at `at` came at `clock`; s both.
  hear(at, clock) {
    const offset = clock - at;
    if (this.offset === null || offset < this.offset || offset > this.offset + 2)
      this.offset = offset;
    else
      this.offset += (offset - this.offset) * 0.002; // clocks that drift apart
    const late = offset - this.offset;
    this.late = late > this.late ? late : this.late + (late - this.late) * 0.02;
  }

  // What is to be shown at `clock`.
  now(clock) {
    if (this.offset === null)
      return null;
    const behind = Math.min(MOST_BEHIND, 0.02 + 1.3 * this.late), now = clock - this.offset - behind;
    this.drawn = this.drawn === null || now < this.drawn - 1 ? now : Math.max(this.drawn, now);
    return this.drawn;
  }
}

function mixQuaternions(a, b, at, share, out) {
  let dot = 0, sum = 0;
  for (let k = 3; k < 7; k++)
    dot += a[at + k] * b[at + k];
  for (let k = 3; k < 7; k++) {
    out[at + k] = a[at + k] * (1 - share) + b[at + k] * share * (dot < 0 ? -1 : 1);
    sum += out[at + k] * out[at + k];
  }
  const length = Math.sqrt(sum) || 1;
  for (let k = 3; k < 7; k++)
    out[at + k] /= length;
}

// `out` between `a` and `b`, both seven numbers a body.
export function mixPoses(a, b, share, out) {
  for (let at = 0; at < out.length; at += 7) {
    for (let k = 0; k < 3; k++)
      out[at + k] = a[at + k] + (b[at + k] - a[at + k]) * share;
    mixQuaternions(a, b, at, share, out);
  }
  return out;
}

export class Frames {
  constructor(n) {
    this.n = n;
    this.list = []; // { at, step, poses }, at rising
    this.out = new Float64Array(7 * n);
  }

  add(poses, step, at) {
    const last = this.list.at(-1);
    if (last && at <= last.at)
      this.list.length = 0; // begun anew
    const spare = this.list.length >= KEPT ? this.list.shift() : { poses: new Float64Array(7 * this.n) };
    spare.poses.set(poses);
    this.list.push(Object.assign(spare, { step, at }));
  }

  last() {
    return this.list.at(-1) ?? null;
  }

  // Poses at `now` of the source's clock; null where there is no frame. After the last one it stays.
  poses(now) {
    const { list } = this;
    if (list.length === 0)
      return null;
    let i = list.length - 1;
    while (i > 0 && list[i - 1].at > now)
      i--;
    const b = list[i], a = list[i - 1];
    if (!a || now >= b.at)
      return b.poses;
    const span = b.at - a.at;
    if (span > 0.5) // nothing moved for long, then something did: not in slow motion
      return now > b.at - 0.05 ? mixPoses(a.poses, b.poses, 1 - (b.at - now) / 0.05, this.out) : a.poses;
    return mixPoses(a.poses, b.poses, (now - a.at) / span, this.out);
  }
}
