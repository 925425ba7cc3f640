import type { Collection, Filter } from 'mongodb';
import { Conflict } from '../../domain/errors.ts';
import { type Identity, User } from '../../domain/user.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { identityTaken } from '../identity-taken.ts';
import type { MongoConnection } from './connection.ts';
import { isDuplicateKey } from './mongo-errors.ts';
import type { UserDocument } from './user-documents.ts';

type Users = Collection<UserDocument>;

export function openMongoUserStore({ db }: MongoConnection): UserStore {
  const users: Users = db.collection('users');
  return {
    add: (user) => add(users, User.parse(user)),
    findByLogin: (login) => findBy(users, { login }),
    find: (userId) => findBy(users, { _id: userId }),
    findByIdentity: (identity) => findBy(users, { identityKeys: keyOf(identity) }),
    list: async () => (await users.find().sort({ login: 1 }).toArray()).map(parseUserDocument),
    update: (user) => update(users, User.parse(user)),
  };
}

function parseUserDocument({ _id, identityKeys: _, ...fields }: UserDocument): User {
  return User.parse({ id: _id, ...fields });
}

/** Without an identity the field is left out: an index that is unique passes over documents that lack it. */
function toUserDocument({ id, ...fields }: User): UserDocument {
  const identityKeys = [...new Set(fields.identities.map(keyOf))];
  return { _id: id, ...fields, ...(identityKeys.length === 0 ? {} : { identityKeys }) };
}

function keyOf({ provider, subject }: Identity): string {
  return `${provider}:${subject}`;
}

async function findBy(users: Users, filter: Filter<UserDocument>): Promise<User | null> {
  const found = await users.findOne(filter);
  return found === null ? null : parseUserDocument(found);
}

const loginTaken = ({ login }: User) => new Conflict(`账号 ${login} 已被使用。`);

/** What an account could not be written for: a key was taken, and the server's word for which one is its own. */
async function takenBy(users: Users, user: User): Promise<Conflict> {
  for (const identity of user.identities) {
    const owner = await findBy(users, { identityKeys: keyOf(identity) });
    if (owner !== null && owner.id !== user.id) return identityTaken(identity);
  }
  return loginTaken(user);
}

async function add(users: Users, user: User): Promise<void> {
  try {
    await users.insertOne(toUserDocument(user));
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const taken = await findBy(users, { _id: user.id });
    if (JSON.stringify(taken) !== JSON.stringify(user)) throw await takenBy(users, user);
  }
}

async function update(users: Users, user: User): Promise<User> {
  const next = { ...user, roles: [...user.roles], version: user.version + 1 };
  try {
    const replaced = await users.replaceOne({ _id: user.id, version: user.version }, toUserDocument(next));
    if (replaced.matchedCount === 0) throw new Conflict('这个账号已被别人修改，请重新打开后再保存。');
  } catch (error) {
    throw isDuplicateKey(error) ? await takenBy(users, user) : error;
  }
  return next;
}
