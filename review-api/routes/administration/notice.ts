import { listUnfilled } from '../../../pipeline/domain/public-notice.ts';
import type { Handler } from '../../http/call.ts';
import { buildCurrentNotice } from '../../present/notice.ts';

export const readNotice: Handler<'readNotice'> = async ({ deps }) => {
  const notice = await buildCurrentNotice(deps);
  return { ...notice, unfilled: listUnfilled(notice) };
};
