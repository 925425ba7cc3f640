import type { BriefCell, BriefGap, BriefNumber, BriefPeriod, BriefUnit } from './brief.ts';
import type { EvidenceQuery, Measure } from './brief-evidence.ts';
import { type BriefMaterial, type Evaluated, evaluateEvidence } from './brief-material.ts';
import { isDelicate, leastTold, type Suppression, suppressParts } from './brief-suppression.ts';

export type Digest = (text: string) => string;

/** How the page names what the facts know by id. */
export interface BriefNames {
  channel(id: string): string;
  unit(id: string): string;
}

type Counted = Exclude<EvidenceQuery, { of: 'derived' }>;

export interface NumberSpec {
  id: string;
  label: string;
  unit: BriefUnit;
  query: Counted;
  measure?: Measure;
  note?: string;
}

/** What a digest covers: one id a line. */
export const evidenceMaterial = (ids: readonly string[]): string => ids.map((id) => `${id}\n`).join('');

const mayMiss: ReadonlySet<EvidenceQuery['of']> = new Set([
  'items',
  'cases',
  'referred',
  'bursts',
  'topic-items',
]);

function isOfPublic(query: EvidenceQuery): boolean {
  if (query.of === 'items') return query.speaker === 'public';
  return query.of === 'topic-items' || query.of === 'bursts';
}

/** Counts the numbers of one brief, each with its frozen evidence. The one way to a number. */
export class BriefMaker {
  /** Sorted ids by number; nothing for one that is not told. */
  readonly evidence = new Map<string, string[]>();
  readonly period: BriefPeriod;
  readonly material: BriefMaterial;
  readonly names: BriefNames;
  readonly #digest: Digest;

  constructor(known: { period: BriefPeriod; material: BriefMaterial; names: BriefNames; digest: Digest }) {
    this.period = known.period;
    this.material = known.material;
    this.names = known.names;
    this.#digest = known.digest;
  }

  get span(): { from: string; until: string } {
    return { from: this.period.from, until: this.period.until };
  }

  /** Gaps that reach into a stretch of some channels, or of any, and what nothing is known of. */
  gapsIn({ from, until }: { from: string; until: string }, channelIds?: readonly string[]): BriefGap[] {
    const unobserved = this.material.unobserved.map((one) => ({
      ...{ ...one, id: `unobserved/${one.channelId}/${one.from}`, filledAt: null },
    }));
    return [...this.material.gaps, ...unobserved]
      .filter((gap) => gap.from < until && gap.to > from)
      .filter(({ channelId }) => channelIds === undefined || channelIds.includes(channelId))
      .map(({ id, channelId, from: start, to, filledAt }) => ({
        ...{ id, channelId, from: start, to, filled: filledAt !== null },
      }));
  }

  number(spec: NumberSpec, forced: Suppression | null = null): BriefNumber {
    const { query, measure = 'count' } = spec;
    const found = evaluateEvidence(query, measure, this.material);
    const delicate = isDelicate(query, spec.label) && found.ids.length < leastTold;
    const suppressed = forced ?? (delicate ? ('under-ten' as const) : null);
    return this.#freeze(spec, found, suppressed);
  }

  #freeze(spec: NumberSpec, { ids, value }: Evaluated, suppressed: Suppression | null): BriefNumber {
    const { query, measure = 'count' } = spec;
    this.evidence.set(spec.id, suppressed === null && query.of !== 'referred' ? ids : []);
    const gaps = mayMiss.has(query.of) ? this.#openGapsOf(query) : [];
    return {
      ...{ id: spec.id, label: spec.label, unit: spec.unit },
      value: suppressed === null ? value : null,
      ...(spec.note === undefined ? {} : { note: spec.note }),
      ...(suppressed === null ? {} : { suppressed }),
      ...(gaps.length === 0 ? {} : { gaps }),
      evidence: {
        ...{ query, measure, total: suppressed === null ? ids.length : null },
        digest: this.#digest(evidenceMaterial(suppressed === null ? ids : [])),
      },
    };
  }

  #openGapsOf(query: Counted): string[] {
    const named = 'channelIds' in query ? query.channelIds : undefined;
    return this.gapsIn(query, isOfPublic(query) ? this.#withComments(named) : named)
      .filter(({ filled }) => !filled)
      .map(({ id }) => id);
  }

  /** A site that nobody can comment on is not missed where the public is counted. */
  #withComments(named: readonly string[] | undefined): string[] {
    return this.material.channels
      .filter(({ id, hasComments }) => hasComments && (named === undefined || named.includes(id)))
      .map(({ id }) => id);
  }

  /** Parts of a whole that stands beside them: none that is left out can be had by subtraction (R16). */
  parts(whole: NumberSpec, specs: readonly NumberSpec[]): { whole: BriefNumber; parts: BriefNumber[] } {
    const sizes = specs.map((spec) => ({
      value: evaluateEvidence(spec.query, 'count', this.material).ids.length,
      isDelicate: isDelicate(spec.query, spec.label),
    }));
    const told = suppressParts(sizes);
    return {
      whole: this.number(whole, told.whole),
      parts: specs.map((spec, index) => this.number(spec, told.parts[index] ?? null)),
    };
  }

  /** A change against another number; not claimed over a gap, nor where one of the two is not told. */
  change(
    id: string,
    label: string,
    { now, before, unit }: { now: BriefNumber; before: BriefNumber; unit: BriefUnit },
  ): BriefNumber {
    const over = [...new Set([...(now.gaps ?? []), ...(before.gaps ?? [])])];
    const hidden = now.suppressed ?? before.suppressed;
    const known = now.value !== null && before.value !== null;
    const value = over.length > 0 || !known ? null : (now.value ?? 0) - (before.value ?? 0);
    this.evidence.set(id, []);
    return {
      ...{ id, label, unit, value },
      ...(hidden === undefined ? {} : { suppressed: 'would-reveal' as const }),
      ...(over.length > 0 ? { note: '采集有缺口，不作比较', gaps: over } : {}),
      evidence: {
        query: { of: 'derived', how: 'difference', numbers: [now.id, before.id] },
        ...{ measure: 'count', total: 0, digest: this.#digest('') },
      },
    };
  }
}

export const text = (value: string): BriefCell => ({ kind: 'text', text: value });
export const cell = (number: BriefNumber): BriefCell => ({ kind: 'number', number });
