import type { ChannelView, GapView, WindowView } from '../../../review-api/contract/channel.ts';
import { platformName } from '../../../review-api/contract/channel-names.ts';
import { formatMoment } from './shanghai-time.ts';

export type ChannelState = ChannelView['state'];
type Run = NonNullable<ChannelView['lastRun']>;

export {
  channelStateNames as channelStateLabels,
  platformNames as platformLabels,
} from '../../../review-api/contract/channel-names.ts';

export function describeKind({ kind, platform }: Pick<ChannelView, 'kind' | 'platform'>): string {
  return platformName(kind, platform);
}

interface WindowWords {
  /** One character: told apart without colour. */
  sign: string;
  label: string;
}

export const windowWords: Record<WindowView['state'], WindowWords> = {
  complete: { sign: '✓', label: '完整' },
  quiet: { sign: '–', label: '完整，没有新内容' },
  gap: { sign: '!', label: '有缺口' },
  filled: { sign: '补', label: '缺口已补采' },
  open: { sign: '·', label: '尚未结束' },
};

interface GapWords {
  reason: string;
  /** Who must do what. */
  nextStep: string;
}

export const gapWords: Record<GapView['cause'], GapWords> = {
  'no-run': { reason: '这段时间没有完成过采集', nextStep: '运维：确认采集进程在运行，恢复后会自动补采' },
  failed: { reason: '采集没有成功', nextStep: '运维：查看出错的页面；对方恢复后会自动补采' },
  refused: { reason: '对方拒绝访问', nextStep: '运维：与平台或网站管理员核对授权和访问频次，不要绕过' },
  credential: { reason: '登录凭证失效', nextStep: '账号负责人：重新授权，再由运维录入新的凭证' },
  'page-changed': { reason: '页面结构变了，读不懂', nextStep: '运维：试读页面，按新结构调整选择器' },
  'not-read-back': { reason: '没有读到上次的位置', nextStep: '系统会接着往回读；一天后仍在，请运维查看' },
  'comments-gate': { reason: '评论采集未获准', nextStep: '宣传部负责人：补齐影响评估等治理要件' },
  'fewer-than-usual': { reason: '比平常少得多', nextStep: '审核员：到原网站或账号核对是否确实没有新内容' },
};

export const standingLabels: Record<WindowView['credential'], string> = {
  'none-needed': '不需要',
  ok: '正常',
  expiring: '即将到期',
  expired: '已过期',
  refused: '被平台拒绝',
  missing: '尚未录入',
};

export const credentialKindLabels: Record<ChannelView['credentials'][number]['kind'], string> = {
  'weibo-oauth': '微博开放平台授权',
  'weibo-app': '微博应用密钥',
  'weibo-cookie': '微博登录凭证',
  'wechat-app': '公众号密钥',
  'wechat-token': '公众号临时令牌',
};

const runStateLabels: Record<Run['state'], string> = {
  running: '进行中',
  finished: '已完成',
  interrupted: '中断',
  stopped: '提前停止',
};

const outcomeLabels: Record<NonNullable<Run['outcome']>, string> = {
  complete: '完整',
  partial: '部分页面没有取到',
  refused: '对方拒绝访问',
  credential: '登录凭证失效',
  failed: '没有成功',
};

export function describeRun({ state, outcome }: Pick<Run, 'state' | 'outcome'>): string {
  return outcome === null ? runStateLabels[state] : outcomeLabels[outcome];
}

/** `11月20日 09:00 至 10:00，有缺口，新增 0 条（平常约 4 条）`: what a cell of the ledger says in words. */
export function describeWindow(window: WindowView): string {
  const from = formatMoment(window.from).replace(/^\d+年/, '');
  const to = formatMoment(window.to).replace(/^\d+年/, '');
  const sameDay = from.split(' ')[0] === to.split(' ')[0];
  const until = sameDay ? (to.split(' ')[1] ?? to) : to;
  const usual = window.expected === null ? '' : `（平常约 ${Math.round(window.expected.usual)} 条）`;
  return `${from} 至 ${until}，${windowWords[window.state].label}，新增 ${window.created} 条${usual}`;
}

const countLabels = {
  fetched: '取到',
  created: '新增',
  edited: '修改',
  gone: '撤下',
  failed: '失败',
  refused: '被拒',
  unknown: '读不懂',
} as const;

/** `取到 9，新增 4，失败 1`: only what there is, except for the first two. */
export function countRun(run: Pick<Run, keyof typeof countLabels>): string {
  return (Object.keys(countLabels) as (keyof typeof countLabels)[])
    .filter((name) => run[name] > 0 || name === 'fetched' || name === 'created')
    .map((name) => `${countLabels[name]} ${run[name]}`)
    .join('，');
}
