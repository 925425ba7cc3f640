import { describe, expect, it } from 'vitest';
import { checkInput } from '../../test/builders/check-input.ts';
import { Authority } from '../domain/authority.ts';
import { buildAuthorityStage } from './authority.ts';

const authority = Authority.parse({
  owner: '党委宣传部',
  persons: [
    {
      name: '李建国',
      posts: [
        { title: '校长', from: '2019-03-01', until: '2023-06-30', rank: 2 },
        { title: '党委书记', from: '2023-07-01', rank: 1 },
      ],
    },
    {
      name: '王明',
      posts: [
        { title: '校长', from: '2023-07-01', rank: 2 },
        { title: '党委副书记', from: '2023-07-01', rank: 2 },
      ],
    },
    { name: '赵晓梅', aliases: ['赵晓梅（女）'], posts: [{ title: '副校长', from: '2020-01-01', rank: 5 }] },
    { name: '陈立', posts: [{ title: '副校长', from: '2027-01-01', rank: 6 }] },
  ],
  phrases: [
    {
      id: 'motto',
      right: '明德求是、笃行致远',
      wrong: ['明德求实、笃行致远'],
      source: '章程',
      level: 'block',
    },
    { id: 'old-plan', right: '“双百”计划', wrong: ['双百工程'], until: '2025-12-31', source: '文件' },
  ],
  units: [
    { name: '经济学院', until: '2025-08-31', now: '经济与管理学院' },
    { name: '经济与管理学院', from: '2025-09-01' },
    { name: '人工智能学院', from: '2027-03-01' },
  ],
});
const stage = buildAuthorityStage(authority, '沧澜师范学院');
const find = (body: string, day = '2026-11-23') =>
  stage.run(checkInput({ body, day })).findings.map(({ rule, text, suggestion }) => [rule, text, suggestion]);

describe('names, titles and order on the day of publication', () => {
  it.each([
    ['校长李建国出席会议', [['title', '校长', '党委书记']]],
    ['李建国校长出席会议', [['title', '校长', '党委书记']]],
    ['沧澜师范学院校长李建国一行来访', [['title', '校长', '党委书记']]],
    ['党委书记李建国、副校长王明出席', [['title', '副校长', null]]],
    ['副校长陈立讲话', [['title', '副校长', null]]],
    ['党委书记李建囯讲话', [['name', '李建囯', '李建国']]],
    ['党委书记李剑国讲话', [['name', '李剑国', '李建国']]],
    ['校长王鸣讲话', [['name', '王鸣', '王明']]],
    ['王明、李建国、赵晓梅出席', [['order', '王明、李建国、赵晓梅', '李建国、王明、赵晓梅']]],
    ['校长王明、党委书记李建国出席', [['order', '王明、党委书记李建国', null]]],
    ['校长王明、校党委书记李建国出席', [['order', '王明、校党委书记李建国', null]]],
  ])('of %s', (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it.each([
    '党委书记李建国，党委副书记、校长王明，副校长赵晓梅出席会议',
    '时任校长李建国、原校长李建国',
    '清华大学校长李建国一行来访',
    '李建国、王明、赵晓梅出席',
    '王明主持会议，李建国讲话',
    '校长王伟来访',
    '副校长张晓梅来访',
    '李建国同志在讲话中指出',
  ])('has nothing to say about %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('judges by the day', () => {
    expect(find('校长李建国出席会议', '2022-05-01')).toEqual([]);
    expect(find('党委书记李建国出席会议', '2022-05-01')).toEqual([['title', '党委书记', '校长']]);
    expect(find('副校长陈立讲话', '2027-02-01')).toEqual([]);
  });

  it('says since when, and until when', () => {
    const message = (body: string) => stage.run(checkInput({ body })).findings[0]?.message;
    expect(message('校长李建国讲话')).toContain('任到2023-06-30为止');
    expect(message('副校长陈立讲话')).toContain('自2027-01-01起');
  });

  it('asks one question about one person and title', () => {
    const { findings } = stage.run(checkInput({ body: '校长李建国讲话。\n李建国校长总结。' }));
    expect(new Set(findings.map(({ key }) => key)).size).toBe(1);
    expect(JSON.stringify(findings.map(({ key }) => key))).not.toContain('李建国');
  });
});

describe('units and phrases of the table', () => {
  it.each([
    ['经济学院举办论坛', [['unit-name', '经济学院', '经济与管理学院']]],
    ['人工智能学院招生', [['unit-name', '人工智能学院', null]]],
    ['校训是明德求实、笃行致远', [['phrase.motto', '明德求实、笃行致远', '明德求是、笃行致远']]],
  ])('of %s', (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it.each([
    '经济与管理学院举办论坛',
    '原经济学院教师',
    '2025年9月，经济学院更名为经济与管理学院。',
    '人工智能学院将于明年成立',
    '双百工程已经结束',
  ])('has nothing to say about %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('stops where the table says so, and knows its own version', () => {
    expect(stage.run(checkInput({ body: '明德求实、笃行致远' })).findings).toMatchObject([
      { level: 'block', category: 'term' },
    ]);
    expect(buildAuthorityStage(Authority.parse({}), '').version).not.toBe(stage.version);
  });
});
