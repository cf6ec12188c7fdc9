/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All errors that SimGen raises, in one place: the stable name of each, what it means, what to do, and its
 * details as JSON. Pure; any thread. */
#pragma once

#include "base/error.h"
#include "base/json.h"

G_BEGIN_DECLS

/* "physics.bad-joint"; "base.cancelled" for G_IO_ERROR_CANCELLED; "base.unknown" for a foreign domain.
 * Returns: (transfer full). */
char *sg_error_name (const GError *error);

/* The row of an error, of a name, or ("base.unknown") of a stranger's error. NULL for an unknown name. */
const SgErrorCode *sg_error_code (const GError *error);
const SgErrorCode *sg_error_code_of_name (const char *name);

/* What a person can do about it, in their language; (nullable). For the app's notices, below the message. */
const char *sg_error_get_remedy (const GError *error);

/* The message and, where there is one, the remedy: sentences, each with its full stop, where a remedy
 * follows; the message as it is where none does. Returns: (transfer full). */
char *sg_error_dup_advice (const GError *error);

const char *sg_error_class_name (SgErrorClass kind); /* "rate-limit"; stable */

/* All domains, for lists; n_codes of each. */
const SgErrorDomain *const *sg_error_domains (guint *n);

/* Notes an error that a person is told of: in the log by its code, what that means and its figures (never its
 * message, which may quote what somebody drew), and among the process's figures. For app and cli; `domain`
 * as in "simgen-app". */
void sg_error_log (const char *domain, const GError *error);

/* { "code": …, "class": …, "message": …, "remedy": …, "details": { … } }; remedy and details only where
 * there are some. Returns: (transfer full). */
json_t *sg_error_to_json (const GError *error);

G_END_DECLS
