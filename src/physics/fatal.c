/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The log handler of MuJoCo and the jump out of a fatal error. MuJoCo's handler is one for the process; the
 * place to jump to is one for each thread. */
#include "physics/fatal.h"

#include <mujoco/mujoco.h>
#include <setjmp.h>

typedef struct
{
  jmp_buf out;
  char message[sizeof ((mjLogMessage *)NULL)->subject];
} Catch;

static _Thread_local Catch *innermost;

/* The handler must not return from an error: MuJoCo goes on as if it had ended the process. */
static void
log_cb (const mjLogMessage *message)
{
  if (message->level != mjLOG_ERROR)
    g_debug ("mujoco: %s", message->subject);
  else if (innermost)
    {
      g_strlcpy (innermost->message, message->subject, sizeof innermost->message);
      longjmp (innermost->out, 1);
    }
  else
    g_error ("mujoco: %s", message->subject);
}

void
sg_fatal_init (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      mju_setLogHandler (log_cb);
      g_once_init_leave (&once, 1);
    }
}

gboolean
sg_fatal_catch (void (*work) (gpointer data), gpointer data, char **message)
{
  Catch here;
  Catch *const outer = innermost;

  if (setjmp (here.out) == 0)
    {
      innermost = &here;
      work (data);
      innermost = outer;
      return TRUE;
    }
  innermost = outer;
  *message = g_strdup (here.message);
  return FALSE;
}
