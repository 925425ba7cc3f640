import { CredentialExpired, PageChanged, Permanent, RetryLater } from '../../../pipeline/domain/errors.ts';
import { TokenStale } from '../../source.ts';

/** What an error of the interface asks of whom. */
type Remedy =
  | { is: 'retry'; delayMs: number }
  | { is: 'renew-token' }
  /** A person must do what `todo` says before it is asked again. */
  | { is: 'credential'; todo: string }
  | { is: 'permanent'; reason: string };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const developerPage = 'mp.weixin.qq.com, 设置与开发 › 开发接口管理';

const remedies = new Map<number, Remedy>([
  [-1, { is: 'retry', delayMs: minuteMs }],
  [-2, { is: 'retry', delayMs: minuteMs }],
  [40001, { is: 'renew-token' }],
  [40014, { is: 'renew-token' }],
  [42001, { is: 'renew-token' }],
  [41001, { is: 'renew-token' }],
  [
    40013,
    { is: 'credential', todo: `the AppID is wrong: copy it from ${developerPage}, into the channel’s appId` },
  ],
  [
    40125,
    { is: 'credential', todo: `the AppSecret is wrong: reset it at ${developerPage}, and save the new one` },
  ],
  [41002, { is: 'credential', todo: 'the channel has no AppID: add it' }],
  [41004, { is: 'credential', todo: 'no AppSecret is saved: save it' }],
  [40243, { is: 'credential', todo: `the AppSecret is frozen: unfreeze it at ${developerPage}` }],
  [
    48001,
    {
      is: 'credential',
      todo: 'the account may not use this interface: it must be verified (微信认证), and have the right in its list of rights (接口权限)',
    },
  ],
  [
    48004,
    {
      is: 'credential',
      todo: 'the platform has closed this interface to the account: see its notices (通知中心)',
    },
  ],
  [
    50001,
    { is: 'credential', todo: 'the account has no right to this interface: an administrator must grant it' },
  ],
  [
    50002,
    { is: 'credential', todo: 'the account is restricted by the platform: see its notices (通知中心)' },
  ],
  [
    61024,
    {
      is: 'credential',
      todo: 'the account is run through a third party (第三方平台): take it back, or ask that party',
    },
  ],
  [
    89503,
    {
      is: 'credential',
      todo: 'an administrator must confirm this server’s call on the telephone, within the hour',
    },
  ],
  [89501, { is: 'credential', todo: 'an administrator must confirm this server’s call on the telephone' }],
  [89506, { is: 'retry', delayMs: 24 * hourMs }],
  [89507, { is: 'retry', delayMs: hourMs }],
  [45009, { is: 'retry', delayMs: 6 * hourMs }],
  [45011, { is: 'retry', delayMs: 2 * minuteMs }],
  [45008, { is: 'retry', delayMs: hourMs }],
  [50005, { is: 'retry', delayMs: hourMs }],
  [
    88000,
    { is: 'permanent', reason: 'the account has no right to comments (留言功能), or the article has none' },
  ],
  [
    88001,
    {
      is: 'permanent',
      reason: 'the interface does not know this article’s number; its comments cannot be had',
    },
  ],
  [88002, { is: 'permanent', reason: 'the platform has limited this article' }],
  [88004, { is: 'permanent', reason: 'the account has deleted this article' }],
  [88008, { is: 'permanent', reason: 'the interface does not know this comment' }],
  [88009, { is: 'permanent', reason: 'the interface does not know this reply' }],
  [88010, { is: 'permanent', reason: 'asked for too many comments at once' }],
  [40007, { is: 'permanent', reason: 'the interface does not know this number' }],
  [40097, { is: 'permanent', reason: 'the interface does not take these parameters' }],
  [40003, { is: 'permanent', reason: 'the interface does not take these parameters' }],
  [47001, { is: 'permanent', reason: 'the interface cannot read the question' }],
  [40004, { is: 'permanent', reason: 'the interface does not take files of this kind' }],
  [40005, { is: 'permanent', reason: 'the interface does not take files of this kind' }],
  [40006, { is: 'permanent', reason: 'the file is too large for the interface' }],
  [40009, { is: 'permanent', reason: 'the picture is too large for the interface' }],
  [45001, { is: 'permanent', reason: 'the file is too large for the interface' }],
  [45002, { is: 'permanent', reason: 'the text is too long for the interface' }],
  [45003, { is: 'permanent', reason: 'the title is too long for the interface' }],
  [45004, { is: 'permanent', reason: 'the summary is too long for the interface' }],
  [45166, { is: 'permanent', reason: 'the platform does not take the text: something in it is not allowed' }],
  [53503, { is: 'permanent', reason: 'the draft did not pass the platform’s check' }],
  [53504, { is: 'permanent', reason: 'the draft must be published by hand' }],
  [53505, { is: 'permanent', reason: 'the draft must be saved by hand first' }],
]);

/** The address the platform saw: it stands in its words and is this server's own, no person's. */
export function refusedAddress(errmsg: string): string | null {
  const found = /\b((?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4})\b/i.exec(errmsg)?.[1];
  return found === undefined ? null : found.replace(/^::ffff:/i, '');
}

/** Refused for where it came from: a fixed address is needed, and must be on the account's list. */
function notWhitelisted(errmsg: string): string {
  const address = refusedAddress(errmsg);
  const seen =
    address === null ? 'this server’s outgoing address' : `the address ${address}, which the platform saw,`;
  return `${seen} is not on the account’s list: add it at ${developerPage} › IP白名单 (40164). It must not change; if it does, send calls through a proxy that has a fixed one`;
}

export interface ApiRefusal {
  /** Of the call: the ledger's address, without any credential. */
  url: string;
  /** Who looks after the credential. */
  keeper: string;
}

/**
 * What an answer `{errcode, errmsg}` means for whoever asked. Its words go no further, but for the address in 40164.
 * @returns what to throw; unknown numbers are a change of the interface
 */
export function refusalOf(
  { errcode, errmsg }: { errcode: number; errmsg: string },
  { url, keeper }: ApiRefusal,
): CredentialExpired | RetryLater | Permanent | PageChanged | TokenStale {
  if (errcode === 40164) return new CredentialExpired(keeper, notWhitelisted(errmsg), String(errcode));
  const remedy = remedies.get(errcode);
  switch (remedy?.is) {
    case undefined:
      return new PageChanged(url, `the interface gives an error that is not known here (${errcode})`);
    case 'retry':
      return new RetryLater(remedy.delayMs, `the platform asks for time (${errcode})`);
    case 'renew-token':
      return new TokenStale(`the platform takes this token no more (${errcode})`);
    case 'credential':
      return new CredentialExpired(keeper, `${remedy.todo} (${errcode})`, String(errcode));
    case 'permanent':
      return new Permanent(`${remedy.reason} (${errcode})`);
  }
}
