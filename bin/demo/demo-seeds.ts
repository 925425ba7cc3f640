import type { SeedBodies } from '../../pipeline/commands/import-seeds.ts';
import {
  Channel,
  FeedChannel,
  Governance,
  SiteChannel,
  Unit,
  WechatChannel,
  WeiboChannel,
} from '../../pipeline/domain/channel.ts';
import { SchoolCalendar } from '../../pipeline/domain/school-calendar.ts';
import type { Campus } from '../../test/campus/campus.ts';
import { demoAuthority } from './demo-authority.ts';
import { buildManualChannels, registered } from './demo-register.ts';
import { demoRouting } from './demo-routing.ts';

const units: [id: string, name: string, topics: string[]][] = [
  ['publicity', '党委宣传部', ['other']],
  ['logistics', '后勤处', ['canteen', 'dormitory', 'logistics']],
  ['finance', '计划财务处', ['fees']],
  ['teaching', '教务处', ['teaching']],
  ['students', '学生工作处', []],
  ['it-centre', '现代教育技术中心', ['network']],
  ['library', '图书馆', ['library']],
  ['clinic', '校医院', ['medical']],
  ['security', '保卫处', ['security']],
  ['admissions', '招生就业处', ['admission-employment']],
];

/** Somebody watches: what happens at the campus is to be seen within minutes. */
const live = { state: 'live', everyMinutes: 5, requestsPerMinute: 6000 } as const;

function buildSite(
  facts: { id: string; name: string; unit: string },
  startUrls: readonly string[],
): SiteChannel {
  const hosts = [...new Set(startUrls.map((url) => new URL(url).host))];
  const allow = hosts.map((host) => ({ host }));
  return SiteChannel.parse({
    ...{ ...live, ...facts, kind: 'site', startUrls, allow },
    privateAddress: true,
  });
}

function buildDemoWeibo({ weibo }: Campus): WeiboChannel {
  return WeiboChannel.parse({
    ...{ ...live, ...registered.weibo, id: 'weibo', kind: 'weibo', name: '官方微博', unit: 'publicity' },
    ...{ uid: weibo.uid, door: 'mobile' },
  });
}

function buildDemoWechat({ wechat: { biz, appId } }: Campus): WechatChannel {
  return WechatChannel.parse({
    ...{ ...live, ...registered.wechat, id: 'wechat', kind: 'wechat', name: '官方公众号', unit: 'publicity' },
    ...{ biz, appId, sendsDrafts: true },
  });
}

function buildDemoVideos({ feeds: { url: instance, hub } }: Campus): FeedChannel {
  const route = '/bilibili/user/video/:id';
  return FeedChannel.parse({
    ...{
      ...live,
      ...registered.videos,
      id: 'videos',
      kind: 'feed',
      name: '官方视频号',
      unit: 'publicity',
      privateAddress: true,
    },
    feed: { from: 'rsshub', instance, route, accountId: hub.videoAccount },
  });
}

/** The channels that are crawled, in the order in which the demo reads them first. */
export function buildDemoChannels(campus: Campus) {
  return {
    vsb: buildSite(
      { id: 'main-site', name: '学校官网', unit: 'publicity', ...registered.vsb },
      campus.vsb.startUrls,
    ),
    webplus: buildSite(
      { id: 'it-site', name: '信息化与图书馆网站', unit: 'it-centre', ...registered.webplus },
      campus.webplus.startUrls,
    ),
    weibo: buildDemoWeibo(campus),
    wechat: buildDemoWechat(campus),
    videos: buildDemoVideos(campus),
  };
}

export type DemoChannels = ReturnType<typeof buildDemoChannels>;

/** The school year that stands now, and what goes on in it. */
function buildDemoCalendar(): SchoolCalendar {
  const today = new Date();
  const first = today.getUTCMonth() < 7 ? today.getUTCFullYear() - 1 : today.getUTCFullYear();
  const [year, next] = [`${first}—${first + 1}学年`, first + 1];
  return SchoolCalendar.parse({
    periods: [
      { name: '暑假', kind: 'vacation', from: `${first}-07-11`, to: `${first}-08-30` },
      { name: '新生报到', kind: 'opening', from: `${first}-08-31`, to: `${first}-09-02` },
      { name: `${year}第一学期`, kind: 'term', from: `${first}-08-31`, to: `${next}-01-15` },
      { name: '第一学期期末考试', kind: 'exam', from: `${next}-01-04`, to: `${next}-01-15` },
      { name: '寒假', kind: 'vacation', from: `${next}-01-16`, to: `${next}-02-26` },
      { name: `${year}第二学期`, kind: 'term', from: `${next}-03-01`, to: `${next}-07-09` },
      { name: '本科招生咨询', kind: 'admission', from: `${next}-06-08`, to: `${next}-07-05` },
      { name: '毕业典礼', kind: 'graduation', from: `${next}-06-18`, to: `${next}-06-20` },
    ],
  });
}

/** The settings of the invented school; its rules and the like are those that come with the program. */
export function buildDemoSeeds(
  campus: Campus,
  channels: readonly Channel[],
): Pick<SeedBodies, 'units' | 'channels' | 'governance' | 'routing' | 'authority' | 'calendar'> {
  const source = 'seed:demo';
  const year = new Date().getUTCFullYear();
  const governance = Governance.parse({
    school: '沧澜师范学院',
    controller: '沧澜师范学院',
    independentReviewer: '沧澜师范学院纪检监察室',
    contact: {
      phone: '0317-0000000',
      email: 'yijian@canglan.example',
      post: '沧澜市学府路 1 号，沧澜师范学院党委宣传部',
    },
    noticeUrl: `${campus.vsb.url}/notice.htm`,
    impactAssessment: { signedOn: `${year - 1}-09-01`, expiresOn: `${year + 1}-08-31` },
  });
  return {
    units: { source, body: units.map(([id, name, topics]) => Unit.parse({ id, name, topics })) },
    channels: {
      source,
      body: [...channels.map((channel) => Channel.parse(channel)), ...buildManualChannels()],
    },
    governance: { source, body: governance },
    routing: { source, body: demoRouting },
    authority: demoAuthority,
    calendar: { source, body: buildDemoCalendar() },
  };
}
