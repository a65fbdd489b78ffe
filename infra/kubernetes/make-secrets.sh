#!/bin/sh
# Writes secrets.env of an overlay, `overlays/single-node` if none is named: the passwords and keys that Compose has too,
# and where database and broker are. What stands there stays: put your own DATABASE_URL, AMQP_URL,
# RABBITMQ_MANAGEMENT_URL and SMTP_URL in it, before or after.
set -eu
umask 077
here=$(dirname "$0")
file=${1:-$here/overlays/single-node}/secrets.env
sh "$here/../docker/make-env.sh" "$file"

secret() { sed -n "s/^$1=//p" "$file"; }
add() { grep -q "^$1=." "$file" || printf '%s=%s\n' "$1" "$2" >> "$file"; }
add DATABASE_URL "mysql://comprimemelo:$(secret MYSQL_PASSWORD)@mysql/comprimemelo"
add AMQP_URL "amqp://comprimemelo:$(secret RABBITMQ_PASSWORD)@rabbitmq"
add RABBITMQ_MANAGEMENT_URL "http://comprimemelo:$(secret RABBITMQ_PASSWORD)@rabbitmq:15672/"
echo "The secrets are in $file. Next: kubectl apply -k $(dirname "$file")"
