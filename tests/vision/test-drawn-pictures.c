/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mechanisms of which all that is left is a picture, each drawn by several unsteady hands, and how they are
 * read. */
#include "cli/photograph.h"

#include "pencil.h"

#define HANDS 6
/* Of the sheet, to one of the page. */
#define UNITS (SG_SHEET_WIDTH / 800.0)

/* The stroke on the sheet, with a hand's slow wobble. */
static GArray *
draw_unsteadily (const GArray *stroke, GRand *hand)
{
  GArray *drawn = g_array_copy ((GArray *)stroke);
  double phase[4], sway[4], pitch[4];

  for (guint i = 0; i < 4; i++)
    {
      phase[i] = g_rand_double_range (hand, 0, 6.28);
      sway[i] = g_rand_double_range (hand, -1, 1);
      pitch[i] = g_rand_double_range (hand, 0.08, 0.36);
    }
  for (guint i = 0; i < drawn->len; i++) /* a point every 4 page units */
    {
      SgPoint *p = &g_array_index (drawn, SgPoint, i);

      p->x += sway[0] * sin (phase[0] + pitch[0] * i) + sway[1] * sin (phase[1] + pitch[1] * i);
      p->y += sway[2] * sin (phase[2] + pitch[2] * i) + sway[3] * sin (phase[3] + pitch[3] * i);
      *p = sg_point_scale (*p, UNITS);
    }
  return drawn;
}

/* The drawing, on a page of 800 x 600, as a picture of twice as many pixels. */
static SgPage *
page_of_picture (const Pencil *pencil, guint hand)
{
  const SgPhotograph how = { .paper = { 255, 255, 255 }, .pen = 3 * UNITS, .strength = 1 };
  g_autoptr (SgSheet) sheet = sg_sheet_new (0);
  g_autoptr (GRand) rand = g_rand_new_with_seed (hand);
  g_autoptr (GError) error = NULL;
  SgPageBuilder *builder = sg_page_builder_new (NULL);
  char *data;
  gsize size;

  g_array_set_size (sheet->strokes, 0);
  for (guint i = 0; i < pencil->strokes->len; i++)
    {
      GArray *stroke = draw_unsteadily (pencil->strokes->pdata[i], rand);
      g_array_append_val (sheet->strokes, stroke);
    }
  g_autoptr (GdkPixbuf) pixbuf = sg_photograph_take (&how, sheet, 1600, 1200);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", &error, "compression", "1", NULL);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  sg_page_builder_take_image (builder, sg_image_new ((SgRect){ 0, 0, 800, 600 }, bytes, NULL));
  return sg_page_builder_end (builder);
}

static SgReading *
read_picture (const Pencil *pencil, guint hand)
{
  g_autoptr (SgPage) page = page_of_picture (pencil, hand);
  g_autoptr (GError) error = NULL;
  SgReading *reading = sg_analyze (page, NULL, &error);

  g_assert_no_error (error);
  return reading;
}

typedef struct
{
  SgKind kind;
  SgRole role;
  guint n;
} Expected;

/* That hand after hand exactly these bodies are read, and at least these of the other roles. */
static void
check_hands (const Pencil *pencil, const Expected *expected, guint n)
{
  for (guint hand = 0; hand < HANDS; hand++)
    {
      g_autoptr (SgReading) reading = read_picture (pencil, hand);
      guint bodies = 0, moving = 0;

      for (guint k = 0; k < n; k++)
        {
          guint count = 0;

          for (guint i = 0; i < sg_reading_n_elements (reading); i++)
            {
              const SgElement *element = sg_reading_element (reading, i);
              count += element->kind == expected[k].kind && element->role == expected[k].role;
            }
          g_test_message ("hand %u: %u %s", hand, count, sg_kind_name (expected[k].kind));
          g_assert_cmpuint (count, ==, expected[k].n);
          bodies += expected[k].role == SG_ROLE_BODY ? expected[k].n : 0;
        }
      for (guint i = 0; i < sg_reading_n_elements (reading); i++)
        if (sg_reading_element (reading, i)->role == SG_ROLE_BODY)
          {
            g_test_message ("hand %u: body %s", hand, sg_reading_element (reading, i)->id);
            moving++;
          }
      g_assert_cmpuint (moving, ==, bodies);
    }
}

#define CHECK_HANDS(pencil, ...)                          \
  check_hands (pencil, (const Expected[]){ __VA_ARGS__ }, \
               sizeof ((const Expected[]){ __VA_ARGS__ }) / sizeof (Expected))

/* A tick that an uneven row leaves out belongs to it all the same: it is no body. */
static void
test_odd_ticks (void)
{
  Pencil pencil;

  pencil_init (&pencil);
  pencil_line (&pencil, 80, 520, 720, 520);
  pencil_hatch (&pencil, 80, 520, 720, 520, 16);
  pencil_line (&pencil, 681, 520, 676, 527); /* shorter */
  pencil_line (&pencil, 150, 250, 450, 480);
  pencil_hatch (&pencil, 150, 250, 450, 480, 9);
  pencil_line (&pencil, 283, 352, 265, 356); /* longer */
  pencil_circle (&pencil, 204, 246, 20);
  CHECK_HANDS (&pencil, { SG_KIND_CIRCLE, SG_ROLE_BODY, 1 }, { SG_KIND_LINE, SG_ROLE_FIXED, 2 });
  pencil_clear (&pencil);
}

/* Nor is a spring that begins above a floor's end the head of an arrow of which that is the shaft. */
static void
test_spring_over_floor (void)
{
  Pencil pencil;
  SgPoint coil[105] = { { 120, 488 } };

  for (guint i = 0; i <= 102; i++)
    {
      double turns = 5.0 * i / 102;
      coil[i + 1] =
        SG_POINT (128 + 29 * turns + 11 * sin (2 * G_PI * turns), 488 + 10 * cos (2 * G_PI * turns));
    }
  coil[104] = SG_POINT (281, 488);
  pencil_init (&pencil);
  pencil_line (&pencil, 120, 380, 120, 520);
  pencil_hatch (&pencil, 120, 380, 120, 520, 7);
  pencil_line (&pencil, 120, 520, 700, 520);
  pencil_hatch (&pencil, 120, 520, 700, 520, 14);
  pencil_path (&pencil, coil, G_N_ELEMENTS (coil));
  pencil_box (&pencil, 312, 480, 62, 60);
  CHECK_HANDS (&pencil, { SG_KIND_RECTANGLE, SG_ROLE_BODY, 1 }, { SG_KIND_SPRING, SG_ROLE_SPRING, 1 });
  pencil_clear (&pencil);
}

/* A box on a wedge on the floor: lines that were drawn next to each other part none of them, and hatching
 * under the wedge is the whole floor's. */
static void
test_box_on_wedge (void)
{
  Pencil pencil;

  pencil_init (&pencil);
  pencil_line (&pencil, 80, 520, 720, 520);
  pencil_hatch (&pencil, 80, 520, 720, 520, 16);
  PENCIL_PATH (&pencil, { 200, 519 }, { 520, 519 }, { 200, 330 }, { 200, 518 });
  PENCIL_PATH (&pencil, { 261, 364 }, { 287, 321 }, { 335, 349 }, { 310, 392 }, { 262, 365 });
  pencil_cross (&pencil, 270, 465, 26);
  CHECK_HANDS (&pencil, { SG_KIND_RECTANGLE, SG_ROLE_BODY, 1 }, { SG_KIND_TRIANGLE, SG_ROLE_FIXED, 1 });
  pencil_clear (&pencil);
}

/* What two ropes, the ceiling and the sign that hangs on them enclose is no body. */
static void
test_sign_on_ropes (void)
{
  Pencil pencil;

  pencil_init (&pencil);
  pencil_ceiling (&pencil, 220, 580, 80);
  pencil_line (&pencil, 300, 80, 340, 250);
  pencil_line (&pencil, 500, 80, 460, 250);
  pencil_box (&pencil, 400, 280, 160, 58);
  CHECK_HANDS (&pencil, { SG_KIND_RECTANGLE, SG_ROLE_BODY, 1 }, { SG_KIND_LINE, SG_ROLE_BODY, 2 });
  pencil_clear (&pencil);
}

/* A piston's plate does not close the cup that it is in. */
static void
test_piston (void)
{
  Pencil pencil;

  pencil_init (&pencil);
  pencil_ceiling (&pencil, 340, 500, 70);
  pencil_line (&pencil, 440, 70, 440, 130);
  PENCIL_PATH (&pencil, { 420, 190 }, { 420, 130 }, { 460, 130 }, { 460, 190 });
  pencil_line (&pencil, 440, 250, 440, 160);
  pencil_line (&pencil, 426, 160, 454, 160);
  pencil_box (&pencil, 420, 282, 130, 62);
  CHECK_HANDS (&pencil, { SG_KIND_RECTANGLE, SG_ROLE_BODY, 1 }, { SG_KIND_DAMPER, SG_ROLE_DAMPER, 1 });
  pencil_clear (&pencil);
}

/* Dominoes part the floor that they stand on; all of it is hatched. */
static void
test_dominoes (void)
{
  Pencil pencil;

  pencil_init (&pencil);
  pencil_line (&pencil, 100, 520, 700, 520);
  pencil_hatch (&pencil, 100, 520, 700, 520, 15);
  for (guint i = 0; i < 5; i++)
    pencil_box (&pencil, 220 + 55 * i, 470, 16, 98);
  CHECK_HANDS (&pencil, { SG_KIND_RECTANGLE, SG_ROLE_BODY, 5 });
  pencil_clear (&pencil);
}

/* Links between pins close no quadrilateral. */
static void
test_four_bar (void)
{
  const SgPoint pins[] = { { 250, 500 }, { 250, 380 }, { 480, 330 }, { 540, 500 } };
  Pencil pencil;

  pencil_init (&pencil);
  pencil_line (&pencil, 180, 500, 620, 500);
  pencil_hatch (&pencil, 180, 500, 620, 500, 11);
  for (guint i = 0; i < G_N_ELEMENTS (pins); i++)
    pencil_pin (&pencil, pins[i].x, pins[i].y);
  for (guint i = 0; i < 3; i++)
    pencil_line (&pencil, pins[i].x, pins[i].y, pins[i + 1].x, pins[i + 1].y);
  CHECK_HANDS (&pencil, { SG_KIND_LINE, SG_ROLE_BODY, 3 });
  pencil_clear (&pencil);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/drawn-pictures/odd-ticks", test_odd_ticks);
  g_test_add_func ("/vision/drawn-pictures/spring-over-floor", test_spring_over_floor);
  g_test_add_func ("/vision/drawn-pictures/box-on-wedge", test_box_on_wedge);
  g_test_add_func ("/vision/drawn-pictures/sign-on-ropes", test_sign_on_ropes);
  g_test_add_func ("/vision/drawn-pictures/piston", test_piston);
  g_test_add_func ("/vision/drawn-pictures/dominoes", test_dominoes);
  g_test_add_func ("/vision/drawn-pictures/four-bar", test_four_bar);
  return g_test_run ();
}
