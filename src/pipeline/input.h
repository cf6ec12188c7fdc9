/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file given to SimGen is: by its content, as names lie; but a file named like a picture must be one.
 * Of a PDF it is one page, by its number from 1; no other file has any but that. Blocking.
 */
#pragma once

#include "sketch/page.h"

G_BEGIN_DECLS

typedef enum
{
  SG_INPUT_FILE_SKETCH,  /* .simgen, and any text that is nothing else */
  SG_INPUT_FILE_PICTURE, /* PNG, JPEG, WebP, a page of a PDF; any other too, which is then refused */
  SG_INPUT_FILE_SPEC,    /* PhysicsSpec in JSON */
  SG_INPUT_FILE_MODEL,   /* an XML text: a model of another program, MJCF or URDF */
  SG_INPUT_FILE_BINARY,  /* MuJoCo's MJB, which cannot be checked and is never loaded */
} SgInputFileKind;

typedef struct
{
  SgInputFileKind kind;
  GBytes *bytes; /* the whole file */
  guint number;  /* of the page */
} SgInputFile;

/* Reads a file and tells its kind. Errors: base.read, base.too-large; sketch.pdf for a `number` above 1 of
 * what is no PDF. */
gboolean sg_input_file_read (const char *path, guint number, SgInputFile *input, GError **error);
void sg_input_file_clear (SgInputFile *input);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SgInputFile, sg_input_file_clear)

/* The page of a sketch, or one that holds the picture; `path` is for messages. Errors: those of
 * sketch/file.h, and pipeline.unsupported for a spec or a model, which hold no drawing. Returns: (transfer
 * full). */
SgPage *sg_input_file_page (const SgInputFile *input, const char *path, GError **error);
SgPage *sg_input_file_load_page (const char *path, guint number, GError **error); /* reads, then the same */

/* pipeline.unsupported with the reason why MJB is never loaded. */
void sg_input_file_refuse_binary (const char *path, GError **error);

G_END_DECLS
