import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SiteChannel } from '../../pipeline/domain/channel.ts';
import { openFileReader } from '../../pipeline/extract/file-reader.ts';
import { buildDocx, buildPdf, buildXlsx, buildZip, textRow } from '../../test/builders/office-files.ts';
import { buildArticleHtml, buildListHtml, buildRows } from '../../test/builders/site-pages.ts';
import { buildSiteChannel, CrawlFixture } from '../../test/harness/crawl-fixture.ts';
import { findInRawFiles } from '../../test/harness/raw-bytes.ts';
import { type SiteAnswer, SiteServer } from '../../test/harness/site-server.ts';
import { attachmentPostId } from './attachment-post.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const everyClass = ['open', 'victim', 'safety'] as const;
const files = openFileReader();
afterAll(() => files.close());

let site: SiteServer;
let fixture: CrawlFixture;
let channel: SiteChannel;

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 2000, totalMs: 4000 } });
  fixture.deps.files = files;
  site = await SiteServer.start({ '/tzgg.htm': { body: buildListHtml(buildRows(1, 1)) } });
  channel = buildSiteChannel([site.host], { startUrls: [site.url('/tzgg.htm')] });
});
afterEach(async () => {
  await site.close();
  await fixture.close();
});

const list = buildXlsx([
  { name: '公示', rows: textRow(['一等奖', '张某']) },
  { name: '底表', state: 'hidden', rows: textRow(['张某', '110101199003074477']) },
]);
const octets = (body: Uint8Array): SiteAnswer => ({
  body,
  headers: { 'content-type': 'application/octet-stream', etag: `"${body.length}"` },
});

/** The one article, with links to files. */
function offer(links: readonly (readonly [href: string, name: string])[]): void {
  const anchors = links.map(([href, name]) => `<a href="${href}">${name}</a>`).join('\n');
  const text = `现将获奖名单予以公示，公示期为五个工作日，有异议请向学生工作部反映。\n${anchors}`;
  site.set('/info/1031/1.htm', { body: buildArticleHtml({ title: '关于奖学金评选结果的公示', text }) });
}

const pageOf = (path: string) => fixture.page(channel, site.url(path));
async function postOf(path: string) {
  const id = attachmentPostId(channel.id, site.url(path));
  const post = await fixture.stores.posts.findPost(id);
  const text = await fixture.stores.posts.findText(id, { accessClasses: everyClass });
  return { post, text };
}

describe('files that articles offer', () => {
  it('become posts under their article, hidden sheets and all', async () => {
    site.set('/files/list.xlsx', octets(list));
    offer([['/files/list.xlsx?sid=77', '获奖名单.xlsx']]);
    expect(await fixture.run(channel)).toMatchObject({ created: 2, failed: 0, outcome: 'complete' });
    const { post, text } = await postOf('/files/list.xlsx');
    const article = (await fixture.articles(channel)).find(({ post: { parentId } }) => parentId === null);
    expect(post).toMatchObject({
      kind: 'article',
      parentId: article?.post.externalId,
      publishedAt: article?.post.publishedAt,
      retentionClass: 'own-article',
    });
    expect(text?.title).toBe('附件：获奖名单.xlsx');
    expect(text?.text).toContain('【隐藏工作表：底表】\n张某\t110101199003074477');
    expect(text?.snapshotHash).toBeNull();
    expect(await pageOf('/files/list.xlsx')).toMatchObject({
      role: 'attachment',
      state: 'done',
      error: null,
    });
  });

  it('are asked for with conditions, and read anew only when they have changed', async () => {
    site.set('/files/list.xlsx', ({ headers }) =>
      headers['if-none-match'] === `"${list.length}"` ? { status: 304 } : octets(list),
    );
    offer([['/files/list.xlsx', '名单']]);
    await fixture.run(channel);
    fixture.clock.advance(2 * dayMs);
    expect(await fixture.run(channel)).toMatchObject({ created: 0, edited: 0, failed: 0 });
    const asked = site.requests.filter(({ path }) => path === '/files/list.xlsx');
    expect(asked.map(({ headers }) => headers['if-none-match'] !== undefined)).toEqual([false, true]);
    site.set('/files/list.xlsx', octets(buildXlsx([{ name: '公示', rows: textRow(['已更正']) }])));
    fixture.clock.advance(2 * dayMs);
    expect(await fixture.run(channel)).toMatchObject({ edited: 1 });
    const { post, text } = await postOf('/files/list.xlsx');
    expect(text).toMatchObject({ title: '附件：名单', text: '【工作表：公示】\n已更正' });
    expect(post?.parentId).not.toBeNull();
  });

  it('VSB’s numbered downloads are one file whatever the rest of the address', async () => {
    const download = '/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=15&wbfileid=99';
    site.set(download, octets(list));
    offer([[download, '附件1：名单.xlsx']]);
    await fixture.run(channel);
    expect(attachmentPostId(channel.id, site.url(download))).toBe(
      attachmentPostId(channel.id, site.url('/system/_content/download.jsp?wbfileid=99&owner=16')),
    );
    expect((await postOf(download)).text?.title).toBe('附件：附件1：名单.xlsx');
  });

  it.each([
    ['a scan', buildPdf([null]), /^could not be checked: pictures of text/],
    [
      'an archive of another kind',
      Uint8Array.from([0x52, 0x61, 0x72, 0x21, 0x1a, 7, 0]),
      /^could not be checked: of a kind that is not read/,
    ],
    [
      'an old Word file',
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]),
      /^could not be checked: /,
    ],
    ['a file cut off', list.subarray(0, 900), /^could not be checked: damaged/],
  ])('%s is a failed page with a reason, and no post', async (_, body, why) => {
    site.set('/files/a.bin.pdf', octets(body));
    offer([['/files/a.bin.pdf', '附件']]);
    expect(await fixture.run(channel)).toMatchObject({
      created: 1,
      failed: 1,
      unknown: 0,
      outcome: 'partial',
    });
    const page = await pageOf('/files/a.bin.pdf');
    expect(page).toMatchObject({ state: 'failed', error: expect.stringMatching(why) });
    expect((await postOf('/files/a.bin.pdf')).post).toBeNull();
    // An unchanged file is none the clearer for being sent again.
    fixture.clock.advance(2 * dayMs);
    await fixture.run(channel);
    expect(await pageOf('/files/a.bin.pdf')).toMatchObject({ state: 'failed', error: page.error });
  });

  it('what could be read of a file is stored, and the rest is told', async () => {
    site.set('/files/all.zip', octets(buildZip({ '名单.txt': '张某', '扫描.pdf': buildPdf([null]) })));
    offer([['/files/all.zip', '材料']]);
    await fixture.run(channel);
    const page = await pageOf('/files/all.zip');
    expect(page.state).toBe('failed');
    expect(page.error).toBe('read in part; could not be checked: pictures of text (a scan)');
    const { text } = await postOf('/files/all.zip');
    expect(text?.text).toContain('张某');
    expect(text?.text).toContain('【未能检查：压缩包内：扫描.pdf：没有文字层，可能是扫描图片】');
  });

  it('a page in place of the file is tried again', async () => {
    offer([['/files/list.xlsx', '名单']]);
    site.set('/files/list.xlsx', { body: '<html><body>请输入验证码</body></html>' });
    await fixture.run(channel);
    expect(await pageOf('/files/list.xlsx')).toMatchObject({
      state: 'due',
      attempts: 1,
      error: expect.stringContaining('a captcha, or a login?'),
    });
    site.set('/files/list.xlsx', octets(list));
    fixture.clock.advance(hourMs);
    expect(await fixture.run(channel)).toMatchObject({ created: 1 });
  });

  it('a file on a host that is not the channel’s own stands there as refused', async () => {
    offer([['http://elsewhere.example/list.xlsx', '名单']]);
    expect(await fixture.run(channel)).toMatchObject({ created: 1, refused: 1 });
    expect(await fixture.page(channel, 'http://elsewhere.example/list.xlsx')).toMatchObject({
      state: 'refused',
      error: expect.stringContaining('not on the channel'),
    });
  });

  it('a file that is gone takes its own post along, not its article', async () => {
    site.set('/files/list.xlsx', octets(list));
    offer([
      ['/files/list.xlsx', '名单'],
      ['/files/never.xlsx', '别的'],
    ]);
    await fixture.run(channel);
    site.set('/files/list.xlsx', { status: 410 });
    for (let i = 0; i < 3; i++) {
      fixture.clock.advance(2 * dayMs);
      await fixture.run(channel);
    }
    expect((await postOf('/files/list.xlsx')).post?.marks).toContain('source-deleted');
    expect((await pageOf('/files/never.xlsx')).state).toBe('gone');
    const articles = await fixture.articles(channel);
    expect(articles.find(({ post }) => post.parentId === null)?.post.marks).toEqual([]);
  });

  it('an article that was gathered before has its files read though it has not changed', async () => {
    site.set('/files/list.xlsx', octets(list));
    offer([['/files/list.xlsx', '名单']]);
    delete fixture.deps.files;
    await fixture.run(channel);
    site.set('/info/1031/1.htm', { status: 304 });
    fixture.deps.files = files;
    fixture.clock.advance(2 * dayMs);
    expect(await fixture.run(channel)).toMatchObject({ created: 1 });
  });

  it('is asked for whole where an older program read it', async () => {
    site.set('/files/list.xlsx', octets(list));
    offer([['/files/list.xlsx', '名单']]);
    await fixture.run(channel);
    const { channelId: _, url, role: __, pageNumber: ___, ...known } = await pageOf('/files/list.xlsx');
    const older = { ...known, contentHash: '0:older', dueAt: fixture.clock.now() };
    await fixture.stores.ledger.settle(channel.id, url, older);
    fixture.clock.advance(hourMs);
    await fixture.run(channel);
    const asked = site.requests.filter(({ path }) => path === '/files/list.xlsx');
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
    expect((await pageOf('/files/list.xlsx')).contentHash).not.toBe('0:older');
  });

  it('nobody who wrote, changed or annotated a file is anywhere in the store (R2)', async () => {
    const run = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const body = `<w:p><w:ins w:author="canary-ins"><w:r><w:t>新增</w:t></w:r></w:ins><w:del w:author="canary-del"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>${run('@canary-mention 请看')}`;
    const file = buildDocx(body, {
      'docProps/core.xml': '<cp:coreProperties><dc:creator>canary-creator</dc:creator></cp:coreProperties>',
      'docProps/app.xml': '<Properties><Manager>canary-manager</Manager></Properties>',
      'word/comments.xml': `<w:comments><w:comment w:author="canary-note" w:initials="canary-ini">${run('批注')}</w:comment></w:comments>`,
      'word/people.xml': '<w15:people><w15:person w15:author="canary-person"/></w15:people>',
    });
    site.set('/files/a.docx', octets(file));
    offer([['/files/a.docx', '附件']]);
    await fixture.run(channel);
    expect((await postOf('/files/a.docx')).text?.text).toContain('批注');
    expect(findInRawFiles(fixture.dataDir, 'canary')).toEqual([]);
  });

  it('a channel may leave files alone; films and pictures are no files', async () => {
    site.set('/files/list.xlsx', octets(list));
    offer([
      ['/files/list.xlsx', '名单'],
      ['/files/film.mp4', '宣传片.mp4'],
    ]);
    const silent = { ...channel, attachments: false };
    expect(await fixture.run(silent)).toMatchObject({ created: 1 });
    fixture.clock.advance(2 * dayMs);
    await fixture.run(channel);
    expect(site.requests.map(({ path }) => path)).not.toContain('/files/film.mp4');
  });
});
