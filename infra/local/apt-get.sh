#!/bin/sh
# apt-get.sh update | install <package>...
# Installs packages as root without starting their services, now or at the next boot: the system runs
# instances of its own.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
apt="apt-get --quiet --yes -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3"

if [ "$1" = update ]; then
  exec $apt update
fi
shift

# invoke-rc.d asks this program before it starts a service; 101 forbids it.
policy=/usr/sbin/policy-rc.d
mark='Written by comprimemelo for the time of an installation'
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
