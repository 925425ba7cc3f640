import { describe, expect, it } from 'vitest';
import { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import { pagesBack } from '../../../pipeline/domain/crawled.ts';
import {
  CredentialExpired,
  NotPermitted,
  PageChanged,
  Permanent,
  RetryLater,
} from '../../../pipeline/domain/errors.ts';
import type { EgressResponse } from '../../../pipeline/ports/egress.ts';
import {
  card,
  cardList,
  comment,
  hotflow,
  ownAccount,
  person,
  status,
} from '../../../test/builders/weibo-answers.ts';
import { isUrlAllowed } from '../../fetch/allow-list.ts';
import type { SourceScope } from '../../source.ts';
import { addressOf } from './calls.ts';
import { weiboSource } from './source.ts';

const now = '2026-03-05T04:00:00.000Z';
const channelOf = (door: WeiboChannel['door']) =>
  WeiboChannel.parse({
    ...{ kind: 'weibo', id: 'weibo', name: '官方微博', unit: 'publicity', responsible: '林老师' },
    ...{ state: 'live', uid: ownAccount, door },
  });
const id = '5273000000000001';
const youngId = '5272999000000001';

function pageOf(url: string, more: object = {}) {
  return {
    ...{ channelId: 'weibo', url, role: 'list' as const, state: 'due' as const, dueAt: now, attempts: 0 },
    ...{ fetchedAt: null, status: null, etag: null, lastModified: null, contentHash: null },
    ...{ snapshotHash: null, error: null, pageNumber: 0, postId: null, priority: 0, newestItemAt: null },
    ...more,
  };
}

function scopeOf(door: WeiboChannel['door'], more: Partial<SourceScope<WeiboChannel>> = {}) {
  const channel = channelOf(door);
  const since = '2026-03-04T00:00:00.000Z';
  return { channel, now, secret: 's', since, commentsOff: null, isObjector: () => false, ...more };
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): EgressResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { url: 'https://stand-in.example/', status, headers, body: new TextEncoder().encode(text) };
}

function read(door: 'mobile' | 'open-platform', url: string, response: EgressResponse, more: object = {}) {
  return weiboSource({ door }).read(pageOf(url), response, scopeOf(door, more));
}

const list = addressOf.list(ownAccount);
const timeline = addressOf.timeline(ownAccount);
const html = '<html><title>某页</title></html>';

describe('what a refusal means', () => {
  const table: [
    door: 'mobile' | 'open-platform',
    what: string,
    response: EgressResponse,
    error: unknown,
    words: RegExp,
  ][] = [
    [
      'mobile',
      'ok:-100',
      answer(200, { ok: -100 }),
      CredentialExpired,
      /cookie.*guanlan credential set weibo --kind weibo-cookie/,
    ],
    [
      'mobile',
      'to passport',
      answer(302, '', { location: 'https://passport.weibo.com/visitor/visitor' }),
      CredentialExpired,
      /redirect to the login/,
    ],
    [
      'mobile',
      'elsewhere',
      answer(302, '', { location: 'https://x.example/' }),
      PageChanged,
      /unknown redirect/,
    ],
    ['mobile', '432', answer(432, ''), CredentialExpired, /432/],
    ['mobile', '418', answer(418, html), RetryLater, /418.*guanlan channel import/],
    ['mobile', '414', answer(414, html), RetryLater, /414/],
    ['mobile', '403', answer(403, html), RetryLater, /403/],
    ['mobile', 'HTML', answer(200, html), RetryLater, /turned away/],
    ['mobile', 'login HTML', answer(200, '<title>Sina Visitor System</title>'), CredentialExpired, /log in/],
    ['mobile', 'nothing at all', answer(200, ''), PageChanged, /empty answer/],
    [
      'mobile',
      'too often',
      answer(200, { ok: 0, errno: '100005', msg: '请求过于频繁' }),
      RetryLater,
      /too many/,
    ],
    ['mobile', 'busy', answer(200, { ok: 0, msg: '系统繁忙' }), RetryLater, /trouble of its own/],
    ['mobile', 'account gone', answer(200, { ok: 0, msg: '用户不存在' }), PageChanged, /account itself/],
    ['mobile', 'no known shape', answer(200, { ok: 1, data: { x: 1 } }), PageChanged, /no known kind/],
    ['mobile', '404', answer(404, { ok: 1, data: { cards: [card(status(id))] } }), PageChanged, /404/],
    ...[21301, 21314, '21315', 21316, 21317, 21319, '21327', 21332].map(
      (code): [door: 'open-platform', string, EgressResponse, unknown, RegExp] => [
        'open-platform',
        `${code}`,
        answer(401, { error_code: code, error: 'x', request: '/2/x' }),
        CredentialExpired,
        /guanlan channel authorise weibo/,
      ],
    ),
    ['open-platform', '10023', answer(403, { error_code: 10023, error: 'x' }), RetryLater, /too many calls/],
    ['open-platform', '10014', answer(403, { error_code: 10014, error: 'x' }), Permanent, /open\.weibo\.com/],
    ['open-platform', '10001', answer(400, { error_code: '10001', error: 'x' }), RetryLater, /trouble/],
    ['open-platform', '39999', answer(400, { error_code: 39999, error: 'x' }), PageChanged, /39999/],
    ['open-platform', '403 without a word', answer(403, html), RetryLater, /403/],
  ];
  it.each(table)('%s: %s', (door, _, response, error, words) => {
    const url = door === 'mobile' ? list : timeline;
    let thrown: unknown;
    try {
      read(door, url, response);
    } catch (caught) {
      thrown = caught;
    }
    expect(thrown).toBeInstanceOf(error);
    expect(String(thrown)).toMatch(words);
    if (thrown instanceof CredentialExpired) expect(thrown.who).toBe('林老师');
    if (thrown instanceof RetryLater) expect(thrown.delayMs).toBeGreaterThanOrEqual(60_000);
  });

  it('waits for the full hour, where calls are counted by the hour', () => {
    const refused = answer(403, { error_code: 10022, error: 'x' });
    expect(() => read('open-platform', timeline, refused, { now: '2026-03-05T04:20:00.000Z' })).toThrow(
      expect.objectContaining({ delayMs: 41 * 60_000 }),
    );
  });

  it.each([
    ['mobile', addressOf.status(id), answer(200, { ok: 0, msg: '微博不存在或暂无查看权限!' })],
    ['mobile', addressOf.hotComments(id), answer(200, { ok: 0, msg: '微博不存在或暂无查看权限!' })],
    ['open-platform', addressOf.platformStatus(id), answer(400, { error_code: 20101, error: 'x' })],
  ] as const)('%s: what is gone is gone', (door, url, response) => {
    expect(read(door, url, response)).toMatchObject({
      state: 'deleted',
      gone: [{ kind: 'status', externalId: id }],
      posts: [],
    });
  });
});

describe('what is asked', () => {
  it.each(['mobile', 'open-platform'] as const)(
    '%s: the own account and what stands under its statuses only (R1)',
    (door) => {
      const source = weiboSource({ door });
      const scope = scopeOf(door);
      const foreign = [
        addressOf.list('1234567890'),
        addressOf.timeline('1234567890'),
        `${list}&containerid=1076031234567890`.replace(`107603${ownAccount}&`, ''),
        'https://m.weibo.cn/api/container/getIndex?containerid=100103type%3D1%26q%3Dx',
        'https://m.weibo.cn/comments/hotflow?id=x',
        'https://api.weibo.com/2/statuses/home_timeline.json',
        'https://api.weibo.com/2/comments/destroy.json?cid=1',
        'https://weibo.com/ajax/statuses/mymblog?uid=1',
        addressOf[door === 'mobile' ? 'platformStatus' : 'status'](id),
      ];
      for (const url of foreign)
        expect(() => source.buildCall(pageOf(url), scope), url).toThrow(NotPermitted);
      const allowance = source.buildAllowance(channelOf(door));
      for (const { url } of source.startPages(channelOf(door))) {
        const call = source.buildCall(pageOf(url), scope);
        expect(isUrlAllowed(new URL(call.url), allowance)).toBe(true);
        expect(call.method ?? 'GET').toBe('GET');
        expect(call.url).not.toContain('access_token');
      }
      for (const path of ['/2/comments/create.json', '/api/comments/create', '/2/comments/destroy.json']) {
        expect(isUrlAllowed(new URL(`https://${allowance.hosts[0]?.host}${path}`), allowance)).toBe(false);
      }
    },
  );

  it('carries the credential in a header, and disguises nothing', () => {
    const mobile = weiboSource({ door: 'mobile' }).buildCall(pageOf(list), scopeOf('mobile'));
    expect(mobile.headers).toMatchObject({ cookie: 's' });
    expect(Object.keys(mobile.headers ?? {})).not.toContain('user-agent');
    const platform = weiboSource({ door: 'open-platform' }).buildCall(
      pageOf(timeline),
      scopeOf('open-platform'),
    );
    expect(platform.headers).toEqual({ authorization: 'OAuth2 s', accept: 'application/json' });
  });

  it('asks nothing without the account’s own credential', () => {
    const asking = () =>
      weiboSource({ door: 'mobile' }).buildCall(pageOf(list), scopeOf('mobile', { secret: null }));
    expect(asking).toThrow(NotPermitted);
  });
});

it.each(['mobile', 'open-platform'] as const)('%s: the ledger knows whether it pages back', (door) => {
  expect(weiboSource({ door }).pagesBack).toBe(pagesBack(channelOf(door)));
});

describe('a list', () => {
  const known = [id, youngId].map((known) => ({
    ...{ url: addressOf.status(known), role: 'status' as const, state: 'done' as const },
    fetchedAt: '2026-03-01T00:00:00.000Z',
  }));

  it('leads on until it meets what is known', () => {
    const body = cardList([card(status('5270000000000009'))], { since_id: '5269000000000001' });
    const far = read('mobile', list, answer(200, body), { since: '2025-01-01T00:00:00.000Z' });
    expect(far).toMatchObject({ reachedBack: false, state: 'ok' });
    expect(far.pages[0]).toMatchObject({
      url: `${list}&since_id=5269000000000001`,
      role: 'list',
      pageNumber: 1,
    });
    const met = read('mobile', list, answer(200, body), { since: '2027-01-01T00:00:00.000Z' });
    expect(met.reachedBack).toBe(true);
    expect(met.pages.some(({ role }) => role === 'list')).toBe(false);
  });

  it('asks by itself for what it should show and does not, once a day', () => {
    const shown = cardList([card(status('5273999000000001')), card(status('5272000000000001'))]);
    const missing = read('mobile', list, answer(200, shown), { known });
    const asked = missing.pages.filter(({ wake, role }) => role === 'status' && wake === true);
    expect(asked.map(({ url }) => url)).toEqual(known.map(({ url }) => url));
    const justAsked = known.map((page) => ({ ...page, fetchedAt: now }));
    const again = read('mobile', list, answer(200, shown), { known: justAsked });
    expect(again.pages.filter(({ wake }) => wake === true)).toEqual([]);
  });

  it('does not count as read where an entry could not be', () => {
    const reading = read('mobile', list, answer(200, cardList([card(status(id)), card({ id: null })])));
    expect(reading).toMatchObject({ unreadable: 1 });
    expect(reading.posts).toHaveLength(1);
  });

  it('does not end where older statuses are known', () => {
    const nothing = answer(200, { ok: 0, msg: '这里还没有内容' });
    const at = (since: string) => () =>
      weiboSource({ door: 'mobile' }).read(
        pageOf(`${list}&since_id=${since}`, { pageNumber: 3 }),
        nothing,
        scopeOf('mobile', { known }),
      );
    expect(at('5274000000000001')).toThrow(/ends before statuses that are known/);
    expect(at('5260000000000001')()).toMatchObject({ state: 'empty', reachedBack: true });
  });

  it('takes nothing from an empty one while statuses are known', () => {
    expect(() => read('mobile', list, answer(200, { ok: 0, msg: '这里还没有内容' }), { known })).toThrow(
      PageChanged,
    );
    expect(read('mobile', list, answer(200, { ok: 0, msg: '这里还没有内容' }))).toMatchObject({
      state: 'empty',
      reachedBack: true,
    });
  });
});

describe('a status by itself', () => {
  const cut = status(id, { isLongText: true, text: '开头...<a href="/status/1">全文</a>' });

  it('that is shown cut is asked for whole, and dated by its id', () => {
    const asked = (postId: string | null) =>
      weiboSource({ door: 'mobile' }).read(
        pageOf(addressOf.status(id), { postId }),
        answer(200, { ok: 1, data: cut }),
        scopeOf('mobile'),
      );
    expect(asked(null).posts).toMatchObject([{ text: '开头' }]);
    expect(asked(`weibo:status:${id}`).posts).toEqual([]);
    expect(asked(null).pages).toMatchObject([
      { url: addressOf.hotComments(id), role: 'comments' },
      { url: addressOf.longText(id), role: 'status', wake: true },
    ]);
    const none = read('mobile', addressOf.longText(id), answer(200, { ok: 1, data: {} }));
    expect(none).toMatchObject({ state: 'empty', posts: [] });
    const long = answer(200, { ok: 1, data: { ok: 1, longTextContent: '开头<br />和后来' } });
    expect(read('mobile', addressOf.longText(id), long).posts).toMatchObject([
      {
        ...{ externalId: id, text: '开头\n和后来', official: true },
        ...{ publishedAt: '2026-03-04T22:50:30.000Z', publishedPrecision: 'second' },
      },
    ]);
  });

  it('is kept as the Open Platform shows it, which has no more', () => {
    const reading = read('open-platform', addressOf.platformStatus(id), answer(200, cut));
    expect(reading.posts).toMatchObject([{ externalId: id, text: '开头' }]);
    expect(reading.pages).toMatchObject([{ url: addressOf.platformComments(id) }]);
  });

  it('is no other one', () => {
    const other = answer(200, { ok: 1, data: status(youngId) });
    expect(() => read('mobile', addressOf.status(id), other)).toThrow(PageChanged);
    const foreign = answer(200, { ok: 1, data: status(id, { user: person('other', 1234567890) }) });
    expect(() => read('mobile', addressOf.status(id), foreign)).toThrow(/another account/);
  });
});

describe('comments', () => {
  it('bears the status they stand under, and asks for replies that did not come along', () => {
    const body = hotflow([comment('5273000000000009', { total_number: 4 })], { max_id: 7, max_id_type: 1 });
    const url = addressOf.hotComments(id);
    const reading = weiboSource({ door: 'mobile' }).read(
      pageOf(url, { role: 'comments', priority: 5 }),
      answer(200, body),
      scopeOf('mobile'),
    );
    expect(reading.posts).toMatchObject([
      { rootId: id, parentId: id, url: `https://m.weibo.cn/status/${id}` },
    ]);
    expect(reading.pages).toMatchObject([
      { url: expect.stringContaining('max_id=7'), pageNumber: 1, priority: 5 },
      { url: addressOf.replies('5273000000000009', id), pageNumber: 1 },
    ]);
    const asked = weiboSource({ door: 'mobile' }).buildCall(
      pageOf(addressOf.replies('5273000000000009', id)),
      scopeOf('mobile'),
    );
    expect(asked.url).toBe(
      'https://m.weibo.cn/comments/hotFlowChild?cid=5273000000000009&max_id=0&max_id_type=0',
    );
  });

  it('reads the Open Platform’s back to the last look only', () => {
    const at = (id: string, created_at: string) =>
      comment(id, { created_at, like_count: undefined, status: status(id) });
    const body = {
      comments: [at('5273000000000009', 'Thu Mar 05 11:00:00 +0800 2026')],
      next_cursor: 5272000000000001,
      total_number: 90,
    };
    const url = addressOf.platformComments(id);
    const source = weiboSource({ door: 'open-platform' });
    const first = source.read(pageOf(url, { role: 'comments' }), answer(200, body), scopeOf('open-platform'));
    expect(first.pages).toMatchObject([{ url: `${url}&max_id=5272000000000001` }]);
    const known = source.read(
      pageOf(url, { role: 'comments', fetchedAt: now, newestItemAt: now }),
      answer(200, body),
      scopeOf('open-platform'),
    );
    expect(known.pages).toEqual([]);
    const more = source.read(
      pageOf(url, { role: 'comments', fetchedAt: now, newestItemAt: '2026-03-04T00:00:00.000Z' }),
      answer(200, body),
      scopeOf('open-platform'),
    );
    expect(more.pages[0]?.url).toMatch(/&max_id=5272000000000001&since_id=\d{16}$/);
    // The looks since then have failed, which is no look.
    const never = source.read(
      pageOf(url, { role: 'comments', fetchedAt: now, error: 'status 500' }),
      answer(200, body),
      scopeOf('open-platform'),
    );
    expect(never.pages[0]?.url).toBe(`${url}&max_id=5272000000000001`);
  });

  it('leaves out what was said to the account under the status of another', () => {
    const under = status('5273000000000002', { user: person('other', 1234567890) });
    const body = { comments: [comment('5273000000000009', { status: under })], total_number: 1 };
    const reading = weiboSource({ door: 'open-platform' }).read(
      pageOf(addressOf.commentsToMe()),
      answer(200, body),
      scopeOf('open-platform'),
    );
    expect(reading.posts).toEqual([]);
  });
});
