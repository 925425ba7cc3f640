import { readTemplates, saveTemplates } from '../../../pipeline/commands/brief-templates.ts';
import { createBrief, previewBrief } from '../../../pipeline/commands/create-brief.ts';
import { handOf, moveBrief, saveBriefWords } from '../../../pipeline/commands/move-brief.ts';
import { openEvidence } from '../../../pipeline/commands/open-brief-evidence.ts';
import { findBriefProblems } from '../../../pipeline/commands/scan-brief.ts';
import { type Brief, BriefKind, BriefState } from '../../../pipeline/domain/brief.ts';
import type { BriefMove } from '../../../pipeline/domain/brief-life.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import type { BriefView } from '../../contract/briefs.ts';
import type { briefsRoutes } from '../../contract/briefs-routes.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';
import { readBriefFile } from './download-brief.ts';
import { readCaseLedger } from './download-ledger.ts';
import { mayOf, presentBrief, presentLine } from './present.ts';
import { presentEvidence } from './present-evidence.ts';

type Asking = Pick<Call, 'signedIn' | 'deps'>;

/** Who writes none sees what was approved, and is not told of others. */
const statesFor = (call: Pick<Call, 'signedIn'>): readonly BriefState[] =>
  mayOf(call).write ? BriefState.options : ['approved'];

/** @throws NotFound */
async function getBrief(id: string, call: Asking): Promise<Brief> {
  const brief = await call.deps.stores.briefs.find(id);
  if (brief === null || !statesFor(call).includes(brief.state)) throw new NotFound('没有这份简报。');
  return brief;
}

const officialOf = (call: Asking) => {
  const { user, appointments } = getSignedIn(call);
  return { id: user.id, appointments };
};

interface Moving extends Asking {
  params: { id: string };
  body: { commandId: string; version: number; reason?: string };
}

async function move(call: Moving, kind: BriefMove): Promise<BriefView> {
  const { commandId, version, reason = null } = call.body;
  const { brief } = await moveBrief(
    { commandId, briefId: call.params.id, version, move: kind, reason },
    officialOf(call),
    { ...call.deps, mayApprove: mayOf(call).approve },
  );
  return presentBrief(brief, call);
}

export const briefsHandlers: { [N in keyof typeof briefsRoutes]: Handler<N> } = {
  readBriefFile,
  readCaseLedger,
  listBriefs: async (call) => {
    const { kind, state, cursor = null, limit } = call.query;
    const states = statesFor(call).filter((one) => state === undefined || one === state);
    const kinds = kind === undefined ? BriefKind.options : [kind];
    const page = await call.deps.stores.briefs.list({ states, kinds, cursor, limit });
    return { ...page, items: await Promise.all(page.items.map((line) => presentLine(line, call))) };
  },
  createBrief: async (call) => {
    const { brief } = await createBrief(call.body, handOf(officialOf(call)), call.deps);
    return presentBrief(brief, call);
  },
  previewBrief: async ({ body, deps }) => ({ facts: (await previewBrief(body, deps)).facts }),
  readBrief: async (call) => presentBrief(await getBrief(call.params.id, call), call),
  saveBriefWords: async (call) => {
    const command = { ...call.body, briefId: call.params.id };
    const { brief } = await saveBriefWords(command, officialOf(call), call.deps);
    return presentBrief(brief, call);
  },
  readBriefProblems: async (call) => ({
    problems: await findBriefProblems(await getBrief(call.params.id, call), call.deps),
  }),
  submitBrief: (call) => move(call, 'submit'),
  returnBrief: (call) => move(call, 'return'),
  approveBrief: (call) => move(call, 'approve'),
  withdrawBrief: (call) => move(call, 'withdraw'),
  readBriefEvidence: async (call) => {
    const brief = await getBrief(call.params.id, call);
    const opened = await openEvidence(brief, call.params.numberId, call.deps);
    const { countedAt } = brief.facts;
    return presentEvidence(opened, { countedAt, offset: call.query.offset }, call);
  },
  readBriefTemplates: async (call) => {
    const mayEdit = rightsOf(getSignedIn(call).appointments, 'brief.template').permitted;
    return { ...(await readTemplates(call.deps)), mayEdit };
  },
  saveBriefTemplates: async (call) => ({
    ...(await saveTemplates(call.body, getReader(call).actor, call.deps)),
    mayEdit: true,
  }),
};
