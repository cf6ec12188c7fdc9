#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person said of a mark, through the file, the reading and the compiled mechanism."""
import itertools
import json
import random
import xml.etree.ElementTree as xml

from cli import EXAMPLES, circle, main, need, run, sketch, succeed, write

PIN, ROD, BOB = 6, 7, 8  # strokes of the pendulum


def pendulum(folder, *corrections, **members):
    page = json.loads((EXAMPLES / 'pendulum.simgen').read_text())
    page.update(members, corrections=list(corrections))
    return write(folder / 'page.simgen', page)


def reading(path):
    return json.loads(succeed('analyze', '--json', path))


def element(result, *strokes):
    """The one element of these strokes."""
    found, = (one for one in result['elements'] if one['strokes'] == sorted(strokes))
    return found


def compiled(path):
    return xml.fromstring(succeed('compile', path))


def masses(path):
    return [float(geom.get('mass', 0)) for geom in compiled(path).iter('geom')]


def line(*points):
    """Ink along straight sides, a point every 5 units."""
    ink = [list(points[0])]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        n = max(1, int(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** .5 / 5))
        ink += [[x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n] for i in range(1, n + 1)]
    return ink


def a_told_kind_and_role_hold(folder):
    result = reading(pendulum(folder, {'mark': [BOB], 'kind': 'rectangle', 'role': 'fixed'}))
    bob = element(result, BOB)
    need(bob['kind'] == 'rectangle' and bob['role'] == 'fixed', f'{bob}')
    need(bob['confidence'] == 1 and bob['corrected'] is True, f'{bob}')
    need('circle' in {other['kind'] for other in bob['alternatives']}, 'what was read is an alternative')
    need('corrected' not in element(result, ROD), 'nothing was said of the rod')


def taking_it_back_restores_the_reading(folder):
    plain = reading(EXAMPLES / 'pendulum.simgen')
    again = reading(pendulum(folder))
    need(again['elements'] == plain['elements'] and again['hash'] == plain['hash'], 'as before')
    need(reading(pendulum(folder, {'mark': [BOB]}))['hash'] != plain['hash'], 'a correction is part of the page')


def every_kind_can_be_told_of_any_ink(folder):
    kinds = ['line', 'polyline', 'curve', 'arc', 'circle', 'ellipse', 'rectangle', 'triangle', 'polygon', 'blob', 'spring',
             'damper', 'arrow', 'turn-arrow', 'cross', 'hatching', 'text', 'unknown']
    for kind, ink in itertools.product(kinds, [[PIN], [ROD], [BOB], [1, 2, 3, 4, 5], [ROD, BOB], [0, 1, 8]]):
        path = pendulum(folder, {'mark': ink, 'kind': kind})
        mark = element(reading(path), *ink)
        need(mark['kind'] == kind and mark['confidence'] == 1, f'{kind} of {ink}: {mark}')
        compiled(path)


def only_ink_is_no_body(folder):
    path = pendulum(folder, {'mark': [BOB], 'role': 'decoration'})
    need(element(reading(path), BOB)['role'] == 'decoration', 'only ink')
    need('ball' not in succeed('compile', path), 'no bob')


def properties_reach_the_model(folder):
    path = pendulum(folder, {'mark': [BOB], 'properties': {'mass': 2.5, 'friction': 0.1, 'restitution': 0.5}},
                    {'mark': [PIN], 'properties': {'damping': 0.25}})
    ball, = (geom for geom in compiled(path).iter('geom') if geom.get('mass') == '2.5')
    need(ball.get('friction', '').startswith('0.1') and ball.get('solref', '').startswith('-'), f'{ball.attrib}')
    need(any(joint.get('damping') == '0.25' for joint in compiled(path).iter('joint')), 'the pin is stiff')
    steel, foam = (max(masses(pendulum(folder, {'mark': [BOB], 'properties': {'material': material}})))
                   for material in ('steel', 'foam'))
    need(steel > 20 * foam, f'of steel {steel} kg, of foam {foam} kg')


def what_was_said_wins_over_a_label(folder):
    label = {'x': 290, 'y': 370, 'text': '2 kg'}
    need(2 in masses(pendulum(folder, labels=[label])), 'the label counts')
    said = masses(pendulum(folder, {'mark': [BOB], 'properties': {'mass': 7}}, labels=[label]))
    need(7 in said and 2 not in said, f'{said}')
    need(3 in masses(pendulum(folder, {'mark': [{'label': 0}], 'text': '3 kg'}, labels=[label])), 'a label read otherwise')


def ends_and_centre_go_where_they_were_put(folder):
    result = reading(pendulum(folder, {'mark': [ROD], 'handles': {'to': [280, 300]}},
                              {'mark': [BOB], 'handles': {'center': [280, 330]}}))
    (_, end), bob = element(result, ROD)['geometry']['points'], element(result, BOB)['geometry']
    need(end == [280, 300] and abs(bob['center'][0] - 280) < .01 and abs(bob['center'][1] - 330) < .01, f'{end} {bob}')


def strokes_are_merged(folder):
    page = sketch(line((0, 0), (60, 0)), line((60, 2), (60, 80)), line((200, 0), (260, 0)),
                  corrections=[{'mark': [0, 1], 'kind': 'polyline'}])
    result = reading(write(folder / 'merge.simgen', page))
    need(element(result, 0, 1)['kind'] == 'polyline' and element(result, 2)['kind'] == 'line', f"{result['elements']}")


def a_stroke_is_split_at_its_corner(folder):
    page = sketch(line((0, 0), (100, 0), (100, 100)),
                  corrections=[{'mark': [{'stroke': 0, 'to': 0.5}]}, {'mark': [{'stroke': 0, 'from': 0.5}]}])
    first, second = reading(write(folder / 'split.simgen', page))['elements']
    need(first['kind'] == second['kind'] == 'line' and first['strokes'] == second['strokes'] == [0], 'two lines')
    corner = first['geometry']['points'][1]
    need(abs(corner[0] - 100) < 2 and abs(corner[1]) < 2, f'{corner}')
    page['corrections'] = page['corrections'][:1]
    rest = reading(write(folder / 'rest.simgen', page))['elements']
    need([mark['kind'] for mark in rest] == ['line', 'line'] and sum('corrected' in mark for mark in rest) == 1, f'{rest}')


def it_holds_as_strokes_come_and_go(folder):
    page = json.loads(pendulum(folder, {'mark': [BOB], 'role': 'fixed', 'properties': {'mass': 3}}).read_text())
    page['strokes'].append({'points': circle(600, 200, 30)})
    result = reading(write(folder / 'more.simgen', page))
    need(element(result, BOB)['role'] == 'fixed' and element(result, 9)['kind'] == 'circle', 'with one more')


def what_means_nothing_is_an_issue(folder):
    result = reading(pendulum(folder, {'mark': [BOB], 'kind': 'gizmo'}, {'mark': [ROD], 'role': 'boss'},
                              {'mark': [{'stroke': ROD, 'to': .5}]}, {'someday': 1}, 7, None))
    codes = sorted(issue['code'] for issue in result['issues'] if 'correction' in issue['code'])
    need(codes == ['sketch.lost-correction', 'sketch.unknown-correction', 'sketch.unknown-correction'], f'{codes}')
    need(element(result, BOB)['kind'] == 'circle', 'and changes nothing')


def mangled_corrections_never_crash(folder):
    rng = random.Random(4)
    keys = ['mark', 'kind', 'role', 'text', 'handles', 'properties']
    values = [None, True, -1, 0, 8, 9, 1e300, .5, '', 'spring', 'body', [], {}, [0], [8, 8, 8], {'stroke': 8}, {'label': 0},
              {'stroke': 8, 'from': .999, 'to': 1}, {'image': 0, 'at': [0, 0]}, [0, 1, 2, 3, 4, 5, 6, 7, 8],
              {'from': [0, 0], 'to': [0, 0], 'center': [1e6, -1e6]}, {'mass': 1e-6, 'stiffness': 1e9, 'length': .001}]
    for number in range(100):
        corrections = [{key: rng.choice(values) for key in rng.sample(keys, rng.randint(1, 6))}
                       for _ in range(rng.randint(1, 4))]
        for correction in corrections:
            if rng.random() < .7:
                correction['mark'] = rng.choice([[0], [8], [6, 7], [{'stroke': 7, 'to': .5}], list(range(9))])
        path = pendulum(folder, *corrections)
        for command in (['analyze', '--json', path], ['compile', path]):
            status, _, err = run(*command)
            need(status in (0, 1), f'{number}: exit status {status}: {corrections}')
            need(status == 0 or err.startswith('simgen-cli: '), f'{number}: {err}')


main(a_told_kind_and_role_hold, taking_it_back_restores_the_reading, every_kind_can_be_told_of_any_ink,
     only_ink_is_no_body, properties_reach_the_model, what_was_said_wins_over_a_label,
     ends_and_centre_go_where_they_were_put, strokes_are_merged, a_stroke_is_split_at_its_corner,
     it_holds_as_strokes_come_and_go, what_means_nothing_is_an_issue, mangled_corrections_never_crash)
