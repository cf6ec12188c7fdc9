/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * simgen-compile: makes one model ready and ends. It is given a text and its files in memory
 * (base/handover.h), locks itself in, has MuJoCo parse, compile and try the model, and hands back MJB.
 * Whatever the model does to MuJoCo, it does to this process.
 *
 *   request -> locked in -> parse -> compile -> a few steps -> answer */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <glib.h>
#include <mujoco/mujoco.h>

#include "base/handover.h"
#include "compile/answer.h"
#include "compile/sandbox.h"
#include "physics/fatal.h"

/* The model is tried so long: what ends or stops the process shows in its first steps. */
#define TRIAL_STEPS 20
#define TRIAL_TIME 1.0   /* s: not more steps than this takes */
#define LONGEST_STEP 2.0 /* s */

#define MAX_PARTS 4096

typedef struct
{
  const char *data;
  guint64 size;
} Part;

typedef struct
{
  SgHandoverLocks locks;
  Part parts[MAX_PARTS]; /* text; name and content of each asset */
  guint64 n_parts;
  mjVFS vfs;
  mjSpec *spec;
  mjModel *model;
  mjData *data;
  double longest; /* s of a step */
  char message[1000];
  char *xml; /* (nullable) */
  int xml_size;
} Job;

/* -- Talking -- */

G_GNUC_NORETURN static void
answer_text (const Job *job, SgHandoverVerdict verdict, const char *text)
{
  sg_answer (job->locks, verdict, text, strlen (text), "", 0);
}

/* -- The request -- */

static gboolean
take_parts (Job *job, const char *data, guint64 size)
{
  guint64 at = 16;

  if (size < 16 || memcmp (data, SG_HANDOVER_REQUEST_MAGIC, 8) != 0)
    return FALSE;
  memcpy (&job->n_parts, data + 8, 8);
  if (job->n_parts < 1 || job->n_parts > MAX_PARTS || job->n_parts % 2 != 1)
    return FALSE;
  for (guint64 i = 0; i < job->n_parts; i++)
    {
      guint64 length;

      if (size - at < 8)
        return FALSE;
      memcpy (&length, data + at, 8);
      at += 8;
      if (length >= size - at)
        return FALSE;
      job->parts[i] = (Part){ data + at, length };
      at += length + 1;
    }
  return at == size;
}

static gboolean
read_request (Job *job)
{
  struct stat info;

  if (fstat (STDIN_FILENO, &info) != 0 || info.st_size <= 0)
    return FALSE;
  const char *data = mmap (NULL, info.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  return data != MAP_FAILED && take_parts (job, data, info.st_size);
}

/* -- MuJoCo -- */

static void
parse_cb (gpointer data)
{
  Job *job = data;

  mj_defaultVFS (&job->vfs);
  for (guint64 i = 1; i < job->n_parts; i += 2)
    mj_addBufferVFS (&job->vfs, job->parts[i].data, job->parts[i + 1].data, (int)job->parts[i + 1].size);
  job->spec = mj_parseXMLString (job->parts[0].data, &job->vfs, job->message, sizeof job->message);
}

static void
compile_cb (gpointer data)
{
  Job *job = data;

  job->model = mj_compile (job->spec, &job->vfs);
  if (!job->model)
    g_strlcpy (job->message, mjs_getError (job->spec), sizeof job->message);
}

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void
try_cb (gpointer data)
{
  Job *job = data;
  double start = now ();

  job->data = mj_makeData (job->model);
  if (!job->data)
    mju_error ("no memory for the simulation's state");
  mj_forward (job->model, job->data);
  job->longest = now () - start;
  for (int i = 0; i < TRIAL_STEPS && now () - start < TRIAL_TIME; i++)
    {
      double before = now ();

      mj_step (job->model, job->data);
      job->longest = MAX (job->longest, now () - before);
    }
}

/* What MuJoCo understood, as text of its own; nothing where it has no words for it. */
static void
save_cb (gpointer data)
{
  Job *job = data;
  char error[300];
  int size = 1 << 16;

  for (int again = 0; again < 2; again++)
    {
      job->xml = malloc (size);
      int needed = job->xml ? mj_saveXMLString (job->spec, job->xml, size, error, sizeof error) : -1;

      if (needed == 0)
        {
          job->xml_size = strlen (job->xml);
          return;
        }
      free (job->xml);
      job->xml = NULL;
      if (needed < size)
        return;
      size = needed + 1;
    }
}

/* Runs a stage; a fatal error in it is the answer. */
static void
run (Job *job, void (*stage) (gpointer data), SgHandoverVerdict fatal)
{
  char *message = NULL;

  if (!sg_fatal_catch (stage, job, &message))
    answer_text (job, fatal, message);
}

int
main (void)
{
  static Job job; /* too large for the stack */

  if (!read_request (&job))
    return 2;
  sg_fatal_init ();
  job.locks = sg_sandbox_enter (NULL);
  sg_answer_begin_stage (SG_HANDOVER_PARSING);
  run (&job, parse_cb, SG_HANDOVER_FAILED);
  if (!job.spec)
    answer_text (&job, SG_HANDOVER_FAILED, job.message);
  sg_answer_begin_stage (SG_HANDOVER_COMPILING);
  run (&job, compile_cb, SG_HANDOVER_FAILED);
  if (!job.model)
    answer_text (&job, SG_HANDOVER_FAILED, job.message);
  sg_answer_begin_stage (SG_HANDOVER_STEPPING);
  run (&job, try_cb, SG_HANDOVER_FATAL);
  if (job.longest > LONGEST_STEP)
    answer_text (&job, SG_HANDOVER_SLOW, "");
  run (&job, save_cb, SG_HANDOVER_FAILED);

  mjtSize size = mj_sizeModel (job.model);
  char *mjb = malloc (size);

  if (!mjb)
    answer_text (&job, SG_HANDOVER_FAILED, "no memory to hand the model over");
  mj_saveModel (job.model, NULL, mjb, size);
  sg_answer (job.locks, SG_HANDOVER_MODEL, mjb, size, job.xml ? job.xml : "", job.xml_size);
}
