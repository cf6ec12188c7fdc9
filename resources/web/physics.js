// SPDX-License-Identifier: GPL-3.0-or-later
//
// MuJoCo's own build for browsers, with a model: steps it, tells poses, pulls at bodies. Nothing is imported.

const MOST_AT_ONCE = 0.05; // s of its time a call: where the machine is too slow it falls behind instead
const STIFFNESS = 60, DAMPING = 8; // of the hand: 1/s², 1/s; times the body's mass

async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export class Physics {
  // `code` and `engine`: the package's script and its WebAssembly, both packed by gzip.
  static async load(manifest, mjcf, code, engine) {
    const script = await unpack(code), url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const { default: loadMujoco } = await import(url);
    URL.revokeObjectURL(url);
    const mujoco = await loadMujoco({ wasmBinary: await unpack(engine), locateFile: (name) => name });
    return new Physics(mujoco, mujoco.MjModel.from_xml_string(mjcf), manifest);
  }

  constructor(mujoco, model, manifest) {
    this.mujoco = mujoco;
    this.model = model;
    this.data = new mujoco.MjData(model);
    this.moving = manifest.bodies.flatMap(({ moves }, body) => (moves === 'no' ? [] : [body]));
    this.out = new Float64Array(7 * this.moving.length);
    this.left = 0;
    this.hand = null;
    this.reset();
  }

  get time() {
    return this.data.time;
  }

  reset() {
    const { mujoco, model, data } = this;
    if (model.nkey > 0)
      mujoco.mj_resetDataKeyframe(model, data, 0);
    else
      mujoco.mj_resetData(model, data);
    mujoco.mj_forward(model, data);
    this.left = 0;
    this.hand = null;
  }

  advance(seconds) {
    const { timestep } = this.model.opt;
    this.left = Math.min(this.left + seconds, MOST_AT_ONCE);
    for (; this.left >= timestep; this.left -= timestep)
      this.step();
  }

  step() {
    if (this.hand)
      this.push();
    this.mujoco.mj_step(this.model, this.data);
  }

  // Pulls the body's point (in its frame) towards a place of the world.
  pull(body, point, target) {
    this.hand = { body, point, target };
  }

  letGo() {
    if (this.hand)
      this.data.xfrc_applied.fill(0);
    this.hand = null;
  }

  // A force at the point is one at the centre of mass and a torque.
  push() {
    const { data, model } = this, { body, point, target } = this.hand;
    const turn = data.xmat.subarray(9 * body, 9 * body + 9), force = [0, 0, 0], arm = [0, 0, 0];
    const mass = Math.max(model.body_subtreemass[body], 0.01);
    for (let k = 0; k < 3; k++) {
      const from = turn[3 * k] * point[0] + turn[3 * k + 1] * point[1] + turn[3 * k + 2] * point[2];
      const at = data.xpos[3 * body + k] + from, speed = data.cvel[6 * body + 3 + k];
      arm[k] = at - data.xipos[3 * body + k];
      force[k] = mass * (STIFFNESS * (target[k] - at) - DAMPING * speed);
    }
    const cross = [arm[1] * force[2] - arm[2] * force[1], arm[2] * force[0] - arm[0] * force[2],
      arm[0] * force[1] - arm[1] * force[0]];
    data.xfrc_applied.fill(0);
    data.xfrc_applied.set([...force, ...cross], 6 * body);
  }

  // Seven numbers a moving body; places and quaternions as of the last step.
  poses() {
    const { data, out } = this;
    this.mujoco.mj_kinematics(this.model, data);
    this.moving.forEach((body, i) => {
      for (let k = 0; k < 3; k++)
        out[7 * i + k] = data.xpos[3 * body + k];
      for (let k = 0; k < 4; k++)
        out[7 * i + 3 + k] = data.xquat[4 * body + k];
    });
    return out;
  }
}
