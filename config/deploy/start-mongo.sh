#!/bin/sh
# Starts one member of the replica set. mongod takes a key file only if it belongs to it and nobody else may read it,
# which a mounted secret cannot promise; hence the copy, in memory.
# Usage: start-mongo.sh SECRETS-FOLDER [more options for mongod]
set -eu
secrets=$1
shift
keyfile=${TMPDIR:-/tmp}/mongo-keyfile
install -m 0400 "$secrets/mongo_keyfile" "$keyfile"
# A transaction whose process was killed holds its documents no longer than this; ours take seconds at most.
exec mongod --replSet rs0 --keyFile "$keyfile" --bind_ip_all --setParameter transactionLifetimeLimitSeconds=30 "$@"
