import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Credentials, openCredentials } from '../pipeline/commands/credentials.ts';
import { WechatChannel } from '../pipeline/domain/channel.ts';
import { DraftDocument } from '../pipeline/domain/draft-document.ts';
import { flattenDocument } from '../pipeline/domain/flatten-document.ts';
import { readHtmlDocument } from '../pipeline/extract/html-document.ts';
import { type Campus, startCampus } from '../test/campus/campus.ts';
import { onePixelPng } from '../test/campus/file-bytes.ts';
import { CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { openMemoryKeys } from '../test/harness/memory-keys.ts';
import { type DraftSources, openDraftSources } from './draft-sources.ts';

let campus: Campus;
let fixture: CrawlFixture;
let credentials: Credentials;
let channel: WechatChannel;
let sources: DraftSources;

beforeEach(async () => {
  fixture = await CrawlFixture.open();
  const { clock, stores } = fixture;
  campus = await startCampus({ today: new Date(clock.now()), now: () => new Date(clock.now()), stories: [] });
  const { biz, appId, appSecret } = campus.wechat;
  channel = WechatChannel.parse({
    ...{ kind: 'wechat', id: 'account', name: '公众号', unit: 'publicity', state: 'live', sendsDrafts: true },
    ...{ biz, appId, requestsPerMinute: 6000 },
  });
  credentials = openCredentials({ store: stores.credentials, keys: openMemoryKeys(), clock });
  await credentials.save(channel.id, 'wechat-app', { appSecret }, { expiresAt: null, actorId: null });
  sources = openDraftSources({ clock, stores, credentials, platforms: campus.platforms });
});
afterEach(async () => {
  await sources.close();
  await campus.close();
  await fixture.close();
});

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const picture = (bytes: Uint8Array, mime = 'image/png') => ({
  hash: hashOf(bytes),
  name: '图.png',
  mime,
  bytes,
});
const small = picture(onePixelPng);
const large = picture(Buffer.concat([onePixelPng, Buffer.alloc(1_200_000, 7)]));

const draftOf = (images: (typeof small)[], title = '“迎新”通知 <2026>') => ({
  title,
  images,
  document: DraftDocument.parse({
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        attrs: { textAlign: 'center', style: 'color: #c00;' },
        content: [
          { type: 'text', text: '报到 & 须知' },
          {
            type: 'text',
            text: '详情',
            marks: [{ type: 'link', attrs: { href: 'https://www.example.edu.cn/' } }],
          },
          ...images.map(({ hash }) => ({ type: 'image', attrs: { hash, alt: '校门' } })),
        ],
      },
    ],
  }),
});

function longDraft() {
  const draft = draftOf([small]);
  const content = [
    ...draft.document.content,
    { type: 'paragraph', content: [{ type: 'text', text: '长'.repeat(20_000) }] },
  ];
  return { ...draft, document: DraftDocument.parse({ type: 'doc', content }) };
}

describe('the draft box, inwards', () => {
  it('lists what lies in it, and brings one with its layout and pictures', async () => {
    const { items, total, nextOffset } = await sources.wechatDrafts.list(channel, 0);
    expect({ items, total, nextOffset }).toMatchObject({
      items: [{ mediaId: 'CGLdraft0001', index: 0, title: '寒假留校学生服务指南（草稿）' }],
      ...{ total: 1, nextOffset: null },
    });
    const found = await sources.wechatDrafts.find(channel, 'CGLdraft0001', 0);
    const read = readHtmlDocument(found?.html ?? '');
    expect(flattenDocument(read.document).text).toBe(
      '寒假服务\n食堂、浴室和图书馆寒假开放时间待各单位确认。\n\n',
    );
    expect(read.notes).toContain('去掉了 1 个视频');
    const [image] = read.images;
    expect(image?.name).toBe('图片1.png');
    expect(await sources.pictures.fetch(image?.url ?? '')).toEqual(new Uint8Array(onePixelPng));
    for (const value of campus.wechat.expected.neverStored)
      expect(JSON.stringify([items, found])).not.toContain(value);
  });

  it('knows of no draft that is not there, renews a stale token, and says what the platform refuses', async () => {
    expect(await sources.wechatDrafts.find(channel, 'CGLdraft0009', 0)).toBe(null);
    expect(await sources.wechatDrafts.find(channel, 'CGLdraft0001', 3)).toBe(null);
    campus.wechat.control.expireTokenAfter(0);
    expect((await sources.wechatDrafts.list(channel, 0)).total).toBe(1);
    campus.wechat.control.failWith(48_001);
    await expect(sources.wechatDrafts.list(channel, 0)).rejects.toThrow('没有这项权限（错误码 48001）');
  });

  it('brings pictures from the places of layout tools and of the school alone', async () => {
    for (const url of [
      'https://evil.example/a.png',
      'http://127.0.0.1:9/a.png',
      'file:///etc/passwd',
      'https://mmbiz.qpic.cn/mmbiz_png/none/0',
    ])
      expect(await sources.pictures.fetch(url)).toBe(null);
    expect(campus.requests().map(({ path }) => path)).toEqual(['/mmbiz_png/none/0']);
  });
});

describe('the draft box, outwards', () => {
  it('adds a draft with its pictures, in plain UTF-8, and leaves publishing to people', async () => {
    const { mediaId, notes } = await sources.wechatDrafts.add(channel, draftOf([small, large]));
    const [added] = campus.wechat.drafts;
    expect(added?.mediaId).toBe(mediaId);
    const [article] = added?.articles ?? [];
    expect(article?.title).toBe('“迎新”通知 <2026>');
    expect(String(article?.content)).toMatch(
      /^<p style="text-align: center; color: #c00;">报到 &amp; 须知详情<img src="https:\/\/mmbiz\.qpic\.cn\/[^"]+" alt="校门" style="max-width: 100%;"><img /,
    );
    expect(notes).toEqual([
      '已放入公众号草稿箱，发布请在公众平台由人操作',
      '正文第一张图片用作封面，可在公众平台更换',
      '公众号不能带外部链接，1 个链接只留下了文字：https://www.example.edu.cn/',
    ]);
    expect(campus.requests().map(({ path }) => path.split('?')[0])).toEqual([
      '/cgi-bin/stable_token',
      '/cgi-bin/media/uploadimg',
      // Too large for the text: by way of the permanent material.
      '/cgi-bin/material/add_material',
      '/cgi-bin/material/add_material',
      '/cgi-bin/draft/add',
    ]);
    const back = await sources.wechatDrafts.find(channel, mediaId, 0);
    const [first] = readHtmlDocument(back?.html ?? '').images;
    expect(await sources.pictures.fetch(first?.url ?? '')).toEqual(new Uint8Array(onePixelPng));
  });

  it.each([
    ['no picture', draftOf([]), '封面'],
    ['a long title', draftOf([small], '题'.repeat(65)), '标题最多'],
    [
      'a kind of picture that the platform does not take',
      draftOf([picture(onePixelPng, 'image/webp')]),
      '格式',
    ],
    ['more than the platform holds', longDraft(), '2 万字'],
    ['a picture without its file', { ...draftOf([small]), images: [] }, '找不到文件'],
  ])('refuses %s before anything is uploaded', async (_, draft, words) => {
    await expect(sources.wechatDrafts.add(channel, draft)).rejects.toThrow(words);
    expect(campus.requests()).toEqual([]);
  });

  it('adds nothing where it was not switched on', async () => {
    const off = { ...channel, sendsDrafts: false };
    await expect(sources.wechatDrafts.add(off, draftOf([small]))).rejects.toThrow('没有开启');
    expect(campus.requests()).toEqual([]);
  });

  it('passes on what the platform refuses', async () => {
    campus.wechat.control.failWith(45_166, '/cgi-bin/draft/add');
    await expect(sources.wechatDrafts.add(channel, draftOf([small]))).rejects.toThrow(
      '公众平台没有接受（错误码 45166）',
    );
    expect(campus.wechat.drafts).toHaveLength(1);
  });
});

/** R10, R12, R22: nothing of ours publishes, sends to followers or deletes at the platform. */
describe('calls that publish', () => {
  it('stand nowhere in the product', () => {
    const root = join(import.meta.dirname, '..');
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\n')
      .filter(
        (path) =>
          /^(?:bin|config|crawlers|pipeline|review-api|dashboards)\/.*\.(?:ts|vue)$/.test(path) &&
          !path.endsWith('.test.ts'),
      );
    expect(files.length).toBeGreaterThan(300);
    const calls =
      /cgi-bin\/(?:freepublish\/(?:submit|delete)|message\/|draft\/(?:delete|update|switch)|material\/del|comment\/(?:open|close|delete|markelect|reply))/;
    const found = files.filter((path) => calls.test(readFileSync(join(root, path), 'utf8')));
    expect(found).toEqual([]);
  });
});
