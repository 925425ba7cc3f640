import { describe, expect, it } from 'vitest';
import * as onPaper from '../../../review-api/contract/draft-names.ts';
import * as onScreen from './draft-names.ts';

describe('names of drafts and their steps', () => {
  it('are the same on screen and on paper', () => {
    expect({ ...onScreen }).toEqual({ ...onPaper });
  });
});
