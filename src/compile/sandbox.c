/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Resource limits, no new privileges, Landlock with not a single rule (so that no file of any kind can be
 * opened), and a list of system calls that a compiler of models has no use for. The latter two need no
 * library: a structure and a system call each. */
#include "config.h"

#include "compile/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
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
  return limit (RLIMIT_NOFILE, 16) && all;
}

static gboolean
enter_landlock (void)
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
  gboolean entered = syscall (SYS_landlock_restrict_self, fd, 0) == 0;
  close (fd);
  return entered;
}

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define REFUSE(name)                                      \
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), \
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

/* Nothing is run, opened for writing elsewhere, reached by the network or told to other processes. */
static gboolean
enter_seccomp (void)
{
#ifdef ARCHITECTURE
  static const struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, arch)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    REFUSE (execve),
    REFUSE (execveat),
    REFUSE (openat),
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
  const struct sock_fprog program = { G_N_ELEMENTS (filter), (struct sock_filter *)filter };

  return prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
  return FALSE;
#endif
}

SgHandoverLocks
sg_sandbox_enter (void)
{
  SgHandoverLocks locks = 0;

  prctl (PR_SET_PDEATHSIG, SIGKILL); /* what nobody waits for is not worth its time */
  prctl (PR_SET_DUMPABLE, 0);
  if (enter_limits ())
    locks |= SG_HANDOVER_LIMITS;
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return locks;
  if (enter_landlock ())
    locks |= SG_HANDOVER_LANDLOCK;
  if (enter_seccomp ())
    locks |= SG_HANDOVER_SECCOMP;
  return locks;
}
