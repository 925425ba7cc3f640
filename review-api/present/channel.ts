import { channelRevision } from '../../pipeline/commands/change-channel.ts';
import { readChannelFacts } from '../../pipeline/commands/channel-facts.ts';
import type { Channel } from '../../pipeline/domain/channel.ts';
import { nextStates, reviewDueOn } from '../../pipeline/domain/register.ts';
import { type Role, rightsFor } from '../../pipeline/domain/role.ts';
import type { Settings } from '../../pipeline/domain/settings.ts';
import type { ChannelDetail, ChannelView } from '../contract/channel.ts';
import type { RouteDeps } from '../http/call.ts';

const pagesShown = 20;
const most = { runs: 30, windows: 14, gaps: 10 };

/** The right to write the register is asked of the one table; which move is whose, of the status table. */
export function mayManage(roles: readonly Role[]): boolean {
  return rightsFor(roles, 'channel.manage').permitted;
}

export async function presentChannel(
  channel: Channel,
  { settings, roles }: { settings: Settings; roles: readonly Role[] },
  deps: RouteDeps,
): Promise<ChannelDetail> {
  const { id, name, kind, state } = channel;
  const { ledger } = deps.stores;
  // A keeper who is not named is the unit, by its name.
  const responsible = channel.responsible ?? deps.directory.unit(settings, channel.unit).name;
  const facts = await readChannelFacts({ ...channel, responsible }, most, deps);
  return {
    ...{ id, name, kind, state },
    platform: channel.kind === 'manual' ? channel.platform : null,
    nextStates: mayManage(roles) ? nextStates(state, roles) : [],
    ...presentRegister(channel, settings, deps),
    notices: facts.notices.map(({ code, words, says, url }) => ({ code, words, says, url })),
    lastRun: facts.runs[0] ?? null,
    windows: facts.windows,
    openGaps: facts.openGaps,
    credentials: facts.credentials,
    pagesToLookAt: await ledger.listPages(id, ['unknown-page', 'failed', 'refused'], pagesShown),
    runs: facts.runs,
    filledGaps: await ledger.listGaps(id, 'filled', most.gaps),
  };
}

function presentRegister(
  channel: Channel,
  settings: Settings,
  { directory }: Pick<RouteDeps, 'directory'>,
): Pick<
  ChannelView,
  | 'unit'
  | 'executor'
  | 'responsible'
  | 'account'
  | 'filing'
  | 'reviewedOn'
  | 'reviewDueOn'
  | 'reviewFrom'
  | 'shutDown'
  | 'revision'
> {
  const { unit, executor, responsible, account, filing, reviewedOn, reviewFrom, shutDown } = channel;
  return {
    unit: directory.unit(settings, unit),
    executor: executor === undefined ? null : directory.unit(settings, executor),
    responsible: responsible ?? null,
    account: account ?? null,
    filing: filing ?? null,
    reviewedOn: reviewedOn ?? null,
    reviewDueOn: channel.state === 'deregistered' ? null : reviewDueOn(channel),
    reviewFrom: reviewFrom ?? null,
    shutDown: shutDown ?? null,
    revision: channelRevision(channel),
  };
}
