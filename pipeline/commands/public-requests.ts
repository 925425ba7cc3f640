import { createHash, timingSafeEqual } from 'node:crypto';
import { buildDocketText, type DocketEntry, type DocketText, moveBy } from '../domain/docket.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import { parseLink } from '../domain/lead.ts';
import { maskNicknames } from '../domain/mentions.ts';
import {
  answerWorkingDays,
  contactEndsAt,
  type PublicDoor,
  type PublicOutcome,
  type PublicRequest,
  type PublicState,
} from '../domain/public-request.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordedEntry } from '../ports/docket-store.ts';
import type { Stores } from '../ports/index.ts';
import type { CalendarSource } from '../ports/work-calendar.ts';
import type { ContactSeal } from './contact-seal.ts';

export interface PublicRequestPorts {
  stores: Pick<Stores, 'docket'>;
  clock: Clock;
  calendar: CalendarSource;
  contacts: ContactSeal;
  /** Keyed: the code that is given out cannot be worked out from outside. */
  digestName: (name: string) => string;
}

export interface ReceiveRequest extends Pick<PublicRequest, 'wish' | 'platform'> {
  commandId: string;
  door: PublicDoor;
  /** What is asked, in the person's own words. */
  statement: string;
  /** The words of the comment that is meant, and when it was written. */
  quote: string | null;
  /** Public address of what is meant. */
  link: string | null;
  /** Where an answer goes; never asked for. */
  contact: string | null;
}

const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const codeLength = 12;

/** The same for the same form, so that a second click gives the same code; about 59 bits. */
function makeCode(commandId: string, digestName: (name: string) => string): string {
  const bytes = createHash('sha512')
    .update(digestName(`code of a public request ${commandId}`))
    .digest();
  const letters = [...bytes.subarray(0, codeLength)].map((byte) => codeLetters[byte % codeLetters.length]);
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

const bareCode = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '');
const digestCode = (code: string) => createHash('sha256').update(bareCode(code)).digest('hex');

const optional = (text: string | null) => (text === null || text.trim() === '' ? null : text.trim());

/** Whatever the wish, the office must be able to find what is meant. @throws InvalidInput */
function parseReceived(typed: ReceiveRequest): ReceiveRequest {
  const statement = maskNicknames(typed.statement.trim());
  if ([...statement].length < 5) throw new InvalidInput('statement', '请用至少 5 个字说明您的要求。');
  const link = parseLink(optional(typed.link));
  const quote = optional(typed.quote);
  if (link === null && quote === null) {
    throw new InvalidInput('quote', '请填写内容的网址，或抄下那条评论的原话和大致时间，以便核对。');
  }
  return {
    ...{ ...typed, statement, link },
    quote: quote === null ? null : maskNicknames(quote),
    contact: optional(typed.contact),
  };
}

/**
 * Takes a request in, by the public form or by hand. No name is asked for; a contact lies sealed beside it.
 * @returns the entry, and the code with which its state is looked up, given only here
 * @throws InvalidInput that names the field; Conflict for another kind of request under the same id
 */
export async function receiveRequest(
  typed: ReceiveRequest,
  actorId: string | null,
  { stores, clock, calendar, contacts, digestName }: PublicRequestPorts,
): Promise<RecordedEntry<'public-request'> & { code: string }> {
  const at = clock.now();
  const { commandId, wish, platform, door, statement, quote, link, contact } = parseReceived(typed);
  const code = makeCode(commandId, digestName);
  const text = (name: 'statement' | 'quote' | 'link', words: string | null) =>
    words === null ? [] : [buildDocketText(name, words, { at })];
  const sealed: DocketText[] =
    contact === null
      ? []
      : [
          {
            ...{ name: 'contact', text: contacts.seal(commandId, contact), accessClass: 'open' },
            ...{ expiresAt: contactEndsAt(at, false), postIds: [] },
          },
        ];
  const dueAt = (await calendar.read()).dueAfter(at, answerWorkingDays);
  const recorded = await stores.docket.open({
    // What was written, and above all the contact, leaves no digest that could be tried out once it is erased.
    ...{ commandId, kind: 'public-request', asked: { wish, platform, door }, at, ...moveBy(actorId) },
    facts: {
      ...{ kind: 'public-request', state: 'received', wish, platform, door, dueAt },
      ...{ codeDigest: digestCode(code), postIds: [], hasContact: contact !== null },
      ...{ erasedAt: null, listedAt: null, leadId: null, correction: null, outcome: null, answeredAt: null },
    },
    texts: [...text('statement', statement), ...text('quote', quote), ...text('link', link), ...sealed],
  });
  return { ...recorded, code };
}

/** What whoever asked may see of it, by number and code. */
export interface RequestState {
  number: string;
  state: PublicState;
  wish: PublicRequest['wish'];
  receivedAt: string;
  dueAt: string;
  outcome: PublicOutcome | null;
  /** Null before it was given, and when its term is over. */
  answer: string | null;
}

/** @throws NotFound, the same for a wrong number and a wrong code */
export async function lookUpRequest(
  { number, code }: { number: string; code: string },
  { stores, clock }: Pick<PublicRequestPorts, 'stores' | 'clock'>,
): Promise<RequestState> {
  const entry = await stores.docket.findByNumber('public-request', number);
  const [given, known] = [digestCode(code), entry?.facts.codeDigest ?? digestCode('')];
  const isRight = timingSafeEqual(Buffer.from(given), Buffer.from(known));
  if (entry === null || !isRight) throw new NotFound('编号或查询码不对，请核对。');
  const { state, wish, dueAt, outcome } = entry.facts;
  const texts = await stores.docket.readTexts(entry.id, { accessClasses: ['open'], now: clock.now() });
  const answer = texts.find(({ name }) => name === 'answer')?.text ?? null;
  return { number: entry.number, state, wish, receivedAt: entry.openedAt, dueAt, outcome, answer };
}

/** What the office has put right, for everybody to see: newest first. */
export interface PublishedCorrection {
  number: string;
  on: string;
  text: string;
  link: string | null;
}

const mostCorrections = 100;

export async function listCorrections({
  stores,
}: Pick<PublicRequestPorts, 'stores'>): Promise<PublishedCorrection[]> {
  const query = { kind: 'public-request' as const, states: [], cursor: null, limit: 200 };
  const { items } = await stores.docket.list(query);
  return items.flatMap(toCorrection).slice(0, mostCorrections);
}

function toCorrection({ number, facts }: DocketEntry<'public-request'>): PublishedCorrection[] {
  if (facts.correction === null) return [];
  const { at, text, link } = facts.correction;
  return [{ number, on: shanghaiDay(at), text, link }];
}
