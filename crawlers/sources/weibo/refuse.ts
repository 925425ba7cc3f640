import type { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import {
  CredentialExpired,
  type GuanlanError,
  PageChanged,
  Permanent,
  RetryLater,
} from '../../../pipeline/domain/errors.ts';
import type { EgressResponse } from '../../../pipeline/ports/egress.ts';
import { describeRefusal, type Refusal } from './refusal.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What must be known to say who must do what. */
export interface Refused {
  channel: WeiboChannel;
  /** The ledger's address. */
  url: string;
  now: string;
}

const byStatus: Record<number, { delayMs: number; why: string }> = {
  403: { delayMs: hourMs, why: 'turns calls from here away' },
  414: { delayMs: 24 * hourMs, why: 'has shut this network address out' },
  418: { delayMs: 6 * hourMs, why: 'has shut this network address out' },
  429: { delayMs: hourMs, why: 'asks for fewer calls' },
};

/**
 * What the HTTP status alone says: a redirect to the login, the firewall's 432, or being turned away. Null where the body must say it.
 */
export function refusedByStatus(response: EgressResponse, refused: Refused): GuanlanError | null {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    const to = headers.location ?? '';
    if (/passport|visitor|login|signin/i.test(to)) return expired('a redirect to the login', refused);
    return new PageChanged(refused.url, `an unknown redirect (status ${status})`);
  }
  if (status === 432) return expired('the firewall’s 432', refused);
  const known = byStatus[status];
  if (known === undefined) return null;
  return new RetryLater(
    known.delayMs,
    `${hostOf(refused)} ${known.why} (status ${status}); ${wayOut(refused)}`,
  );
}

/** What a body that is no answer means for this channel. `gone` and `nothing` are answers and do not come here. */
export function refusedByBody(refusal: Refusal, refused: Refused): GuanlanError {
  const host = hostOf(refused);
  const words = describeRefusal(refusal);
  switch (refusal.cause) {
    case 'login':
      return expired(refusal.code, refused);
    case 'limited':
      return new RetryLater(untilNextHour(refused.now), `${host}: ${words}`);
    case 'banned':
      return new RetryLater(hourMs, `${host}: ${words}; ${wayOut(refused)}`);
    case 'busy':
      return new RetryLater(10 * minuteMs, `${host}: ${words}`);
    case 'not-granted':
      return new Permanent(`${host}: ${words}; ${keeperOf(refused)}: apply for it at open.weibo.com`);
    case 'gone':
    case 'nothing':
    case 'unknown':
      return new PageChanged(refused.url, words);
  }
}

/** The keeper's way back in, by door. */
function expired(code: string, refused: Refused): CredentialExpired {
  const { id, door } = refused.channel;
  const step =
    door === 'open-platform'
      ? `authorise the app again: guanlan channel authorise ${id}`
      : `log in as the school's account and store the new cookie: guanlan credential set ${id} --kind weibo-cookie`;
  return new CredentialExpired(
    keeperOf(refused),
    `${hostOf(refused)} asks for a login (${code}): ${step}`,
    code,
  );
}

/** Nothing is done against being shut out: a person brings the items, or takes the official way. */
function wayOut({ channel }: Refused): string {
  return `until it lets us in, save the pages by hand and bring them in: guanlan channel import ${channel.id} FILE`;
}

function keeperOf({ channel }: Refused): string {
  return channel.responsible ?? channel.unit;
}

function hostOf({ channel }: Refused): string {
  return channel.door === 'open-platform' ? 'the Open Platform' : 'm.weibo.cn';
}

function untilNextHour(now: string): number {
  return hourMs - (Date.parse(now) % hourMs) + minuteMs;
}
