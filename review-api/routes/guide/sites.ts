import { addSite as register } from '../../../pipeline/commands/change-channel.ts';
import { Permanent } from '../../../pipeline/domain/errors.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentChannel } from '../../present/channel.ts';

/** That somebody had a site read is in the audit log; the address is not, for it may be anything. */
export const surveySite: Handler<'surveySite'> = async (call) => {
  const { deps, signal } = call;
  const { actor } = getReader(call);
  if (deps.surveys === undefined) throw new Permanent('this process cannot fetch pages');
  const found = await deps.surveys.survey(call.body.address, signal);
  await deps.stores.audit.append({
    ...{ id: deps.clock.newId(), log: 'audit', at: deps.clock.now(), actorId: actor.id },
    ...{ action: 'site.surveyed', subject: 'site', payload: { pages: found.pagesRead } },
  });
  const { host } = new URL(found.address);
  const { channels } = await deps.directory.settings();
  const known = channels.find(
    (one) =>
      one.kind === 'site' && one.state !== 'not-connected' && one.allow.some((place) => place.host === host),
  );
  return { ...found, registeredAs: known?.name ?? null };
};

export const addSite: Handler<'addSite'> = async (call) => {
  const { actor } = getReader(call);
  const privateAddress = call.deps.surveys?.privateAddress ?? false;
  const channel = await register({ ...call.body, privateAddress }, actor, call.deps);
  const settings = await call.deps.directory.settings();
  return presentChannel(channel, { settings, roles: actor.roles }, call.deps);
};
