import type { Case } from '../domain/case.ts';
import type { CardText, SaveCard } from '../domain/case-card.ts';
import type { ServiceTopic } from '../domain/category.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import type { Handover } from '../domain/handover.ts';
import type { Instruction, Mover, Subject } from '../domain/instruction.ts';
import { InstructionState } from '../domain/instruction.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import { liveVersion } from '../domain/stock-answer.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { CaseEventWithNote } from '../ports/case-store.ts';
import type { Stores } from '../ports/index.ts';
import type { TopicFacts } from '../ports/instruction-store.ts';
import { assertNoQuote, type InstructionPorts } from './instructions.ts';

export interface CardPorts extends InstructionPorts {
  stores: InstructionPorts['stores'] & Pick<Stores, 'handovers' | 'answers'>;
}

/** What a card is read from: no text of a post, so that nothing is logged as read. */
export interface Card {
  subject: Subject;
  text: CardText | null;
  instructions: Instruction[];
  about:
    | { kind: 'case'; case: Case; post: Post | null; events: CaseEventWithNote[]; handover: Handover | null }
    | { kind: 'topic'; topic: ServiceTopic; since: string; facts: TopicFacts };
}

const topicDays = 30;
const mostInstructions = 20;

/** @throws NotFound outside the person's access classes */
export async function readCard(
  subject: Subject,
  { rights, mover }: { rights: Rights; mover: Mover },
  { stores, clock }: CardPorts,
): Promise<Card> {
  const { accessClasses } = rights;
  const [text, page] = await Promise.all([
    stores.instructions.findCard(subject, accessClasses),
    stores.instructions.list({
      ...{ accessClasses, mover, subject, states: InstructionState.options },
      ...{ cursor: null, limit: mostInstructions },
    }),
  ]);
  const common = { subject, text, instructions: page.items };
  if (subject.kind === 'topic') {
    const since = new Date(Date.parse(clock.now()) - topicDays * 86_400_000).toISOString();
    const facts = await stores.instructions.readTopicFacts(subject.topic, since, accessClasses);
    return { ...common, about: { kind: 'topic', topic: subject.topic, since, facts } };
  }
  const found = await stores.cases.findCase(subject.caseId, { accessClasses });
  if (found === null) throw new NotFound('没有这条线索。');
  const [post, events, [handover = null]] = await Promise.all([
    stores.posts.findPost(found.postIds[0] ?? ''),
    stores.cases.listEvents(found.id, { accessClasses }),
    stores.handovers.listOfCase(found.id),
  ]);
  return { ...common, about: { kind: 'case', case: found, post, events, handover } };
}

/**
 * Writes the office's own words on a card.
 * @throws InvalidInput where they quote; NotFound, Conflict
 */
export async function saveCard(
  command: SaveCard,
  { actorId, rights }: { actorId: string; rights: Rights },
  ports: CardPorts,
): Promise<CardText> {
  const { gist, nextStep, subject, stockAnswerId } = command;
  if (stockAnswerId !== null && !(await listCardAnswers(ports)).some(({ id }) => id === stockAnswerId)) {
    throw new InvalidInput('stockAnswerId', '没有这条可用的口径。', '请从列表里选已批准且在有效期内的');
  }
  await assertNoQuote(subject, { gist, nextStep }, rights, ports);
  const { accessClasses } = rights;
  return ports.stores.instructions.saveCard(command, { actorId, accessClasses, at: ports.clock.now() });
}

/** Approved and valid today, as they read today. Help texts are for those in need, not for a card. */
export async function listCardAnswers({ stores, clock }: Pick<CardPorts, 'stores' | 'clock'>) {
  const today = shanghaiDay(clock.now());
  const answers = await stores.answers.list();
  return answers.flatMap((answer) => {
    const live = answer.kind === 'help' ? null : liveVersion(answer, today);
    if (live === null) return [];
    const { title, body, topics, validUntil } = live;
    return [{ id: answer.id, title, body, topics, validUntil }];
  });
}
