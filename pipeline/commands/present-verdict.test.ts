import { expect, it } from 'vitest';
import { buildVerdict } from '../../test/builders/post.ts';
import { presentVerdict } from './present-verdict.ts';

it('a category that could not be checked is not told as clean', () => {
  const verdict = buildVerdict();
  const couldNotCheck = [
    { stage: 'harassment', reason: 'ModelsUnavailable' },
    { stage: 'fraud', reason: 'ModelsUnavailable' },
  ];
  const categories = { ...verdict.categories, harassment: 0, fraud: 0.8 };
  const told = presentVerdict('正文', { ...verdict, categories, couldNotCheck });
  expect(told.categories).toMatchObject({ harassment: null, fraud: 0.8, violence: 0 });
});
