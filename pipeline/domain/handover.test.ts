import { describe, expect, it } from 'vitest';
import { buildCase, reviewer } from '../../test/builders/case.ts';
import { InvalidInput } from './errors.ts';
import { buildHandover, type HandoverOrder, usualOrder } from './handover.ts';
import { isOpenTo } from './handover-link.ts';

/** Friday, 20 November 2026, 10:00 in Shanghai. */
const at = '2026-11-20T02:00:00.000Z';
const build = (order: Partial<HandoverOrder>, deadline: string | null = null, running = 42) =>
  buildHandover(
    {
      ...{ current: buildCase({ id: 'c', deadline }), ownerUnitId: 'logistics', id: 'slip', running },
      order: { ...usualOrder, ...order },
    },
    reviewer,
    at,
  );

describe('a slip', () => {
  it('has the usual time of its urgency where nothing else was said', () => {
    expect(build({}).dueAt).toBe('2026-11-27T10:00:00.000Z');
    expect(build({ urgency: 'urgent' }).dueAt).toBe('2026-11-24T10:00:00.000Z');
    expect(build({ urgency: 'top' }).dueAt).toBe('2026-11-23T10:00:00.000Z');
    expect(build({ dueInWorkingDays: 3 }).dueAt).toBe('2026-11-25T10:00:00.000Z');
    const planned = { urgency: 'top' as const, plannedDueAt: '2026-11-25T10:00:00.000Z' };
    expect(build(planned).dueAt).toBe(planned.plannedDueAt);
  });

  it('is due no later than a superior wants, unless that is over', () => {
    expect(build({}, '2026-11-22T10:00:00.000Z').dueAt).toBe('2026-11-22T10:00:00.000Z');
    expect(build({}, '2026-11-20T01:00:00.000Z').dueAt).toBe('2026-11-27T10:00:00.000Z');
    expect(build({}, '2026-12-22T10:00:00.000Z').dueAt).toBe('2026-11-27T10:00:00.000Z');
  });

  it('is numbered by the year in Shanghai, beyond four digits too', () => {
    expect(build({}).number).toBe('转〔2026〕0042号');
    expect(build({}, null, 12345).number).toBe('转〔2026〕12345号');
  });

  it.each<[Partial<HandoverOrder>, string]>([
    [{ coUnitIds: ['logistics'] }, 'handover.coUnitIds'],
    [{ executorUnitId: 'library', coUnitIds: ['library'] }, 'handover.coUnitIds'],
    [{ coUnitIds: ['a', 'a'] }, 'handover.coUnitIds'],
    [{ coUnitIds: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'handover.coUnitIds'],
    [{ dueAt: at }, 'handover.dueAt'],
    [{ dueAt: '2026-11-25T10:00:00.000Z', dueInWorkingDays: 2 }, 'handover.dueAt'],
    [{ dueInWorkingDays: 61 }, 'handover.dueInWorkingDays'],
  ])('refuses %j and names the field', (order, field) => {
    try {
      build(order);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      expect(error).toMatchObject({ field });
    }
  });
});

describe('a one-time link', () => {
  const link = {
    ...{ id: 'l', handoverId: 'slip', digest: 'd', createdBy: 'r', createdAt: at },
    ...{ expiresAt: '2026-11-23T02:00:00.000Z', deviceDigest: 'phone', openedAt: at },
  };
  it('is open to its device alone, in its time, for the unit that it was made for', () => {
    const slip = build({});
    expect(isOpenTo(link, slip, 'phone', at)).toBe(true);
    expect(isOpenTo({ ...link, deviceDigest: null }, slip, 'any', at)).toBe(true);
    expect(isOpenTo(link, slip, 'tablet', at)).toBe(false);
    expect(isOpenTo(link, slip, 'phone', link.expiresAt)).toBe(false);
    expect(isOpenTo(link, { ...slip, state: 'closed' }, 'phone', at)).toBe(false);
    expect(isOpenTo(link, { ...slip, state: 'returned' }, 'phone', at)).toBe(false);
    expect(isOpenTo(link, { ...slip, originAccessClass: 'safety' }, 'phone', at)).toBe(false);
    expect(isOpenTo(link, { ...slip, sentAt: '2026-11-20T02:00:01.000Z' }, 'phone', at)).toBe(false);
  });
});
