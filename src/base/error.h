/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How errors are named. Every folder has one GError domain whose codes have stable string names
 * ("physics.bad-joint"); programs branch on the name, people read the message. A folder declares its enum
 * and its domain in <folder>/error.h and defines the latter with SG_DEFINE_ERROR_DOMAIN;
 * pipeline/error-name.h maps any GError to its name.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What kind of trouble a code is, across the folders: for a person's next step and for counting. */
typedef enum
{
  SG_ERROR_CLASS_VALIDATION, /* the input is not what it should be */
  SG_ERROR_CLASS_VISION,
  SG_ERROR_CLASS_PHYSICS,
  SG_ERROR_CLASS_MJCF,
  SG_ERROR_CLASS_SIMULATION,
  SG_ERROR_CLASS_ASSIST,
  SG_ERROR_CLASS_STORE,
  SG_ERROR_CLASS_STREAM,
  SG_ERROR_CLASS_RENDER,
  SG_ERROR_CLASS_RESOURCE, /* memory, disk, files, drivers */
  SG_ERROR_CLASS_RATE_LIMIT,
  SG_ERROR_CLASS_TIMEOUT,
  SG_ERROR_CLASS_CANCELLED,
  SG_ERROR_CLASS_INTERNAL,
} SgErrorClass;

typedef struct
{
  const char *name; /* as in "bad-joint" */
  SgErrorClass kind;
  const char *meaning; /* one sentence, untranslated */
  const char *remedy;  /* (nullable) what to do: one sentence, untranslated */
} SgErrorCode;

typedef struct
{
  const char *prefix;       /* folder, as in "physics" */
  GQuark (*quark) (void);   /* the GError domain */
  const SgErrorCode *codes; /* n_codes; by the code's number */
  guint n_codes;
} SgErrorDomain;

/* Defines `sg_<folder>_error_quark ()` and the constant `sg_<folder>_error_domain` from rows of
 * SgErrorCode, each behind its designator: [SG_SIM_ERROR_FATAL] = { "fatal", SG_ERROR_CLASS_SIMULATION, N_
 * ("…"), NULL }. build-aux/manual reads the rows too. Errors of such a domain can carry details. */
#define SG_DEFINE_ERROR_DOMAIN(folder, ...) SG_DEFINE_ERROR_DOMAIN_NAMED (folder, #folder, __VA_ARGS__)
#define SG_DEFINE_ERROR_DOMAIN_NAMED(folder, prefix, ...)                                        \
  static const SgErrorCode folder##_error_codes[] = { __VA_ARGS__ };                             \
  GQuark                                                                                         \
    sg_##folder##_error_quark (void)                                                             \
  {                                                                                              \
    static gsize quark;                                                                          \
                                                                                                 \
    if (g_once_init_enter (&quark))                                                              \
      g_once_init_leave (&quark, sg_error_register_domain ("sg-" prefix "-error-quark"));        \
    return quark;                                                                                \
  }                                                                                              \
  const SgErrorDomain sg_##folder##_error_domain = {                                             \
    prefix, sg_##folder##_error_quark, folder##_error_codes, G_N_ELEMENTS (folder##_error_codes) \
  };

GQuark sg_error_register_domain (const char *static_name); /* for the macro only */

/* -- Details: what a program may want to know beside the message -- */

#define SG_DETAIL_LIMIT "limit"               /* name of the row in base/limits.h */
#define SG_DETAIL_MOST "most"                 /* its value */
#define SG_DETAIL_ACTUAL "actual"             /* the figure that was over it */
#define SG_DETAIL_PATH "path"                 /* where in a document: "bodies[2].joints[0].range" */
#define SG_DETAIL_ELEMENT "element"           /* name of the body or mark that it is about */
#define SG_DETAIL_OPERATION "operation"       /* what took too long */
#define SG_DETAIL_RETRY_AFTER "retry_after_s" /* seconds until asking again makes sense */
#define SG_DETAIL_TIME "time_s"               /* simulated time */
#define SG_DETAIL_FILE "file"                 /* the file of a model, from its folder */
#define SG_DETAIL_LINE "line"                 /* of that file, from 1 */
#define SG_DETAIL_COLUMN "column"             /* of that line, from 1 */

/* Adds a detail to the error that was just set; nothing where none was (`error` or `*error` NULL) or where it
 * is a stranger's. `key` is a literal. A key that is there already gets the new value. */
void sg_error_add_text (GError **error, const char *key, const char *value);
void sg_error_add_number (GError **error, const char *key, double value);

/* The detail, or NULL, or NAN, where the error has none of this key or kind. */
const char *sg_error_get_text (const GError *error, const char *key);
double sg_error_get_number (const GError *error, const char *key);

guint sg_error_n_details (const GError *error);

/* The `i`th: its key, and its text or (NULL) number. */
const char *sg_error_get_detail (const GError *error, guint i, const char **text, double *number);

/* Errors of files, JSON text and limits, which every folder can meet. */
#define SG_BASE_ERROR (sg_base_error_quark ())

typedef enum
{
  SG_BASE_ERROR_READ,      /* base.read: a file is missing or cannot be read */
  SG_BASE_ERROR_WRITE,     /* base.write: a file cannot be written; what was there before is untouched */
  SG_BASE_ERROR_TOO_LARGE, /* base.too-large: over a limit of base/limits.h */
  SG_BASE_ERROR_JSON,      /* base.json: not JSON or not UTF-8; the message names line and column */
  SG_BASE_ERROR_TIMEOUT,   /* base.timeout: no answer in the time there was; detail operation */
  SG_BASE_ERROR_CANCELLED, /* base.cancelled: what G_IO_ERROR_CANCELLED is called */
  SG_BASE_ERROR_UNKNOWN,   /* base.unknown: what errors of other libraries are called */
} SgBaseError;

GQuark sg_base_error_quark (void);
extern const SgErrorDomain sg_base_error_domain;

G_END_DECLS
