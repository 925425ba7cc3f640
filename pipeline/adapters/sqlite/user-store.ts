import { z } from 'zod';
import { Conflict } from '../../domain/errors.ts';
import { type Identity, User } from '../../domain/user.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { identityTaken } from '../identity-taken.ts';
import { inTransaction, type SqliteDatabase } from './database.ts';

const columns = `id, version, login, name, unit_id AS unitId, roles, password_hash AS passwordHash,
  failed_logins AS failedLogins, locked_until AS lockedUntil, disabled, created_at AS createdAt,
  identities, totp, emergency, leaves_on AS leavesOn, emergency_uses AS emergencyUses`;

const UserRow = z
  .looseObject({
    roles: z.string(),
    disabled: z.number(),
    identities: z.string(),
    totp: z.string().nullable(),
    emergency: z.number(),
    emergencyUses: z.string(),
  })
  .transform((row): unknown => ({
    ...row,
    roles: JSON.parse(row.roles),
    disabled: row.disabled === 1,
    identities: JSON.parse(row.identities),
    totp: row.totp === null ? null : JSON.parse(row.totp),
    emergency: row.emergency === 1,
    emergencyUses: JSON.parse(row.emergencyUses),
  }))
  .pipe(User);

export function openUserStore(db: SqliteDatabase): UserStore {
  return {
    add: async (user) => inTransaction(db, () => add(db, User.parse(user))),
    findByLogin: async (login) => findBy(db, 'login', login),
    find: async (userId) => findBy(db, 'id', userId),
    findByIdentity: async (identity) => {
      const userId = findOwner(db, identity);
      return userId === null ? null : findBy(db, 'id', userId);
    },
    list: async () =>
      db
        .prepare(`SELECT ${columns} FROM users ORDER BY login`)
        .all()
        .map((row) => UserRow.parse(row)),
    update: async (user) => inTransaction(db, () => update(db, User.parse(user))),
  };
}

function findBy(db: SqliteDatabase, column: 'id' | 'login', value: string): User | null {
  const row = db.prepare(`SELECT ${columns} FROM users WHERE ${column} = ?`).get(value);
  return row === undefined ? null : UserRow.parse(row);
}

function add(db: SqliteDatabase, user: User): void {
  const taken = findBy(db, 'login', user.login) ?? findBy(db, 'id', user.id);
  if (taken !== null) {
    if (JSON.stringify(taken) === JSON.stringify(user)) return;
    throw new Conflict(`账号 ${user.login} 已被使用。`);
  }
  db.prepare(
    `INSERT INTO users (id, version, login, name, unit_id, roles, password_hash, failed_logins, locked_until, disabled,
     created_at, identities, totp, emergency, leaves_on, emergency_uses) VALUES (@id, @version, @login, @name, @unitId, @roles,
     @passwordHash, @failedLogins, @lockedUntil, @disabled, @createdAt, @identities, @totp, @emergency, @leavesOn,
     @emergencyUses)`,
  ).run(toRow(user));
  writeIdentities(db, user);
}

function update(db: SqliteDatabase, user: User): User {
  const byLogin = findBy(db, 'login', user.login);
  if (byLogin !== null && byLogin.id !== user.id) throw new Conflict(`账号 ${user.login} 已被使用。`);
  const { changes } = db
    .prepare(
      `UPDATE users SET version = @version + 1, login = @login, name = @name, unit_id = @unitId, roles = @roles,
       password_hash = @passwordHash, failed_logins = @failedLogins, locked_until = @lockedUntil, disabled = @disabled,
       identities = @identities, totp = @totp, emergency = @emergency, leaves_on = @leavesOn,
       emergency_uses = @emergencyUses WHERE id = @id AND version = @version`,
    )
    .run(toRow(user));
  if (changes === 0) throw new Conflict('这个账号已被别人修改，请重新打开后再保存。');
  writeIdentities(db, user);
  return { ...user, roles: [...user.roles], version: user.version + 1 };
}

function toRow(user: User) {
  return {
    ...user,
    roles: JSON.stringify(user.roles),
    disabled: user.disabled ? 1 : 0,
    identities: JSON.stringify(user.identities),
    totp: user.totp === null ? null : JSON.stringify(user.totp),
    emergency: user.emergency ? 1 : 0,
    emergencyUses: JSON.stringify(user.emergencyUses),
  };
}

function findOwner(db: SqliteDatabase, { provider, subject }: Identity): string | null {
  const owner = db
    .prepare('SELECT user_id FROM user_identities WHERE provider = ? AND subject = ?')
    .pluck()
    .get(provider, subject);
  return typeof owner === 'string' ? owner : null;
}

/** The look-up beside the list in the row: that an identity is one account's is the table's own key. */
function writeIdentities(db: SqliteDatabase, user: User): void {
  db.prepare('DELETE FROM user_identities WHERE user_id = ?').run(user.id);
  for (const identity of user.identities) {
    const owner = findOwner(db, identity);
    if (owner !== null && owner !== user.id) throw identityTaken(identity);
    db.prepare('INSERT OR IGNORE INTO user_identities (provider, subject, user_id) VALUES (?, ?, ?)').run(
      identity.provider,
      identity.subject,
      user.id,
    );
  }
}
