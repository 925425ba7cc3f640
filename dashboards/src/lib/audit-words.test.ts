import { expect, it } from 'vitest';
import { CaseEventKind } from '../../../pipeline/domain/case.ts';
import { DraftMove } from '../../../pipeline/domain/draft-move-command.ts';
import { HandoverEventKind } from '../../../pipeline/domain/handover.ts';
import { InstructionMove } from '../../../pipeline/domain/instruction.ts';
import { describeAction } from './audit-words.ts';

it('names every event of cases, slips, drafts and instructions in the office’s words', () => {
  const actions = [
    ...CaseEventKind.options.map((kind) => `case.${kind}`),
    ...HandoverEventKind.options.map((kind) => `handover.${kind}`),
    ...DraftMove.options.map((move) => `draft.${move}`),
    ...InstructionMove.options.map((move) => `instruction.${move}`),
  ];
  expect(actions.filter((action) => describeAction(action) === action)).toEqual([]);
  expect(describeAction('handover.escalated')).toBe('转办单：逾期上报');
  expect(describeAction('login')).toBe('登录');
});

it('leaves what it does not know as the log has it', () => {
  expect(describeAction('case.of-tomorrow')).toBe('case.of-tomorrow');
  expect(describeAction('unknown.opened')).toBe('unknown.opened');
});
