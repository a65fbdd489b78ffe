#!/bin/sh
# Writes the passwords and keys that docker-compose.yml asks for into .env beside it, or into the file that is named.
# What stands there stays: run it again after an update to add what is new.
set -eu
umask 077
file=${1:-$(dirname "$0")/../../.env}

# 32 random bytes in base64url, without padding.
secret() {
  if command -v openssl > /dev/null 2>&1; then
    openssl rand -base64 32
  else
    head -c 32 /dev/urandom | base64
  fi | tr '+/' '-_' | tr -d '=\n'
}

touch "$file"
for name in \
  MYSQL_ROOT_PASSWORD MYSQL_PASSWORD RABBITMQ_PASSWORD KEY_ENCRYPTION_KEY \
  TASKS_STORAGE_KEY FILES_STORAGE_KEY COMPRESSOR_STORAGE_KEY DOWNLOAD_KEY TASK_SECRETS_KEY \
  MAIL_SECRETS_KEY WEBHOOK_SECRETS_KEY; do
  grep -q "^$name=." "$file" || printf '%s=%s\n' "$name" "$(secret)" >> "$file"
done
[ $# -gt 0 ] || echo 'The secrets are in .env. Next: docker compose up'
