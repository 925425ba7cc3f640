import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import type { CheckFinding } from '../domain/check.ts';
import type { CheckStage } from './check-stage.ts';
import { runChecks } from './run-checks.ts';

function finding(start: number, end: number, change: Partial<CheckFinding> = {}): CheckFinding {
  const place = { part: 'body' as const, ref: null, start, end };
  const words = { text: 'x', suggestion: '换', message: '不对', key: `k:${start}:${end}` };
  return { category: 'typo', level: 'warn', stage: 's', rule: 'r', version: '1', place, ...words, ...change };
}

const stage = (name: string, run: CheckStage['run']): CheckStage => ({ name, version: '1', run });
const finds = (...findings: CheckFinding[]) => stage('finds', () => ({ findings }));
const settle = (...findings: CheckFinding[]) => runChecks([finds(...findings)], checkInput()).findings;

describe('the checks of a draft', () => {
  it('go on when one of them fails, and say which could not be made', () => {
    const broken = stage('broken', () => {
      throw new TypeError('quotes the draft');
    });
    const result = runChecks([broken, finds(finding(0, 1))], checkInput());
    expect(result.findings).toHaveLength(1);
    expect(result.unchecked).toEqual([
      { stage: 'broken', part: null, reason: expect.stringContaining('TypeError') },
    ]);
    expect(JSON.stringify(result)).not.toContain('quotes');
    expect(result.stages.map(({ name }) => name)).toEqual(['broken', 'finds']);
  });

  it('call what had not begun when the time was up unchecked, never clean', () => {
    const times = [0, 0, 21_000];
    const result = runChecks([finds(finding(0, 1)), stage('late', () => ({ findings: [] }))], checkInput(), {
      limitMs: 20_000,
      now: () => times.shift() ?? 21_000,
    });
    expect(result.findings).toHaveLength(1);
    expect(result.unchecked).toMatchObject([{ stage: 'late' }]);
  });

  it('are told in the order of reading', () => {
    const title = finding(4, 5, { place: { part: 'title', ref: null, start: 4, end: 5 } });
    expect(settle(finding(7, 8), finding(1, 2), title).map(({ place }) => [place.part, place.start])).toEqual(
      [
        ['title', 4],
        ['body', 1],
        ['body', 7],
      ],
    );
  });

  it('settle one span: what blocks, then what knows more', () => {
    expect(settle(finding(1, 3), finding(1, 3, { category: 'title-order' }))).toMatchObject([
      { category: 'title-order' },
    ]);
    expect(
      settle(finding(1, 3, { category: 'term' }), finding(1, 3, { category: 'term', level: 'block' })),
    ).toMatchObject([{ level: 'block' }]);
  });

  it('drop a typo inside a wrong name, and beside it keep it', () => {
    const name = finding(1, 4, { category: 'title-order' });
    expect(settle(name, finding(3, 4))).toHaveLength(1);
    expect(settle(name, finding(4, 5))).toHaveLength(2);
  });

  it('say two matters of one place, and suggest for one', () => {
    const [first, second] = settle(
      finding(1, 9, { category: 'term' }),
      finding(3, 5, { category: 'date', suggestion: '星期一' }),
    );
    expect([first?.suggestion, second?.suggestion]).toEqual([null, '星期一']);
  });

  it('lose nothing that blocks', () => {
    const blocks = [
      finding(1, 9, { category: 'personal-data', level: 'block' }),
      finding(1, 9, { category: 'secrecy-mark', level: 'block', key: 'k2' }),
    ];
    expect(settle(...blocks)).toHaveLength(2);
  });

  it('say everything about one field of the form', () => {
    const place = { part: 'form' as const, ref: 'source', start: 0, end: 0 };
    expect(settle(finding(0, 0, { place, key: 'a' }), finding(0, 0, { place, key: 'b' }))).toHaveLength(2);
  });
});
