import type { Channel } from '../domain/channel.ts';
import { type CredentialFacts, CredentialKind, credentialSecrets } from '../domain/credential.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import type { Stores } from '../ports/index.ts';
import type { Credentials } from './credentials.ts';

export interface SetCredentialPorts {
  stores: { settings: Pick<Stores['settings'], 'read'> };
  credentials: Credentials;
}

export interface GivenCredential {
  channelId: string;
  kind: string;
  /** JSON; or the value alone, for a kind that has one field. */
  text: string;
  /** Null: what the credential itself says of its end. */
  expiresAt: string | null;
  actorId: string | null;
}

/** What a person may bring; what a platform lends for two hours the program fetches itself. */
const brought: Partial<Record<Channel['kind'], readonly CredentialKind[]>> = {
  weibo: ['weibo-oauth', 'weibo-app', 'weibo-cookie'],
  wechat: ['wechat-app'],
};

/**
 * Takes what the school's own account is let in with.
 * @throws NotFound (channel), InvalidInput: a kind that this channel has no use for, the token of another account, a wrong form. No
 * message shows what was given.
 */
export async function setCredential(
  { stores, credentials }: SetCredentialPorts,
  given: GivenCredential,
): Promise<CredentialFacts> {
  const { channelId, expiresAt, actorId } = given;
  const channel = (await stores.settings.read()).channels.find(({ id }) => id === channelId);
  if (channel === undefined) throw new NotFound(`There is no channel "${channelId}".`);
  const kind = parseKind(channel, given.kind);
  const secret = readSecret(kind, given.text);
  assertOwnAccount(channel, kind, secret);
  return credentials.save(channelId, kind, secret, { expiresAt: expiresAt ?? endOf(secret), actorId });
}

/** A cookie of Weibo says in `ALF` until when the login is kept, in seconds since 1970; nobody need note it by hand. */
function endOf(secret: object): string | null {
  const cookie = 'cookie' in secret && typeof secret.cookie === 'string' ? secret.cookie : '';
  const seconds = Number(/(?:^|;\s*)ALF=(?:\d{2}_)?(\d{10})(?:;|$)/.exec(cookie)?.[1]);
  return Number.isNaN(seconds) ? null : new Date(seconds * 1000).toISOString();
}

function parseKind(channel: Channel, name: string): CredentialKind {
  const kinds = brought[channel.kind] ?? [];
  const kind = CredentialKind.safeParse(name);
  if (kind.success && kinds.includes(kind.data)) return kind.data;
  const hint =
    kinds.length === 0 ? `a channel of kind ${channel.kind} needs none` : `one of ${kinds.join(', ')}`;
  throw new InvalidInput('kind', `"${channel.id}" has no use for a credential "${name}".`, hint);
}

/** Goes into a header or an address as it is. */
const sendable = /^[\x20-\x7e]+$/;

/** A parser's own message would quote what it read; these do not. */
function readSecret(kind: CredentialKind, text: string) {
  const fields = Object.keys(credentialSecrets[kind].shape);
  const [only] = fields;
  const trimmed = text.trim();
  const hint =
    fields.length === 1
      ? `the ${only} alone, or JSON with the field ${only}`
      : `JSON with the fields ${fields.join(', ')}`;
  const malformed = new InvalidInput('secret', `This is no credential of the kind ${kind}.`, hint);
  const parsed = credentialSecrets[kind].safeParse(
    trimmed.startsWith('{') ? parseJson(trimmed) : fields.length === 1 ? { [only ?? '']: trimmed } : null,
  );
  if (!parsed.success || Object.values(parsed.data).some((value) => !sendable.test(value))) throw malformed;
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** R1: what another account was granted lets nobody in here. */
function assertOwnAccount(channel: Channel, kind: CredentialKind, secret: object): void {
  if (channel.kind !== 'weibo' || kind !== 'weibo-oauth') return;
  if ('uid' in secret && secret.uid === channel.uid) return;
  throw new InvalidInput(
    'secret',
    `This token was granted by another account than the channel's own (uid ${channel.uid}).`,
    'sign in at Weibo as the school’s account and authorise again',
  );
}
