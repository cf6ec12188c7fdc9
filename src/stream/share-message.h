/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a guest of a share says (stream/share.h has the messages). Internal to stream. */
#pragma once

#include "sim/inputs.h"

G_BEGIN_DECLS

typedef enum
{
  SG_SHARE_SAYS_NOTHING, /* of a type that is not known: newer pages may say more */
  SG_SHARE_SAYS_READY,   /* `number` the scene whose frames it wants */
  SG_SHARE_SAYS_GOT,     /* `number` frames that came so far */
  SG_SHARE_SAYS_KEY,
  SG_SHARE_SAYS_ASK,
  SG_SHARE_SAYS_PLAY,
  SG_SHARE_SAYS_PAUSE,
  SG_SHARE_SAYS_PULL, /* `pull`, of scene `number` */
  SG_SHARE_SAYS_LET_GO
} SgShareSaying;

typedef struct
{
  SgShareSaying saying;
  guint64 number;
  SgPull pull; /* finite; the body at least 1 */
} SgShareMessage;

/* FALSE where it is none. `text` need not be UTF-8, nor end with 0. */
gboolean sg_share_message_read (SgShareMessage *message, const char *text, gsize size);

G_END_DECLS
