import { expect, it } from 'vitest';
import { dayOr, oneOf } from './one-of.ts';

it('takes from an address only what there is', () => {
  expect(oneOf(['size', 'growth'], 'author', 'size')).toBe('size');
  expect(oneOf(['size', 'growth'], 'growth', 'size')).toBe('growth');
  expect(dayOr('2026-03-05', '2026-01-01')).toBe('2026-03-05');
  expect(dayOr('soon', '2026-01-01')).toBe('2026-01-01');
  expect(dayOr(undefined, '2026-01-01')).toBe('2026-01-01');
});
