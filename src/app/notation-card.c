/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ink in a small language, a letter and numbers a mark:
 *   l x y x y ...         a line through points          c x y r               a circle
 *   r x y w h             a box by its middle            a x y r start sweep   an arc, degrees clockwise
 *   h x y x y n           n ticks on a line's right      g x y x y n           the line and its ticks
 *   z x y x y             a spring                       d x y                 a dot
 *   > x y x y             an arrow                       @ x y r start sweep   a turning arrow
 *   w x y size            a loop whose tails cross       t x y words_so        typed words
 * Lines are drawn as by a hand: never quite straight. */
#include "app/notation-card.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#define PEN 3.0
#define STEP 4.0  /* page units between two points */
#define SWAY 0.7  /* how far a line leaves its course */
#define TICK 10.0 /* along and across, of hatching */
#define MAX_NUMBERS 64

static const SgNotationCard cards[] = {
  { N_ ("Body"), N_ ("Any closed outline: a circle, a box, a triangle or a freehand one."),
    N_ ("Falls, rolls and pushes. It weighs as light wood does unless you say more."),
    "c 60 80 34 r 165 80 80 56 l 270 45 310 112 232 112 270 45", "3 body" },
  { N_ ("Rod"), N_ ("A straight line with free ends."), N_ ("A stiff, thin body."), "l 70 60 230 110",
    "1 body" },
  { N_ ("Ground, wall or ramp"), N_ ("A line with four or more short strokes on one side."),
    N_ ("Stays where it is. A curve with such strokes is a track."), "g 60 60 260 130 9 c 110 40 20",
    "1 fixed, 1 body" },
  { N_ ("Fixed body"), N_ ("An X on a body."), N_ ("The body stays where it is."),
    "r 160 80 110 66 l 146 66 174 94 l 174 66 146 94", "2 fixed" },
  { N_ ("Pin"), N_ ("A small circle or dot at a rod's end, or where two bodies overlap."),
    N_ ("What is under it turns about it: two bodies about each other, one about the page."),
    "g 240 40 80 40 7 c 160 40 6 l 160 40 110 130 c 100 150 22", "1 pin, 1 fixed" },
  { N_ ("Joint of rods"), N_ ("A pin where the ends of two rods meet."),
    N_ ("The rods turn about each other."), "l 40 70 170 110 c 170 110 6 l 170 110 280 40",
    "2 body, 1 pin" },
  { N_ ("Weld"), N_ ("A small loop with crossing tails, or one X, across two bodies."),
    N_ ("The two are one rigid body."), "r 109 80 90 60 r 201 80 90 60 w 159 80 30", "2 body, 1 weld" },
  { N_ ("Support"), N_ ("A triangle whose tip meets a plank's middle."),
    N_ ("The plank turns on it, as a see-saw."),
    "l 40 90 280 90 l 160 93 186 140 134 140 160 93 g 60 142 260 142 8", "1 body" },
  { N_ ("Spring"), N_ ("A zigzag or coil of three turns or more, between two things."),
    N_ ("Pulls and pushes. “k = 50 N/m” beside it says how hard."),
    "g 220 30 100 30 7 z 160 30 160 140 r 160 168 80 56", "1 spring, 1 body" },
  { N_ ("Damper"), N_ ("A piston in a cup."), N_ ("Resists motion along it."),
    "g 220 20 100 20 7 l 160 20 160 60 l 144 120 144 60 l 144 60 176 60 l 176 60 176 120 l 149 90 171 90 "
    "l 160 170 160 90 r 160 196 80 52",
    "1 damper, 1 body" },
  { N_ ("Rope"), N_ ("A slack line between two things, or a straight one called “rope”."),
    N_ ("Holds, but does not push."), "g 230 30 90 30 7 l 160 30 160 140 c 160 164 24 t 190 130 rope",
    "1 rope, 1 body" },
  { N_ ("Pulley"), N_ ("A rope over a pinned circle."), N_ ("The rope runs around it."),
    "g 230 20 90 20 7 l 160 20 160 90 c 160 90 40 c 160 90 6 "
    "l 120 260 120 90 123 75 132 62 145 53 160 50 175 53 188 62 197 75 200 90 200 200 r 120 285 50 50 r "
    "200 225 50 50",
    "1 rope, 2 body, 1 pin" },
  { N_ ("Force"), N_ ("An arrow that starts on a body."),
    N_ ("Pushes along the arrow, harder the longer it is, or as “5 N” says."),
    "r 100 80 80 60 > 140 80 250 80", "1 body, 1 force" },
  { N_ ("Velocity"), N_ ("An arrow with “v” beside it."), N_ ("How fast the body starts: “v = 2”."),
    "c 90 80 30 > 120 80 230 80 t 160 55 v_=_2", "1 body, 1 velocity" },
  { N_ ("Gravity"), N_ ("An arrow on its own that points down, or one with “g”."),
    N_ ("Which way things fall."), "c 80 80 30 > 200 40 200 140 t 214 90 g", "1 body, 1 gravity" },
  { N_ ("Motor"), N_ ("A curved arrow around a pin or a wheel."),
    N_ ("Turns it that way. “10 rpm” says how fast."), "c 160 110 60 c 160 110 6 @ 160 110 84 -160 230",
    "1 body, 1 pin, 1 motor" },
  { N_ ("Slider"), N_ ("A block between two parallel lines."), N_ ("The block slides along them."),
    "l 10 50 310 50 l 10 110 310 110 r 130 80 80 56", "1 body, 2 fixed" },
  { N_ ("Trace"), N_ ("Dots or dashes that begin beside a body."),
    N_ ("Shows the body's path as it moves."),
    "c 60 110 30 l 100 110 120 113 l 140 113 160 119 l 180 122 200 131 l 220 137 240 149",
    "1 body, 1 trace" },
  { N_ ("Words and numbers"), N_ ("Written, or typed with the text tool, near a mark."),
    N_ ("“2 kg”, “k = 50 N/m”, “ice”, “30°”, “1 m” along a line for the scale."),
    "r 110 90 90 60 t 90 34 2_kg", "1 body, 1 label" },
  { N_ ("Scribble"), N_ ("Back and forth over marks."), N_ ("Deletes them; undo brings them back."),
    "c 110 90 30 l 60 60 220 80 64 96 216 104 68 120 210 126", NULL },
};

typedef struct
{
  SgPageBuilder *page;
  guint n_strokes; /* each sways in its own way */
} Hand;

static void
put_stroke (Hand *hand, const SgPoint *points, guint n)
{
  g_autoptr (GArray) ink = g_array_new (FALSE, FALSE, sizeof (SgInkPoint));
  double phase = hand->n_strokes++ * 1.7, along = 0;

  for (guint i = 0; i + 1 < n; i++)
    {
      double length = sg_point_distance (points[i], points[i + 1]);
      guint steps = MAX (1, (guint)(length / STEP));

      for (guint k = 0; k < steps + (i + 2 == n); k++)
        {
          SgPoint p = sg_point_lerp (points[i], points[i + 1], (double)k / steps);
          double s = (along + length * k / steps) / 31;
          SgInkPoint point = { p.x + SWAY * sin (s + phase), p.y + SWAY * sin (0.8 * s + 2 * phase), NAN,
                               NAN };

          g_array_append_val (ink, point);
        }
      along += length;
    }
  sg_page_builder_take_stroke (hand->page,
                               sg_stroke_new (PEN, NULL, (SgInkPoint *)ink->data, ink->len, NULL));
}

static void
put_arc (Hand *hand, const double *v, double start, double sweep)
{
  SgPoint points[49];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double a = (start + sweep * i / (G_N_ELEMENTS (points) - 1)) * G_PI / 180;
      points[i] = SG_POINT (v[0] + v[2] * cos (a), v[1] + v[2] * sin (a));
    }
  put_stroke (hand, points, G_N_ELEMENTS (points));
}

static void
put_dot (Hand *hand, const double *v)
{
  SgPoint points[33];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double r = 5.0 * (1 - i / 40.0);
      points[i] = SG_POINT (v[0] + r * cos (0.6 * i), v[1] + r * sin (0.6 * i));
    }
  put_stroke (hand, points, G_N_ELEMENTS (points));
}

static void
put_box (Hand *hand, const double *v)
{
  double l = v[0] - v[2] / 2, r = v[0] + v[2] / 2, t = v[1] - v[3] / 2, b = v[1] + v[3] / 2;

  put_stroke (hand, (const SgPoint[]){ { l, t }, { r, t }, { r, b }, { l, b }, { l, t } }, 5);
}

static void
put_ticks (Hand *hand, const double *v)
{
  SgPoint from = { v[0], v[1] }, to = { v[2], v[3] };
  SgPoint u = sg_point_scale (sg_point_sub (to, from), 1 / sg_point_distance (from, to));

  for (guint i = 0; i < v[4]; i++)
    {
      SgPoint p = sg_point_lerp (from, to, (i + 0.5) / v[4]);
      SgPoint end = { p.x + TICK * (-u.y - 0.7 * u.x), p.y + TICK * (u.x - 0.7 * u.y) };

      put_stroke (hand, (const SgPoint[]){ p, end }, 2);
    }
}

static void
put_head (Hand *hand, SgPoint tip, SgPoint back)
{
  SgPoint side = { -back.y * 0.6, back.x * 0.6 };

  put_stroke (hand,
              (const SgPoint[]){ sg_point_add (sg_point_add (tip, back), side), tip,
                                 sg_point_sub (sg_point_add (tip, back), side) },
              3);
}

static void
put_arrow (Hand *hand, const double *v)
{
  SgPoint from = { v[0], v[1] }, tip = { v[2], v[3] };

  put_stroke (hand, (const SgPoint[]){ from, tip }, 2);
  put_head (hand, tip, sg_point_scale (sg_point_sub (from, tip), 14 / sg_point_distance (from, tip)));
}

static void
put_turn_arrow (Hand *hand, const double *v)
{
  double end = (v[3] + v[4]) * G_PI / 180, way = v[4] > 0 ? 11 : -11;

  put_arc (hand, v, v[3], v[4]);
  put_head (hand, SG_POINT (v[0] + v[2] * cos (end), v[1] + v[2] * sin (end)),
            SG_POINT (way * sin (end), -way * cos (end)));
}

static void
put_spring (Hand *hand, const double *v)
{
  SgPoint points[16], from = { v[0], v[1] }, to = { v[2], v[3] };
  double length = sg_point_distance (from, to), lead = 8;
  SgPoint u = sg_point_scale (sg_point_sub (to, from), 1 / length);
  const guint n = G_N_ELEMENTS (points);

  for (guint i = 0; i < n; i++)
    {
      double s = i == 0       ? 0
                 : i == n - 1 ? length
                              : lead + (length - 2 * lead) * (i - 1) / (n - 3);
      double side = i < 2 || i > n - 3 ? 0 : i % 2 ? 10
                                                   : -10;

      points[i] = SG_POINT (from.x + u.x * s - u.y * side, from.y + u.y * s + u.x * side);
    }
  put_stroke (hand, points, n);
}

static void
put_weld (Hand *hand, const double *v)
{
  SgPoint points[31];

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      double t = -1.45 + 2.9 * i / (G_N_ELEMENTS (points) - 1);
      points[i] = SG_POINT (v[0] + 0.45 * v[2] * (t * t - 1), v[1] + 0.75 * v[2] * t * (t * t - 1));
    }
  put_stroke (hand, points, G_N_ELEMENTS (points));
}

static void
put_words (Hand *hand, const double *v, const char *words)
{
  g_autofree char *text = g_strdelimit (g_strdup (words), "_", ' ');

  sg_page_builder_take_label (hand->page, sg_label_new (SG_POINT (v[0], v[1]), text, NULL));
}

static void
put_mark (Hand *hand, char mark, const double *v, guint n, const char *words)
{
  switch (mark)
    {
    case 'l':
      put_stroke (hand, (const SgPoint *)v, n / 2);
      break;
    case 'c':
      put_arc (hand, v, 40, 363);
      break;
    case 'a':
      put_arc (hand, v, v[3], v[4]);
      break;
    case 'r':
      put_box (hand, v);
      break;
    case 'd':
      put_dot (hand, v);
      break;
    case 'g':
      put_stroke (hand, (const SgPoint *)v, 2);
      put_ticks (hand, v);
      break;
    case 'h':
      put_ticks (hand, v);
      break;
    case 'z':
      put_spring (hand, v);
      break;
    case 'w':
      put_weld (hand, v);
      break;
    case '>':
      put_arrow (hand, v);
      break;
    case '@':
      put_turn_arrow (hand, v);
      break;
    case 't':
      put_words (hand, v, words);
      break;
    default:
      g_assert_not_reached ();
    }
}

const SgNotationCard *
sg_notation_cards (guint *n_cards)
{
  *n_cards = G_N_ELEMENTS (cards);
  return cards;
}

SgPage *
sg_notation_card_page (const SgNotationCard *card)
{
  g_auto (GStrv) words = g_strsplit (card->ink, " ", -1);
  Hand hand = { .page = sg_page_builder_new (NULL) };

  for (char **word = words; *word != NULL;)
    {
      double v[MAX_NUMBERS] = { 0 };
      char mark = **word++;
      guint n = 0;

      /* typed words come last and may begin with a digit */
      while (*word != NULL && n < MAX_NUMBERS && (mark != 't' || n < 2) &&
             (g_ascii_isdigit (**word) || **word == '-'))
        v[n++] = g_ascii_strtod (*word++, NULL);
      put_mark (&hand, mark, v, n, mark == 't' ? *word++ : NULL);
    }
  return sg_page_builder_end (hand.page);
}
