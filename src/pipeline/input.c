/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input files told apart by their first bytes. */
#include "config.h"

#include "pipeline/input.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "pipeline/error.h"
#include "sketch/error.h"
#include "sketch/file.h"
#include "sketch/pdf.h"

static gboolean
begins_like_picture (const char *data, gsize size)
{
  return sg_pdf_is_one (data, size) ||
         (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0) ||
         (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0) ||
         (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0);
}

/* Pictures that SimGen does not read, so that it says just that: GIF, TIFF, and HEIF's family. */
static gboolean
begins_like_foreign_picture (const char *data, gsize size)
{
  return (size >= 6 && (memcmp (data, "GIF87a", 6) == 0 || memcmp (data, "GIF89a", 6) == 0)) ||
         (size >= 4 && (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0)) ||
         (size >= 12 && memcmp (data + 4, "ftyp", 4) == 0);
}

static gboolean
is_named_like_picture (const char *path)
{
  static const char *const endings[] = { "png", "jpg", "jpeg", "webp", "gif", "bmp",
                                         "tif", "tiff", "heic", "avif", "pdf" };

  return sg_file_find_ending (path, endings, G_N_ELEMENTS (endings)) >= 0;
}

static gboolean
begins_like_xml (const char *data, gsize size)
{
  gsize i = size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < size && g_ascii_isspace (data[i]))
    i++;
  return i < size && data[i] == '<';
}

/* By its first number, or by its name. */
static gboolean
is_mjb (const char *path, const char *data, gsize size)
{
  const gint32 id = 54321;
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".mjb") || (size >= sizeof id && memcmp (data, &id, sizeof id) == 0);
}

/* A sketch may quote the format's name in its words, so the member itself decides. */
static gboolean
is_spec (const char *data, gsize size)
{
  if (!g_strstr_len (data, size, "\"simgen-spec\""))
    return FALSE;

  json_t *root = sg_json_parse ("", data, size, NULL);
  const char *format = json_string_value (json_object_get (root, "format"));
  gboolean result = g_strcmp0 (format, "simgen-spec") == 0;

  json_decref (root);
  return result;
}

gboolean
sg_input_file_read (const char *path, guint number, SgInputFile *input, GError **error)
{
  gsize size;
  const char *data;

  input->number = number;
  input->bytes = sg_file_read_within (path, SG_LIMIT_ID_SKETCH_BYTES, error);
  if (!input->bytes)
    return FALSE;
  data = g_bytes_get_data (input->bytes, &size);
  if (number > 1 && !sg_pdf_is_one (data, size))
    {
      g_set_error (error, SG_SKETCH_ERROR, SG_SKETCH_ERROR_PDF, _ ("%s: there is no page %u: this is no PDF"),
                   path, number);
      return FALSE;
    }
  if (begins_like_picture (data, size) || begins_like_foreign_picture (data, size) ||
      is_named_like_picture (path))
    input->kind = SG_INPUT_FILE_PICTURE;
  else if (begins_like_xml (data, size))
    input->kind = SG_INPUT_FILE_MODEL;
  else if (is_mjb (path, data, size))
    input->kind = SG_INPUT_FILE_BINARY;
  else
    input->kind = is_spec (data, size) ? SG_INPUT_FILE_SPEC : SG_INPUT_FILE_SKETCH;
  return TRUE;
}

void
sg_input_file_clear (SgInputFile *input)
{
  g_clear_pointer (&input->bytes, g_bytes_unref);
}

void
sg_input_file_refuse_binary (const char *path, GError **error)
{
  g_set_error (error, SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_UNSUPPORTED,
               _ ("%s: a compiled model (MJB) can do harm that nobody can see; open its XML"), path);
}

SgPage *
sg_input_file_page (const SgInputFile *input, const char *path, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (input->bytes, &size);

  switch (input->kind)
    {
    case SG_INPUT_FILE_PICTURE:
      return sg_sketch_file_import_image (path, input->number, NULL, NULL, error);
    case SG_INPUT_FILE_SKETCH:
      return sg_sketch_file_parse (path, data, size, error);
    case SG_INPUT_FILE_BINARY:
      sg_input_file_refuse_binary (path, error);
      return NULL;
    default:
      g_set_error (error, SG_PIPELINE_ERROR, SG_PIPELINE_ERROR_UNSUPPORTED,
                   _ ("%s: holds no drawing, so there is nothing to recognise"), path);
      return NULL;
    }
}

SgPage *
sg_input_file_load_page (const char *path, guint number, GError **error)
{
  g_auto (SgInputFile) input = { 0 };

  return sg_input_file_read (path, number, &input, error) ? sg_input_file_page (&input, path, error) : NULL;
}
