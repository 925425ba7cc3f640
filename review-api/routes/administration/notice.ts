import type { Handler } from '../../http/call.ts';
import { buildCurrentNotice } from '../../present/notice.ts';

export const readNotice: Handler<'readNotice'> = async ({ deps }) => buildCurrentNotice(deps);
