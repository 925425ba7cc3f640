import { expect, it } from 'vitest';
import { writeOutRadicals } from './radicals.ts';

it('writes characters where a font gave radicals', () => {
  expect(writeOutRadicals('国家奖学⾦，公⽰，意⻅，⻚⾯，⻓⻛⻢⻋，⻰')).toBe(
    '国家奖学金，公示，意见，页面，长风马车，龙',
  );
});

it('leaves every other character as it is, one for one', () => {
  const text = '（Ａ１）ﬁ①㈱豈';
  expect(writeOutRadicals(text)).toBe(text);
});
