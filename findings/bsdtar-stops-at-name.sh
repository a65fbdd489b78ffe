#!/usr/bin/env bash
# bsdtar converts a tar only as far as the first name that is not UTF-8.
#
# One would guess: `bsdtar -cf - @in.tar` copies every entry that `bsdtar -t` lists and `bsdtar -x` extracts from in.tar.
# Versions: bsdtar 3.6.2 (Debian's libarchive-tools 3.6.2-1+deb12u5), GNU tar 1.34; locale C and C.UTF-8.
# Instead: at a pax name whose bytes are not UTF-8 all three warn and end with exit code 1, but -t and -x go on to the
# end, while the conversion stops there. What it has written is a complete, valid tar that lacks the rest, and the exit
# code is the one that listing and extracting all of it have, too.
#
# Seen on 2026-11-30:
#   listed 4, exit code 1; extracted 4, exit code 1; converted 1, exit code 1
#
# Exit code: 0 while this is so, 1 once the conversion goes on, 2 if a program is missing.
set -eu
for program in bsdtar:libarchive-tools tar:tar; do
  command -v "${program%:*}" >/dev/null || { echo "needs Debian's ${program#*:}"; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
bsdtar --version
tar --version | head -n 1

# GNU tar stores a name of more than 100 bytes in a pax record, as it is. The last byte is Latin-1's e with an acute.
mkdir in out
long="$(printf 'n%.0s' $(seq 110))$(printf '\351')"
for name in 1 "2$long" 3 4; do echo "$name" >"in/$name"; done
tar --format=posix -C in -cf in.tar 1 "2$long" 3 4

rc_list=0 rc_extract=0 rc_convert=0
listed=$(bsdtar -tf in.tar 2>/dev/null | wc -l)
bsdtar -tf in.tar >/dev/null 2>&1 || rc_list=$?
bsdtar -xf in.tar -C out 2>/dev/null || rc_extract=$?
extracted=$(find out -type f | wc -l)
bsdtar -cf out.tar --format=pax @in.tar 2>/dev/null || rc_convert=$?
converted=$(tar -tf out.tar | wc -l)
seen="listed $listed, exit code $rc_list; extracted $extracted, exit code $rc_extract; \
converted $converted, exit code $rc_convert"
echo "$seen"
[ "$seen" = 'listed 4, exit code 1; extracted 4, exit code 1; converted 1, exit code 1' ]
