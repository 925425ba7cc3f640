import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRecipe } from '../../pipeline/commands/current-judge.ts';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { openThreadedJudge } from '../../pipeline/threaded-judge.ts';
import { buildArticleHtml, buildListHtml, buildRows } from '../builders/site-pages.ts';
import { encodeGbk } from '../campus/gbk.ts';
import { buildSiteChannel, CrawlFixture } from '../harness/crawl-fixture.ts';
import { findInRawFiles } from '../harness/raw-bytes.ts';
import { SiteServer } from '../harness/site-server.ts';

/** Names as people are called on with @; each stands in another place of a page, in another encoding or spelling. */
const canaries = ['金丝雀甲', '金丝雀乙', '金丝雀丙', 'canary_user_d', '金丝雀戊'] as const;
const [inTitle, inText, inLink, latin, inGbk] = canaries;
const kept = '欢迎提出宝贵意见和建议';

const pages = {
  '/info/1031/1.htm': {
    body: buildArticleHtml({
      title: `感谢@${inTitle} 同学的来信`,
      text: `就@${inText} 反映的热水问题，后勤处已经检修。${kept}。回复@${latin}：周五前完成。`,
    }),
  },
  '/info/1031/2.htm': {
    body: buildArticleHtml({
      title: '关于校园网维护的答复',
      text: `答复<a href="/u/1">@${inLink}</a>的提问：今晚恢复。${kept}。`,
    }),
  },
  '/info/1031/3.htm': {
    headers: { 'content-type': 'text/html; charset=gb2312' },
    body: encodeGbk(
      buildArticleHtml({ title: '关于图书馆座位的答复', text: `＠${inGbk} 同学，座位已经增加。${kept}。` }),
    ),
  },
  '/odd.htm': { body: `<html><body><div><p>留言 @${inText} 您好</p></div></body></html>` },
};

describe('R2: identity is dropped in the parser', () => {
  let site: SiteServer;
  let fixture: CrawlFixture;
  beforeEach(async () => {
    fixture = await CrawlFixture.open();
    site = await SiteServer.start({ '/tzgg.htm': { body: buildListHtml(buildRows(1, 3)) }, ...pages });
  });
  afterEach(async () => {
    await site.close();
    await fixture.close();
  });

  it('leaves no trace of a mentioned person in database, index, snapshots or kept pages', async () => {
    const channel = buildSiteChannel([site.host], {
      startUrls: [site.url('/tzgg.htm'), site.url('/odd.htm')],
    });
    const run = await fixture.run(channel);
    expect(run.created, JSON.stringify(run)).toBe(3);
    const { stores, clock } = fixture;
    const judge = openThreadedJudge(openRecipe({ settings: stores.settings, clock }), { threads: 1 });
    await judgeAllDue({ stores, clock, judgeTexts: judge.judgeTexts });
    await judge.close();
    expect((await stores.posts.countStates()).judged).toBe(3);

    // What is no name is there, in the texts as well as in the snapshots: the scan can see.
    expect(findInRawFiles(fixture.dataDir, kept).some((path) => path.includes('blobs'))).toBe(true);
    expect(findInRawFiles(fixture.dataDir, kept).some((path) => path.includes('guanlan.db'))).toBe(true);
    const found = canaries.filter((name) => findInRawFiles(fixture.dataDir, name).length > 0);
    expect(found).toEqual([]);
    const [first] = (await fixture.articles(channel)).map(({ text }) => `${text.title} ${text.text}`);
    expect(first).toContain('@…');
  });
});
