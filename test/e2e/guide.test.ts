import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { runCrawl } from '../../crawlers/run-crawl.ts';
import { MemoryQueue } from '../../pipeline/adapters/memory-queue.ts';
import { SiteChannel, Unit } from '../../pipeline/domain/channel.ts';
import { type Campus, startCampus } from '../campus/campus.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { saveSetting } from '../harness/draft-scene.ts';
import { type Office, openOffice } from '../harness/office.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  openStage,
  phone,
  type Stage,
  signIn,
} from './workbench-scene.ts';

/** Reads what was registered, as the worker does when it is due; at a pace for tests. */
async function readSite({ stores, deps, clock }: Office): Promise<void> {
  const channels = (await stores.settings.read()).channels;
  const site = SiteChannel.parse({
    ...channels.find(({ kind }) => kind === 'site'),
    requestsPerMinute: 6000,
  });
  const queue = new MemoryQueue();
  const egress = openEgress({ clock });
  await runCrawl({ stores, blobs: deps.blobs, queue, clock, egress }, site);
  await egress.close();
  await queue.close();
}

describe.skipIf(skipsBrowserTests())('the first hour of a new office', { timeout: 120_000 }, () => {
  let stage: Stage;
  let office: Office;
  let campus: Campus;
  beforeAll(async () => {
    stage = await openStage();
    office = await openOffice({ webFolder: stage.webFolder });
    await saveSetting(office, 'units', [Unit.parse({ id: 'publicity', name: '党委宣传部' })]);
    const now = () => new Date(office.clock.now());
    campus = await startCampus({ today: now(), now });
  });
  afterAll(async () => {
    await campus?.close();
    await office?.close();
    await stage?.close();
  });

  it('leads from the address of the home page to the first articles, and the rest may wait', async () => {
    const login = await office.hire(['director']);
    const { page, complaints } = await stage.openScreen(office.url, desk, true);
    await signIn(page, login);
    const address = page.getByLabel('学校官网的首页网址');
    await address.waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await address.fill('不是 网址');
    await page.getByRole('button', { name: '看看这个网站' }).click();
    await page.getByRole('alert').getByText('请填写一个网址').waitFor();
    await address.fill(campus.vsb.url);
    office.clock.advance(31 * 60_000);
    await page.getByRole('button', { name: '看看这个网站' }).click();
    await page.getByText('登录已过期').waitFor();
    await signIn(page, login);
    await expect.poll(() => address.inputValue()).toBe(campus.vsb.url);

    await page.getByRole('button', { name: '看看这个网站' }).click();
    await page.getByRole('heading', { name: /的网站吗/ }).waitFor({ timeout: 60_000 });
    expect(await findBarriers(page)).toEqual([]);
    await page.setViewportSize(phone);
    expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize(desk);
    expect(await office.stores.ledger.listRuns('site', 1)).toEqual([]);
    await page.getByRole('button', { name: '登记这个网站，开始读' }).click();
    await page.getByText('几秒钟后开始读').waitFor();

    await readSite(office);
    await page.getByText('最近一遍已读完').waitFor();
    const arrived = page.getByRole('region', { name: '学校官网' }).getByRole('listitem');
    await expect.poll(() => arrived.count()).toBe(8);
    expect(new Set(await arrived.allTextContents()).size).toBe(8);
    await page.getByRole('button', { name: '先跳过 平台账号的登录凭证' }).click();
    await page.getByRole('button', { name: '接着做 平台账号的登录凭证' }).waitFor();
    for (const size of [phone, desk]) {
      await page.setViewportSize(size);
      expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
      expect(await findBarriers(page)).toEqual([]);
    }
    await page.reload();
    await page.getByText('最近一遍已读完').waitFor();
    await page.getByRole('button', { name: '接着做 平台账号的登录凭证' }).waitFor();
    expect(complaints.filter((line) => !/status of 40[01]/.test(line))).toEqual([]);
  });

  it('keeps what was typed into a form through the end of a session, and gives it to nobody else', async () => {
    const [admin, other] = [await office.hire(['account-admin']), await office.hire(['account-admin'])];
    const { page } = await stage.openScreen(office.url, desk);
    await signIn(page, admin);
    await page.getByRole('button', { name: '退出', exact: true }).waitFor();
    const begin = async () => {
      await page.goto(`${office.url}/#/people`);
      await page.getByRole('button', { name: '新增人员' }).click();
    };
    await begin();
    const field = page.getByLabel('账号', { exact: false }).first();
    await field.fill('wangfang');
    office.clock.advance(31 * 60_000);
    await page.getByRole('button', { name: '建立账号' }).click();
    await page.getByText('登录已过期').waitFor();
    await signIn(page, admin);
    await begin();
    await expect.poll(() => field.inputValue()).toBe('wangfang');
    office.clock.advance(31 * 60_000);
    await page.getByRole('button', { name: '建立账号' }).click();
    await page.getByText('登录已过期').waitFor();
    await signIn(page, other);
    await begin();
    await expect.poll(() => field.inputValue()).toBe('');
  });
});
