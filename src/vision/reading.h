/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was read from a page: elements (marks with a kind, a role and a confidence), relations between them,
 * and issues that a person should see. Immutable once made, reference-counted, any thread. Geometry is in
 * page units and radians (vision/reading-json.h writes degrees); kinds and geometry are those of the
 * contract's table.
 */
#pragma once

#include "sketch/correction.h"
#include "vision/pose.h"

G_BEGIN_DECLS

typedef enum
{
  SG_KIND_LINE,
  SG_KIND_POLYLINE,
  SG_KIND_CURVE,
  SG_KIND_ARC,
  SG_KIND_CIRCLE,
  SG_KIND_ELLIPSE,
  SG_KIND_RECTANGLE,
  SG_KIND_TRIANGLE,
  SG_KIND_POLYGON,
  SG_KIND_BLOB,
  SG_KIND_SPRING,
  SG_KIND_DAMPER,
  SG_KIND_ARROW,
  SG_KIND_TURN_ARROW,
  SG_KIND_CROSS,
  SG_KIND_HATCHING,
  SG_KIND_TEXT,
  SG_KIND_UNKNOWN,
  SG_N_KINDS
} SgKind;

typedef enum
{
  SG_ROLE_BODY,
  SG_ROLE_FIXED,
  SG_ROLE_PIN,
  SG_ROLE_WELD,
  SG_ROLE_SPRING,
  SG_ROLE_DAMPER,
  SG_ROLE_ROPE,
  SG_ROLE_FORCE,
  SG_ROLE_VELOCITY,
  SG_ROLE_GRAVITY,
  SG_ROLE_MOTOR,
  SG_ROLE_LABEL,
  SG_ROLE_TRACE,
  SG_ROLE_DECORATION,
  SG_N_ROLES
} SgRole;

typedef enum
{
  SG_RELATION_HINGE,    /* two elements turn about `point` */
  SG_RELATION_WELD,     /* two elements are one rigid body */
  SG_RELATION_SLIDE,    /* one slides along the other */
  SG_RELATION_ATTACHED, /* a spring's, damper's, rope's or arrow's end holds on to the other */
  SG_RELATION_AROUND,   /* a rope runs around a pulley */
  SG_RELATION_ANCHORED, /* an element is fixed to the world */
  SG_RELATION_LABELS,   /* a label says something of the other */
  SG_N_RELATIONS
} SgRelationKind;

/* Fields that a kind does not use are zero. */
typedef struct
{
  SgPoint center;       /* arc, circle, ellipse, rectangle, turn-arrow, cross; hatching: the middle of its
                           ticks, which tells its side */
  double radius;        /* arc, circle, turn-arrow; ellipse: the larger */
  double radius_minor;  /* ellipse */
  double width, height; /* rectangle; cross: width is its size; text: the box, whose corner is `from` */
  double angle;         /* ellipse, rectangle: of the larger radius, of the width; rad */
  double start, sweep;  /* arc, turn-arrow: rad, sweep signed, counter-clockwise positive */
  SgPoint from, to;     /* line, spring, damper, arrow (tail, head), hatching */
  double turns;         /* spring */
  SgPoint *points;      /* n_points; path or outline, its first point not repeated */
  guint n_points;
  char *text; /* text; UTF-8 */
} SgGeometry;

void sg_geometry_copy (SgGeometry *to, const SgGeometry *from); /* deep; `to` is overwritten, not cleared */
void sg_geometry_clear (SgGeometry *geometry);

/* Points along the outline or the path of the mark, at most `room`; returns how many. Closed kinds do not
 * repeat the first point. For hit tests, overlays and distance; curved parts are sampled. */
guint sg_geometry_outline (SgKind kind, const SgGeometry *geometry, SgPoint *points, guint room);
gboolean sg_kind_is_closed (SgKind kind); /* circle, ellipse, rectangle, triangle, polygon, blob */

/* What a mark of this kind is where nothing around it says otherwise. */
SgRole sg_kind_usual_role (SgKind kind);

typedef struct
{
  SgKind kind;
  double confidence; /* 0..1 */
  SgGeometry geometry;
} SgAlternative;

typedef struct
{
  char *id; /* unique in the reading: kind and number, "circle1" */
  SgKind kind;
  SgRole role;
  double confidence; /* 0..1 */
  SgGeometry geometry;
  guint *strokes; /* n_strokes; indices into the page, ascending; a picture's traces have indices from the
                     page's count on */
  guint n_strokes;
  int label;                   /* index into the page's labels where this is a typed label, else -1 */
  int image;                   /* index of the page's picture that it was read from, else -1 */
  SgAlternative *alternatives; /* n_alternatives; most likely first */
  guint n_alternatives;
  double line_width;        /* mean width of its ink, page units */
  SgCorrection *correction; /* (nullable) what the person said of it; confidence is 1 then */
} SgElement;

/* A point on the ink of one trace of a picture: how a correction names it. */
typedef struct
{
  guint stroke; /* as in SgElement.strokes */
  int image;
  SgPoint anchor; /* 0..1 of the picture's width and height */
} SgTraceAnchor;

typedef struct
{
  SgRelationKind kind;
  int a, b;      /* indices of elements; -1: the world or the page */
  int via;       /* index of the mark that says so (the pin of a hinge, the X of an anchor), -1 where none */
  SgPoint point; /* where, page units */
  double confidence;
} SgRelation;

/* A mark in another reading of the page. */
typedef struct
{
  SgKind kind;
  double confidence; /* 0..1 */
  guint *strokes;    /* n_strokes; as in SgElement */
  guint n_strokes;
} SgReadMark;

/* One of the likeliest readings of the page as a whole. */
typedef struct
{
  double weight; /* share of the probability of all that are kept */
  GArray *marks; /* of SgReadMark: what it reads otherwise; they stand in place of the elements whose strokes
                    they share. None in the first, which is the elements */
} SgPageReading;

typedef enum
{
  SG_SEVERITY_INFO,
  SG_SEVERITY_WARNING,
  SG_SEVERITY_ERROR
} SgSeverity;

typedef struct
{
  SgSeverity severity;
  char *code;    /* stable: "sketch.unattached-rod" */
  char *message; /* a sentence for a person, translated */
  int element;   /* index, -1 where it is about the page */
} SgIssue;

typedef struct
{
  gatomicrefcount ref_count;
  GArray *elements;    /* of SgElement */
  GArray *relations;   /* of SgRelation */
  GArray *issues;      /* of SgIssue */
  GArray *readings;    /* of SgPageReading; the likeliest first; of the ink that is no writing and of which no
                        correction speaks */
  gboolean partial;    /* the deadline cut it short */
  gboolean print_left; /* pictures have what may be printed words, which were left out as asked */
  GArray *anchors;     /* of SgTraceAnchor, by rising stroke */
  double scale;        /* page units a metre */
  SgPoint origin;      /* point of the upright page that is world (0, 0) */
  SgPose pose;         /* of the drawing: what is level, and its proportions, are the upright page's */
} SgReading;

SgReading *sg_reading_new (void);
SgReading *sg_reading_ref (SgReading *reading);
void sg_reading_unref (SgReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SgReading, sg_reading_unref)

/* While a reading is being made: appends a zeroed element (label and image -1, id not yet set) and returns
 * it; the pointer holds until the next call. */
SgElement *sg_reading_add_element (SgReading *reading, SgKind kind, SgRole role, double confidence);
SgPageReading *sg_reading_add_page_reading (SgReading *reading, double weight); /* likewise */
/* Appends the strokes of another element, each once, ascending. */
void sg_element_absorb_strokes (SgElement *into, const SgElement *from);
void sg_reading_add_relation (
  SgReading *reading, SgRelationKind kind, int a, int b, int via, SgPoint point, double confidence);
void sg_reading_add_issue (
  SgReading *reading, SgSeverity severity, int element, const char *code, const char *format, ...)
  G_GNUC_PRINTF (5, 6);
void sg_reading_name_elements (SgReading *reading); /* sets every id by kind and order */

static inline guint
sg_reading_n_elements (const SgReading *reading)
{
  return reading->elements->len;
}
static inline SgElement *
sg_reading_element (const SgReading *reading, guint i)
{
  return &g_array_index (reading->elements, SgElement, i);
}
static inline guint
sg_reading_n_relations (const SgReading *reading)
{
  return reading->relations->len;
}
static inline const SgRelation *
sg_reading_relation (const SgReading *reading, guint i)
{
  return &g_array_index (reading->relations, SgRelation, i);
}
guint sg_reading_count_relations (const SgReading *reading, SgRelationKind kind);

const char *sg_kind_name (SgKind kind); /* "turn-arrow" */
const char *sg_role_name (SgRole role);
const char *sg_relation_name (SgRelationKind kind);
gboolean sg_kind_from_name (const char *name, SgKind *kind);
gboolean sg_role_from_name (const char *name, SgRole *role);

G_END_DECLS
