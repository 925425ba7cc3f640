import { NotFound } from '../../../pipeline/domain/errors.ts';
import type { Handler } from '../../http/call.ts';
import { presentDraftEvent } from '../../present/draft.ts';
import { nameOf, presentDraftDetail, presentSeal } from '../../present/draft-detail.ts';
import { moverOf, readOwn } from './sight.ts';

const noVersion = () => new NotFound('没有这个版本。');

export const readDraft: Handler<'readDraft'> = async (call) => {
  const draft = await readOwn(call);
  const version = await call.deps.stores.drafts.findVersion(draft.id, draft.contentVersion);
  if (version === null) throw noVersion();
  return presentDraftDetail({ draft, version }, moverOf(call), call.deps);
};

export const readDraftHistory: Handler<'readDraftHistory'> = async (call) => {
  const { deps } = call;
  const draft = await readOwn(call);
  const settings = await deps.directory.settings();
  const [events, seals] = await Promise.all([
    deps.stores.drafts.listEvents(draft.id),
    deps.stores.drafts.listSeals(draft.id),
  ]);
  return {
    items: await Promise.all(events.map((event) => presentDraftEvent(event, settings, deps))),
    seals: await Promise.all(seals.map((kept) => presentSeal(draft, kept, deps))),
  };
};

export const listDraftVersions: Handler<'listDraftVersions'> = async (call) => {
  const { id } = await readOwn(call);
  const versions = await call.deps.stores.drafts.listVersions(id);
  const items = versions.map(async ({ version, savedAt, writtenBy, frozen }) => ({
    ...{ version, savedAt, isKept: frozen },
    savedBy: await nameOf(writtenBy, call.deps),
  }));
  return { items: await Promise.all(items) };
};

export const readDraftVersion: Handler<'readDraftVersion'> = async (call) => {
  const { id } = await readOwn(call);
  const found = await call.deps.stores.drafts.findVersion(id, call.params.version);
  if (found === null) throw noVersion();
  const { version, savedAt, content, frozen } = found;
  return { version, savedAt, content, isKept: frozen, savedBy: await nameOf(found.writtenBy, call.deps) };
};
