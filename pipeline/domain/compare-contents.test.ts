import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareContents } from './compare-contents.ts';
import { buildReanchor, type CommentPhrase } from './draft-comment.ts';
import { DraftContent } from './draft-content.ts';
import { compareTexts, type WordRun } from './word-runs.ts';

const reanchorPhrase = (phrase: CommentPhrase, before: string, after: string) =>
  buildReanchor(before, after)(phrase);

const shown = (runs: readonly WordRun[]) =>
  runs
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? `[-${text}-]` : `[+${text}+]`))
    .join('');
const compare = (before: string, after: string) => shown(compareTexts(before, after));

describe('compareTexts', () => {
  it.each([
    ['会议于3月5日召开。\n', '会议于3月15日召开。\n', '会议于3月[-5-][+15+]日召开。\n'],
    ['全体教师参加\n', '全体师生参加\n', '全体[-教师-][+师生+]参加\n'],
    ['甲\n第二段照旧写着\n', '第二段照旧写着\n乙\n', '[-甲\n-]第二段照旧写着\n[+乙\n+]'],
    ['姓名\t张三\t教务处\n', '姓名\t李四\t教务处\n', '姓名\t[-张三-][+李四+]\t教务处\n'],
    ['see Version 2 here\n', 'see Version 3 here\n', 'see Version [-2-][+3+] here\n'],
    ['', '新\n', '[+新\n+]'],
    ['一样\n', '一样\n', '一样\n'],
  ])('%j → %j', (before, after, expected) => {
    expect(compare(before, after)).toBe(expected);
  });

  it('compares paragraphs with what they became, though one was put between', () => {
    const before = '关于开展安全检查的通知。\n各单位要高度重视，认真组织。\n检查时间为四月。\n';
    const after =
      '关于开展安全检查的通知。\n请各单位登录系统填报。\n各单位要高度重视，周密组织。\n检查时间为五月。\n';
    expect(compare(before, after)).toBe(
      '关于开展安全检查的通知。\n[+请各单位登录系统填报。\n+]各单位要高度重视，[-认真-][+周密+]组织。\n检查时间为[-四-][+五+]月。\n',
    );
  });

  const words = fc.constantFrom('甲', '乙', '丙', '的', '\n', '。', 'ab', '12', '😀');
  const anyText = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(''));

  it('holds both texts, whatever they are', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const runs = compareTexts(before, after);
        const without = (kind: WordRun['kind']) =>
          runs
            .filter((run) => run.kind !== kind)
            .map(({ text }) => text)
            .join('');
        expect([without('new'), without('gone')]).toEqual([before, after]);
      }),
    );
  });

  it('has an answer for long texts that have nothing in common', () => {
    const long = (sign: string) => Array.from({ length: 500 }, (_, i) => `${sign.repeat(30)}${i}\n`).join('');
    const begun = performance.now();
    expect(compareTexts(long('甲'), long('乙')).length).toBeGreaterThan(0);
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});

describe('buildReanchor', () => {
  const text = '第一段说明情况。\n请于3月5日前报送材料，逾期不予受理。\n特此通知。\n';
  const phraseOf = (words: string, whole = text): CommentPhrase => {
    const start = whole.indexOf(words);
    return { start, end: start + words.length, text: words };
  };

  it('follows the words, and is outdated where they were changed', () => {
    const after = '第一段说明有关情况。\n新的一段。\n请于3月15日前报送材料，逾期不予受理。\n特此通知。\n';
    expect(reanchorPhrase(phraseOf('报送材料'), text, after)).toEqual(phraseOf('报送材料', after));
    expect(reanchorPhrase(phraseOf('3月5日'), text, after)).toBe(null);
    expect(reanchorPhrase(phraseOf('特此通知。'), text, '')).toBe(null);
  });

  it('finds a paragraph that was moved', () => {
    const after = '特此通知。\n请于3月5日前报送材料，逾期不予受理。\n';
    expect(reanchorPhrase(phraseOf('逾期不予受理'), text, after)).toEqual(phraseOf('逾期不予受理', after));
  });

  const signs = fc.constantFrom('的', '在', '校', '学', '\n', '，', '通知', 'ab ');
  const part = fc.array(signs, { maxLength: 30 }).map((parts) => parts.join(''));

  it('stays with its words, or is outdated, whatever is written elsewhere', () => {
    const middle = fc.array(signs, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const edit = fc.record({ head: part, phrase: middle, tail: part, newHead: part, newTail: part });
    fc.assert(
      fc.property(edit, ({ head, phrase, tail, newHead, newTail }) => {
        const before = `${head}${phrase}${tail}`;
        const found = { start: head.length, end: head.length + phrase.length, text: phrase };
        for (const after of [
          `${newHead}${head}${phrase}${tail}`,
          `${head}${phrase}${newTail}`,
          `${newHead}${phrase}${newTail}`,
        ]) {
          const moved = reanchorPhrase(found, before, after);
          if (moved !== null) expect(after.slice(moved.start, moved.end)).toBe(phrase);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is never lost to an edit in another paragraph', () => {
    const line = fc.stringMatching(/^[一-龥]{6,20}$/u);
    const lines = fc.uniqueArray(line, { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), fc.stringMatching(/^[a-z]{0,12}$/), (all, at, edited, word) => {
        const [i, j] = [at % all.length, edited % all.length];
        if (i === j) return;
        const before = all.map((one) => `${one}\n`).join('');
        const after = all
          .map((one, k) => (k === j ? `${one.slice(0, 3)}${word}${one.slice(4)}\n` : `${one}\n`))
          .join('');
        const phrase = (all[i] ?? '').slice(1, 5);
        const startOf = (whole: string) =>
          whole.split('\n').slice(0, i).join('\n').length + (i === 0 ? 0 : 1) + 1;
        const found = { start: startOf(before), end: startOf(before) + 4, text: phrase };
        expect(reanchorPhrase(found, before, after)).toEqual({
          ...found,
          start: startOf(after),
          end: startOf(after) + 4,
        });
      }),
    );
  });
});

describe('compareContents', () => {
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const image = (hash: string, name: string) => ({ hash, name, mime: 'image/png', bytes: 9 });
  const file = (hash: string, name: string) => ({ hash, name, bytes: 9 });
  const p = (...content: unknown[]) => ({ type: 'paragraph', content });
  const text = (value: string, href?: string) => ({
    type: 'text',
    text: value,
    ...(href === undefined ? {} : { marks: [{ type: 'link', attrs: { href } }] }),
  });
  const shot = (hash: string, alt: string | null) => ({ type: 'image', attrs: { hash, alt } });
  const content = (more: object, ...nodes: unknown[]) =>
    DraftContent.parse({ title: '通知', document: { type: 'doc', content: nodes }, ...more });

  it('says what is different beside the text', () => {
    const before = content(
      { images: [image(one, '校门.png')], attachments: [file(one, '名单.xlsx'), file(other, '表.docx')] },
      p(text('见'), text('主页', 'https://a.example/')),
      p(shot(one, null)),
    );
    const after = content(
      {
        title: '通告',
        images: [{ ...image(one, '校门.png'), licence: 'own' }, image(other, '操场.png')],
        attachments: [file(other, '申报表.docx')],
        declarations: { ai: { use: 'assisted' }, publicity: { from: '2026-03-01', until: '2026-03-05' } },
      },
      p(text('见'), text('主页', 'https://b.example/')),
      p(shot(one, '学校南门'), shot(other, '操场')),
    );
    const { title, body, others } = compareContents(before, after);
    expect([shown(title), shown(body)]).toEqual(['通[-知-][+告+]', '见主页\n\n']);
    expect(others).toEqual([
      '新增图片“操场.png”',
      '图片“校门.png”替代文字：（空） → “学校南门”',
      '图片“校门.png”授权：“未说明” → “自有”',
      '去掉链接“主页”（https://a.example/）',
      '新增链接“主页”（https://b.example/）',
      '去掉附件“名单.xlsx”',
      '附件改名：“表.docx” → “申报表.docx”',
      '人工智能使用：“未使用” → “辅助”',
      '公示期：（空） → “2026-03-01 至 2026-03-05”',
    ]);
  });

  it('says so where only the looks are different, and nothing where nothing is', () => {
    const plain = content({}, p(text('字')));
    const styled = content({}, { ...p(text('字')), attrs: { style: 'color: red;' } });
    expect(compareContents(plain, styled).others).toEqual(['文字未变，版式有变化']);
    expect(compareContents(plain, plain)).toEqual({
      title: [{ kind: 'same', text: '通知' }],
      body: [{ kind: 'same', text: '字\n' }],
      others: [],
    });
  });
});
