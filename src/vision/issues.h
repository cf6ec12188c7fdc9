/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stable codes of what a reading says to the person who drew it (SgIssue.code). Each is about one mark
 * unless its line says "page". Programs may branch on them: a code is never renamed, and its meaning never
 * changes.
 */
#pragma once

/* Holds on to nothing: the mark is understood, but has nothing to act on. The message says what to do. */
#define SG_ISSUE_UNATTACHED_ARROW "sketch.unattached-arrow"
#define SG_ISSUE_UNATTACHED_CROSS "sketch.unattached-cross"
#define SG_ISSUE_UNATTACHED_DAMPER "sketch.unattached-damper"
#define SG_ISSUE_UNATTACHED_END "sketch.unattached-end" /* one end of a spring, damper or rope */
#define SG_ISSUE_UNATTACHED_HATCHING "sketch.unattached-hatching"
#define SG_ISSUE_UNATTACHED_LABEL "sketch.unattached-label"
#define SG_ISSUE_UNATTACHED_MOTOR "sketch.unattached-motor"
#define SG_ISSUE_UNATTACHED_PIN "sketch.unattached-pin"
#define SG_ISSUE_UNATTACHED_ROD "sketch.unattached-rod"
#define SG_ISSUE_UNATTACHED_ROPE "sketch.unattached-rope"
#define SG_ISSUE_UNATTACHED_SPRING "sketch.unattached-spring"
#define SG_ISSUE_UNATTACHED_TRACE "sketch.unattached-trace"

/* Taken for granted, though not drawn. */
#define SG_ISSUE_ASSUMED_AXLE "sketch.assumed-axle"
#define SG_ISSUE_ASSUMED_HINGE "sketch.assumed-hinge"
#define SG_ISSUE_ASSUMED_SUPPORT "sketch.assumed-support"
#define SG_ISSUE_ASSUMED_WELD "sketch.assumed-weld"

/* Not read. */
#define SG_ISSUE_UNKNOWN_MARK "sketch.unknown-mark"
#define SG_ISSUE_CUT_PICTURE "sketch.cut-picture"       /* page: its file ends too soon */
#define SG_ISSUE_TOO_MANY_MARKS "sketch.too-many-marks" /* page */
#define SG_ISSUE_UNREAD_PICTURE "sketch.unread-picture" /* page */
#define SG_ISSUE_UNREAD_TEXT "sketch.unread-text"
#define SG_ISSUE_PARTIAL "sketch.partial" /* page: the deadline passed first */

/* Corrections that are not in force. */
#define SG_ISSUE_LOST_CORRECTION "sketch.lost-correction" /* page */
#define SG_ISSUE_UNKNOWN_CORRECTION "sketch.unknown-correction"
