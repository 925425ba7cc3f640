import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildQueuedVerdict } from '../test/builders/post.ts';
import { packAnswers, unpackAnswers } from './packed-answers.ts';

const stamps = fc.constantFrom('prior-1', 'week-7').map((baseline) => {
  const verdict = buildQueuedVerdict();
  return { ...verdict, stamp: { ...verdict.stamp, baseline } };
});
const token = fc.string({ unit: 'grapheme', minLength: 1 }).filter((word) => !word.includes('\n'));
const answer = fc.oneof(
  fc.record({ failed: fc.string() }),
  fc.record({ verdict: stamps, tokens: fc.array(token) }),
);

it('answers come out of the package as they were put in', () => {
  fc.assert(
    fc.property(fc.array(answer), (answers) => {
      expect(unpackAnswers(packAnswers(answers))).toEqual(answers);
    }),
  );
});
