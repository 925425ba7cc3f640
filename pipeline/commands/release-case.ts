import type { Actor, Case } from '../domain/case.ts';
import { isUndecided } from '../domain/case.ts';
import { Conflict, NotFound, NotPermitted } from '../domain/errors.ts';
import type { Rights } from '../domain/role.ts';
import { type CasePorts, claimCase } from './open-case.ts';

/**
 * Keeps a case that one is working on; a lease that ran out meanwhile is taken again if the case is still free.
 * @throws NotFound; NotPermitted outside one's queues; Conflict when another one holds it or it was decided
 */
export async function renewClaim(
  claim: { caseId: string; token: string },
  reader: { actor: Actor; rights: Rights },
  ports: CasePorts,
): Promise<Case> {
  const found = await ports.stores.cases.findCase(claim.caseId, reader.rights);
  if (found === null) throw new NotFound('没有这条线索。');
  if (!found.queues.some((queue) => reader.rights.queues.includes(queue))) {
    throw new NotPermitted('这条线索不在您的队列。');
  }
  if (!isUndecided(found.state)) throw new Conflict('这条线索已经处理过。');
  return claimCase(claim, reader, ports);
}

/**
 * Frees one's own claim. A claim that is not (or no longer) one's own stays as it is.
 * @throws NotFound outside the person's access classes
 */
export async function releaseCase(
  claim: { caseId: string; token: string },
  rights: Rights,
  ports: Pick<CasePorts, 'stores'>,
): Promise<void> {
  const found = await ports.stores.cases.findCase(claim.caseId, rights);
  if (found === null) throw new NotFound('没有这条线索。');
  await ports.stores.cases.releaseClaim(claim.caseId, claim.token);
}
