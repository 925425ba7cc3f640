import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compact } from './compact.ts';

describe('compact', () => {
  it.each([
    ['刷刷刷单单单', '刷单'],
    ['d u b o', 'dubo'],
    ['d.u.b.o', 'dubo'],
    ['加 vx', '加vx'],
    ['【赌】【博】', '【赌博】'],
    ['赌(博)', '赌博)'],
    ['加,微,信', '加微信'],
    ['第 1 章', '第1章'],
    ['天天开心', '天开心'],
  ])('%j becomes %j', (text, compacted) => {
    expect(compact(text)?.text).toBe(compacted);
  });

  it.each([
    '',
    '赌',
    '今晚有雨',
    'to be or not',
    '他来了,我走了',
    '赌\n博',
    'aabb 1122',
    '好,好的',
    '赌    博',
  ])('leaves %j alone', (text) => {
    expect(compact(text)).toBeNull();
  });

  it('maps every unit to itself, in order', () => {
    const unit = fc.constantFrom('赌', '博', 'a', '1', ' ', '.', ',', '【', '\n', '\ud83d', '\ude00', '😀');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        const mapped = compact(text);
        if (mapped === null) return;
        const { starts } = mapped;
        if (starts === null) throw new Error('moved, and not mapped');
        expect(starts.length).toBe(mapped.text.length);
        for (let i = 0; i < starts.length; i += 1) {
          expect(text.charAt(starts[i] as number)).toBe(mapped.text.charAt(i));
          if (i > 0) expect(starts[i] as number).toBeGreaterThan(starts[i - 1] as number);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
