import { type Fields, fieldsOf, idOf } from './fields.ts';

/**
 * The platform's id of whoever wrote an item, for the two questions that may be asked of it: is it the school's own account, and has
 * its person objected. It goes no further (R2, R3). Null where it is hidden, deleted, or not sent.
 */
export function authorOf(item: Fields): string | null {
  const user = fieldsOf(item.user);
  return idOf(user?.idstr, user?.id, user?.uid, item.uid, item.user_id);
}
