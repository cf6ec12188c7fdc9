/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/text.h"

typedef struct
{
  const char *text;
  SgQuantityKind kind;
  double value;
} Case;

static void
test_quantities (void)
{
  static const Case cases[] = {
    { "2 kg", SG_QUANTITY_MASS, 2 },
    { "m=2", SG_QUANTITY_MASS, 2 },
    { "m = 2kg", SG_QUANTITY_MASS, 2 },
    { "500 g", SG_QUANTITY_MASS, 0.5 },
    { "2,5 kg", SG_QUANTITY_MASS, 2.5 },
    { "2 kg ball", SG_QUANTITY_MASS, 2 },
    { "k=50 N/m", SG_QUANTITY_STIFFNESS, 50 },
    { "k = 50", SG_QUANTITY_STIFFNESS, 50 },
    { "1e3 N/m", SG_QUANTITY_STIFFNESS, 1000 },
    { "c = 3 N·s/m", SG_QUANTITY_DAMPING, 3 },
    { "c = 3 N s / m", SG_QUANTITY_DAMPING, 3 },
    { "v = 1 m/s", SG_QUANTITY_SPEED, 1 },
    { "v=-2", SG_QUANTITY_SPEED, -2 },
    { "v0 = 3", SG_QUANTITY_SPEED, 3 },
    { "36 km/h", SG_QUANTITY_SPEED, 10 },
    { "mu=0.3", SG_QUANTITY_FRICTION, 0.3 },
    { "µ = .3", SG_QUANTITY_FRICTION, 0.3 },
    { "μ=30 %", SG_QUANTITY_FRICTION, 0.3 },
    { "frictionless", SG_QUANTITY_FRICTION, 0 },
    { "e=0.8", SG_QUANTITY_RESTITUTION, 0.8 },
    { "30°", SG_QUANTITY_ANGLE, G_PI / 6 },
    { "-30 deg", SG_QUANTITY_ANGLE, -G_PI / 6 },
    { "θ = 90", SG_QUANTITY_ANGLE, G_PI / 2 },
    { "1 m", SG_QUANTITY_LENGTH, 1 },
    { "2m", SG_QUANTITY_LENGTH, 2 },
    { "L = 50 cm", SG_QUANTITY_LENGTH, 0.5 },
    { "5 N", SG_QUANTITY_FORCE, 5 },
    { "F=5N", SG_QUANTITY_FORCE, 5 },
    { "60 rpm", SG_QUANTITY_ANGULAR_SPEED, 2 * G_PI },
    { "ω = 3", SG_QUANTITY_ANGULAR_SPEED, 3 },
    { "g = 1.62", SG_QUANTITY_GRAVITY, 1.62 },
    { "9.81 m/s²", SG_QUANTITY_GRAVITY, 9.81 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SgQuantity quantity;

      if (!sg_text_parse_quantity (cases[i].text, &quantity))
        g_error ("\"%s\" is not understood", cases[i].text);
      g_assert_cmpint (quantity.kind, ==, cases[i].kind);
      g_assert_cmpfloat_with_epsilon (quantity.value, cases[i].value, 1e-9);
    }
}

static void
test_words (void)
{
  SgQuantity quantity;

  g_assert_true (sg_text_parse_quantity ("Icy", &quantity));
  g_assert_cmpint (quantity.kind, ==, SG_QUANTITY_MATERIAL);
  g_assert_cmpstr (quantity.word, ==, "ice");
  g_assert_true (sg_text_parse_quantity (" string ", &quantity));
  g_assert_cmpint (quantity.kind, ==, SG_QUANTITY_WORD);
  g_assert_cmpstr (quantity.word, ==, "rope");
  g_assert_true (sg_text_parse_quantity ("v", &quantity));
  g_assert_cmpstr (quantity.word, ==, "v");
}

/* Names, numbers without a meaning, and quantities that cannot be. */
static void
test_says_nothing (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "A",
    "cart",
    "2",
    "5 apples",
    "m",
    "m=",
    "x = 3",
    "-2 kg",
    "0 kg",
    "e = 1.5",
    "mu=-1",
    "k=nan",
    "m = inf",
    "1e999 kg",
    "=",
    "...",
    "\xc2\xb0",
    "kg",
    "12:30",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SgQuantity quantity;

      if (sg_text_parse_quantity (texts[i], &quantity))
        g_error ("\"%s\" is taken for quantity %d", texts[i], quantity.kind);
      g_assert_cmpint (quantity.kind, ==, SG_QUANTITY_NONE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/text/quantities", test_quantities);
  g_test_add_func ("/vision/text/words", test_words);
  g_test_add_func ("/vision/text/says-nothing", test_says_nothing);
  return g_test_run ();
}
