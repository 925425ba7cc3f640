import { createHmac } from 'node:crypto';
import { Conflict, InvalidInput } from '../domain/errors.ts';
import type { KeyRing, NamedKey } from '../domain/key-ring.ts';
import { Objection, ObjectionPlatform } from '../domain/objection.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectionList } from '../ports/objection-list.ts';

export interface ObjectionPorts {
  list: ObjectionList;
  keys: KeyRing;
  clock: Clock;
}

/** Asked with the platform's id of an author, which goes no further. */
type IsObjector = (platform: string, authorId: string) => boolean;

interface ReadObjections {
  isObjector: IsObjector;
  /**
   * Why nobody can be told from an objector now, and what to do; null when all is well. Meanwhile everybody is taken for one: who
   * objected is not gathered because a key was mislaid.
   */
  problem: string | null;
}

interface NewObjection {
  platform: string;
  authorId: string;
  /** YYYY-MM-DD. */
  receivedOn: string;
  reference: string;
  actorId: string | null;
}

/** The list of R13: for the parsers and for the command that keeps it, and for nothing else. */
export interface Objections {
  /** As the list stands now; read anew only when it has changed. */
  read(): Promise<ReadObjections>;
  list(): Promise<Objection[]>;
  /** @throws InvalidInput, which never shows the author's id; Conflict for one who is on the list */
  add(objection: NewObjection): Promise<Objection>;
  /** @throws NotFound, InvalidInput */
  remove(id: string, reason: string, actorId: string | null): Promise<void>;
  /** From now on, new entries are digested with a new key; older ones still match. @returns its file */
  rotateKey(): string;
}

export function openObjections({ list, keys, clock }: ObjectionPorts): Objections {
  let known: { version: number; read: ReadObjections } | null = null;
  const read = async (): Promise<ReadObjections> => {
    const version = await list.readVersion();
    if (known?.version === version && known.read.problem === null) return known.read;
    known = { version, read: buildReading(await list.list(), keys) };
    return known.read;
  };
  return {
    read,
    list: () => list.list(),
    add: async (given) => {
      const { platform, authorId } = parseAuthor(given);
      const { isObjector, problem } = await read();
      if (problem !== null) throw new Conflict(problem);
      if (isObjector(platform, authorId)) throw new Conflict('This account is on the list already.');
      const key = keys.newest();
      const objection = parseObjection({
        ...{ id: clock.newId(), platform, digest: digestAuthor(key, platform, authorId), kid: key.kid },
        ...{ receivedOn: given.receivedOn, reference: given.reference.trim() },
      });
      await list.add(objection, { id: clock.newId(), at: clock.now(), actorId: given.actorId });
      return objection;
    },
    remove: async (id, reason, actorId) => {
      const why = reason.trim();
      if (why === '' || why.length > 80) throw new InvalidInput('reason', 'A reason has 1 to 80 characters.');
      await list.remove(id, why, { id: clock.newId(), at: clock.now(), actorId });
    },
    rotateKey: () => keys.fileOf(keys.add().kid),
  };
}

/** The same person on two platforms has two digests that nobody can link (R5). */
function digestAuthor(key: NamedKey, platform: ObjectionPlatform, authorId: string): string {
  const material = JSON.stringify(['guanlan: objection', platform, authorId.trim()]);
  return createHmac('sha256', key.bytes).update(material).digest('hex');
}

function buildReading(objections: readonly Objection[], keys: KeyRing): ReadObjections {
  const byKey = new Map<string, { key: NamedKey; digests: Set<string> }>();
  const lost = new Set<string>();
  for (const { platform, kid, digest } of objections) {
    const key = byKey.get(kid)?.key ?? keys.find(kid);
    if (key === null) lost.add(keys.fileOf(kid));
    else {
      const entry = byKey.get(kid) ?? { key, digests: new Set() };
      entry.digests.add(`${platform} ${digest}`);
      byKey.set(kid, entry);
    }
  }
  if (lost.size > 0) {
    const problem = `comments are not gathered: the list of objections was made with ${[...lost].join(', ')}, which is not in GUANLAN_KEYS; put it there`;
    return { isObjector: () => true, problem };
  }
  const isObjector: IsObjector = (name, authorId) => {
    const platform = ObjectionPlatform.safeParse(name);
    if (!platform.success) return false;
    for (const { key, digests } of byKey.values())
      if (digests.has(`${platform.data} ${digestAuthor(key, platform.data, authorId)}`)) return true;
    return false;
  };
  return { isObjector, problem: null };
}

/** As the platforms write them in their answers. */
const authorForms: Record<ObjectionPlatform, { pattern: RegExp; hint: string }> = {
  weibo: { pattern: /^\d{5,12}$/, hint: 'the number of the account, as in weibo.com/u/1234567890' },
  wechat: { pattern: /^[\w-]{20,40}$/, hint: 'the openid of the person at this official account' },
  site: { pattern: /^\S{1,80}$/, hint: 'the account as the site names it, without blanks' },
};

function parseAuthor(given: NewObjection): { platform: ObjectionPlatform; authorId: string } {
  const platform = ObjectionPlatform.safeParse(given.platform);
  if (!platform.success) {
    const hint = `one of ${ObjectionPlatform.options.join(', ')}`;
    throw new InvalidInput('platform', `There is no list for "${given.platform}".`, hint);
  }
  const authorId = given.authorId.trim();
  const { pattern, hint } = authorForms[platform.data];
  if (!pattern.test(authorId)) throw new InvalidInput('author', 'This is no account number.', hint);
  return { platform: platform.data, authorId };
}

function parseObjection(objection: Objection): Objection {
  const parsed = Objection.safeParse(objection);
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? 'objection');
  const hints: Record<string, string> = {
    receivedOn: 'a day, YYYY-MM-DD',
    reference: 'the document number, 1 to 60 characters',
  };
  throw new InvalidInput(field, `The field ${field} is not valid.`, hints[field]);
}
