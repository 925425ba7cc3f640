import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSeeds } from '../../config/seeds.ts';
import { openEgress } from '../../crawlers/fetch/egress.ts';
import { buildListHtml, buildRows } from '../../test/builders/site-pages.ts';
import { startCampus } from '../../test/campus/campus.ts';
import { SiteServer } from '../../test/harness/site-server.ts';
import { buildInitCommand } from './init.ts';

const clock = { now: () => '2026-11-22T04:00:00.000Z' };
let folder: string;
let site: SiteServer;
let subSite: SiteServer;
let printed: string[];
let said: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-init-'));
  [printed, said] = [[], []];
  subSite = await SiteServer.start();
  site = await SiteServer.start();
  const page = (title: string, body: string) => ({
    body: `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title>
<link rel="alternate" type="application/rss+xml" title="校园新闻 RSS" href="/rss.xml"></head><body>${body}</body></html>`,
  });
  site.set(
    '/',
    page(
      '首页 - 沧澜大学',
      `<div class="nav"><a href="/tzgg.htm">通知公告</a><a href="/jgsz.htm">机构设置</a><a href="/gone.htm">旧栏目</a><a href="/about.htm">学校简介</a></div>
<div class="foot"><a href="https://weibo.com/u/1234567890">官方微博</a><a href="https://weibo.com/canglan2">招生微博</a>
<a href="https://mp.weixin.qq.com/s?__biz=MzA3NDUxOTk2Nw==&mid=1&idx=1&sn=a#rd">微信: "推文" # 一</a><a href="https://space.bilibili.com/12345">B站</a>
<a href="https://service.weibo.com/share/share.php?url=x">分享</a><a href="${subSite.url('/')}">教务处</a></div>`,
    ),
  );
  site.set('/tzgg.htm', { body: buildListHtml(buildRows(1, 5)) });
  site.set('/about.htm', page('学校简介', '<p>沧澜大学建于一九五八年。</p>'));
  site.set(
    '/jgsz.htm',
    page(
      '机构设置',
      `<ul><li><a href="${subSite.url('/')}">教务处</a></li><li><a href="/xcb.htm">党委宣传部</a></li><li><a href="/bwc.htm">保卫处</a></li><li><a href="/jsj.htm">计算机学院</a></li></ul>`,
    ),
  );
});
afterEach(async () => {
  process.exitCode = 0;
  await Promise.all([site.close(), subSite.close()]);
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]): Promise<void> {
  const terminal = {
    readInput: async () => '',
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  // A reader's pace of sixty a minute is for the network; here nobody sleeps.
  let nowMs = 0;
  const sleep = async (delayMs: number) => {
    nowMs += delayMs;
  };
  const timing = { nowMs: () => nowMs, sleep };
  const openContext = () => ({ egress: openEgress({ clock, timing }), clock });
  await buildInitCommand(openContext, terminal).parseAsync(args, { from: 'user' });
}

describe('guanlan init', () => {
  it('proposes the site with its columns, sub-sites, units, feeds and accounts, in files that can be read', async () => {
    await run(site.url('/'), '--out', folder, '--private-address');
    const { channels, units } = readSeeds(folder, folder);
    const byId = new Map(channels.body.map((channel) => [channel.id, channel]));
    expect([...byId.keys()]).toEqual([
      'main-site',
      `site-${subSite.port}`,
      'feed',
      'weibo',
      'wechat',
      'bilibili',
    ]);
    expect(byId.get('main-site')).toMatchObject({
      name: '沧澜大学官网',
      startUrls: [site.url('/'), site.url('/tzgg.htm')],
      allow: [{ host: site.host, paths: ['/'] }],
    });
    expect(byId.get(`site-${subSite.port}`)).toMatchObject({ name: '教务处', unit: `site-${subSite.port}` });
    expect(byId.get('weibo')).toMatchObject({ kind: 'weibo', uid: '1234567890' });
    expect(byId.get('wechat')).toMatchObject({ kind: 'wechat', biz: 'MzA3NDUxOTk2Nw==' });
    expect(byId.get('feed')).toMatchObject({ feed: { from: 'own', url: site.url('/rss.xml') } });
    expect(byId.get('bilibili')).toMatchObject({ kind: 'manual', platform: 'B站' });
    expect(new Set(channels.body.map(({ state }) => state))).toEqual(new Set(['not-connected']));
    expect(units.body.map(({ id, name }) => [id, name])).toEqual([
      [`site-${subSite.port}`, '教务处'],
      ['dwxcb', '党委宣传部'],
      ['bwc', '保卫处'],
      ['jsjxy', '计算机学院'],
    ]);
    expect(byId.get('main-site')?.unit).toBe('dwxcb');
    const text = readFileSync(join(folder, 'channels.yaml'), 'utf8');
    expect(text).toContain(`${site.url('/tzgg.htm')} # 通知公告`);
    expect(text).toMatch(/# Seen as https:\/\/weibo\.com\/u\/1234567890\. Is it the school's own account\?/);
    expect(text).toMatch(/# - 微博: https:\/\/weibo\.com\/canglan2 \(open it and take the number/);
    expect(text).toMatch(/# - Not read: .*gone\.htm \(the server answers with status 404\)/);
  });

  it('reads its own host alone, one level deep', async () => {
    await run(site.url('/'), '--private-address', '--pages', '2');
    expect(subSite.requests).toEqual([]);
    const pages = site.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');
    expect(pages).toEqual(['/', '/jgsz.htm', '/tzgg.htm']);
    expect(printed.join('\n')).toContain('further links of the home page were not looked at (--pages)');
    expect(printed.join('\n')).toMatch(/--- # units\.yaml[\s\S]*name: 党委宣传部/);
  });

  it('writes over nothing unless told, and asks for nothing before it knows', async () => {
    const file = join(folder, 'mine.yaml');
    await run(site.url('/'), '--out', file, '--private-address');
    site.requests.length = 0;
    const before = readFileSync(file, 'utf8');
    await expect(run(site.url('/'), '--out', file, '--private-address')).rejects.toThrow(
      /is there already; --force/,
    );
    expect([site.requests.length, readFileSync(file, 'utf8')]).toEqual([0, before]);
    await run(site.url('/'), '--out', file, '--private-address', '--force');
  });

  it('says why a home page cannot be read', async () => {
    await expect(run(site.url('/'))).rejects.toThrow(/private or reserved address/);
    site.set('/', { status: 403 });
    await expect(run(site.url('/'), '--private-address')).rejects.toThrow('status 403');
  });

  it('proposes the simulated school’s sites with all their columns', async () => {
    const campus = await startCampus({ today: new Date('2026-11-22T04:00:00.000Z') });
    try {
      for (const [name, { url, startUrls }] of Object.entries({ vsb: campus.vsb, webplus: campus.webplus })) {
        const out = join(folder, name);
        await run(`${url}/`, '--out', out, '--private-address');
        const [main] = readSeeds(out, out).channels.body;
        const found = new Set(
          main?.kind === 'site' ? main.startUrls.map((one) => new URL(one).pathname) : [],
        );
        const columns = startUrls.slice(1).map((one) => new URL(one).pathname);
        expect(
          columns.filter((path) => !found.has(path)),
          name,
        ).toEqual([]);
        expect(main?.name).toContain('沧澜');
      }
    } finally {
      await campus.close();
    }
  });
});
