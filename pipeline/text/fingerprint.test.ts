import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFingerprint } from './fingerprint.ts';

const long = '昨天晚上东区宿舍的热水一直不热,问了宿管说是等通知,打了三次电话都没人接,早起上课特别受影响';
const keysOf = (text: string) => buildFingerprint(text)?.keys ?? [];
const shared = (a: string, b: string) => keysOf(a).filter((key) => keysOf(b).includes(key)).length;

describe('buildFingerprint', () => {
  it.each(['', '   ', '!!!', '😭😭😭', '。'.repeat(60), '😭'.repeat(60)])('finds nothing in %j', (text) => {
    expect(buildFingerprint(text)).toBeNull();
  });

  it('takes a text under forty characters as it stands, to its last mark', () => {
    const short = '热'.repeat(39);
    expect(buildFingerprint(short)).toMatchObject({ exact: true, keys: [expect.any(Number)] });
    expect(keysOf(` ${short}\n`)).toEqual(keysOf(short));
    expect(keysOf(`${short.slice(1)}!`)).not.toEqual(keysOf(short));
    expect(buildFingerprint('热'.repeat(40))?.exact).toBe(false);
    // A character beyond the basic plane is one character.
    expect(buildFingerprint(`${'热'.repeat(37)}😭😭`)?.exact).toBe(true);
  });

  it('shares keys with its edited copies, and none with another text', () => {
    expect(shared(long, `速看!${long}`)).toBeGreaterThan(8);
    expect(shared(long, long.replace(/,/g, ' '))).toBe(16);
    expect(shared(long, long.slice(0, 41))).toBeGreaterThan(3);
    expect(
      shared(
        long,
        '图书馆三楼的空调太冷了,坐一下午手都冻僵了,能不能把温度调高一点,大家带的外套都不够穿,真的很难受',
      ),
    ).toBe(0);
  });

  it('gives whole numbers that every store can hold, the same for the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const keys = keysOf(text);
        expect(keys.every((key) => Number.isSafeInteger(key) && key >= 0)).toBe(true);
        expect(keysOf(text)).toEqual(keys);
      }),
    );
  });

  it('stays what it is: fingerprints of before are compared with those of today', () => {
    expect(keysOf('热水又没了')).toEqual([3996566867723691]);
    expect(keysOf(long).slice(0, 2)).toEqual([5552437732233025, 4204266988573941]);
  });

  it('takes linear time', () => {
    const time = (length: number): number => {
      const text = long.repeat(length / long.length);
      const before = performance.now();
      buildFingerprint(text);
      return performance.now() - before;
    };
    time(50_000);
    const small = Math.max(time(50_000), 1);
    expect(time(1_000_000)).toBeLessThan(small * 20 * 8);
  });
});
