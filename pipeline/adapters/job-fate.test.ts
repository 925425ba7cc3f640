import { expect, it } from 'vitest';
import { RetryLater } from '../domain/errors.ts';
import { decideFate, retryPolicy } from './job-fate.ts';

const policy = retryPolicy({ maxAttempts: 2 });

function quotingError(): unknown {
  try {
    return JSON.parse('{"text": CANARY');
  } catch (error) {
    return error;
  }
}

it('keeps a short reason that quotes nobody, whether the job is tried again or dead', () => {
  const long = new Error('长'.repeat(50_000));
  for (const attempts of [0, 1]) {
    expect(decideFate(quotingError(), attempts, policy).reason).toBe('SyntaxError');
    expect(decideFate(long, attempts, policy).reason.length).toBeLessThan(501);
  }
  expect(decideFate(new RetryLater(5, 'x'.repeat(50_000)), 0, policy).reason.length).toBeLessThan(501);
});
