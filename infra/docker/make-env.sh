#!/bin/sh
# Writes the passwords and keys that docker-compose.yml requires to .env beside it, or to the file given as argument.
# Existing values are kept, so run it again after an update to add new ones.
set -eu
umask 077
file=${1:-$(dirname "$0")/../../.env}

# 32 random bytes as base64url without padding.
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
[ $# -gt 0 ] || echo 'Wrote the secrets to .env. Next, run: docker compose up'
