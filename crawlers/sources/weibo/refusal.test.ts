import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { card, cardList, comment, hotflow, status } from '../../../test/builders/weibo-answers.ts';
import { parseRecorded } from './parse-recorded.ts';

const at = { url: null, fetchedAt: '2026-03-05T04:00:00.000Z' };
const bytes = (body: unknown) =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
const stateOf = (body: unknown, url: string | null = null) =>
  parseRecorded(bytes(body), { ...at, url }).state;

describe('answers that are none', () => {
  const table: [body: unknown, state: string][] = [
    [{ ok: -100, url: 'https://passport.weibo.cn/signin/login?r=x', msg: '' }, 'login-required'],
    [{ ok: 0, msg: '请先登录' }, 'login-required'],
    [{ ok: 0, errno: '100005', msg: '请求过于频繁,歇歇吧' }, 'blocked'],
    [{ ok: 0, errno: '20101', msg: '该微博不存在' }, 'deleted'],
    [{ ok: 0, msg: '微博不存在或暂无查看权限!' }, 'deleted'],
    [{ ok: 0, msg: '快来发表你的评论吧' }, 'empty'],
    [{ ok: 0, msg: '暂无数据' }, 'empty'],
    [{ ok: 0, msg: '系统繁忙' }, 'blocked'],
    [{ ok: 0 }, 'unknown-page'],
    [{ request: '/2/x.json', error_code: '21327', error: 'expired_token' }, 'login-required'],
    [{ request: '/2/x.json', error_code: 21315, error: 'Token expired' }, 'login-required'],
    [{ request: '/2/x.json', error_code: 10023, error: 'User requests out of rate limit!' }, 'blocked'],
    [{ request: '/2/x.json', error_code: 10014, error: 'Insufficient app permissions!' }, 'blocked'],
    [{ request: '/2/x.json', error_code: 20101, error: 'target weibo does not exist!' }, 'deleted'],
    [{ request: '/2/x.json', error_code: 39999, error: 'nobody knows' }, 'unknown-page'],
    [
      { code: '100002', msg: '', data: 'https://passport.weibo.com/visitor/visitor?a=enter' },
      'login-required',
    ],
    [
      'window.visitor_gray_callback && visitor_gray_callback({"retcode":20000000,"data":{"sub":"x"}});',
      'login-required',
    ],
    [
      '<!DOCTYPE html><title>Sina Visitor System</title><script>visitor_gray_callback()</script>',
      'login-required',
    ],
    ['<html><title>登录 - 微博</title>', 'login-required'],
    ["<html><head><title>418 I'm a teapot</title></head>", 'blocked'],
    ['<html><head><title>414 Request-URI Too Large</title></head>', 'blocked'],
    ['<html><head><title>403 Forbidden</title></head>', 'blocked'],
    ['<html><p class="h5-4con">微博不存在或暂无查看权限!</p>', 'deleted'],
    ['<html><title>学校新闻</title><p>别的网页</p>', 'unknown-page'],
    ['', 'unknown-page'],
    ['null', 'unknown-page'],
    ['42', 'unknown-page'],
    ['[]', 'unknown-page'],
    ['{}', 'unknown-page'],
    ['{"ok":1,"data":{"cards":[{"card_type":9,"mblog":{"id":"5270000', 'unknown-page'],
  ];
  for (const [body, state] of table) {
    it(`${JSON.stringify(body).slice(0, 70)} is ${state}`, () => {
      const answer = parseRecorded(bytes(body), at);
      expect(answer).toMatchObject({ state, items: [] });
      expect(answer.reason).toMatch(/^[\x20-\x7e]{5,120}$/);
    });
  }

  it('takes a page where data was asked for as being turned away', () => {
    const api = 'https://m.weibo.cn/api/container/getIndex?type=uid';
    expect(stateOf('<html><title>某页</title>', api)).toBe('blocked');
    expect(stateOf('<html><title>某页</title>', 'https://m.weibo.cn/detail/5270000000000001')).toBe(
      'unknown-page',
    );
  });
});

describe('any answer at all', () => {
  const whole = JSON.stringify([
    cardList([
      card(status('5270000000000001')),
      card(status('5270000000000002', { retweeted_status: status('5') })),
    ]),
    hotflow([comment('5270000000000003', { comments: [comment('5270000000000004')] })]),
  ]);
  const bodies = [
    JSON.parse(whole)[0],
    JSON.parse(whole)[1],
    { statuses: [status('5270000000000001')], next_cursor: 1 },
    { comments: [comment('5270000000000001', { status: status('5270000000000002') })] },
    { ok: 1, data: { longTextContent: '好<br>' } },
  ];
  const junk = fc.oneof(
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      Number.MAX_VALUE,
      '',
      '0',
      'x',
      [],
      {},
      [null],
      { '0': null },
      [[]],
      {
        id: {},
      },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );

  /** The same body with one place of it, chosen by a walk, holding something else. */
  function spoil(value: unknown, steps: readonly number[], instead: unknown): unknown {
    const [step, ...left] = steps;
    if (step === undefined || typeof value !== 'object' || value === null) return instead;
    const copy = Object.assign(Array.isArray(value) ? [] : {}, value) as Record<string, unknown>;
    const keys = Object.keys(copy);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return instead;
    copy[key] = spoil(copy[key], left, instead);
    return copy;
  }

  it('never throws and never tells of a person, whatever one place holds', () => {
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }),
        junk,
        (which, steps, instead) => {
          const answer = JSON.stringify(parseRecorded(bytes(spoil(bodies[which], steps, instead)), at));
          expect(answer).not.toContain('CANARY');
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('reads no half of an answer that was cut off', () => {
    for (const body of bodies) {
      const text = JSON.stringify(body);
      for (let end = 1; end < text.length; end += 13) {
        expect(parseRecorded(bytes(text.slice(0, end)), at)).toMatchObject({
          items: [],
          state: 'unknown-page',
        });
      }
    }
  });

  it('never throws for any bytes or address', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.oneof(fc.string(), fc.webUrl()), (raw, url) => {
        expect(parseRecorded(raw, { ...at, url }).items).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('takes time that grows with the size alone', () => {
    const started = performance.now();
    for (const text of [
      '"status":{'.repeat(200_000),
      '{"a":"'.repeat(200_000),
      `[${'\\"'.repeat(500_000)}`,
      '['.repeat(300_000),
      `"${'<a>'.repeat(1000)}`,
    ]) {
      expect(parseRecorded(bytes(text), at).state).toBe('unknown-page');
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
