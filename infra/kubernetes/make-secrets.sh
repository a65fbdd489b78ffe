#!/bin/sh
# Writes secrets.env of an overlay (default: `overlays/single-node`): the same passwords and keys as for Compose, and
# the addresses of the database and the broker. Existing values are kept, so you can set your own DATABASE_URL,
# AMQP_URL, RABBITMQ_MANAGEMENT_URL and SMTP_URL in the file before or after.
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
echo "Wrote the secrets to $file. Next, run: kubectl apply -k $(dirname "$file")"
