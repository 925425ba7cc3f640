import { describe, expect, it } from 'vitest';
import { DecisionRequest } from '../../../review-api/contract/decision.ts';
import { buildDraft, createRequestBuilder, findMissing, isTouched, stepReason } from './decision-draft.ts';

const noAction = {
  kind: 'no-action' as const,
  reasons: ['opinion-only' as const, 'misjudged' as const],
  needsUnit: false,
};
const handOver = { kind: 'hand-over' as const, reasons: ['service-need' as const], needsUnit: true };

describe('buildDraft', () => {
  it('starts with the usual reason', () => {
    expect(buildDraft(noAction, 'logistics')).toEqual({
      kind: 'no-action',
      reason: 'opinion-only',
      note: '',
      unitId: null,
    });
  });

  it('asks for a unit when handing over, and takes over the one the case has', () => {
    const draft = buildDraft(handOver, null);
    expect(draft && findMissing(draft, handOver)).toBe('请选择负责单位');
    const prefilled = buildDraft(handOver, 'logistics');
    expect(prefilled && findMissing(prefilled, handOver)).toBeNull();
  });

  it('takes over what the rules of routing propose for the slip', () => {
    const routing = { executor: { id: 'security' }, dueWorkingDays: 3 };
    const draft = buildDraft(handOver, 'logistics', { topic: '食堂', routing });
    expect(draft?.order).toMatchObject({ executorUnitId: 'security', days: '3' });
    expect(draft?.order?.request).toContain('食堂');
    expect(buildDraft(handOver, 'logistics')?.order).toMatchObject({ executorUnitId: '', days: '' });
  });
});

it('knows what would be lost: a note, a changed reason or unit, not a mere choice', () => {
  const fresh = { kind: 'hand-over' as const, reason: 'service-need' as const, note: '', unitId: null };
  expect(isTouched({ ...fresh, note: ' \n' }, fresh)).toBe(false);
  for (const change of [{ note: '请核实' }, { reason: 'safety-risk' as const }, { unitId: 'finance' }]) {
    expect(isTouched({ ...fresh, ...change }, fresh)).toBe(true);
  }
});

it('walks the reasons round', () => {
  expect(stepReason(noAction, 'opinion-only', 1)).toBe('misjudged');
  expect(stepReason(noAction, 'misjudged', 1)).toBe('opinion-only');
  expect(stepReason(noAction, 'opinion-only', -1)).toBe('misjudged');
});

describe('createRequestBuilder', () => {
  const ids = ['0199a1de-0000-7000-8000-000000000001', '0199a1de-0000-7000-8000-000000000002'];
  const target = { caseId: 'c1', version: 3 };
  const draft = { kind: 'no-action' as const, reason: 'opinion-only' as const, note: ' ', unitId: null };

  it('keeps the command id of the same content, so that a retry is recorded once', () => {
    const build = createRequestBuilder(() => ids.shift() ?? '');
    const first = build(draft, target);
    expect(DecisionRequest.safeParse(first).success).toBe(true);
    expect(build(draft, target).commandId).toBe(first.commandId);
    expect(build({ ...draft, reason: 'misjudged' }, target).commandId).not.toBe(first.commandId);
  });

  it('sends no empty note', () => {
    expect(createRequestBuilder(() => 'x')(draft, target).note).toBeNull();
  });
});
