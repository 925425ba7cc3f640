import { expect, it } from 'vitest';
import { findValues } from './raw-dump.ts';

const packed = Buffer.alloc(8);
packed.writeBigInt64BE(7_130_205_913n);
const pieces = [
  { where: 'text', bytes: Buffer.from('前面 canary-one 后面') },
  { where: 'wide', bytes: Buffer.from('宽字符', 'utf16le') },
  { where: 'address', bytes: Buffer.from(`https://a.cn/n/${encodeURIComponent('青柚')}`) },
  { where: 'packed', bytes: Buffer.concat([Buffer.from([1]), packed.subarray(2), Buffer.from([9])]) },
  { where: 'encoded', bytes: Buffer.from(Buffer.from('secret-value').toString('base64')) },
];

it('finds a value in every form, with its place', () => {
  const values = ['canary-one', '宽字符', '青柚', '7130205913', 'secret-value'];
  expect(findValues(pieces, values).map((one) => one.split(' in ')[1])).toEqual(
    pieces.map(({ where }) => where),
  );
});

it('finds nothing that is not there', () => {
  expect(findValues(pieces, ['canary-two', 'canary-on2', '7130205914', '柚青', 'secret-valu3'])).toEqual([]);
});
