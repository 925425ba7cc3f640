import { describe, expect, it } from 'vitest';
import { otherNumerals } from './numeral-names.ts';

describe('names that count', () => {
  it.each([
    ['二食堂', ['第二食堂', '2食堂', '第2食堂']],
    ['12号楼', ['十二号楼', '第十二号楼', '第12号楼']],
    ['十号楼', ['第十号楼', '10号楼', '第10号楼']],
    ['南区二十三号楼', ['南区第二十三号楼', '南区23号楼', '南区第23号楼']],
    ['听澜餐厅', []],
  ])('%s is also written %j', (name, others) => {
    expect(otherNumerals(name)).toEqual(others);
  });
});
