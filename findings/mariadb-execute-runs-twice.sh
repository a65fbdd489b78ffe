#!/usr/bin/env bash
# The mariadb driver runs the previous statement again when the server refuses to prepare the next one.
#
# One would guess: an execute() that fails because its statement could not be prepared has run nothing.
# Versions: mariadb 3.5.4 (npm; 3.4.5 does the same), MariaDB 10.11.19 (Debian's mariadb-server).
# Instead: with `pipelining`, which is on unless it is turned off, the driver sends PREPARE and EXECUTE together, the
# latter for "the statement prepared last". Refused for max_prepared_stmt_count, PREPARE leaves the one before as the
# last: the UPDATE runs again. The caller sees only the error of the SELECT. With `pipelining: false` nothing runs.
#
# Seen on 2026-11-30:
#   pipelining true: SELECT fails with 1461, UPDATE was called once and ran 2 times
#   pipelining false: SELECT fails with 1461, UPDATE was called once and ran 1 times
#
# Exit code: 0 while this is so, 1 once the UPDATE runs once, 2 if a program is missing.
set -eu
for program in mariadbd mariadb-install-db; do
  command -v "$program" >/dev/null || { echo "needs Debian's mariadb-server"; exit 2; }
done
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server" || true; }; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund mariadb@3.5.4

as=(--no-defaults "--user=$(id -un)" "--datadir=$folder/data")
mariadb-install-db "${as[@]}" --auth-root-authentication-method=normal --skip-test-db >log 2>&1
mariadbd "${as[@]}" --skip-networking "--socket=$folder/socket" "--pid-file=$folder/pid" >>log 2>&1 &
server=$!
for _ in $(seq 300); do [ -S socket ] && break || sleep 0.2; done

cat >try.cjs <<'END'
const { createConnection } = require('mariadb');
(async () => {
  for (const pipelining of [true, false]) {
    const connection = await createConnection({ socketPath: `${__dirname}/socket`, user: 'root', pipelining });
    await connection.query('CREATE OR REPLACE DATABASE counting');
    await connection.query('USE counting');
    await connection.query('CREATE TABLE counter (n INT)');
    await connection.query('INSERT INTO counter VALUES (0)');
    await connection.query('SET GLOBAL max_prepared_stmt_count = 1');
    await connection.execute('UPDATE counter SET n = n + 1');
    const failure = await connection.execute('SELECT n FROM counter').then(() => 'nothing', (error) => error.errno);
    const [{ n }] = await connection.query('SELECT n FROM counter');
    console.log(`pipelining ${pipelining}: SELECT fails with ${failure}, UPDATE was called once and ran ${n} times`);
    await connection.end();
  }
})();
END
node try.cjs | tee seen
grep -q '^pipelining true: SELECT fails with 1461, .* ran 2 times$' seen
grep -q '^pipelining false: SELECT fails with 1461, .* ran 1 times$' seen
