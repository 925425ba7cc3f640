import { describe, expect, it } from 'vitest';
import {
  comment,
  hotflow,
  ownAccount,
  person,
  school,
  status,
} from '../../../test/builders/weibo-answers.ts';
import type { ParseContext } from '../parsed.ts';
import { parseWeibo } from './parse.ts';

const base: ParseContext = {
  fetchedAt: '2026-03-05T04:00:00.000Z',
  url: null,
  ownAccount: null,
  isObjector: () => false,
};
const own = { ...base, ownAccount };
const parse = (body: unknown, context: Partial<ParseContext> = {}) => {
  const answer = parseWeibo(typeof body === 'string' ? body : JSON.stringify(body), { ...base, ...context });
  expect(JSON.stringify(answer)).not.toContain('CANARY');
  return answer;
};
const a = '5270000000000001';
const b = '5270000000000002';
const c = '5270000000000003';

describe('comments', () => {
  const url = `https://m.weibo.cn/comments/hotflow?id=${a}&mid=${a}&max_id_type=0`;

  it('reads a page with replies: each says what it answers', () => {
    const reply = comment(c, {
      rootid: b,
      text: "回复<a href='/n/CANARY-r'>@CANARY-r</a>:已报修",
      user: school,
      reply_original_text: '别人的话',
    });
    const answer = parse(
      hotflow([comment(b, { comments: [reply], total_number: 1 })], { max_id: 138, max_id_type: 1 }),
      { ...own, url },
    );
    expect(
      answer.items.map(({ id, parentId, rootId, official, metrics }) => ({
        id,
        parentId,
        rootId,
        official,
        metrics,
      })),
    ).toEqual([
      { id: b, parentId: a, rootId: a, official: false, metrics: { likes: 5, comments: 1 } },
      { id: c, parentId: b, rootId: a, official: true, metrics: { likes: 5 } },
    ]);
    expect(answer.items[1]?.text).toBe('回复@…:已报修');
    expect(answer.next).toBe(`https://m.weibo.cn/comments/hotflow?id=${a}&mid=${a}&max_id_type=1&max_id=138`);
    expect(parse(hotflow([comment(b)]), { url }).next).toBeNull();
  });

  it('reads the older page: hot ones too, each once, without what they quote', () => {
    const old = (id: number, more: object = {}) => ({
      id,
      created_at: '5分钟前',
      source: '',
      user: person('x', 5),
      text: '好',
      like_counts: 2,
      ...more,
    });
    const answer = parse(
      {
        ok: 1,
        msg: '数据获取成功',
        data: {
          data: [old(11), old(12, { reply_id: 11, reply_text: '@CANARY-q 的话' })],
          hot_data: [old(12), old(13)],
          total_number: 30,
          max: 3,
        },
      },
      { url: `https://m.weibo.cn/api/comments/show?id=${a}&page=1` },
    );
    expect(answer.items.map(({ id, parentId, metrics }) => [id, parentId, metrics.likes])).toEqual([
      ['11', a, 2],
      ['12', '11', 2],
      ['13', a, 2],
    ]);
    expect(answer.next).toBe(`https://m.weibo.cn/api/comments/show?id=${a}&page=2`);
    expect(answer.items[0]?.publishedAt).toBe('2026-03-05T03:55:00.000Z');
  });

  it('reads the desktop page, and the replies to one comment', () => {
    const desktop = {
      ok: 1,
      data: [comment(b, { rootidstr: b, like_counts: 7, like_count: undefined, text_raw: '热水' })],
      max_id: 0,
      total_number: 1,
    };
    expect(
      parse(desktop, { url: `https://weibo.com/ajax/statuses/buildComments?id=${a}&count=10` }).items[0],
    ).toMatchObject({ id: b, rootId: a, metrics: { likes: 7 } });
    const child = { ok: 1, data: [comment(c, { rootid: b })], rootComment: [comment(b)], max_id: 0 };
    expect(parse(child).items).toMatchObject([{ id: c, parentId: b }]);
    expect(parse({ ok: 1, data: [], max_id: 0, total_number: 0 }).state).toBe('empty');
  });

  it('reads the Open Platform: the answered comment, the status, the cursor', () => {
    const body = {
      comments: [
        comment(b, {
          text: '回复@CANARY-m:好 http://t.cn/x',
          status: status(a),
          reply_comment: { id: 99, text: '别人的话', user: person('y', 9) },
          like_count: undefined,
        }),
        comment(c, { status: status(a, { user: person('other', 1234567890) }) }),
      ],
      total_number: 162,
      next_cursor: 4106646773015438,
    };
    expect(parse(body, own)).toMatchObject({
      items: [{ id: b, parentId: '99', rootId: a, text: '回复@…:好 http://t.cn/x' }],
      next: '4106646773015438',
      total: 162,
    });
    expect(parse({ comments: [], total_number: 0, next_cursor: 0 }).state).toBe('empty');
  });

  it('drops what objectors wrote, and says how many', () => {
    const isObjector = (id: string) => id === '5000000002';
    const answer = parse(hotflow([comment(b, { comments: [comment(c)] })]), { url, isObjector });
    expect(answer).toMatchObject({ objected: 1, items: [{ id: c }] });
  });

  it('takes no repost by another for a comment', () => {
    const repost = status(b, { retweeted_status: status(a), user: person('z', 5) });
    expect(parse({ ok: 1, data: { data: [repost], max: 4, total_number: 31 } })).toMatchObject({
      state: 'unknown-page',
      items: [],
    });
    expect(parse({ reposts: [repost], total_number: 1 }).items).toEqual([]);
  });
});
