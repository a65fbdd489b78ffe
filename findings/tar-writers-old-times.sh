#!/usr/bin/env bash
# tar-stream and modern-tar write a header that tar and bsdtar refuse for a time before 1970.
#
# One would guess: numbers that do not fit a tar header go into a pax record or into base 256, as sizes do there, or are
# an error.
# Versions: tar-stream 3.2.2, modern-tar 0.8.6 and tar 7.5.23 (npm), bsdtar 3.6.2 (Debian's libarchive-tools), GNU tar 1.34.
# Instead: the time gets a minus sign inside its octal digits, under a correct checksum: bsdtar refuses the whole archive
# and GNU tar ends with 2. tar-stream makes 262,143 of any uid above, without an error. tar (npm) writes the time right.
#
# Seen on 2026-11-30:
#   tar-stream, 1969: GNU tar ends with 2, bsdtar with 1
#   modern-tar, 1969: GNU tar ends with 2, bsdtar with 1
#   tar-stream, uid 300000: GNU tar reads uid 262143
#   tar, 1969: GNU tar ends with 0, bsdtar with 0
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
command -v bsdtar >/dev/null || { echo "needs Debian's libarchive-tools"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tar-stream@3.2.2 modern-tar@0.8.6 tar@7.5.23

touch -d '1969-01-01 UTC' old
cat >write.cjs <<'END'
const { createWriteStream, writeFileSync } = require('node:fs');
const { pack } = require('tar-stream');
for (const [file, header] of [['old.tar', { mtime: new Date('1969-01-01') }], ['uid.tar', { uid: 300000 }]]) {
  const archive = pack();
  archive.entry({ name: 'name', ...header }, 'content');
  archive.finalize();
  archive.pipe(createWriteStream(file));
}
const header = { name: 'name', size: 7, mtime: new Date('1969-01-01') };
import('modern-tar').then(async ({ packTar }) => writeFileSync('modern.tar', await packTar([{ header, body: 'content' }])));
require('tar').create({ file: 'other.tar', sync: true }, ['old']);
END
node write.cjs

# Prints the exit codes of both readers.
codes() {
  local gnu=0 libarchive=0
  tar -tvf "$1" >/dev/null 2>&1 || gnu=$?
  bsdtar -tf "$1" >/dev/null 2>&1 || libarchive=$?
  echo "GNU tar ends with $gnu, bsdtar with $libarchive"
}
{
  echo "tar-stream, 1969: $(codes old.tar)"
  echo "modern-tar, 1969: $(codes modern.tar)"
  echo "tar-stream, uid 300000: GNU tar reads uid $(tar --numeric-owner -tvf uid.tar | sed 's/^[^ ]* \([0-9]*\).*/\1/')"
  echo "tar, 1969: $(codes other.tar)"
} | tee seen
diff seen - <<'END'
tar-stream, 1969: GNU tar ends with 2, bsdtar with 1
modern-tar, 1969: GNU tar ends with 2, bsdtar with 1
tar-stream, uid 300000: GNU tar reads uid 262143
tar, 1969: GNU tar ends with 0, bsdtar with 0
END
