import { expect, it } from 'vitest';
import { cutsYoungWord } from './young-words.ts';

it.each([
  ['这条微博才是', 4, false],
  ['这条微博才是', 3, true],
  ['看直播间', 2, true],
  ['看直播间', 3, true],
  ['代刷网课', 4, false],
  ['代刷网课', 3, true],
  ['网课', 0, false],
  ['网课', 1, true],
  ['', 0, false],
] as const)('%s at %i', (text, at, isCut) => {
  expect(cutsYoungWord(text, at)).toBe(isCut);
});
