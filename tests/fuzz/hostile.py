#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Models made to do harm, over every class of input that ended or hung MuJoCo: none may end the program, every verdict
comes within 10 s, and no file outside a model's folder is opened.

    hostile.py [--count 2000] [--seed 1] [--keep FOLDER] [--no-trace]

The same seed writes the same files. `build/tests/fuzz/hostile-run` opens them in one process, under strace where there is
one; where it dies, the model it died of is named and the rest go on in another."""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import tempfile
import zlib

BUILD = pathlib.Path(os.environ.get('SG_BUILD_ROOT', 'build')).resolve()
MOST_SECONDS = 10.0
SLACK = 1.0  # s: to read the files and to start and end the helper on a busy machine

GOOD = '''<mujoco model="good">
  <compiler angle="radian" autolimits="true"/>
  <option timestep="0.002" iterations="50" integrator="implicitfast" gravity="0 0 -9.81"/>
  <size memory="10M" nkey="1"/>
  <default><geom friction="1 .005 .0001" density="1000"/><motor ctrllimited="auto"/></default>
  <asset>
    <texture name="tex" type="2d" builtin="checker" width="64" height="64" rgb1="1 1 1" rgb2="0 0 0"/>
    <material name="mat" texture="tex" texrepeat="2 2"/>
    <mesh name="tetra" vertex="0 0 0 1 0 0 0 1 0 0 0 1"/>
    <hfield name="hill" nrow="8" ncol="8" size="1 1 .1 .1"/>
  </asset>
  <worldbody>
    <light pos="0 0 3"/><site name="hook" pos="0 0 2"/>
    <geom name="floor" type="plane" size="5 5 .1" material="mat"/>
    <camera name="eye" pos="0 -3 1" resolution="64 48"/>
    <body name="arm" pos="0 0 1">
      <joint name="hinge" type="hinge" axis="0 1 0" range="-1 1"/>
      <geom name="rod" type="capsule" fromto="0 0 0 .5 0 0" size=".05" mass="1"/>
      <site name="tip" pos=".5 0 0"/>
      <body name="hand" pos=".5 0 0"><joint name="wrist" type="ball"/><geom type="mesh" mesh="tetra" mass=".2"/></body>
    </body>
    <body name="ball" pos="1 0 1"><freejoint name="free"/><geom type="sphere" size=".1"/></body>
    <body name="sheet" pos="2 0 1"><flexcomp name="cloth" type="grid" count="3 3 1" spacing=".1 .1 .1" radius=".01" mass="1"/></body>
  </worldbody>
  <tendon><spatial name="rope" range="0 3"><site site="tip"/><site site="hook"/></spatial></tendon>
  <equality><weld body1="ball" body2="arm" active="false"/></equality>
  <actuator><motor name="m" joint="hinge" gear="1" ctrlrange="-1 1"/><position joint="hinge" kp="10"/></actuator>
  <sensor><jointpos joint="hinge"/><touch site="tip"/><rangefinder site="tip"/></sensor>
  <keyframe><key name="k" time="0"/></keyframe>
  <contact><exclude body1="arm" body2="hand"/></contact>
</mujoco>
'''

ROBOT = '''<robot name="r">
  <material name="red"><color rgba="1 0 0 1"/></material>
  <link name="base"><visual><geometry><box size="1 1 1"/></geometry><material name="red"/></visual></link>
  <link name="arm"><inertial><origin xyz="0 0 0" rpy="0 0 0"/><mass value="1"/>
    <inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial>
    <collision><geometry><cylinder radius=".1" length="1"/></geometry></collision></link>
  <joint name="turn" type="revolute"><parent link="base"/><child link="arm"/><axis xyz="0 0 1"/>
    <limit lower="-1" upper="1" effort="10" velocity="1"/><dynamics damping=".1" friction="0"/></joint>
</robot>
'''

NUMBERS = ['nan', 'NaN', '-nan', 'inf', '-inf', 'Infinity', '1e308', '-1e308', '1e999', '2147483647', '-2147483648', '4294967296',
           '9223372036854775807', '0', '-0', '-1', '1e-308', '1e-30', '1e30', '0x7fffffff', '99999999999999999999', '', ' ', 'a', '1 2 3 4 5 6 7 8 9',
           '1e10', '1000000', '65536', '-1e10', '1e5']
OUTSIDE = ['/etc/passwd', '/etc/hostname', '/dev/zero', '/dev/tty', '/proc/self/mem', '/proc/self/environ', '../secret.obj',
           '../../../../etc/passwd', 'a/../../secret.obj', '..\\secret.obj', 'file:///etc/passwd', 'http://localhost/x.obj',
           'package://../../secret.obj', '~/x.obj', '.', '..', '', '//etc/passwd', './/..//secret.obj', 'link.obj', 'out/secret.obj',
           'pipe.obj', 'loop.obj', 'sub']


def world(inside, before=''):
    return f'<mujoco>{before}<worldbody>{inside}</worldbody></mujoco>'


def png(width, height, body=b''):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(body)) + chunk(b'IEND', b'')


def stl(said, there):
    return bytes(80) + struct.pack('<I', said) + struct.pack('<12fH', 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0) * there


class Maker:
    """Writes one model and what belongs to it into `folder`; each method is a class and returns the model's bytes or text."""

    def __init__(self, folder, rng):
        self.folder, self.rng = folder, rng

    def put(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    def large(self):
        return self.rng.choice([100, 1000, 10000, 10 ** 5, 10 ** 6, 10 ** 7, 10 ** 9, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 10 ** 12])

    def replicate(self):
        body = self.rng.choice(['<body/>', '<geom size=".1"/>', '<body><freejoint/><geom size=".1"/></body>', '<site/>'])
        for _ in range(self.rng.randint(1, 6)):
            body = f'<replicate count="{self.large() if self.rng.random() < .5 else self.rng.randint(2, 60)}" offset=".1 0 0">{body}</replicate>'
        return world(body)

    def flexcomp(self):
        n = self.rng.choice([2, 5, 11, 12, 20, 50, 1000, 2 ** 31 - 1])
        kind = self.rng.choice(['grid', 'box', 'square', 'circle', 'ellipsoid', 'cylinder', 'disc', 'mesh', 'gmsh', 'direct'])
        dof = self.rng.choice(['', 'dof="trilinear"', 'dof="quadratic"', 'dof="radial"', 'rigid="true"'])
        cells = self.rng.choice(['', f'cellcount="{n} {n} {n}"'])
        return world(f'<body name="b"><flexcomp name="f" type="{kind}" dim="{self.rng.randint(0, 4)}" count="{n} {n} {self.rng.choice([1, n])}" '
                     f'spacing=".1 .1 .1" radius=".01" mass="1" {dof} {cells}/></body>')

    def composite(self):
        return world(f'<body><composite type="cloth" count="{self.large()} 9 1" spacing=".1"><geom size=".01"/></composite></body>')

    def many(self):
        element = self.rng.choice(['<body/>', '<body><freejoint/><geom size=".1"/></body>', '<geom size=".1"/>', '<site/>', '<camera/>', '<light/>'])
        return world(element * self.rng.choice([1000, 1900, 2100, 5000, 10000, 60000]))

    def many_sections(self):
        n = self.rng.choice([500, 5000, 50000])
        which = self.rng.choice(['<sensor>' + '<clock/>' * n + '</sensor>', '<keyframe>' + '<key time="1"/>' * n + '</keyframe>',
                                 '<custom>' + ''.join(f'<numeric name="n{i}" data="1" size="{self.rng.choice([1, 1000])}"/>' for i in range(n)) + '</custom>',
                                 '<default>' * min(n, 600) + '</default>' * min(n, 600),
                                 '<asset>' + ''.join(f'<material name="m{i}"/>' for i in range(n)) + '</asset>'])
        return f'<mujoco>{which}</mujoco>'

    def attributes(self):
        return '<mujoco ' + ' '.join(f'a{i}="{i}"' for i in range(self.rng.choice([100, 129, 5000, 50000]))) + '/>'

    def deep(self):
        n = self.rng.choice([100, 240, 300, 1000, 20000, 100000])
        return world('<body><geom size=".1"/>' * n + '</body>' * n) if self.rng.random() < .8 else '<mujoco>' + '<a>' * n

    def sizes(self):
        name = self.rng.choice(['nkey', 'njmax', 'nconmax', 'nstack', 'nuserdata', 'memory', 'nuser_body', 'nuser_jnt', 'nuser_geom',
                                'nuser_site', 'nuser_cam', 'nuser_tendon', 'nuser_actuator', 'nuser_sensor'])
        return world('<body><freejoint/><geom size=".1"/></body>', f'<size {name}="{self.rng.choice(NUMBERS + [str(self.large()), "1000G", "1E", "900M"])}"/>')

    def options(self):
        name = self.rng.choice(['timestep', 'iterations', 'ls_iterations', 'noslip_iterations', 'ccd_iterations', 'sdf_iterations', 'sdf_initpoints',
                                'tolerance', 'impratio', 'density', 'viscosity', 'o_margin', 'gravity', 'wind', 'magnetic'])
        value = self.rng.choice(NUMBERS + [str(self.large()), '1000', '10000', '1 1 1', 'nan nan nan', '1e14 1e14 1e14'])
        cone = self.rng.choice(['elliptic', 'pyramidal'])
        return world('<geom type="plane" size="1 1 1"/>' + '<body pos="0 0 .05"><freejoint/><geom type="box" size=".1 .1 .1"/></body>' * self.rng.randint(1, 30),
                     f'<option {name}="{value}" cone="{cone}"/>')

    def cameras(self):
        return world(f'<camera resolution="{self.large()} {self.large()}"/><body><geom size="1"/><freejoint/></body>') if self.rng.random() < .5 else \
            world('<body><geom size="1"/><freejoint/></body>', f'<visual><{self.rng.choice(["global offwidth", "global offheight", "quality shadowsize", "quality numslices", "quality offsamples"])}="{self.large()}"/></visual>')

    def lengthrange(self):
        name = self.rng.choice(['inttotal', 'interval', 'timestep', 'maxforce', 'accel', 'tolrange', 'timeconst'])
        return f'<mujoco><compiler><lengthrange {name}="{self.rng.choice(NUMBERS)}" mode="all"/></compiler><worldbody><body><joint name="j" axis="0 1 0" range="-1 1"/>' \
               '<geom size=".1" pos=".1 0 0"/></body></worldbody><actuator><motor joint="j"/></actuator></mujoco>'

    def textures(self):
        return f'<mujoco><asset><texture name="t" type="{self.rng.choice(["2d", "cube", "skybox"])}" builtin="{self.rng.choice(["flat", "checker", "gradient"])}" ' \
               f'width="{self.large()}" height="{self.large()}" {self.rng.choice(["", "gridsize=" + chr(34) + "9999 9999" + chr(34)])}/></asset></mujoco>'

    def builtin_meshes(self):
        kind = self.rng.choice(['sphere', 'hemisphere', 'cone', 'supersphere', 'supertorus', 'wedge', 'plate', 'prism'])
        values = ' '.join(str(self.rng.choice([1, 3, 7, 20, 199, 200, 10 ** 6, 10 ** 9, -1])) for _ in range(self.rng.randint(1, 6)))
        return f'<mujoco><asset><mesh name="m" builtin="{kind}" params="{values}"/></asset><worldbody><geom type="mesh" mesh="m"/></worldbody></mujoco>'

    def inline_meshes(self):
        n = self.rng.choice([1, 3, 4, 3000, 60000])
        points = ' '.join(f'{self.rng.uniform(-1, 1):.3f}' for _ in range(3 * n))
        face = f' face="{self.rng.choice(["0 1 2", "0 1 99999999", "-1 -1 -1", "0 0 0", "0 1"])}"' if self.rng.random() < .5 else ''
        return f'<mujoco><asset><mesh name="m" vertex="{points}"{face}/></asset><worldbody><body><freejoint/><geom type="mesh" mesh="m"/></body></worldbody></mujoco>'

    def mesh_files(self):
        ending = self.rng.choice(['stl', 'obj', 'msh', 'STL', 'OBJ', 'dae', 'so', 'xml', 'mjb', 'skn'])
        i32 = lambda: struct.pack('<i', self.rng.choice([0, 1, 3, 100, 2 ** 31 - 1, -1, -2 ** 31, 10 ** 6]))
        data = self.rng.choice([b'', stl(self.large() % 2 ** 32, 2), stl(4, 4), stl(199999, 3), b'solid x\n', bytes(self.rng.randrange(256) for _ in range(300)),
                                b'v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 99999999\n', b'v nan nan nan\nf 1 1 1\n', b'v 0 0 0\n' * 300000,
                                b'v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 2 3\nf -9 -8 -7\n', b'mtllib /etc/passwd\nv 0 0 0\n', i32() + i32() + i32() + i32() + bytes(500),
                                struct.pack('<4i', 4, 0, 0, 4) + struct.pack('<12f', *([float('nan')] * 12)) + struct.pack('<12i', *([77777777] * 12)),
                                b'$MeshFormat\n4.1 0 8\n$EndMeshFormat\n$Nodes\n1 999999999 1 999999999\n'])
        self.put(f'm.{ending}', data)
        kind = self.rng.choice(['mesh', 'mesh', 'skin', 'hfield'])
        size = ' size="1 1 1 1"' if kind == 'hfield' else ''
        geom = '<geom type="mesh" mesh="m"/>' if kind == 'mesh' else '<geom type="hfield" hfield="m"/>' if kind == 'hfield' else ''
        return f'<mujoco><asset><{kind} name="m" file="m.{ending}"{size}/></asset><worldbody>{geom}</worldbody></mujoco>'

    def flex_files(self):
        self.put('f.msh', self.rng.choice([b'$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n' + str(self.large()).encode() + b'\n1 0 0 0\n$EndNodes\n',
                                           b'$MeshFormat\n4.1 1 8\n' + bytes(200), b'$MeshFormat', bytes(64)]))
        return world(f'<body name="b"><flexcomp name="f" type="{self.rng.choice(["gmsh", "mesh"])}" file="f.msh" dim="3"/></body>')

    def pictures(self):
        w, h = self.rng.choice([(1, 1), (20000, 20000), (2 ** 31 - 1, 1), (65535, 65535), (4097, 4097), (0, 5), (64, 64)])
        data = png(w, h, bytes(64 * 193) if (w, h) == (64, 64) else b'')
        data = self.rng.choice([data, data[:self.rng.randrange(len(data))], b'GIF89a' + bytes(40), b'\xabKTX 11\xbb\r\n\x1a\n' + bytes(100)])
        self.put('p.png', data)
        return self.rng.choice(['<mujoco><asset><texture name="t" type="2d" file="p.png"/></asset></mujoco>',
                                '<mujoco><asset><hfield name="h" file="p.png" size="1 1 1 1"/></asset><worldbody><geom type="hfield" hfield="h"/></worldbody></mujoco>',
                                '<mujoco><asset><texture name="t" type="cube" fileup="p.png" gridsize="3 4"/></asset></mujoco>'])

    def hfields(self):
        return f'<mujoco><asset><hfield name="h" nrow="{self.large()}" ncol="{self.large()}" size="{self.rng.choice(["1 1 1 1", "nan 1 1 1", "0 0 0 0"])}"/></asset></mujoco>'

    def outside(self):
        (self.folder / 'sub').mkdir(exist_ok=True)
        for name, to in (('link.obj', '../secret.obj'), ('out', '..'), ('loop.obj', 'loop.obj'), ('abs.obj', '/etc/passwd')):
            if not (self.folder / name).is_symlink():
                (self.folder / name).symlink_to(to)
        if not (self.folder / 'pipe.obj').exists():
            os.mkfifo(self.folder / 'pipe.obj')
        name = self.rng.choice(OUTSIDE + ['abs.obj'])
        folder = f'<compiler {self.rng.choice(["meshdir", "assetdir", "texturedir"])}="{self.rng.choice(["..", "/etc", "/", "out", "sub/../.."])}"/>' if self.rng.random() < .4 else ''
        use = self.rng.choice([f'<include file="{name}"/>', f'<asset><mesh name="m" file="{name}"/></asset>', f'<asset><texture name="t" type="2d" file="{name}"/></asset>',
                               f'<asset><hfield name="h" file="{name}" size="1 1 1 1"/></asset>', f'<asset><model name="m" file="{name}"/></asset>',
                               f'<asset><skin name="s" file="{name}"/></asset>', f'<asset><texture name="t" type="cube" fileup="{name}" fileleft="{name}"/></asset>'])
        return f'<mujoco>{folder}{use}</mujoco>'

    def includes(self):
        n = self.rng.randint(1, 5)
        for i in range(n):
            self.put(f'i{i}.xml', f'<mujoco><include file="i{(i + 1) % n}.xml"/></mujoco>')
        return f'<mujoco><include file="{self.rng.choice(["i0.xml", "model.xml", "./model.xml", "gone.xml", "sub/../model.xml"])}"/></mujoco>'

    def attach(self):
        return f'<mujoco model="m"><asset><model name="m" file="{self.rng.choice(["model.xml", "gone.xml", "../x.xml"])}"/></asset>' \
               '<worldbody><frame><attach model="m" body="world" prefix="x"/></frame></worldbody></mujoco>'

    def plugins(self):
        return self.rng.choice(['<mujoco><extension><plugin plugin="mujoco.elasticity.cable"/></extension></mujoco>',
                                world('<body><geom size="1"><plugin plugin="mujoco.sdf.bolt"/></geom></body>'),
                                '<mujoco><actuator><plugin joint="j" plugin="x"/></actuator></mujoco>', '<mujoco><asset><mesh name="m"><plugin plugin="x"/></mesh></asset></mujoco>'])

    def spheres(self):
        n = self.rng.choice([50, 200, 600, 1500])
        return world(''.join(f'<body pos="{i * 1e-3:g} 0 {i * 1e-4:g}"><freejoint/><geom size=".5" condim="{self.rng.choice([1, 3, 4, 6])}"/></body>' for i in range(n)),
                     f'<option iterations="{self.rng.choice([10, 100, 10000])}" tolerance="0" cone="{self.rng.choice(["elliptic", "pyramidal"])}" solver="{self.rng.choice(["PGS", "CG", "Newton"])}"/>')

    def diverging(self):
        return world('<body name="wild"><joint type="slide" axis="0 0 1" stiffness="1e9" damping="-1e6"/><geom size=".1" mass="1e-6"/></body>'
                     f'<body pos="9 9 9"><joint axis="0 1 0" armature="{self.rng.choice(NUMBERS)}"/><geom size=".1" pos="1 0 0"/></body>', '<option timestep="0.1"/>')

    def doctypes(self):
        return '<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">' + ''.join(f'<!ENTITY a{i} "{"&a" + str(i - 1 if i > 1 else "") + ";"}{"&a" + str(i - 1 if i > 1 else "") + ";"}">' for i in range(1, 30)) + \
               self.rng.choice([']><mujoco model="&a29;"/>', '<!ENTITY x SYSTEM "file:///etc/passwd">]><mujoco model="&x;"/>', ']><mujoco/>'])

    def encodings(self):
        return self.rng.choice([GOOD.encode('utf-16'), b'\xff\xfe' + GOOD.encode('latin1'), GOOD.encode().replace(b'good', b'g\0d'), GOOD.encode().replace(b'good', b'\xc3\x28'),
                                b'<?xml version="1.0" encoding="ebcdic"?>' + GOOD.encode(), b'\xef\xbb\xbf' + GOOD.encode(), b'<' + bytes(1000), b'<mujoco>' + b'x' * (6 << 20) + b'</mujoco>'])

    def truncated(self):
        return GOOD[:self.rng.randrange(len(GOOD))]

    def bytes_changed(self):
        data = bytearray((GOOD if self.rng.random() < .7 else ROBOT).encode())
        for _ in range(self.rng.choice([1, 3, 20])):
            data[self.rng.randrange(len(data))] = self.rng.randrange(256)
        return bytes(data)

    def values_changed(self):
        text = GOOD
        for _ in range(self.rng.randint(1, 4)):
            at = self.rng.choice(list(re.finditer(r'="([^"]*)"', text)))
            value = self.rng.choice(NUMBERS + [str(self.large()), at[1] + ' ' + at[1], at[1][::-1], 'hinge', 'arm', 'world'])
            text = text[:at.start(1)] + value + text[at.end(1):]
        return text

    def numbers_changed(self):
        text = GOOD
        for _ in range(self.rng.randint(1, 3)):
            at = self.rng.choice(list(re.finditer(r'(?<=[" ])-?\.?\d[\d.]*(?=[" ])', text)))
            text = text[:at.start()] + self.rng.choice(NUMBERS[:18] + [str(self.large())]) + text[at.end():]
        return text

    def elements_changed(self):
        text = GOOD
        for _ in range(self.rng.randint(1, 4)):
            leaves = list(re.finditer(r'<[^<>/][^<>]*/>', text))
            at, other = self.rng.choice(leaves), self.rng.choice(leaves)
            text = text[:at.start()] + self.rng.choice(['', other[0], at[0] * 2, at[0] + other[0], f'<frame>{other[0]}</frame>']) + text[at.end():]
        return text

    def names_clash(self):
        return self.rng.choice([GOOD.replace('"hand"', '"arm"'), GOOD.replace('"wrist"', '"hinge"'), GOOD.replace('name="tex"', 'name=""'),
                                world('<body name="world"/>'), world('<body name="a"/>' * 50), GOOD.replace('joint="hinge"', 'joint="nobody"')])

    def robots(self):
        what = self.rng.choice(['loop', 'twice', 'mesh', 'number', 'many', 'gazebo'])
        if what == 'loop':
            return ROBOT.replace('<parent link="base"/><child link="arm"/>', '<parent link="arm"/><child link="arm"/>')
        if what == 'twice':
            return ROBOT.replace('name="arm"', 'name="base"')
        if what == 'mesh':
            return ROBOT.replace('<box size="1 1 1"/>', f'<mesh filename="{self.rng.choice(OUTSIDE)}"/>').replace('<cylinder radius=".1" length="1"/>', f'<mesh filename="package://r/{self.rng.choice(OUTSIDE)}"/>')
        if what == 'number':
            at = self.rng.choice(list(re.finditer(r'="([-\d. ]+)"', ROBOT)))
            return ROBOT[:at.start(1)] + self.rng.choice(NUMBERS) + ROBOT[at.end(1):]
        if what == 'many':
            n = self.rng.choice([300, 1900, 5000])
            return '<robot name="r">' + ''.join(f'<link name="l{i}"/>' for i in range(n)) + ''.join(f'<joint name="j{i}" type="fixed"><parent link="l{i}"/><child link="l{i + 1}"/></joint>' for i in range(n - 1)) + '</robot>'
        return ROBOT.replace('</robot>', '<gazebo><plugin filename="/tmp/x.so"/></gazebo><mujoco><compiler meshdir=".." strippath="true"/><size nkey="1000000000"/></mujoco></robot>')

    def sensors(self):
        n = self.rng.choice(['1000', '1000000', '2147483647', '-1'])
        return f'<mujoco><worldbody><site name="s"/><body name="b"><freejoint/><geom name="g" size="1"/></body></worldbody><sensor>{self.rng.choice([f"<user dim={chr(34)}{n}{chr(34)}/>", f"<contact geom1={chr(34)}g{chr(34)} num={chr(34)}{n}{chr(34)}/>", f"<clock nsample={chr(34)}{n}{chr(34)}/>"])}</sensor></mujoco>'

    def binaries(self):
        return struct.pack('<i', 54321) + bytes(self.rng.randrange(256) for _ in range(self.rng.choice([0, 100, 5000])))

    def words(self):
        return self.rng.choice(['', ' ', '<', '<>', '<a', '<mujoco', '<mujoco/', '<mujoco></mujoco><mujoco/>', '<svg/>', '<mujoco/>trailing', '<mujocoinclude/>', '<MUJOCO/>', '<mujoco xmlns="x"/>',
                                '<?xml version="9.9"?><mujoco/>', '<mujoco><![CDATA[' + 'x' * 100000 + ']]></mujoco>', '<mujoco><!--' + '-' * 9999 + '></mujoco>', world('<body pos="' + '1 ' * 300000 + '"/>'),
                                '<mujoco model="' + 'x' * 1000000 + '"/>', world('<body name="' + 'x' * 100000 + '"/>'), world('<geom size=".1" rgba="' + '9' * 5000 + '"/>')])

    def good(self):
        return self.rng.choice([GOOD, ROBOT, '<mujoco/>', world('')])


def classes():
    return [name for name in vars(Maker) if not name.startswith('_') and name not in ('put', 'large')]


def write_all(folder, count, seed):
    """`count` models, each in a folder of its own beside a file that nobody may read: [(class, path)]."""
    rng, made, kinds = random.Random(seed), [], classes()
    weights = {'values_changed': 5, 'numbers_changed': 4, 'bytes_changed': 3, 'elements_changed': 3, 'outside': 4}
    often = [kind for kind in kinds for _ in range(weights.get(kind, 1))]
    for i in range(count):
        kind = kinds[i] if i < len(kinds) else often[i % len(often)] if i % 2 else rng.choice(often)
        place = folder / f'{i:04}'
        (place / 'model').mkdir(parents=True)
        (place / 'secret.obj').write_bytes(b'v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n')
        text = getattr(Maker(place / 'model', random.Random(f'{seed} {i}')), kind)()
        path = place / 'model' / ('model.urdf' if isinstance(text, str) and text.startswith('<robot') else 'model.xml')
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        made.append((kind, path))
    return made


def run_all(paths, trace):
    """Opens all, in as few processes as it takes: (rows by path, paths that a process died of)."""
    rows, deaths, left = {}, [], list(paths)
    while left:
        command = [BUILD / 'tests/fuzz/hostile-run']
        if trace:
            command = ['strace', '-f', '-qq', '-s', '4096', '-e', 'trace=open,openat,openat2,creat,truncate,unlink,rename,mkdir,connect', '-e', 'signal=none', '-A', '-o', trace] + command
        done = subprocess.run(command, input='\n'.join(map(str, left)) + '\n', capture_output=True, text=True, errors='replace')
        for line in done.stdout.splitlines():
            row = json.loads(line)
            rows[row['file']] = row
        left = [path for path in left if str(path) not in rows]
        if left:
            deaths.append(left.pop(0))
            print(f'# {deaths[-1]}: ended the program with {done.returncode}: {done.stderr[-300:]!r}')
    return rows, deaths


OPENED = re.compile(r'(?:open|openat|openat2|creat|truncate|unlink|rename|mkdir)\((?:(?:AT_FDCWD|\d+), )?"((?:[^"\\]|\\.)*)"(.*)')


def opened(trace):
    """Names that were asked for, with what came of it; those relative to a folder's handle are the kernel's to keep in it."""
    names = collections.Counter()
    for line in open(trace, errors='replace'):
        found = OPENED.search(line)
        if found and not ('RESOLVE_BENEATH' in line) and found[1].startswith('/'):
            names[found[1]] += 1
    return names


def beyond(trace, folder, known):
    """What was opened that is neither of a model's folder nor opened for a harmless model, too."""
    own = re.compile(re.escape(str(folder)) + r'/\d{4}/model(/|$)')
    names = opened(trace)
    if not any(own.match(name) for name in names):
        return ['the trace shows no model being opened']
    system = re.compile(r'/(usr/)?lib(64)?/|/usr/share/locale/|/etc/ld\.so\.')  # libraries, which no model names
    return [name for name in names if name not in known and not own.match(name) and not system.match(name)]


def report(number, title, problems):
    print(f'{"not " if problems else ""}ok {number} {title}')
    for problem in problems[:20]:
        print(f'# {problem}')
    return bool(problems)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--count', type=int, default=2000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--keep')
    parser.add_argument('--no-trace', action='store_true')
    options = parser.parse_args()
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix='simgen-hostile-')).resolve()
    made = write_all(folder, options.count, options.seed)
    trace = None if options.no_trace or not shutil.which('strace') else folder / 'trace'
    if trace and subprocess.run(['strace', '-o', '/dev/null', 'true'], capture_output=True).returncode != 0:
        trace = None  # not allowed here
    known = set()
    if trace:  # the libraries, and what they look for
        harmless = write_all(folder / 'harmless', 1, 0)[0][1]
        harmless.write_text(GOOD)
        rows, _ = run_all([harmless], trace)
        assert [row['code'] for row in rows.values()] == ['good'], rows
        known = set(opened(trace))
        trace.unlink()
    rows, deaths = run_all([path for _, path in made], trace)
    by_class = collections.defaultdict(collections.Counter)
    for kind, path in made:
        by_class[kind][rows[str(path)]['code'] if str(path) in rows else 'DEATH'] += 1
    for kind, codes in sorted(by_class.items()):
        print(f'# {kind}: ' + ', '.join(f'{code} {n}' for code, n in codes.most_common()))
    verdicts = sorted(row['verdict_s'] for row in rows.values())
    memory = [row['resident_mb'] for row in rows.values()]
    print(f'# {len(rows)} models, {sum(row["code"] == "good" for row in rows.values())} of them opened; verdicts: median {verdicts[len(verdicts) // 2]:.3f} s, '
          f'p99 {verdicts[len(verdicts) * 99 // 100]:.3f} s, longest {verdicts[-1]:.3f} s; longest steps {max(row["steps_s"] for row in rows.values()):.3f} s; '
          f'process {memory[len(memory) // 4]:.0f} MB after a quarter, {memory[-1]:.0f} MB at the end')
    print('1..4')
    failed = report(1, 'none ends the program', deaths)
    failed |= report(2, 'every verdict within 10 s', [f'{r["file"]}: {r["verdict_s"]} s' for r in rows.values() if r['verdict_s'] > MOST_SECONDS + SLACK])
    failed |= report(3, 'every refusal says what and where',
                     [f'{r["file"]}: {r["code"]} {r["message"]}' for r in rows.values() if r['code'] != 'good' and (len(r['message']) < 10 or r['code'] == 'base.unknown')])
    if trace:
        failed |= report(4, 'nothing is opened outside the model\'s folder', beyond(trace, folder, known))
    else:
        print('ok 4 nothing is opened outside the model\'s folder # SKIP no strace here')
    if not options.keep and not failed:
        shutil.rmtree(folder)
    else:
        print(f'# kept in {folder}')
    raise SystemExit(failed)


if __name__ == '__main__':
    main()
