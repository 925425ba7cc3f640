import { listMovers, planChain } from '../../../pipeline/commands/find-chain.ts';
import { openSteps } from '../../../pipeline/domain/draft-steps.ts';
import { listHolders } from '../../../pipeline/domain/step-holders.ts';
import type { Handler } from '../../http/call.ts';
import { presentHolders } from '../../present/draft-detail.ts';
import { readOwn } from './sight.ts';

export const planDraftChain: Handler<'planDraftChain'> = async (call) => {
  const draft = await readOwn(call);
  const { channels } = call.query;
  const chosen = channels === undefined ? draft.channels : channels.split(',').filter((id) => id !== '');
  const { chain, steps, people, faults } = await planChain(draft, chosen, call.deps);
  if (chain === null) return { chain, faults };
  const held = presentHolders(steps, people);
  const { id, name, mode } = chain;
  const shown = chain.steps.map(({ step, role }) => ({
    ...{ step, role, people: held.find((one) => one.step === step)?.people ?? [] },
  }));
  return { chain: { id, name, mode, steps: shown }, faults };
};

/** Whoever holds a step themselves: nobody signs on paper in another's stead. */
export const listDraftSigners: Handler<'listDraftSigners'> = async (call) => {
  const draft = await readOwn(call);
  const { chain } = draft;
  if (chain === null) return { items: [] };
  const { people, movers } = await listMovers(call.deps);
  const open = new Set(openSteps(draft));
  const done = new Set(draft.passes.flatMap(({ actorId, onBehalfOf }) => [actorId, onBehalfOf ?? '']));
  const own = listHolders(draft, chain, movers)
    .filter(({ step }) => open.has(step))
    .map(({ step, holders }) => ({
      step,
      holders: holders.filter(({ id, onBehalfOf }) => onBehalfOf === null && !done.has(id)),
    }));
  const items = presentHolders(own, people).map(({ step, people: all }) => ({
    step,
    people: all.map(({ id, name }) => ({ id, name })),
  }));
  return { items };
};
