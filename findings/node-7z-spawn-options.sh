#!/usr/bin/env bash
# node-7z does not pass $spawnOptions on to spawn().
#
# One would guess: the README lists `$spawnOptions`, "Pass `options` to the `child_process.spawn()` command", so that
# `{ $spawnOptions: { env: {}, cwd } }` starts 7-Zip with an empty environment in that folder.
# Versions: node-7z 3.0.0 (also the types, 2.1.11, declare the option), Node 20 and 24.
# Instead: nothing reads the option. The program inherits this process's environment and folder, in silence.
#
# Seen on 2026-11-30:
#   environment of the program has SECRET: yes
#   folder of the program is the one asked for: no
#
# Exit code: 0 while this is so, 1 once the option is passed on.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node-7z@3.0.0
mkdir asked

# In place of 7-Zip: a program that writes down what it was given.
cat >program <<'END'
#!/bin/sh
{ echo "secret=${SECRET:-none}"; echo "folder=$(pwd -P)"; } >"$(dirname "$0")/given"
END
chmod +x program

cat >try.cjs <<'END'
const Seven = require('node-7z');
const stream = Seven.add('a.zip', '.', {
  $bin: `${__dirname}/program`,
  $spawnOptions: { env: { PATH: process.env.PATH }, cwd: `${__dirname}/asked` },
});
stream.on('data', () => {}).on('error', () => {});
END
SECRET=inherited node try.cjs

inherits=no
inside=no
grep -q 'secret=inherited' given && inherits=yes
grep -q 'folder=.*/asked$' given && inside=yes
echo "environment of the program has SECRET: $inherits"
echo "folder of the program is the one asked for: $inside"
[ "$inherits" = yes ] && [ "$inside" = no ]
