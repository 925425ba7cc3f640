import {
  readAuthority as read,
  type StoredAuthority,
  saveAuthority as save,
} from '../../../pipeline/commands/authority-table.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { AuthorityView } from '../../contract/authority.ts';
import type { authorityRoutes } from '../../contract/authority-routes.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';

function present({ table, version }: StoredAuthority, call: Pick<Call, 'signedIn'>): AuthorityView {
  const mayEdit = rightsOf(getSignedIn(call).appointments, 'authority.edit').permitted;
  return { table, version, mayEdit };
}

export const authorityHandlers: { [N in keyof typeof authorityRoutes]: Handler<N> } = {
  readAuthority: async (call) => present(await read(call.deps), call),
  saveAuthority: async (call) => present(await save(call.body, getReader(call).actor, call.deps), call),
};
