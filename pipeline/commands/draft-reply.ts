import type { Actor, Case } from '../domain/case.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import { type PostText, storedText } from '../domain/post.ts';
import { isSameReply, type Reply, type ReplyCommand } from '../domain/reply.ts';
import type { Rights } from '../domain/role.ts';
import { type SuggestedAnswer, suggestAnswers } from '../domain/stock-suggestion.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

interface ReplyPorts {
  stores: Pick<Stores, 'replies' | 'answers' | 'cases' | 'posts' | 'reads' | 'settings'>;
  clock: Clock;
}
interface Reader {
  actor: Actor;
  rights: Rights;
}

/** Our own reply as the crawler saw it, beside what was drafted. */
export interface SeenReply {
  url: string;
  at: string;
  text: string;
  /** Null where nothing was drafted. */
  match: 'same' | 'differs' | null;
}

/** A draft stands with its case: what is outside one's queues is read there with a purpose, and not here. */
async function getOwnCase(caseId: string, { rights }: Reader, { stores }: ReplyPorts): Promise<Case> {
  const found = await stores.cases.findCase(caseId, rights);
  if (found === null || !found.queues.some((queue) => rights.queues.includes(queue))) {
    throw new NotFound('没有这条线索，或不在您的队列。');
  }
  return found;
}

/** The draft, and what was seen at the platform; reading that is logged before this returns (R23). */
export async function readReply(
  caseId: string,
  reader: Reader,
  ports: ReplyPorts,
): Promise<{ current: Case; reply: Reply | null; seen: SeenReply | null }> {
  const current = await getOwnCase(caseId, reader, ports);
  const { accessClasses } = reader.rights;
  const reply = await ports.stores.replies.findReply(caseId, { accessClasses, now: ports.clock.now() });
  return { current, reply, seen: await findSeen(current, reply, reader, ports) };
}

async function findSeen(
  { id: caseId }: Case,
  reply: Reply | null,
  { actor, rights }: Reader,
  ports: ReplyPorts,
): Promise<SeenReply | null> {
  const { cases, posts, reads } = ports.stores;
  const told = (await cases.listEvents(caseId, rights)).findLast(({ kind }) => kind === 'reply-seen');
  const post = typeof told?.postId === 'string' ? await posts.findPost(told.postId) : null;
  const text = post === null ? null : await posts.findText(post.id, rights);
  if (post === null || text === null) return null;
  const { textVersion } = text;
  const logged = { id: ports.clock.newId(), at: ports.clock.now(), actorId: actor.id, caseId };
  await reads.record({ ...logged, postId: post.id, textVersion, purpose: '核对官方回复' });
  const shown = storedText(text);
  const match = reply === null ? null : isSameReply(reply.text, shown) ? 'same' : 'differs';
  return { url: post.url, at: post.gatheredAt, text: shown, match };
}

/** Stock answers that fit, each with its reason: the machine suggests (R12). Reading the text for it is logged. */
export async function suggestForCase(
  caseId: string,
  reader: Reader,
  ports: ReplyPorts & { mask(text: PostText, view: Rights['view'][Case['accessClass']]): Promise<string> },
): Promise<SuggestedAnswer[]> {
  const current = await getOwnCase(caseId, reader, ports);
  const { rights, actor } = reader;
  const postId = current.postIds[0] ?? '';
  const text = await ports.stores.posts.findText(postId, { ...rights, textVersion: current.textVersion });
  if (text !== null) {
    const { textVersion } = text;
    const logged = { id: ports.clock.newId(), at: ports.clock.now(), actorId: actor.id, caseId };
    await ports.stores.reads.record({ ...logged, postId, textVersion, purpose: '查找口径' });
  }
  const { channels } = await ports.stores.settings.read();
  const isHelp = actor.roles.includes('safety') && current.queues.includes('safety');
  const kinds = [...(isHelp ? ['help' as const] : []), 'service' as const, 'statement' as const];
  return suggestAnswers(await ports.stores.answers.list(), {
    kinds: current.accessClass === 'safety' ? ['help'] : kinds,
    topic: current.service?.topic ?? null,
    channelKind: channels.find(({ id }) => id === current.channelId)?.kind ?? null,
    text: text === null ? '' : await ports.mask(text, rights.view[current.accessClass]),
    today: shanghaiDay(ports.clock.now()),
  });
}

/** @throws InvalidInput for a stock answer that was never let out; else as the store */
export async function changeReply(
  command: ReplyCommand,
  { actor, rights }: Reader,
  { stores, clock }: ReplyPorts,
): Promise<Reply> {
  if (command.type === 'write' && command.stockAnswerId !== null) {
    const answer = await stores.answers.find(command.stockAnswerId);
    const version = answer?.versions.find((one) => one.version === command.stockAnswerVersion);
    if (version === undefined || version.approvedAt === null) {
      throw new InvalidInput('stockAnswerId', '没有这个批准过的口径版本。');
    }
  }
  const sight = { accessClasses: rights.accessClasses, at: clock.now() };
  return (await stores.replies.changeReply(command, actor, sight)).reply;
}
