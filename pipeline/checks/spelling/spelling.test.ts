import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkInput } from '../../../test/builders/check-input.ts';
import { buildSpellingStage } from './index.ts';

const stage = buildSpellingStage();
const find = (body: string) => stage.run(checkInput({ title: '', body })).findings;

function corrected(text: string): string {
  return find(text)
    .filter(({ suggestion }) => suggestion !== null)
    .toSorted((a, b) => b.place.start - a.place.start)
    .reduce((so, { place, suggestion }) => so.slice(0, place.start) + suggestion + so.slice(place.end), text);
}

describe('the spelling check', () => {
  it.each([
    ['会议布署了下学期的重点工作。', '会议部署了下学期的重点工作。'],
    ['学校举办大学生数学竟赛。', '学校举办大学生数学竞赛。'],
    ['截止目前，已有三千人报名。', '截至目前，已有三千人报名。'],
    ['招聘启示已在官网发布。', '招聘启事已在官网发布。'],
    ['此次活动极大的激发了同学们的热情。', '此次活动极大地激发了同学们的热情。'],
    ['校园变的更加美丽。', '校园变得更加美丽。'],
    ['同学们必需遵守实验室规定。', '同学们必须遵守实验室规定。'],
  ])('corrects %s', (wrong, right) => {
    expect(corrected(wrong)).toBe(right);
  });

  it.each([
    '学校在官网发布署名文章。',
    '这是他自己经历过的事。',
    '报名截止日期为五月十日。',
    '究竟争什么？',
    '极大的热情',
    '改变的更加彻底',
    '认真的学习态度',
    '明显的格外少',
  ])('leaves %s alone', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('stops the draft for the mistakes a school answers for', () => {
    expect(find('师生前往烈土陵园祭扫。')).toMatchObject([
      { level: 'block', category: 'typo', text: '烈土陵园', suggestion: '烈士陵园' },
    ]);
    expect(find('深入学习党十九大精神。')).toMatchObject([
      { level: 'block', text: '党', suggestion: '党的' },
    ]);
  });

  it('tells of variants without correcting them', () => {
    expect(find('请登录帐号查看。')).toMatchObject([{ level: 'info', text: '帐号', suggestion: null }]);
  });

  it('goes by its lists without what was learned, and says that this is not all', () => {
    const poor = buildSpellingStage(join(import.meta.dirname, 'no-such.bin'));
    const result = poor.run(checkInput({ body: '会议布署了工作，垃圾回收处理的贡任落实。' }));
    expect(result.findings.map(({ text }) => text)).toEqual(['布署']);
    expect(result.unchecked).toMatchObject([{ stage: 'spelling', part: null }]);
  });

  it('reads attachments and the title too', () => {
    const file = { hash: 'a'.repeat(64), name: '安排.docx', bytes: 1 };
    const { findings } = stage.run(
      checkInput({
        title: '关于布署工作的通知',
        attachments: [{ file, text: '竟赛安排', notes: [], facts: [], unread: [] }],
      }),
    );
    expect(findings.map(({ place, suggestion }) => [place.part, place.ref, suggestion])).toEqual([
      ['title', null, '部署'],
      ['attachment', file.hash, '竞赛'],
    ]);
  });

  it('reads so much word by word as one may wait for, and says what it left to the lists', () => {
    const roll = '王明\t二等奖\n'.repeat(12_000);
    const files = ['a', 'b'].map((digit) => ({
      hash: digit.repeat(64),
      name: `名单${digit}.xlsx`,
      bytes: 1,
    }));
    const started = performance.now();
    const { findings, unchecked } = stage.run(
      checkInput({
        body: '会议布署了工作。',
        attachments: files.map((file) => ({
          ...{ file, text: `${roll}招聘启示`, notes: [], facts: [], unread: [] },
        })),
      }),
    );
    expect(findings.map(({ place }) => place.part)).toEqual(['body', 'attachment', 'attachment']);
    expect(unchecked?.map(({ part }) => part)).toEqual(files.map(({ hash }) => hash));
    expect(unchecked?.[0]?.reason).toMatch(/^附件“名单a.xlsx”太长，第 \d+ 字以后只按词表检查/);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
