import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Channel } from '../../pipeline/domain/channel.ts';
import { emptyChange, type Topic, type TopicMember } from '../../pipeline/domain/topic.ts';
import type { TemplatesView } from '../../review-api/contract/briefs.ts';
import type { CalendarView } from '../../review-api/contract/bursts.ts';
import { buildBurst } from '../builders/burst.ts';
import { skipsBrowserTests } from '../harness/browser.ts';
import { say } from '../harness/topic-scene.ts';
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

const hourMs = 3_600_000;

describe.skipIf(skipsBrowserTests())('topics, bursts and the calendar', { timeout: 120_000 }, () => {
  let stage: Stage;
  let scene: Scene;
  beforeAll(async () => {
    stage = await openStage();
    scene = await stage.openScene();
  });
  afterAll(async () => {
    await scene?.close();
    await stage?.close();
  });

  /** A topic of three comments of the last hours, and an open wave. */
  async function prepare() {
    const { office } = scene;
    const now = office.clock.now();
    const site = { id: 'main-site', name: '学校主页', kind: 'site', unit: 'publicity', state: 'live' };
    const places = { startUrls: ['https://www.canglan.example/'], allow: [{ host: 'www.canglan.example' }] };
    await office.stores.settings.save('channels', [Channel.parse({ ...site, ...places })], {
      expectedVersion: await office.stores.settings.readVersion(),
      ...{ actorId: null, source: 'test', at: now, id: office.clock.newId() },
    });
    const members: TopicMember[] = [];
    for (const hour of [1, 2, 3]) {
      const at = new Date(Date.parse(now) - hour * hourMs).toISOString();
      const postId = await say(office, { externalId: `w-${hour}`, text: `停水了 ${hour}`, publishedAt: at });
      const stands = { at, channelId: 'main-site', speaker: 'public' as const, rootId: null };
      members.push({ postId, topicId: 'water', unitId: postId, isPinned: false, ...stands });
    }
    const topic: Topic = {
      ...{ id: 'water', version: 1, name: '停水', namedBy: 'machine', state: 'active' },
      ...{ isDismissed: false, mergedInto: null, apartFrom: [], splitFrom: null, isJoined: false },
      ...{ firstSeenAt: members[2]?.at ?? now, noticedAt: now, lastItemAt: members[0]?.at ?? now },
      ...{ units: 3, phrases: [{ phrase: '停水', items: 3 }] },
    };
    await office.stores.topics.write({
      change: { ...emptyChange(), topics: [topic], members },
      expectedVersion: 0,
    });
    const hour = (ago: number) => new Date(Date.parse(now) + (8 - ago) * hourMs).toISOString().slice(0, 13);
    const burst = buildBurst({ from: hour(5), last: hour(2), peakHour: hour(4), noticedAt: now });
    await office.stores.bursts.record({ burst, expectedVersion: null, tell: true, at: now });
  }

  it('are read, put in order and answered by the analyst, at both sizes', async () => {
    await prepare();
    const { office } = scene;
    const { page, complaints } = await scene.open(desk);
    await signIn(page, await office.hire(['analyst']));
    await page.getByRole('button', { name: '退出' }).waitFor();
    const look = async () => {
      for (const size of [desk, phone]) {
        await page.setViewportSize(size);
        expect(await findBarriers(page)).toEqual([]);
        expect(await findSidewaysScroll(page)).toBeLessThanOrEqual(0);
      }
      expect(await findSmallTargets(page)).toEqual([]);
      await page.setViewportSize(desk);
    };

    await page.goto(`${office.url}/#/topics?days=30`);
    await page.getByText('数量太少，不作比较').or(page.getByText('不作比较')).first().waitFor();
    await look();
    await page.getByRole('link', { name: '停水' }).click();
    await page
      .getByRole('link', { name: /^检索正文/ })
      .first()
      .waitFor();
    await look();
    await page.getByLabel('新名称').fill('宿舍停水');
    await page.getByLabel('理由').fill('说得更清楚');
    await page.getByRole('button', { name: '改名' }).click();
    await page.getByRole('heading', { name: '宿舍停水' }).waitFor();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('heading', { name: '停水', exact: true }).waitFor();
    expect(await page.getByText('说得更清楚').count()).toBe(1);
    await page.getByRole('link', { name: '← 全部话题' }).click();
    await expect.poll(() => page.url()).toContain('days=30');

    await page.goto(`${office.url}/#/topics?tab=phrases`);
    await page.getByText(/期内读到/).waitFor();
    await look();

    await page.goto(`${office.url}/#/bursts`);
    await page.getByRole('heading', { level: 2 }).getByRole('link').first().click();
    await page.getByText(/有多确定/).waitFor();
    await look();
    await page.getByLabel('这不是异常增长，因为').selectOption({ label: '校历上的正常活动' });
    await page.getByRole('button', { name: '排除' }).and(page.locator('[type=submit]')).click();
    await page.getByText(/已排除：校历上的正常活动/).waitFor();
    await page.getByRole('button', { name: '撤销排除' }).click();
    await page.getByLabel('这不是异常增长，因为').waitFor();

    await page.goto(`${office.url}/#/calendar`);
    const before = await page.getByLabel('名称').count();
    await page.getByRole('button', { name: '增加一项' }).click();
    await page.keyboard.type('校庆');
    await look();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('校历已保存。').waitFor();
    await page.getByRole('button', { name: '撤销这次保存' }).click();
    await page.getByText('已恢复为上次保存前的校历。').waitFor();
    expect(await page.getByLabel('名称').count()).toBe(before);

    // A colleague saves meanwhile: both are shown, and nothing is saved before one has chosen.
    await page.getByRole('button', { name: '增加一项' }).click();
    await page.keyboard.type('运动会');
    const colleague = await office.visitAs('director');
    const theirs = async () => (await colleague.get('/api/calendar')).json as CalendarView;
    const { calendar, version } = await theirs();
    const daysOff = [{ name: '校庆', from: '2026-12-01' }];
    await colleague.post('/api/calendar', { calendar: { ...calendar, daysOff }, seenVersion: version });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const clash = page.getByRole('alert', { name: '同事在您编辑时保存了校历。' });
    await clash.getByText(/校庆/).waitFor();
    await clash.getByText(/运动会/).waitFor();
    expect(await page.getByRole('button', { name: '保存', exact: true }).isDisabled()).toBe(true);
    await look();
    await clash.getByRole('button', { name: /^用我的/ }).click();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('校历已保存。').waitFor();
    expect((await theirs()).calendar.daysOff).toEqual([]);

    await page.goto(`${office.url}/#/briefs/templates?kind=weekly`);
    await page.getByLabel('标题', { exact: true }).fill('网络舆情一周');
    await look();
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('模板已保存，用于以后的简报。').waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('标题', { exact: true }).inputValue()).toBe('网络舆情一周');

    await page.getByLabel('页脚', { exact: true }).fill('我写的页脚');
    const set = (await colleague.get('/api/brief-templates')).json as TemplatesView;
    const { templates } = set;
    templates.kinds.weekly.footer = '同事写的页脚';
    await colleague.post('/api/brief-templates', { templates, seenVersion: set.version });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    const both = page.getByRole('alert', { name: '同事在您编辑时保存了模板。' });
    await both.getByText(/我写的页脚/).waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await both.getByRole('button', { name: '用同事的' }).click();
    await expect.poll(() => page.getByLabel('页脚', { exact: true }).inputValue()).toBe('同事写的页脚');
    expect(complaints.filter((one) => !one.includes('status of 409'))).toEqual([]);
  });
});
