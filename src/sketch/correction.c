/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A correction as a value. Each change copies the few pointers of the old one; the ink itself is shared. */
#include "sketch/correction.h"

#include <string.h>

struct _SgCorrection
{
  gatomicrefcount ref_count;
  SgInkPiece *pieces; /* n_pieces; each holds a reference */
  guint n_pieces;
  char *kind, *role, *material, *text, *name; /* (nullable) */
  SgPoint handles[SG_N_HANDLES];              /* NAN where unsaid */
  double properties[SG_N_PROPERTIES];         /* NAN where unsaid */
  json_t *extra;                              /* (nullable); the whole value where there are no pieces */
};

static const struct
{
  const char *name, *unit;
  double min, max;
} properties[SG_N_PROPERTIES] = {
  [SG_PROPERTY_MASS] = { "mass", "kg", 1e-6, 1e9 },
  [SG_PROPERTY_DENSITY] = { "density", "kg/m³", 1e-3, 1e6 },
  [SG_PROPERTY_FRICTION] = { "friction", "", 0, 10 },
  [SG_PROPERTY_RESTITUTION] = { "restitution", "", 0, 1 },
  [SG_PROPERTY_STIFFNESS] = { "stiffness", "N/m", 1e-3, 1e9 },
  [SG_PROPERTY_DAMPING] = { "damping", "N s/m", 0, 1e9 },
  [SG_PROPERTY_LENGTH] = { "length", "m", 1e-3, 1e4 },
  [SG_PROPERTY_SPEED] = { "speed", "m/s", -1e4, 1e4 },
  [SG_PROPERTY_ANGULAR_SPEED] = { "angular-speed", "rad/s", -1e4, 1e4 },
  [SG_PROPERTY_FORCE] = { "force", "N", -1e9, 1e9 },
};

const char *
sg_property_name (SgProperty property)
{
  return properties[property].name;
}

const char *
sg_property_unit (SgProperty property)
{
  return properties[property].unit;
}

gboolean
sg_property_from_name (const char *name, SgProperty *property)
{
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    if (strcmp (properties[i].name, name) == 0)
      {
        *property = i;
        return TRUE;
      }
  return FALSE;
}

void
sg_property_range (SgProperty property, double *min, double *max)
{
  *min = properties[property].min;
  *max = properties[property].max;
}

const char *
sg_handle_name (SgHandle handle)
{
  static const char *const names[SG_N_HANDLES] = { "from", "to", "center" };

  return names[handle];
}

static SgInkPiece
piece_ref (SgInkPiece piece)
{
  if (piece.stroke)
    sg_stroke_ref (piece.stroke);
  if (piece.image)
    sg_image_ref (piece.image);
  if (piece.label)
    sg_label_ref (piece.label);
  return piece;
}

static void
piece_unref (SgInkPiece piece)
{
  g_clear_pointer (&piece.stroke, sg_stroke_unref);
  g_clear_pointer (&piece.image, sg_image_unref);
  g_clear_pointer (&piece.label, sg_label_unref);
}

static gpointer
piece_part (const SgInkPiece *piece)
{
  return piece->stroke ? (gpointer)piece->stroke : piece->image ? (gpointer)piece->image
                                                                : (gpointer)piece->label;
}

static SgCorrection *
correction_alloc (guint n_pieces)
{
  SgCorrection *correction = g_new0 (SgCorrection, 1);

  g_atomic_ref_count_init (&correction->ref_count);
  correction->pieces = g_new (SgInkPiece, n_pieces);
  correction->n_pieces = n_pieces;
  for (guint i = 0; i < SG_N_HANDLES; i++)
    correction->handles[i] = SG_POINT (NAN, NAN);
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    correction->properties[i] = NAN;
  return correction;
}

SgCorrection *
sg_correction_new (const SgInkPiece *pieces, guint n)
{
  g_return_val_if_fail (n > 0, NULL);

  SgCorrection *correction = correction_alloc (n);
  for (guint i = 0; i < n; i++)
    correction->pieces[i] = piece_ref (pieces[i]);
  return correction;
}

SgCorrection *
sg_correction_new_for_strokes (SgStroke *const *strokes, guint n)
{
  g_autofree SgInkPiece *pieces = g_new0 (SgInkPiece, n);

  for (guint i = 0; i < n; i++)
    pieces[i] = (SgInkPiece){ .stroke = strokes[i], .to = 1 };
  return sg_correction_new (pieces, n);
}

SgCorrection *
sg_correction_new_unknown (json_t *value)
{
  SgCorrection *correction = correction_alloc (0);

  correction->extra = value;
  return correction;
}

SgCorrection *
sg_correction_ref (SgCorrection *correction)
{
  g_atomic_ref_count_inc (&correction->ref_count);
  return correction;
}

void
sg_correction_unref (SgCorrection *correction)
{
  if (!g_atomic_ref_count_dec (&correction->ref_count))
    return;
  for (guint i = 0; i < correction->n_pieces; i++)
    piece_unref (correction->pieces[i]);
  g_free (correction->pieces);
  g_free (correction->kind);
  g_free (correction->role);
  g_free (correction->material);
  g_free (correction->text);
  g_free (correction->name);
  json_decref (correction->extra);
  g_free (correction);
}

const SgInkPiece *
sg_correction_get_pieces (const SgCorrection *correction, guint *n)
{
  *n = correction->n_pieces;
  return correction->pieces;
}

const char *
sg_correction_get_kind (const SgCorrection *correction)
{
  return correction->kind;
}

const char *
sg_correction_get_role (const SgCorrection *correction)
{
  return correction->role;
}

const char *
sg_correction_get_material (const SgCorrection *correction)
{
  return correction->material;
}

const char *
sg_correction_get_text (const SgCorrection *correction)
{
  return correction->text;
}

const char *
sg_correction_get_name (const SgCorrection *correction)
{
  return correction->name;
}

gboolean
sg_correction_get_handle (const SgCorrection *correction, SgHandle handle, SgPoint *at)
{
  *at = correction->handles[handle];
  return !isnan (at->x) && !isnan (at->y);
}

double
sg_correction_get_property (const SgCorrection *correction, SgProperty property)
{
  return correction->properties[property];
}

const json_t *
sg_correction_get_extra (const SgCorrection *correction)
{
  return correction->extra;
}

gboolean
sg_correction_is_bare (const SgCorrection *correction)
{
  SgPoint at;

  for (guint i = 0; i < SG_N_HANDLES; i++)
    if (sg_correction_get_handle (correction, i, &at))
      return FALSE;
  for (guint i = 0; i < SG_N_PROPERTIES; i++)
    if (!isnan (correction->properties[i]))
      return FALSE;
  return !correction->kind && !correction->role && !correction->material && !correction->text &&
         !correction->name && !correction->extra;
}

static gboolean
same_piece (const SgInkPiece *a, const SgInkPiece *b)
{
  if (a->stroke)
    return a->stroke == b->stroke && a->from == b->from && a->to == b->to;
  if (a->image)
    return a->image == b->image && a->anchor.x == b->anchor.x && a->anchor.y == b->anchor.y;
  return a->label && a->label == b->label;
}

gboolean
sg_correction_same_mark (const SgCorrection *a, const SgCorrection *b)
{
  if (a->n_pieces != b->n_pieces || a->n_pieces == 0)
    return FALSE;
  for (guint i = 0; i < a->n_pieces; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < b->n_pieces && !found; k++)
        found = same_piece (&a->pieces[i], &b->pieces[k]);
      if (!found)
        return FALSE;
    }
  return TRUE;
}

gboolean
sg_correction_overlaps (const SgCorrection *a, const SgCorrection *b)
{
  for (guint i = 0; i < a->n_pieces; i++)
    for (guint k = 0; k < b->n_pieces; k++)
      {
        const SgInkPiece *p = &a->pieces[i], *q = &b->pieces[k];

        if (same_piece (p, q))
          return TRUE;
        if (p->stroke && p->stroke == q->stroke && MAX (p->from, q->from) < MIN (p->to, q->to))
          return TRUE;
      }
  return FALSE;
}

static SgCorrection *
correction_copy (const SgCorrection *from)
{
  SgCorrection *copy = correction_alloc (from->n_pieces);

  for (guint i = 0; i < from->n_pieces; i++)
    copy->pieces[i] = piece_ref (from->pieces[i]);
  copy->kind = g_strdup (from->kind);
  copy->role = g_strdup (from->role);
  copy->material = g_strdup (from->material);
  copy->text = g_strdup (from->text);
  copy->name = g_strdup (from->name);
  memcpy (copy->handles, from->handles, sizeof copy->handles);
  memcpy (copy->properties, from->properties, sizeof copy->properties);
  copy->extra = json_incref (from->extra);
  return copy;
}

/* A copy in which the word at `member` is another. */
static SgCorrection *
copy_with_word (const SgCorrection *from, gsize member, const char *word)
{
  SgCorrection *copy = correction_copy (from);
  char **place = G_STRUCT_MEMBER_P (copy, member);

  g_free (*place);
  *place = g_strdup (word);
  return copy;
}

SgCorrection *
sg_correction_with_kind (const SgCorrection *correction, const char *kind)
{
  return copy_with_word (correction, G_STRUCT_OFFSET (SgCorrection, kind), kind);
}

SgCorrection *
sg_correction_with_role (const SgCorrection *correction, const char *role)
{
  return copy_with_word (correction, G_STRUCT_OFFSET (SgCorrection, role), role);
}

SgCorrection *
sg_correction_with_material (const SgCorrection *correction, const char *material)
{
  return copy_with_word (correction, G_STRUCT_OFFSET (SgCorrection, material), material);
}

SgCorrection *
sg_correction_with_text (const SgCorrection *correction, const char *text)
{
  return copy_with_word (correction, G_STRUCT_OFFSET (SgCorrection, text), text);
}

SgCorrection *
sg_correction_with_name (const SgCorrection *correction, const char *name)
{
  return copy_with_word (correction, G_STRUCT_OFFSET (SgCorrection, name), name);
}

SgCorrection *
sg_correction_with_handle (const SgCorrection *correction, SgHandle handle, SgPoint at)
{
  SgCorrection *copy = correction_copy (correction);

  copy->handles[handle] = at;
  return copy;
}

SgCorrection *
sg_correction_with_property (const SgCorrection *correction, SgProperty property, double value)
{
  SgCorrection *copy = correction_copy (correction);

  copy->properties[property] = value;
  return copy;
}

SgCorrection *
sg_correction_with_extra (const SgCorrection *correction, json_t *extra)
{
  SgCorrection *copy = correction_copy (correction);

  json_decref (copy->extra);
  copy->extra = extra;
  return copy;
}

/* -- Following the ink -- */

/* Sums for the similarity q = turn * p + shift that maps old ink to new by least squares; points are complex
 * numbers x + iy. */
typedef struct
{
  guint n;
  SgPoint p, q;    /* sums */
  double pp;       /* |p|^2 */
  SgPoint turning; /* conj (p) q */
} Motion;

static void
motion_add (Motion *motion, SgPoint p, SgPoint q)
{
  motion->n++;
  motion->p = sg_point_add (motion->p, p);
  motion->q = sg_point_add (motion->q, q);
  motion->pp += sg_point_dot (p, p);
  motion->turning.x += sg_point_dot (p, q);
  motion->turning.y += sg_point_cross (p, q);
}

/* A stroke that was changed in place has as many points as before; what was cut or redrawn has not, and says
 * nothing of where the mark went. */
static void
motion_add_stroke (Motion *motion, const SgStroke *before, const SgStroke *after)
{
  guint n, n_after;
  const SgInkPoint *p = sg_stroke_get_points (before, &n), *q = sg_stroke_get_points (after, &n_after);

  for (guint i = 0; n == n_after && i < n; i++)
    motion_add (motion, SG_POINT (p[i].x, p[i].y), SG_POINT (q[i].x, q[i].y));
}

static SgPoint
motion_apply (const Motion *motion, SgPoint at)
{
  if (motion->n == 0)
    return at;
  SgPoint p = sg_point_scale (motion->p, 1.0 / motion->n), q = sg_point_scale (motion->q, 1.0 / motion->n);
  double spread = motion->pp - motion->n * sg_point_dot (p, p);
  SgPoint turn = { 1, 0 }, d = sg_point_sub (at, p);

  if (spread > 1e-6)
    turn = SG_POINT ((motion->turning.x - motion->n * sg_point_dot (p, q)) / spread,
                     (motion->turning.y - motion->n * sg_point_cross (p, q)) / spread);
  return SG_POINT (q.x + turn.x * d.x - turn.y * d.y, q.y + turn.y * d.x + turn.x * d.y);
}

static void
put_part (SgInkPiece *piece, gpointer part)
{
  if (piece->stroke)
    piece->stroke = part;
  else if (piece->image)
    piece->image = part;
  else
    piece->label = part;
}

SgCorrection *
sg_correction_follow (SgCorrection *correction,
                      gpointer (*successor) (gpointer part, gpointer data),
                      gpointer data)
{
  g_autofree SgInkPiece *pieces = g_new (SgInkPiece, correction->n_pieces);
  gboolean changed = FALSE;
  Motion motion = { 0 };
  guint n = 0;

  for (guint i = 0; i < correction->n_pieces; i++)
    {
      SgInkPiece piece = correction->pieces[i];
      gpointer before = piece_part (&piece), after = successor (before, data);

      changed = changed || after != before;
      if (!after)
        continue;
      if (piece.stroke)
        motion_add_stroke (&motion, before, after);
      put_part (&piece, after);
      pieces[n++] = piece;
    }
  if (!changed)
    return sg_correction_ref (correction);
  if (n == 0)
    return NULL;

  SgCorrection *moved = correction_copy (correction);
  for (guint i = 0; i < moved->n_pieces; i++)
    piece_unref (moved->pieces[i]);
  for (guint i = 0; i < n; i++)
    moved->pieces[i] = piece_ref (pieces[i]);
  moved->n_pieces = n;
  for (guint i = 0; i < SG_N_HANDLES; i++)
    moved->handles[i] = motion_apply (&motion, moved->handles[i]);
  return moved;
}
