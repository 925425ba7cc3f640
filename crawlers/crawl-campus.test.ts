import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SiteChannel } from '../pipeline/domain/channel.ts';
import { type Campus, startCampus } from '../test/campus/campus.ts';
import type { ExpectedArticle } from '../test/campus/expected.ts';
import { buildSiteChannel, CrawlFixture } from '../test/harness/crawl-fixture.ts';

const bare = (text: string) => text.replace(/[\s\u3000\u00a0]/g, '');
const dayMs = 86_400_000;

let campus: Campus;
let fixture: CrawlFixture;
let sites: SiteChannel[];

beforeEach(async () => {
  fixture = await CrawlFixture.open({ limits: { headersMs: 400, totalMs: 800 } });
  campus = await startCampus({ today: new Date(fixture.clock.now()) });
  sites = [campus.vsb, campus.webplus].map(({ url, startUrls }, i) =>
    buildSiteChannel([new URL(url).host], { id: `site-${i}`, startUrls: [startUrls[0] ?? url] }),
  );
});
afterEach(async () => {
  await campus.close();
  await fixture.close();
});

async function crawlAll() {
  const runs = [];
  for (const site of sites) runs.push(await fixture.run(site));
  return runs;
}
async function gathered() {
  return (await Promise.all(sites.map((site) => fixture.articles(site)))).flat();
}
function find(found: Awaited<ReturnType<typeof gathered>>, { urls }: ExpectedArticle) {
  return found.filter(({ post }) => urls.includes(post.url));
}

describe('a crawl of the campus', () => {
  it('gathers every article once, from its home pages alone', async () => {
    const runs = await crawlAll();
    const found = await gathered();
    for (const article of campus.expected.articles) {
      const [one, ...more] = find(found, article);
      expect(more).toEqual([]);
      expect(one?.text.title).toBe(article.title);
      expect(bare(one?.text.text ?? '')).toContain(bare(article.textStart));
      if (article.publishedAt !== null) expect(one?.post.publishedAt).toBe(article.publishedAt);
    }
    expect(runs.map(({ state, note }) => [state, note])).toEqual([
      ['finished', null],
      ['finished', null],
    ]);
    expect(runs.reduce((sum, { created }) => sum + created, 0)).toBe(found.length);
    const due = await fixture.stores.posts.listDue(fixture.clock.now(), 1000);
    expect(due.length).toBe(found.length);
    expect((await fixture.queue.counts('judge')).waiting).toBe(found.length);
  });

  it('never leaves the sites, and writes down what it refused or did not know', async () => {
    const runs = await crawlAll();
    const hosts = sites.flatMap(({ allow }) => allow.map(({ host }) => host));
    expect(campus.requests().every(({ path }) => path.startsWith('/'))).toBe(true);
    const away = campus.oddUrl('vsb', 'redirect-away');
    if (away !== null) {
      const [vsb] = sites;
      if (vsb === undefined) throw new Error('no site');
      const page = await fixture.page(vsb, away);
      expect(page).toMatchObject({
        state: 'refused',
        error: expect.stringContaining('www.example.edu is not on'),
      });
    }
    expect(hosts).toHaveLength(2);
    expect(runs.reduce((sum, { failed }) => sum + failed, 0)).toBeGreaterThan(0);
  });

  it('takes only what is new in a later run, and keeps an edit as a new version', async () => {
    await crawlAll();
    const before = campus.requests().length;
    const count = (await gathered()).length;
    const [edited] = campus.expected.articles;
    if (edited === undefined) throw new Error('the campus is empty');
    campus.control.editArticle(edited.key);
    const published = campus.control.publish(2);
    fixture.clock.advance(dayMs * 1.2);
    const runs = await crawlAll();
    expect(runs.reduce((sum, { created }) => sum + created, 0)).toBe(published.length);
    expect((await gathered()).length).toBe(count + published.length);
    fixture.clock.advance(dayMs * 40);
    const later = await crawlAll();
    const editedRuns = [...runs, ...later].reduce((sum, run) => sum + run.edited, 0);
    expect(editedRuns).toBe(1);
    const [post] = find(await gathered(), edited);
    expect(post?.post).toMatchObject({ textVersion: 2, marks: ['source-edited'] });
    expect(campus.requests().length).toBeGreaterThan(before);
  });

  it('marks an article as deleted when two runs have missed it, and keeps its text', async () => {
    await crawlAll();
    const [article] = campus.expected.articles;
    if (article === undefined) throw new Error('the campus is empty');
    campus.control.deleteArticle(article.key);
    fixture.clock.advance(dayMs * 40);
    await crawlAll();
    expect(find(await gathered(), article)[0]?.post.marks).toEqual([]);
    fixture.clock.advance(dayMs * 3);
    const runs = await crawlAll();
    expect(find(await gathered(), article)[0]?.post.marks).toEqual(['source-deleted']);
    expect(runs.reduce((sum, { gone }) => sum + gone, 0)).toBeGreaterThan(0);
  });

  it('keeps what it has when a page breaks or hangs', async () => {
    await crawlAll();
    const before = await gathered();
    const [broken, hanging] = campus.expected.articles;
    if (broken === undefined || hanging === undefined) throw new Error('the campus is empty');
    campus.control.breakPage(broken.key);
    campus.control.hangPage(hanging.key);
    fixture.clock.advance(dayMs * 40);
    const runs = await crawlAll();
    expect(runs.every(({ state }) => state === 'finished')).toBe(true);
    expect((await gathered()).map(({ post }) => [post.id, post.textVersion])).toEqual(
      before.map(({ post }) => [post.id, post.textVersion]),
    );
    expect(runs.reduce((sum, { failed, unknown }) => sum + failed + unknown, 0)).toBeGreaterThan(1);
  });
});
