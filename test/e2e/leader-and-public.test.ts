import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { skipsBrowserTests } from '../harness/browser.ts';
import {
  desk,
  findBarriers,
  findSidewaysScroll,
  findSmallTargets,
  openStage,
  phone,
  type Scene,
  type Stage,
  signIn,
} from './workbench-scene.ts';

describe.skipIf(skipsBrowserTests())(
  'the leader’s page and the pages for everybody',
  { timeout: 60_000 },
  () => {
    let stage: Stage;
    let scene: Scene;
    beforeAll(async () => {
      stage = await openStage();
    });
    afterAll(() => stage?.close());
    beforeEach(async () => {
      scene = await stage.openScene();
    });
    afterEach(() => scene.close());

    it('begins a leader’s day, who gives an instruction in two taps and takes it back', async () => {
      const { office } = scene;
      const director = await office.visitAs('director');
      const words = { version: 0, gist: '宿舍报修近期反映较多。', nextStep: '后勤处逐楼排查。' };
      const saved = await director.post('/api/cards/topic:dormitory', { commandId: randomUUID(), ...words });
      expect(saved.status, saved.text).toBe(200);

      const { page, complaints } = await scene.open(phone);
      await signIn(page, await office.hire(['leader']));
      await page.getByRole('heading', { name: /^今日/, level: 1 }).waitFor();
      await page.getByText('还没有签发的简报').waitFor();
      await page.getByText('没有待您办理的稿件。').waitFor();
      await page.getByRole('button', { name: '批示：宿舍报修近期反映较多。' }).click();
      expect(await findBarriers(page)).toEqual([]);
      expect(await findSmallTargets(page)).toEqual([]);
      expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);

      await page.getByLabel('自己写').fill('请先把供暖修好。');
      await page.goto(`${office.url}/#/drafts`);
      await page.getByRole('heading', { name: '稿件', level: 1 }).waitFor();
      await page.goto(`${office.url}/#/leader`);
      await expect.poll(() => page.getByLabel('自己写').inputValue()).toBe('请先把供暖修好。');
      await page.getByRole('button', { name: '请主管单位牵头解决' }).click();
      await page.getByText('已批示：请主管单位牵头解决').waitFor();
      const ordered = page.getByRole('region', { name: '批示—交办—反馈' });
      await ordered.getByRole('link', { name: '宿舍报修近期反映较多。' }).waitFor();
      await page.setViewportSize(desk);
      expect(await findBarriers(page)).toEqual([]);
      await page.getByRole('button', { name: '撤回' }).click();
      await page.getByText('没有在办的批示。').waitFor();
      expect(complaints.filter((one) => !one.includes('status of 4'))).toEqual([]);
    });

    it('leads from the sign-in page to the form, which loses nothing when a send fails', async () => {
      const { page } = await scene.open(phone);
      await page.goto(scene.office.url);
      await page.getByRole('link', { name: '公开告知' }).waitFor();
      expect(await findSmallTargets(page)).toEqual([]);
      await page.goto(`${scene.office.url}/#/objection`);
      await page.getByRole('heading', { name: '异议与更正' }).waitFor();
      await page.goto(`${scene.office.url}/public/request`);
      await page.getByLabel('原话和大致时间').fill('食堂的汤咸了，昨天发的');
      await page.getByLabel('说明').fill('答复的不是我问的，请重新答复。');
      await page.context().setOffline(true);
      await page.getByRole('button', { name: '提交' }).click();
      await page.waitForURL('chrome-error://chromewebdata/');
      await page.context().setOffline(false);
      await page.goBack();
      await expect.poll(() => page.getByLabel('说明').inputValue()).toBe('答复的不是我问的，请重新答复。');

      await page.locator('#f-link').fill('https://weibo.com/u/1234567890');
      await page.getByRole('button', { name: '提交' }).click();
      await page.getByRole('alert').getByText('网址').waitFor();
      expect(await page.locator('#f-link').getAttribute('aria-describedby')).toBe('w-link');
      expect(await page.getByLabel('说明').inputValue()).toBe('答复的不是我问的，请重新答复。');
      expect(await findBarriers(page)).toEqual([]);
      await page.locator('#f-link').fill('');
      await page.getByRole('button', { name: '提交' }).click();
      await page.getByText('已收到。').waitFor();
      await page.getByText('凭编号和查询码').waitFor();
      expect(await findBarriers(page)).toEqual([]);
      expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);

      await page.goto(`${scene.office.url}/public/request?lang=en`);
      await page.getByRole('heading', { name: 'Objection and correction' }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
    });
  },
);
