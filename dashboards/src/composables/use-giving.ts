import { ref, shallowRef } from 'vue';
import type {
  InstructionDetail,
  InstructionView,
  SubjectView,
} from '../../../review-api/contract/instruction.ts';
import { ApiError, describeFailure } from '../api/api-error.ts';
import type { Client } from '../api/client.ts';
import { cardIdOf } from '../lib/instruction-labels.ts';
import { newId } from '../lib/new-id.ts';

/** About what an instruction is given: what was submitted, or a card of one's own accord. */
export type Target =
  | { kind: 'submitted'; instruction: InstructionView }
  | { kind: 'card'; about: SubjectView };

export const targetId = (target: Target) =>
  target.kind === 'submitted' ? target.instruction.id : cardIdOf(target.about);

/** What was just done, while it can be taken back by a tap. */
export interface Given {
  detail: InstructionDetail;
  /** Empty for 已阅. */
  text: string;
}

/** Gives instructions from the leader's page. One intention keeps one command id, however often it is sent. @param changed after each that went through */
export function useGiving(client: Client, changed: () => void) {
  /** The target that something is being sent about. */
  const busyWith = ref<string | null>(null);
  const failure = ref<{ id: string; words: string } | null>(null);
  const given = shallowRef<Given | null>(null);
  let intention = { key: '', commandId: '' };
  const commandFor = (key: string) => {
    if (intention.key !== key) intention = { key, commandId: newId() };
    return intention.commandId;
  };

  async function send(id: string, act: () => Promise<{ instruction: InstructionDetail }>) {
    if (busyWith.value !== null) return null;
    busyWith.value = id;
    failure.value = null;
    try {
      const { instruction } = await act();
      intention = { key: '', commandId: '' };
      changed();
      return instruction;
    } catch (thrown) {
      failure.value = { id, words: describeFailure(thrown) };
      if (thrown instanceof ApiError) intention = { key: '', commandId: '' };
      if (thrown instanceof ApiError && thrown.status === 409) changed();
      return null;
    } finally {
      busyWith.value = null;
    }
  }

  function move(one: Pick<InstructionView, 'id' | 'version'>, step: MoveStep) {
    const commandId = commandFor(JSON.stringify([one.id, one.version, step]));
    const body = { commandId, version: one.version, unitId: null, ...step };
    return client.call('moveInstruction', { params: { id: one.id }, body });
  }
  type MoveStep = { move: 'give' | 'note' | 'withdraw'; text: string; dueAt: string | null };

  return {
    busyWith,
    failure,
    given,
    /** @returns whether it was recorded */
    async give(target: Target, text: string, dueAt: string | null): Promise<boolean> {
      const id = targetId(target);
      const detail = await send(id, () => {
        if (target.kind === 'submitted') return move(target.instruction, { move: 'give', text, dueAt });
        const { subject } = target.about;
        const commandId = commandFor(JSON.stringify([subject, text, dueAt]));
        return client.call('giveInstruction', { body: { commandId, subject, text, dueAt } });
      });
      if (detail !== null) given.value = { detail, text };
      return detail !== null;
    },
    async note(one: InstructionView): Promise<void> {
      const detail = await send(one.id, () => move(one, { move: 'note', text: '', dueAt: null }));
      if (detail !== null) given.value = { detail, text: '' };
    },
    /** @param words why, for the record */
    async takeBack(words: string): Promise<void> {
      const { detail } = given.value ?? {};
      if (detail === undefined) return;
      const back = await send(detail.id, () => move(detail, { move: 'withdraw', text: words, dueAt: null }));
      if (back !== null) given.value = null;
    },
  };
}
