/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store folder's error domain. */
#include "config.h"

#include "store/error.h"

#include <glib/gi18n-lib.h>

SG_DEFINE_ERROR_DOMAIN (
  store,
  [SG_STORE_ERROR_OPEN] = { "open", SG_ERROR_CLASS_STORE, N_ ("The history cannot be opened or made."),
                            N_ ("Check whether you may write to its folder.") },
  [SG_STORE_ERROR_NEWER] = { "newer", SG_ERROR_CLASS_STORE,
                             N_ ("The history was written by a newer SimGen; it is left alone."),
                             N_ ("Use that SimGen.") },
  [SG_STORE_ERROR_SQL] = { "sql", SG_ERROR_CLASS_STORE,
                           N_ ("A statement failed; the message is the one of SQLite."),
                           N_ ("Try again; if it stays, make a copy of the history and report it.") },
  [SG_STORE_ERROR_FULL] = { "full", SG_ERROR_CLASS_RESOURCE,
                            N_ ("There is no space left; what was kept before is untouched."),
                            N_ ("Make room on the disk.") },
  [SG_STORE_ERROR_NOT_FOUND] = { "not-found", SG_ERROR_CLASS_STORE,
                                 N_ ("There is no such sketch or run in the history."),
                                 N_ ("List the history to see what there is.") },
  [SG_STORE_ERROR_CORRUPT] = { "corrupt", SG_ERROR_CLASS_STORE,
                               N_ ("The history, or a sketch in it, is damaged."),
                               N_ ("SimGen sets a damaged history aside and takes over what can be read of "
                                   "it; "
                                   "a copy or an export may have the rest.") },
  [SG_STORE_ERROR_BUSY] = { "busy", SG_ERROR_CLASS_STORE,
                            N_ ("Another program has held the history for long."),
                            N_ ("Close the other program, or try again later.") },
  [SG_STORE_ERROR_IO] = { "io", SG_ERROR_CLASS_STORE,
                          N_ ("The disk failed; what was kept before is untouched."),
                          N_ ("Check the disk.") },
  [SG_STORE_ERROR_INVALID] = { "invalid", SG_ERROR_CLASS_VALIDATION,
                               N_ ("A title, a tag or a file to import is not fit for the history."),
                               N_ ("The message says why; change that.") })
