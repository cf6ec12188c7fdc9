/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person said about a mark: "these strokes together are one mark, it is a spring, of 50 N/m". A
 * statement of the document, kept apart from the recognition that it corrects, so that analysing again never
 * loses it. Immutable and reference-counted, any thread: to change one, make the changed one
 * (sg_correction_with_...) and replace it in an edit (sketch/journal.h). Kinds, roles and materials are the
 * contract's names; whether they mean anything is asked where they are applied (vision/corrections.h).
 */
#pragma once

#include "sketch/page.h"

G_BEGIN_DECLS

/* Numbers that a mark can have. */
typedef enum
{
  SG_PROPERTY_MASS,          /* kg */
  SG_PROPERTY_DENSITY,       /* kg/m3 */
  SG_PROPERTY_FRICTION,      /* - */
  SG_PROPERTY_RESTITUTION,   /* 0..1 */
  SG_PROPERTY_STIFFNESS,     /* N/m */
  SG_PROPERTY_DAMPING,       /* N s/m; at a pin N m s/rad */
  SG_PROPERTY_LENGTH,        /* m; of a rope, of a spring at rest */
  SG_PROPERTY_SPEED,         /* m/s */
  SG_PROPERTY_ANGULAR_SPEED, /* rad/s; negative: against the drawn sense */
  SG_PROPERTY_FORCE,         /* N */
  SG_N_PROPERTIES
} SgProperty;

const char *sg_property_name (SgProperty property); /* as in the file: "angular-speed" */
const char *sg_property_unit (SgProperty property); /* "kg"; "" where it has none */
gboolean sg_property_from_name (const char *name, SgProperty *property);
/* The least and the largest value that makes sense, both allowed. */
void sg_property_range (SgProperty property, double *min, double *max);

/* Places of a mark that can be put elsewhere. */
typedef enum
{
  SG_HANDLE_FROM,   /* first end: of a line, path, spring, damper, arrow (its tail), hatching */
  SG_HANDLE_TO,     /* last end (an arrow's head) */
  SG_HANDLE_CENTER, /* of anything: moves it as it is */
  SG_N_HANDLES
} SgHandle;

const char *sg_handle_name (SgHandle handle); /* as in the file: "from" */

/* One piece of the ink that makes up the mark; exactly one of the three references is set. */
typedef struct
{
  SgStroke *stroke;
  double from, to; /* 0..1: the part of the stroke's length; 0 and 1 for all of it */
  SgImage *image;
  SgPoint anchor; /* a point on the mark's ink, 0..1 of the picture's width and height */
  SgLabel *label;
} SgInkPiece;

typedef struct _SgCorrection SgCorrection;

/* A correction of the mark made of these pieces that says no more than that they are one mark. Takes its own
 * references. n >= 1. */
SgCorrection *sg_correction_new (const SgInkPiece *pieces, guint n);
SgCorrection *sg_correction_new_for_strokes (SgStroke *const *strokes, guint n); /* all of each */
/* A value of a file's array that is no correction this program knows: it is kept and means nothing. Takes
 * `value`. */
SgCorrection *sg_correction_new_unknown (json_t *value);
SgCorrection *sg_correction_ref (SgCorrection *correction);
void sg_correction_unref (SgCorrection *correction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgCorrection, sg_correction_unref)

const SgInkPiece *sg_correction_get_pieces (const SgCorrection *correction, guint *n); /* 0: unknown */
const char *sg_correction_get_kind (const SgCorrection *correction);                   /* NULL: unsaid */
/* "decoration" says that it is only ink; "fixed" and "body" whether it moves. NULL: unsaid. */
const char *sg_correction_get_role (const SgCorrection *correction);
const char *sg_correction_get_material (const SgCorrection *correction); /* NULL: unsaid */
const char *sg_correction_get_text (const SgCorrection *correction);     /* what it reads; NULL: unsaid */
const char *sg_correction_get_name (const SgCorrection *correction);     /* what to call it; NULL: unsaid */
gboolean sg_correction_get_handle (const SgCorrection *correction, SgHandle handle, SgPoint *at);
double sg_correction_get_property (const SgCorrection *correction, SgProperty property); /* NAN: unsaid */
const json_t *sg_correction_get_extra (const SgCorrection *correction);                  /* (nullable) */

/* Whether it names the mark and says nothing of it: what is left when all is reset. It still holds the
 * pieces together. */
gboolean sg_correction_is_bare (const SgCorrection *correction);
/* Whether both name the same pieces, in any order. */
gboolean sg_correction_same_mark (const SgCorrection *a, const SgCorrection *b);
/* Whether some ink is in both marks. */
gboolean sg_correction_overlaps (const SgCorrection *a, const SgCorrection *b);

/* The same statement with one thing changed; NULL and NAN unsay it. Returns: (transfer full). */
SgCorrection *sg_correction_with_kind (const SgCorrection *correction, const char *kind);
SgCorrection *sg_correction_with_role (const SgCorrection *correction, const char *role);
SgCorrection *sg_correction_with_material (const SgCorrection *correction, const char *material);
SgCorrection *sg_correction_with_text (const SgCorrection *correction, const char *text);
SgCorrection *sg_correction_with_name (const SgCorrection *correction, const char *name);
SgCorrection *sg_correction_with_handle (const SgCorrection *correction, SgHandle handle, SgPoint at);
SgCorrection *
sg_correction_with_property (const SgCorrection *correction, SgProperty property, double value);
SgCorrection *sg_correction_with_extra (const SgCorrection *correction, json_t *extra); /* takes `extra` */

/* The statement about the same mark after its ink changed. `successor` gives for a stroke, picture or label
 * the one that took its place, the same one, or NULL where it is gone; handles move, turn and grow with
 * the strokes. NULL where nothing is left of the mark; a new reference else, to the same correction where
 * nothing changed. */
SgCorrection *sg_correction_follow (SgCorrection *correction,
                                    gpointer (*successor) (gpointer part, gpointer data),
                                    gpointer data);

/* The file's `corrections` array; parts are named by their index on `page`. Returns: (transfer full). */
json_t *sg_corrections_to_json (const SgPage *page);

G_END_DECLS
