import { compareContents } from '../../../pipeline/domain/compare-contents.ts';
import type { DraftContent } from '../../../pipeline/domain/draft-content.ts';
import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import type { Handler } from '../../http/call.ts';
import { readOwn } from './sight.ts';

export const compareDraftVersions: Handler<'compareDraftVersions'> = async (call) => {
  const { deps, query } = call;
  const { id } = await readOwn(call);
  const settings = await deps.directory.settings();
  const find = async (field: 'from' | 'to'): Promise<DraftContent> => {
    const found = await deps.stores.drafts.findVersion(id, query[field]);
    if (found === null) throw new InvalidInput(field, '没有这个版本。');
    // What is different is read by people.
    const channels = found.content.channels.map((one) => deps.directory.channel(settings, one).name);
    return { ...found.content, channels };
  };
  return compareContents(await find('from'), await find('to'));
};
