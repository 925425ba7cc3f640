import { describe, expect, it } from 'vitest';
import { briefPrinting, buildBrief, buildNumber, buildSections } from '../../test/builders/printed-brief.ts';
import { numbersOf } from './brief.ts';
import { buildBriefDocument, chineseNumber, type PrintableBrief } from './brief-document.ts';
import { chartsOf } from './printed-document.ts';
import { writePrintedHtml } from './printed-html.ts';

const print = (brief: PrintableBrief = buildBrief()) => buildBriefDocument(brief, briefPrinting);
const htmlOf = (brief?: PrintableBrief) => writePrintedHtml([print(brief)]);
const headingsOf = (brief?: PrintableBrief) =>
  print(brief).blocks.flatMap((block) => (block.kind === 'heading' && !block.isMinor ? [block.text] : []));

describe('a brief on paper', () => {
  it('has the head of an office, numbered sections, signatures and the hash of the archive', () => {
    const document = print();
    expect(document).toMatchObject({
      title: '网络舆情周报',
      cover: {
        mark: '内部资料　注意保存',
        issuer: '党委宣传部',
        number: '〔2026〕第12期',
        date: '2026-11-23',
      },
      header: '党委宣传部　网络舆情周报　〔2026〕第12期',
      footer: `存档 SHA-256 ${buildBrief().hash}`,
    });
    expect(document.stamp).toBeUndefined();
    expect(headingsOf()).toEqual([
      '一、数字概览',
      '二、趋势',
      '三、办理时效',
      '四、超期事项',
      '五、研判与建议',
    ]);
    for (const word of ['王丽华', '孙敏', '李建国（代赵伟）', '2026-11-23 09:10'])
      expect(htmlOf()).toContain(word);
  });

  it.each(['draft', 'submitted'] as const)(
    'says on every page of a %s that nobody has approved it',
    (state) => {
      const brief = buildBrief({ state, number: null, hash: null, approvedBy: null, approvedAt: null });
      expect(print(brief)).toMatchObject({ stamp: '未经审定', footer: '统计时间 2026-11-23 08:30' });
      expect(htmlOf(brief)).toContain('class="stamp">未经审定');
    },
  );

  it('says so when it is out of force', () => {
    expect(print(buildBrief({ state: 'withdrawn' })).stamp).toBe('已撤回');
    expect(print(buildBrief({ state: 'replaced' })).stamp).toBe('已被更正');
  });

  it('leads from every number to its evidence, and lists each by section and name', () => {
    const html = htmlOf();
    for (const number of numbersOf(buildBrief().facts)) {
      expect(html).toContain(`?number=${encodeURIComponent(number.id)}"`);
      expect(html).toContain(`id="n-${number.id}"`);
    }
    expect(html).toContain('没有写明时段的，统计时段为 2026-11-16 至 2026-11-22');
    expect(html).toContain('<td>期末超期未答复的转办单</td>');
    const annex = html.slice(html.indexOf('数字出处'));
    // What is not told has neither digest nor count; nothing has no digest; a line of a chart is one row with its values.
    expect(annex).toMatch(/暴力威胁<\/a><\/td>.*?不足10<\/td><td class="number">—<\/td><td>—<\/td>/);
    expect(annex).toMatch(/计划财务处\.answered<\/a>.*>0件<\/td><td class="number">0<\/td><td>—<\/td>/);
    expect(annex).toContain('每日诉求：投诉');
    expect(annex).toMatch(/id="n-trend\.0\.6"><a [^>]*>11月22日 12</);
  });

  it('does not tell what is suppressed, nor how many there were', () => {
    const html = htmlOf();
    expect(html).toMatch(/不足10<\/a><sup>②<\/sup>/);
    expect(html).toContain('② 少于10的数字不列出，以免指向个人。');
    expect(html).toMatch(/id="n-safety.violence".*?不足10.*?<td class="number">—<\/td><td>—<\/td>/);
  });

  it('marks what was counted over a gap, and lists the gaps', () => {
    expect(htmlOf()).toMatch(/1,286条<\/a><sup>①<\/sup>/);
    expect(htmlOf()).toMatch(/官方微博<\/td><td>2026-11-19 10:00<\/td><td>2026-11-19 16:00<\/td><td>未补齐/);
    expect(htmlOf(buildBrief({}, { gaps: [] }))).toContain('本期采集无缺口。');
  });

  it('says that there is nothing instead of an empty table, section or chart', () => {
    expect(htmlOf()).toMatch(/四、超期事项<\/h2>\n<p>本期无。<\/p>/);
    const empty = buildSections().map((section) => ({ ...section, blocks: [] }));
    const bare = htmlOf(buildBrief({}, { sections: empty, gaps: [] }));
    expect(bare.match(/本期无。/g)).toHaveLength(empty.length);
    const values = [buildNumber('d.0', 0), buildNumber('d.1', null)];
    const chart = { kind: 'chart' as const, form: 'line' as const, title: '每日数量', unit: 'item' as const };
    const still = { ...chart, labels: ['一', '二'], gapAt: [], series: [{ name: '留言', values }] };
    const quiet = [{ id: 'trend' as const, title: '趋势', intro: '', blocks: [still] }];
    const printed = print(buildBrief({}, { sections: quiet }));
    expect(chartsOf(printed)).toEqual([]);
    expect(writePrintedHtml([printed])).toContain('每日数量：本期无数据。');
  });

  it('draws days, and response times in the order of the table', () => {
    const charts = chartsOf(print());
    expect(charts).toMatchObject([
      { kind: 'series', as: 'stacked', series: [{ gaps: [3] }, {}, {}], unit: '条' },
      { kind: 'spans', rows: [{ label: '后勤处', count: 12, median: 20.2 }, {}, { median: null }] },
    ]);
  });

  it('shows growth as bars where topics stand against the period before', () => {
    const columns = ['话题', '本期', '上期'].map((title) => ({ title, align: 'left' as const, weight: 1 }));
    const row = (name: string, now: number, before: number) => [
      { kind: 'text' as const, text: name },
      { kind: 'number' as const, number: buildNumber(`${name}.now`, now) },
      { kind: 'number' as const, number: buildNumber(`${name}.before`, before, { gaps: ['gap-1'] }) },
    ];
    const rows = [row('食堂涨价', 32, 12), row('热水故障', 20, 40)];
    const sections = [
      {
        id: 'topics' as const,
        title: '主要话题',
        intro: '',
        blocks: [{ kind: 'table' as const, columns, rows }],
      },
    ];
    expect(chartsOf(print(buildBrief({}, { sections })))).toMatchObject([
      {
        ...{ as: 'lying', labels: ['食堂涨价', '热水故障'] },
        series: [
          { name: '上期', values: [12, 40], gaps: [0, 1] },
          { name: '本期', values: [32, 20], gaps: [] },
        ],
      },
    ]);
  });

  it('shows how much was said about topics, where nothing stands beside it', () => {
    const columns = ['话题', '本期数量'].map((title) => ({ title, align: 'left' as const, weight: 1 }));
    const row = (name: string, now: number) => [
      { kind: 'text' as const, text: name },
      { kind: 'number' as const, number: buildNumber(`${name}.now`, now) },
    ];
    const table = { kind: 'table' as const, columns, rows: [row('食堂涨价', 32), row('热水故障', 20)] };
    const sections = [{ id: 'topics' as const, title: '主要话题', intro: '', blocks: [table] }];
    expect(chartsOf(print(buildBrief({}, { sections })))).toMatchObject([
      { title: '主要话题：本期数量', as: 'lying', series: [{ name: '本期', values: [32, 20] }] },
    ]);
  });

  it('keeps words that nobody wrote out of what is approved, and asks for them in a draft', () => {
    expect(htmlOf(buildBrief({ words: {} }))).not.toContain('待填写');
    expect(htmlOf(buildBrief({ words: {}, state: 'draft' }))).toContain('（待填写）');
  });
});

describe('hostile words', () => {
  const words = { remarks: '<script>alert(1)</script>\n\u202e反过来\u202c\u0000=HYPERLINK("http://x")&"\'' };

  it('are words and nothing else', () => {
    const html = htmlOf(buildBrief({ words }));
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
    for (const sign of ['\u0000', '\u202e', '\u202c']) expect(html).not.toContain(sign);
    expect(html).toContain('反过来');
  });

  it('in names and ids lead nowhere', () => {
    const evil = buildNumber('"><img src=x onerror=alert(1)>', 5, { label: '<b>x</b>' });
    const sections = [
      {
        id: 'overview' as const,
        title: '<i>y</i>',
        intro: '',
        blocks: [{ kind: 'numbers' as const, numbers: [evil] }],
      },
    ];
    const brief = buildBrief({}, { sections });
    const printed = buildBriefDocument(brief, { ...briefPrinting, link: () => 'javascript:alert(1)' });
    const html = writePrintedHtml([printed]);
    expect(html).not.toMatch(/<img|<b>x|<i>y|href="javascript/);
  });
});

it('numbers sections as an office does', () => {
  expect([1, 2, 9, 10, 11, 19, 20, 21, 40].map(chineseNumber)).toEqual([
    ...['一', '二', '九', '十', '十一', '十九', '二十', '二十一', '四十'],
  ]);
});
