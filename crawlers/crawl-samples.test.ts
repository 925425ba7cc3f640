import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildSiteChannel, CrawlFixture } from '../test/harness/crawl-fixture.ts';
import { SiteServer } from '../test/harness/site-server.ts';

/** Recorded pages that are not part of the project: where they lie beside it, they are crawled too. */
const folder = join(import.meta.dirname, '../../shared/formats/samples/site');

/** The address that a recorded page had on its own site, as far as its file's name tells. */
function ownPath(name: string): string {
  const article = /article_(?:\w+_)?(\d+)-(\d+)\.htm$/.exec(name);
  if (article !== null) return `/info/${article[1]}/${article[2]}.htm`;
  const list = /^vsb_.*_list_([a-z]+)[-_]?([a-z]*)\.htm$/.exec(name);
  return list === null ? `/${name}` : `/${list[1]}/${list[2]}.htm`;
}

describe.skipIf(!existsSync(folder))('recorded pages, served by a local server under their own paths', () => {
  let site: SiteServer;
  let fixture: CrawlFixture;
  beforeEach(async () => {
    fixture = await CrawlFixture.open();
    site = await SiteServer.start();
  });
  afterEach(async () => {
    await site.close();
    await fixture.close();
  });

  it('are all read: every article stored once, nothing unknown', async () => {
    const pages = readdirSync(folder).filter((name) => /\.html?$/.test(name));
    for (const name of pages) {
      // No charset in the header: what the bytes are must be found out.
      site.set(ownPath(name), {
        body: readFileSync(join(folder, name)),
        headers: { 'content-type': 'text/html' },
      });
    }
    const startUrls = pages.map((name) => site.url(ownPath(name)));
    const run = await fixture.run(buildSiteChannel([site.host], { startUrls }));
    expect(run).toMatchObject({ state: 'finished', refused: 0, unknown: 0, note: null });
    const recorded = pages.filter((name) => name.includes('_article')).length;
    expect(run.created).toBe(recorded);
    const articles = await fixture.articles(buildSiteChannel([site.host], { startUrls }));
    expect(articles).toHaveLength(recorded);
    expect(articles.filter(({ text }) => text.title === '')).toEqual([]);
    // One of them is a film and nothing else.
    expect(articles.filter(({ text }) => text.text.length < 20).length).toBeLessThanOrEqual(1);
    for (const { post, text } of articles) {
      expect(post.publishedAt, post.url).not.toBeNull();
      expect(text.text).not.toContain('\ufffd');
    }
  });
});
