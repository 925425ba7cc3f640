import { type CaseFact, type HandoverFact, isLate } from '../domain/case-fact.ts';
import { InvalidInput } from '../domain/errors.ts';
import type { FactService, ItemFact } from '../domain/item-fact.ts';
import {
  assertNoToneByUnit,
  assertPeriod,
  noneValue,
  type TrendFilter,
  withinSight,
} from '../domain/trend.ts';
import { passesRest } from '../domain/trend-counts.ts';
import { EvidenceMoment, type EvidenceQuery } from '../domain/trend-evidence.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { CaseMoment, HandoverMoment } from '../ports/rollup-store.ts';
import { storeFilter, type TrendReader } from './read-trends-counts.ts';

export type Evidence =
  | { about: 'items'; page: Page<ItemFact> }
  | { about: 'cases'; page: Page<CaseFact> }
  | { about: 'handovers'; page: Page<HandoverFact> };

const caseMoments: readonly EvidenceMoment[] = ['opened', 'decided', 'undecided-now'];
const isCaseMoment = (moment: EvidenceMoment): moment is CaseMoment => caseMoments.includes(moment);
const isHandoverMoment = (moment: EvidenceMoment): moment is HandoverMoment => !caseMoments.includes(moment);

/** Pages of the store are looked through until one holds something, so many at most: then there may be an empty one between. */
const mostPages = 25;

/** A page may hold fewer than were asked for; only `nextCursor: null` is the end. */
async function keepOf<T>(
  list: (request: PageRequest) => Promise<Page<T>>,
  keep: (fact: T) => boolean,
  request: PageRequest,
): Promise<Page<T>> {
  let { cursor } = request;
  for (let read = 1; ; read += 1) {
    const page = await list({ ...request, cursor });
    const items = page.items.filter(keep);
    if (items.length > 0 || page.nextCursor === null || read === mostPages) {
      return { items, nextCursor: page.nextCursor };
    }
    cursor = page.nextCursor;
  }
}

/** Whether a case's or slip's service is one of those asked for, or there is none where that is asked for. */
function hasTopic({ topics }: TrendFilter, service: FactService | null): boolean {
  return topics?.includes(service?.topic ?? noneValue) !== false;
}

/** Fields that a filter over cases, or slips, has; every other is refused by name. */
const caseFields: readonly (keyof TrendFilter)[] = ['channels', 'units', 'topics', 'categories', 'levels'];
const handoverFields: readonly (keyof TrendFilter)[] = ['channels', 'units', 'topics'];

function assertFields(filter: TrendFilter, known: readonly (keyof TrendFilter)[]): void {
  for (const [field, values] of Object.entries(filter)) {
    if (values !== undefined && !known.includes(field as keyof TrendFilter)) {
      throw new InvalidInput(field, '线索和转办单不能按这一项筛选。');
    }
  }
}

function getMoment<M extends EvidenceMoment>(
  { moment, about }: EvidenceQuery,
  isKnown: (moment: EvidenceMoment) => moment is M,
): M {
  if (moment !== undefined && isKnown(moment)) return moment;
  const known = EvidenceMoment.options.filter(isKnown).join('、');
  throw new InvalidInput('moment', `${about === 'cases' ? '线索' : '转办单'}请填写时间点：${known}。`);
}

/**
 * What a figure was counted from, a page at a time; facts without texts. @throws InvalidInput naming the field
 */
export async function readEvidence(
  asked: EvidenceQuery & PageRequest,
  reader: TrendReader,
): Promise<Evidence> {
  const { fromDay, toDay, about, cursor, limit } = asked;
  assertPeriod({ fromDay, toDay });
  assertNoToneByUnit(asked.filter);
  // Of a unit or channel that has left the register, too: its figures go on opening what they were counted from.
  const filter = withinSight(asked.filter, reader);
  const { accessClasses, stores, clock } = reader;
  const rollups = stores.rollups;
  const narrow = { fromDay, toDay, accessClasses, ...storeFilter(filter) };
  const request = { cursor, limit };
  if (asked.late === true && about !== 'handovers') {
    throw new InvalidInput('late', '只有转办单可以筛选超期。');
  }
  switch (about) {
    case 'items': {
      if (asked.moment !== undefined) throw new InvalidInput('moment', '信息不分时间点。');
      const speaker = asked.speaker === undefined ? {} : { speaker: asked.speaker };
      const keep = (fact: ItemFact) => passesRest(fact, filter);
      return {
        about,
        page: await keepOf((page) => rollups.listItems({ ...narrow, ...speaker, ...page }), keep, request),
      };
    }
    case 'cases': {
      assertFields(asked.filter, caseFields);
      const moment = getMoment(asked, isCaseMoment);
      const keep = ({ service }: CaseFact) => hasTopic(filter, service);
      return {
        about,
        page: await keepOf((page) => rollups.listCases({ ...narrow, moment, ...page }), keep, request),
      };
    }
    case 'handovers': {
      assertFields(asked.filter, handoverFields);
      const moment = getMoment(asked, isHandoverMoment);
      const isAsked = lateness(asked, clock.now());
      // What was taken back is counted nowhere.
      const keep = (fact: HandoverFact) =>
        fact.state !== 'withdrawn' && hasTopic(filter, fact.service) && isAsked(fact);
      return {
        about,
        page: await keepOf((page) => rollups.listHandovers({ ...narrow, moment, ...page }), keep, request),
      };
    }
    default:
      return about satisfies never;
  }
}

function lateness({ late, moment }: EvidenceQuery, now: string): (fact: HandoverFact) => boolean {
  if (late !== true) return () => true;
  if (moment === 'with-unit-now') return (fact) => isLate(fact, now);
  return ({ answeredAt, dueAt }) => answeredAt !== null && answeredAt > dueAt;
}
