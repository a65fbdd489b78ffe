#!/usr/bin/env bash
# fflate's gunzipSync gives the start of the first member, cut to the size of the last.
#
# One would guess: of a gzip of several members, which `cat a.gz b.gz` makes, it gives all of them, as gzip, Node, pako and
# fflate's own stream do, or it throws.
# Versions: fflate 0.8.3, pako 3.0.3 (npm), gzip 1.12, Node 20.
# Instead: it takes the size of its result from the last four bytes and fills that from the first member. With zeros
# behind the end, which gzip and Node ignore, that size is 0 and so is the result. Nothing is thrown.
#
# Seen on 2026-11-30:
#   gzip "first end", "first "
#   two members: Node "first end", pako "first end", fflate stream "first end"
#   two members: fflate "fir"
#   zeros behind: Node "first "
#   zeros behind: fflate ""
#
# Exit code: 0 while this is so, 1 once it changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fflate@0.8.3 pako@3.0.3

{ printf 'first ' | gzip; printf end | gzip; } >members.gz
{ printf 'first ' | gzip; head -c 8 /dev/zero; } >zeros.gz

cat >try.mjs <<'END'
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Gunzip, gunzipSync as fflate } from 'fflate';
import { ungzip } from 'pako';
const show = (bytes) => JSON.stringify(Buffer.from(bytes).toString());
const members = readFileSync('members.gz');
const zeros = readFileSync('zeros.gz');
const parts = [];
new Gunzip((part) => parts.push(part)).push(members, true);
console.log(`two members: Node ${show(gunzipSync(members))}, pako ${show(ungzip(members))}, \
fflate stream ${show(Buffer.concat(parts))}`);
console.log(`two members: fflate ${show(fflate(members))}`);
console.log(`zeros behind: Node ${show(gunzipSync(zeros))}`);
console.log(`zeros behind: fflate ${show(fflate(zeros))}`);
END
{
  echo "gzip \"$(gzip -dc <members.gz)\", \"$(gzip -dc <zeros.gz)\""
  node try.mjs
} | tee seen
diff seen - <<'END'
gzip "first end", "first "
two members: Node "first end", pako "first end", fflate stream "first end"
two members: fflate "fir"
zeros behind: Node "first "
zeros behind: fflate ""
END
