import { mayLink } from '../../pipeline/commands/draft-links.ts';
import { listMovers } from '../../pipeline/commands/find-chain.ts';
import { readSealed } from '../../pipeline/commands/read-sealed.ts';
import {
  type Draft,
  type DraftVersion,
  type KeptSeal,
  type StepPass,
  writableStates,
} from '../../pipeline/domain/draft.ts';
import { mayWrite, movesNow } from '../../pipeline/domain/draft-moves.ts';
import { draftStateNames } from '../../pipeline/domain/draft-names.ts';
import { type DraftMover, openingsFor } from '../../pipeline/domain/draft-steps.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import { listHolders, type StepHolders } from '../../pipeline/domain/step-holders.ts';
import type { User } from '../../pipeline/domain/user.ts';
import type { DraftDetail, PassView, SealView } from '../contract/draft.ts';
import type { RouteDeps } from '../http/call.ts';
import { type Names, namer, presentDraft } from './draft.ts';

export async function nameOf(id: string, { directory }: Names): Promise<{ id: string; name: string }> {
  return { id, name: (await directory.colleagueName(id)) ?? '已注销的账号' };
}

async function presentPass(pass: StepPass, settings: Settings, deps: Names): Promise<PassView> {
  const { colleagueName } = deps.directory;
  const { step, round, contentVersion, role, at, opinion, errorsFound, readAloud, late, offline } = pass;
  return {
    ...{ step, round, contentVersion, role, at, opinion, errorsFound, readAloud, late },
    byName: await colleagueName(pass.actorId),
    onBehalfOfName: await colleagueName(pass.onBehalfOf),
    unit: pass.unitId === null ? null : namer(settings, deps).unit(pass.unitId),
    offline:
      offline === null
        ? null
        : {
            ...{ scan: offline.scan, signedOn: offline.signedOn },
            ...{ confirmBy: offline.confirmBy, confirmedAt: offline.confirmedAt },
            recordedByName: await colleagueName(offline.recordedBy),
          },
  };
}

export async function presentSeal(
  draft: Draft,
  { seal, endedAt, endedBy }: Omit<KeptSeal, 'draftId'>,
  deps: RouteDeps,
): Promise<SealView> {
  const { verdict } = await readSealed(draft, seal, deps);
  const { kid, digest, at, version, parts } = seal;
  return { kid, digest, at, version, parts, state: verdict.state, endedAt, endedBy };
}

/** Names alone; of a stand-in, for whom. */
export function presentHolders(steps: readonly StepHolders[], people: ReadonlyMap<string, User>) {
  const name = (id: string) => people.get(id)?.name ?? '';
  return steps.map(({ step, holders }) => ({
    step,
    people: holders.map(({ id, onBehalfOf }) => ({
      ...{ id, name: name(id) },
      forName: onBehalfOf === null ? null : name(onBehalfOf),
    })),
  }));
}

async function presentChain(draft: Draft, deps: RouteDeps): Promise<DraftDetail['chain']> {
  const { chain } = draft;
  if (chain === null) return null;
  const { people, movers } = await listMovers(deps);
  const held = presentHolders(listHolders(draft, chain, movers), people);
  const { id, name, mode, steps } = chain;
  return {
    ...{ id, name, mode },
    steps: steps.map(({ step, role }) => ({
      ...{ step, role },
      people: held.find((one) => one.step === step)?.people ?? [],
    })),
  };
}

async function presentLinks(draft: Draft, mover: DraftMover, deps: RouteDeps): Promise<DraftDetail['links']> {
  if (!mayLink(draft, mover)) return null;
  const now = deps.clock.now();
  const links = await deps.stores.draftLinks.listLinks(draft.id);
  return Promise.all(
    links.map(async ({ id, contentVersion, createdBy, createdAt, expiresAt, openedAt }) => ({
      ...{ id, contentVersion, createdAt, expiresAt, openedAt },
      madeByName: await deps.directory.colleagueName(createdBy),
      isOver: expiresAt <= now,
    })),
  );
}

/** Why a person cannot write in it now; null where they can. */
function whyClosed(draft: Draft, mover: DraftMover): string | null {
  if (!mayWrite(draft, mover)) return '您不能修改这篇稿件的文字：可以批注；轮到您审校的，可以退回。';
  if (draft.state === 'approved') return '稿件已经定稿。要修改请先“重新修改”，原定稿随之作废。';
  if (writableStates.includes(draft.state)) return null;
  return `稿件${draftStateNames[draft.state]}，现在不能修改。`;
}

async function presentRecords(draft: Draft, deps: Names) {
  const { colleagueName } = deps.directory;
  const { unit: _, channel } = namer(await deps.directory.settings(), deps);
  const { submitted, asked, recall } = draft;
  return {
    submitted:
      submitted === null
        ? null
        : { version: submitted.version, at: submitted.at, byName: await colleagueName(submitted.by) },
    asked:
      asked === null
        ? null
        : { keys: asked.keys, reason: asked.reason, at: asked.at, byName: await colleagueName(asked.by) },
    allowed: await Promise.all(
      draft.allowed.map(async ({ key, reason, at, by }) => ({
        ...{ key, reason, at, byName: await colleagueName(by) },
      })),
    ),
    recall:
      recall === null
        ? null
        : { reason: recall.reason, at: recall.at, byName: await colleagueName(recall.askedBy) },
    publications: await Promise.all(
      draft.publications.map(async ({ channelId, url, at, by }) => ({
        ...{ channel: channel(channelId), url, at, byName: await colleagueName(by) },
      })),
    ),
    takenDown: await Promise.all(
      (draft.takeDown?.done ?? []).map(async ({ channelId, at, by }) => ({
        ...{ channel: channel(channelId), at, byName: await colleagueName(by) },
      })),
    ),
  };
}

export async function presentDraftDetail(
  { draft, version }: { draft: Draft; version: DraftVersion },
  mover: DraftMover,
  deps: RouteDeps,
): Promise<DraftDetail> {
  const settings = await deps.directory.settings();
  const { unit } = namer(settings, deps);
  const { seal } = draft;
  const kept = { seal, endedAt: null, endedBy: null };
  return {
    ...(await presentDraft(draft, mover, deps)),
    content: version.content,
    ...{ savedAt: version.savedAt, savedBy: await nameOf(version.writtenBy, deps), isKept: version.frozen },
    closed: whyClosed(draft, mover),
    moves: movesNow(draft, mover),
    openings: openingsFor(draft, mover).map(({ kind, step, role, unitId }) => ({
      ...{ kind, step, role, unit: unitId === null ? null : unit(unitId) },
    })),
    chain: await presentChain(draft, deps),
    passes: await Promise.all(draft.passes.map((pass) => presentPass(pass, settings, deps))),
    ...(await presentRecords(draft, deps)),
    seal: seal === null ? null : await presentSeal(draft, { ...kept, seal }, deps),
    links: await presentLinks(draft, mover, deps),
    wrote: await Promise.all(draft.writers.map((id) => nameOf(id, deps))),
  };
}
