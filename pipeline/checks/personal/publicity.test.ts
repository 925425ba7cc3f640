import { expect, it } from 'vitest';
import { checkInput } from '../../../test/builders/check-input.ts';
import type { CheckInput } from '../../domain/check.ts';
import { Declarations } from '../../domain/draft-content.ts';
import { buildPublicityStage } from './publicity.ts';

const rules = (change: Partial<CheckInput>) =>
  buildPublicityStage()
    .run(checkInput(change))
    .findings.map(({ rule, level }) => [rule, level]);
const declared = (more: object) => Declarations.parse(more);
const term = { from: '2026-11-20', until: '2026-11-27' };

it('a 公示 has a term that is not over', () => {
  expect(rules({ genre: 'publicity' })).toEqual([['no-term', 'block']]);
  expect(rules({ genre: 'publicity', declarations: declared({ publicity: term }) })).toEqual([]);
  expect(rules({ day: '2026-12-01', declarations: declared({ publicity: term }) })).toEqual([
    ['term-over', 'block'],
  ]);
  const reversed = { from: term.until, until: term.from };
  expect(rules({ declarations: declared({ publicity: reversed }) })).toEqual([['term-reversed', 'block']]);
  expect(rules({})).toEqual([]);
});

it('personal data is published on a basis', () => {
  const personalData = { contains: true, basis: ' ', masked: false };
  expect(rules({ declarations: declared({ personalData }) })).toEqual([['no-basis', 'block']]);
  const withBasis = { ...personalData, basis: '《奖学金评审办法》第九条' };
  expect(rules({ declarations: declared({ personalData: withBasis }) })).toEqual([]);
});

it('a list of names is declared, and says no more than it must', () => {
  const input = {
    genre: 'publicity' as const,
    title: '国家助学金公示',
    body: '姓名\t学院\t民族\t家长姓名\n张三\t文学院\t汉\t张某\n',
  };
  expect(rules({ ...input, declarations: declared({ publicity: term }) })).toEqual([
    ['undeclared', 'warn'],
    ['needless-column', 'warn'],
  ]);
  const cadres = { ...input, title: '干部任前公示' };
  expect(rules({ ...cadres, declarations: declared({ publicity: term }) })).toEqual([['undeclared', 'warn']]);
});
