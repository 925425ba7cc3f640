import type { Collection } from 'mongodb';
import { Conflict } from '../../domain/errors.ts';
import { Session } from '../../domain/user.ts';
import type { SessionStore } from '../../ports/session-store.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import type { SessionDocument } from './user-documents.ts';

type Sessions = Collection<SessionDocument>;

export function openMongoSessionStore({ db }: MongoConnection): SessionStore {
  const sessions: Sessions = db.collection('sessions');
  return {
    create: (session) => create(sessions, Session.parse(session)),
    find: async (id, now) => {
      const found = await sessions.findOne({ _id: id, expiresAt: { $gt: now } });
      return found === null ? null : parseSessionDocument(found);
    },
    listOfUser: async (userId, now) => {
      const found = sessions.find({ userId, expiresAt: { $gt: now } }).sort({ lastSeenAt: -1, _id: 1 });
      return (await found.toArray()).map(parseSessionDocument);
    },
    touch: async (id, lastSeenAt) => {
      await sessions.updateOne({ _id: id, lastSeenAt: { $lt: lastSeenAt } }, { $set: { lastSeenAt } });
    },
    delete: async (id) => {
      await sessions.deleteOne({ _id: id });
    },
    deleteOfUser: async (userId) => {
      await sessions.deleteMany({ userId });
    },
    deleteByTicket: async (ticket) => (await sessions.findOneAndDelete({ ticket }))?.userId ?? null,
    purge: async (now, idleBefore) => {
      const ended = { $or: [{ expiresAt: { $lte: now } }, { lastSeenAt: { $lt: idleBefore } }] };
      return (await sessions.deleteMany(ended)).deletedCount;
    },
  };
}

function parseSessionDocument({ _id, ...fields }: SessionDocument): Session {
  return Session.parse({ id: _id, ...fields });
}

async function create(sessions: Sessions, session: Session): Promise<void> {
  const { id, ...fields } = session;
  try {
    await sessions.insertOne({ _id: id, ...fields });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const known = await sessions.findOne({ _id: id });
    const same =
      known !== null &&
      JSON.stringify(parseSessionDocument(known)) === JSON.stringify(Session.parse(session));
    if (!same) throw new Conflict('A session with this id exists already.');
  }
}
