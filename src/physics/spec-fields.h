/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The members of each part of a spec's JSON and where they are in the part's struct: one table that the
 * reader and the writer both follow, and that the schema is tested against. */
#pragma once

#include "physics/spec.h"

G_BEGIN_DECLS

typedef enum
{
  SG_FIELD_STRING,  /* char * */
  SG_FIELD_ENUM,    /* one of `names`; any of the spec's enums */
  SG_FIELD_NUMBER,  /* double; not a number: absent */
  SG_FIELD_ANGLE,   /* double; degrees in the file where the joint turns, else as it is */
  SG_FIELD_VECTOR,  /* double[n]; `least` to n entries, those left out keep their default */
  SG_FIELD_ANGLES,  /* as VECTOR of ANGLE */
  SG_FIELD_COLOR,   /* float[4] */
  SG_FIELD_BOOLEAN, /* gboolean */
  SG_FIELD_INTEGER, /* int */
  SG_FIELD_OUTLINE, /* SgGeom's outline: an array of [x, z] */
  SG_FIELD_STRINGS, /* GPtrArray of char * */
  SG_FIELD_LIST,    /* GArray of `record` */
} SgFieldKind;

#define SG_FIELD_NO_FLAG G_MAXSIZE

typedef struct _SgRecord SgRecord;

typedef struct
{
  const char *key;
  SgFieldKind kind;
  gsize offset;
  guint n, least;           /* VECTOR */
  gsize flag;               /* offset of the gboolean: whether the part has it; or SG_FIELD_NO_FLAG */
  const char *const *names; /* ENUM */
  const SgRecord *record;   /* LIST */
} SgField;

struct _SgRecord
{
  const char *what; /* "a joint" */
  gsize size;
  const SgField *fields; /* n_fields; where a part has a type, that is the first */
  guint n_fields;
  void (*init) (gpointer part, int type); /* the defaults of that type */
  void (*clear) (gpointer part);          /* (nullable) what init allocated */
};

extern const SgRecord sg_spec_record; /* its part is an SgSpec; no init: sg_spec_new */

/* What an ANGLE of `part` is multiplied by to become radians; 1 for a joint that slides. */
double sg_field_angle_unit (gconstpointer part);

G_END_DECLS
