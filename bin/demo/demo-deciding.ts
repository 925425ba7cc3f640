import { decideBulk } from '../../pipeline/commands/bulk-decide.ts';
import type { Context } from '../../pipeline/context.ts';
import { isOneByOne } from '../../pipeline/domain/bulk.ts';
import { rightsFor } from '../../pipeline/domain/role.ts';

/** What the reviewer of the invented office did before its opening: three matters done with together, one of them brought back, a note. */
export async function decideDemoCases({ stores, clock }: Context): Promise<void> {
  const reviewer = await stores.users.findByLogin('reviewer');
  if (reviewer === null) throw new Error('the demo has no reviewer');
  const actor = { id: reviewer.id, roles: reviewer.roles };
  const rights = rightsFor(reviewer.roles, 'case.decide');
  const query = { queue: 'review', states: ['open'], cursor: null, limit: 200 } as const;
  const { items } = await stores.cases.listQueue({ ...query, accessClasses: ['open'] });
  // The least urgent of them, so that what the demo is about still waits.
  const [noted, ...done] = items.filter((one) => !isOneByOne(one) && one.deadline === null).slice(-4);
  if (noted === undefined || done.length < 3) return;
  const bulk = { bulkId: clock.newId(), kind: 'no-action', reason: 'opinion-only', note: null } as const;
  const picked = done.map(({ id: caseId, version }) => ({ caseId, version }));
  await decideBulk({ ...bulk, items: picked }, { actor, rights }, { stores, clock });
  const [back] = done;
  if (back !== undefined) {
    const command = { commandId: clock.newId(), caseId: back.id, version: back.version + 1 };
    const why = { reason: 'said-again', note: '值班电话里又有两位同学问起，再看一次。' } as const;
    await stores.cases.recordReopening({ ...command, ...why }, actor, clock.now());
  }
  const note = { commandId: clock.newId(), caseId: noted.id, note: '已问过值班老师，下午给回音。' };
  await stores.cases.recordNote(note, actor, clock.now());
}
