import type { WechatChannel } from '../../../pipeline/domain/channel.ts';
import { CredentialExpired, InvalidInput, PageChanged, Permanent } from '../../../pipeline/domain/errors.ts';

/**
 * What the platform says is for whoever keeps the account; a writer, who waits for the answer, is told in Chinese whom to ask.
 * @throws InvalidInput instead of CredentialExpired, Permanent, PageChanged; anything else as it is
 */
export async function asToldToWriters<T>({ name }: WechatChannel, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CredentialExpired) {
      const code = error.platformCode === null ? '' : `（错误码 ${error.platformCode}）`;
      const message = `公众号“${name}”的接口凭证不能用，或没有这项权限${code}，请联系${error.who}。`;
      throw new InvalidInput('channelId', message);
    }
    if (error instanceof Permanent || error instanceof PageChanged) {
      const code = /\((-?\d{1,6})\)/.exec(error.message)?.[1];
      throw new InvalidInput(
        'channelId',
        `公众平台没有接受${code === undefined ? '' : `（错误码 ${code}）`}。`,
      );
    }
    throw error;
  }
}
