#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh HARNESS [SECONDS] [CORPUS]: builds tests/fuzz/fuzz-HARNESS.c (decoder, recording, websocket) with clang's libFuzzer,
# address and undefined-behaviour sanitizers, and runs it for so long (60 s). The corpus (build/fuzz/HARNESS) is kept and grown. An
# input that fails is left beside it as crash-*: make it a case of tests/stream, then mend what it shows.
# Needs clang and its runtimes (Debian: clang libclang-rt-14-dev), and a build folder for config.h.
set -euo pipefail
cd "$(dirname "$0")/../.."
harness=${1:?which harness: decoder, recording or websocket}
seconds=${2:-60}
corpus=${3:-build/fuzz/$harness}
mujoco=subprojects/mujoco
most=4096 # bytes of an input
mkdir -p "$corpus"
sources=(src/base/{error,json,file,limits,metrics,histogram,number}.c src/stream/{block,chain,decoder,encoder,error,frame,manifest,recording}.c)
if [ "$harness" = websocket ]; then
  most=4400 # more than a message may have
  sources=(src/base/{error,json,file,limits,number}.c src/stream/{share-message,websocket}.c)
  if [ -z "$(ls "$corpus")" ]; then
    printf '@{"type":"pull","scene":1,"body":2,"point":[0,0,0.1],"target":[1,-2,3e1]}' > "$corpus/pull"
    printf 'A{"type":"ready","scene":7}' > "$corpus/ready"
    printf '\x07\x81\x82\x01\x02\x03\x04{}\x89\x80\x00\x00\x00\x00\x88\x82\x00\x00\x00\x00\x03\xe8' > "$corpus/messages"
  fi
fi
clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -U__SANITIZE_ADDRESS__ \
  -D_GNU_SOURCE -DG_LOG_USE_STRUCTURED -DG_LOG_DOMAIN='"fuzz"' -w -Isrc -Ibuild -I. -Ibuild/src -I$mujoco/include \
  "tests/fuzz/fuzz-$harness.c" "${sources[@]}" -o "build/fuzz/fuzz-$harness" \
  $(pkg-config --cflags --libs gio-2.0 jansson zlib libzstd) -L$mujoco/lib -lmujoco -Wl,-rpath,"$PWD/$mujoco/lib" -lm
cd "$corpus/.."
exec "./fuzz-$harness" -fork=1 -max_total_time="$seconds" -max_len=$most -timeout=20 -rss_limit_mb=1024 \
  -artifact_prefix=crash-"$harness"- "$(basename "$corpus")"
