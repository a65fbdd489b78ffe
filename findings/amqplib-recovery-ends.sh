#!/usr/bin/env bash
# amqplib's recovery ends for ever, in silence, if the connection goes while a failed `setup` is cleared up.
#
# One would guess: with `recovery`, whose maxRetries is Infinity unless given, connecting is tried until it succeeds.
# Versions: amqplib 2.3.1 (npm), RabbitMQ 3.10.8 (Debian's rabbitmq-server).
# Instead: when `setup` rejects, recovery first awaits the connection's close(), which waits for the broker's answer. If
# the connection ends before that, close() never settles: no `connect-failed`, no new attempt.
#
# Seen on 2026-11-30:
#   setup rejects: 2 set-ups, connect-failed 1, connected 1
#   setup rejects, then the connection ends: 1 set-ups, connect-failed 0, connected 0
#
# Exit code: 0 while this is so, 1 once it connects again, 2 if a program is missing.
set -eu
rabbit=$(ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server) || { echo "needs Debian's rabbitmq-server"; exit 2; }
folder=$(mktemp -d)
port=${TEST_PORT:-19200}
trap '[ ! -s "$folder/pid" ] || kill "$(cat "$folder/pid")" || true; wait; epmd -kill >/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund amqplib@2.3.1
echo '[].' >plugins
export HOME=$folder RABBITMQ_NODENAME=finding@localhost RABBITMQ_NODE_PORT=$port RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
export RABBITMQ_DIST_PORT=$((port + 1)) ERL_EPMD_PORT=$((port + 2)) ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_PID_FILE=$folder/pid
export RABBITMQ_MNESIA_BASE=$folder/data RABBITMQ_LOG_BASE=$folder/log RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_ENABLED_PLUGINS_FILE=$folder/plugins
RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' "$rabbit" >server.log 2>&1 &
for _ in $(seq 300); do grep -qs completed server.log && break || sleep 0.2; done

cat >try.cjs <<'END'
const { connect, createServer } = require('node:net');
const open = new Set(); // both ends of what passes through
const between = createServer((client) => {
  const broker = connect(Number(process.argv[2]), '127.0.0.1');
  for (const end of [client, broker]) open.add(end.on('error', () => {}));
  client.pipe(broker).pipe(client);
});
async function attempt(what, ends) {
  const seen = { setups: 0, failed: 0, connected: 0 };
  const setup = async (model) => {
    model.on('error', () => {});
    if (++seen.setups > 1) return;
    if (ends) setImmediate(() => open.forEach((end) => end.destroy()));
    throw new Error('not yet');
  };
  const recovery = { waitForConnect: false, initialDelay: 50, maxDelay: 50, setup };
  const connection = await require('amqplib').connect({ port: between.address().port }, { recovery });
  connection.on('error', () => {}).on('connect-failed', () => seen.failed++).on('connect', () => seen.connected++);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  console.log(`${what}: ${seen.setups} set-ups, connect-failed ${seen.failed}, connected ${seen.connected}`);
}
between.listen(0, '127.0.0.1', async () => {
  await attempt('setup rejects, then the connection ends', true);
  await attempt('setup rejects', false);
  process.exit();
});
END
node try.cjs "$port" | tee seen
grep -q '^setup rejects, .* 1 set-ups, connect-failed 0, connected 0$' seen && grep -q '^setup rejects: 2 set-ups, connect-failed 1, connected 1$' seen
