import { InvalidInput } from '../../../pipeline/domain/errors.ts';
import { buildMover, type Mover, Subject } from '../../../pipeline/domain/instruction.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { InstructionSight } from '../../../pipeline/ports/instruction-store.ts';
import { type Call, getSignedIn } from '../../http/call.ts';
import type { CardRights } from '../../present/instruction.ts';

type Asking = Pick<Call, 'signedIn' | 'rights' | 'action'>;

export function moverOf(call: Pick<Call, 'signedIn'>): Mover {
  const { user, appointments } = getSignedIn(call);
  return buildMover(user.id, appointments);
}

/** What the person may see through the route, and as whom. */
export function sightOf(call: Asking): InstructionSight {
  return { mover: moverOf(call), accessClasses: call.rights.accessClasses };
}

export function cardRightsOf(call: Asking): CardRights {
  const { appointments } = getSignedIn(call);
  const may = (action: Parameters<typeof rightsOf>[1]) => rightsOf(appointments, action).permitted;
  return {
    mayWrite: may('card.write'),
    mayGive: may('instruction.write'),
    maySubmit: may('instruction.assign'),
  };
}

/** `case:<id>` or `topic:<topic>`. @throws InvalidInput (`id`) */
export function subjectOf(id: string): Subject {
  const [kind = '', ...rest] = id.split(':');
  const value = rest.join(':');
  const parsed = Subject.safeParse(kind === 'case' ? { kind, caseId: value } : { kind, topic: value });
  if (!parsed.success) throw new InvalidInput('id', '没有这样的卡片。', 'case:编号 或 topic:主题');
  return parsed.data;
}
