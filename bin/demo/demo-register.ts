import { Channel } from '../../pipeline/domain/channel.ts';

const dayMs = 86_400_000;

function daysAgo(days: number): string {
  return new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);
}

/** What the register says of the crawled channels: all in order but for one that is due for its yearly review. */
export const registered = {
  vsb: {
    responsible: '网络宣传科',
    filing: { number: '沧教ICP备05001234号-1', filedOn: '2019-04-12' },
    reviewedOn: daysAgo(120),
  },
  webplus: {
    responsible: '信息服务科',
    filing: { number: '沧教ICP备05001234号-3', filedOn: '2020-09-01' },
    reviewedOn: daysAgo(150),
  },
  weibo: {
    responsible: '新媒体中心',
    account: '沧澜师范学院',
    filing: { number: '宣新媒〔2021〕01', filedOn: '2021-03-08' },
    reviewedOn: daysAgo(90),
  },
  wechat: {
    responsible: '新媒体中心',
    account: '沧澜师范学院',
    filing: { number: '宣新媒〔2021〕02', filedOn: '2021-03-08' },
    reviewedOn: daysAgo(90),
  },
  videos: {
    responsible: '新媒体中心',
    account: '沧澜师范学院',
    filing: { number: '宣新媒〔2022〕07', filedOn: '2022-10-20' },
    reviewedOn: daysAgo(371),
  },
} as const;

/** Registered and reviewed for, not crawled. */
export function buildManualChannels(): Channel[] {
  const manual = [
    {
      ...{ id: 'newspaper', platform: 'newspaper', name: '《沧澜师院报》', state: 'live' },
      account: '沧澜师院报编辑部',
      ...{ unit: 'publicity', filing: { number: '沧新出内1986-07', filedOn: '1986-07-01' } },
      reviewedOn: daysAgo(60),
    },
    {
      ...{ id: 'led', platform: 'led', name: '东门与图书馆 LED 屏', state: 'live' },
      ...{ unit: 'publicity', executor: 'security', reviewedOn: daysAgo(200) },
      account: '东门01、图书馆01',
      filing: { number: '宣屏〔2023〕02', filedOn: '2023-02-15' },
    },
    {
      ...{ id: 'douyin', platform: 'douyin', name: '官方抖音号', account: '沧澜师范学院' },
      ...{ unit: 'publicity', state: 'not-connected' },
    },
    {
      ...{
        id: 'old-club',
        platform: 'wechat',
        name: '“沧澜青年”公众号',
        unit: 'students',
        state: 'deregistered',
      },
      shutDown: { on: daysAgo(300), reason: '并入学校官方公众号' },
    },
  ];
  return manual.map((channel) => Channel.parse({ kind: 'manual', ...channel }));
}
