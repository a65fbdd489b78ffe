#!/usr/bin/env bash
# bsdtar loses the content of hard links when it converts a cpio to a tar.
#
# One would guess: `bsdtar -cf out.tar @in.cpio` keeps what `bsdtar -x` extracts from in.cpio, or fails.
# Versions: bsdtar 3.6.2 (Debian's libarchive-tools 3.6.2-1+deb12u5), GNU cpio 2.13.
# Instead: newc holds the content of a file with two names at its last name. In the tar the first name is a file of
# 0 bytes and the last a hard link to it, which has no content in tar. The content is gone; the exit code is 0. It is so
# for an archive by GNU cpio and for one by bsdtar itself. A tar with the same files is converted whole.
#
# Seen on 2026-11-30:
#   GNU cpio: extracted 12 + 12 bytes; converted (exit code 0), then extracted: 0 + 0 bytes
#   bsdtar: extracted 12 + 12 bytes; converted (exit code 0), then extracted: 0 + 0 bytes
#   tar: extracted 12 + 12 bytes; converted (exit code 0), then extracted: 12 + 12 bytes
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
for program in bsdtar:libarchive-tools cpio:cpio tar:tar; do
  command -v "${program%:*}" >/dev/null || { echo "needs Debian's ${program#*:}"; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
bsdtar --version

mkdir in
echo 'the content' >in/a
ln in/a in/b
(cd in && printf 'a\nb\n' | cpio --quiet -o -H newc >../gnu.cpio)
bsdtar -C in --format=newc -cf bsdtar.cpio a b
tar -C in -cf gnu.tar a b

# Extracts $1 and prints the sizes of both files.
sizes() {
  rm -rf out
  mkdir out
  bsdtar -xf "$1" -C out
  printf '%s + %s bytes' "$(wc -c <out/a)" "$(wc -c <out/b)"
}

for what in 'GNU cpio:gnu.cpio' bsdtar:bsdtar.cpio tar:gnu.tar; do
  rc=0
  bsdtar -cf converted.tar --format=pax "@${what#*:}" || rc=$?
  echo "${what%:*}: extracted $(sizes "${what#*:}"); converted (exit code $rc), then extracted: $(sizes converted.tar)"
done | tee seen
[ "$(grep -c '12 + 12 bytes; converted (exit code 0), then extracted: 0 + 0 bytes' seen)" = 2 ]
grep -q '^tar: .* then extracted: 12 + 12 bytes' seen
