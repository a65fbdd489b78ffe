#!/usr/bin/env bash
# tus-js-client uploads from the first byte again when the server is away for a moment as it resumes.
#
# One would guess: a client of the protocol for resumable uploads asks again after `retryDelays` if its HEAD for the offset
# is answered with 502 or 503, as a proxy does while the server restarts, and goes on from the offset.
# Versions: tus-js-client 4.3.1 (npm), Node 20.
# Instead: where it knows the endpoint, it takes every refusal but 423 for the end of the upload. It creates a new one and
# sends all of it; the old one stays on the server.
#
# Seen on 2026-11-30:
#   423: HEAD HEAD PATCH, 4 of 8 bytes sent
#   429: HEAD POST PATCH, 8 of 8 bytes sent
#   500: HEAD POST PATCH, 8 of 8 bytes sent
#   502: HEAD POST PATCH, 8 of 8 bytes sent
#   503: HEAD POST PATCH, 8 of 8 bytes sent
#
# Exit code: 0 while this is so, 1 once 502 or 503 resumes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tus-js-client@4.3.1

cat >try.cjs <<'END'
const { createServer } = require('node:http');
const { format } = require('node:url');
const { Upload } = require('tus-js-client');
/** Resumes an upload of which the server has 4 of 8 bytes; its first answer is `status`, as from a proxy. */
async function resume(status) {
  const seen = [];
  let sent = 0;
  const server = createServer(async (request, response) => {
    for await (const bytes of request) sent += bytes.length;
    seen.push(request.method);
    if (seen.length === 1) return response.writeHead(status, { 'Retry-After': '1' }).end();
    const created = seen.includes('POST');
    const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Length': '8', Location: '/files/new' };
    const offset = request.method === 'PATCH' ? 8 : created ? 0 : 4;
    response.writeHead(request.method === 'POST' ? 201 : 204, { ...headers, 'Upload-Offset': `${offset}` }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const endpoint = format({ protocol: 'http', slashes: true, hostname: '127.0.0.1', port, pathname: '/files' });
  await new Promise((onSuccess, onError) => {
    const options = { endpoint, uploadUrl: `${endpoint}/old`, retryDelays: [10, 10], onSuccess, onError };
    new Upload(Buffer.from('12345678'), options).start();
  });
  server.close();
  server.closeAllConnections();
  console.log(`${status}: ${seen.join(' ')}, ${sent} of 8 bytes sent`);
}
(async () => { for (const status of [423, 429, 500, 502, 503]) await resume(status); })();
END
node try.cjs | tee seen
[ "$(grep -c '50[23]: HEAD POST PATCH, 8 of 8 bytes sent' seen)" = 2 ] && grep -q '^423: HEAD HEAD PATCH, 4 of 8' seen
