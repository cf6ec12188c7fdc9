/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The C interface of libtesseract 5 (tesseract/capi.h), of which the few functions that are used are declared
 * here: its major version promises that they stay. */
#include "vision/tesseract.h"

#include <gmodule.h>
#include <stdbool.h>

#define LIBRARY "libtesseract.so.5"
#define LANGUAGE "eng" /* of the labels (vision/text.h) */

/* Of tesseract/publictypes.h. */
#define OEM_LSTM_ONLY 1
#define PSM_SINGLE_LINE 7
#define RIL_WORD 3

/* Dots an inch, at which capitals of ordinary print are as high as the lines that are read; unsaid, tesseract
 * guesses and says so on standard error. */
#define RESOLUTION 300

typedef struct TessBaseAPI TessBaseAPI;
typedef struct TessResultIterator TessResultIterator;
typedef struct TessPageIterator TessPageIterator;
typedef struct ETEXT_DESC ETEXT_DESC;
typedef bool (*TessCancelFunc) (void *cancel_this, int words);

typedef struct
{
  TessBaseAPI *(*create) (void);
  void (*delete) (TessBaseAPI *);
  int (*init) (TessBaseAPI *, const char *data_path, const char *language, int engine); /* 0: done */
  int (*set_variable) (TessBaseAPI *, const char *name, const char *value);
  void (*set_page_mode) (TessBaseAPI *, int mode);
  void (*set_image) (TessBaseAPI *, const guint8 *, int width, int height, int pixel_bytes, int row_bytes);
  void (*set_resolution) (TessBaseAPI *, int);
  int (*recognize) (TessBaseAPI *, ETEXT_DESC *); /* 0: done */
  TessResultIterator *(*get_iterator) (TessBaseAPI *);
  void (*iterator_delete) (TessResultIterator *);
  int (*iterator_next) (TessResultIterator *, int level);
  char *(*iterator_text) (const TessResultIterator *, int level);
  float (*iterator_confidence) (const TessResultIterator *, int level);
  const TessPageIterator *(*iterator_place) (const TessResultIterator *);
  int (*place_box) (const TessPageIterator *, int level, int *left, int *top, int *right, int *bottom);
  void (*delete_text) (const char *);
  ETEXT_DESC *(*monitor_create) (void);
  void (*monitor_delete) (ETEXT_DESC *);
  void (*monitor_set_cancel) (ETEXT_DESC *, TessCancelFunc);
  void (*monitor_set_cancel_this) (ETEXT_DESC *, void *);
} Functions;

static const struct
{
  const char *name;
  gsize place; /* in Functions */
} symbols[] = {
  { "TessBaseAPICreate", G_STRUCT_OFFSET (Functions, create) },
  { "TessBaseAPIDelete", G_STRUCT_OFFSET (Functions, delete) },
  { "TessBaseAPIInit2", G_STRUCT_OFFSET (Functions, init) },
  { "TessBaseAPISetVariable", G_STRUCT_OFFSET (Functions, set_variable) },
  { "TessBaseAPISetPageSegMode", G_STRUCT_OFFSET (Functions, set_page_mode) },
  { "TessBaseAPISetImage", G_STRUCT_OFFSET (Functions, set_image) },
  { "TessBaseAPISetSourceResolution", G_STRUCT_OFFSET (Functions, set_resolution) },
  { "TessBaseAPIRecognize", G_STRUCT_OFFSET (Functions, recognize) },
  { "TessBaseAPIGetIterator", G_STRUCT_OFFSET (Functions, get_iterator) },
  { "TessResultIteratorDelete", G_STRUCT_OFFSET (Functions, iterator_delete) },
  { "TessResultIteratorNext", G_STRUCT_OFFSET (Functions, iterator_next) },
  { "TessResultIteratorGetUTF8Text", G_STRUCT_OFFSET (Functions, iterator_text) },
  { "TessResultIteratorConfidence", G_STRUCT_OFFSET (Functions, iterator_confidence) },
  { "TessResultIteratorGetPageIteratorConst", G_STRUCT_OFFSET (Functions, iterator_place) },
  { "TessPageIteratorBoundingBox", G_STRUCT_OFFSET (Functions, place_box) },
  { "TessDeleteText", G_STRUCT_OFFSET (Functions, delete_text) },
  { "TessMonitorCreate", G_STRUCT_OFFSET (Functions, monitor_create) },
  { "TessMonitorDelete", G_STRUCT_OFFSET (Functions, monitor_delete) },
  { "TessMonitorSetCancelFunc", G_STRUCT_OFFSET (Functions, monitor_set_cancel) },
  { "TessMonitorSetCancelThis", G_STRUCT_OFFSET (Functions, monitor_set_cancel_this) },
};

struct _SgTesseract
{
  Functions call;
  void (*set_most_levels) (int); /* OpenMP's, of the calling thread; (nullable): it was built without */
  TessBaseAPI *api;
};

/* The library once it is found: it stays for good, as libraries with threads of their own must. */
static GModule *
open_library (Functions *call)
{
  GModule *library = g_module_open (LIBRARY, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);

  for (guint i = 0; library && i < G_N_ELEMENTS (symbols); i++)
    if (!g_module_symbol (library, symbols[i].name, G_STRUCT_MEMBER_P (call, symbols[i].place)))
      g_clear_pointer (&library, g_module_close);
  if (library)
    g_module_make_resident (library);
  return library;
}

static gboolean
init_api (const Functions *call, TessBaseAPI *api)
{
  /* what it remarks, on its data too, is nothing for standard error */
  if (!call->set_variable (api, "debug_file", "/dev/null") ||
      call->init (api, NULL, LANGUAGE, OEM_LSTM_ONLY) != 0)
    return FALSE;
  call->set_page_mode (api, PSM_SINGLE_LINE);
  return TRUE;
}

gboolean
sg_tesseract_is_installed (void)
{
  static gsize found; /* constant once it is set: 1 no, 2 yes */

  if (g_once_init_enter (&found))
    {
      Functions call;
      GModule *library = open_library (&call);

      g_once_init_leave (&found, library ? 2 : 1);
      if (library)
        g_module_close (library);
    }
  return found == 2;
}

SgTesseract *
sg_tesseract_new (void)
{
  Functions call;
  GModule *library = open_library (&call);
  gpointer set_most_levels = NULL;

  if (!library)
    return NULL;
  g_module_symbol (library, "omp_set_max_active_levels", &set_most_levels);
  g_module_close (library);
  TessBaseAPI *api = call.create ();
  if (!init_api (&call, api))
    {
      call.delete(api);
      return NULL;
    }
  SgTesseract *self = g_new (SgTesseract, 1);
  *self = (SgTesseract){ call, set_most_levels, api };
  return self;
}

void
sg_tesseract_free (SgTesseract *self)
{
  self->call.delete(self->api);
  g_free (self);
}

static bool
cancel_cb (void *budget, int words)
{
  return !sg_budget_check (budget, NULL);
}

/* The network asks OpenMP for four threads, which wait for each other by spinning: for a line of words that
 * costs three times what it saves. No parallel levels at all, for this thread, is what it cannot override. */
static gboolean
recognize (const SgTesseract *self, SgBudget *budget)
{
  const Functions *call = &self->call;
  ETEXT_DESC *monitor = call->monitor_create ();

  if (self->set_most_levels)
    self->set_most_levels (0);
  call->monitor_set_cancel (monitor, cancel_cb);
  call->monitor_set_cancel_this (monitor, budget);
  gboolean done = call->recognize (self->api, monitor) == 0 && (!budget || !sg_budget_is_over (budget));
  call->monitor_delete (monitor);
  return done;
}

/* Adds the word that the iterator is at. */
static void
add_word (
  const SgTesseract *self, const TessResultIterator *word, GString *text, double *confidence, SgRect *box)
{
  const Functions *call = &self->call;
  char *said = call->iterator_text (word, RIL_WORD);
  int left, top, right, bottom;

  if (said && call->place_box (call->iterator_place (word), RIL_WORD, &left, &top, &right, &bottom))
    {
      SgRect place = { left, top, right - left, bottom - top };

      *box = text->len > 0 ? sg_rect_union (*box, place) : place;
      *confidence = MIN (*confidence, call->iterator_confidence (word, RIL_WORD) / 100);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", said);
    }
  call->delete_text (said);
}

char *
sg_tesseract_read_line (SgTesseract *self,
                        const guint8 *grey,
                        int width,
                        int height,
                        SgBudget *budget,
                        double *confidence,
                        SgRect *box)
{
  const Functions *call = &self->call;
  g_autoptr (GString) text = g_string_new (NULL);

  call->set_image (self->api, grey, width, height, 1, width);
  call->set_resolution (self->api, RESOLUTION);
  if (!recognize (self, budget))
    return NULL;
  TessResultIterator *word = call->get_iterator (self->api);
  if (!word)
    return NULL;
  *confidence = 1;
  do
    add_word (self, word, text, confidence, box);
  while (call->iterator_next (word, RIL_WORD));
  call->iterator_delete (word);
  return text->len > 0 && g_utf8_validate (text->str, text->len, NULL)
           ? g_string_free (g_steal_pointer (&text), FALSE)
           : NULL;
}
