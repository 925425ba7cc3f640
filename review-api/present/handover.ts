import type { OpenedHandover } from '../../pipeline/commands/open-handover.ts';
import type { QueueName } from '../../pipeline/domain/category.ts';
import type { Handover } from '../../pipeline/domain/handover.ts';
import type { HandoverLink } from '../../pipeline/domain/handover-link.ts';
import { findActing, longestExtensionDays, movesNow } from '../../pipeline/domain/handover-moves.ts';
import { maskText } from '../../pipeline/domain/mask.ts';
import { storedText } from '../../pipeline/domain/post.ts';
import type { Appointment, TextView } from '../../pipeline/domain/role.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import type { HandoverEventWithText } from '../../pipeline/ports/handover-store.ts';
import type {
  HandoverDetail,
  HandoverEventView,
  HandoverSummary,
  LinkedHandover,
} from '../contract/handover.ts';
import type { RouteDeps } from '../http/call.ts';

type Names = Pick<RouteDeps, 'directory'>;

export async function presentHandover(
  one: Handover,
  appointments: readonly Appointment[],
  { directory }: Names,
): Promise<HandoverSummary> {
  const settings = await directory.settings();
  const unit = (id: string) => directory.unit(settings, id);
  const { id, version, number, state, urgency, topic, dueAt, firstDueAt, sentAt } = one;
  const { receivedAt, answeredAt, closedAt, urgedAt, escalatedTo } = one;
  const supervisor = await directory.colleagueName(one.supervised?.by ?? null);
  const suggested = one.returned?.suggestedUnitId ?? null;
  return {
    ...{ id, version, number, state, urgency, topic, dueAt, firstDueAt, sentAt },
    ...{ receivedAt, answeredAt, closedAt, urgedAt, escalatedTo },
    ...{ ownerUnit: unit(one.ownerUnitId), executorUnit: unit(one.executorUnitId) },
    coUnits: one.coUnitIds.map(unit),
    supervised: one.supervised === null ? null : { byName: supervisor, since: one.supervised.since },
    extension: one.extension === null ? null : { dueAt: one.extension.dueAt },
    returned:
      one.returned === null
        ? null
        : { reason: one.returned.reason, suggestedUnit: suggested === null ? null : unit(suggested) },
    maySupervise: one.supervised === null && findActing(one, 'supervise', appointments) !== null,
  };
}

/** What people wrote about somebody who is harmed: masked for whoever sees such a text masked. */
function asSeen(text: string | null, view: TextView): string | null {
  return text === null || view !== 'masked' ? text : maskText(text, []);
}

async function presentEvent(
  event: HandoverEventWithText,
  { settings, view }: { settings: Settings; view: TextView },
  { directory }: Names,
): Promise<HandoverEventView> {
  const { id, kind, at, role, kept, details } = event;
  const unit = (unitId: string) => directory.unit(settings, unitId);
  return {
    ...{ id, kind, at, role, kept, reason: details.reason, dueAt: details.dueAt, level: details.level },
    byName: await directory.colleagueName(event.actorId),
    byMachine: event.actorId === null,
    unit: event.unitId === null ? null : unit(event.unitId),
    onBehalfOfName: await directory.colleagueName(event.onBehalfOf),
    text: asSeen(event.text, view),
    units: details.unitIds.map(unit),
  };
}

async function presentMatter(
  { post, text, view, verdict }: OpenedHandover,
  { directory }: Names,
): Promise<HandoverDetail['matter']> {
  const { kind: postKind, publishedAt, url } = post;
  const channelName = directory.channel(await directory.settings(), post.channelId).name;
  const facts = { channelName, postKind, publishedAt, url };
  if (view === 'none') return { ...facts, text: { mode: 'hidden' } };
  if (text === null) return { ...facts, text: { mode: 'erased' } };
  const whole = storedText(text);
  const shown = view === 'masked' ? maskText(whole, verdict?.findings ?? null) : whole;
  return { ...facts, text: { mode: view, text: shown } };
}

/** The newest wording of what was asked. */
function findRequest(events: readonly HandoverEventWithText[]): string | null {
  return events.find(({ kind }) => kind === 'sent')?.text ?? null;
}

export async function presentHandoverDetail(
  opened: OpenedHandover,
  viewer: {
    appointments: readonly Appointment[];
    mayManage: boolean;
    /** Where they work on cases. */
    queues: readonly QueueName[];
    links: readonly HandoverLink[];
  },
  deps: Pick<RouteDeps, 'directory' | 'clock' | 'calendar'>,
): Promise<HandoverDetail> {
  const { handover, events, view } = opened;
  const { appointments, mayManage, queues, links } = viewer;
  const settings = await deps.directory.settings();
  const calendar = await deps.calendar.read();
  const latest = calendar.dueAfter(handover.dueAt, longestExtensionDays);
  const { deadline } = handover;
  return {
    ...(await presentHandover(handover, appointments, deps)),
    caseId: mayManage ? handover.caseId : null,
    caseQueue: (mayManage ? opened.case.queues.find((one) => queues.includes(one)) : null) ?? null,
    sentByName: await deps.directory.colleagueName(handover.sentBy),
    request: asSeen(findRequest(events), view),
    matter: await presentMatter(opened, deps),
    events: await Promise.all(events.map((event) => presentEvent(event, { settings, view }, deps))),
    moves: movesNow(handover, appointments, deps.clock.now()),
    latestExtension: deadline !== null && deadline > handover.dueAt && deadline < latest ? deadline : latest,
    units: settings.units.map(({ id, name }) => ({ id, name })),
    links: mayManage
      ? links.map(({ id, createdAt, expiresAt, openedAt }) => ({ id, createdAt, expiresAt, openedAt }))
      : null,
  };
}

const shortText = 400;

/** Short: a phone is shown around. */
function shorten(matter: HandoverDetail['matter']): HandoverDetail['matter'] {
  if (!('text' in matter.text)) return matter;
  const letters = [...matter.text.text];
  if (letters.length <= shortText) return matter;
  return { ...matter, text: { ...matter.text, text: `${letters.slice(0, shortText).join('')}…` } };
}

export async function presentLinkedHandover(
  opened: OpenedHandover,
  link: HandoverLink,
  deps: Names,
): Promise<LinkedHandover> {
  const { id, number, state, urgency, dueAt, sentAt, ownerUnitId, executorUnitId } = opened.handover;
  const settings = await deps.directory.settings();
  return {
    ...{ id, number, state, urgency, dueAt, sentAt, expiresAt: link.expiresAt },
    executorUnit: deps.directory.unit(settings, executorUnitId),
    ownerUnit: deps.directory.unit(settings, ownerUnitId),
    request: findRequest(opened.events),
    matter: shorten(await presentMatter(opened, deps)),
  };
}
