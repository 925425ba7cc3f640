import { z } from 'zod';
import { assertAdminStays, isStayingAdmin } from '../../domain/account.ts';
import { Conflict } from '../../domain/errors.ts';
import { endOf } from '../../domain/stand-in.ts';
import { type Identity, User } from '../../domain/user.ts';
import type { NewAuditEntry } from '../../ports/audit-log.ts';
import type { UserStore } from '../../ports/user-store.ts';
import { identityTaken } from '../identity-taken.ts';
import { buildLapse } from '../stand-in-record.ts';
import { insertAudit } from './audit-rows.ts';
import { inTransaction, type SqliteDatabase, statement } from './database.ts';
import { readOpenOf, updateEnd } from './stand-in-rows.ts';

const columns = `id, version, login, name, unit_id AS unitId, roles, password_hash AS passwordHash,
  failed_logins AS failedLogins, locked_until AS lockedUntil, disabled, created_at AS createdAt,
  identities, totp, emergency, leaves_on AS leavesOn, emergency_uses AS emergencyUses,
  must_change_password AS mustChangePassword, student`;

const UserRow = z
  .looseObject({
    roles: z.string(),
    disabled: z.number(),
    identities: z.string(),
    totp: z.string().nullable(),
    emergency: z.number(),
    emergencyUses: z.string(),
    mustChangePassword: z.number(),
    student: z.number(),
  })
  .transform((row): unknown => ({
    ...row,
    roles: JSON.parse(row.roles),
    disabled: row.disabled === 1,
    identities: JSON.parse(row.identities),
    totp: row.totp === null ? null : JSON.parse(row.totp),
    emergency: row.emergency === 1,
    emergencyUses: JSON.parse(row.emergencyUses),
    mustChangePassword: row.mustChangePassword === 1,
    student: row.student === 1,
  }))
  .pipe(User);

export function openUserStore(db: SqliteDatabase): UserStore {
  return {
    add: async (user, audit) => inTransaction(db, () => addUser(db, User.parse(user), audit)),
    findByLogin: async (login) => findBy(db, 'login', login),
    find: async (userId) => findUser(db, userId),
    findByIdentity: async (identity) => {
      const userId = findOwner(db, identity);
      return userId === null ? null : findBy(db, 'id', userId);
    },
    list: async () => listUsers(db),
    update: async (user, audit) => inTransaction(db, () => updateUser(db, User.parse(user), audit)),
    disable: async (userId, audit) => inTransaction(db, () => disableUser(db, userId, audit)),
  };
}

function listUsers(db: SqliteDatabase): User[] {
  const rows = statement(db, `SELECT ${columns} FROM users ORDER BY login`).all();
  return rows.map((row) => UserRow.parse(row));
}

export function findUser(db: SqliteDatabase, userId: string): User | null {
  return findBy(db, 'id', userId);
}

function findBy(db: SqliteDatabase, column: 'id' | 'login', value: string): User | null {
  const row = db.prepare(`SELECT ${columns} FROM users WHERE ${column} = ?`).get(value);
  return row === undefined ? null : UserRow.parse(row);
}

/** For use inside a transaction, as the two below. */
export function addUser(db: SqliteDatabase, user: User, audit: NewAuditEntry | undefined): void {
  const taken = findBy(db, 'login', user.login) ?? findBy(db, 'id', user.id);
  if (taken !== null) {
    if (JSON.stringify(taken) === JSON.stringify(user)) return;
    throw new Conflict(`账号 ${user.login} 已被使用。`);
  }
  db.prepare(
    `INSERT INTO users (id, version, login, name, unit_id, roles, password_hash, failed_logins, locked_until, disabled,
     created_at, identities, totp, emergency, leaves_on, emergency_uses, must_change_password, student) VALUES (@id, @version, @login, @name, @unitId, @roles,
     @passwordHash, @failedLogins, @lockedUntil, @disabled, @createdAt, @identities, @totp, @emergency, @leavesOn,
     @emergencyUses, @mustChangePassword, @student)`,
  ).run(toRow(user));
  writeIdentities(db, user);
  if (audit !== undefined) insertAudit(db, audit);
}

/** Everybody is asked only where one who manages accounts would go. */
function assertStays(db: SqliteDatabase, before: User, after: User): void {
  if (!isStayingAdmin(before) || isStayingAdmin(after)) return;
  const another = listUsers(db).some((one) => one.id !== before.id && isStayingAdmin(one));
  assertAdminStays(before, after, another);
}

export function updateUser(db: SqliteDatabase, user: User, audit: NewAuditEntry | undefined): User {
  const before = findUser(db, user.id);
  if (before?.version === user.version) assertStays(db, before, user);
  const byLogin = findBy(db, 'login', user.login);
  if (byLogin !== null && byLogin.id !== user.id) throw new Conflict(`账号 ${user.login} 已被使用。`);
  const { changes } = db
    .prepare(
      `UPDATE users SET version = @version + 1, login = @login, name = @name, unit_id = @unitId, roles = @roles,
       password_hash = @passwordHash, failed_logins = @failedLogins, locked_until = @lockedUntil, disabled = @disabled,
       identities = @identities, totp = @totp, emergency = @emergency, leaves_on = @leavesOn,
       emergency_uses = @emergencyUses, must_change_password = @mustChangePassword,
       student = @student WHERE id = @id AND version = @version`,
    )
    .run(toRow(user));
  if (changes === 0) throw new Conflict('这个账号已被别人修改，请重新打开后再保存。');
  writeIdentities(db, user);
  if (audit !== undefined) insertAudit(db, audit);
  return { ...user, roles: [...user.roles], version: user.version + 1 };
}

export function disableUser(db: SqliteDatabase, userId: string, audit: NewAuditEntry): User | null {
  const before = findUser(db, userId);
  if (before === null) return null;
  const after = before.disabled ? before : updateUser(db, { ...before, disabled: true }, audit);
  statement(db, 'DELETE FROM sessions WHERE user_id = ?').run(userId);
  statement(
    db,
    'UPDATE cases SET claim_actor = NULL, claim_token = NULL, claim_expires_at = NULL WHERE claim_actor = ?',
  ).run(userId);
  for (const one of readOpenOf(db, [userId], audit.at)) {
    const ended = endOf(one, audit.actorId, audit.at);
    updateEnd(db, ended);
    insertAudit(db, buildLapse(ended, audit));
  }
  return after;
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
    mustChangePassword: user.mustChangePassword ? 1 : 0,
    student: user.student ? 1 : 0,
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
