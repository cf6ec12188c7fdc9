/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The largest inputs that SimGen accepts, in one table. Over a limit is an error that names the limit,
 * never a crash.
 */
#pragma once

#define SG_LIMIT_SKETCH_BYTES (64u << 20) /* a .simgen file, pictures in base64 included */
#define SG_LIMIT_SPEC_BYTES (5u << 20)    /* a PhysicsSpec in JSON */
#define SG_LIMIT_MJCF_BYTES (5u << 20)    /* MJCF text */
#define SG_LIMIT_IMAGE_BYTES (10u << 20)  /* a picture file */
#define SG_LIMIT_IMAGE_PIXELS 40000000    /* a decoded picture */
#define SG_LIMIT_IMAGES 32                /* pictures on a page */
#define SG_LIMIT_STROKES 20000            /* on a page */
#define SG_LIMIT_POINTS 500000            /* on a page, over all strokes */
#define SG_LIMIT_LABELS 2000              /* on a page */
#define SG_LIMIT_CORRECTIONS 2000         /* on a page */
#define SG_LIMIT_CORRECTED_PIECES 100000  /* of ink, over all corrections of a page */
#define SG_LIMIT_MARKS 2000               /* on a page that are understood together */
#define SG_LIMIT_COORDINATE 1e6           /* |x|, |y| in page units */
#define SG_LIMIT_SCALE 1e6                /* page units a metre; at least its inverse */
#define SG_LIMIT_WORDS 10000              /* characters of words, a title or a label */
#define SG_LIMIT_BODIES 2000              /* in a spec; its other parts: a multiple of it */
#define SG_LIMIT_JSON_DEPTH 64            /* nesting */
#define SG_LIMIT_JSON_VALUES 4000000      /* values in one text */
