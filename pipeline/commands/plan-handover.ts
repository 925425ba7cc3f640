import type { Actor } from '../domain/case.ts';
import type { DecisionCommand } from '../domain/decision.ts';
import { InvalidInput } from '../domain/errors.ts';
import { assertOrder, type HandoverOrder, usualOrder, usualWorkingDays } from '../domain/handover.ts';
import { maskText } from '../domain/mask.ts';
import { storedText } from '../domain/post.ts';
import { findQuote } from '../domain/quotation.ts';
import { rightsFor, type TextView } from '../domain/role.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface PlanPorts {
  stores: Pick<Stores, 'cases' | 'posts' | 'settings'>;
  clock: Ports['clock'];
  calendar: Ports['calendar'];
}

const allClasses = { accessClasses: ['open', 'victim', 'safety'] } as const;

/** The texts of a case as they stand; null where one of them is gone, so that nothing can be said of it. Shown to nobody. */
export async function readSources(
  caseId: string,
  { stores }: { stores: Pick<Stores, 'cases' | 'posts'> },
  view: 'full' | 'masked' = 'full',
): Promise<string[] | null> {
  const found = await stores.cases.findCase(caseId, allClasses);
  if (found === null) return null;
  const texts = await Promise.all(found.postIds.map((postId) => stores.posts.findText(postId, allClasses)));
  const living = texts.filter((text) => text !== null);
  if (living.length < texts.length) return null;
  if (view === 'full') return living.map(storedText);
  return Promise.all(
    living.map(async (text) => {
      const verdict = await stores.posts.findVerdict(text.postId, text.textVersion);
      return maskText(storedText(text), verdict?.findings ?? null);
    }),
  );
}

/** @throws InvalidInput for a unit that the settings do not have */
export async function assertUnits(
  unitIds: readonly string[],
  field: string,
  { stores }: { stores: Pick<Stores, 'settings'> },
): Promise<void> {
  if (unitIds.length === 0) return;
  const { units } = await stores.settings.read();
  if (unitIds.some((id) => !units.some((unit) => unit.id === id))) {
    throw new InvalidInput(field, '没有这个单位。', '请从单位列表里选。');
  }
}

/**
 * What the slip of a hand-over will say: units that there are, and the due time by the calendar.
 * @throws InvalidInput that names the field; of a matter that harms somebody the request must not quote
 */
export async function planHandover(
  command: DecisionCommand,
  actor: Actor,
  ports: PlanPorts,
): Promise<DecisionCommand> {
  const { kind, unitId } = command;
  if (kind !== 'hand-over' || unitId === null) return command;
  const order = command.handover ?? usualOrder;
  const { executorUnitId, coUnitIds } = order;
  if (executorUnitId !== null) await assertUnits([executorUnitId], 'handover.executorUnitId', ports);
  await assertUnits(coUnitIds, 'handover.coUnitIds', ports);
  assertOrder(order, unitId, ports.clock.now());
  const { caseId } = command;
  const view = rightsFor(actor.roles, 'case.decide').view.victim;
  await assertNotQuoting({ caseId, text: order.request, field: 'handover.request', view }, ports);
  return { ...command, handover: { ...order, plannedDueAt: await planDue(order, ports) } };
}

async function planDue(order: HandoverOrder, { clock, calendar }: PlanPorts): Promise<string> {
  if (order.dueAt !== null) return order.dueAt;
  const days = order.dueInWorkingDays ?? usualWorkingDays[order.urgency];
  return (await calendar.read()).dueAfter(clock.now(), days);
}

/**
 * A unit does not see the text of a matter that harms somebody: what the office writes on the slip must not bring it there.
 * @param view how the writer sees such a text: it is compared as they see it, for a refusal would tell whether they had guessed
 *   what is masked (R19)
 * @throws InvalidInput (`field`)
 */
export async function assertNotQuoting(
  { caseId, text, field, view }: { caseId: string; text: string; field: string; view: TextView },
  ports: { stores: Pick<Stores, 'cases' | 'posts'> },
): Promise<void> {
  if (text === '' || view === 'none') return;
  const found = await ports.stores.cases.findCase(caseId, allClasses);
  if (found?.accessClass !== 'victim') return;
  const sources = await readSources(caseId, ports, view);
  if (sources !== null && findQuote(text, sources) !== null) {
    throw new InvalidInput(field, '单位看不到这条线索的原文，请勿摘抄，改用概括的话。');
  }
}
