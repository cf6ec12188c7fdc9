// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page's decoder against the C one: decoder-frames prints what that one reads. Usage: node decoder.mjs
// DECODER.JS DECODER-FRAMES

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const [, , script, program] = process.argv;
// a data: address, as the file's name does not say that it is a module
const { FrameDecoder, readLayout, readPoses } =
  await import(`data:text/javascript;base64,${readFileSync(script).toString('base64')}`);
const [manifest, ...lines] = execFileSync(program, { maxBuffer: 1 << 28, encoding: 'utf8' }).trim().split('\n');
const layout = readLayout(JSON.parse(manifest));
let failed = 0;

function check(name, problems) {
  for (const problem of problems.slice(0, 5))
    console.log(`# ${problem}`);
  console.log(`${problems.length === 0 ? 'ok' : 'not ok'} ${name}`);
  failed += problems.length > 0;
}

const frames = lines.map((line) => JSON.parse(line));
for (const frame of frames)
  frame.bytes = new Uint8Array(Buffer.from(frame.bytes, 'base64'));

function compare() {
  const decoder = new FrameDecoder(layout), problems = [];
  frames.forEach((expected, i) => {
    const frame = decoder.read(expected.bytes), poses = readPoses(layout, frame);
    if (frame.step !== expected.step || expected.values.some((value, k) => frame.values[k] !== value))
      problems.push(`frame ${i}: ${frame.step} ${frame.values} for ${expected.step} ${expected.values}`);
    if (expected.poses.some((value, k) => Math.abs(poses[k] - value) > 1e-12))
      problems.push(`poses of frame ${i}: ${poses} for ${expected.poses}`);
  });
  return problems;
}

function code(action) {
  try {
    action();
    return 'none';
  } catch (error) {
    return error.code ?? String(error);
  }
}

// What was turned or cut is refused, and only a key frame helps.
function damage() {
  const problems = [];
  for (let i = 1; i < 60; i++) {
    const decoder = new FrameDecoder(layout), bytes = Uint8Array.from(frames[i].bytes);
    for (let k = 0; k < i; k++)
      decoder.read(frames[k].bytes);
    bytes[i % bytes.length] ^= 1 << i % 8;
    if (!/^stream\.(damaged|gap)$/.test(code(() => decoder.read(bytes))))
      problems.push(`frame ${i} was read though a bit of it was turned`);
    if (code(() => decoder.read(frames[i].bytes)) !== 'stream.gap')
      problems.push(`frame ${i} was read after a damaged one`);
  }
  for (let size = 0; size < frames[0].bytes.length; size++)
    if (code(() => new FrameDecoder(layout).read(frames[0].bytes.subarray(0, size))) !== 'stream.damaged')
      problems.push(`a key frame of ${size} bytes was read`);
  return problems;
}

console.log('1..2');
check('every frame is read as in C', compare());
check('damage is told from frames', damage());
process.exit(failed ? 1 : 0);
