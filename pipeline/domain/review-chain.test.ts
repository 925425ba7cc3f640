import { describe, expect, it } from 'vitest';
import { type ChainPerson, type ChainStep, findChainFaults, ReviewChain } from './review-chain.ts';
import type { Role } from './role.ts';

const person = (login: string, unitId: string | null, ...roles: Role[]): ChainPerson => ({
  login,
  unitId,
  roles,
});
const roleSteps: ChainStep[] = [
  { step: 'first', role: 'unit-reviewer', persons: [] },
  { step: 'second', role: 'unit-head', persons: [] },
  { step: 'final', role: 'director', persons: [] },
];
const chain = (change: Partial<ReviewChain> = {}): ReviewChain => ({
  ...{ id: 'usual', name: '一般稿件', mode: 'merged', channels: [], units: ['logistics'] },
  steps: roleSteps,
  ...change,
});
const people = [
  person('xinxi', 'logistics', 'unit-reviewer'),
  person('chuzhang', 'logistics', 'unit-head'),
  person('buzhang', 'publicity', 'director'),
];

describe('a chain', () => {
  const steps = (...persons: string[][]) =>
    persons.map((logins, index) => ({ step: roleSteps[index]?.step, persons: logins }));
  it.each([
    ['lacks a step', { steps: roleSteps.slice(0, 2) }],
    ['has its steps in another order', { steps: roleSteps.toReversed() }],
    ['has the steps of the other mode', { mode: 'full' }],
    ['has somebody twice', { steps: steps(['jia'], ['yi'], ['bing', 'jia']) }],
    ['has a step that nobody holds', { steps: steps(['jia'], [], ['bing']) }],
    [
      'has a step held by role and by name',
      { steps: [{ ...roleSteps[0], persons: ['jia'] }, ...roleSteps.slice(1)] },
    ],
    ['lets an editor approve', { steps: [{ step: 'first', role: 'editor' }, ...roleSteps.slice(1)] }],
  ])('that %s is refused', (_, change) => {
    expect(ReviewChain.safeParse({ ...chain(), ...change }).success).toBe(false);
  });

  it('in three or in six steps is taken', () => {
    const six = [
      'first-review',
      'second-review',
      'final-review',
      'first-proof',
      'second-proof',
      'third-proof',
    ];
    const full = { mode: 'full', steps: six.map((step, index) => ({ step, persons: [`p${index}x`] })) };
    expect(ReviewChain.safeParse({ ...chain(), ...full }).success).toBe(true);
    expect(ReviewChain.safeParse(chain()).success).toBe(true);
  });
});

describe('whether a chain can be walked', () => {
  const byName = (...logins: string[][]): ReviewChain =>
    chain({
      steps: roleSteps.map(({ step }, index) => ({ step, role: null, persons: logins[index] ?? [] })),
    });

  it('by roles of the unit and of the office', () => {
    expect(findChainFaults(chain(), people)).toEqual([]);
  });

  it('not by the heads of another unit', () => {
    const elsewhere = [...people.slice(0, 1), person('bieren', 'finance', 'unit-head'), ...people.slice(2)];
    expect(findChainFaults(chain(), elsewhere)).toEqual([
      { kind: 'nobody', step: 'second', unitId: 'logistics' },
    ]);
    expect(findChainFaults(byName(['xinxi'], ['bieren'], ['buzhang']), elsewhere)).toEqual([
      { kind: 'nobody', step: 'second', unitId: 'logistics' },
    ]);
  });

  it('not where one person would hold two steps', () => {
    const both = [person('shuangjian', 'logistics', 'unit-reviewer', 'unit-head'), ...people.slice(2)];
    expect(findChainFaults(chain(), both)).toEqual([{ kind: 'too-few', unitId: 'logistics' }]);
    const third = person('ling', 'logistics', 'unit-reviewer');
    expect(findChainFaults(chain(), [...both, third])).toEqual([]);
  });

  it('not by somebody unknown, or who only drafts', () => {
    const withEditor = [...people, person('xuesheng', 'logistics', 'editor')];
    expect(findChainFaults(byName(['xuesheng'], ['chuzhang'], ['meiyou']), withEditor)).toEqual([
      { kind: 'may-not-approve', step: 'first', login: 'xuesheng' },
      { kind: 'unknown-person', step: 'final', login: 'meiyou' },
    ]);
  });

  it('for all units: in one of them at least', () => {
    const all = chain({ units: [] });
    expect(findChainFaults(all, [...people, person('ke', 'finance', 'unit-reviewer')])).toEqual([]);
    expect(findChainFaults(all, people.slice(0, 2))).toEqual([
      { kind: 'nobody', step: 'final', unitId: null },
    ]);
    expect(findChainFaults(all, [])).toHaveLength(3);
  });
});
