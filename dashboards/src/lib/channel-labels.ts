import type { ChannelView, GapView, WindowView } from '../../../review-api/contract/channel.ts';
import { t } from '../i18n/t.ts';
import { channelKindNames, platformNames } from './kind-names.ts';
import { formatDayAndClock } from './shanghai-time.ts';

export type ChannelState = ChannelView['state'];
type Run = NonNullable<ChannelView['lastRun']>;

export { channelStateNames as channelStateLabels, platformNames as platformLabels } from './kind-names.ts';

export function describeKind({ kind, platform }: Pick<ChannelView, 'kind' | 'platform'>): string {
  return platform === null ? channelKindNames[kind] : (platformNames[platform] ?? platform);
}

interface WindowWords {
  /** One character: told apart without colour. */
  sign: string;
  label: string;
}

export const windowWords: Record<WindowView['state'], WindowWords> = {
  complete: { sign: '✓', label: t('channels.complete') },
  quiet: { sign: '–', label: t('channels.quiet') },
  gap: { sign: '!', label: t('channels.hasGap') },
  filled: { sign: t('channels.filledSign'), label: t('channels.gapFilled') },
  open: { sign: '·', label: t('channels.windowOpen') },
};

interface GapWords {
  reason: string;
  /** Who must do what. */
  nextStep: string;
}

export const gapWords: Record<GapView['cause'], GapWords> = {
  'no-run': { reason: t('channels.gapNoRun'), nextStep: t('channels.gapNoRunStep') },
  failed: { reason: t('channels.gapFailed'), nextStep: t('channels.gapFailedStep') },
  refused: { reason: t('channels.gapRefused'), nextStep: t('channels.gapRefusedStep') },
  credential: { reason: t('channels.gapCredential'), nextStep: t('channels.gapCredentialStep') },
  'page-changed': { reason: t('channels.gapPageChanged'), nextStep: t('channels.gapPageChangedStep') },
  'not-read-back': { reason: t('channels.gapNotReadBack'), nextStep: t('channels.gapNotReadBackStep') },
  'comments-gate': { reason: t('channels.gapCommentsGate'), nextStep: t('channels.gapCommentsGateStep') },
  'fewer-than-usual': { reason: t('channels.gapFewer'), nextStep: t('channels.gapFewerStep') },
};

export const standingLabels: Record<WindowView['credential'], string> = {
  'none-needed': t('channels.credentialNotNeeded'),
  ok: t('channels.credentialOk'),
  expiring: t('channels.credentialExpiring'),
  expired: t('channels.credentialExpired'),
  refused: t('channels.credentialRefused'),
  missing: t('channels.credentialMissing'),
};

export const credentialKindLabels: Record<ChannelView['credentials'][number]['kind'], string> = {
  'weibo-oauth': t('channels.weiboOauth'),
  'weibo-app': t('channels.weiboApp'),
  'weibo-cookie': t('channels.weiboCookie'),
  'wechat-app': t('channels.wechatApp'),
  'wechat-token': t('channels.wechatToken'),
};

const runStateLabels: Record<Run['state'], string> = {
  running: t('channels.runRunning'),
  finished: t('channels.runFinished'),
  interrupted: t('channels.runInterrupted'),
  stopped: t('channels.runStopped'),
};

const outcomeLabels: Record<NonNullable<Run['outcome']>, string> = {
  complete: t('channels.complete'),
  partial: t('channels.outcomePartial'),
  refused: t('channels.gapRefused'),
  credential: t('channels.gapCredential'),
  failed: t('channels.outcomeFailed'),
};

export function describeRun({ state, outcome }: Pick<Run, 'state' | 'outcome'>): string {
  return outcome === null ? runStateLabels[state] : outcomeLabels[outcome];
}

/** `11月20日 09:00 至 10:00，有缺口，新增 0 条（平常约 4 条）`: what a cell of the ledger says in words. */
export function describeWindow(window: WindowView): string {
  const from = formatDayAndClock(window.from);
  const to = formatDayAndClock(window.to);
  const sameDay = from.split(' ')[0] === to.split(' ')[0];
  const until = sameDay ? (to.split(' ')[1] ?? to) : to;
  const usual =
    window.expected === null ? '' : t('channels.windowUsual', { usual: Math.round(window.expected.usual) });
  return t('channels.windowLine', {
    from,
    until,
    window: windowWords[window.state].label,
    created: window.created,
    usual,
  });
}

const countLabels = {
  fetched: t('channels.countFetched'),
  created: t('channels.countCreated'),
  edited: t('app.change'),
  gone: t('channels.countGone'),
  failed: t('channels.countFailed'),
  refused: t('channels.countRefused'),
  unknown: t('channels.countUnknown'),
} as const;

/** `取到 9，新增 4，失败 1`: only what there is, except for the first two. */
export function countRun(run: Pick<Run, keyof typeof countLabels>): string {
  return (Object.keys(countLabels) as (keyof typeof countLabels)[])
    .filter((name) => run[name] > 0 || name === 'fetched' || name === 'created')
    .map((name) => `${countLabels[name]} ${run[name]}`)
    .join(t('app.comma'));
}
