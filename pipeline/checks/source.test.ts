import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import type { CheckInput } from '../domain/check.ts';
import { buildSourceStage } from './source.ts';

const rules = (change: Partial<CheckInput>) =>
  buildSourceStage()
    .run(checkInput(change))
    .findings.map(({ rule }) => rule);

describe('the source of a draft', () => {
  it('is asked for of a reprint', () => {
    expect(rules({ source: { kind: 'reprint', from: ' ', url: null } })).toEqual([
      'missing-source',
      'missing-address',
    ]);
    expect(rules({ source: { kind: 'compiled', from: '光明日报', url: null } })).toEqual([]);
  });

  it('contradicts "original" when the text says that it is borrowed', () => {
    expect(rules({ body: '会议圆满结束。\n（来源：光明日报）\n' })).toEqual(['original-but-borrowed']);
    expect(rules({ body: '转自：人民网\n正文。' })).toEqual(['original-but-borrowed']);
    const source = { kind: 'reprint' as const, from: '光明日报', url: 'https://news.gmw.cn/a.htm' };
    expect(rules({ body: '（来源：光明日报）', source })).toEqual([]);
  });

  it('leaves alone where an office of the school signs', () => {
    expect(rules({ body: '来源：党委宣传部\n作者：王某\n' })).toEqual([]);
    expect(rules({ body: '这些问题的来源是多方面的。' })).toEqual([]);
  });

  it('asks who has reported', () => {
    expect(rules({ body: '据报道，该技术已经成熟。' })).toEqual(['nameless-report']);
    expect(rules({ body: '据新华社报道，该技术已经成熟。' })).toEqual([]);
  });
});
