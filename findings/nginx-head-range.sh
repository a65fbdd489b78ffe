#!/usr/bin/env bash
# nginx answers a HEAD that carries Range with 206 and the length of the range.
#
# One would guess: Range is for GET alone (RFC 9110, section 14.2: a server must ignore it with other methods), so that
# HEAD says 200 and the length of the whole file, whatever else a client's layer adds to its requests.
# Versions: nginx 1.22.1 (Debian), curl 7.88.1.
# Instead: HEAD is answered like GET. Content-Length is the range's; a range behind the end makes it 416.
#
# Seen on 2026-11-30:
#   no range: GET 200 with Content-Length 1000, HEAD 200 with Content-Length 1000
#   0-9: GET 206 with Content-Length 10, HEAD 206 with Content-Length 10
#   2000-: GET 416 with Content-Length 197, HEAD 416 with Content-Length 197
#
# Exit code: 0 while this is so, 1 once HEAD ignores Range, 2 if a program is missing.
set -eu
for program in nginx curl; do
  command -v "$program" >/dev/null || { echo "needs Debian's $program"; exit 2; }
done
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$folder"' EXIT
cd "$folder"
nginx -v

mkdir files
chmod 755 . files
head -c 1000 /dev/zero >files/file
cat >configuration <<END
daemon off;
master_process off;
pid $folder/pid;
error_log $folder/log;
events {}
http {
  access_log off;
  client_body_temp_path $folder/body;
  server { listen unix:$folder/socket; root $folder/files; }
}
END
nginx -c "$folder/configuration" 2>>log &
server=$!
for _ in $(seq 100); do [ -S socket ] && break || sleep 0.1; done

ask() { curl -s -o /dev/null --unix-socket socket "$@" localhost/file; }
show='%{http_code} with Content-Length %header{content-length}'
{
  echo "no range: GET $(ask -w "$show"), HEAD $(ask -I -w "$show")"
  for range in 0-9 2000-; do
    echo "$range: GET $(ask -r "$range" -w "$show"), HEAD $(ask -I -r "$range" -w "$show")"
  done
} | tee seen
grep -q '^no range: .* HEAD 200 with Content-Length 1000$' seen
grep -q '^0-9: .* HEAD 206 with Content-Length 10$' seen && grep -q '^2000-: .* HEAD 416 ' seen
