import { expect, it } from 'vitest';
import { explainNoQueue, isOfUnitOnly, roleLabels } from './role-labels.ts';

it.each(['analyst', 'auditor', 'editor', 'account-admin', 'leader', 'principal', 'unit-head'] as const)(
  'tells %s by name that their pages come later',
  (role) => {
    const { text } = explainNoQueue([role]);
    expect(text).toContain(`您的角色是“${roleLabels[role]}”`);
    expect(text).toContain('以后的版本');
    expect(text).not.toMatch(/[a-z]/);
  },
);

it('names every role of somebody with several, and sends one without any to the account administrator', () => {
  expect(explainNoQueue(['analyst', 'editor']).text).toContain('“舆情分析员”、“通讯员（编辑）”');
  expect(explainNoQueue([]).text).toContain('安全管理员');
});

it('tells who sees their own unit alone', () => {
  expect(isOfUnitOnly(['unit-head', 'unit-reviewer'])).toBe(true);
  expect(isOfUnitOnly(['unit-head', 'safety'])).toBe(false);
  expect(isOfUnitOnly([])).toBe(false);
});
