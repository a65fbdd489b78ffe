#!/bin/sh
# apt-get.sh update | install <package>...
# Installs packages as root without starting or enabling their services, because the system runs its own
# instances.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt="apt-get --quiet --yes -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3"

if [ "$1" = update ]; then
  exec $apt update
fi
shift

# invoke-rc.d runs this program before it starts a service; exit code 101 forbids the start.
policy=/usr/sbin/policy-rc.d
mark='Temporary file, written by comprimemelo during an installation'
cleanup() {
  if grep -qs "$mark" "$policy"; then rm -f "$policy"; fi
}
trap cleanup EXIT
trap 'exit 143' HUP INT TERM
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\n# %s.\nexit 101\n' "$mark" > "$policy"
  chmod 755 "$policy"
fi

units='rabbitmq-server.service nginx.service mariadb.service epmd.service epmd.socket'
is_enabled() {
  command -v systemctl > /dev/null && systemctl is-enabled --quiet "$1" 2> /dev/null
}
before=
for unit in $units; do
  if is_enabled "$unit"; then before="$before $unit "; fi
done

$apt install --no-install-recommends "$@"

for unit in $units; do
  case "$before" in *" $unit "*) continue ;; esac
  if is_enabled "$unit"; then systemctl --quiet disable "$unit" || true; fi
done
