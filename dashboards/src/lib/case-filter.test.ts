import { expect, it } from 'vitest';
import { chipsOf, lastDay, startOfDay, toggleValue, toQuery, valueLabel } from './case-filter.ts';

it('becomes an address with what is asked for, and nothing else', () => {
  const filter = { topics: ['canteen' as const, 'fees' as const], levels: [], hasDeadline: true as const };
  expect(toQuery({ ...filter, held: 'me', openedFrom: '2026-11-19T16:00:00.000Z' })).toEqual({
    topics: 'canteen,fees',
    hasDeadline: 'yes',
    held: 'me',
    openedFrom: '2026-11-19T16:00:00.000Z',
  });
});

it('takes a value in and out, and leaves no empty list', () => {
  const one = toggleValue({}, 'topics', 'canteen');
  expect(one).toEqual({ topics: ['canteen'] });
  expect(toggleValue(toggleValue(one, 'topics', 'fees'), 'topics', 'canteen')).toEqual({ topics: ['fees'] });
  expect(toggleValue(one, 'topics', 'canteen')).toEqual({});
});

it('says each thing that is asked for, with the filter that is left without it', () => {
  const filter = {
    levels: ['urgent' as const],
    edited: true as const,
    openedTo: startOfDay('2026-11-20', 1) ?? '',
  };
  const chips = chipsOf(filter, (list, value) => valueLabel(list, value));
  expect(chips.map(({ label }) => label)).toEqual(['等级：紧急', '原文有新版本', '2026-11-20止']);
  expect(chips[0]?.removed).toEqual({ edited: true, openedTo: filter.openedTo });
});

it('counts days as a clock in Shanghai does', () => {
  expect(startOfDay('2026-11-20')).toBe('2026-11-19T16:00:00.000Z');
  expect(lastDay('2026-11-20T16:00:00.000Z')).toBe('2026-11-20');
  expect(startOfDay('')).toBeNull();
});
