import type { CaseFact, HandoverFact } from '../pipeline/domain/case-fact.ts';
import { Category, ServiceTopic } from '../pipeline/domain/category.ts';
import type { ItemFact } from '../pipeline/domain/item-fact.ts';
import type { Fact } from '../pipeline/domain/rollup.ts';
import { bucketHour, dayBefore } from '../pipeline/domain/time.ts';

export const lastDay = '2026-11-20';
const units = Array.from({ length: 20 }, (_, n) => `unit-${n}`);

/** So many items, spread evenly over so many days, the oldest first. */
export interface Filling {
  days: number;
  count: number;
}

/** Repeats from the number: one fact is the same in every size of store. */
function numbersOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x1b873593) >>> 0;
    return (state >>> 8) / 16_777_216;
  };
}

function buildItem(n: number, { days, count }: Filling): { fact: ItemFact; instant: string } {
  const chance = numbersOf(n);
  const day = dayBefore(lastDay, days - 1 - Math.floor((n * days) / count));
  const hour = String(Math.floor(24 * Math.max(chance(), chance()))).padStart(2, '0');
  const instant = `${day}T${hour}:00:00.000Z`;
  const kind = chance() < 0.85 ? 'comment' : chance() < 0.7 ? 'status' : 'article';
  const topic = ServiceTopic.options[Math.floor(chance() ** 2 * ServiceTopic.options.length)] ?? 'other';
  const isService = kind === 'comment' && chance() < 0.3;
  const found = Category.options[Math.floor(chance() * Category.options.length)] ?? 'spam';
  const tone = chance();
  const fact: ItemFact = {
    postId: `bench-${n % 5}:${kind}:${n}`,
    ...{ hour: bucketHour(instant), channelId: `bench-${n % 5}`, kind },
    accessClass: chance() < 0.97 ? 'open' : 'victim',
    unitId: isService
      ? (units[ServiceTopic.options.indexOf(topic)] ?? null)
      : chance() < 0.1
        ? (units[n % 20] ?? null)
        : null,
    categories: chance() < 0.08 ? [found] : [],
    service: isService ? { kind: chance() < 0.5 ? 'complaint' : 'question', topic } : null,
    tone: tone < 0.25 ? 'negative' : tone < 0.75 ? 'neutral' : 'positive',
    level: chance() < 0.9 ? 'low' : chance() < 0.8 ? 'watch' : 'important',
  };
  return { fact, instant };
}

const later = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** One post in twenty is a case, most of them decided, and a quarter of these handed over. */
export function buildFacts(n: number, filling: Filling): Fact[] {
  const { fact: item, instant: openedAt } = buildItem(n, filling);
  const facts: Fact[] = [{ kind: 'item', fact: item }];
  if (n % 20 !== 0) return facts;
  const decidedAt = n % 100 === 0 ? null : later(openedAt, 5 + (n % 3000));
  const { channelId, accessClass, unitId, categories, service } = item;
  const one: CaseFact = {
    ...{ caseId: `case-${n}`, openedAt, channelId, accessClass, unitId, categories, service },
    ...{ level: 'watch', lifeSafety: false, state: decidedAt === null ? 'open' : 'decided', decidedAt },
    ...{ decision: decidedAt === null ? null : 'answer', reason: decidedAt === null ? null : 'service-need' },
    ...{ replySeenAt: null, posts: 1 },
  };
  facts.push({ kind: 'case', fact: one });
  if (n % 80 !== 0 || decidedAt === null) return facts;
  const slip: HandoverFact = {
    ...{ handoverId: `slip-${n}`, number: `转〔2026〕${n}号`, caseId: one.caseId, channelId, accessClass },
    ...{ unitId: unitId ?? 'unit-0', executorUnitId: unitId ?? 'unit-0', urgency: 'normal', service },
    ...{ state: 'answered', sentAt: decidedAt, receivedAt: later(decidedAt, 60 + (n % 500)) },
    ...{ answeredAt: later(decidedAt, 600 + (n % 7000)), closedAt: null, dueAt: later(decidedAt, 7000) },
  };
  return [...facts, { kind: 'handover', fact: slip }];
}
