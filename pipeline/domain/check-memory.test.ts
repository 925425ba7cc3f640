import { expect, it } from 'vitest';
import type { CheckFinding } from './check.ts';
import { applyMemory, type RememberedAnswer, rememberAnswer } from './check-memory.ts';

const at = '2026-11-20T02:00:00.000Z';
const finding = (category: CheckFinding['category'], level: CheckFinding['level']): CheckFinding => ({
  ...{ category, level, stage: 'stage', rule: 'rule', version: '1', text: '', suggestion: null, message: '' },
  place: { part: 'body', ref: null, start: 0, end: 1 },
  key: 'key',
});
const say = (forUnit: boolean): RememberedAnswer =>
  rememberAnswer(
    null,
    {
      ...{ commandId: 'c', draftId: 'd', unitId: 'library', key: 'key', rule: 'stage.rule', text: '' },
      ...{ reason: '本人同意', forUnit },
    },
    { actorId: 'a', at },
  );

it.each<[CheckFinding['category'], CheckFinding['level'], boolean, boolean]>([
  ['typo', 'warn', true, true],
  ['typo', 'block', true, false],
  // One person's consent is not another's: a unit cannot remember it, a draft can.
  ['personal-data', 'warn', true, false],
  ['personal-data', 'warn', false, true],
  ['secrecy-mark', 'warn', true, false],
])(
  'an answer to a %s that is to %s, of the unit: %s, silences it: %s',
  (category, level, forUnit, silences) => {
    const { answered, open } = applyMemory({ findings: [finding(category, level)] }, [say(forUnit)], at);
    expect([answered.length, open.length]).toEqual(silences ? [1, 0] : [0, 1]);
  },
);
