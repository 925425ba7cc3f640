import { expect, it } from 'vitest';
import { z } from 'zod';
import { Instant } from '../domain/time.ts';
import { systemClock } from './system-clock.ts';

it('tells UTC with milliseconds', () => {
  expect(() => Instant.parse(systemClock.now())).not.toThrow();
  expect(Math.abs(Date.parse(systemClock.now()) - Date.now())).toBeLessThan(1000);
});

it('gives UUIDv7s that sort as they were drawn', () => {
  const ids = Array.from({ length: 2000 }, () => systemClock.newId());
  for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
