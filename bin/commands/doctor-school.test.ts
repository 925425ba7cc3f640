import { expect, it } from 'vitest';
import { ReviewChain } from '../../pipeline/domain/review-chain.ts';
import { RosterEntry } from '../../pipeline/domain/roster.ts';
import { emptySchoolCalendar } from '../../pipeline/domain/school-calendar.ts';
import { buildWorkCalendar } from '../../pipeline/domain/work-calendar.ts';
import { buildUser } from '../../test/builders/user.ts';
import type { FoundSchool } from './doctor-result.ts';
import { checkCalendar, checkRoster } from './doctor-school.ts';

const shift = RosterEntry.parse({
  duty: 'safety',
  days: { on: 'working-days' },
  from: '08:00',
  to: '18:00',
  person: 'jia',
});
const chain = ReviewChain.parse({
  ...{ id: 'usual', name: '一般', mode: 'merged' },
  steps: [
    { step: 'first', role: 'reviewer' },
    { step: 'second', role: 'director' },
    { step: 'final', role: 'leader' },
  ],
});
const school = (over: Partial<FoundSchool> & { enteredYears?: number[] } = {}): FoundSchool => ({
  settings: { roster: [shift], chains: [] },
  users: [buildUser({ id: 'jia', roles: ['safety'] })],
  at: '2026-11-23T01:00:00.000Z',
  calendar: buildWorkCalendar({
    isPublicHoliday: () => false,
    isMakeUpDay: () => false,
    knownYears: new Set([2026]),
    ownDays: { ...emptySchoolCalendar, enteredYears: over.enteredYears ?? [] },
  }),
  ...over,
});

it('says which year’s holidays are not known, two months ahead', () => {
  expect(checkCalendar(school())).toMatchObject({
    mark: 'warn',
    says: expect.stringContaining('2027年放假安排尚未收录'),
  });
  expect(checkCalendar(school({ at: '2026-09-01T01:00:00.000Z' })).mark).toBe('ok');
  expect(checkCalendar(school({ enteredYears: [2027] })).mark).toBe('ok');
  expect(checkCalendar(undefined).mark).toBe('warn');
});

it('says that nobody is on duty, or somebody who has gone, and which chain cannot be walked', () => {
  expect(checkRoster(school())).toEqual({ mark: 'ok', says: '1 shifts, 0 review chains' });
  expect(checkRoster(school({ settings: { roster: [], chains: [] } })).says).toContain('empty');
  const gone = [buildUser({ id: 'jia', roles: ['safety'], disabled: true })];
  expect(checkRoster(school({ users: gone })).says).toBe('jia stands in the duty roster and cannot sign in');
  expect(checkRoster(school({ settings: { roster: [shift], chains: [chain] } })).says).toContain('usual');
});
