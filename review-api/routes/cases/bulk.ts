import {
  type BulkLook,
  decideBulk as decide,
  previewBulk as preview,
} from '../../../pipeline/commands/bulk-decide.ts';
import { undoBulk as undo } from '../../../pipeline/commands/undo-bulk.ts';
import { getReader, type Handler, type RouteDeps } from '../../http/call.ts';

const countOf = (items: readonly BulkLook[]) => {
  const decided = items.filter(({ hindrance }) => hindrance === null).length;
  const posts = items.reduce((sum, one) => sum + one.posts, 0);
  return { decided, left: items.length - decided, posts };
};

const nameHolders = <T extends BulkLook>(items: readonly T[], { directory }: RouteDeps) =>
  Promise.all(
    items.map(async ({ holderId, ...one }) => ({
      ...one,
      holderName: await directory.colleagueName(holderId),
    })),
  );

export const previewBulk: Handler<'previewBulk'> = async (call) => {
  const items = await preview(call.body, getReader(call), call.deps);
  return { items: await nameHolders(items, call.deps), ...countOf(items) };
};

export const decideBulk: Handler<'decideBulk'> = async (call) => {
  const items = await decide(call.body, getReader(call), call.deps, call.signal);
  const { bulkId } = call.body;
  return { bulkId, items: await nameHolders(items, call.deps), ...countOf(items) };
};

export const undoBulk: Handler<'undoBulk'> = async (call) => {
  const items = await undo(call.body, getReader(call), call.deps);
  const undone = items.filter(({ hindrance }) => hindrance === null).length;
  return { bulkId: call.body.bulkId, items, undone, left: items.length - undone };
};
