import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { CredentialExpired, PageChanged, RetryLater } from '../../../pipeline/domain/errors.ts';
import type { Egress } from '../../../pipeline/ports/egress.ts';
import type { Access } from '../../access.ts';
import { platformAddress, platformAllowance } from '../../platforms.ts';
import { type Platforms, TokenStale } from '../../source.ts';
import { parseSafeJson } from '../weibo/safe-json.ts';
import { ErrorBody } from './api-bodies.ts';
import { refusalOf } from './api-errors.ts';
import { apiOrigin } from './calls.ts';
import { hourMs, keeperOf } from './reading.ts';

export interface InterfacePorts {
  egress: Egress;
  access: Access;
  platforms?: Platforms;
}

/** One call, by a person's hand; what it answers is JSON. */
export interface InterfaceCall {
  path: DraftPath;
  query?: Readonly<Record<string, string>>;
  contentType: string;
  body: string | Uint8Array;
}

/**
 * Everything that the draft box is asked for. What publishes, sends or deletes (freepublish/submit, mass/send, draft/delete …) stands
 * here as little as anywhere (R10, R12, R22).
 */
type DraftPath =
  | '/cgi-bin/draft/batchget'
  | '/cgi-bin/draft/get'
  | '/cgi-bin/draft/add'
  | '/cgi-bin/media/uploadimg'
  | '/cgi-bin/material/add_material';

/** A person waits, and a draft has many pictures: far below what the platform allows. */
const leastPerMinute = 120;

/**
 * Asks with the account's token, and once more with a new one where that has gone stale.
 * @throws CredentialExpired, RetryLater, PageChanged, Permanent, NotPermitted
 */
export async function askInterface(
  ports: InterfacePorts,
  channel: WechatChannel,
  call: InterfaceCall,
): Promise<unknown> {
  const token = await ports.access.secret();
  try {
    return await askWith(token, ports, { channel, call });
  } catch (error) {
    if (!(error instanceof TokenStale)) throw error;
  }
  try {
    return await askWith(await ports.access.renew(token), ports, { channel, call });
  } catch (error) {
    if (!(error instanceof TokenStale)) throw error;
    throw new CredentialExpired(keeperOf(channel), 'the platform refuses a token that was made a moment ago');
  }
}

async function askWith(
  token: string,
  { egress, platforms }: InterfacePorts,
  { channel, call }: { channel: WechatChannel; call: InterfaceCall },
): Promise<unknown> {
  const url = `${apiOrigin}${call.path}`;
  const allowance = {
    hosts: [{ host: new URL(apiOrigin).host, paths: [call.path] }],
    privateAddress: false,
    requestsPerMinute: Math.max(channel.requestsPerMinute, leastPerMinute),
  };
  const query = new URLSearchParams({ ...call.query, access_token: token });
  const { status, body } = await egress.fetch({
    url: platformAddress(`${url}?${query}`, platforms),
    allowance: platformAllowance(allowance, platforms),
    method: 'POST',
    headers: { 'content-type': call.contentType, accept: 'application/json' },
    body: call.body,
    redirects: 'return',
    robots: 'not-asked',
    maxBytes: 20 * 1_048_576,
  });
  if (status !== 200) throw new RetryLater(hourMs, `status ${status}: the interface could not answer`);
  return readAnswer(body, { url, keeper: keeperOf(channel) });
}

function readAnswer(bytes: Uint8Array, from: { url: string; keeper: string }): unknown {
  let json: unknown;
  try {
    json = parseSafeJson(new TextDecoder().decode(bytes));
  } catch {
    throw new PageChanged(from.url, 'the interface’s answer is no JSON');
  }
  const refused = ErrorBody.safeParse(json);
  if (refused.success && refused.data.errcode !== 0) throw refusalOf(refused.data, from);
  return json;
}
