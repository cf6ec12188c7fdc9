/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Resource limits, no new privileges, Landlock with no rule but for what may be read (with none, no file of
 * any kind can be opened), and a list of system calls that a helper has no use for. The latter two need no
 * library: a structure and a system call each. */
#include "config.h"

#include "compile/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/limits.h"

/* Parsing and compiling take several times what the model itself does. */
#define MEMORY (3 * (rlim_t)SG_LIMIT_MODEL_MEMORY)

static gboolean
limit (int resource, rlim_t most)
{
  const struct rlimit value = { most, most };

  return setrlimit (resource, &value) == 0;
}

static gboolean
enter_limits (void)
{
  gboolean all = limit (RLIMIT_CPU, SG_LIMIT_COMPILE_SECONDS);

#ifndef SG_SANITIZED /* whose shadow is larger than any memory */
  all = limit (RLIMIT_AS, MEMORY) && all;
#endif
  all = limit (RLIMIT_CORE, 0) && all;
  all = limit (RLIMIT_FSIZE, 0) && all;
  return limit (RLIMIT_NOFILE, 32) && all;
}

/* A folder that is not there needs no rule. */
static gboolean
allow_reading (int rules, const char *folder)
{
  struct landlock_path_beneath_attr below = {
    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    .parent_fd = open (folder, O_PATH | O_CLOEXEC),
  };

  if (below.parent_fd < 0)
    return TRUE;
  gboolean allowed = syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0) == 0;
  close (below.parent_fd);
  return allowed;
}

static gboolean
enter_landlock (const char *const *readable)
{
  struct landlock_ruleset_attr rules = {
    .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, /* all of the first version */
  };
  int version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

  if (version < 1)
    return FALSE;
  int fd = syscall (SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (fd < 0)
    return FALSE;
  gboolean entered = TRUE;
  for (int i = 0; readable && readable[i]; i++)
    entered = allow_reading (fd, readable[i]) && entered;
  entered = entered && syscall (SYS_landlock_restrict_self, fd, 0) == 0;
  close (fd);
  return entered;
}

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE
#define REFUSE(name)                                      \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), \
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

static const struct sock_filter beginning[] = {
  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch)),
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
  BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
};

static const struct sock_filter opening[] = {
  REFUSE (openat),
};

/* Nothing is run, opened by other ways, reached by the network or told to other processes. */
static const struct sock_filter the_rest[] = {
  REFUSE (execve),
  REFUSE (execveat),
  REFUSE (openat2),
#ifdef SYS_open
  REFUSE (open),
  REFUSE (creat),
  REFUSE (fork),
  REFUSE (vfork),
#endif
  REFUSE (socket),
  REFUSE (socketpair),
  REFUSE (connect),
  REFUSE (bind),
  REFUSE (ptrace),
  REFUSE (process_vm_readv),
  REFUSE (process_vm_writev),
  REFUSE (unlinkat),
  REFUSE (renameat2),
  REFUSE (mount),
  REFUSE (bpf),
  REFUSE (io_uring_setup),
  BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};
#endif

static gboolean
enter_seccomp (gboolean may_open)
{
#ifdef ARCHITECTURE
  struct sock_filter filter[G_N_ELEMENTS (beginning) + G_N_ELEMENTS (opening) + G_N_ELEMENTS (the_rest)];
  struct sock_fprog program = { .filter = filter };

#define APPEND(part) \
  (memcpy (filter + program.len, part, sizeof part), program.len += (gushort)G_N_ELEMENTS (part))
  APPEND (beginning);
  if (!may_open)
    APPEND (opening);
  APPEND (the_rest);
#undef APPEND
  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
  return FALSE;
#endif
}

SgHandoverLocks
sg_sandbox_enter (const char *const *readable)
{
  SgHandoverLocks locks = 0;

  prctl (PR_SET_PDEATHSIG, SIGKILL); /* what nobody waits for is not worth its time */
  prctl (PR_SET_DUMPABLE, 0);
  if (enter_limits ())
    locks |= SG_HANDOVER_LIMITS;
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return locks;
  if (enter_landlock (readable))
    locks |= SG_HANDOVER_LANDLOCK;
  if (enter_seccomp (readable != NULL && (locks & SG_HANDOVER_LANDLOCK) != 0))
    locks |= SG_HANDOVER_SECCOMP;
  return locks;
}
