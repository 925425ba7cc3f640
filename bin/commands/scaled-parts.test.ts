import { expect, it } from 'vitest';
import { runGuanlan } from '../../test/harness/guanlan-process.ts';

it.each(['api', 'worker'])('guanlan %s says which variables the scaled set-up needs', async (command) => {
  const ended = await runGuanlan([command], { GUANLAN_MONGODB_URI: '', GUANLAN_REDIS_URL: '' });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(
    `guanlan ${command} needs the scaled set-up: set GUANLAN_MONGODB_URI and GUANLAN_REDIS_URL`,
  );
  const half = await runGuanlan([command], { GUANLAN_MONGODB_URI: 'mongodb://x', GUANLAN_REDIS_URL: '' });
  expect(half.stderr).toMatch(/^guanlan: GUANLAN_REDIS_URL is missing/);
});
