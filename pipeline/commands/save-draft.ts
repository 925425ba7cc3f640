import type { Draft } from '../domain/draft.ts';
import type { SaveDraft } from '../domain/draft-save.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { assertDraftContent, type ContentPorts } from './assert-draft-content.ts';
import { getDraft } from './draft-sight.ts';

export type SavePorts = ContentPorts & {
  stores: Pick<Stores, 'drafts' | 'settings'>;
  clock: Ports['clock'];
};

/** @throws NotFound, NotPermitted, Conflict; InvalidInput for what is not stored at all */
export async function saveDraft(command: SaveDraft, mover: DraftMover, ports: SavePorts): Promise<Draft> {
  const { drafts } = ports.stores;
  await getDraft(command.draftId, mover, ports);
  const newest = await drafts.findVersion(command.draftId);
  await assertDraftContent(command.content, newest?.content ?? null, ports);
  return drafts.save(command, mover, ports.clock.now());
}
