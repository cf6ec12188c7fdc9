/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Errors of the history. */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

#define SG_STORE_ERROR (sg_store_error_quark ())

typedef enum
{
  SG_STORE_ERROR_OPEN,      /* store.open: the database cannot be opened or made */
  SG_STORE_ERROR_NEWER,     /* store.newer: it was written by a newer SimGen; it is left alone */
  SG_STORE_ERROR_SQL,       /* store.sql: a statement failed; the message is SQLite's */
  SG_STORE_ERROR_FULL,      /* store.full: no space left; what was there is untouched */
  SG_STORE_ERROR_NOT_FOUND, /* store.not-found: no such sketch or run */
  SG_STORE_ERROR_CORRUPT,   /* store.corrupt: the database, or a sketch in it, is damaged */
  SG_STORE_ERROR_BUSY,      /* store.busy: another program has held the database for long; again later */
  SG_STORE_ERROR_IO,        /* store.io: the disk failed; what was kept before is untouched */
  SG_STORE_ERROR_INVALID,   /* store.invalid: a title, a tag or a file to import is not fit */
} SgStoreError;

GQuark sg_store_error_quark (void);
extern const SgErrorDomain sg_store_error_domain;

G_END_DECLS
