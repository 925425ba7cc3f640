import type { Draft } from '../../pipeline/domain/draft.ts';
import type { DraftFilter } from '../../pipeline/domain/draft-filter.ts';
import type { DraftMoveCommand, FoundForMove } from '../../pipeline/domain/draft-move-command.ts';
import type { DraftMover } from '../../pipeline/domain/draft-steps.ts';
import type { AuditLog } from '../../pipeline/ports/audit-log.ts';
import type { DraftFiles } from '../../pipeline/ports/draft-files.ts';
import type {
  DraftLinks,
  DraftQuery,
  DraftSight,
  DraftStore,
  SealedDrafts,
} from '../../pipeline/ports/draft-store.ts';
import type { Outbox } from '../../pipeline/ports/outbox.ts';
import type { RetentionStore } from '../../pipeline/ports/retention-store.ts';
import {
  buildContent,
  buildDraftMoveCommand,
  cleanReport,
  draftPeople,
  findForMove,
} from '../builders/draft.ts';
import type { FakeClock } from '../harness/fake-clock.ts';

export interface DraftStoreFixture {
  drafts: DraftStore & SealedDrafts;
  links: DraftLinks;
  files: DraftFiles;
  retention: RetentionStore;
  audit: AuditLog;
  outbox: Outbox;
  clock: FakeClock;
  close(): Promise<void>;
}

export const allDrafts: DraftSight = { units: 'all', personIds: [] };
export const hourMs = 3_600_000;

type More = Partial<DraftMoveCommand> & { found?: FoundForMove };

/** What the suites do with a store again and again. */
export function buildDraftBench(current: () => DraftStoreFixture) {
  const { writer, reviewer, head, director } = draftPeople;
  const now = () => current().clock.now();
  const create = (content = buildContent(), mover: DraftMover = writer, unitId = 'library') =>
    current().drafts.create({ commandId: current().clock.newId(), unitId, content }, mover, now());
  const getDraft = async (id: string): Promise<Draft> => {
    const found = await current().drafts.find(id, allDrafts);
    if (found === null) throw new Error('no draft');
    return found;
  };
  const save = (draft: Draft, text: string, mover: DraftMover = writer, keep = false) =>
    current().drafts.save(
      { draftId: draft.id, revision: draft.revision, content: buildContent({}, text), keep },
      mover,
      now(),
    );
  /** A minute after whatever came before. */
  async function record(draft: Draft, move: DraftMoveCommand['move'], mover: DraftMover, more: More = {}) {
    const { found = {}, ...said } = more;
    const at = current().clock.advance(60_000);
    const command = buildDraftMoveCommand({
      ...{ commandId: current().clock.newId(), draftId: draft.id, revision: draft.revision, move },
      ...{ text: '意见', ...said },
    });
    const facts = findForMove(draft, command, { ...found, mover, at });
    return current().drafts.recordMove({ command, found: facts, report: cleanReport }, mover, at);
  }
  const move = async (...asked: Parameters<typeof record>): Promise<Draft> => (await record(...asked)).draft;
  const submit = (draft: Draft, more: More = {}) => move(draft, 'submit', writer, more);
  /** Through the merged chain. */
  async function approve(draft: Draft): Promise<Draft> {
    let at = await submit(draft);
    for (const who of [reviewer, head, director]) at = await move(at, 'pass', who);
    return at;
  }
  const publish = (draft: Draft) =>
    move(draft, 'mark-published', writer, { channelId: 'main-site', url: 'https://www.canglan.example/1' });
  const page = (query: Partial<DraftQuery> & { filter: DraftFilter }) =>
    current().drafts.list({
      ...{ ...allDrafts, mover: writer, now: now(), words: null, cursor: null, limit: 50 },
      ...query,
    });
  const list = async (filter: DraftFilter, mover: DraftMover = writer, sight: DraftSight = allDrafts) =>
    (await page({ filter, mover, ...sight })).items.map(({ id }) => id);
  const count = (mover: DraftMover = writer, sight: DraftSight = allDrafts) =>
    current().drafts.count({ mover, now: now(), ...sight });

  return { now, create, getDraft, save, record, move, submit, approve, publish, page, list, count };
}
