import type { SettingsHistory } from '../../../review-api/contract/administration.ts';
import type { PersonPage } from '../../../review-api/contract/person.ts';
import type { PublicEntry } from '../../../review-api/contract/public-request.ts';
import type { LogVerification } from '../../../review-api/contract/reading.ts';
import type { StandInView } from '../../../review-api/contract/stand-in.ts';
import type { AnswerSummary } from '../../../review-api/contract/stock-answer.ts';
import type { WebhookView } from '../../../review-api/contract/webhook.ts';
import { t } from '../i18n/t.ts';
import { shanghaiDay } from './shanghai-time.ts';

/** Something that waits for a person: where, what, and whether it is late already. */
export interface Attention {
  href: string;
  says: string;
  late: boolean;
}

const dayMs = 86_400_000;
const dayAhead = (now: string, days: number) =>
  shanghaiDay(new Date(Date.parse(now) + days * dayMs).toISOString());
const told = (says: string | null, href: string, late: boolean): Attention[] =>
  says === null ? [] : [{ href, says, late }];
const counted = (n: number, say: (n: number) => string) => (n === 0 ? null : say(n));

/** Of those not answered yet: what is past its day, and what comes within three. */
export function watchRequests(items: readonly PublicEntry[], now: string): Attention[] {
  const open = items.filter(({ facts }) => facts.state === 'received');
  const late = open.filter(({ facts }) => facts.dueAt < now).length;
  const until = new Date(Date.parse(now) + 3 * dayMs).toISOString();
  const soon = open.filter(({ facts }) => facts.dueAt >= now && facts.dueAt < until).length;
  return [
    ...told(
      counted(late, (n) => t('admin.requestsLate', { n })),
      '#/registers',
      true,
    ),
    ...told(
      counted(soon, (n) => t('admin.requestsSoon', { n })),
      '#/registers',
      false,
    ),
  ];
}

/** Those that end within three days, while whoever is away may still be. */
export function watchStandIns(items: readonly StandInView[], now: string): Attention[] {
  const until = dayAhead(now, 3);
  const ending = items.filter((one) => one.state === 'active' && one.until <= until).length;
  return told(
    counted(ending, (n) => t('admin.standInsEnding', { n })),
    '#/people/stand-ins',
    false,
  );
}

export function watchPeople({ leaving }: PersonPage['counts']): Attention[] {
  return told(
    counted(leaving, (n) => t('admin.peopleLeaving', { n })),
    '#/people',
    false,
  );
}

const verifyEveryDays = 30;

export function watchVerification(last: LogVerification | null, now: string): Attention[] {
  const href = '#/admin/audit';
  if (last === null) return told(t('admin.neverVerified'), href, false);
  if (last.breakCount > 0) return told(t('admin.chainBroken', { n: last.breakCount }), href, true);
  const days = Math.floor((Date.parse(now) - Date.parse(last.at)) / dayMs);
  return days < verifyEveryDays ? [] : told(t('admin.verifiedLongAgo', { n: days }), href, false);
}

/** Approved ones past their end, or near it. */
export function watchAnswers(items: readonly AnswerSummary[]): Attention[] {
  const expired = items.filter(({ standing }) => standing.renewal === 'expired').length;
  const near = items.filter(({ standing }) => standing.renewal === 7 || standing.renewal === 30).length;
  return [
    ...told(
      counted(expired, (n) => t('admin.answersExpired', { n })),
      '#/answers',
      true,
    ),
    ...told(
      counted(near, (n) => t('admin.answersNear', { n })),
      '#/answers',
      false,
    ),
  ];
}

export function watchWebhooks(items: readonly WebhookView[]): Attention[] {
  const failing = items.filter((one) => one.state === 'failed' || one.failingSince !== null).length;
  return told(
    counted(failing, (n) => t('admin.webhooksFailing', { n })),
    '#/webhooks',
    true,
  );
}

export function watchNotice(unfilled: readonly string[]): Attention[] {
  const names = unfilled.join(t('app.listComma'));
  return told(unfilled.length === 0 ? null : t('admin.noticeUnfilled', { names }), '#/admin/notice', false);
}

export function watchSetup(unknownYears: readonly number[]): Attention[] {
  return unknownYears.flatMap((year) => told(t('admin.yearUnknown', { year }), '#/setup', false));
}

/** Kinds that nobody ever gave: their pages are empty. */
export function watchSettings(inForce: SettingsHistory['inForce']): Attention[] {
  const missing = (kind: string) => inForce.some((one) => one.kind === kind && one.change === null);
  return [
    ...told(missing('roster') ? t('admin.noRoster') : null, '#/roster', false),
    ...told(missing('chains') ? t('admin.noChains') : null, '#/roster', false),
  ];
}

/** What is late first. */
export function inOrder(all: readonly Attention[]): Attention[] {
  return all.toSorted((a, b) => Number(b.late) - Number(a.late));
}
