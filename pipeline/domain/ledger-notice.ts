import { breakerUntil, countFailing } from './cadence.ts';
import type { Channel } from './channel.ts';
import type { Gap, GapCause } from './completeness.ts';
import type { CrawlRun } from './crawl.ts';
import { findSavedAt, isCrawled, keeperOf, neededCredential } from './crawled.ts';
import { type CredentialFacts, credentialStanding } from './credential.ts';
import { bucketHour } from './time.ts';

/** What somebody must know or do so that a channel is read in full. `words` as staff read it, `says` for logs and commands. */
export interface LedgerNotice {
  code: `gap-${GapCause}` | `credential-${CredentialTrouble}` | 'breaker-open' | 'never-run';
  words: string;
  says: string;
  url: null;
}

type CredentialTrouble = 'missing' | 'refused' | 'expired' | `ends-${(typeof reminderDays)[number]}`;

/** Days before a credential ends, from which somebody is told. */
const reminderDays = [1, 3, 7, 14] as const;
const dayMs = 86_400_000;

export interface LedgerFacts {
  channel: Channel;
  now: string;
  /** Newest first. */
  runs: readonly CrawlRun[];
  openGaps: readonly Gap[];
  credentials: readonly CredentialFacts[];
}

const tell = (code: LedgerNotice['code'], words: string, says: string): LedgerNotice => ({
  ...{ code, words, says, url: null },
});

/** As on a Shanghai clock: 2026-03-05 14:00. */
function wallClock(instant: string): string {
  return `${bucketHour(instant).replace('T', ' ')}:${instant.slice(14, 16)}`;
}

interface CauseWords {
  what: string;
  todo: string;
}

/** For screens: what happened, and what a person does about it. */
const causeWords: Record<GapCause, CauseWords> = {
  'no-run': { what: '没有采集', todo: '运维请确认服务在运行；恢复后会自动补采' },
  failed: { what: '采集失败', todo: '运维请查看失败原因，确认来源可以访问；恢复后会自动补采' },
  refused: { what: '来源拒绝访问', todo: '运维请查看拒绝原因，并与来源的管理方联系；恢复后会自动补采' },
  credential: { what: '登录凭证不可用', todo: '请账号负责人重新登录并更新凭证；更新后会自动补采' },
  'page-changed': { what: '页面结构有变，无法识别', todo: '运维请查看留存的页面并调整识别规则' },
  'not-read-back': { what: '没有读到上次的位置', todo: '下次采集会继续；若一直如此，请运维查看' },
  'comments-gate': { what: '评论停止采集', todo: '请补齐个人信息保护影响评估等治理配置；补齐后会自动补采' },
  'fewer-than-usual': {
    what: '内容明显少于往常',
    todo: '请账号负责人登录后核对内容是否一致；若不一致，请重新登录并更新凭证',
  },
};
const byHand: CauseWords['todo'] = '来源已不再显示缺失的内容，请人工导入后登记';

function tellGap({ cause, from, to, reason, nextStep, inReachSince }: Gap): LedgerNotice {
  const { what, todo } = causeWords[cause];
  const mustImport = inReachSince === null && cause !== 'comments-gate';
  const words = `${wallClock(from)} 至 ${wallClock(to)} 可能有遗漏：${what}。${mustImport ? byHand : todo}。`;
  return tell(
    `gap-${cause}`,
    words,
    `may have missed items from ${from} to ${to}: ${reason}. Next: ${nextStep}`,
  );
}

function endsWithin(credentials: readonly CredentialFacts[], kind: string, now: string): number | null {
  const expiresAt = credentials.find((facts) => facts.kind === kind)?.expiresAt ?? null;
  return expiresAt === null ? null : Math.ceil((Date.parse(expiresAt) - Date.parse(now)) / dayMs);
}

function findCredentialTrouble({ channel, credentials, now }: LedgerFacts): LedgerNotice[] {
  if (!isCrawled(channel)) return [];
  const kind = neededCredential(channel);
  const standing = credentialStanding(credentials, kind === null ? [] : [kind], now);
  const keeper = keeperOf(channel);
  const renew = `请${keeper}重新登录并更新凭证`;
  const next = `${keeper}: give a new one (guanlan credential set)`;
  switch (standing) {
    case 'missing':
      return [
        tell('credential-missing', `没有登录凭证，无法采集。${renew}。`, `no credential ${kind}. ${next}`),
      ];
    case 'refused':
      return [
        tell(
          'credential-refused',
          `平台不再接受登录凭证，已停止采集。${renew}。`,
          `the platform refuses its ${kind}. ${next}`,
        ),
      ];
    case 'expired':
      return [
        tell(
          'credential-expired',
          `登录凭证已过期，已停止采集。${renew}。`,
          `its ${kind} has expired. ${next}`,
        ),
      ];
    case 'expiring': {
      const daysLeft = endsWithin(credentials, kind ?? '', now) ?? 0;
      const stage = reminderDays.find((days) => daysLeft <= days) ?? 14;
      const words = `登录凭证还有 ${daysLeft} 天到期。到期前${renew}，以免漏采。`;
      return [tell(`credential-ends-${stage}`, words, `its ${kind} ends in ${daysLeft} days. ${next}`)];
    }
    case 'ok':
    case 'none-needed':
      return [];
    default:
      return standing satisfies never;
  }
}

function findRest({ channel, runs, credentials, now }: LedgerFacts): LedgerNotice[] {
  if (!isCrawled(channel)) return [];
  const ended = runs.filter(({ state }) => state !== 'running');
  if (runs.length === 0) return [tell('never-run', '还没有采集过。', 'was never crawled')];
  const until = breakerUntil({ channel, runs: ended, credentialSavedAt: findSavedAt(channel, credentials) });
  if (until === null || until <= now) return [];
  const failing = countFailing(ended);
  const words = `连续 ${failing} 次采集失败，暂缓到 ${wallClock(until)} 再试。`;
  return [tell('breaker-open', words, `${failing} runs in a row got nothing: rests until ${until}`)];
}

/** Pure: gaps that are open, credentials that end or have ended, and channels that rest. Newest gap first. */
export function ledgerNotices(facts: LedgerFacts): LedgerNotice[] {
  return [...findCredentialTrouble(facts), ...findRest(facts), ...facts.openGaps.map(tellGap)];
}
