#!/usr/bin/env bash
# Node throws away what a child wrote to its standard output, if the child exits before anybody reads.
#
# One would guess: bytes that a child has written to a pipe wait for their reader, as they do in a shell and in Python; a
# reader who comes later gets them, or backpressure keeps the child waiting.
# Versions: Node 24.21.0 and 20.20.2 (npm node@24.21.0, node@20.20.2), Python 3.11.
# Instead: when the child exits, Node resumes every stream of it that has no reader, and the bytes are gone. An iterator that
# is asked for its first piece after that gives none, and no error. A listener for `readable`, set at once, keeps them.
#
# Seen on 2026-12-01:
#   v24.21.0, read late: 0 bytes
#   v24.21.0, read late, with a listener for readable: 6 bytes
#   v20.20.2, read late: 0 bytes
#   v20.20.2, read late, with a listener for readable: 6 bytes
#   Python, read late: 6 bytes
#
# Exit code: 0 while this is so, 1 once it changes, 2 if a program is missing.
set -eu
command -v python3 >/dev/null || { echo "needs Debian's python3"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > late.mjs <<'END'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
const late = async (listen) => {
  const { stdout, stderr } = spawn('echo', ['hello']);
  if (listen) stdout.on('readable', () => undefined);
  stderr.resume();
  await once(stderr, 'close');
  await new Promise((resolve) => setTimeout(resolve, 500));
  let bytes = 0;
  for await (const piece of stdout) bytes += piece.length;
  return bytes;
};
console.log(`${process.version}, read late: ${await late(false)} bytes`);
console.log(`${process.version}, read late, with a listener for readable: ${await late(true)} bytes`);
END
for version in 24.21.0 20.20.2; do
  mkdir "$version"
  (cd "$version" && npm init -y >/dev/null && npm install --silent --no-audit --no-fund "node@$version")
  "$version/node_modules/.bin/node" late.mjs
done | tee said
python3 -c "
import subprocess, time
child = subprocess.Popen(['echo', 'hello'], stdout=subprocess.PIPE)
time.sleep(0.5); child.wait()
print(f'Python, read late: {len(child.stdout.read())} bytes')"
[ "$(grep -c 'late: 0 bytes' said) $(grep -c 'readable: 6 bytes' said)" = '2 2' ]
