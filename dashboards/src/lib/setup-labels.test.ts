import { expect, it } from 'vitest';
import {
  buildPasswordFile,
  describeCounts,
  formatDay,
  formatShift,
  placeOf,
  summarise,
} from './setup-labels.ts';

const none = { added: 0, changed: 0, removed: 0, unchanged: 0 };

it('places, days and shifts are said as offices say them', () => {
  const problem = { sheet: '人员', row: 3, column: '角色', message: '', hint: '' };
  expect(placeOf(problem)).toBe('人员 第 3 行 “角色”');
  expect(placeOf({ ...problem, row: null, column: null })).toBe('人员');
  expect(formatDay('2026-11-23')).toBe('11月23日 周一');
  expect(formatShift({ from: '18:00', to: '08:00', endsNextDay: true })).toBe('18:00–次日 08:00');
});

it('counts leave out what is nothing', () => {
  const change = { label: '张伟', details: [] };
  const section = {
    sheet: 'people' as const,
    added: [change],
    changed: [],
    removed: [change],
    unchanged: 3,
    missing: [],
    wrongRows: 0,
  };
  expect(summarise(section)).toBe('新增 1，离岗 1，不变 3');
  expect(summarise({ ...section, sheet: 'roster' })).toBe('新增 1，移除 1，不变 3');
  const wrong = { ...section, added: [], removed: [], unchanged: 0, wrongRows: 2 };
  expect(summarise(wrong)).toBe('2 行有误');
  expect(summarise({ ...wrong, wrongRows: 0 })).toBe('没有内容');
  const counts = { units: null, people: { ...none, added: 2 }, roster: null, chains: null };
  expect(describeCounts({ counts, repeated: false, firstPasswords: [] })).toBe(
    '人员：新增 2，修改 0，离岗 0',
  );
});

it('a file of passwords opens as text, whatever a name begins with', () => {
  const counts = { units: null, people: null, roster: null, chains: null };
  const firstPasswords = [{ login: 'jia', name: '=1+1"', password: 'abc-def' }];
  expect(buildPasswordFile({ counts, repeated: false, firstPasswords })).toBe(
    '\ufeff"账号","姓名","初始密码"\r\n"jia","\'=1+1""","abc-def"\r\n',
  );
});
