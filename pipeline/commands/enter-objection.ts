import { Conflict, InvalidInput } from '../domain/errors.ts';
import type { Objections } from './objections.ts';

/**
 * Puts somebody on the list of those who are left out, from what a person of ours reads on the platform's public page at this
 * moment (R13). The account goes into the keyed digest and nowhere else: it is not stored, logged or answered.
 */
export type EnterObjection = (given: {
  platform: string;
  account: string;
  /** Of the request, by which both are found together. */
  reference: string;
  receivedOn: string;
  actorId: string;
}) => Promise<void>;

export function openEnterObjection(objections: Pick<Objections, 'read' | 'add'>): EnterObjection {
  return async ({ platform, account, reference, receivedOn, actorId }) => {
    const { isObjector, problem } = await objections.read();
    if (problem !== null) throw new Conflict('名单的密钥不在本机，请现代教育技术中心处理后再登入。');
    // Once is enough, also where an earlier attempt was cut off behind this.
    if (isObjector(platform, account.trim())) return;
    try {
      await objections.add({ platform, authorId: account, receivedOn, reference, actorId });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const field = error.field === 'author' ? 'account' : error.field;
      throw new InvalidInput(field, '这不是该平台的账号编号。', accountHints[platform] ?? '');
    }
  };
}

const accountHints: Record<string, string> = {
  weibo: '微博账号的数字编号，见其主页地址 weibo.com/u/ 之后的数字',
  wechat: '该用户在本公众号的 openid',
  site: '网站上显示的账号，不含空格',
};
