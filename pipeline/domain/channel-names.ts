import type { Channel, ChannelState } from './channel.ts';

/** As staff read them, on screens and in the exported register. */
export const channelStateNames: Readonly<Record<ChannelState, string>> = {
  'not-connected': '未接入',
  trial: '试运行',
  live: '启用',
  paused: '停更',
  deregistered: '注销',
};

const kindNames: Readonly<Record<Channel['kind'], string>> = {
  site: '网站',
  weibo: '微博',
  wechat: '微信公众号',
  feed: '订阅源',
  manual: '人工登记',
};

/** Platforms that are registered and not crawled; another name may be written out. */
export const platformNames: Readonly<Record<string, string>> = {
  'wechat-video': '微信视频号',
  douyin: '抖音',
  bilibili: 'B 站',
  kuaishou: '快手',
  xiaohongshu: '小红书',
  toutiao: '今日头条',
  app: '移动应用',
  led: 'LED 屏',
  newspaper: '校报',
  radio: '校园广播',
  board: '宣传栏',
};

export function channelKindName(kind: Channel['kind']): string {
  return kindNames[kind];
}

/** Where a channel stands: its platform, or what kind of channel it is. */
export function platformName(kind: Channel['kind'], platform: string | null): string {
  return platform === null ? kindNames[kind] : (platformNames[platform] ?? platform);
}
