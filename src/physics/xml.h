/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writing XML: elements with attributes, nested and indented. The caller owns the order of calls: begin,
 * attributes, then either leaf or open; every open is closed by end.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *out;
  guint depth;
} SgXml;

void sg_xml_begin (SgXml *xml, const char *tag);   /* <tag            */
void sg_xml_leaf (SgXml *xml);                     /*   ... />        */
void sg_xml_open (SgXml *xml);                     /*   ... > deeper  */
void sg_xml_end (SgXml *xml, const char *tag);     /* </tag>          */
void sg_xml_element (SgXml *xml, const char *tag); /* <tag> deeper    */
void sg_xml_raw (SgXml *xml,
                 const char *const *elements); /* a NULL-terminated list of whole elements, as is */

/* Attributes; text is escaped, a NULL text is left out. Numbers are finite; they are
 * written with at most nine significant digits, and as 0 below 1e-12. */
void sg_xml_text (SgXml *xml, const char *name, const char *text);
void sg_xml_number (SgXml *xml, const char *name, double value);
void sg_xml_numbers (SgXml *xml, const char *name, const double *values, guint n);

G_END_DECLS
