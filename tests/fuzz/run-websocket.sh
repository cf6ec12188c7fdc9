#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run-websocket.sh [SECONDS] [CORPUS]: libFuzzer, with the sanitizers for addresses and undefined behaviour, on what guests of a
# shared run send (60 s). The corpus (build/fuzz/websocket) is kept and grown. An input that fails is left beside it as
# crash-*: make it a case of tests/stream/test-websocket.c, then mend what it shows.
# Needs clang and its runtimes (Debian: clang libclang-rt-14-dev), and a build folder for config.h.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
corpus=${2:-build/fuzz/websocket}
mujoco=subprojects/mujoco
mkdir -p "$corpus"
if [ -z "$(ls "$corpus")" ]; then
  printf '@{"type":"pull","scene":1,"body":2,"point":[0,0,0.1],"target":[1,-2,3e1]}' > "$corpus/pull"
  printf 'A{"type":"ready","scene":7}' > "$corpus/ready"
  printf '\x07\x81\x82\x01\x02\x03\x04{}\x89\x80\x00\x00\x00\x00\x88\x82\x00\x00\x00\x00\x03\xe8' > "$corpus/messages"
fi
clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -U__SANITIZE_ADDRESS__ \
  -D_GNU_SOURCE -DG_LOG_USE_STRUCTURED -DG_LOG_DOMAIN='"fuzz"' -w -Isrc -Ibuild -I$mujoco/include tests/fuzz/fuzz-websocket.c \
  src/base/{error,json,file,limits,number}.c src/stream/{share-message,websocket}.c -o build/fuzz/fuzz-websocket \
  $(pkg-config --cflags --libs gio-2.0 jansson) -lm
cd "$corpus/.."
exec ./fuzz-websocket -fork=1 -max_total_time="$seconds" -max_len=4400 -timeout=20 -rss_limit_mb=1024 \
  -artifact_prefix=crash-websocket- "$(basename "$corpus")"
