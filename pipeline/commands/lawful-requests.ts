import { createHash } from 'node:crypto';
import { type AccessClass, strictestAccess } from '../domain/access-class.ts';
import { buildDisclosureFile, type DisclosedPost } from '../domain/disclosure-file.ts';
import { buildDocketText, type DocketEntry } from '../domain/docket.ts';
import { InvalidInput, NotFound, NotPermitted } from '../domain/errors.ts';
import {
  approveLawful,
  assertMayDisclose,
  closeLawful,
  discloseLawful,
  fileHours,
  hasSafetyConsent,
  type LawfulRequest,
  type RequestedItem,
  refuseLawful,
} from '../domain/lawful-request.ts';
import type { Official } from '../domain/official.ts';
import type { Rights } from '../domain/role.ts';
import { clockToleranceMs, laterBy } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordedEntry } from '../ports/docket-store.ts';
import type { Stores } from '../ports/index.ts';
import { readVisibleTexts } from './read-docket.ts';

export interface LawfulPorts {
  stores: Pick<Stores, 'docket' | 'posts' | 'cases' | 'reads' | 'audit'>;
  clock: Clock;
}

export interface RegisterLawful
  extends Pick<
    LawfulRequest,
    'organ' | 'documentNumber' | 'receivedAt' | 'basis' | 'items' | 'scanSha256' | 'paperPlace'
  > {
  commandId: string;
  /** What is asked for, in words. */
  scope: string;
}

/** Of a change: the entry, the version that was seen, and the intention. */
export interface Seen {
  commandId: string;
  entryId: string;
  version: number;
}

type Lawful = RecordedEntry<'lawful-request'>;
interface Acting {
  official: Official;
  rights: Rights;
}

/** Registers what came on paper. @throws InvalidInput (`receivedAt`, `items`), Conflict */
export async function registerLawful(
  typed: RegisterLawful,
  { official, rights }: Acting,
  { stores, clock }: LawfulPorts,
): Promise<Lawful> {
  const at = clock.now();
  if (Date.parse(typed.receivedAt) > Date.parse(at) + clockToleranceMs) {
    throw new InvalidInput('receivedAt', '收到时间不能晚于现在。');
  }
  const keys = typed.items.map(({ kind, id }) => `${kind} ${id}`);
  if (new Set(keys).size < keys.length) throw new InvalidInput('items', '同一条内容只列一次。');
  const { commandId, scope, ...facts } = typed;
  const text = buildDocketText('scope', scope, {
    at,
    accessClass: await classOfItems(typed.items, rights, { stores, clock }),
    postIds: typed.items.flatMap(({ kind, id }) => (kind === 'post' ? [id] : [])),
  });
  return stores.docket.open({
    ...{ commandId, kind: 'lawful-request', asked: typed, at, actorId: official.id, onBehalfOf: null },
    facts: {
      ...{ kind: 'lawful-request', state: 'registered', ...facts },
      ...{ registeredBy: official.id, approvals: [], disclosure: null },
    },
    texts: [text],
  });
}

/** Of the words that describe them: by what the writer of these words may see, so that nothing else is told by it (R19). */
async function classOfItems(
  items: readonly RequestedItem[],
  { accessClasses }: Rights,
  { stores }: LawfulPorts,
): Promise<AccessClass> {
  const found = await Promise.all(
    items.map(async ({ kind, id }) =>
      kind === 'post' ? await stores.posts.findPost(id) : await stores.cases.findCase(id, { accessClasses }),
    ),
  );
  const classes = found.flatMap((one) => (one === null ? [] : [one.accessClass]));
  return strictestAccess(classes.filter((access) => accessClasses.includes(access)));
}

const moving = (seen: Seen, move: string, official: Official, at: string, asked: object = {}) => ({
  ...{ ...seen, kind: 'lawful-request' as const, move, at, actorId: official.id, onBehalfOf: null },
  asked: { ...asked, version: seen.version },
});

/** One of two approvals, or those on duty's consent. @throws NotFound, NotPermitted, Conflict */
export function approveLawfulRequest(seen: Seen, { official }: Acting, { stores, clock }: LawfulPorts) {
  const at = clock.now();
  const command = moving(seen, 'approved', official, at);
  return stores.docket.move(command, ({ facts }) => ({ facts: approveLawful(facts, official, at) }));
}

/** @throws NotFound, NotPermitted, Conflict */
export function refuseLawfulRequest(
  { reason, ...seen }: Seen & { reason: string },
  { official }: Acting,
  { stores, clock }: LawfulPorts,
) {
  const at = clock.now();
  return stores.docket.move(moving(seen, 'refused', official, at, { reason }), ({ facts }) => ({
    facts: refuseLawful(facts, official),
    texts: [buildDocketText('reason', reason, { at })],
  }));
}

/**
 * Makes the one file of an approved request: exactly the items approved, what whoever makes it may read in full, and no more. Each
 * text in it is in the read log first (R23). It can be fetched for a day; nothing is sent anywhere.
 * @throws NotPermitted without both approvals, and where somebody else must make it; Conflict the second time; NotFound
 */
export async function exportLawful(
  seen: Seen,
  { official, rights }: Acting,
  ports: LawfulPorts,
): Promise<Lawful> {
  const { stores, clock } = ports;
  const entry = await getLawful(seen.entryId, ports);
  const command = moving(seen, 'disclosed', official, clock.now());
  if (entry.moves.some(({ id }) => id === seen.commandId)) {
    return stores.docket.move(command, ({ facts }) => ({ facts }));
  }
  assertMayDisclose(entry.facts);
  const { posts, withheld } = await gatherItems(entry.facts, rights, ports);
  await logReading(entry, posts, official, ports);
  const at = clock.now();
  const text = buildDisclosureFile({ entry, posts, withheld, at });
  const expiresAt = laterBy(at, fileHours * 3_600_000);
  const disclosure = {
    ...{ at, by: official.id, withheld, expiresAt },
    provided: posts.map(({ post }) => post.id),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  return stores.docket.move({ ...command, at }, ({ facts }) => ({
    facts: discloseLawful(facts, disclosure),
    texts: [
      {
        ...{ name: 'file', text, expiresAt, postIds: disclosure.provided },
        accessClass: strictestAccess(posts.map(({ text: one }) => one.accessClass)),
      },
    ],
  }));
}

async function getLawful(entryId: string, { stores }: LawfulPorts): Promise<DocketEntry<'lawful-request'>> {
  const entry = await stores.docket.find('lawful-request', entryId);
  if (entry === null) throw new NotFound('没有这件登记。');
  return entry;
}

/** Everything else that was asked for is withheld with one and the same word, whatever the reason. */
async function gatherItems(
  request: LawfulRequest,
  rights: Rights,
  ports: LawfulPorts,
): Promise<{ posts: DisclosedPost[]; withheld: string[] }> {
  const consented = hasSafetyConsent(request);
  const posts = new Map<string, DisclosedPost>();
  const withheld: string[] = [];
  for (const item of request.items) {
    const ids = await postIdsOf(item, ports);
    const found: DisclosedPost[] = [];
    for (const id of ids) {
      const one = await findDisclosed(id, ports);
      if (one === null || (one.text.accessClass === 'safety' && !consented)) continue;
      assertSeesInFull(one.text.accessClass, rights);
      found.push(one);
    }
    for (const one of found) posts.set(one.post.id, one);
    if (found.length === 0) withheld.push(item.id);
  }
  return { posts: [...posts.values()], withheld };
}

const everyClass = ['open', 'victim', 'safety'] as const;

async function postIdsOf({ kind, id }: RequestedItem, { stores }: LawfulPorts): Promise<readonly string[]> {
  if (kind === 'post') return [id];
  return (await stores.cases.findCase(id, { accessClasses: everyClass }))?.postIds ?? [];
}

async function findDisclosed(id: string, { stores }: LawfulPorts): Promise<DisclosedPost | null> {
  const post = await stores.posts.findPost(id);
  if (post === null || post.state !== 'judged') return null;
  const text = await stores.posts.findText(id, { accessClasses: everyClass });
  return text === null ? null : { post, text };
}

function assertSeesInFull(access: AccessClass, { view }: Rights): void {
  if (view[access] === 'full') return;
  throw new NotPermitted(
    access === 'safety'
      ? '值班人员已同意提供的内容，须由值班人员导出。'
      : '其中有须由宣传部负责人导出的内容。',
  );
}

async function logReading(
  entry: DocketEntry<'lawful-request'>,
  posts: readonly DisclosedPost[],
  official: Official,
  { stores, clock }: LawfulPorts,
): Promise<void> {
  const purpose = `依法调取 ${entry.number}`;
  await stores.reads.recordAll(
    posts.map(({ text: { postId, textVersion } }) => ({
      ...{ id: clock.newId(), at: clock.now(), actorId: official.id, caseId: null },
      ...{ postId, textVersion, purpose },
    })),
  );
}

/** The file, while it can be fetched; each fetching is audited and its texts are in the read log. @throws NotPermitted before it was made, NotFound */
export async function fetchLawfulFile(
  entryId: string,
  { official, rights }: Acting,
  ports: LawfulPorts,
): Promise<{ fileName: string; content: string; sha256: string }> {
  const { stores, clock } = ports;
  const entry = await getLawful(entryId, ports);
  const { disclosure } = entry.facts;
  if (disclosure === null) throw new NotPermitted('没有两人审批同意的登记，不能导出。');
  const { texts } = await readVisibleTexts(entryId, rights, ports);
  const file = texts.find(({ name }) => name === 'file');
  if (file === undefined) throw new NotFound('文件已过下载期限并清除，或不在您的可见范围。');
  await logReading(entry, await readAgain(disclosure.provided, ports), official, ports);
  await stores.audit.append({
    ...{ id: clock.newId(), log: 'audit', at: clock.now(), actorId: official.id },
    ...{ action: 'lawful-request.fetched', subject: entryId, payload: { sha256: disclosure.sha256 } },
  });
  return { fileName: `${entry.number}.html`, content: file.text, sha256: disclosure.sha256 };
}

async function readAgain(ids: readonly string[], ports: LawfulPorts): Promise<DisclosedPost[]> {
  const found = await Promise.all(ids.map((id) => findDisclosed(id, ports)));
  return found.filter((one) => one !== null);
}

/** @throws NotFound, Conflict */
export function closeLawfulRequest(seen: Seen, { official }: Acting, { stores, clock }: LawfulPorts) {
  const command = moving(seen, 'closed', official, clock.now());
  return stores.docket.move(command, ({ facts }) => ({ facts: closeLawful(facts) }));
}
