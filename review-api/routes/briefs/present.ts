import { hasWritten } from '../../../pipeline/commands/move-brief.ts';
import type { Brief } from '../../../pipeline/domain/brief.ts';
import type { BriefEvent } from '../../../pipeline/domain/brief-life.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { BriefLine } from '../../../pipeline/ports/brief-store.ts';
import type { BriefLineView, BriefMay, BriefView } from '../../contract/briefs.ts';
import { type Call, getSignedIn } from '../../http/call.ts';

type Asking = Pick<Call, 'signedIn' | 'deps'>;

export function mayOf(call: Pick<Call, 'signedIn'>): { write: boolean; approve: boolean } {
  const { appointments } = getSignedIn(call);
  const has = (action: 'brief.write' | 'brief.approve') => rightsOf(appointments, action).permitted;
  return { write: has('brief.write'), approve: has('brief.approve') };
}

async function namesOf(line: Pick<Brief, 'wordsBy' | 'submittedBy' | 'approvedBy'>, { deps }: Asking) {
  const nameOf = (hand: Brief['wordsBy']) => deps.directory.colleagueName(hand?.actorId ?? null);
  return {
    wordsByName: await nameOf(line.wordsBy),
    submittedByName: await nameOf(line.submittedBy),
    approvedByName: await nameOf(line.approvedBy),
  };
}

export async function presentLine(line: BriefLine, call: Asking): Promise<BriefLineView> {
  return { ...line, ...(await namesOf(line, call)) };
}

function describeMay(
  { state }: Brief,
  events: readonly BriefEvent[],
  call: Pick<Call, 'signedIn'>,
): BriefMay {
  const may = mayOf(call);
  const self = { actorId: getSignedIn(call).user.id, onBehalfOf: null };
  const isOwn = hasWritten(self, events);
  const isSubmitted = state === 'submitted';
  return {
    write: may.write && state === 'draft',
    submit: may.write && state === 'draft',
    approve: may.approve && isSubmitted && !isOwn,
    return: may.approve && isSubmitted,
    withdraw: (may.write && (state === 'draft' || isSubmitted)) || (may.approve && state === 'approved'),
    correct: may.write && state === 'approved',
  };
}

export async function presentBrief(brief: Brief, call: Asking): Promise<BriefView> {
  const { stores, directory } = call.deps;
  const events: BriefEvent[] = mayOf(call).write ? await stores.briefs.listEvents(brief.id) : [];
  const settings = await directory.settings();
  const named = events.map(async (event) => ({
    ...event,
    actorName: await directory.colleagueName(event.actorId),
  }));
  return {
    brief: { ...brief, ...(await namesOf(brief, call)) },
    may: describeMay(brief, events, call),
    events: await Promise.all(named),
    gapChannels: brief.facts.gaps.map(({ channelId }) => directory.channel(settings, channelId).name),
  };
}
