import { describe, expect, it } from 'vitest';
import {
  card,
  cardList,
  comment,
  ownAccount,
  person,
  school,
  status,
} from '../../../test/builders/weibo-answers.ts';
import type { ParseContext } from '../parsed.ts';
import { parseWeibo, readAnswer } from './parse.ts';

const base: ParseContext = {
  fetchedAt: '2026-03-05T04:00:00.000Z',
  url: null,
  ownAccount: null,
  isObjector: () => false,
};
const own = { ...base, ownAccount };
const list = `https://m.weibo.cn/api/container/getIndex?type=uid&value=${ownAccount}&containerid=107603${ownAccount}`;
const parse = (body: unknown, context: Partial<ParseContext> = {}) => {
  const answer = parseWeibo(typeof body === 'string' ? body : JSON.stringify(body), { ...base, ...context });
  expect(JSON.stringify(answer)).not.toContain('CANARY');
  return answer;
};
const a = '5270000000000001';
const b = '5270000000000002';
const c = '5270000000000003';

describe('statuses of the mobile page', () => {
  it('hands on one, without whoever wrote it', () => {
    const answer = parse(cardList([card(status(a))], { since_id: 5269999999999999 }));
    expect(answer).toEqual({
      state: 'ok',
      next: '5269999999999999',
      total: 40,
      objected: 0,
      items: [
        {
          kind: 'status',
          id: a,
          url: `https://m.weibo.cn/status/${a}`,
          title: '',
          text: '图书馆今天起延长开放',
          publishedAt: '2026-03-05T02:00:00.000Z',
          publishedPrecision: 'second',
          parentId: null,
          rootId: null,
          official: false,
          metrics: { reposts: 3, comments: 12000, likes: 1000000 },
          links: [],
          attachments: [],
          traits: {},
        },
      ],
    });
  });

  it.each([
    ['345万次播放', 3_450_000],
    ['1.51亿', 151_000_000],
    ['1,234', 1234],
    [7, 7],
    ['很多', undefined],
    [-1, undefined],
  ])('counts %s', (play_count, views) => {
    const body = cardList([card(status(a, { page_info: { type: 'video', play_count } }))]);
    expect(parse(body).items[0]?.metrics.views).toBe(views);
  });

  it('keeps ids whole that a number would round', () => {
    const text = `{"ok":1,"data":{"cards":[{"card_type":"9","mblog":{"id":12345678901234567891,"text":"1234567890123456 \\" 99999999999999999999","reposts_count":1}}]}}`;
    expect(parse(text).items[0]).toMatchObject({
      id: '12345678901234567891',
      text: '1234567890123456 " 99999999999999999999',
    });
  });

  it('finds them in groups, and nothing in cards of other kinds', () => {
    const advert = { card_type: 22, mblog: status(c) };
    const group = {
      card_type: 11,
      card_group: [{ card_type: 6 }, card(status(a)), { card_type: 11, card_group: [card(status(b))] }],
    };
    expect(parse(cardList([advert, group, null, 7])).items.map(({ id }) => id)).toEqual([a, b]);
    const keyed = { '0': card(status(a)), '1': card(status(b)) };
    expect(parse({ cards: keyed }).items.map(({ id }) => id)).toEqual([a, b]);
  });

  it('takes a pinned one once, and what the account liked not at all', () => {
    const cards = [
      card(status(a), { profile_type_id: 'proweibotop_' }),
      card(status(b, { title: { text: '置顶' } })),
      card(status(a)),
      card(status(c, { title: { text: '她赞过的微博' } })),
    ];
    const { items, reason } = parse(cardList(cards));
    expect(items.map(({ id, traits }) => [id, traits.pinned])).toEqual([
      [a, true],
      [b, true],
    ]);
    expect(reason).toMatch(/^1 entries of other accounts/);
  });

  it('leaves out other accounts when it knows its own (R1)', () => {
    const cards = [card(status(a)), card(status(b, { user: person('other', 1234567890) }))];
    const answer = parse(cardList(cards), own);
    expect(answer.items.map(({ id, official }) => [id, official])).toEqual([[a, true]]);
  });

  it('reads of a share its own words only, and whether the shared is gone', () => {
    const shared = status(b, { text: '别人的话', user: person('sharer', 1234567890) });
    const gone = { id: c, text: '抱歉，根据作者设置的微博可见时间范围，此微博已不可见。', user: null };
    const answer = parse(
      cardList([
        card(status(a, { text: '转发微博', raw_text: '转发微博', retweeted_status: shared })),
        card(status(b, { text: "说得好//<a href='/n/CANARY-x'>@CANARY-x</a>:对", retweeted_status: gone })),
      ]),
    );
    expect(answer.items.map(({ text, traits }) => [text, traits])).toEqual([
      ['转发微博', {}],
      ['说得好//@…:对', { quotedIsGone: true }],
    ]);
  });

  it('names what was taken down', () => {
    const cards = [
      card(status(a)),
      card(status(b, { user: null, text: '抱歉，此微博已被作者删除。查看帮助：' })),
      card({ id: c, deleted: '1' }),
    ];
    const answer = readAnswer(JSON.stringify(cardList(cards)), base);
    expect(answer.gone).toEqual([b, c]);
    expect(answer.items.map(({ id }) => id)).toEqual([a]);
  });

  it('says what is longer, edited, or points to an article', () => {
    const cards = [
      card(status(a, { isLongText: true, text: '开头...<a href="/status/1">全文</a>', edit_count: 2 })),
      card(
        status(b, {
          isLongText: true,
          longText: { longTextContent: '全文<br />在此' },
          edit_config: { edited: true },
        }),
      ),
      card(
        status(c, {
          page_info: {
            type: 'article',
            page_url: 'https://weibo.com/ttarticle/p/show?id=2309&uid=1',
            page_title: 'CANARY',
          },
        }),
      ),
    ];
    const { items } = parse(cardList(cards));
    expect(items.map(({ text, traits }) => [text, traits])).toEqual([
      ['开头', { truncated: true, edits: 2 }],
      ['全文\n在此', { edits: 1 }],
      ['图书馆今天起延长开放', {}],
    ]);
    expect(items[2]?.links).toEqual(['https://weibo.com/ttarticle/p/show?id=2309']);
  });

  it('names the next page, by id or by number, and the end', () => {
    const next = (info: object, url: string | null) => parse(cardList([card(status(a))], info), { url }).next;
    expect(next({ since_id: '4781413147084961', page: 2 }, `${list}&page=1`)).toBe(
      `${list}&since_id=4781413147084961`,
    );
    expect(next({ page: 2 }, null)).toBe('2');
    expect(next({ page: 3 }, `${list}&page=2`)).toBe(`${list}&page=3`);
    expect(next({ page: 2 }, `${list}&page=2`)).toBeNull();
    expect(next({ page: null }, list)).toBeNull();
    expect(next({ since_id: '' }, list)).toBeNull();
  });

  it('tells an end from an answer that only looks empty', () => {
    expect(parse({ ok: 0, msg: '这里还没有内容', data: { cards: [] } }).state).toBe('empty');
    expect(parse(cardList([], { total: 0 })).state).toBe('empty');
    expect(parse(cardList([]), { url: `${list}&page=9` }).state).toBe('empty');
    expect(parse(cardList([]), { url: list }).state).toBe('unknown-page');
    expect(parse(cardList([{ card_type: 6 }])).state).toBe('unknown-page');
    expect(parse(cardList([card({ id: null }), card(null)])).state).toBe('unknown-page');
  });

  it('reads the profile: how many there are, and where', () => {
    const tabs = [
      { tab_type: 'profile', containerid: '230283' },
      { tab_type: 'weibo', containerid: `107603${ownAccount}` },
    ];
    for (const shape of [tabs, { '0': tabs[0], '1': tabs[1] }]) {
      const body = {
        ok: 1,
        data: {
          userInfo: { ...school, statuses_count: 1008, followers_count: '7164.8万' },
          tabsInfo: { tabs: shape },
        },
      };
      expect(parse(body)).toMatchObject({
        state: 'ok',
        items: [],
        total: 1008,
        next: expect.stringContaining(`107603${ownAccount}`),
      });
    }
  });

  it('reads one by itself: as data, in a page, and the rest of a long one', () => {
    const page = `<html><script>var $render_data = [{"status": ${JSON.stringify(status(a, { text: '带 } 和 \\" 的 <br />字' }))},"call":1}][0] || {};</script>`;
    expect(parse({ ok: 1, data: status(a) }).items[0]?.id).toBe(a);
    expect(parse(page).items[0]).toMatchObject({ id: a, text: '带 } 和 \\" 的\n字' });
    expect(parse([{ status: status(a) }]).items[0]?.id).toBe(a);
    const long = {
      ok: 1,
      data: {
        ok: 1,
        longTextContent: '很长<br />的话',
        reposts_count: 1,
        comments_count: 2,
        attitudes_count: 3,
      },
    };
    const url = `https://m.weibo.cn/statuses/extend?id=${a}`;
    expect(parse(long, { url }).items[0]).toMatchObject({
      id: a,
      text: '很长\n的话',
      metrics: { reposts: 1, comments: 2, likes: 3 },
    });
    const short = 'https://weibo.com/ajax/statuses/longtext?id=MohObmHwb';
    expect(parse(long, { url: short }).items[0]?.id).toBe('4857883315410503');
    expect(parse(long).items[0]).toMatchObject({ id: '', text: '很长\n的话' });
    expect(parse({ ok: 1, data: {} }, { url }).state).toBe('empty');
    expect(parse({ ok: 1, data: {} }).state).toBe('unknown-page');
  });
});

describe('other lists', () => {
  it('reads the Open Platform and the desktop page', () => {
    const v2 = {
      statuses: [
        status(a, {
          bid: undefined,
          text: '见 http://t.cn/a ...全文： http://m.weibo.cn/6012345678/1 \u200b',
        }),
      ],
      total_number: 1,
      next_cursor: 0,
    };
    expect(parse(v2).items[0]).toMatchObject({
      id: a,
      text: '见 http://t.cn/a',
      traits: { truncated: true },
    });
    const desktop = {
      ok: 1,
      data: {
        since_id: '5269999999999999kp2',
        total: '2',
        list: [
          status(a, {
            mblogid: 'MohObmHwb',
            text_raw: '好 http://t.cn/a',
            url_struct: [{ short_url: 'http://t.cn/a', long_url: 'https://x.example/' }],
          }),
        ],
      },
    };
    expect(parse(desktop)).toMatchObject({
      total: 2,
      next: '5269999999999999kp2',
      items: [{ id: a, links: ['https://x.example/'] }],
    });
    expect(parse({ ok: 1, data: { list: [], total: 0 } }).state).toBe('empty');
  });

  it('finds the number of a status in its short name', () => {
    const short = { mblogid: 'MohObmHwb', text_raw: '好', reposts_count: 0 };
    expect(parse({ ok: 1, data: { list: [short] } }).items[0]?.id).toBe('4857883315410503');
  });

  it('reads cards without what they came in', () => {
    expect(parse([card(status(a)), { card_type: 6 }]).items.map(({ id }) => id)).toEqual([a]);
    expect(parse({ cardlistInfo: { since_id: 4781413147084961 }, cards: [card(status(a))] })).toMatchObject({
      next: '4781413147084961',
      items: [{ id: a }],
    });
    expect(parse({ mblog: status(a) }).items.map(({ id }) => id)).toEqual([a]);
  });

  it('tells statuses from comments in a list that stands by itself', () => {
    expect(parse([status(a), status(b)]).items.map(({ kind }) => kind)).toEqual(['status', 'status']);
    expect(parse([comment(a)]).items.map(({ kind }) => kind)).toEqual(['comment']);
  });
});
