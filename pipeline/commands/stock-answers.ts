import { InvalidInput, NotFound } from '../domain/errors.ts';
import type { Rights } from '../domain/role.ts';
import {
  newestVersion,
  type StandingAnswer,
  type StockAnswer,
  type StockAnswerKind,
  type StockAnswerState,
  standingOf,
} from '../domain/stock-answer.ts';
import type { AnswerCommand, AnswerWriter } from '../domain/stock-answer-change.ts';
import { mentions } from '../domain/stock-suggestion.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';
import type { RecordedAnswer } from '../ports/stock-answer-store.ts';

interface AnswerPorts {
  stores: Pick<Stores, 'answers' | 'settings'>;
  clock: Clock;
}

/** Whose answers a person may see: by role all, or those of their own unit. */
type Reader = Pick<Rights, 'units' | 'accessClasses'>;

export interface AnswerFilter {
  kind?: StockAnswerKind | undefined;
  topic?: string | undefined;
  unitId?: string | undefined;
  /** Of the newest version. */
  state?: StockAnswerState | undefined;
  /** `valid`: offered today; `attention`: to be renewed, checked or approved. */
  standing?: 'valid' | 'expired' | 'attention' | undefined;
  /** Words that all stand in it. */
  q?: string | undefined;
}

export interface ListedAnswer {
  answer: StockAnswer;
  standing: StandingAnswer;
  /** Of help, for those on duty alone: to anybody else it would count their cases (R19). */
  uses: number | null;
}

function isWanted({ answer, standing }: ListedAnswer, filter: AnswerFilter): boolean {
  const newest = newestVersion(answer);
  const { kind, topic, unitId, state, q } = filter;
  const wantsAttention =
    newest.state === 'in-review' || standing.renewal !== null || standing.check === 'overdue';
  return (
    (kind === undefined || answer.kind === kind) &&
    (topic === undefined || newest.topics.some((one) => one === topic)) &&
    (unitId === undefined || answer.unitId === unitId) &&
    (state === undefined || newest.state === state) &&
    (q === undefined || answer.versions.some((one) => mentions(one, q))) &&
    (filter.standing !== 'attention' || (wantsAttention && newest.state !== 'retired')) &&
    (filter.standing === undefined ||
      filter.standing === 'attention' ||
      standing.validity === filter.standing)
  );
}

async function readUses(
  { accessClasses }: Reader,
  { answers }: Pick<Stores, 'answers'>,
): Promise<(answer: StockAnswer) => number | null> {
  const uses = new Map((await answers.countUses()).map((one) => [one.answerId, one.uses]));
  return ({ id, kind }) =>
    kind === 'help' && !accessClasses.includes('safety') ? null : (uses.get(id) ?? 0);
}

/** What wants attention first, then by title. */
export async function listAnswers(
  filter: AnswerFilter,
  reader: Reader,
  { stores, clock }: AnswerPorts,
): Promise<ListedAnswer[]> {
  const today = shanghaiDay(clock.now());
  const { units } = reader;
  const usesOf = await readUses(reader, stores);
  const urgency = ({ standing: { daysLeft, validity, check } }: ListedAnswer) =>
    validity === 'expired' || check === 'overdue' ? 0 : daysLeft !== null && daysLeft <= 30 ? 1 : 2;
  const titleOf = ({ answer }: ListedAnswer) => newestVersion(answer).title;
  return (await stores.answers.list())
    .filter(({ unitId }) => units === 'all' || units.includes(unitId))
    .map((answer) => ({ answer, standing: standingOf(answer, today), uses: usesOf(answer) }))
    .filter((one) => isWanted(one, filter))
    .toSorted((a, b) => urgency(a) - urgency(b) || titleOf(a).localeCompare(titleOf(b), 'zh'));
}

/** @throws NotFound, also for another unit's where only one's own is seen */
export async function getAnswer(
  answerId: string,
  reader: Reader,
  { stores, clock }: AnswerPorts,
): Promise<ListedAnswer> {
  const { units } = reader;
  const answer = await stores.answers.find(answerId);
  if (answer === null || (units !== 'all' && !units.includes(answer.unitId))) {
    throw new NotFound('没有这条口径。');
  }
  const usesOf = await readUses(reader, stores);
  return { answer, standing: standingOf(answer, shanghaiDay(clock.now())), uses: usesOf(answer) };
}

/** @throws as the store; InvalidInput for a unit that is not there */
export async function changeAnswer(
  command: AnswerCommand,
  writer: AnswerWriter,
  { stores, clock }: AnswerPorts,
): Promise<RecordedAnswer> {
  if (command.type === 'write') {
    const { units } = await stores.settings.read();
    if (!units.some(({ id }) => id === command.unitId)) {
      throw new InvalidInput('unitId', '没有这个单位。', '请从单位列表里选。');
    }
  }
  return stores.answers.change(command, writer, clock.now());
}
