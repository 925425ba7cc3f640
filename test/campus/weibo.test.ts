import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Campus, startCampus } from './campus.ts';
import { answered, type Story, said } from './content/stories/story.ts';
import { identityMarks, persons } from './persons.ts';
import { weiboShortId } from './weibo-ids.ts';

const opened = new Date('2026-11-22T04:00:00.000Z');
const long = '后勤处关于冬季供暖的说明。'.repeat(20);

const stories: readonly Story[] = [
  {
    name: 'weibo',
    statuses: [
      ...Array.from({ length: 23 }, (_, index) => ({
        key: `day-${index}`,
        when: 24 * (index + 2),
        text: `#校园日常# 第${index}天的消息 @@4 https://www.canglan.example/${index} [心]`,
      })),
      { key: 'pinned', when: 2000, text: '置顶的招生简章', pinned: true as const },
      { key: 'long', when: 5, text: `${long}@@5`, likes: 12_345 },
      {
        key: 'shared',
        when: 4,
        text: '转发，请同学们留意',
        shares: { person: 8, text: '市气象台发布大风蓝色预警' },
      },
      { key: 'shared-gone', when: 3, text: '已有说明', shares: { person: 8, text: '', gone: true as const } },
      {
        key: 'lively',
        when: 2,
        text: '评论区见',
        remarks: [
          ...Array.from({ length: 50 }, (_, index) => said(2 - index / 60, `第${index}条评论`)),
          said(
            1,
            '有人回吗',
            said(0.9, '我回一条'),
            said(0.8, '我也回'),
            said(0.7, '再来一条', said(0.6, '回复里的回复')),
            answered(0.5, '同学你好，已转后勤处。'),
          ),
        ],
      },
      { key: 'later', when: -1, text: '一小时后才有' },
    ],
  },
];

let campus: Campus;
let now: Date;

beforeEach(async () => {
  now = opened;
  campus = await startCampus({ today: opened, now: () => now, stories });
});
afterEach(() => campus.close());

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${campus.weibo.url}${path}`, { headers, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) };
}
const askMobile = (path: string) => ask(path, { cookie: campus.weibo.credentials().cookie });
const askPlatform = (path: string) =>
  ask(`${path}${path.includes('?') ? '&' : '?'}access_token=${campus.weibo.credentials().accessToken}`);

const container = () =>
  `/api/container/getIndex?type=uid&value=${campus.weibo.uid}&containerid=107603${campus.weibo.uid}`;
const idOf = (key: string) => campus.weibo.expected.statuses.find((status) => status.key === key)?.id ?? '';
interface Card {
  card_type: number;
  profile_type_id?: string;
  mblog?: { id: string; text: string; created_at: string; attitudes_count: number | string };
}

describe('the mobile site', () => {
  it('spells numbers in the short form of addresses', () => {
    expect(weiboShortId('4383183661430868')).toBe('HyTZc60ew');
    expect(idOf('long')).toMatch(/^\d{16}$/);
  });

  it('leads from the account to all its statuses, once, by since_id as well as by page', async () => {
    const profile = (await askMobile(`/api/container/getIndex?type=uid&value=${campus.weibo.uid}`)).json();
    expect(JSON.stringify(profile.data.tabsInfo)).toContain(`107603${campus.weibo.uid}`);
    for (const era of ['2022', '2019'] as const) {
      campus.weibo.control.useEra(era);
      const seen: string[] = [];
      for (let next = ''; ; ) {
        const { data } = (await askMobile(container() + next)).json();
        const cards: Card[] = data.cards;
        seen.push(...cards.flatMap(({ card_type, mblog }) => (card_type === 9 && mblog ? [mblog.id] : [])));
        const { page, since_id } = data.cardlistInfo;
        if (!page && !since_id) break;
        next = since_id ? `&since_id=${since_id}` : `&page=${page}`;
      }
      expect(seen.sort()).toEqual(campus.weibo.expected.statuses.map(({ id }) => id).sort());
    }
    expect((await askMobile(`${container()}&page=9`)).json()).toMatchObject({ ok: 0, msg: '这里还没有内容' });
  });

  it('cuts a long text, writes counts in words, and gives the whole text on demand', async () => {
    const { data } = (await askMobile(container())).json();
    const card = data.cards.find((each: Card) => each.mblog?.id === idOf('long')) as Card;
    expect(card.mblog?.text).toMatch(/\.\.\.<a href="\/status\/\d{16}">全文<\/a>/);
    expect(card.mblog?.attitudes_count).toBe('1.2万');
    const extended = (await askMobile(`/statuses/extend?id=${idOf('long')}`)).json();
    expect(extended.data.longTextContent).toContain(long);
    expect(extended.data.longTextContent).toContain(`@${persons[5]?.name}</a>`);
  });

  it('gives every comment and reply once, over hot ones, timed ones and the replies of a thread', async () => {
    const id = idOf('lively');
    const seen: string[] = [];
    for (let next = '&max_id_type=0'; next !== ''; ) {
      const { data } = (await askMobile(`/comments/hotflow?id=${id}&mid=${id}${next}`)).json();
      for (const comment of data.data) {
        seen.push(comment.id);
        if (comment.comments === false) continue;
        seen.push(...comment.comments.map((reply: { id: string }) => reply.id));
        if (comment.max_id === 0) continue;
        const more = (
          await askMobile(`/comments/hotFlowChild?cid=${comment.id}&max_id=0&max_id_type=0`)
        ).json();
        seen.push(...more.data.slice(comment.comments.length).map((reply: { id: string }) => reply.id));
      }
      next = data.max_id === 0 ? '' : `&max_id=${data.max_id}&max_id_type=${data.max_id_type}`;
    }
    const expected = campus.weibo.expected.statuses.find(({ key }) => key === 'lively')?.remarks ?? [];
    expect(expected).toHaveLength(56);
    expect(seen.sort()).toEqual(expected.map((remark) => remark.id).sort());
    expect(expected.filter(({ official }) => official)).toHaveLength(1);
    const plain = (await askMobile(`/api/comments/show?id=${id}&page=6`)).json();
    expect(plain.data.data).toHaveLength(6);
    expect(plain.data.data[0].created_at).toMatch(/刚刚|分钟前|小时前/);
  });

  it('lets nobody in without the login, and turns away in every way it is told to', async () => {
    expect((await ask(container())).json()).toMatchObject({ ok: -100 });
    campus.weibo.control.expireCookie();
    expect((await askMobile(container())).json()).toMatchObject({ ok: -100 });
    campus.weibo.control.renewCookie();
    expect((await askMobile(container())).json()).toMatchObject({ ok: 1 });
    const statuses = { '432': 432, '418': 418, '403': 403, passport: 302, html: 200, empty: 200 } as const;
    for (const [refusal, status] of Object.entries(statuses)) {
      campus.weibo.control.refuse(refusal as keyof typeof statuses);
      const answer = await askMobile(container());
      expect(answer.status, refusal).toBe(status);
      expect(() => answer.json()).toThrow();
    }
    campus.weibo.control.refuse('432', '/comments/hotflow');
    expect((await askMobile(container())).status).toBe(200);
    campus.weibo.control.refuse(null);
  });

  it('shows what comes with time, edits, deletions and a storm', async () => {
    const { control } = campus.weibo;
    expect(idOf('later')).toBe('');
    now = new Date(opened.getTime() + 2 * 3_600_000);
    expect(idOf('later')).not.toBe('');
    control.editStatus('later', '改过的文字');
    const shown = (await askMobile(`/statuses/show?id=${idOf('later')}`)).json();
    expect(shown.data).toMatchObject({ edit_count: 1, edit_config: { edited: true } });
    expect(control.storm('later', 30)).toHaveLength(30);
    const gone = idOf('lively');
    control.deleteStatus('lively');
    expect((await askMobile(`/statuses/show?id=${gone}`)).json().ok).toBe(0);
    expect(() => control.editStatus('lively', '')).toThrow('lively');
    const last = campus.weibo.expected.statuses.find(({ key }) => key === 'later');
    expect(last?.remarks).toHaveLength(30);
    expect(last?.edits).toBe(1);
  });
});

describe('the Open Platform', () => {
  it('grants a token to the registered application, by a code that is good once', async () => {
    const { appKey, appSecret, redirectUri } = campus.weibo.app;
    const client = `client_id=${appKey}&redirect_uri=${encodeURIComponent(redirectUri)}`;
    const response = await fetch(
      `${campus.weibo.url}/oauth2/authorize?${client}&response_type=code&state=s1`,
      {
        redirect: 'manual',
      },
    );
    const back = new URL(response.headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('s1');
    const grant = () =>
      fetch(`${campus.weibo.url}/oauth2/access_token`, {
        method: 'POST',
        body: new URLSearchParams(
          `${client}&client_secret=${appSecret}&grant_type=authorization_code&code=${back.searchParams.get('code')}`,
        ),
      });
    const granted = await (await grant()).json();
    expect(granted).toMatchObject({ uid: campus.weibo.uid, expires_in: 2_592_000 });
    expect(granted.access_token).toBe(campus.weibo.credentials().accessToken);
    expect(await (await grant()).json()).toMatchObject({ error_code: 21_325 });
  });

  it('pages through statuses and comments, without the author where that is asked', async () => {
    const first = (await askPlatform('/2/statuses/user_timeline.json?count=20&trim_user=1')).json();
    const second = (await askPlatform('/2/statuses/user_timeline.json?count=20&page=2')).json();
    expect(first.statuses.length + second.statuses.length).toBe(campus.weibo.expected.statuses.length);
    expect(first.statuses[0]).not.toHaveProperty('user');
    const comments = (await askPlatform(`/2/comments/show.json?id=${idOf('lively')}&count=50`)).json();
    expect(comments.total_number).toBe(56);
    const rest = (
      await askPlatform(`/2/comments/show.json?id=${idOf('lively')}&count=50&max_id=${comments.next_cursor}`)
    ).json();
    expect(comments.comments.length + rest.comments.length).toBe(56);
    const toMe = (await askPlatform('/2/comments/to_me.json?count=100')).json();
    expect(toMe.comments).toHaveLength(55);
    expect((await askPlatform('/2/statuses/user_timeline.json?uid=1')).status).toBe(403);
  });

  it('counts the calls of a day, and knows tokens that are expired or wrong', async () => {
    const path = '/2/statuses/user_timeline.json?count=1';
    campus.weibo.control.limitCallsPerDay(2);
    expect((await askPlatform(path)).status).toBe(200);
    expect((await askPlatform(path)).status).toBe(200);
    const limited = await askPlatform(path);
    expect([limited.status, limited.json().error_code]).toEqual([403, 10_023]);
    now = new Date(opened.getTime() + 13 * 3_600_000);
    expect((await askPlatform(path)).status).toBe(200);
    campus.weibo.control.answerErrorCodesAs('string');
    campus.weibo.control.expireToken();
    expect((await askPlatform(path)).json()).toMatchObject({ error: 'expired_token', error_code: '21327' });
    expect((await ask(`${path}&access_token=wrong`)).json()).toMatchObject({ error_code: '21332' });
    campus.weibo.control.renewToken();
    expect((await askPlatform(path)).status).toBe(200);
  });
});

it('shows persons at the platform, each value of theirs known as one never to be stored', async () => {
  const body = (await askMobile(`/comments/hotflow?id=${idOf('lively')}&mid=${idOf('lively')}&max_id_type=0`))
    .text;
  const found = campus.weibo.expected.neverStored.filter((value) => body.includes(value));
  expect(found.length).toBeGreaterThan(100);
  const unmarked = found.filter((value) => !identityMarks.some((mark) => value.includes(mark)));
  expect(unmarked.every((value) => persons.some(({ uid }) => uid === value))).toBe(true);
});
