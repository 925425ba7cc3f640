import { expect, test } from 'vitest';
import { z } from 'zod';
import { bulkDecisionId, bulkUndoId } from './bulk-ids.ts';

const bulkId = '01939f5e-7c1a-7b3c-8d4e-5f6a7b8c9d0e';

test('the same bulk and case have the same id, and nothing else has it', () => {
  const ids = ['case-1', 'case-2'].flatMap((id) => [bulkDecisionId(bulkId, id), bulkUndoId(bulkId, id)]);
  expect(new Set(ids).size).toBe(4);
  expect(bulkDecisionId(bulkId, 'case-1')).toBe(ids[0]);
  expect(bulkDecisionId('01939f5e-7c1a-7b3c-8d4e-5f6a7b8c9d0f', 'case-1')).not.toBe(ids[0]);
  for (const id of ids) expect(z.uuid({ version: 'v5' }).safeParse(id).success, id).toBe(true);
});
