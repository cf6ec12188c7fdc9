/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * XML text, two spaces a level. */
#include "physics/xml.h"

#include <math.h>

#include "base/number.h"

#define NOTHING 1e-12

static void
indent (SgXml *xml)
{
  for (guint i = 0; i < xml->depth; i++)
    g_string_append (xml->out, "  ");
}

void
sg_xml_begin (SgXml *xml, const char *tag)
{
  indent (xml);
  g_string_append_c (xml->out, '<');
  g_string_append (xml->out, tag);
}

void
sg_xml_leaf (SgXml *xml)
{
  g_string_append (xml->out, "/>\n");
}

void
sg_xml_open (SgXml *xml)
{
  g_string_append (xml->out, ">\n");
  xml->depth++;
}

void
sg_xml_end (SgXml *xml, const char *tag)
{
  xml->depth--;
  indent (xml);
  g_string_append (xml->out, "</");
  g_string_append (xml->out, tag);
  g_string_append (xml->out, ">\n");
}

void
sg_xml_element (SgXml *xml, const char *tag)
{
  sg_xml_begin (xml, tag);
  sg_xml_open (xml);
}

void
sg_xml_raw (SgXml *xml, const char *const *elements)
{
  for (; *elements; elements++)
    {
      indent (xml);
      g_string_append (xml->out, *elements);
      g_string_append_c (xml->out, '\n');
    }
}

static void
begin_attribute (SgXml *xml, const char *name)
{
  g_string_append_c (xml->out, ' ');
  g_string_append (xml->out, name);
  g_string_append (xml->out, "=\"");
}

void
sg_xml_text (SgXml *xml, const char *name, const char *text)
{
  if (!text)
    return;
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  begin_attribute (xml, name);
  g_string_append (xml->out, escaped);
  g_string_append_c (xml->out, '"');
}

/* MJCF is read by people: a length computed from ink is not known to 16 digits, and a sum that cancels is
 * zero. */
static double
legible (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (fabs (value) < NOTHING)
    return 0;
  return g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, "%.9g", value), NULL);
}

void
sg_xml_number (SgXml *xml, const char *name, double value)
{
  sg_xml_numbers (xml, name, &value, 1);
}

void
sg_xml_numbers (SgXml *xml, const char *name, const double *values, guint n)
{
  begin_attribute (xml, name);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (xml->out, ' ');
      sg_number_append (xml->out, legible (values[i]));
    }
  g_string_append_c (xml->out, '"');
}
