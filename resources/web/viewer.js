// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scene of a manifest (stream/manifest.h) on a canvas, as SimGen shows it: flat and outlined on paper from
// the front, solid where it is turned. Nothing is imported: THREE is given, so that the page that is served
// and a page that is one file can share this. It draws when it is told to and keeps no time.
//
//   const viewer = new Viewer(THREE, canvas, { dark: false });
//   viewer.setManifest(manifest);  // what there is, at its start
//   viewer.setPoses(poses);        // seven numbers a moving body (decoder.js, readPoses)
//   viewer.draw();
//
// It turns, pans and zooms by itself where the page hears `viewer.onchange` and draws then.

const PAPER = { light: 0xfbf9f4, dark: 0x23262c };
const INK = { light: 0x262c38, dark: 0xeceae4 };
const INK_STRENGTH = { light: 0.85, dark: 0.6 };
const SHADOW = { light: 0.22, dark: 0.45 };
const TUBE_SIDES = 8, COIL_POINTS = 12; // of a spring: points a turn
const EDGE_ANGLE = 35; // degrees: sharper edges are drawn
const PIN = { color: 0xe66b0d, radius: 0.009, outline: 1.25 }; // radius: in heights of the view; as in render/marks.c
const FRONT = 0.6;     // rad from the front that still shows the drawing
const FIELD = 11;      // degrees of view: narrow, as from the front it is a drawing

function bytes(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)).buffer;
}

// MuJoCo's cylinders and capsules lie along z, three's along y.
function alongZ(geometry) {
  return geometry.rotateX(Math.PI / 2);
}

function shapeOf(THREE, geom, manifest) {
  const [a, b, c] = geom.size;
  switch (geom.type) {
    case 'sphere':
      return new THREE.SphereGeometry(a, 40, 24);
    case 'ellipsoid':
      return new THREE.SphereGeometry(1, 40, 24).scale(a, b, c);
    case 'capsule':
      return alongZ(new THREE.CapsuleGeometry(a, 2 * b, 12, 28));
    case 'cylinder':
      return alongZ(new THREE.CylinderGeometry(a, a, 2 * b, 48));
    case 'box':
      return new THREE.BoxGeometry(2 * a, 2 * b, 2 * c);
    case 'plane':
      return a > 0 && b > 0 ? new THREE.PlaneGeometry(2 * a, 2 * b) : null; // an endless one is the ground
    case 'mesh': {
      const mesh = manifest.meshes[geom.mesh], geometry = new THREE.BufferGeometry();
      geometry.setAttribute('position', new THREE.BufferAttribute(new Float32Array(bytes(mesh.vertices)), 3));
      geometry.setIndex(new THREE.BufferAttribute(new Uint32Array(bytes(mesh.faces)), 1));
      const flat = geometry.toNonIndexed();
      flat.computeVertexNormals();
      return flat;
    }
    default:
      return null;
  }
}

// Where a string goes round a disc that turns about y: points from `from` to `to` on the side of `side`;
// none where the straight way does not touch it. All in the plane of the disc: [x, z].
function around(from, to, center, radius, side) {
  const tangent = (p, turn) => {
    const dx = p[0] - center[0], dz = p[1] - center[1], d = Math.hypot(dx, dz);
    if (d <= radius)
      return null;
    return Math.atan2(dz, dx) + turn * Math.acos(radius / d);
  };
  const aim = side ? Math.atan2(side[1] - center[1], side[0] - center[0])
    : Math.atan2((from[1] + to[1]) / 2 - center[1], (from[0] + to[0]) / 2 - center[0]);
  const turnTo = (a) => Math.atan2(Math.sin(a), Math.cos(a));
  let best = null;
  for (const turn of [-1, 1]) {
    const start = tangent(from, turn), end = tangent(to, -turn);
    if (start === null || end === null)
      return [];
    const full = 2 * Math.PI, sweep = turn * ((turn * (end - start) % full + full) % full);
    const off = Math.abs(turnTo(start + sweep / 2 - aim));
    if (!best || off < best.off)
      best = { start, sweep, off };
  }
  if (Math.abs(best.sweep) > 1.9 * Math.PI)
    return [];
  const n = Math.max(2, Math.ceil(Math.abs(best.sweep) * 8)), points = [];
  for (let i = 0; i <= n; i++) {
    const angle = best.start + best.sweep * i / n;
    points.push([center[0] + radius * Math.cos(angle), center[1] + radius * Math.sin(angle)]);
  }
  return points;
}

// A tube whose middle is moved every frame: its points are written over.
class Tube {
  constructor(THREE, n, radius, color) {
    this.n = n;
    this.radius = radius;
    this.geometry = new THREE.BufferGeometry();
    this.geometry.setAttribute('position', new THREE.BufferAttribute(new Float32Array(3 * n * TUBE_SIDES), 3));
    this.geometry.setAttribute('normal', new THREE.BufferAttribute(new Float32Array(3 * n * TUBE_SIDES), 3));
    const index = [];
    for (let i = 0; i + 1 < n; i++)
      for (let k = 0; k < TUBE_SIDES; k++) {
        const a = i * TUBE_SIDES + k, b = i * TUBE_SIDES + (k + 1) % TUBE_SIDES;
        index.push(a, b, a + TUBE_SIDES, b, b + TUBE_SIDES, a + TUBE_SIDES);
      }
    this.geometry.setIndex(index);
    this.mesh = new THREE.Mesh(this.geometry,
      new THREE.MeshLambertMaterial({ color, side: THREE.DoubleSide }));
    this.mesh.frustumCulled = false;
    this.mesh.castShadow = true;
    this.x = new THREE.Vector3();
    this.side = new THREE.Vector3();
    this.up = new THREE.Vector3();
  }

  // `points`: n vectors
  bend(points) {
    const position = this.geometry.attributes.position, normal = this.geometry.attributes.normal;
    for (let i = 0; i < this.n; i++) {
      const before = points[Math.max(i - 1, 0)], after = points[Math.min(i + 1, this.n - 1)];
      this.x.subVectors(after, before);
      this.side.set(this.x.z, 0, -this.x.x);
      if (this.side.lengthSq() < 1e-18)
        this.side.set(1, 0, 0);
      this.side.normalize();
      this.up.crossVectors(this.x, this.side).normalize();
      for (let k = 0; k < TUBE_SIDES; k++) {
        const angle = 2 * Math.PI * k / TUBE_SIDES, c = Math.cos(angle), s = Math.sin(angle);
        const nx = c * this.side.x + s * this.up.x, ny = c * this.side.y + s * this.up.y,
          nz = c * this.side.z + s * this.up.z, at = i * TUBE_SIDES + k;
        normal.setXYZ(at, nx, ny, nz);
        position.setXYZ(at, points[i].x + this.radius * nx, points[i].y + this.radius * ny,
          points[i].z + this.radius * nz);
      }
    }
    position.needsUpdate = normal.needsUpdate = true;
  }
}

// A spring, a rope or a string: from place to place, each of which lies on a body.
class Tie {
  constructor(THREE, tie, groups) {
    this.THREE = THREE;
    this.tie = tie;
    this.groups = groups;
    this.turns = tie.spring ? 10 : 0;
    this.n = tie.spring ? this.turns * COIL_POINTS + 1 : 64;
    const [r, g, b] = tie.color;
    this.tube = new Tube(THREE, this.n, tie.width, new THREE.Color().setRGB(r, g, b, THREE.SRGBColorSpace));
    this.points = Array.from({ length: this.n }, () => new THREE.Vector3());
  }

  world({ body, position }) {
    return new this.THREE.Vector3(...position).applyMatrix4(this.groups[body].matrixWorld);
  }

  // Corners of the way that it takes.
  way() {
    const { path } = this.tie, way = [];
    path.forEach((place, i) => {
      if (!place.radius) {
        way.push(this.world(place));
        return;
      }
      if (!path[i - 1] || !path[i + 1])
        return;
      const from = this.world(path[i - 1]), to = this.world(path[i + 1]), center = this.world(place);
      const side = place.side ? this.world(place.side) : null;
      for (const [x, z] of around([from.x, from.z], [to.x, to.z], [center.x, center.z], place.radius,
        side && [side.x, side.z]))
        way.push(new this.THREE.Vector3(x, (from.y + to.y) / 2, z));
    });
    return way;
  }

  update() {
    const way = this.way(), lengths = [0];
    for (let i = 1; i < way.length; i++)
      lengths.push(lengths[i - 1] + way[i].distanceTo(way[i - 1]));
    const whole = lengths[way.length - 1];
    for (let i = 0, k = 1; i < this.n; i++) {
      const at = whole * i / (this.n - 1);
      while (k < way.length - 1 && lengths[k] < at)
        k++;
      const span = lengths[k] - lengths[k - 1];
      this.points[i].lerpVectors(way[k - 1], way[k], span > 0 ? (at - lengths[k - 1]) / span : 0);
    }
    if (this.turns > 0)
      this.coil(way[0], way[way.length - 1]);
    this.tube.bend(this.points);
  }

  // As drawn: it winds about its line, less towards the ends.
  coil(from, to) {
    const along = new this.THREE.Vector3().subVectors(to, from).normalize();
    const across = new this.THREE.Vector3(along.z, 0, -along.x);
    if (across.lengthSq() < 1e-12)
      across.set(1, 0, 0);
    across.normalize();
    const deep = new this.THREE.Vector3().crossVectors(along, across), wide = 4.5 * this.tie.width;
    this.points.forEach((point, i) => {
      const share = i / (this.n - 1), ends = Math.min(1, 12 * share, 12 * (1 - share));
      const angle = 2 * Math.PI * this.turns * share;
      point.addScaledVector(across, wide * ends * Math.sin(angle));
      point.addScaledVector(deep, wide * ends * (Math.cos(angle) - 1) / 2);
    });
  }
}

// A pin, seen from the front: as large at any zoom, before all that it may lie behind.
class Pin {
  constructor(THREE, { body, position, axis }, groups) {
    const flat = { depthTest: false, depthWrite: false, transparent: true }, disc = new THREE.CircleGeometry(1, 32);
    this.group = groups[body];
    this.position = new THREE.Vector3(...position);
    this.axis = new THREE.Vector3(...axis);
    this.along = new THREE.Vector3();
    this.mesh = new THREE.Mesh(disc, new THREE.MeshBasicMaterial({ ...flat, color: PIN.color }));
    this.outline = new THREE.Mesh(disc, new THREE.MeshBasicMaterial(flat));
    this.outline.scale.setScalar(PIN.outline);
    this.mesh.add(this.outline);
    this.mesh.renderOrder = 11;
    this.outline.renderOrder = 10;
  }

  place(camera, height, front) {
    this.along.copy(this.axis).transformDirection(this.group.matrixWorld);
    this.mesh.visible = front && Math.abs(this.along.y) > 0.9;
    this.mesh.position.copy(this.position).applyMatrix4(this.group.matrixWorld);
    this.mesh.quaternion.copy(camera.quaternion);
    this.mesh.scale.setScalar(PIN.radius * height);
  }
}

export class Viewer {
  constructor(THREE, canvas, { dark = false, preserve = false } = {}) {
    this.THREE = THREE;
    this.canvas = canvas;
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: preserve });
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = THREE.PCFShadowMap;
    this.camera = new THREE.PerspectiveCamera(FIELD, 1, 0.01, 1000);
    this.camera.up.set(0, 0, 1);
    this.target = new THREE.Vector3();
    this.extent = new THREE.Box3();
    this.azimuth = this.elevation = 0; // rad from the front
    this.distance = 5;
    this.touched = false; // somebody chose where to look from
    this.padding = { top: 0, bottom: 0 }; // CSS px that something else covers
    this.onchange = () => {};
    this.dark = dark;
    this.ties = [];
    this.pins = [];
    this.moving = [];
    this.pointers = new Map();
    this.listen();
  }

  // -- What there is --

  setManifest(manifest) {
    const { THREE } = this;
    this.dispose();
    this.manifest = manifest;
    this.scene = new THREE.Scene();
    this.addLight();
    this.groups = manifest.bodies.map(() => new THREE.Group());
    this.moving = [];
    manifest.bodies.forEach((body, id) => {
      const group = this.groups[id], moves = body.moves !== 'no' && id > 0;
      (moves || id === 0 ? this.scene : this.groups[body.parent]).add(group);
      if (!moves)
        this.place(group, body.position, body.quaternion);
      else
        this.moving.push(group);
      if (body.moves === 'planar') // drawn flat, all are in one plane: the later ones a hair before the others
        group.scale.y = 1 + 0.012 * this.moving.length;
      group.userData.body = id;
    });
    for (const geom of manifest.geoms)
      this.addGeom(geom);
    this.ties = (manifest.ties ?? []).map((tie) => new Tie(THREE, tie, this.groups));
    for (const tie of this.ties)
      this.scene.add(tie.tube.mesh);
    this.pins = (manifest.pins ?? []).map((pin) => new Pin(THREE, pin, this.groups));
    for (const pin of this.pins)
      this.scene.add(pin.mesh);
    this.setStart();
    this.setDark(this.dark);
    this.frameAll();
  }

  // Bodies that move stand where they do at the start, from body to body.
  setStart() {
    const { bodies } = this.manifest, { Quaternion, Vector3 } = this.THREE;
    const places = [];
    bodies.forEach((body, id) => {
      const [w, x, y, z] = body.quaternion, here = new Quaternion(x, y, z, w), p = new Vector3(...body.position);
      const parent = id > 0 ? places[body.parent] : null;
      places.push(parent ? { q: parent.q.clone().multiply(here), p: p.applyQuaternion(parent.q).add(parent.p) }
        : { q: here, p });
      if (id > 0 && body.moves !== 'no') {
        this.groups[id].position.copy(places[id].p);
        this.groups[id].quaternion.copy(places[id].q);
      }
    });
    this.update();
  }

  place(object, [x, y, z], [qw, qx, qy, qz]) {
    object.position.set(x, y, z);
    object.quaternion.set(qx, qy, qz, qw);
  }

  addGeom(geom) {
    const { THREE } = this, geometry = shapeOf(THREE, geom, this.manifest);
    if (!geometry) {
      if (geom.type === 'plane')
        this.addGround(geom);
      return;
    }
    const [r, g, b, a] = geom.color;
    const mesh = new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({
      color: new THREE.Color().setRGB(r, g, b, THREE.SRGBColorSpace), transparent: a < 1, opacity: a,
      polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 }));
    this.place(mesh, geom.position, geom.quaternion);
    mesh.castShadow = mesh.receiveShadow = a >= 1;
    if (geom.type !== 'sphere' && geom.type !== 'ellipsoid' && geom.type !== 'capsule')
      this.addEdges(mesh, geometry);
    else
      this.addRim(mesh, geom);
    this.groups[geom.body].add(mesh);
  }

  addEdges(mesh, geometry) {
    const { THREE } = this;
    mesh.add(new THREE.LineSegments(new THREE.EdgesGeometry(geometry, EDGE_ANGLE), this.ink()));
  }

  // What is round has no edges: an outline is its shell, seen from inside.
  addRim(mesh, geom) {
    const { THREE } = this, wide = Math.max(0.012 * Math.min(1, geom.size[0] * 8), 0.002);
    const size = geom.type === 'ellipsoid' ? geom.size.map((s) => s + wide) : [geom.size[0] + wide, ...geom.size.slice(1)];
    const shell = new THREE.Mesh(shapeOf(THREE, { ...geom, size }, this.manifest), this.rim());
    mesh.add(shell);
  }

  ink() {
    return this.inkLine ??= new this.THREE.LineBasicMaterial({ transparent: true });
  }

  rim() {
    return this.inkShell ??= new this.THREE.MeshBasicMaterial({ side: this.THREE.BackSide });
  }

  addGround(geom) {
    const { THREE } = this;
    const ground = new THREE.Mesh(new THREE.PlaneGeometry(400, 400), new THREE.ShadowMaterial({ opacity: 0.2 }));
    this.place(ground, geom.position, geom.quaternion);
    ground.receiveShadow = true;
    this.groups[geom.body].add(ground);
    const grid = new THREE.GridHelper(80, 80);
    grid.rotateX(Math.PI / 2);
    grid.material.transparent = true;
    grid.material.opacity = 0.18;
    grid.userData.ground = true;
    ground.add(grid);
    this.endless = true;
  }

  addLight() {
    const { THREE } = this;
    this.scene.add(new THREE.AmbientLight(0xffffff, 1.9));
    this.sun = new THREE.DirectionalLight(0xffffff, 1.6);
    this.sun.castShadow = this.renderer.shadowMap.enabled;
    this.sun.shadow.mapSize.set(1024, 1024);
    this.sun.shadow.radius = 3;
    this.scene.add(this.sun, this.sun.target);
    this.paper = new THREE.Mesh(new THREE.PlaneGeometry(1, 1), new THREE.ShadowMaterial());
    this.paper.rotation.x = Math.PI / 2; // it stands behind the drawing, and is seen by its shadows only
    this.paper.receiveShadow = true;
    this.paper.visible = this.renderer.shadowMap.enabled;
    this.scene.add(this.paper);
  }

  // What the scene is in now, and how far that reaches.
  measure() {
    const { THREE } = this, box = new THREE.Box3(), one = new THREE.Box3();
    this.scene.updateMatrixWorld(true);
    this.scene.traverse((object) => {
      if (object.isMesh && object !== this.paper && object.geometry.type !== 'PlaneGeometry' && object.castShadow) {
        object.geometry.computeBoundingBox();
        box.union(one.copy(object.geometry.boundingBox).applyMatrix4(object.matrixWorld));
      }
    });
    if (box.isEmpty())
      box.set(new THREE.Vector3(-1, -0.1, -1), new THREE.Vector3(1, 0.1, 1));
    return box;
  }

  // -- How it moves --

  setPoses(poses) {
    this.moving.forEach((group, i) => {
      const at = 7 * i;
      group.position.set(poses[at], poses[at + 1], poses[at + 2]);
      group.quaternion.set(poses[at + 4], poses[at + 5], poses[at + 6], poses[at + 3]);
    });
    this.update();
  }

  update() {
    this.scene.updateMatrixWorld();
    for (const tie of this.ties)
      tie.update();
  }

  // -- From where --

  // All of it, from the front.
  frameAll() {
    const box = this.extent = this.measure(), size = box.getSize(new this.THREE.Vector3());
    box.getCenter(this.target);
    const tan = Math.tan(FIELD / 2 * Math.PI / 180), aspect = this.camera.aspect;
    const height = Math.max(this.canvas.clientHeight, 1), { top, bottom } = this.padding;
    const free = Math.max(height - top - bottom, height / 4);
    this.distance = 1.1 * Math.max(size.z / 2 / tan * height / free, size.x / 2 / tan / aspect, 0.2) + size.y / 2;
    this.target.z -= (bottom - top) / 2 * 2 * this.distance * tan / height;
    this.azimuth = this.elevation = 0;
    this.touched = false;
    this.aimLight(size);
    this.aim();
  }

  aimLight(size) {
    const center = this.extent.getCenter(new this.THREE.Vector3());
    const reach = Math.max(size.x, size.z, 0.5) * 1.2, deep = this.extent.max.y;
    this.sun.position.set(-0.3, -0.84, 0.45).multiplyScalar(3 * reach).add(center);
    this.sun.target.position.copy(center);
    Object.assign(this.sun.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 0.1,
      far: 6 * reach });
    this.sun.shadow.camera.updateProjectionMatrix();
    this.sun.shadow.normalBias = 0.004 * reach;
    this.paper.position.set(center.x, deep + 0.012 * reach, center.z);
    this.paper.scale.set(40 * reach, 40 * reach, 1);
  }

  aim() {
    const { camera, target, distance } = this, flat = Math.cos(this.elevation) * distance;
    camera.position.set(target.x + flat * Math.sin(this.azimuth), target.y - flat * Math.cos(this.azimuth),
      target.z + distance * Math.sin(this.elevation));
    camera.near = distance / 50;
    camera.far = distance * 20;
    camera.lookAt(target);
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
  }

  turn(azimuth, elevation) {
    this.azimuth -= azimuth;
    this.elevation = Math.max(-0.2, Math.min(1.5, this.elevation + elevation));
    this.look();
  }

  pan(dx, dy) { // in CSS px
    const scale = 2 * this.distance * Math.tan(FIELD / 2 * Math.PI / 180) / this.canvas.clientHeight;
    const { Vector3 } = this.THREE;
    const right = new Vector3().setFromMatrixColumn(this.camera.matrixWorld, 0);
    const up = new Vector3().setFromMatrixColumn(this.camera.matrixWorld, 1);
    this.target.addScaledVector(right, -dx * scale).addScaledVector(up, dy * scale);
    this.look();
  }

  zoom(factor) {
    this.distance = Math.max(0.05, Math.min(500, this.distance * factor));
    this.look();
  }

  look() {
    this.touched = true;
    this.aim();
    this.onchange();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0)
      return;
    this.renderer.setPixelRatio(Math.min(globalThis.devicePixelRatio || 1, 2) * (this.coarse ?? 1));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    if (this.scene && !this.touched)
      this.frameAll();
    else
      this.camera.updateProjectionMatrix();
  }

  // -- How it looks --

  setDark(dark) {
    const name = dark ? 'dark' : 'light';
    this.dark = dark;
    this.renderer.setClearColor(PAPER[name], 1);
    this.ink().color.setHex(INK[name]);
    this.ink().opacity = INK_STRENGTH[name];
    this.rim().color.setHex(INK[name]);
    for (const pin of this.pins)
      pin.outline.material.color.setHex(INK[name]);
    if (this.paper)
      this.paper.material.opacity = SHADOW[name];
  }

  // Where pictures come too slowly: first without shadows, then coarser. Returns whether there was something.
  simplify() {
    if (this.renderer.shadowMap.enabled) {
      this.renderer.shadowMap.enabled = this.sun.castShadow = this.paper.visible = false;
      this.scene.traverse((object) => {
        if (object.material)
          object.material.needsUpdate = true;
      });
      return true;
    }
    if (this.coarse)
      return false;
    this.coarse = 0.5;
    this.resize();
    return true;
  }

  draw() {
    if (!this.scene)
      return;
    const height = 2 * this.distance * Math.tan(FIELD / 2 * Math.PI / 180);
    for (const pin of this.pins)
      pin.place(this.camera, height, this.isFront());
    this.renderer.render(this.scene, this.camera);
  }

  dispose() {
    this.scene?.traverse((object) => {
      object.geometry?.dispose();
      if (object.material && object.material !== this.inkLine && object.material !== this.inkShell)
        object.material.dispose();
    });
    this.ties = [];
    this.pins = [];
  }

  isFront() {
    return Math.abs(this.azimuth) < FRONT && Math.abs(this.elevation) < FRONT;
  }

  // -- The hand --

  ray(x, y) { // CSS px in the canvas
    const caster = new this.THREE.Raycaster();
    caster.setFromCamera(new this.THREE.Vector2(2 * x / this.canvas.clientWidth - 1,
      1 - 2 * y / this.canvas.clientHeight), this.camera);
    return caster;
  }

  // The moving body under a place: { body, point (in its frame), at (in the world) }; null where there is none.
  pick(x, y) {
    if (!this.scene)
      return null;
    for (const hit of this.ray(x, y).intersectObjects(this.moving, true)) {
      if (!hit.object.isMesh || !hit.object.castShadow)
        continue;
      let group = hit.object;
      while (group.userData.body === undefined)
        group = group.parent;
      const at = hit.point.clone(), local = group.worldToLocal(hit.point.clone());
      return { body: group.userData.body, point: local.toArray(), at: at.toArray() };
    }
    return null;
  }

  // Where a place lies in the plane through `at` that faces the camera (from the front: the drawing's).
  reach(x, y, at) {
    const { Plane, Vector3 } = this.THREE, normal = this.camera.getWorldDirection(new Vector3());
    if (this.isFront())
      normal.set(0, 1, 0);
    const plane = new Plane().setFromNormalAndCoplanarPoint(normal, new Vector3(...at));
    return this.ray(x, y).ray.intersectPlane(plane, new Vector3())?.toArray() ?? at;
  }

  // The page may take a press for itself: `viewer.onpress (x, y)` returns true, then hears `onmove`, `onrelease`.
  listen() {
    const { canvas, pointers } = this;
    this.onpress = () => false;
    this.onmove = this.onrelease = () => {};
    let taken = false, spread = 0;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const measureSpread = () => {
      const [a, b] = [...pointers.values()];
      return Math.hypot(a[0] - b[0], a[1] - b[1]);
    };
    canvas.style.touchAction = 'none';
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    canvas.addEventListener('pointerdown', (event) => {
      canvas.setPointerCapture?.(event.pointerId);
      pointers.set(event.pointerId, at(event));
      if (pointers.size === 1 && event.button === 0)
        taken = this.onpress(...at(event));
      else if (pointers.size === 2)
        spread = measureSpread();
    });
    canvas.addEventListener('pointermove', (event) => {
      const before = pointers.get(event.pointerId);
      if (!before)
        return;
      const now = at(event), dx = now[0] - before[0], dy = now[1] - before[1];
      pointers.set(event.pointerId, now);
      if (taken)
        this.onmove(...now);
      else if (pointers.size === 2) {
        const wide = measureSpread();
        this.pan(dx / 2, dy / 2);
        if (wide > 0 && spread > 0)
          this.zoom(spread / wide);
        spread = wide;
      } else if (event.buttons & 6 || event.shiftKey)
        this.pan(dx, dy);
      else
        this.turn(dx / 160, dy / 160);
    });
    const up = (event) => {
      pointers.delete(event.pointerId);
      if (taken)
        this.onrelease();
      taken = false;
    };
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 400));
    }, { passive: false });
  }
}
