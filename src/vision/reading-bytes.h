/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reading as bytes, to be kept and to be read again as it was, to the last bit; little-endian, with a
 * version at its head. Corrections are those of the page, named by their place on it. What is read may come
 * from anywhere: it is an error or a reading whose every index, name and number is in its bounds. Pure; any
 * thread.
 */
#pragma once

#include "vision/reading.h"

G_BEGIN_DECLS

/* `page` is what was read. NULL where the reading has a correction that is not on the page. Returns:
 * (transfer full). */
GBytes *sg_reading_to_bytes (const SgReading *reading, const SgPage *page);

/* `page` is one that is equal to it. NULL where the bytes are no reading of such a page. Returns: (transfer
 * full). */
SgReading *sg_reading_from_bytes (GBytes *bytes, const SgPage *page);

/* Memory that the reading takes, bytes; without its corrections. */
gsize sg_reading_weigh (const SgReading *reading);

/* Whether some element has a correction, and so holds on to parts of its page. */
gboolean sg_reading_is_corrected (const SgReading *reading);

G_END_DECLS
