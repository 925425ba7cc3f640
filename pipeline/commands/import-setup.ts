import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../domain/case.ts';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import { cleanName } from '../domain/setup/cells.ts';
import type { NewPerson, PersonFields } from '../domain/setup/people-rows.ts';
import type { SetupProblem } from '../domain/setup/records.ts';
import {
  changesNothing,
  countSetup,
  planSetup,
  type SetupCounts,
  type SetupPlan,
} from '../domain/setup/setup-plan.ts';
import type { SheetTable } from '../domain/sheet-table.ts';
import { type StandIn, selvesOf } from '../domain/stand-in.ts';
import type { Identity, User } from '../domain/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { SetupWrite } from '../ports/setup-store.ts';
import type { TableReader } from '../ports/table-reader.ts';
import { buildUserAudit, inSteadOf } from './change-user.ts';
import { endLostDoors } from './end-lost-doors.ts';
import { makeFirstPassword } from './first-password.ts';
import { describeAccountChange } from './manage-accounts.ts';

export interface SetupPorts {
  stores: Pick<Stores, 'settings' | 'users' | 'sessions' | 'standIns' | 'setup'>;
  clock: Clock;
  passwords: Pick<Passwords, 'hash'>;
  tables: TableReader;
  /** Of the school's own sign-in, those that are open. */
  doors: readonly Identity['provider'][];
}

export interface SetupFile {
  name: string;
  bytes: Uint8Array;
}

export interface CheckedSetup {
  plan: SetupPlan;
  counts: SetupCounts;
  /** Of everything that the import would write; confirmed with it. */
  digest: string;
  /** There is nothing to import. */
  isUnchanged: boolean;
}

export interface FirstPassword {
  login: string;
  name: string;
  password: string;
}

export interface ImportedSetup {
  counts: SetupCounts;
  /** True when this import was done before: its passwords are not told again. */
  repeated: boolean;
  firstPasswords: FirstPassword[];
}

const unreadReasons: Record<string, string> = {
  encrypted: '文件有密码，请去掉密码后再上传。',
  'too-large': '文件展开后太大，请只保留要导入的工作表。',
  'too-hungry': '文件太大，请只保留要导入的工作表。',
  'too-slow': '读这个文件用的时间太长，请只保留要导入的工作表。',
  unsupported: '不是 Excel 或 CSV 文件。',
  empty: '文件里没有工作表。',
};

/** @throws InvalidInput saying what to do with the file */
async function readSheets(
  { bytes }: SetupFile,
  { tables }: SetupPorts,
  signal?: AbortSignal,
): Promise<SheetTable[]> {
  if (bytes.length === 0) throw new InvalidInput('file', '文件是空的。');
  const read = await tables.readTables(bytes, signal);
  if (read.unread === null) return read.tables;
  const message = unreadReasons[read.unread] ?? '文件打不开，可能已损坏。';
  throw new InvalidInput('file', message, '请用 Excel 或 WPS 另存为 .xlsx 后再试。');
}

async function listOpenStandIns({ stores, clock }: SetupPorts): Promise<StandIn[]> {
  const found: StandIn[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await stores.standIns.list({ state: 'open', at: clock.now(), cursor, limit: 200 });
    found.push(...page.items);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

interface Planned {
  plan: SetupPlan;
  digest: string;
  settingsVersion: number;
}

async function planFor(
  tables: readonly SheetTable[],
  actor: Actor | null,
  ports: SetupPorts,
): Promise<Planned> {
  const { stores, clock, doors } = ports;
  const settings = await stores.settings.read();
  const plan = planSetup(tables, {
    ...{ settings, doors, at: clock.now() },
    users: await stores.users.list(),
    standIns: await listOpenStandIns(ports),
    selves: actor === null ? [] : selvesOf(actor),
  });
  return { plan, digest: digestOf(plan), settingsVersion: settings.version };
}

const fieldsOf = ({ login, name, unitId, roles, identities, leavesOn, disabled, student }: PersonFields) => ({
  ...{ login, name, unitId, roles, identities, leavesOn, disabled, student },
});

function digestOf({ units, people, roster, chains }: SetupPlan): string {
  const material = {
    settings: [units?.next, roster?.next, chains?.next],
    add: people?.add,
    update: people?.update.map(({ before, after }) => [before.id, fieldsOf(before), fieldsOf(after)]),
  };
  return createHash('sha256').update(JSON.stringify(material)).digest('hex');
}

/** Writes nothing. @param actor null for who can read the data folder @throws InvalidInput for a file that cannot be read */
export async function checkSetup(
  file: SetupFile,
  actor: Actor | null,
  ports: SetupPorts,
  signal?: AbortSignal,
): Promise<CheckedSetup> {
  const { plan, digest } = await planFor(await readSheets(file, ports, signal), actor, ports);
  return { plan, digest, counts: countSetup(plan), isUnchanged: changesNothing(plan) };
}

function describeProblem({ sheet, row, column, message, hint }: SetupProblem): string {
  const place = [`“${sheet}”`, row === null ? '' : `第 ${row} 行`, column === null ? '' : `“${column}”`];
  return `${place.filter((part) => part !== '').join(' ')}：${message}${hint}`;
}

export interface ImportRequest {
  file: SetupFile;
  /** Of the check that was looked at. */
  digest: string;
  commandId: string;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/** Signing in touches an account, and so does whoever edits one: as often as that may happen meanwhile. */
const attempts = 5;

/**
 * All or nothing, and only what was looked at. A file that brings nothing new writes nothing.
 * @throws InvalidInput with the first problem of the file; Conflict when the school has changed since the check
 */
export async function importSetup(
  request: ImportRequest,
  actor: Actor | null,
  ports: SetupPorts,
): Promise<ImportedSetup> {
  const { commandId, digest, file } = request;
  const done = await ports.stores.setup.find(commandId, digest);
  if (done !== null) return { ...done, firstPasswords: [] };
  const tables = await readSheets(file, ports, request.signal);
  const first = await planConfirmed(tables, request, { actor, ports });
  if (changesNothing(first.plan))
    return { counts: countSetup(first.plan), repeated: false, firstPasswords: [] };
  const secrets = await makeSecrets(first.plan.people?.add ?? [], ports, request.onProgress);
  for (let attempt = 1; ; attempt += 1) {
    // Making passwords takes its time; what is written is worked out from what stands now.
    const planned = await planConfirmed(tables, request, { actor, ports });
    const write = buildWrite(planned, request, { actor, ports, secrets });
    try {
      const { counts, repeated } = await ports.stores.setup.apply(write);
      for (const { before, after } of planned.plan.people?.update ?? [])
        await endLostDoors(before, after, ports);
      return { counts, repeated, firstPasswords: repeated ? [] : secrets.firstPasswords };
    } catch (error) {
      if (!(error instanceof Conflict) || attempt === attempts) throw error;
    }
  }
}

async function planConfirmed(
  tables: readonly SheetTable[],
  { digest }: ImportRequest,
  { actor, ports }: { actor: Actor | null; ports: SetupPorts },
): Promise<Planned> {
  const planned = await planFor(tables, actor, ports);
  const [problem] = planned.plan.problems;
  if (problem !== undefined) throw new InvalidInput('file', describeProblem(problem), '改好后请重新检查。');
  if (planned.digest !== digest) throw new Conflict('检查之后，文件或学校的设置有变动，请重新检查。');
  return planned;
}

interface Secrets {
  hashes: ReadonlyMap<string, string>;
  firstPasswords: FirstPassword[];
}

async function makeSecrets(
  people: readonly NewPerson[],
  { passwords }: SetupPorts,
  onProgress: ImportRequest['onProgress'] = () => {},
): Promise<Secrets> {
  const hashes = new Map<string, string>();
  const firstPasswords: FirstPassword[] = [];
  const byDoor = people.filter(({ needsPassword }) => !needsPassword);
  if (byDoor.length > 0) {
    // Whoever comes by the school's own sign-in has a password that nobody ever knew.
    const unknown = await passwords.hash(randomBytes(32).toString('base64url'));
    for (const { fields } of byDoor) hashes.set(fields.login, unknown);
  }
  for (const { fields, needsPassword } of people) {
    if (needsPassword) {
      const { login, name } = fields;
      const password = makeFirstPassword(login);
      hashes.set(login, await passwords.hash(password));
      firstPasswords.push({ login, name, password });
    }
    onProgress(hashes.size, people.length);
  }
  return { hashes, firstPasswords };
}

function buildWrite(
  { plan, digest, settingsVersion }: Planned,
  { commandId, file }: ImportRequest,
  { actor, ports, secrets }: { actor: Actor | null; ports: SetupPorts; secrets: Secrets },
): SetupWrite {
  const { clock } = ports;
  const actorId = actor?.id ?? null;
  const about = { import: commandId, ...(actor === null ? {} : inSteadOf(actor)) };
  const audit = (action: string, userId: string, payload: object) =>
    buildUserAudit(clock, { action, userId, actorId, payload: { ...payload, ...about } });
  const { people } = plan;
  return {
    ...{ commandId, digest, counts: countSetup(plan), actorId, at: clock.now(), settingsVersion },
    source: `setup:${cleanName(file.name).slice(0, 80)}`,
    settings: buildSettings(plan, clock),
    add: (people?.add ?? []).map((person) => {
      const user = buildNewUser(person, { clock, secrets });
      return { user, audit: audit('user.added', user.id, { roles: user.roles, unitId: user.unitId }) };
    }),
    update: (people?.update ?? []).flatMap(({ before, after }) => {
      // Leaving is more than a mark: see `leave`.
      const user = { ...after, disabled: before.disabled };
      if (JSON.stringify(fieldsOf(user)) === JSON.stringify(fieldsOf(before))) return [];
      return [{ user, audit: audit('user.changed', user.id, describeAccountChange(before, user)) }];
    }),
    leave: (people?.update ?? [])
      .filter(({ before, after }) => after.disabled && !before.disabled)
      .map(({ before }) => ({ userId: before.id, audit: audit('user.disabled', before.id, {}) })),
  };
}

function buildSettings({ units, roster, chains }: SetupPlan, clock: Clock): SetupWrite['settings'] {
  const change = <T>(
    part: { next: T; section: { added: unknown[]; changed: unknown[]; removed: unknown[] } } | null,
  ) => {
    if (part === null) return undefined;
    const { added, changed, removed } = part.section;
    const isNew = added.length + changed.length + removed.length > 0;
    return isNew ? { id: clock.newId(), body: part.next } : undefined;
  };
  const [ofUnits, ofRoster, ofChains] = [change(units), change(roster), change(chains)];
  return {
    ...(ofUnits === undefined ? {} : { units: ofUnits }),
    ...(ofRoster === undefined ? {} : { roster: ofRoster }),
    ...(ofChains === undefined ? {} : { chains: ofChains }),
  };
}

function buildNewUser(
  { fields, needsPassword }: NewPerson,
  { clock, secrets }: { clock: Clock; secrets: Secrets },
): User {
  const passwordHash = secrets.hashes.get(fields.login);
  if (passwordHash === undefined) throw new Conflict('检查之后，文件或学校的设置有变动，请重新检查。');
  return {
    ...fieldsOf(fields),
    ...{ id: clock.newId(), version: 1, createdAt: clock.now(), passwordHash },
    ...{ failedLogins: 0, lockedUntil: null, totp: null, emergency: false, emergencyUses: [] },
    mustChangePassword: needsPassword,
  };
}
