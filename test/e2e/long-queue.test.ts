import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGathered, buildQueuedVerdict } from '../builders/post.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { fileCase } from '../harness/office-cases.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  openStage,
  phone,
  type Scene,
  type Stage,
} from './workbench-scene.ts';

const many = 10_000;
const batch = 500;

/** Judged and queued a batch at a time, as the worker does it. */
async function fileMany({ office }: Scene): Promise<void> {
  const at = office.clock.now();
  for (let from = 0; from < many; from += batch) {
    const numbers = Array.from({ length: batch }, (_, index) => from + index);
    const posts = numbers.map((n) =>
      buildGathered({
        kind: 'comment',
        externalId: `long-${n}`,
        title: '',
        text: `第 ${n} 条留言：宿舍热水什么时候来`,
      }),
    );
    await office.stores.posts.storePosts(
      posts.map((post) => ({ post, snapshotHash: null })),
      at,
    );
    const judgements = posts.map((post, index) => ({
      postId: `${post.channelId}:comment:${post.externalId}`,
      textVersion: 1,
      verdict: buildQueuedVerdict({
        findings: [],
        risk: { score: 50 - ((from + index) * 40) / many, level: 'watch', parts: {} },
      }),
      tokens: [],
      caseId: office.clock.newId(),
    }));
    await office.stores.posts.storeJudgements(judgements, at);
  }
}

describe.skipIf(skipsBrowserTests())('a queue of ten thousand', { timeout: 180_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
    scene = await stage.openScene();
    await fileMany(scene);
  }, 180_000);
  afterAll(async () => {
    await scene?.close();
    await stage?.close();
  });

  it('holds a screenful of rows, asks for a page at a time, and keeps its place when something comes in', async () => {
    const { page, complaints } = await scene.seat(desk, 'reviewer');
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/')) asked.push(`${request.method()} ${pathname}`);
    });
    const pagesAsked = () => asked.filter((one) => one === 'GET /api/cases').length;
    const rows = page.locator('.list .row');
    await page.getByText('已载入 50 条，共 10000 条').waitFor();
    expect(await rows.count()).toBeLessThan(30);
    const first = page.locator('.list li').first();
    expect(await first.getAttribute('aria-setsize')).toBe(String(many));
    expect(await first.getAttribute('aria-posinset')).toBe('1');
    expect(await findBarriers(page)).toEqual([]);

    // Down by keyboard across the end of a page, and by scrolling: a question a page, whatever the number of rows.
    for (const loaded of [100, 150, 200, 250, 300]) {
      await page.locator('.list').evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
      await page.getByText(`已载入 ${loaded} 条`).waitFor();
    }
    expect(pagesAsked()).toBe(5);
    expect(await rows.count()).toBeLessThan(30);

    // In the middle: what is read stays where it is while something riskier comes in at the top.
    await page.locator('.list').evaluate((list) => list.scrollTo({ top: 150 * 118 }));
    const topRow = () =>
      page.locator('.list').evaluate((list) => {
        const top = list.getBoundingClientRect().top;
        const row = [...list.querySelectorAll('.row')].find(
          (one) => one.getBoundingClientRect().bottom > top + 1,
        );
        return {
          text: row?.querySelector('.excerpt')?.textContent,
          at: Math.round((row?.getBoundingClientRect().top ?? 0) - top),
        };
      });
    await expect.poll(async () => (await topRow()).text).toMatch(/第 1[3-6]\d 条/);
    const before = await topRow();
    const atOnce = asked.length;
    const risk = { score: 90, level: 'urgent' as const, parts: {} };
    const { caseId } = await fileCase(
      scene.office,
      { kind: 'comment', title: '', text: '刚来的急件' },
      { risk },
    );
    scene.office.deps.announcer.announce({ topic: 'case.opened', subject: caseId });
    await page.getByText('共 10001 条').waitFor();
    await expect.poll(() => pagesAsked()).toBeGreaterThan(5);
    await expect.poll(topRow).toEqual(before);
    // The first page, what is seen, and the counts.
    expect(asked.length - atOnce).toBeLessThanOrEqual(5);
    await page.locator('.list').evaluate((list) => list.scrollTo({ top: 0 }));
    await page.getByRole('link', { name: /刚来的急件/ }).waitFor();

    // The keys go on past what is loaded.
    await page.getByRole('button', { name: '多选' }).click();
    await page.getByRole('button', { name: '全选（最多 200 条）' }).click();
    await page.getByText('已选 200 条').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.list').evaluate((list) => list.scrollTo({ top: list.scrollHeight }));
    await page.getByText('已载入 351 条').or(page.getByText('已载入 350 条')).waitFor();
    await rows.last().click();
    await page.locator('.list .row[aria-current]').waitFor();
    for (let step = 0; step < 3; step += 1) {
      const shown = await page.locator('.list .row[aria-current] .excerpt').textContent();
      await page.keyboard.press('j');
      await expect
        .poll(() => page.locator('.list .row[aria-current] .excerpt').textContent())
        .not.toBe(shown);
    }
    expect(await rows.count()).toBeLessThan(32);

    await page.setViewportSize(phone);
    await page.getByRole('button', { name: '列表' }).click();
    await rows.first().waitFor();
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    expect(await rows.count()).toBeLessThan(32);

    // A window made wide again shows its list at once, and what stands in it opens.
    await page.setViewportSize(desk);
    const name = await rows.nth(8).locator('.excerpt').textContent();
    await rows.nth(8).click();
    await expect.poll(() => page.locator('.list .row[aria-current] .excerpt').textContent()).toBe(name);
    expect(complaints).toEqual([]);
  });
});
