import type { CheckResult, EditorialCategory } from './check.ts';
import type { Draft } from './draft.ts';
import type { DraftEvent } from './draft-move-command.ts';
import { StepName } from './review-chain.ts';
import { shanghaiDay } from './time.ts';

/** One draft with everything that was done with it. */
export interface DraftRecord {
  draft: Pick<Draft, 'unitId' | 'channels' | 'urgent'>;
  /** In the order they were made. */
  events: readonly DraftEvent[];
  /** Of each submission, by round. */
  reports: ReadonlyMap<number, CheckResult>;
}

interface StepFigures {
  step: StepName;
  passed: number;
  errorsFound: number;
  /** From when it could be decided to when it was; null where none was. */
  medianHours: number | null;
}

export interface DraftFigures {
  submitted: number;
  approved: number;
  published: number;
  corrected: number;
  recalled: number;
  returned: number;
  urgent: number;
  late: number;
  allowed: number;
  months: { month: string; submitted: number; approved: number }[];
  units: { unitId: string; submitted: number; approved: number; returned: number }[];
  channels: { channelId: string; approved: number }[];
  steps: StepFigures[];
  findings: { category: EditorialCategory; found: number }[];
}

const hourMs = 3_600_000;
const lateReviewMs = 2 * hourMs;

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : Math.round(((low + high) / 2) * 10) / 10;
}

const isApproval = ({ from, to }: DraftEvent) => from === 'in-review' && to === 'approved';
const isDecision = ({ kind, details }: DraftEvent) =>
  (kind === 'pass' || kind === 'record-offline') && details.step !== null;
const opensStep = (event: DraftEvent) => event.kind === 'submit' || isDecision(event);

class Counter<K> {
  readonly #counts = new Map<K, number>();
  add(key: K, by = 1): void {
    this.#counts.set(key, this.of(key) + by);
  }
  of(key: K): number {
    return this.#counts.get(key) ?? 0;
  }
  keys(): K[] {
    return [...this.#counts.keys()];
  }
}

/** What one draft adds to the sums. */
class Sums {
  readonly totals = new Counter<
    Exclude<keyof DraftFigures, 'months' | 'units' | 'channels' | 'steps' | 'findings'>
  >();
  readonly months = { submitted: new Counter<string>(), approved: new Counter<string>() };
  readonly units = {
    submitted: new Counter<string>(),
    approved: new Counter<string>(),
    returned: new Counter<string>(),
  };
  readonly channels = new Counter<string>();
  readonly steps = { passed: new Counter<StepName>(), errorsFound: new Counter<StepName>() };
  readonly hours = new Map<StepName, number[]>();
  readonly findings = new Counter<EditorialCategory>();
  readonly #within: (event: DraftEvent) => boolean;

  constructor(within: (event: DraftEvent) => boolean) {
    this.#within = within;
  }

  add({ draft, events, reports }: DraftRecord): void {
    this.#addSubmission(draft, events);
    this.#addApprovals(draft, events);
    this.#addSteps(events);
    for (const event of events) {
      if (!this.#within(event)) continue;
      if (event.kind === 'allow') this.totals.add('allowed', event.details.keys.length);
      if (event.to === 'recalled' && event.from !== 'recalled') this.totals.add('recalled');
      const report = event.kind === 'submit' ? reports.get(event.round) : undefined;
      for (const { category } of report?.findings ?? []) this.findings.add(category);
    }
    if (
      events.some(
        (event) => event.kind === 'mark-published' && event.from === 'approved' && this.#within(event),
      )
    )
      this.totals.add('published');
  }

  #addSubmission({ unitId, urgent }: DraftRecord['draft'], events: readonly DraftEvent[]): void {
    const first = events.find(({ kind }) => kind === 'submit');
    if (first === undefined || !this.#within(first)) return;
    this.totals.add('submitted');
    this.months.submitted.add(monthOf(first));
    this.units.submitted.add(unitId);
    if (urgent !== null) this.totals.add('urgent');
    const end = events.findIndex(isApproval);
    const before = end < 0 ? events : events.slice(0, end);
    if (!before.some(({ kind }) => kind === 'return')) return;
    this.totals.add('returned');
    this.units.returned.add(unitId);
  }

  #addApprovals({ unitId, channels }: DraftRecord['draft'], events: readonly DraftEvent[]): void {
    let isCorrection = false;
    let isCounted = false;
    for (const event of events) {
      if (event.kind === 'start-correction') isCorrection = true;
      if (!isApproval(event)) continue;
      if (this.#within(event) && isCorrection) this.totals.add('corrected');
      else if (this.#within(event) && !isCounted) {
        isCounted = true;
        this.totals.add('approved');
        this.months.approved.add(monthOf(event));
        this.units.approved.add(unitId);
        for (const channelId of channels) this.channels.add(channelId);
      }
      isCorrection = false;
    }
  }

  #addSteps(events: readonly DraftEvent[]): void {
    let openSince: string | null = null;
    let approvedAt: string | null = null;
    for (const event of events) {
      const { step } = event.details;
      if (isDecision(event) && step !== null && this.#within(event)) {
        this.steps.passed.add(step);
        this.steps.errorsFound.add(step, event.details.errorsFound ?? 0);
        const since = event.details.late ? approvedAt : openSince;
        if (since !== null)
          this.hours.set(step, [...(this.hours.get(step) ?? []), hoursBetween(since, event.at)]);
        if (event.details.late && since !== null && Date.parse(event.at) - Date.parse(since) > lateReviewMs)
          this.totals.add('late');
      }
      if (opensStep(event)) openSince = event.at;
      if (isApproval(event)) approvedAt = event.at;
    }
  }
}

const monthOf = ({ at }: DraftEvent) => shanghaiDay(at).slice(0, 7);
const hoursBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / hourMs;

/** Pure. How the work of some days went, of the drafts given; what is listed is in an order that ranks nobody. */
export function countDraftFigures(
  records: Iterable<DraftRecord>,
  { from, until }: { from: string; until: string },
): DraftFigures {
  const sums = new Sums(({ at }) => shanghaiDay(at) >= from && shanghaiDay(at) <= until);
  for (const record of records) sums.add(record);
  const { totals, months, units, channels, steps, findings } = sums;
  const inOrder = (...counters: Counter<string>[]) =>
    [...new Set(counters.flatMap((one) => one.keys()))].sort();
  const names = [
    'submitted',
    'approved',
    'published',
    'corrected',
    'recalled',
    'returned',
    'urgent',
  ] as const;
  const total = (name: Parameters<typeof totals.of>[0]) => totals.of(name);
  return {
    ...(Object.fromEntries(names.map((name) => [name, total(name)])) as Record<
      (typeof names)[number],
      number
    >),
    ...{ late: total('late'), allowed: total('allowed') },
    months: inOrder(months.submitted, months.approved).map((month) => ({
      ...{ month, submitted: months.submitted.of(month), approved: months.approved.of(month) },
    })),
    units: inOrder(units.submitted, units.approved).map((unitId) => ({
      ...{ unitId, submitted: units.submitted.of(unitId), approved: units.approved.of(unitId) },
      returned: units.returned.of(unitId),
    })),
    channels: inOrder(channels).map((channelId) => ({ channelId, approved: channels.of(channelId) })),
    steps: StepName.options
      .filter((step) => steps.passed.of(step) > 0)
      .map((step) => ({
        ...{ step, passed: steps.passed.of(step), errorsFound: steps.errorsFound.of(step) },
        medianHours: median(sums.hours.get(step) ?? []),
      })),
    findings: findings
      .keys()
      .sort()
      .map((category) => ({ category, found: findings.of(category) })),
  };
}
