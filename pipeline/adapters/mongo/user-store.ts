import type { ClientSession, Collection, Filter } from 'mongodb';
import { assertAdminStays, isStayingAdmin } from '../../domain/account.ts';
import { Conflict } from '../../domain/errors.ts';
import { endOf } from '../../domain/stand-in.ts';
import { User } from '../../domain/user.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { identityTaken } from '../identity-taken.ts';
import { buildLapse } from '../stand-in-record.ts';
import { type AuditCollections, auditCollections, insertFacts } from './audit-documents.ts';
import { caseCollections } from './case-documents.ts';
import { inMongoTransaction, type MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import { findOpenOf, standInCollection, toStandInDocument } from './stand-in-documents.ts';
import {
  identityKeyOf,
  parseUserDocument,
  type SessionDocument,
  toUserDocument,
  type UserDocument,
} from './user-documents.ts';

type Users = Collection<UserDocument>;

export function openMongoUserStore(connection: MongoConnection): UserStore {
  const { client, db } = connection;
  const users: Users = db.collection('users');
  const at = caseCollections(db);
  const inOne = <T>(write: (scope: Scope) => Promise<T>) =>
    inMongoTransaction(client, (session) => write({ users, at, session }));
  return {
    add: (user, audit) => explainTaken(users, user, () => add(inOne, { user: User.parse(user), audit })),
    findByLogin: (login) => findBy(users, { login }),
    find: (userId) => findBy(users, { _id: userId }),
    findByIdentity: (identity) => findBy(users, { identityKeys: identityKeyOf(identity) }),
    list: async () => (await users.find().sort({ login: 1 }).toArray()).map(parseUserDocument),
    update: (user, audit) =>
      explainTaken(users, user, async () => {
        const next = User.parse(user);
        const swapped = audit === undefined ? await swapPlain(users, next) : null;
        return swapped ?? inOne((scope) => swap(scope, next, audit));
      }),
    disable: (userId, audit) => inOne((scope) => disable(connection, scope, userId, audit)),
  };
}

/** For one who writes accounts together with something else, inside their transaction. */
export function openUserWrites(connection: MongoConnection, session: ClientSession) {
  const users: Users = connection.db.collection('users');
  const scope: Scope = { users, at: auditCollections(connection.db), session };
  return {
    add: async (added: readonly { user: User; audit: NewAuditEntry }[]) => {
      if (added.length === 0) return;
      const taken = await findTaken(scope, added);
      if (taken !== null) throw taken;
      const documents = added.map(({ user }) => toUserDocument(User.parse(user)));
      await users.insertMany(documents, { session });
      const facts = added.map(({ audit }) => audit);
      await insertFacts(scope.at, session, facts, []);
    },
    update: (user: User, audit: NewAuditEntry) => swap(scope, User.parse(user), audit),
    disable: (userId: string, audit: NewAuditEntry) => disable(connection, scope, userId, audit),
  };
}

/** Looked for beforehand: a key that is taken ends a transaction, and with it the chance to say whose it is. */
async function findTaken(
  { users, session }: Pick<Scope, 'users' | 'session'>,
  added: readonly { user: User }[],
): Promise<Conflict | null> {
  const logins = added.map(({ user }) => user.login);
  const login = await users.findOne({ login: { $in: logins } }, { session });
  if (login !== null) return loginTaken(parseUserDocument(login));
  const identities = added.flatMap(({ user }) => user.identities);
  const keys = identities.map(identityKeyOf);
  const owner = await users.findOne({ identityKeys: { $in: keys } }, { session });
  const taken = identities.find((one) => owner?.identityKeys?.includes(identityKeyOf(one)));
  return taken === undefined ? null : identityTaken(taken);
}

interface Scope {
  users: Users;
  at: AuditCollections;
  session: ClientSession;
}

async function findBy(users: Users, filter: Filter<UserDocument>): Promise<User | null> {
  const found = await users.findOne(filter);
  return found === null ? null : parseUserDocument(found);
}

const loginTaken = ({ login }: User) => new Conflict(`账号 ${login} 已被使用。`);

/** What an account could not be written for: a key was taken, and the server's word for which one is its own. */
async function takenBy(users: Users, user: User): Promise<Conflict> {
  for (const identity of user.identities) {
    const owner = await findBy(users, { identityKeys: identityKeyOf(identity) });
    if (owner !== null && owner.id !== user.id) return identityTaken(identity);
  }
  return loginTaken(user);
}

async function explainTaken<T>(users: Users, user: User, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isDuplicateKey(error) ? await takenBy(users, user) : error;
  }
}

async function add(
  inOne: <T>(write: (scope: Scope) => Promise<T>) => Promise<T>,
  { user, audit }: { user: User; audit: NewAuditEntry | undefined },
): Promise<void> {
  await inOne(async ({ users, at, session }) => {
    const known = await users.findOne({ _id: user.id }, { session });
    if (known !== null) {
      if (JSON.stringify(parseUserDocument(known)) === JSON.stringify(user)) return;
      throw loginTaken(user);
    }
    // Who lost the login waits for no index again.
    const taken = await findTaken({ users, session }, [{ user }]);
    if (taken !== null) throw taken;
    await users.insertOne(toUserDocument(user), { session });
    if (audit !== undefined) await insertFacts(at, session, [audit], []);
  });
}

const admin = 'account-admin';
/** As `isStayingAdmin` (domain/account.ts). */
const staying: Filter<UserDocument> = { disabled: false, roles: admin, leavesOn: null };

/** In one round trip where nobody who manages accounts would go. @returns null where that, or the version, has to be looked at */
async function swapPlain(users: Users, user: User): Promise<User | null> {
  const goes = isStayingAdmin(user) ? {} : { $nor: [staying] };
  const next = { ...user, roles: [...user.roles], version: user.version + 1 };
  const filter = { _id: user.id, version: user.version, ...goes };
  const { matchedCount } = await users.replaceOne(filter, toUserDocument(next));
  return matchedCount === 0 ? null : next;
}

async function swap(
  { users, at, session }: Scope,
  user: User,
  audit: NewAuditEntry | undefined,
): Promise<User> {
  const found = await users.findOne({ _id: user.id, version: user.version }, { session });
  if (found === null) throw new Conflict('这个账号已被别人修改，请重新打开后再保存。');
  const before = parseUserDocument(found);
  if (isStayingAdmin(before) && !isStayingAdmin(user)) {
    // Touched: whoever would take that one away at the same moment meets us here.
    const other = { _id: { $ne: user.id }, ...staying };
    const another = await users.findOneAndUpdate(other, { $inc: { version: 1 } }, { session });
    assertAdminStays(before, user, another !== null);
  }
  const next = { ...user, roles: [...user.roles], version: user.version + 1 };
  await users.replaceOne({ _id: user.id, version: user.version }, toUserDocument(next), { session });
  if (audit !== undefined) await insertFacts(at, session, [audit], []);
  return next;
}

async function disable(
  { db }: MongoConnection,
  scope: Scope,
  userId: string,
  audit: NewAuditEntry,
): Promise<User | null> {
  const { users, at, session } = scope;
  const found = await users.findOne({ _id: userId }, { session });
  if (found === null) return null;
  const before = parseUserDocument(found);
  const after = before.disabled ? before : await swap(scope, { ...before, disabled: true }, audit);
  await db.collection<SessionDocument>('sessions').deleteMany({ userId }, { session });
  const { cases } = caseCollections(db);
  await cases.updateMany({ 'claim.actorId': userId }, { $set: { claim: null } }, { session });
  const standIns = standInCollection(db);
  const open = await findOpenOf(standIns, [userId], audit.at, { session });
  const ended = open.map((one) => endOf(one, audit.actorId, audit.at));
  for (const one of ended) await standIns.replaceOne({ _id: one.id }, toStandInDocument(one), { session });
  await insertFacts(
    at,
    session,
    ended.map((one) => buildLapse(one, audit)),
    [],
  );
  return after;
}
