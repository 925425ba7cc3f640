import { type Card, listCardAnswers } from '../../pipeline/commands/case-cards.ts';
import type { CardText } from '../../pipeline/domain/case-card.ts';
import { Category, type ServiceTopic } from '../../pipeline/domain/category.ts';
import { type Handover, isWithUnit } from '../../pipeline/domain/handover.ts';
import {
  type Instruction,
  type InstructionEvent,
  isEnded,
  type Mover,
  movesFor,
  type Subject,
} from '../../pipeline/domain/instruction.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import type {
  CardList,
  CardView,
  InstructionDetail,
  InstructionEventView,
  InstructionView,
  SubjectView,
} from '../contract/instruction.ts';
import type { RouteDeps } from '../http/call.ts';

type Deps = Pick<RouteDeps, 'stores' | 'directory' | 'clock'>;
const everyClass = { accessClasses: ['open', 'victim', 'safety'] } as const;
const stepsShown = 6;

/** What it is about, of those who may see the instruction or the card; its text is never part of it. */
async function presentSubject(
  subject: Subject,
  settings: Settings,
  { stores, directory }: Deps,
): Promise<SubjectView> {
  const card = await stores.instructions.findCard(subject, everyClass.accessClasses);
  const one = subject.kind === 'case' ? await stores.cases.findCase(subject.caseId, everyClass) : null;
  return {
    subject,
    channelName: one === null ? null : directory.channel(settings, one.channelId).name,
    service: one?.service ?? null,
    topic: subject.kind === 'topic' ? subject.topic : (one?.service?.topic ?? null),
    categories: one?.categories.filter((name) => Category.safeParse(name).success) ?? [],
    openedAt: one?.openedAt ?? null,
    gist: card?.gist ?? null,
  };
}

export async function presentInstruction(
  one: Instruction,
  mover: Mover,
  deps: Deps,
): Promise<InstructionView> {
  const settings = await deps.directory.settings();
  const { id, version, state, leaderId, unitId, dueAt, createdAt, changedAt } = one;
  return {
    ...{ id, version, state, dueAt, createdAt, changedAt },
    about: await presentSubject(one.subject, settings, deps),
    leader: { id: leaderId, name: (await deps.directory.colleagueName(leaderId)) ?? '已离岗人员' },
    unit: unitId === null ? null : deps.directory.unit(settings, unitId),
    isOverdue: dueAt !== null && dueAt < deps.clock.now() && !isEnded(state) && state !== 'reported',
    moves: movesFor(one, mover),
  };
}

async function presentInstructionEvent(event: InstructionEvent, deps: Deps): Promise<InstructionEventView> {
  const settings = await deps.directory.settings();
  const { id, move, at, unitId, dueAt, text, actorId, onBehalfOf } = event;
  return {
    ...{ id, move, at, dueAt, text },
    byName: await deps.directory.colleagueName(actorId),
    onBehalfOfName: await deps.directory.colleagueName(onBehalfOf),
    unit: unitId === null ? null : deps.directory.unit(settings, unitId),
  };
}

/** With what was done about it, and to whom it can be assigned by who may. */
export async function presentInstructionDetail(
  one: Instruction,
  events: readonly InstructionEvent[],
  mover: Mover,
  deps: Deps,
): Promise<InstructionDetail> {
  const shown = await presentInstruction(one, mover, deps);
  const { units } = await deps.directory.settings();
  return {
    ...shown,
    events: await Promise.all(events.map((event) => presentInstructionEvent(event, deps))),
    units: shown.moves.includes('assign') ? units.map(({ id, name }) => ({ id, name })) : [],
  };
}

/** A card in a list: what it is about, and what comes next. */
export async function presentCardRow(
  { subject, nextStep, updatedAt }: CardText,
  deps: Deps,
): Promise<CardList['items'][number]> {
  const settings = await deps.directory.settings();
  return { about: await presentSubject(subject, settings, deps), nextStep, updatedAt };
}

export interface CardRights {
  mayWrite: boolean;
  mayGive: boolean;
  maySubmit: boolean;
}

/** Everything that fits on a telephone and is read in a minute. */
export async function presentCard(
  card: Card,
  mover: Mover,
  rights: CardRights,
  deps: Deps,
): Promise<CardView> {
  const settings = await deps.directory.settings();
  const { about, text } = card;
  const unitIds = about.kind === 'topic' ? about.facts.unitIds : unitsOf(about);
  const answers = await listCardAnswers(deps);
  const topic = about.kind === 'topic' ? about.topic : (about.case.service?.topic ?? null);
  return {
    about: await presentSubject(card.subject, settings, deps),
    version: text?.version ?? 0,
    gist: text?.gist ?? '',
    nextStep: text?.nextStep ?? '',
    updatedAt: text?.updatedAt ?? null,
    updatedByName: await deps.directory.colleagueName(text?.updatedBy ?? null),
    case: about.kind === 'case' ? presentCase(about) : null,
    topic: about.kind === 'topic' ? presentTopic(about) : null,
    units: unitIds.map((id) => deps.directory.unit(settings, id)),
    progress: about.kind === 'case' ? await presentSteps(about.events, settings, deps) : [],
    instructions: await Promise.all(card.instructions.map((one) => presentInstruction(one, mover, deps))),
    handover: about.kind === 'case' ? presentSlip(about.handover, deps.clock.now()) : null,
    stockAnswer: answers.find(({ id }) => id === text?.stockAnswerId) ?? null,
    stockAnswers: rights.mayWrite ? sortByTopic(answers, topic) : [],
    ...rights,
  };
}

function unitsOf({ case: one, handover }: Extract<Card['about'], { kind: 'case' }>): string[] {
  const named = handover === null ? [one.unitId] : [handover.ownerUnitId, handover.executorUnitId];
  return [...new Set(named.flatMap((id) => id ?? []))];
}

function presentSlip(slip: Handover | null, now: string): CardView['handover'] {
  if (slip === null) return null;
  const { number, state, dueAt } = slip;
  return { number, state, dueAt, isOverdue: isWithUnit(state) && dueAt < now };
}

/** Those of the topic first. */
function sortByTopic(
  answers: Awaited<ReturnType<typeof listCardAnswers>>,
  topic: ServiceTopic | null,
): CardView['stockAnswers'] {
  const fits = ({ topics }: { topics: readonly ServiceTopic[] }) => topic !== null && topics.includes(topic);
  return [...answers]
    .sort((a, b) => Number(fits(b)) - Number(fits(a)))
    .map(({ id, title }) => ({ id, title }));
}

function presentCase({ case: one, post }: Extract<Card['about'], { kind: 'case' }>): CardView['case'] {
  const { id, state, level, lifeSafety, deadline } = one;
  return { id, state, level, lifeSafety, deadline, postCount: one.postIds.length, url: post?.url || null };
}

function presentTopic({ facts, since }: Extract<Card['about'], { kind: 'topic' }>): CardView['topic'] {
  const { undecided, handedOver, done, oldestUndecidedAt } = facts;
  return { since, undecided, handedOver, done, oldestUndecidedAt };
}

async function presentSteps(
  events: Extract<Card['about'], { kind: 'case' }>['events'],
  settings: Settings,
  { directory }: Deps,
): Promise<CardView['progress']> {
  const last = events.slice(-stepsShown).reverse();
  return Promise.all(
    last.map(async ({ at, kind, decision, actorId }) => ({
      ...{ at, kind, decision: decision?.kind ?? null },
      unit: decision?.unitId == null ? null : directory.unit(settings, decision.unitId),
      byName: await directory.colleagueName(actorId),
    })),
  );
}
