import type { z } from 'zod';
import { readBehind } from '../../../pipeline/commands/read-trends-counts.ts';
import { type Evidence, readEvidence } from '../../../pipeline/commands/read-trends-evidence.ts';
import type { AccessClass } from '../../../pipeline/domain/access-class.ts';
import type { HandoverFact } from '../../../pipeline/domain/case-fact.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { EvidenceRequest, EvidenceView } from '../../contract/trends.ts';
import { filterOf } from '../../contract/trends-filter.ts';
import { type Call, getSignedIn, type Handler } from '../../http/call.ts';
import { openTrendNames, type TrendNames } from '../../present/trend.ts';
import { presentCaseFact, presentItem, presentSlip } from '../../present/trend-evidence.ts';
import { readerOf } from './asked.ts';

/** What the reader may open besides seeing that it is there. */
function openersOf({ signedIn }: Pick<Call, 'signedIn'>) {
  const { appointments } = getSignedIn({ signedIn });
  const [cases, slips] = [rightsOf(appointments, 'case.read'), rightsOf(appointments, 'handover.read')];
  const ofUnit = ({ unitId, executorUnitId }: HandoverFact) =>
    slips.units === 'all' || slips.units.includes(unitId) || slips.units.includes(executorUnitId);
  return {
    mayOpenCase: (access: AccessClass) => cases.accessClasses.includes(access),
    mayOpenSlip: (fact: HandoverFact) =>
      slips.permitted && slips.accessClasses.includes(fact.accessClass) && ofUnit(fact),
    caseClasses: cases.accessClasses,
  };
}

type Asking = Pick<Call, 'signedIn' | 'deps'>;

/** Case ids of posts, as far as the reader may open them. */
async function findCases(postIds: string[], call: Asking): Promise<Map<string, string>> {
  const { caseClasses } = openersOf(call);
  if (caseClasses.length === 0 || postIds.length === 0) return new Map();
  const found = await call.deps.stores.desk.findNewestCases(postIds, { accessClasses: caseClasses });
  return new Map([...found].map(([postId, { id }]) => [postId, id]));
}

async function presentEvidence(found: Evidence, names: TrendNames, call: Asking): Promise<EvidenceView[]> {
  const { mayOpenCase, mayOpenSlip } = openersOf(call);
  switch (found.about) {
    case 'items': {
      const cases = await findCases(
        found.page.items.map(({ postId }) => postId),
        call,
      );
      return found.page.items.map((fact) => presentItem(fact, cases.get(fact.postId) ?? null, names));
    }
    case 'cases':
      return found.page.items.map((fact) => presentCaseFact(fact, mayOpenCase(fact.accessClass), names));
    case 'handovers':
      return found.page.items.map((fact) => {
        const may = { open: mayOpenSlip(fact), openCase: mayOpenCase(fact.accessClass) };
        return presentSlip(fact, may, names);
      });
    default:
      return found satisfies never;
  }
}

type Asked = z.output<typeof EvidenceRequest>;

/** A page of what a figure was counted from, as the reader may see it. */
export async function readEvidencePage(
  { about, fromDay, toDay, speaker, moment, late, cursor, limit, ...query }: Asked,
  call: Asking & Pick<Call, 'rights'>,
): Promise<{ items: EvidenceView[]; nextCursor: string | null }> {
  const filter = filterOf(query);
  const asked = { about, fromDay, toDay, speaker, moment, late, filter, cursor: cursor ?? null, limit };
  const found = await readEvidence(asked, readerOf(call));
  const names = await openTrendNames(call.deps.directory);
  return { items: await presentEvidence(found, names, call), nextCursor: found.page.nextCursor };
}

export const listTrendEvidence: Handler<'listTrendEvidence'> = async (call) => ({
  ...(await readEvidencePage(call.query, call)),
  behind: await readBehind(call.deps),
});
