import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import {
  card,
  cardList,
  comment,
  hotflow,
  ownAccount,
  person,
  school,
  status,
} from '../../../test/builders/weibo-answers.ts';
import { readImportFile } from './import-file.ts';

const context = {
  ...{ fetchedAt: '2026-03-05T04:00:00.000Z', url: null, ownAccount },
  isObjector: (id: string) => id === '5999999999',
};
const a = '5270000000000001';
const b = '5270000000000002';
const c = '5270000000000003';
const foreign = status(b, { user: person('other', 1234567890) });

function read(content: unknown, name = 'saved.json') {
  const bytes =
    content instanceof Uint8Array
      ? content
      : new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  const items = readImportFile({ name, bytes }, context);
  expect(JSON.stringify(items)).not.toContain('CANARY');
  return items;
}
const ids = (content: unknown) => {
  const { statuses, comments } = read(content);
  return [...statuses, ...comments].map(({ id }) => id);
};

describe('JSON that a person saved', () => {
  it('may be an answer, a list of them, a list of items, or lines', () => {
    expect(ids(cardList([card(status(a))]))).toEqual([a]);
    expect(ids([cardList([card(status(a))]), hotflow([comment(c)])])).toEqual([a, c]);
    expect(ids([status(a), comment(c)])).toEqual([a, c]);
    expect(ids(`${JSON.stringify(cardList([card(status(a))]))}\n\n${JSON.stringify(comment(c))}\n`)).toEqual([
      a,
      c,
    ]);
    expect(ids(status(a))).toEqual([a]);
    expect(ids(`<script>var $render_data=[{"status": ${JSON.stringify(status(a))}}]</script>`)).toEqual([a]);
  });

  it('takes statuses of the own account only, and counts the others (R1)', () => {
    const nobody = status(c, { user: undefined });
    expect(read(cardList([card(status(a)), card(foreign), card(nobody)]))).toMatchObject({
      refused: 2,
      statuses: [{ id: a }],
    });
    expect(read([foreign])).toMatchObject({ refused: 1, statuses: [] });
  });

  it('drops what objectors wrote', () => {
    expect(read(hotflow([comment(c, { user: person('x', 5_999_999_999) })]))).toMatchObject({
      objected: 1,
      comments: [],
    });
  });

  it('dates by the id what was dated relative to a time that nobody noted', () => {
    const { statuses } = read([status(a, { created_at: '刚刚' })]);
    expect(statuses).toMatchObject([
      { publishedAt: '2026-02-24T16:09:34.000Z', publishedPrecision: 'second' },
    ]);
  });

  const broken: [string, unknown, RegExp][] = [
    [
      'a file that was cut off',
      JSON.stringify(cardList([card(status(a))])).slice(0, -9),
      /saved\.json, line 1: .*cut off/,
    ],
    ['a line that is none', `${JSON.stringify(status(a))}\n{"id":`, /saved\.json, line 2/],
    ['a refusal', { ok: -100 }, /entry 1: .*log in/],
    ['an unknown thing', { hello: 1 }, /entry 1: an answer of unknown shape/],
    ['an entry of a list', [status(a), { hello: 1 }], /items could not be read|entry/],
    ['half a list', cardList([card(status(a)), card({ id: null })]), /entry 1: 1 of its items/],
    ['nothing', '', /is empty/],
  ];
  it.each(broken)('says what is wrong with %s, and takes nothing of it', (_, content, words) => {
    expect(() => read(content)).toThrow(InvalidInput);
    expect(() => read(content)).toThrow(words);
  });
});

describe('HAR', () => {
  const entry = (url: string, body: unknown, more: object = {}) => ({
    startedDateTime: '2026-03-05T12:00:00.000+08:00',
    request: { url, headers: [{ name: 'cookie', value: 'SUB=CANARY' }] },
    response: { status: 200, content: { mimeType: 'application/json', text: JSON.stringify(body), ...more } },
  });
  const base64 = (body: unknown) => ({
    text: Buffer.from(JSON.stringify(body)).toString('base64'),
    encoding: 'base64',
  });
  const recording = (entries: unknown[]) => ({ log: { version: '1.2', entries } });

  it('takes the answers that hold something, and passes over the rest', () => {
    const comments = hotflow([comment(c, { created_at: '5分钟前' })]);
    const items = read(
      recording([
        entry('https://m.weibo.cn/api/config', { ok: 1, data: { login: true } }),
        entry('https://m.weibo.cn/api/container/getIndex?x=1', cardList([card(status(a)), card(foreign)])),
        entry(`https://m.weibo.cn/comments/hotflow?id=${a}&mid=${a}`, '', base64(comments)),
        entry('https://other.example/api', cardList([card(status(b))])),
        { request: null },
      ]),
    );
    expect(items).toMatchObject({
      statuses: [{ id: a }],
      comments: [{ id: c, rootId: a, publishedAt: expect.stringMatching(/^2026-0/) }],
      refused: 1,
      passedOver: 3,
    });
  });

  it('says when it holds nothing at all', () => {
    expect(() => read(recording([entry('https://m.weibo.cn/api/config', {})]))).toThrow(
      /none of its 1 recorded answers/,
    );
  });
});

describe('a table', () => {
  const head = '微博id,用户id,用户昵称,正文,发布时间,点赞数,转发数,评论数,工具';
  const row = `${a}\t,${ownAccount},CANARY-name,"食堂""公告""，\n第二行 @CANARY-x",2026/3/5 9:05,"1,234",5,1.2万,CANARY-device`;

  it('may have lines and quotes in its cells, and names of persons beside them', () => {
    expect(read(`${head}\r\n${row}\r\n\r\n`, 'a.csv').statuses).toMatchObject([
      {
        id: a,
        text: '食堂"公告"，\n第二行 @…',
        publishedAt: '2026-03-05T01:05:00.000Z',
        metrics: { likes: 1234, reposts: 5, comments: 12000 },
        official: true,
      },
    ]);
  });

  it('may be in English, with tabs, in GBK, with Excel’s ways of keeping numbers', () => {
    const english = `id\tuid\ttext\tcreated_at\n="${a}"\t'${ownAccount}\thello\t2026-03-05 09:05:00`;
    expect(read(english, 'a.txt').statuses).toMatchObject([{ id: a, text: 'hello' }]);
    // 「正文,发布时间,链接」 and 「好」 in GBK.
    const gbk = [
      0xd5, 0xfd, 0xce, 0xc4, 0x2c, 0xb7, 0xa2, 0xb2, 0xbc, 0xca, 0xb1, 0xbc, 0xe4, 0x2c, 0xc1, 0xb4, 0xbd,
      0xd3, 0x0a, 0xba, 0xc3,
    ];
    const bytes = Uint8Array.from([
      ...gbk,
      ...Buffer.from(`,2026-03-05,https://weibo.com/${ownAccount}/MohObmHwb`),
    ]);
    expect(read(bytes, 'a.csv').statuses).toMatchObject([{ id: '4857883315410503', text: '好' }]);
  });

  it('holds comments where it says under which status', () => {
    const comments = `评论id,微博id,评论内容,评论时间,点赞数,用户id\n${c},${a},热水呢,2026-03-05 10:00,3,5999999998\n${b},${a},我说,2026-03-05 10:00,3,5999999999`;
    expect(read(comments, 'c.csv')).toMatchObject({
      comments: [{ id: c, rootId: a, parentId: a, metrics: { likes: 3 } }],
      objected: 1,
    });
  });

  it('counts rows of other accounts as refused (R1)', () => {
    const other = row.replace(ownAccount, '1234567890').replace(a, b);
    expect(read(`${head}\n${row}\n${other}`, 'a.csv')).toMatchObject({ refused: 1, statuses: [{ id: a }] });
  });

  const broken: [string, string, RegExp][] = [
    ['no text column', 'id,uid,created_at\n1,2,3', /a\.csv, row 1: no column 正文/],
    ['no time column', '正文,uid\n1,2', /row 1: no column 发布时间/],
    ['nothing that says whose', `id,正文,发布时间\n${a},好,2026-03-05`, /row 1: no column 用户id/],
    [
      'a rounded number',
      `${head}\n4.38E+15,${ownAccount},x,好,2026-03-05,1,1,1,x`,
      /row 2, column 微博id: .*rounded/,
    ],
    ['no id', `${head}\nabc,${ownAccount},x,好,2026-03-05,1,1,1,x`, /row 2, column 微博id: this is no id/],
    ['no time', `${head}\n${row}\n${b},${ownAccount},x,好,昨儿,1,1,1,x`, /row 4, column of the time/],
    ['a short row', `${head}\n${a},${ownAccount}`, /row 2, column 正文: the row ends before it/],
    ['an open quote', `${head}\n${a},${ownAccount},x,"好,2026-03-05`, /line 2: a quoted cell/],
  ];
  it.each(broken)('says where it is wrong: %s', (_, text, words) => {
    expect(() => read(text, 'a.csv')).toThrow(InvalidInput);
    expect(() => read(text, 'a.csv')).toThrow(words);
  });

  it('takes time that grows with the size alone', () => {
    const started = performance.now();
    const rows = Array.from(
      { length: 5000 },
      (_, i) => `${5_270_000_000_000_000 + i},${ownAccount},x,"好""好",2026-03-05 10:00,1,1,1,x`,
    );
    expect(read(`${head}\n${rows.join('\n')}`, 'a.csv').statuses).toHaveLength(5000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('the own account’s words among comments', () => {
  it('are official', () => {
    const reply = comment(b, { rootid: c, user: school });
    const { comments } = read(hotflow([comment(c, { comments: [reply] })]));
    expect(comments.map(({ official }) => official)).toEqual([false, true]);
  });
});
