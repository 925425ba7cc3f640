import { describe, expect, it } from 'vitest';
import { buildStockContent, buildWriteAnswer } from '../../test/builders/stock-answer.ts';
import { findPersonalHints, hasPlaceholder } from './personal-hints.ts';
import { isSameReply } from './reply.ts';
import { liveVersion, type StockAnswer, type StockVersion, standingOf } from './stock-answer.ts';
import { changeStockAnswer } from './stock-answer-change.ts';
import { suggestAnswers } from './stock-suggestion.ts';

const at = '2026-03-02T00:00:00.000Z';
const writer = { actor: { id: 'w', roles: ['reviewer' as const] }, units: 'all' as const };
const written = changeStockAnswer(null, buildWriteAnswer({ commandId: 'a' }), writer, at);
const [first] = written.versions;
const answerOf = (...versions: Partial<StockVersion>[]): StockAnswer => ({
  ...written,
  versions: versions.map((one, index) => ({
    ...(first as StockVersion),
    ...{ state: 'approved', version: index + 1, ...one },
  })),
});

describe('how a stock answer stands on a day', () => {
  const until = answerOf({ validUntil: '2026-03-31' });
  it.each([
    ['2026-02-01', { validity: 'valid', renewal: null, daysLeft: 58 }],
    ['2026-03-01', { validity: 'valid', renewal: 30 }],
    ['2026-03-24', { validity: 'valid', renewal: 7 }],
    ['2026-03-31', { validity: 'valid', renewal: 7, daysLeft: 0 }],
    ['2026-04-01', { validity: 'expired', renewal: 'expired', daysLeft: -1 }],
  ])('%s', (today, standing) => expect(standingOf(until, today)).toMatchObject(standing));

  it('goes on with the version before until the first day of the next, and then never back to it', () => {
    const two = answerOf({}, { validFrom: '2026-06-01', validUntil: '2026-06-30' });
    expect(liveVersion(two, '2026-05-31')?.version).toBe(1);
    expect(liveVersion(two, '2026-06-01')?.version).toBe(2);
    expect(standingOf(two, '2026-07-01').validity).toBe('expired');
    expect(standingOf(answerOf({ validFrom: '2026-09-01' }), '2026-05-01').validity).toBe('coming');
    expect(standingOf(answerOf({ state: 'retired' }), '2026-05-01').validity).toBe('none');
  });
});

describe('what is suggested', () => {
  const need = {
    ...{ kinds: ['service' as const], topic: 'dormitory' as const, channelKind: 'weibo' as const },
    ...{ text: '三号楼暖气不热', today: '2026-03-02' },
  };
  const titles = (answers: readonly StockAnswer[], more: object = {}) =>
    suggestAnswers(answers, { ...need, ...more }).map(({ version, words, topic }) => [
      version.title,
      words,
      topic,
    ]);

  it('shares topic or words, most in common first, each with its reason', () => {
    const byTopic = answerOf({ title: '宿舍管理', words: [] });
    const both = answerOf({ title: '供暖' });
    const neither = answerOf({ title: '图书馆', words: ['借书'], topics: ['library'] });
    expect(titles([byTopic, both, neither])).toEqual([
      ['供暖', ['暖气'], 'dormitory'],
      ['宿舍管理', [], 'dormitory'],
    ]);
  });

  it('is approved, valid today, for this channel and of the kind asked for', () => {
    const no = [
      answerOf({ state: 'in-review' }),
      answerOf({ validUntil: '2026-03-01' }),
      answerOf({ channelKinds: ['wechat'] }),
      { ...answerOf({}), kind: 'help' as const },
    ];
    expect(titles(no)).toEqual([]);
    expect(titles([answerOf({ channelKinds: ['weibo'] })])).toHaveLength(1);
  });
});

describe('hints for who writes', () => {
  it.each<[string, string[]]>([
    ['请拨打 0571-88880000 或发邮件到 hq@canglan.example', []],
    ['请联系 139 1234 5678', ['mobile']],
    ['＋86 13912345678', ['mobile']],
    ['证号 11010119900307451X', ['identity-number']],
    ['@某同学 您好', ['mention']],
    ['单号 20261139123456789000', []],
  ])('%s', (text, hints) => expect(findPersonalHints(text, null)).toEqual(hints));

  it('knows a blank from a heading', () => {
    expect(hasPlaceholder('请拨打【请填写号码】')).toBe(true);
    expect(hasPlaceholder('【温馨提示】请带校园卡')).toBe(false);
    expect(buildStockContent().body).not.toContain('【');
  });
});

it.each([
  ['已报修，今晚恢复。', '回复@某同学:已报修,今晚恢复', true],
  ['已报修，今晚恢复。', '已报修，明晚恢复。', false],
])('%s was posted as %s: %s', (drafted, seen, same) => expect(isSameReply(drafted, seen)).toBe(same));
