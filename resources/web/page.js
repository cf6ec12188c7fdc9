// SPDX-License-Identifier: GPL-3.0-or-later
//
// The page of a live share: a source, a viewer, and the few controls about them.

import * as THREE from './three.js';
import { LiveSource } from './live.js';
import { Frames } from './player.js';
import { Viewer } from './viewer.js';

const STATS_EVERY = 100; // ms: figures change no more often
const PULL_EVERY = 33;   // ms: where the hand is, is told no more often
const PLAY = 'M4 2.5v11l9-5.5z', PAUSE = 'M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z';

const $ = (id) => document.getElementById(id);
const dark = matchMedia('(prefers-color-scheme: dark)');
const source = new LiveSource();
let viewer = null, frames = null, state = { connected: false }, stale = true, pull = null, hasScene = false;

// -- Figures --

let statsTimer = 0, statsShown = 0;

function showStats() {
  statsTimer = 0;
  statsShown = performance.now();
  const seconds = state.time ?? 0, factor = state.playing ? state.factor ?? state.speed ?? 1 : 0;
  $('time').textContent = `${seconds.toFixed(2)} s`;
  $('speed').textContent = state.playing ? `${factor.toFixed(2)}×` : 'paused';
  $('rate').textContent = state.playing && state.rate ? `${Math.round(state.rate)} fps` : '';
}

// The last value is never lost, and no value comes sooner than a tenth of a second after the one before.
function tellStats() {
  if (statsTimer === 0)
    statsTimer = setTimeout(showStats, Math.max(0, STATS_EVERY - (performance.now() - statsShown)));
}

// -- What there is to say --

function note() {
  if (!viewer)
    return 'This browser shows no 3D pictures (WebGL), which the simulation needs.';
  if (state.full)
    return 'There is no room for more guests just now. Trying again…';
  if (!state.connected)
    return hasScene ? 'The connection is lost. Trying again…' : 'Connecting…';
  if (!hasScene)
    return 'Nothing is drawn yet.';
  return '';
}

function showState() {
  const text = note();
  $('note').textContent = text;
  $('note').classList.toggle('aside', hasScene);
  const control = state.role === 'controller' && state.connected;
  document.body.classList.toggle('control', control);
  $('play').hidden = !control;
  $('play-icon').setAttribute('d', state.playing ? PAUSE : PLAY);
  $('play').setAttribute('aria-label', state.playing ? 'Pause' : 'Play');
  $('ask').hidden = control || !state.connected || !hasScene;
  $('ask').disabled = Boolean(state.asked);
  $('ask').textContent = state.asked ? 'Asked for control' : 'Ask for control';
  $('who').textContent = !state.guest ? '' : control ? `Guest ${state.guest}: drag a part` : `Guest ${state.guest}`;
  $('stats').hidden = !hasScene;
}

// -- The source's sink --

const sink = {
  manifest(manifest) {
    letGo();
    hasScene = manifest !== null;
    if (viewer && manifest) {
      viewer.setManifest(manifest);
      frames = new Frames(manifest.bodies.filter(({ moves }) => moves !== 'no').length);
      viewer.resize();
    } else
      frames = null;
    $('view').hidden = !hasScene;
    stale = true;
    showState();
  },
  frame(poses, step, at) {
    frames?.add(poses, step, at);
    stale = true;
  },
  state(news) {
    const before = JSON.stringify([state.connected, state.playing, state.role, state.asked, state.full]);
    if (!news.connected)
      letGo();
    state = news.connected ? { ...state, full: false, ...news } : { ...state, ...news, asked: false };
    tellStats();
    if (JSON.stringify([state.connected, state.playing, state.role, state.asked, state.full]) !== before)
      showState();
  },
};

// -- The picture --

function draw() {
  requestAnimationFrame(draw);
  const last = frames?.last(), now = source.now(performance.now() / 1000);
  if (!stale || !hasScene)
    return;
  if (last && now !== null) {
    viewer.setPoses(frames.poses(now));
    stale = now < last.at;
  } else
    stale = false;
  viewer.draw();
}

function redraw() {
  stale = true;
}

// -- The hand --

function letGo() {
  if (pull)
    source.tell({ type: 'let-go' });
  clearTimeout(pull?.timer);
  pull = null;
}

function tellPull() {
  pull.timer = 0;
  source.tell({ type: 'pull', scene: source.scene, body: pull.body, point: pull.point, target: pull.target });
}

function listen() {
  viewer.onchange = redraw;
  viewer.onpress = (x, y) => {
    const found = state.role === 'controller' ? viewer.pick(x, y) : null;
    if (!found)
      return false;
    pull = { ...found, target: found.at, timer: 0 };
    tellPull();
    return true;
  };
  viewer.onmove = (x, y) => {
    if (!pull)
      return;
    pull.target = viewer.reach(x, y, pull.at);
    pull.timer ||= setTimeout(tellPull, PULL_EVERY);
  };
  viewer.onrelease = letGo;
  new ResizeObserver(() => {
    viewer.resize();
    redraw();
  }).observe($('view'));
}

function togglePlay() {
  if (state.role === 'controller')
    source.tell({ type: state.playing ? 'pause' : 'play' });
}

function fit() {
  if (!viewer || !hasScene)
    return;
  viewer.frameAll();
  redraw();
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === 'BUTTON')
    return;
  const turn = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] }[event.key];
  if (event.key === ' ')
    togglePlay();
  else if (event.key === 'f' || event.key === 'F')
    fit();
  else if (event.key === '+' || event.key === '-')
    viewer?.zoom(event.key === '+' ? 0.85 : 1.18);
  else if (turn)
    viewer?.turn(...turn);
  else
    return;
  event.preventDefault();
}

function begin() {
  try {
    viewer = new Viewer(THREE, $('view'), { dark: dark.matches });
  } catch {
    showState();
    return;
  }
  listen();
  dark.addEventListener('change', () => {
    viewer.setDark(dark.matches);
    redraw();
  });
  $('fit').onclick = fit;
  $('play').onclick = togglePlay;
  $('ask').onclick = () => {
    source.tell({ type: 'ask' });
    sink.state({ ...state, asked: true });
  };
  document.addEventListener('keydown', onKey);
  showState();
  source.start(sink);
  requestAnimationFrame(draw);
}

begin();

// For tests: what is shown, and where it comes from.
globalThis.simgen = { source, get viewer () { return viewer; }, get frames () { return frames; }, get state () { return state; } };
