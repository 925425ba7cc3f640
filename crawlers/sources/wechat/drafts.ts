import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { CredentialExpired, PageChanged, RetryLater } from '../../../pipeline/domain/errors.ts';
import type { Egress } from '../../../pipeline/ports/egress.ts';
import type { Access } from '../../access.ts';
import { platformAddress, platformAllowance } from '../../platforms.ts';
import { type Platforms, TokenStale } from '../../source.ts';
import { parseSafeJson } from '../weibo/safe-json.ts';
import { DraftBody, ErrorBody } from './api-bodies.ts';
import { refusalOf } from './api-errors.ts';
import { draftArticles, type WechatDraft } from './api-items.ts';
import { apiOrigin } from './calls.ts';
import { hourMs, keeperOf } from './reading.ts';

const path = '/cgi-bin/draft/batchget';
const pageSize = 20;
/** More than any draft box holds. */
const mostDrafts = 1000;

export interface DraftPorts {
  egress: Egress;
  access: Access;
  platforms?: Platforms;
}

/**
 * What lies in the account's draft box, for an editor to bring in: written, not published, never a post.
 * @throws CredentialExpired, RetryLater, PageChanged, Permanent, NotPermitted
 */
export async function listDrafts(ports: DraftPorts, channel: WechatChannel): Promise<WechatDraft[]> {
  const drafts: WechatDraft[] = [];
  for (let offset = 0; offset < mostDrafts; offset += pageSize) {
    const body = await askPage(ports, channel, offset);
    drafts.push(...draftArticles(body));
    if (offset + body.item.length >= body.total_count) return drafts;
    if (body.item.length === 0)
      throw new PageChanged(`${apiOrigin}${path}`, 'drafts are counted and none is shown');
  }
  return drafts;
}

async function askPage(ports: DraftPorts, channel: WechatChannel, offset: number): Promise<DraftBody> {
  const token = await ports.access.secret();
  try {
    return await askWith(token, ports, { channel, offset });
  } catch (error) {
    if (!(error instanceof TokenStale)) throw error;
  }
  try {
    return await askWith(await ports.access.renew(token), ports, { channel, offset });
  } catch (error) {
    if (!(error instanceof TokenStale)) throw error;
    throw new CredentialExpired(keeperOf(channel), 'the platform refuses a token that was made a moment ago');
  }
}

async function askWith(
  token: string,
  { egress, platforms }: DraftPorts,
  { channel, offset }: { channel: WechatChannel; offset: number },
): Promise<DraftBody> {
  const url = `${apiOrigin}${path}`;
  const allowance = {
    hosts: [{ host: new URL(apiOrigin).host, paths: [path] }],
    privateAddress: false,
    requestsPerMinute: channel.requestsPerMinute,
  };
  const { status, body } = await egress.fetch({
    url: platformAddress(`${url}?access_token=${encodeURIComponent(token)}`, platforms),
    allowance: platformAllowance(allowance, platforms),
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    body: JSON.stringify({ offset, count: pageSize, no_content: 0 }),
    redirects: 'return',
    robots: 'not-asked',
    maxBytes: 20 * 1_048_576,
  });
  if (status !== 200) throw new RetryLater(hourMs, `status ${status}: the interface could not answer`);
  return readDrafts(body, { url, keeper: keeperOf(channel) });
}

function readDrafts(bytes: Uint8Array, from: { url: string; keeper: string }): DraftBody {
  let json: unknown;
  try {
    json = parseSafeJson(new TextDecoder().decode(bytes));
  } catch {
    throw new PageChanged(from.url, 'the interface’s answer is no JSON');
  }
  const refused = ErrorBody.safeParse(json);
  if (refused.success && refused.data.errcode !== 0) throw refusalOf(refused.data, from);
  const drafts = DraftBody.safeParse(json);
  if (!drafts.success) throw new PageChanged(from.url, 'the list of drafts has another form');
  return drafts.data;
}
