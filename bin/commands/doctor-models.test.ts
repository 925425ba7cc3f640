import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkModels } from './doctor-models.ts';

it('says whether the weights are there and intact', () => {
  expect(checkModels()).toMatchObject({ mark: 'ok', says: expect.stringContaining('sentiment') });
  const dir = mkdtempSync(join(tmpdir(), 'guanlan-models-'));
  const file = join(dir, 'weights.bin');
  try {
    expect(checkModels(file)).toMatchObject({ mark: 'warn', says: expect.stringContaining(file) });
    writeFileSync(file, 'not weights');
    expect(checkModels(file)).toMatchObject({
      mark: 'warn',
      says: expect.stringContaining('rules judge alone'),
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
