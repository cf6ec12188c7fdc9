#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh HARNESS [SECONDS] [CORPUS]: builds tests/fuzz/fuzz-HARNESS.c (decoder, recording) with clang's libFuzzer, address and
# undefined-behaviour sanitizers, and runs it for so long (60 s). The corpus (build/fuzz/HARNESS) is kept and grown. An input
# that fails is left beside it as crash-*: make it a case of tests/stream, then mend what it shows.
# Needs clang and its runtimes (Debian: clang libclang-rt-14-dev).
set -euo pipefail
cd "$(dirname "$0")/../.."
harness=${1:?which harness: decoder or recording}
seconds=${2:-60}
corpus=${3:-build/fuzz/$harness}
mujoco=subprojects/mujoco
mkdir -p "$corpus"
sources=(src/base/{error,json,file,limits,metrics,histogram,number}.c src/stream/{block,chain,decoder,encoder,error,frame,manifest,recording}.c)
clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -U__SANITIZE_ADDRESS__ \
  -D_GNU_SOURCE -DG_LOG_USE_STRUCTURED -DG_LOG_DOMAIN='"fuzz"' -w -Isrc -Ibuild -I. -Ibuild/src -I$mujoco/include \
  "tests/fuzz/fuzz-$harness.c" "${sources[@]}" -o "build/fuzz/fuzz-$harness" \
  $(pkg-config --cflags --libs gio-2.0 jansson zlib libzstd) -L$mujoco/lib -lmujoco -Wl,-rpath,"$PWD/$mujoco/lib" -lm
cd "$corpus/.."
exec "./fuzz-$harness" -fork=1 -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=1024 \
  -artifact_prefix=crash-"$harness"- "$(basename "$corpus")"
