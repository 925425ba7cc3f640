import { describe, expect, it } from 'vitest';
import type { PublicEntry } from '../../../review-api/contract/public-request.ts';
import type { StandInView } from '../../../review-api/contract/stand-in.ts';
import { inOrder, watchRequests, watchStandIns, watchVerification } from './admin-attention.ts';

const now = '2026-11-23T02:00:00.000Z';
const request = (dueAt: string, state = 'received') => ({ facts: { dueAt, state } }) as PublicEntry;
const standIn = (until: string, state: StandInView['state'] = 'active') => ({ until, state }) as StandInView;
const verification = (at: string, breakCount: number) => ({
  ...{ at, byName: null, chains: 1, entries: 1, unlinkedTail: 0, breakCount, breaks: [] },
});

describe('what administration points out', () => {
  it('requests past their day, and those of three days; not those that are answered', () => {
    const items = [
      request('2026-11-22T15:59:59.999Z'),
      request('2026-11-24T15:59:59.999Z'),
      request('2026-11-30T15:59:59.999Z'),
      request('2026-11-01T15:59:59.999Z', 'answered'),
    ];
    expect(watchRequests(items, now).map(({ late }) => late)).toEqual([true, false]);
    expect(watchRequests([], now)).toEqual([]);
  });

  it('stand-ins that end within three days of a Shanghai calendar', () => {
    expect(watchStandIns([standIn('2026-11-26')], now)).toHaveLength(1);
    expect(watchStandIns([standIn('2026-11-27'), standIn('2026-11-24', 'coming')], now)).toEqual([]);
  });

  it('a chain that is broken, was never verified, or not for a month', () => {
    expect(watchVerification(verification(now, 2), now)).toMatchObject([{ late: true }]);
    expect(watchVerification(null, now)).toMatchObject([{ late: false }]);
    expect(watchVerification(verification('2026-10-20T00:00:00.000Z', 0), now)).toHaveLength(1);
    expect(watchVerification(verification(now, 0), now)).toEqual([]);
  });

  it('what is late comes first', () => {
    const one = { href: '#/a', says: 'a', late: false };
    expect(inOrder([one, { ...one, late: true }]).map(({ late }) => late)).toEqual([true, false]);
  });
});
