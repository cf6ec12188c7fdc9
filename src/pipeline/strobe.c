/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A worksheet's picture: a mechanism at some times, one over the other, as a strobe light shows it; from
 * the front, in SVG. What moves is paler the longer ago it was, and its centres of mass are dots at equal
 * times. A shape is the outline of what it covers of the page: the convex hull of points of its surface. */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/file.h"
#include "base/units.h"
#include "pipeline/export-private.h"
#include "stream/manifest.h"

#define WIDTH 900.0 /* of the picture, its longer side; pixels */
#define MARGIN 24.0
#define FOOT 44.0 /* below it: scale and time */
#define ROUND 32  /* points of a circle */
#define MESH_POINTS 4096
#define LAST_GROUP 2 /* of geoms that are shown */
#define FARTHEST 1e4 /* m: what is farther off is not of the picture */
#define SPRING_TURNS 10

typedef struct
{
  double x, z; /* m */
} Point;

typedef struct
{
  const SgExport *export;
  const mjModel *model;
  mjData *data;
  GString *svg;
  double low[2], high[2]; /* m: what is drawn */
  double scale;           /* pixels a metre */
  guint n;                /* poses */
  double apart;           /* s between them */
  GArray *points;         /* Point: of the shape */
} Strobe;

/* -- Outlines -- */

static void
add_point (Strobe *strobe, int geom, double x, double y, double z)
{
  const double *at = strobe->data->geom_xpos + 3 * geom, *turn = strobe->data->geom_xmat + 9 * geom;
  const double own[3] = { x, y, z };
  double turned[3];

  mju_mulMatVec3 (turned, turn, own);
  Point point = { at[0] + turned[0], at[2] + turned[2] };
  g_array_append_val (strobe->points, point);
}

/* Circles of a surface that is round about its own z axis, `radius` about it at height `z`. */
static void
add_ring (Strobe *strobe, int geom, double radius_x, double radius_y, double z)
{
  for (guint i = 0; i < ROUND; i++)
    add_point (strobe, geom, radius_x * cos (2 * G_PI * i / ROUND), radius_y * sin (2 * G_PI * i / ROUND), z);
}

static void
add_ellipsoid (Strobe *strobe, int geom, const double radii[3], double shift)
{
  for (int k = -ROUND / 4; k <= ROUND / 4; k++)
    {
      double latitude = 2 * G_PI * k / ROUND;

      add_ring (strobe, geom, radii[0] * cos (latitude), radii[1] * cos (latitude),
                radii[2] * sin (latitude) + shift);
    }
}

static void
add_mesh (Strobe *strobe, int geom)
{
  int mesh = strobe->model->geom_dataid[geom];
  int n = mesh >= 0 ? strobe->model->mesh_vertnum[mesh] : 0, step = MAX (n / MESH_POINTS, 1);

  for (int i = 0; i < n; i += step)
    {
      const float *vertex = strobe->model->mesh_vert + 3 * (strobe->model->mesh_vertadr[mesh] + i);

      add_point (strobe, geom, vertex[0], vertex[1], vertex[2]);
    }
}

static void
collect (Strobe *strobe, int geom)
{
  const double *size = strobe->model->geom_size + 3 * geom;
  const double round[3] = { size[0], size[0], size[0] };

  g_array_set_size (strobe->points, 0);
  switch (strobe->model->geom_type[geom])
    {
    case mjGEOM_SPHERE:
      add_ellipsoid (strobe, geom, round, 0);
      break;
    case mjGEOM_ELLIPSOID:
      add_ellipsoid (strobe, geom, size, 0);
      break;
    case mjGEOM_CAPSULE:
      add_ellipsoid (strobe, geom, round, size[1]);
      add_ellipsoid (strobe, geom, round, -size[1]);
      break;
    case mjGEOM_CYLINDER:
      add_ring (strobe, geom, size[0], size[0], size[1]);
      add_ring (strobe, geom, size[0], size[0], -size[1]);
      break;
    case mjGEOM_BOX:
      for (int i = 0; i < 8; i++)
        add_point (strobe, geom, i & 1 ? size[0] : -size[0], i & 2 ? size[1] : -size[1],
                   i & 4 ? size[2] : -size[2]);
      break;
    case mjGEOM_MESH:
      add_mesh (strobe, geom);
      break;
    default: /* a plane is the ground, drawn apart */
      break;
    }
}

static int
compare_points (const void *a, const void *b)
{
  const Point *first = a, *second = b;
  double difference = first->x != second->x ? first->x - second->x : first->z - second->z;

  return (difference > 0) - (difference < 0);
}

static double
turn (Point a, Point b, Point c)
{
  return (b.x - a.x) * (c.z - a.z) - (b.z - a.z) * (c.x - a.x);
}

/* Andrew's monotone chain ("Another efficient algorithm for convex hulls in two dimensions", 1979). Leaves
 * the hull in `points`. */
static void
make_hull (GArray *points)
{
  guint n = points->len, size = 0;

  if (n < 3)
    return;
  Point *from = (Point *)points->data;
  qsort (from, n, sizeof *from, compare_points);
  g_autofree Point *hull = g_new (Point, 2 * n);
  for (guint pass = 0; pass < 2; pass++)
    {
      guint least = size + 1;

      for (guint i = 0; i < n; i++)
        {
          Point point = from[pass == 0 ? i : n - 1 - i];

          while (size > least && turn (hull[size - 2], hull[size - 1], point) <= 0)
            size--;
          hull[size++] = point;
        }
      size--; /* the other pass begins with it */
    }
  g_array_set_size (points, 0);
  g_array_append_vals (points, hull, size);
}

/* -- The picture -- */

static void
include (Strobe *strobe, Point point)
{
  if (!(fabs (point.x) < FARTHEST && fabs (point.z) < FARTHEST))
    return;
  strobe->low[0] = MIN (strobe->low[0], point.x);
  strobe->high[0] = MAX (strobe->high[0], point.x);
  strobe->low[1] = MIN (strobe->low[1], point.z);
  strobe->high[1] = MAX (strobe->high[1], point.z);
}

static void
append_number (Strobe *strobe, const char *before, double value, const char *after)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (strobe->svg, before);
  g_string_append (strobe->svg, g_ascii_formatd (text, sizeof text, "%.2f", value));
  g_string_append (strobe->svg, after);
}

static void
append_point (Strobe *strobe, Point point)
{
  append_number (strobe, "", MARGIN + (point.x - strobe->low[0]) * strobe->scale, ",");
  append_number (strobe, "", MARGIN + (strobe->high[1] - point.z) * strobe->scale, " ");
}

static gboolean
is_moving (const mjModel *model, int body)
{
  return model->body_weldid[body] != 0 || model->body_mocapid[body] >= 0;
}

static gboolean
is_shown (const Strobe *strobe, int geom)
{
  return strobe->model->geom_group[geom] <= LAST_GROUP && sg_manifest_color (strobe->model, geom)[3] > 0 &&
         strobe->model->geom_type[geom] != mjGEOM_PLANE;
}

/* `ago` 0..1: how long ago this pose was. */
static void
append_geom (Strobe *strobe, int geom, double ago)
{
  const float *color = sg_manifest_color (strobe->model, geom);

  collect (strobe, geom);
  make_hull (strobe->points);
  if (strobe->points->len < 3)
    return;
  g_string_append (strobe->svg, "<polygon points=\"");
  for (guint i = 0; i < strobe->points->len; i++)
    append_point (strobe, g_array_index (strobe->points, Point, i));
  g_string_append_printf (
    strobe->svg, "\" fill=\"#%02x%02x%02x\"", (guint)lroundf (255 * CLAMP (color[0], 0, 1)),
    (guint)lroundf (255 * CLAMP (color[1], 0, 1)), (guint)lroundf (255 * CLAMP (color[2], 0, 1)));
  append_number (strobe, " fill-opacity=\"", 0.55 - 0.45 * ago, "\"");
  append_number (strobe, " stroke-opacity=\"", 1 - 0.65 * ago, "\"/>\n");
}

/* Springs as zigzags, ropes as lines; the way that MuJoCo found round pulleys. */
static void
append_tendon (Strobe *strobe, int tendon, double ago)
{
  const mjData *data = strobe->data;
  int n = data->ten_wrapnum[tendon];
  gboolean spring = strobe->model->tendon_stiffness[tendon] > 0 && n == 2;

  if (n < 2)
    return;
  g_string_append (strobe->svg, "<polyline fill=\"none\" points=\"");
  for (int i = 0; i < n; i++)
    {
      const double *at = data->wrap_xpos + 3 * (data->ten_wrapadr[tendon] + i), *to = at + 3;

      append_point (strobe, (Point){ at[0], at[2] });
      for (int k = 0; spring && i == 0 && k < 2 * SPRING_TURNS; k++)
        {
          double share = (k + 0.5) / (2 * SPRING_TURNS), side = k % 2 ? 1 : -1;
          double along[2] = { to[0] - at[0], to[2] - at[2] }, length = hypot (along[0], along[1]);
          double width = 8 / strobe->scale * side / MAX (length, 1e-9);

          append_point (strobe, (Point){ at[0] + share * along[0] - width * along[1],
                                         at[2] + share * along[1] + width * along[0] });
        }
    }
  append_number (strobe, "\" stroke-opacity=\"", 1 - 0.65 * ago, "\"/>\n");
}

static void
append_bodies (Strobe *strobe, gboolean moving, double ago)
{
  for (int geom = 0; geom < strobe->model->ngeom; geom++)
    if (is_shown (strobe, geom) && is_moving (strobe->model, strobe->model->geom_bodyid[geom]) == moving)
      append_geom (strobe, geom, ago);
  for (int tendon = 0; moving && tendon < strobe->model->ntendon; tendon++)
    append_tendon (strobe, tendon, ago);
}

/* Ground as a line with hatching below it. */
static void
append_ground (Strobe *strobe)
{
  for (int geom = 0; geom < strobe->model->ngeom; geom++)
    {
      double z = strobe->data->geom_xpos[3 * geom + 2];

      if (strobe->model->geom_type[geom] != mjGEOM_PLANE || strobe->data->geom_xmat[9 * geom + 8] < 0.999)
        continue;
      double y = MARGIN + (strobe->high[1] - z) * strobe->scale;
      double right = MARGIN + (strobe->high[0] - strobe->low[0]) * strobe->scale;

      append_number (strobe, "<line x1=\"", MARGIN, "\"");
      append_number (strobe, " x2=\"", right, "\"");
      append_number (strobe, " y1=\"", y, "\"");
      append_number (strobe, " y2=\"", y, "\"/>\n");
      append_number (strobe, "<rect stroke=\"none\" fill=\"url(#hatching)\" x=\"", MARGIN, "\"");
      append_number (strobe, " y=\"", y, "\"");
      append_number (strobe, " width=\"", right - MARGIN, "\" height=\"10\"/>\n");
    }
}

/* -- Times -- */

static double
time_of (const Strobe *strobe, guint i)
{
  return strobe->export->from + i * strobe->apart;
}

/* A time that is easily reckoned with, so that there are no more poses than were asked for. */
static void
choose_times (Strobe *strobe)
{
  static const double nice[] = { 1, 2, 2.5, 4, 5, 10 };
  double span = strobe->export->to - strobe->export->from;
  guint most = strobe->export->options->n_poses, i = 0;

  strobe->n = 1;
  if (!(span > 0) || most < 2)
    return;
  double least = span / (most - 1) * (1 - 1e-9), power = pow (10, floor (log10 (least)));
  while (nice[i] * power < least)
    i++;
  strobe->apart = nice[i] * power;
  strobe->n = 1 + (guint)floor (span / strobe->apart + 1e-9);
}

static gboolean
show (Strobe *strobe, guint i, GError **error)
{
  return sg_export_go_on (strobe->export, (double)i / (2 * strobe->n), error) &&
         sg_motion_show (strobe->export->motion, time_of (strobe, i), FALSE, strobe->data, error);
}

static gboolean
find_bounds (Strobe *strobe, GError **error)
{
  for (guint i = 0; i < strobe->n; i++)
    {
      if (!show (strobe, i, error))
        return FALSE;
      for (int geom = 0; geom < strobe->model->ngeom; geom++)
        {
          if (strobe->model->geom_type[geom] == mjGEOM_PLANE)
            strobe->low[1] = MIN (strobe->low[1], strobe->data->geom_xpos[3 * geom + 2]);
          if (!is_shown (strobe, geom))
            continue;
          collect (strobe, geom);
          for (guint k = 0; k < strobe->points->len; k++)
            include (strobe, g_array_index (strobe->points, Point, k));
        }
    }
  if (!(strobe->low[0] < strobe->high[0]))
    strobe->low[0] = -1, strobe->high[0] = 1;
  if (!(strobe->low[1] < strobe->high[1]))
    strobe->low[1] = 0, strobe->high[1] = 1;
  strobe->scale = WIDTH / MAX (strobe->high[0] - strobe->low[0], strobe->high[1] - strobe->low[1]);
  return TRUE;
}

static gboolean
append_poses (Strobe *strobe, GError **error)
{
  guint n = strobe->n;

  for (guint i = 0; i < n; i++)
    {
      if (!show (strobe, i, error))
        return FALSE;
      if (i == 0)
        {
          append_ground (strobe);
          append_bodies (strobe, FALSE, 0);
        }
      g_string_append (strobe->svg, "<g class=\"pose\">\n");
      append_bodies (strobe, TRUE, n > 1 ? 1 - (double)i / (n - 1) : 0);
      g_string_append (strobe->svg, "</g>\n");
    }
  return TRUE;
}

/* Where each body's centre of mass was: dots at the times, and a fine line through them. */
static gboolean
append_traces (Strobe *strobe, GError **error)
{
  guint n = strobe->n;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Point));

  for (guint i = 0; i < n; i++)
    {
      if (!show (strobe, i, error))
        return FALSE;
      for (int body = 0; body < strobe->model->nbody; body++)
        {
          Point place = { strobe->data->xipos[3 * body], strobe->data->xipos[3 * body + 2] };

          g_array_append_val (places, place);
        }
    }
  for (int body = 1; body < strobe->model->nbody; body++)
    {
      if (strobe->model->body_weldid[body] != body || strobe->model->body_mass[body] <= 0)
        continue;
      g_string_append (strobe->svg, "<polyline class=\"trace\" points=\"");
      for (guint i = 0; i < n; i++)
        append_point (strobe, g_array_index (places, Point, i * strobe->model->nbody + body));
      g_string_append (strobe->svg, "\"/>\n");
    }
  return TRUE;
}

/* 1, 2 or 5 times a power of ten, about a fifth of the picture. */
static double
choose_scale_length (const Strobe *strobe)
{
  double wanted = (strobe->high[0] - strobe->low[0]) / 5, power = pow (10, floor (log10 (wanted)));

  return power * (wanted >= 5 * power ? 5 : wanted >= 2 * power ? 2
                                                                : 1);
}

static void
append_foot (Strobe *strobe, double height)
{
  double length = choose_scale_length (strobe), y = height - FOOT / 2;
  g_autofree char *metres = sg_units_say (length, "m"), *apart = sg_units_say (strobe->apart, "s");
  /* Translators: below a picture that shows a mechanism at some times, as in "12 pictures, 0.25 s apart" */
  g_autofree char *times = g_strdup_printf (_ ("%u pictures, %s apart"), strobe->n, apart);

  append_number (strobe, "<path fill=\"none\" stroke-width=\"1.5\" d=\"M", MARGIN, " ");
  append_number (strobe, "", y - 5, "v10m0 -5h");
  append_number (strobe, "", length * strobe->scale, "m0 -5v10\"/>\n");
  append_number (strobe, "<text x=\"", MARGIN + length * strobe->scale + 8, "\"");
  append_number (strobe, " y=\"", y + 5, "\">");
  g_string_append_printf (strobe->svg, "%s</text>\n", metres);
  append_number (strobe, "<text text-anchor=\"end\" x=\"",
                 MARGIN + (strobe->high[0] - strobe->low[0]) * strobe->scale, "\"");
  append_number (strobe, " y=\"", y + 5, "\">");
  g_string_append_printf (strobe->svg, "%s</text>\n", times);
}

static const char style[] =
  "<style>polygon,polyline,line,path{stroke:#1a1a1a;stroke-width:1.2;stroke-linejoin:round}"
  "text{font:15px sans-serif;fill:#1a1a1a}"
  ".trace{fill:none;stroke:#c01c28;stroke-width:1;stroke-dasharray:2 3;marker:url(#dot)}</style>\n"
  "<defs><marker id=\"dot\" markerWidth=\"6\" markerHeight=\"6\" refX=\"3\" refY=\"3\" "
  "markerUnits=\"userSpaceOnUse\"><circle cx=\"3\" cy=\"3\" r=\"2.4\" fill=\"#c01c28\"/></marker>\n"
  "<pattern id=\"hatching\" width=\"9\" height=\"10\" patternUnits=\"userSpaceOnUse\">"
  "<path d=\"M9 0L0 10\" style=\"stroke-width:0.8\"/></pattern></defs>\n"
  "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";

static gboolean
write_picture (Strobe *strobe, GError **error)
{
  choose_times (strobe);
  if (!find_bounds (strobe, error))
    return FALSE;
  double width = (strobe->high[0] - strobe->low[0]) * strobe->scale + 2 * MARGIN;
  double height = (strobe->high[1] - strobe->low[1]) * strobe->scale + 2 * MARGIN + FOOT;

  width = MAX (width, 360); /* room for the foot's words */
  append_number (strobe, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", width, "\"");
  append_number (strobe, " height=\"", height, "\"");
  append_number (strobe, " viewBox=\"0 0 ", width, "");
  append_number (strobe, " ", height, "\">\n");
  g_string_append (strobe->svg, style);
  if (!append_poses (strobe, error) || !append_traces (strobe, error))
    return FALSE;
  append_foot (strobe, height);
  g_string_append (strobe->svg, "</svg>\n");
  return sg_file_write (strobe->export->path, strobe->svg->str, strobe->svg->len, error);
}

gboolean
sg_export_strobe (const SgExport *export, GError **error)
{
  Strobe strobe = { .export = export,
                    .model = sg_model_get (sg_motion_get_model (export->motion)),
                    .data = export->data,
                    .svg = g_string_new (NULL),
                    .low = { INFINITY, INFINITY },
                    .high = { -INFINITY, -INFINITY },
                    .points = g_array_new (FALSE, FALSE, sizeof (Point)) };
  gboolean good = write_picture (&strobe, error);

  g_string_free (strobe.svg, TRUE);
  g_array_unref (strobe.points);
  return good;
}
