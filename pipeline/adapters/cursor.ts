import type { z } from 'zod';
import { InvalidInput } from '../domain/errors.ts';

/** A cursor is opaque to callers: the sort key of the last row, tie-breaker included. */
export function encodeCursor(key: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws InvalidInput for anything that `encodeCursor` did not make for this listing */
export function parseCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    value = undefined;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new InvalidInput('cursor', '翻页标记无效，请从第一页重新打开。');
  return parsed.data;
}
