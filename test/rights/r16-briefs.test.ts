import { describe, expect, it } from 'vitest';
import { assertTemplates } from '../../pipeline/commands/brief-templates.ts';
import type { BriefKind } from '../../pipeline/domain/brief.ts';
import { EvidenceQuery } from '../../pipeline/domain/brief-evidence.ts';
import { BriefMaker } from '../../pipeline/domain/brief-maker.ts';
import type { BriefMaterial } from '../../pipeline/domain/brief-material.ts';
import { periodOfDays } from '../../pipeline/domain/brief-period.ts';
import { scanText } from '../../pipeline/domain/brief-scan.ts';
import * as day from '../../pipeline/domain/brief-sections-day.ts';
import * as period from '../../pipeline/domain/brief-sections-period.ts';
import { suppressParts } from '../../pipeline/domain/brief-suppression.ts';
import { defaultTemplates } from '../../pipeline/domain/brief-template.ts';
import { buildBrief } from '../../pipeline/domain/build-brief.ts';
import type { CaseFact } from '../../pipeline/domain/case-fact.ts';
import type { Category } from '../../pipeline/domain/category.ts';
import type { ItemFact } from '../../pipeline/domain/item-fact.ts';
import { openQuoteSearch } from '../../pipeline/domain/quotation.ts';

const itemsOf = (category: Category, count: number, unitId: string | null = null): ItemFact[] =>
  Array.from({ length: count }, (_, at) => ({
    ...{ postId: `${category}-${at}`, hour: '2026-11-20T10', channelId: 'weibo', kind: 'comment' },
    ...{ accessClass: 'open', unitId, categories: [category], tone: 'neutral', level: 'low' },
    service: unitId === null ? null : { kind: 'complaint', topic: 'canteen' },
  })) as ItemFact[];

function makerOf(items: ItemFact[], referred = 0): BriefMaker {
  const material: BriefMaterial = {
    ...{ items, cases: [], handovers: [], gaps: [], unobserved: [], drafts: [], live: [], channels: [] },
    ...{ bursts: [], topics: [], docket: [], reads: [] },
    referred: Array.from({ length: referred }, (_, at) => ({
      ...{ caseId: `case-${at}`, openedAt: '2026-11-20T03:00:00.000Z' },
    })),
  };
  const names = { channel: (id: string) => id, unit: (id: string) => id };
  return new BriefMaker({
    period: periodOfDays('2026-11-20', '2026-11-20'),
    material,
    names,
    digest: (text) => `digest of ${text}`,
  });
}

const safetyNumbers = (items: ItemFact[]) => {
  const maker = makerOf(items);
  const [block] = day.safety(maker, 10);
  if (block?.kind !== 'numbers') throw new Error('no numbers');
  return { maker, numbers: new Map(block.numbers.map((number) => [number.id, number])) };
};

describe('R16: what could point to persons is told from ten on', () => {
  it.each([0, 1, 9])('%i of a safety family looks like any other under ten', (count) => {
    const { maker, numbers } = safetyNumbers([...itemsOf('emergency', count), ...itemsOf('fraud', 3)]);
    const number = numbers.get('safety.emergency');
    expect(number).toMatchObject({ value: null, suppressed: 'under-ten', evidence: { total: null } });
    expect(number?.evidence.digest).toBe('digest of ');
    expect(maker.evidence.get('safety.emergency')).toEqual([]);
    // With the whole beside them it could be had by subtraction.
    expect(numbers.get('safety.all')).toMatchObject({ value: null, suppressed: 'would-reveal' });
    expect(numbers.get('safety.fraud')?.value).toBe(3);
  });

  it('from ten on it is told, and the whole as well', () => {
    const { numbers } = safetyNumbers([...itemsOf('emergency', 10), ...itemsOf('violence', 12)]);
    expect(numbers.get('safety.emergency')?.value).toBe(10);
    expect(numbers.get('safety.all')?.value).toBe(22);
  });

  it('no whole stands beside a part that is left out', () => {
    const delicate = (value: number) => ({ value, isDelicate: true });
    expect(suppressParts([delicate(3), { value: 40, isDelicate: false }])).toEqual({
      ...{ parts: ['under-ten', null], whole: 'would-reveal' },
    });
    expect(suppressParts([delicate(10), delicate(11)])).toEqual({ parts: [null, null], whole: null });
  });

  it('no row of false alarms is left out beside a whole that gives it away', () => {
    const caseOf = (category: Category, at: number) => ({
      ...{ caseId: `${category}-${at}`, openedAt: '2026-11-20T01:00:00.000Z', channelId: 'weibo' },
      ...{ accessClass: 'open', unitId: null, categories: [category], service: null, level: 'watch' },
      ...{ lifeSafety: false, state: 'decided', decidedAt: '2026-11-20T03:00:00.000Z', replySeenAt: null },
      ...{ decision: 'no-action', reason: 'misjudged', posts: 1 },
    });
    const maker = makerOf([]);
    const cases = [caseOf('fraud', 1), caseOf('fraud', 2), caseOf('violence', 1)] as CaseFact[];
    const known = new BriefMaker({ ...maker, material: { ...maker.material, cases }, digest: () => '' });
    const blocks = period.falseAlarms(known, 10);
    expect(blocks[0]).toMatchObject({ kind: 'numbers', numbers: [{ value: 3 }, { value: 3 }, { value: 0 }] });
    expect(JSON.stringify(blocks)).not.toMatch(/violence|under-ten/);
    expect(blocks[1]).toMatchObject({ kind: 'table', rows: [[{ text: '涉诈信息' }, {}, {}]] });
    expect([...known.evidence.keys()].join()).not.toContain('violence');
  });

  it('a difference is not told where one side is not', () => {
    const maker = makerOf(itemsOf('emergency', 4));
    const query = (from: string, until: string) =>
      EvidenceQuery.parse({ of: 'items', from, until, categories: ['emergency'] }) as never;
    const spec = { label: '突发险情', unit: 'item' as const };
    const span = [maker.span.from, maker.span.until] as const;
    const now = maker.number({ ...spec, id: 'now', query: query(...span) });
    const before = maker.number({ ...spec, id: 'before', query: query(...span) });
    const change = maker.change('change', '增减', { now, before, unit: 'item' });
    expect(change).toMatchObject({ value: null, suppressed: 'would-reveal' });
  });

  it('a breakdown by class, dormitory or subject is left out under ten; topic × unit shows from one', () => {
    const maker = makerOf(itemsOf('advert', 1, 'logistics'));
    const query = { of: 'items' as const, ...maker.span };
    for (const label of ['软工2201班', '3号楼', '计算机专业', '22级', '412室']) {
      const number = maker.number({ id: label, label, unit: 'item', query });
      expect(number).toMatchObject({ value: null, suppressed: 'under-ten' });
    }
    const [, table] = day.needs(maker, 10);
    expect(table).toMatchObject({ kind: 'table' });
    expect(maker.evidence.get('needs.canteen.logistics.items')).toEqual(['advert-0']);
  });

  it.each([
    [9, null],
    [12, 12],
  ])('of %i referred to those on duty %j is told, and no id', (count, value) => {
    const maker = makerOf([], count);
    const spec = { id: 'referred', label: '转值班', unit: 'case' as const };
    const number = maker.number({ ...spec, query: { of: 'referred', ...maker.span } });
    expect(number.value).toBe(value);
    expect(maker.evidence.get('referred')).toEqual([]);
  });
});

describe('R16: what was referred to those on duty cannot be had by taking one brief from another', () => {
  const referredOf = (kind: BriefKind, days: [string, string], count: number) => {
    const { material, names } = makerOf([], count);
    const { facts } = buildBrief({
      ...{ kind, period: periodOfDays(...days), subject: null, material, names, shifts: [] },
      ...{ templates: defaultTemplates, templateVersion: 0, settingsVersion: 1, digest: String },
      countedAt: '2026-12-01T01:00:00.000Z',
    });
    return facts.referred;
  };

  it.each([
    ['daily', '2026-11-20', '2026-11-20'],
    ['weekly', '2026-11-16', '2026-11-22'],
    ['monthly', '2026-11-01', '2026-11-29'],
    ['monthly', '2026-10-01', '2026-11-30'],
    ['special', '2026-11-02', '2026-11-30'],
  ] as const)('a %s one of %s to %s says the same of none and of many', (kind, fromDay, toDay) => {
    const told = [0, 9, 12].map((count) => referredOf(kind, [fromDay, toDay], count));
    for (const one of told) expect(one).toEqual(told[0]);
    expect(told[0]).toMatchObject({ value: null, suppressed: 'would-reveal', evidence: { total: null } });
  });

  it('months do not overlap: one tells it, from ten on', () => {
    const days: [string, string] = ['2026-11-01', '2026-11-30'];
    expect(referredOf('monthly', days, 12)).toMatchObject({ value: 12 });
    expect(referredOf('monthly', days, 9)).toMatchObject({ value: null, suppressed: 'under-ten' });
  });
});

describe('R16: what no text of a brief holds', () => {
  it.each([
    ['转自@小明同学的留言', 'handle'],
    ['全角＠小明', 'handle'],
    ['遮去的 @… 也不行', 'handle'],
    ['网友“麦田守望者”说', 'handle'],
    ['昵称：麦田守望者', 'handle'],
    ['有人留下微信号 abc_12345', 'handle'],
    ['加 VX：maitian-77', 'handle'],
    ['oAbCdEfGhIjKlMnOpQrStUvWxYz1', 'handle'],
    ['电话13812345678', 'personal-number'],
    ['电话 138-1234-5678', 'personal-number'],
    ['电话１３８１２３４５６７８', 'personal-number'],
    ['证件 130902200401011234', 'personal-number'],
    ['学号2022010345', 'personal-number'],
    ['电话138\u200b1234\u200b5678', 'personal-number'],
    ['电话138  1234  5678', 'personal-number'],
    ['电话138/1234/5678', 'personal-number'],
    ['电话138‑1234‑5678', 'personal-number'],
    ['一三八 零零一三 八零零零', 'personal-number'],
    ['昵\u200b称：麦田守望者', 'handle'],
    ['轻\u2060生言论两条', 'few-persons'],
    ['幺三八零零幺三八零零零', 'personal-number'],
    ['写信到 a.b@qq.com', 'mail'],
    ['轻生言论两条', 'few-persons'],
    ['有暴力威胁，涉及 3 人', 'few-persons'],
    ['软工2201班5人反映空调', 'few-persons'],
    ['3号楼有2名同学', 'few-persons'],
  ] as const)('%s', (text, reason) => expect(scanText(text)).toContain(reason));

  it.each([
    '2026年11月20日，食堂投诉 12 条，后勤处已答复。',
    '2026-11-20 至 2026-11-22，20261120',
    '转〔2026〕0042号，线索 0197f3a2-1b2c-7d3e-8f4a-123456789abc',
    '图书馆 3 条建议，宿舍 1 条投诉，均已转办。',
    '涉及人身安全的事项由值班人员办理。',
    '地震应急演练 15 次',
    '学校官网名称已更新，官方微信、微博同步 12 条，公众号 WeChat 推送正常',
    '11-20 08:00 至 11-21 10:30，共 3/12 条',
  ])('%s may stand there', (text) => expect(scanText(text)).toEqual([]));

  it('twenty characters of a text may be quoted, one more not, blanks and signs aside', () => {
    const source = '三食堂的番茄鸡蛋汤今天又涨价了五毛钱大家怎么看';
    const says = (length: number) =>
      openQuoteSearch({ field: `有人说：${[...source].slice(0, length).join(' ，')}。` });
    expect(says(20)(source)).toBeNull();
    expect(says(21)(source)).toBe('field');
  });

  it('nor a template, which names the field', () => {
    const templates = structuredClone(defaultTemplates);
    templates.kinds.daily.footer = '联系 13812345678';
    const field = 'templates.kinds.daily.footer';
    expect(() => assertTemplates(templates)).toThrowError(expect.objectContaining({ field }));
  });
});
