import type { ClientSession, MongoClient } from 'mongodb';

/**
 * Counts how often a session has asked for its commit. The driver asks again by itself when the line breaks, and tells nobody;
 * a compatible server that had rolled the transaction back with the broken line answers the second time that all is well. So
 * only a commit that was asked for once is certain. Needs a client with `monitorCommands`.
 */
class CommitWatch {
  private readonly asked = new Map<string, number>();

  constructor(client: MongoClient) {
    client.on('commandStarted', ({ commandName, command }) => {
      if (commandName !== 'commitTransaction') return;
      const key = keyOf(command.lsid);
      const times = this.asked.get(key);
      if (times !== undefined) this.asked.set(key, times + 1);
    });
  }

  begin(session: ClientSession): void {
    this.asked.set(keyOf(session.id), 0);
  }

  isCertain(session: ClientSession): boolean {
    return (this.asked.get(keyOf(session.id)) ?? 0) <= 1;
  }

  end(session: ClientSession): void {
    this.asked.delete(keyOf(session.id));
  }
}

function keyOf(sessionId: ClientSession['id']): string {
  return sessionId?.id.toString('hex') ?? '';
}

const watches = new WeakMap<MongoClient, CommitWatch>();

/** One a client: its listener stays as long as the client. */
export function commitWatchOf(client: MongoClient): CommitWatch {
  let watch = watches.get(client);
  if (watch === undefined) {
    watch = new CommitWatch(client);
    watches.set(client, watch);
  }
  return watch;
}
