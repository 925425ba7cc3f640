import type { Case } from '../domain/case.ts';
import type { CardText, SaveCard } from '../domain/case-card.ts';
import type { ServiceTopic } from '../domain/category.ts';
import { NotFound } from '../domain/errors.ts';
import type { Instruction, Mover, Subject } from '../domain/instruction.ts';
import { InstructionState } from '../domain/instruction.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import type { CaseEventWithNote } from '../ports/case-store.ts';
import type { TopicFacts } from '../ports/instruction-store.ts';
import { assertNoQuote, type InstructionPorts } from './instructions.ts';

/** What a card is read from: no text of a post, so that nothing is logged as read. */
export interface Card {
  subject: Subject;
  text: CardText | null;
  instructions: Instruction[];
  about:
    | { kind: 'case'; case: Case; post: Post | null; events: CaseEventWithNote[] }
    | { kind: 'topic'; topic: ServiceTopic; since: string; facts: TopicFacts };
}

const topicDays = 30;
const mostInstructions = 20;

/** @throws NotFound outside the person's access classes */
export async function readCard(
  subject: Subject,
  { rights, mover }: { rights: Rights; mover: Mover },
  { stores, clock }: InstructionPorts,
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
  const [post, events] = await Promise.all([
    stores.posts.findPost(found.postIds[0] ?? ''),
    stores.cases.listEvents(found.id, { accessClasses }),
  ]);
  return { ...common, about: { kind: 'case', case: found, post, events } };
}

/**
 * Writes the office's own words on a card.
 * @throws InvalidInput where they quote; NotFound, Conflict
 */
export async function saveCard(
  command: SaveCard,
  { actorId, rights }: { actorId: string; rights: Rights },
  ports: InstructionPorts,
): Promise<CardText> {
  const { gist, nextStep, subject } = command;
  await assertNoQuote(subject, { gist, nextStep }, ports);
  const { accessClasses } = rights;
  return ports.stores.instructions.saveCard(command, { actorId, accessClasses, at: ports.clock.now() });
}
