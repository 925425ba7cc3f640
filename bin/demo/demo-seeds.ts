import type { SeedBodies } from '../../pipeline/commands/import-seeds.ts';
import { Channel, Governance, Unit } from '../../pipeline/domain/channel.ts';
import type { Campus } from '../../test/campus/campus.ts';

export const demoChannels = {
  vsb: 'main-site',
  webplus: 'it-site',
  comments: 'weibo-comments',
  leads: 'leads',
} as const;

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

function siteChannel(id: string, name: string, unit: string, startUrls: readonly string[]): Channel {
  const hosts = [...new Set(startUrls.map((url) => new URL(url).host))];
  return Channel.parse({
    id,
    kind: 'site',
    name,
    unit,
    state: 'live',
    startUrls,
    allow: hosts.map((host) => ({ host })),
    privateAddress: true,
    everyMinutes: 5,
    requestsPerMinute: 6000,
  });
}

/** The settings of the invented school; its rules are those that come with the program. */
export function buildDemoSeeds(campus: Campus): Omit<SeedBodies, 'rules'> {
  const source = 'seed:demo';
  const channels = [
    siteChannel(demoChannels.vsb, '学校官网', 'publicity', campus.vsb.startUrls),
    siteChannel(demoChannels.webplus, '信息化与图书馆网站', 'it-centre', campus.webplus.startUrls),
    Channel.parse({
      id: demoChannels.comments,
      kind: 'manual',
      platform: 'weibo',
      name: '官方微博评论',
      unit: 'publicity',
    }),
    Channel.parse({
      id: demoChannels.leads,
      kind: 'manual',
      platform: 'lead',
      name: '人工线索',
      unit: 'publicity',
    }),
  ];
  const year = new Date().getUTCFullYear();
  const governance = Governance.parse({
    school: '沧澜师范学院',
    controller: '沧澜师范学院',
    independentReviewer: '沧澜师范学院纪检监察室',
    noticeUrl: `${campus.vsb.url}/notice.htm`,
    impactAssessment: { signedOn: `${year - 1}-09-01`, expiresOn: `${year + 1}-08-31` },
  });
  return {
    units: { source, body: units.map(([id, name, topics]) => Unit.parse({ id, name, topics })) },
    channels: { source, body: channels },
    governance: { source, body: governance },
  };
}
