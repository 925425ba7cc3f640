import type { OpenedEvidence } from '../../../pipeline/commands/open-brief-evidence.ts';
import type { EvidenceQuery } from '../../../pipeline/domain/brief-evidence.ts';
import { caseStateNames, itemKindNames, levelNames } from '../../../pipeline/domain/case-names.ts';
import { type Action, rightsOf } from '../../../pipeline/domain/role.ts';
import { shanghaiClock } from '../../../pipeline/domain/time.ts';
import type { EvidenceView } from '../../contract/briefs.ts';
import { type Call, getSignedIn } from '../../http/call.ts';

const pageSize = 50;

/** By which right a reader sees which, and not only how many; null: who reads briefs sees it, `never`: nobody does here. */
const rightFor: Record<EvidenceQuery['of'], Action | null | 'never'> = {
  ...{ cases: null, handovers: null, gaps: null, channels: null, bursts: null, derived: null },
  ...{
    items: 'post.search',
    'topic-items': 'post.search',
    drafts: 'draft.list',
    live: 'live.read',
    docket: 'removal.read',
  },
  ...{ referred: 'never', reads: 'never' },
};

type Visible = Pick<Call, 'signedIn' | 'deps'>;

/** As somebody knows it again: when, where, what it was judged to be. No word of it. */
function labelOf(at: string, channelName: string, ...facts: string[]): string {
  return [shanghaiClock(at).slice(0, 16), channelName, ...facts].join(' · ');
}

async function channelNames({ deps }: Visible): Promise<(channelId: string) => string> {
  const settings = await deps.directory.settings();
  return (channelId) => deps.directory.channel(settings, channelId).name;
}

async function listItems(ids: readonly string[], call: Visible): Promise<EvidenceView['items']> {
  const { accessClasses } = rightsOf(getSignedIn(call).appointments, 'post.search');
  const nameOf = await channelNames(call);
  const found = await call.deps.stores.rollups.findItems(ids, accessClasses);
  const facts = new Map(found.map((fact) => [fact.postId, fact]));
  return ids.flatMap((id) => {
    const fact = facts.get(id);
    if (fact === undefined) return [];
    const { hour, channelId, kind, level } = fact;
    const label = [`${hour.replace('T', ' ')} 时`, nameOf(channelId), itemKindNames[kind], levelNames[level]];
    return [{ id, label: label.join(' · ') }];
  });
}

async function listCases(ids: readonly string[], call: Visible): Promise<EvidenceView['items']> {
  const { accessClasses } = rightsOf(getSignedIn(call).appointments, 'brief.read');
  const nameOf = await channelNames(call);
  const visible: EvidenceView['items'] = [];
  for (const id of ids) {
    const one = await call.deps.stores.cases.findCase(id, { accessClasses });
    if (one === null) continue;
    const { openedAt, channelId, level, state } = one;
    const label = labelOf(openedAt, nameOf(channelId), levelNames[level], caseStateNames[state]);
    visible.push({ id, label });
  }
  return visible;
}

async function listSlips(ids: readonly string[], call: Visible): Promise<EvidenceView['items']> {
  const { accessClasses } = rightsOf(getSignedIn(call).appointments, 'brief.read');
  const visible: EvidenceView['items'] = [];
  for (const id of ids) {
    const slip = await call.deps.stores.handovers.find(id, { units: 'all' });
    if (slip !== null && accessClasses.includes(slip.originAccessClass))
      visible.push({ id, label: slip.number });
  }
  return visible;
}

/** Classes change: what has become another one since is not shown to who may not see it (R19). */
async function listVisible(
  of: EvidenceQuery['of'],
  ids: readonly string[],
  call: Visible,
): Promise<EvidenceView['items']> {
  if (of === 'items' || of === 'topic-items') return listItems(ids, call);
  if (of === 'cases') return listCases(ids, call);
  if (of === 'handovers') return listSlips(ids, call);
  return ids.map((id) => ({ id, label: id }));
}

export async function presentEvidence(
  opened: OpenedEvidence,
  { countedAt, offset }: { countedAt: string; offset: number },
  call: Pick<Call, 'signedIn' | 'deps'>,
): Promise<EvidenceView> {
  const { number, ids, now, parts } = opened;
  const { of } = number.evidence.query;
  const right = rightFor[of];
  const { appointments } = getSignedIn(call);
  const isCountOnly = right === 'never' || (right !== null && !rightsOf(appointments, right).permitted);
  const page = isCountOnly ? [] : ids.slice(offset, offset + pageSize);
  return {
    ...{ number, countedAt, total: number.evidence.total, parts, now, isCountOnly },
    items: await listVisible(of, page, call),
    nextOffset: !isCountOnly && offset + pageSize < ids.length ? offset + pageSize : null,
  };
}
