import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonErrorPosition } from './json-position.ts';

test.each([
  ['{"a":}', 5],
  ['{"a":1,}', 7],
  ['{a:1}', 1],
  ['{"a":tru}', 8],
  ['{"a":1} x', 8],
  ['{"a":"x', 7],
  ['', 0],
  [`{"long":"${'长'.repeat(400)}",!}`, 411],
  [`{"long":"${'长'.repeat(400)}":!}`, 410],
  [`[${'1,'.repeat(2000)}?]`, 4001],
])('%#: names the first character that is wrong', (source, position) => {
  expect(findJsonErrorPosition(source)).toBe(position);
});

test('correct JSON has no wrong character', () => {
  fc.assert(fc.property(fc.json(), (source) => findJsonErrorPosition(source) === null));
});

test('a bad character put into a number list is found where it was put', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(99), { minLength: 1, maxLength: 60 }), fc.nat(), (numbers, where) => {
      const index = where % numbers.length;
      const before = `[${numbers
        .slice(0, index)
        .map((n) => `${n},`)
        .join('')}`;
      const source = `${before}@,${numbers.slice(index).join(',')}]`;
      expect(findJsonErrorPosition(source)).toBe(before.length);
    }),
  );
});
