import { buildDocketText, type DocketEntry, type DocketText } from '../domain/docket.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import { parseLink } from '../domain/lead.ts';
import type { Official } from '../domain/official.ts';
import { type Post, storedText } from '../domain/post.ts';
import {
  answerPublic,
  closePublic,
  contactEndsAt,
  matchPosts,
  type PublicOutcome,
  recordCorrection,
  recordErased,
  recordListed,
} from '../domain/public-request.ts';
import { findQuote, longestQuote } from '../domain/quotation.ts';
import type { Rights } from '../domain/role.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { BlobStore } from '../ports/blob-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import type { ContactSeal } from './contact-seal.ts';
import type { EnterObjection } from './enter-objection.ts';
import type { Seen } from './lawful-requests.ts';
import { purgeExpired } from './purge-expired.ts';
import { type LeadPorts, registerLead } from './register-lead.ts';

export interface HandlePorts extends LeadPorts {
  stores: LeadPorts['stores'] &
    Pick<
      Stores,
      'docket' | 'posts' | 'retention' | 'draftFiles' | 'ledger' | 'settings' | 'audit' | 'checkMemory'
    >;
  clock: Clock;
  blobs: BlobStore;
  contacts: ContactSeal;
  enterObjection: EnterObjection;
}

interface Acting {
  official: Official;
  rights: Rights;
}
type Entry = DocketEntry<'public-request'>;

const moving = (seen: Seen, move: string, official: Official, at: string, asked: object = {}) => ({
  ...{ ...seen, kind: 'public-request' as const, move, at, actorId: official.id, onBehalfOf: null },
  asked: { ...asked, version: seen.version },
});

async function getEntry(entryId: string, { stores }: HandlePorts): Promise<Entry> {
  const entry = await stores.docket.find('public-request', entryId);
  if (entry === null) throw new NotFound('没有这件申请。');
  return entry;
}

/** Sent twice: what was done is not done again, and the store gives the same answer. */
function isSentAgain({ moves }: Entry, { commandId }: Seen): boolean {
  return moves.some(({ id }) => id === commandId);
}

/** What can be erased for the person who wrote it: never what the school has published itself. */
const erasable = new Set<Post['kind']>(['comment', 'lead']);

/**
 * Says which posts are meant. What was quoted from them goes with them from now on.
 * @throws NotFound, InvalidInput (`postIds`), Conflict
 */
export async function matchRequest(
  { postIds, ...seen }: Seen & { postIds: readonly string[] },
  { official, rights }: Acting,
  ports: HandlePorts,
) {
  const { stores, clock } = ports;
  const at = clock.now();
  const entry = await getEntry(seen.entryId, ports);
  for (const id of postIds) {
    const post = await stores.posts.findPost(id);
    if (post === null || !rights.accessClasses.includes(post.accessClass)) {
      throw new InvalidInput('postIds', `没有这条信息：${id}`);
    }
    const needsComment = entry.facts.wish === 'erase' || entry.facts.wish === 'object';
    if (needsComment && !erasable.has(post.kind)) {
      throw new InvalidInput('postIds', '这是学校自己发布的内容，不在可删除之列；内容有错请走“更正”。');
    }
  }
  const quote = (await readAll(entry.id, ports)).find(({ name }) => name === 'quote');
  return stores.docket.move(moving(seen, 'matched', official, at, { postIds }), ({ facts }) => ({
    facts: matchPosts(facts, postIds),
    texts: quote === undefined ? [] : [{ ...quote, postIds }],
  }));
}

const everyClass = ['open', 'victim', 'safety'] as const;

function readAll(entryId: string, { stores, clock }: HandlePorts): Promise<DocketText[]> {
  return stores.docket.readTexts(entryId, { accessClasses: everyClass, now: clock.now() });
}

/**
 * Erases the texts that are meant at once, with index, snapshots and what quotes them; not only marks them. What was matched as
 * open may have come to those on duty meanwhile: it is theirs, and stays until its term.
 * @throws NotFound, Conflict
 */
export async function eraseForRequest(seen: Seen, { official, rights }: Acting, ports: HandlePorts) {
  const { stores, clock } = ports;
  const entry = await getEntry(seen.entryId, ports);
  const at = clock.now();
  const command = moving(seen, 'erased', official, at);
  if (isSentAgain(entry, seen)) return stores.docket.move(command, ({ facts }) => ({ facts }));
  // Said before anything is erased: by the entry as it stands.
  recordErased(entry.facts, at);
  const posts = await Promise.all(entry.facts.postIds.map((id) => stores.posts.findPost(id)));
  const ids = posts
    .filter((post) => post !== null)
    .filter(({ kind, accessClass }) => erasable.has(kind) && rights.accessClasses.includes(accessClass))
    .map(({ id }) => id);
  if (ids.length === 0) throw new InvalidInput('postIds', '核对的内容都不能从这里删除。');
  await stores.retention.endTexts(ids, at);
  await purgeExpired(ports);
  return stores.docket.move(command, ({ facts }) => ({ facts: recordErased(facts, at) }));
}

/**
 * What the person writes is left out from the next page on. The account is read on the platform's public page and typed once.
 * @throws NotFound, InvalidInput (`account`), Conflict
 */
export async function listForRequest(
  { account, ...seen }: Seen & { account: string },
  { official }: Acting,
  ports: HandlePorts,
) {
  const entry = await getEntry(seen.entryId, ports);
  const at = ports.clock.now();
  // The account is no part of what tells one command from another: nothing of it is kept.
  const command = moving(seen, 'listed', official, at);
  if (isSentAgain(entry, seen)) return ports.stores.docket.move(command, ({ facts }) => ({ facts }));
  const { platform } = entry.facts;
  if (platform === 'other') throw new InvalidInput('account', '本系统不采集这个平台，不用登入名单。');
  recordListed(entry.facts, at);
  const receivedOn = shanghaiDay(entry.openedAt);
  const reference = entry.number;
  await ports.enterObjection({ platform, account, reference, receivedOn, actorId: official.id });
  return ports.stores.docket.move(command, ({ facts }) => ({ facts: recordListed(facts, at) }));
}

/** A correction is for everybody and stays for years: our own article may be quoted in it, what somebody wrote may not (R8). */
async function assertQuotesNobody(text: string, { facts }: Entry, { stores }: HandlePorts): Promise<void> {
  const posts = await Promise.all(facts.postIds.map((id) => stores.posts.findPost(id)));
  const theirs = posts.flatMap((post) => (post !== null && erasable.has(post.kind) ? [post.id] : []));
  const texts = await Promise.all(
    theirs.map((id) => stores.posts.findText(id, { accessClasses: everyClass })),
  );
  const sources = texts.flatMap((one) => (one === null ? [] : [storedText(one)]));
  if (findQuote(text, sources) === null) return;
  throw new InvalidInput(
    'text',
    `照抄别人的原话超过 ${longestQuote} 字，请改为概述。`,
    '更正说明对外公开并长期保存',
  );
}

/**
 * What was put right, in our own words, for everybody to see; and a lead, so that the office answers for it as for any other.
 * @throws NotFound, InvalidInput (`text`, `link`), Conflict
 */
export async function correctForRequest(
  { text, link, leadId, ...seen }: Seen & { text: string; link: string | null; leadId: string },
  { official, rights }: Acting,
  ports: HandlePorts,
) {
  const entry = await getEntry(seen.entryId, ports);
  const at = ports.clock.now();
  const correction = { at, text, link: parseLink(link) };
  const command = moving(seen, 'corrected', official, at, { text, link });
  if (isSentAgain(entry, seen)) return ports.stores.docket.move(command, ({ facts }) => ({ facts }));
  recordCorrection(entry.facts, { ...correction, leadId });
  await assertQuotesNobody(text, entry, ports);
  const statement = (await readAll(entry.id, ports)).find(({ name }) => name === 'statement')?.text ?? '';
  const lead = await registerLead(
    {
      ...{ commandId: leadId, source: 'other', documentNumber: entry.number, receivedAt: entry.openedAt },
      ...{ deadline: entry.facts.dueAt, link: correction.link },
      summary: `更正申请：${statement}\n已更正：${text}`.slice(0, 2000),
    },
    { actor: { id: official.id, roles: official.appointments.map(({ role }) => role) }, rights },
    ports,
  );
  return ports.stores.docket.move(command, ({ facts }) => ({
    facts: recordCorrection(facts, { ...correction, leadId: lead.post.id }),
  }));
}

/** With reasons, whatever the outcome. @throws NotFound, InvalidInput (`answer`, `outcome`), Conflict */
export function answerRequest(
  { outcome, answer, ...seen }: Seen & { outcome: PublicOutcome; answer: string },
  { official }: Acting,
  { stores, clock }: HandlePorts,
) {
  const at = clock.now();
  return stores.docket.move(moving(seen, 'answered', official, at, { outcome, answer }), ({ facts }) => ({
    facts: answerPublic(facts, outcome, at),
    texts: [buildDocketText('answer', answer, { at })],
  }));
}

/** From now on the contact has thirty days. @throws NotFound, Conflict */
export function closeRequest(seen: Seen, { official }: Acting, { stores, clock }: HandlePorts) {
  const at = clock.now();
  return stores.docket.move(moving(seen, 'closed', official, at), ({ facts }) => ({
    facts: closePublic(facts),
    ends: { contact: contactEndsAt(at, true) },
  }));
}

/** Opens the contact for sending the answer; audited. @throws NotFound when there is none any more */
export async function readContact(
  entryId: string,
  { official }: Acting,
  ports: HandlePorts,
): Promise<{ contact: string }> {
  const entry = await getEntry(entryId, ports);
  const sealed = (await readAll(entry.id, ports)).find(({ name }) => name === 'contact');
  const contact = sealed === undefined ? null : ports.contacts.open(entry.id, sealed.text);
  if (contact === null) throw new NotFound('没有留下联系方式，或已按期限清除。');
  await ports.stores.audit.append({
    ...{ id: ports.clock.newId(), log: 'audit', at: ports.clock.now(), actorId: official.id },
    ...{ action: 'public-request.contact-read', subject: entry.id, payload: { number: entry.number } },
  });
  return { contact };
}
