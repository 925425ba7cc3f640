import type { BriefLineView } from '../../../review-api/contract/briefs.ts';
import type { ChannelView } from '../../../review-api/contract/channel.ts';
import type { RuleView } from '../../../review-api/contract/rule.ts';
import { t } from '../i18n/t.ts';

/** What channels, rules and briefs are called on the screen; on paper they keep their Chinese names. */
export const channelStateNames: Record<ChannelView['state'], string> = {
  'not-connected': t('kind-names.channelStateNotConnected'),
  trial: t('kind-names.channelStateTrial'),
  live: t('kind-names.channelStateLive'),
  paused: t('kind-names.channelStatePaused'),
  deregistered: t('kind-names.channelStateDeregistered'),
};

export const channelKindNames: Record<ChannelView['kind'], string> = {
  site: t('kind-names.channelKindSite'),
  weibo: t('kind-names.channelKindWeibo'),
  wechat: t('kind-names.channelKindWechat'),
  feed: t('kind-names.channelKindFeed'),
  manual: t('kind-names.channelKindManual'),
};

/** Platforms that are registered and not crawled; another name may be written out. */
export const platformNames: Readonly<Record<string, string>> = {
  'wechat-video': t('kind-names.platformWechatVideo'),
  douyin: t('kind-names.platformDouyin'),
  bilibili: t('kind-names.platformBilibili'),
  kuaishou: t('kind-names.platformKuaishou'),
  xiaohongshu: t('kind-names.platformXiaohongshu'),
  toutiao: t('kind-names.platformToutiao'),
  app: t('kind-names.platformApp'),
  led: t('kind-names.platformLed'),
  newspaper: t('kind-names.platformNewspaper'),
  radio: t('kind-names.platformRadio'),
  board: t('kind-names.platformBoard'),
};

export const ruleStateNames: Record<RuleView['state'], string> = {
  draft: t('kind-names.ruleStateDraft'),
  shadow: t('kind-names.ruleStateShadow'),
  live: t('kind-names.ruleStateLive'),
  retired: t('kind-names.ruleStateRetired'),
};

export const briefKindNames: Record<BriefLineView['kind'], string> = {
  morning: t('kind-names.briefMorning'),
  daily: t('kind-names.briefDaily'),
  weekly: t('kind-names.briefWeekly'),
  monthly: t('kind-names.briefMonthly'),
  special: t('kind-names.briefSpecial'),
};
