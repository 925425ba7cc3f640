import { findChanges } from '../../../pipeline/commands/find-changes.ts';
import { Conflict, NotFound, NotPermitted } from '../../../pipeline/domain/errors.ts';
import { type Call, getReader } from '../../http/call.ts';
import { StaleCase } from '../../http/errors.ts';
import { presentChanges } from '../../present/case-changes.ts';

/**
 * Does what was asked for; where that is refused, and something has happened to the case since the version that the person saw,
 * the refusal says what (409): who was faster must not cost the other one a search.
 */
export async function tellingChanges<T>(
  call: Pick<Call, 'signedIn' | 'rights' | 'action' | 'deps'>,
  seen: { caseId: string; version: number },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (![Conflict, NotFound, NotPermitted].some((known) => error instanceof known)) throw error;
    const { actor, rights } = getReader(call);
    const changes = await findChanges(seen, rights, call.deps.stores);
    if (changes === null) throw error;
    const said = error instanceof Conflict ? error.message : '这条线索已有更新，请重新打开后再处理。';
    throw changes.kind === 'referred'
      ? new StaleCase('这条线索已转安全值班。', { changes: [], referredAt: changes.referredAt })
      : new StaleCase(said, {
          changes: await presentChanges(changes.events, actor.id, call.deps),
          currentVersion: changes.version,
        });
  }
}
