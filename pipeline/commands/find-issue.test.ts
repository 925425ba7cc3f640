import { expect, it } from 'vitest';
import type { Brief } from '../domain/brief.ts';
import { periodOfDays } from '../domain/brief-period.ts';
import type { BriefStore } from '../ports/brief-store.ts';
import { findIssue } from './find-issue.ts';

const period = periodOfDays('2026-11-20', '2026-11-20');

it('of several issues of a period hands out the one approved last, whichever was made first', async () => {
  const issue = (id: string, approvedAt: string, day = period) =>
    ({ id, kind: 'daily', period: day, approvedAt, facts: { subject: null } }) as unknown as Brief;
  // As the store lists them: newest made first.
  const all = [
    issue('other-day', '2026-11-23T09:00:00.000Z', periodOfDays('2026-11-19', '2026-11-19')),
    issue('made-last', '2026-11-21T01:00:00.000Z'),
    issue('approved-last', '2026-11-21T03:00:00.000Z'),
    issue('first', '2026-11-21T00:30:00.000Z'),
  ];
  const briefs = {
    list: async () => ({ items: all, nextCursor: null }),
    find: async (id: string) => all.find((one) => one.id === id) ?? null,
  } as unknown as BriefStore;
  const found = await findIssue({ kind: 'daily', period, subject: null }, { briefs });
  expect(found?.id).toBe('approved-last');
});
