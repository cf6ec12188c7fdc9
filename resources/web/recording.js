// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page that holds a recorded run: all of it is in the page, as text, and nothing is asked of a network. Where
// the physics is in it too, it can be let play from the start, and parts be dragged.

import * as THREE from './three.js';
import { FrameDecoder, readLayout, readPoses } from './decoder.js';
import { mixPoses } from './player.js';
import { Viewer } from './viewer.js';
import { Physics } from './physics.js';

const LABEL_EVERY = 100; // ms: figures change no more often
const PLAY = 'M4 2.5v11l9-5.5z', PAUSE = 'M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z';
const SPEEDS = ['0.1', '0.25', '0.5', '1', '2', '4'];

const $ = (id) => document.getElementById(id);
const dark = matchMedia('(prefers-color-scheme: dark)');
const text = (id) => $(id)?.textContent ?? null;

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

// -- The run --

// All frames, each after its size as a varint; poses as float32, which is 0.01 mm at 100 m.
class Run {
  constructor(manifest, bytes) {
    this.timestep = manifest.timestep;
    this.layout = readLayout(manifest);
    this.times = [];
    this.poses = [];
    const decoder = new FrameDecoder(this.layout), n = 7 * this.layout.bodies.length;
    for (let at = 0; at < bytes.length;) {
      let size = 0, shift = 1, byte;
      do {
        byte = bytes[at++];
        size += (byte & 127) * shift;
        shift *= 128;
      } while (byte >= 128);
      const frame = decoder.read(bytes.subarray(at, at + size));
      this.times.push(frame.step * this.timestep);
      this.poses.push(new Float32Array(readPoses(this.layout, frame, new Float64Array(n))));
      at += size;
    }
    this.from = this.times[0] ?? 0;
    this.to = this.times.at(-1) ?? 0;
    this.out = new Float64Array(n);
  }

  // Seven numbers a moving body.
  at(time) {
    let low = 0, high = this.times.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= time)
        low = middle;
      else
        high = middle - 1;
    }
    const next = Math.min(low + 1, this.times.length - 1), span = this.times[next] - this.times[low];
    const share = span > 0 ? Math.max(0, (time - this.times[low]) / span) : 0;
    return mixPoses(this.poses[low], this.poses[next], share, this.out);
  }
}

// -- What is played --

const manifest = JSON.parse(text('manifest')), run = new Run(manifest, bytesOf(text('frames')));
let viewer = null, time = run.from, playing = false, speed = 1, before = 0, stale = true;
let physics = null, live = false, pull = null;

function showTime() {
  const end = run.to - run.from;
  $('time').innerHTML = live ? `${physics.time.toFixed(2)} s`
    : `${time.toFixed(2)}<span class="whole"> of ${run.to.toFixed(2)}</span> s`;
  if (document.activeElement !== $('track') || playing)
    $('track').value = end > 0 ? (time - run.from) / end : 0;
}

let labelTimer = 0, labelShown = 0;

// The last value is never lost, and no value comes sooner than a tenth of a second after the one before.
function tellTime() {
  labelTimer ||= setTimeout(() => {
    labelTimer = 0;
    labelShown = performance.now();
    showTime();
  }, Math.max(0, LABEL_EVERY - (performance.now() - labelShown)));
}

function setPlaying(now) {
  playing = now;
  if (playing && !live && (speed > 0 ? time >= run.to : time <= run.from))
    time = speed > 0 ? run.from : run.to;
  $('play-icon').setAttribute('d', playing ? PAUSE : PLAY);
  $('play').setAttribute('aria-label', playing ? 'Pause' : 'Play');
}

function goTo(wanted) {
  time = Math.max(run.from, Math.min(run.to, wanted));
  stale = true;
  tellTime();
}

function advance(seconds) {
  if (live) {
    physics.advance(seconds * Math.abs(speed));
    stale = true;
    tellTime();
    return;
  }
  goTo(time + seconds * speed);
  if (speed > 0 ? time >= run.to : time <= run.from)
    setPlaying(false);
}

function draw(now) {
  requestAnimationFrame(draw);
  if (playing && before > 0)
    advance(Math.min((now - before) / 1000, 0.1));
  before = now;
  if (!stale || !viewer)
    return;
  stale = false;
  viewer.setPoses(live ? physics.poses() : run.at(time));
  viewer.draw();
}

// -- Physics --

function say(words) {
  $('note').textContent = words;
  $('note').classList.toggle('aside', words !== '' && viewer !== null);
}

async function setLive(on) {
  if (on && !physics) {
    say('Loading the physics…');
    try {
      physics = await Physics.load(manifest, new TextDecoder().decode(bytesOf(text('mjcf'))), bytesOf(text('engine-code')), bytesOf(text('engine')));
    } catch (error) {
      say(`The physics cannot run in this browser: ${error.message}`);
      return;
    }
    say('');
  }
  live = on;
  physics?.reset();
  $('live').setAttribute('aria-pressed', String(live));
  $('track').disabled = live;
  document.body.classList.toggle('control', live);
  if (live && speed < 0)
    chooseSpeed('1');
  setPlaying(live);
  stale = true;
  tellTime();
}

function listenToHand() {
  viewer.onpress = (x, y) => {
    const found = live ? viewer.pick(x, y) : null;
    if (!found)
      return false;
    pull = found;
    physics.pull(found.body, found.point, found.at);
    return true;
  };
  viewer.onmove = (x, y) => {
    if (pull)
      physics.pull(pull.body, pull.point, viewer.reach(x, y, pull.at));
  };
  viewer.onrelease = () => {
    pull = null;
    physics?.letGo();
  };
}

// -- The controls --

function chooseSpeed(value) {
  $('speed').value = value;
  speed = Number(value);
}

function changeSpeed(by) {
  const i = SPEEDS.indexOf($('speed').value);
  chooseSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, i + by))]);
}

function restart() {
  if (live)
    physics.reset();
  goTo(run.from);
}

function fit() {
  viewer?.frameAll();
  stale = true;
}

function toggleSketch() {
  $('sketch').hidden = !$('sketch').hidden;
  $('show-sketch').setAttribute('aria-pressed', String(!$('sketch').hidden));
}

function step(by) {
  setPlaying(false);
  if (!live)
    goTo(time + by / 60);
}

const keys = {
  ' ': () => setPlaying(!playing),
  'Home': restart,
  'End': () => goTo(run.to),
  'ArrowLeft': () => step(-1),
  'ArrowRight': () => step(1),
  '-': () => changeSpeed(-1),
  '=': () => changeSpeed(1),
  'f': fit,
  's': () => $('show-sketch').hidden || toggleSketch(),
  'l': () => $('live').hidden || setLive(!live),
};

function onKey(event) {
  const own = ['BUTTON', 'SELECT', 'INPUT'].includes(event.target.tagName);
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (event.ctrlKey || event.altKey || event.metaKey || !act || (own && event.key !== 'l' && event.key !== 's'))
    return;
  act();
  event.preventDefault();
}

function listen() {
  $('start').onclick = restart;
  $('play').onclick = () => setPlaying(!playing);
  $('fit').onclick = fit;
  $('speed').onchange = () => chooseSpeed($('speed').value);
  $('track').oninput = () => {
    setPlaying(false);
    goTo(run.from + Number($('track').value) * (run.to - run.from));
  };
  $('show-sketch').onclick = toggleSketch;
  $('live').onclick = () => setLive(!live);
  document.addEventListener('keydown', onKey);
}

// All that the run passes through is to be seen, but for what falls for ever.
function showAllOfIt() {
  const measure = viewer.measure.bind(viewer);
  viewer.measure = () => {
    viewer.setPoses(run.at(run.from));
    const all = measure(), most = 3 * all.getSize(new THREE.Vector3()).length();
    for (let i = 1; i <= 24; i++) {
      viewer.setPoses(run.at(run.from + (run.to - run.from) * i / 24));
      const box = measure();
      if (box.getSize(new THREE.Vector3()).length() < most)
        all.union(box);
    }
    stale = true;
    return all;
  };
}

function begin() {
  try {
    viewer = new Viewer(THREE, $('view'), { dark: dark.matches });
  } catch {
    say('This browser shows no 3D pictures (WebGL), which the simulation needs.');
    return;
  }
  viewer.padding = { top: 12, bottom: 76 }; // for the controls
  viewer.onchange = () => (stale = true);
  viewer.setManifest(manifest);
  dark.addEventListener('change', () => {
    viewer.setDark(dark.matches);
    stale = true;
  });
  new ResizeObserver(() => {
    viewer.resize();
    stale = true;
  }).observe($('view'));
  listenToHand();
  listen();
  $('show-sketch').hidden = $('sketch').childElementCount === 0;
  $('live').hidden = !$('engine');
  if (!$('show-sketch').hidden && innerWidth > 760)
    toggleSketch();
  showAllOfIt();
  viewer.resize();
  showTime();
  setPlaying(true);
  requestAnimationFrame(draw);
}

begin();

// For tests: what is shown.
globalThis.simgen = {
  run, setLive, goTo, setPlaying,
  get viewer () { return viewer; }, get time () { return live ? physics.time : time; }, get physics () { return physics; },
};
