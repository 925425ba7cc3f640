import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckFinding, CheckLevel, EditorialCategory } from '../domain/check.ts';
import { settleFindings } from './settle-findings.ts';

const someFinding = fc
  .record({
    category: fc.constantFrom(...EditorialCategory.options),
    level: fc.constantFrom(...CheckLevel.options),
    part: fc.constantFrom('title' as const, 'body' as const),
    start: fc.nat(12),
    length: fc.nat(4),
    suggestion: fc.constantFrom(null, '', '换'),
    key: fc.constantFrom('a', 'b', 'c'),
  })
  .map(({ part, start, length, ...rest }): CheckFinding => {
    const place = { part, ref: null, start, end: start + length };
    return { stage: 's', rule: 'r', version: '1', text: 'x'.repeat(length), message: '不对', place, ...rest };
  });

const id = ({ place, category, level, key }: CheckFinding) =>
  `${place.part} ${place.start} ${place.end} ${category} ${level} ${key}`;

describe('findings that overlap', () => {
  it('are settled so that all suggestions can be carried out, and nothing that blocks is lost', () => {
    fc.assert(
      fc.property(fc.array(someFinding, { maxLength: 12 }), (findings) => {
        const settled = settleFindings(findings);
        for (const part of ['title', 'body']) {
          const here = settled.filter(({ place, suggestion }) => place.part === part && suggestion !== null);
          for (const [at, { place }] of here.entries()) {
            const next = here[at + 1]?.place;
            if (next === undefined) continue;
            // Two insertions at one point cannot both be meant either.
            expect(place.end <= next.start && !(place.start === next.start && place.end === next.end)).toBe(
              true,
            );
          }
        }
        const kept = new Set(settled.map(id));
        for (const { place, level, key } of findings) {
          if (level !== 'block') continue;
          const stands = settled.some(
            (other) =>
              other.level === 'block' &&
              other.key === key &&
              other.place.part === place.part &&
              other.place.start <= place.start &&
              place.end <= other.place.end,
          );
          expect(stands).toBe(true);
        }
        expect([...kept].every((one) => findings.map(id).includes(one))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
