import {
  changeHelpRelease,
  collectReleases,
  listCollectors as findCollectors,
  listReleases as findReleases,
  releaseHelp as release,
} from '../../../pipeline/commands/release-help.ts';
import { onDutyAt } from '../../../pipeline/domain/roster.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentCollected, presentRelease } from '../../present/reply.ts';

export const listCollectors: Handler<'listCollectors'> = async ({ deps }) => {
  const { roster } = await deps.directory.settings();
  const shifts = onDutyAt(roster, deps.clock.now(), await deps.calendar.read());
  const logins = new Set(shifts.flatMap(({ entry }) => [entry.person, entry.backup ?? '']));
  const found = await findCollectors(deps);
  return {
    items: found
      .map(({ id, name, roles, login }) => ({ id, name, roles, onDuty: logins.has(login) }))
      .toSorted((a, b) => Number(b.onDuty) - Number(a.onDuty)),
  };
};

export const listReleases: Handler<'listReleases'> = async (call) => {
  const reader = getReader(call);
  const found = await findReleases(call.params.id, reader, call.deps);
  return { items: await Promise.all(found.map((one) => presentRelease(one, reader.actor, call.deps))) };
};

export const releaseHelp: Handler<'releaseHelp'> = async (call) => {
  const reader = getReader(call);
  const done = await release({ ...call.body, caseId: call.params.id }, reader, call.deps);
  return presentRelease(done.release, reader.actor, call.deps);
};

export const moveRelease: Handler<'moveRelease'> = async (call) => {
  const { actor } = getReader(call);
  const { move: type, commandId, version } = call.body;
  const command = { type, commandId, version, releaseId: call.params.id };
  const done = await changeHelpRelease(command, actor, call.deps);
  return presentRelease(done.release, actor, call.deps);
};

export const countCollected: Handler<'countCollected'> = async (call) => {
  const { stores, clock } = call.deps;
  const mine = await stores.replies.listCollected(getReader(call).actor.id, clock.now());
  return { waiting: mine.filter(({ state }) => state === 'released').length };
};

export const listCollected: Handler<'listCollected'> = async (call) => {
  const found = await collectReleases(getReader(call).actor, call.deps);
  return { items: await Promise.all(found.map((one) => presentCollected(one, call.deps))) };
};

export const settleCollected: Handler<'settleCollected'> = async (call) => {
  const { actor } = getReader(call);
  const command = { type: 'settle' as const, releaseId: call.params.id, ...call.body };
  const done = await changeHelpRelease(command, actor, call.deps);
  return presentCollected(done.release, call.deps);
};
