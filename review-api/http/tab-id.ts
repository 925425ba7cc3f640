import type { Request } from 'express';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { tabHeader } from '../contract/routes.ts';

const tabForm = /^[\w-]{8,64}$/;

/**
 * The tab that a request comes from, as its page chose it when it was loaded; null where none is named.
 * @throws InvalidInput
 */
export function findTabId(request: Request): string | null {
  const given = request.get(tabHeader);
  if (given === undefined) return null;
  if (tabForm.test(given)) return given;
  throw new InvalidInput(tabHeader, '页面标记不对，请刷新页面。', '8 至 64 个字母、数字、横线或下划线');
}
