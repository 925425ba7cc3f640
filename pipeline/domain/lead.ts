import { z } from 'zod';
import { InvalidInput } from './errors.ts';
import { maskNicknames } from './mentions.ts';
import { clockToleranceMs, Instant } from './time.ts';

/** Where a lead came from: a closed list, in the order of the form. */
export const LeadSource = z.enum([
  'superior-letter',
  'hotline-12345',
  'president-mailbox',
  'visit-or-call',
  'forwarded-link',
  'media-inquiry',
  'other',
]);
export type LeadSource = z.infer<typeof LeadSource>;

/** What is known of a lead besides its text: stays when the summary has expired, and is counted by year (R1). */
export const Lead = z.object({
  source: LeadSource,
  /** As the superior wrote it, without blanks. */
  documentNumber: z.string().nullable(),
  /** What two spellings of one number have in common. */
  documentKey: z.string().nullable(),
  deadline: Instant.nullable(),
  receivedAt: Instant,
  /** The colleague who registered it; never who said it. */
  registeredBy: z.string(),
  /** Raised by every change: whoever changes names the one they saw. */
  revision: z.int().positive(),
  withdrawnAt: Instant.nullable(),
});
export type Lead = z.infer<typeof Lead>;

/** The school's leads stand under a channel of their own, which needs no entry in the register. */
export const leadChannel = { id: 'leads', name: '人工线索' } as const;

export interface LeadContent {
  source: LeadSource;
  documentNumber: string | null;
  deadline: string | null;
  receivedAt: string;
  summary: string;
  /** Public address; never fetched. */
  link: string | null;
}

export interface RegisterLead extends LeadContent {
  /** Chosen once per intention: the lead's id within its channel. */
  commandId: string;
}

export interface ChangeLead extends Omit<LeadContent, 'summary'> {
  /** Null leaves it as it is. */
  summary: string | null;
  commandId: string;
  postId: string;
  /** The revision that the person saw. */
  revision: number;
  reason: string;
}

export interface WithdrawLead {
  commandId: string;
  postId: string;
  revision: number;
  reason: string;
}

const dayMs = 86_400_000;
const longestWaitDays = 366;
const furthestDeadlineDays = 2 * 366;

/**
 * Addresses that show a person and not what was said: no lead, for nobody is watched (R1). By host and beginning of the path.
 */
const personPages: readonly (readonly [RegExp, RegExp])[] = [
  [/(^|\.)weibo\.(com|cn)$/, /^\/(u|n|p|profile)\/|^\/\d+\/?$/],
  // A name of one's own choice, weibo.com/NAME: nothing that was said has an address so short.
  [/^((www|m)\.)?weibo\.(com|cn)$/, /^\/[^/]+\/?$/],
  [/^space\.bilibili\.com$/, /^\/\d+/],
  [/^m\.bilibili\.com$/, /^\/space\//],
  [/(^|\.)douban\.com$/, /^\/people\/[^/]+\/?$/],
  [/^user\.qzone\.qq\.com$/, /^\/\d+\/?$/],
  [/(^|\.)toutiao\.com$/, /^\/c\/user\//],
  [/^(www\.|mobile\.)?(x|twitter)\.com$/, /^\/[^/]+\/?$/],
  [/(^|\.)(douyin|iesdouyin)\.com$/, /^\/(share\/)?user\//],
  [/(^|\.)xiaohongshu\.com$/, /^\/user\//],
  [/(^|\.)zhihu\.com$/, /^\/(people|org)\//],
  [/(^|\.)kuaishou\.com$/, /^\/profile\//],
  [/^tieba\.baidu\.com$/, /^\/home\//],
];

/** Parameters that say who shared an address. */
const sharers =
  /^(share_?(uid|openid|user|from|id|token|sign)|sec_u(ser_)?id|u_?code|from_?uid|uid|openid|unionid|user_?id|mid_share)$/i;

/**
 * A public address as it may be kept: without who shared it, and without its writer's number.
 * @throws InvalidInput (`link`), for the page of a person too
 */
export function parseLink(link: string | null): string | null {
  if (link === null || link.trim() === '') return null;
  const url = URL.canParse(link.trim()) ? new URL(link.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new InvalidInput('link', '链接应以 http:// 或 https:// 开头。');
  }
  if (personPages.some(([host, path]) => host.test(url.hostname) && path.test(url.pathname))) {
    throw new InvalidInput(
      'link',
      '这是个人主页的地址。',
      '请填写具体那一条内容的地址；本系统不登记个人账号',
    );
  }
  const status = /^(?:www\.)?weibo\.com$/.test(url.hostname) ? /^\/\d+\/(\w+)\/?$/.exec(url.pathname) : null;
  // The number before the status is its author's (R2).
  if (status !== null) return `https://m.weibo.cn/status/${status[1]}`;
  url.username = '';
  url.password = '';
  for (const name of [...url.searchParams.keys()]) if (sharers.test(name)) url.searchParams.delete(name);
  return url.href;
}

/** Letters, digits and the brackets and strokes that document numbers are made of. */
const documentForm = /^[\p{Script=Han}A-Za-z0-9〔〕[\]【】()（）\-—_/.·第号#]{1,60}$/u;

/** @throws InvalidInput (`documentNumber`) */
function parseDocumentNumber(typed: string | null): string | null {
  const bare = (typed ?? '')
    .replace(/\s+/g, '')
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, (wide) => wide.normalize('NFKC'));
  if (bare === '') return null;
  if (!documentForm.test(bare)) {
    throw new InvalidInput(
      'documentNumber',
      '文号或工单号只能有汉字、字母、数字和括号、短横，最多 60 个字。',
    );
  }
  return bare;
}

/** 〔2026〕, [2026] and （2026） are one number. */
export function documentKeyOf(documentNumber: string | null): string | null {
  if (documentNumber === null) return null;
  const key = documentNumber
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  return key === '' ? null : key;
}

function assertTimes(
  { receivedAt, deadline }: Pick<LeadContent, 'receivedAt' | 'deadline'>,
  now: string,
): void {
  const received = Date.parse(receivedAt);
  if (received > Date.parse(now) + clockToleranceMs) {
    throw new InvalidInput('receivedAt', '收到时间不能晚于现在。');
  }
  if (received < Date.parse(now) - longestWaitDays * dayMs) {
    throw new InvalidInput('receivedAt', '收到时间早于一年前，请核对年份。');
  }
  if (deadline === null) return;
  if (deadline <= receivedAt) throw new InvalidInput('deadline', '办理期限应晚于收到时间。');
  if (Date.parse(deadline) > received + furthestDeadlineDays * dayMs) {
    throw new InvalidInput('deadline', '办理期限在两年以后，请核对年份。');
  }
}

const shortestSummary = 5;

/**
 * What a person typed, as it is kept: names of people on platforms masked (R2), the address without who shared it.
 * @throws InvalidInput that names the field
 */
export function parseLeadContent<T extends LeadContent | ChangeLead>(typed: T, now: string): T {
  const summary = typed.summary === null ? null : maskNicknames(typed.summary.trim());
  if (summary !== null && [...summary].length < shortestSummary) {
    throw new InvalidInput('summary', `摘要至少 ${shortestSummary} 个字。`);
  }
  assertTimes(typed, now);
  const documentNumber = parseDocumentNumber(typed.documentNumber);
  return { ...typed, documentNumber, summary, link: parseLink(typed.link) };
}

/** The facts of a lead as it is registered. */
export function buildLead(content: LeadContent, registeredBy: string): Lead {
  const { source, documentNumber, deadline, receivedAt } = content;
  const documentKey = documentKeyOf(documentNumber);
  const first = { registeredBy, revision: 1, withdrawnAt: null };
  return { source, documentNumber, documentKey, deadline, receivedAt, ...first };
}
