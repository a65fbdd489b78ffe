#!/usr/bin/env bash
# Biome's fix of octal object keys changes their value.
#
# One would guess: a fix that Biome marks as safe, and that `biome lint --write` therefore applies by itself, keeps what
# the program means: 0o040000, the bits of a folder in a file's mode, becomes 16384.
# Version: @biomejs/biome 2.6.8, rule complexity/useSimpleNumberKeys (recommended, fix: safe).
# Instead: keys in octal are read in base 7. 0o040000 becomes 9604 and 0o100000 (32768) becomes 16807. Keys in base 16
# and base 2 come out right.
#
# Seen on 2026-11-30:
#   before: 16 4 16384 32768
#   after:  16 4 9604 16807
#
# Exit code: 0 while this is so, 1 once the values stay.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @biomejs/biome@2.6.8

cat >biome.json <<'END'
{ "linter": { "rules": { "preset": "none", "complexity": { "useSimpleNumberKeys": "error" } } } }
END
cat >kinds.mjs <<'END'
export const names = [
  { 0x10: 'hexadecimal' },
  { 0b100: 'binary' },
  { 0o040000: 'folder' },
  { 0o100000: 'file' },
];
END
cat >keys.mjs <<'END'
import { names } from './kinds.mjs';
console.log(names.flatMap((one) => Object.keys(one)).join(' '));
END
before=$(node keys.mjs)
node_modules/.bin/biome lint --write kinds.mjs >/dev/null
after=$(node keys.mjs)
echo "before: $before"
echo "after:  $after"
[ "$before" = '16 4 16384 32768' ] && [ "$after" = '16 4 9604 16807' ]
