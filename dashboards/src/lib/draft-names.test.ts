import { describe, expect, it } from 'vitest';

describe('names of drafts and their steps', () => {
  it('are the same on screen and on paper', async () => {
    const onScreen = await import('./draft-names.ts');
    const onPaper = await import('../../../review-api/contract/draft-names.ts');
    expect({ ...onScreen }).toEqual({ ...onPaper });
  });
});
