#!/bin/sh
# Starts Redis with the user that the address in the secret names. The password comes over standard input, so that it
# stands neither on a disk nor in the list of processes.
# Usage: start-redis.sh SECRETS-FOLDER [more options for redis-server]
set -eu
secrets=$1
shift
password=$(sed -n 's#^redis://guanlan:\([0-9A-Za-z]\{32,\}\)@.*#\1#p' "$secrets/redis_url")
if [ -z "$password" ]; then
  echo "redis_url must read redis://guanlan:PASSWORD@redis:6379/0, with 32 or more letters and digits as PASSWORD" >&2
  exit 1
fi
# Everything that a queue needs, and nothing that reconfigures, stops or empties the server. INFO tells Bull the version;
# CONFIG GET lets `guanlan doctor` see how jobs are kept.
exec redis-server "$(dirname "$0")/redis.conf" "$@" - <<USER
user guanlan on >$password ~* &* +@all -@admin -@dangerous +info +config|get
USER
