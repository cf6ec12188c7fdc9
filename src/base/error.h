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

typedef struct
{
  const char *prefix;       /* folder, as in "physics" */
  GQuark (*quark) (void);   /* the GError domain */
  const char *const *names; /* n_names; by code, as in "bad-joint" */
  guint n_names;
} SgErrorDomain;

/* Defines `sg_<folder>_error_quark ()` and the constant `sg_<folder>_error_domain`; the names follow the
 * enum's order. */
#define SG_DEFINE_ERROR_DOMAIN(folder, ...)                                                       \
  static const char *const folder##_error_names[] = { __VA_ARGS__ };                              \
  GQuark                                                                                          \
    sg_##folder##_error_quark (void)                                                              \
  {                                                                                               \
    return g_quark_from_static_string ("sg-" #folder "-error-quark");                             \
  }                                                                                               \
  const SgErrorDomain sg_##folder##_error_domain = {                                              \
    #folder, sg_##folder##_error_quark, folder##_error_names, G_N_ELEMENTS (folder##_error_names) \
  };

/* Errors of files, JSON text and limits, which every folder can meet. */
#define SG_BASE_ERROR (sg_base_error_quark ())

typedef enum
{
  SG_BASE_ERROR_READ,      /* base.read: a file is missing or cannot be read */
  SG_BASE_ERROR_WRITE,     /* base.write: a file cannot be written; what was there before is untouched */
  SG_BASE_ERROR_TOO_LARGE, /* base.too-large: over a limit of base/limits.h */
  SG_BASE_ERROR_JSON,      /* base.json: not JSON or not UTF-8; the message names line and column */
} SgBaseError;

GQuark sg_base_error_quark (void);
extern const SgErrorDomain sg_base_error_domain;

G_END_DECLS
