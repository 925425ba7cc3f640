import { changeReply, readReply as read, suggestForCase } from '../../../pipeline/commands/draft-reply.ts';
import { maskText } from '../../../pipeline/domain/mask.ts';
import { storedText } from '../../../pipeline/domain/post.ts';
import type { ReplyCommand } from '../../../pipeline/domain/reply.ts';
import { standingOf } from '../../../pipeline/domain/stock-answer.ts';
import { shanghaiDay } from '../../../pipeline/domain/time.ts';
import { type Call, getReader, type Handler } from '../../http/call.ts';
import { presentReply } from '../../present/reply.ts';

type Asking = Pick<Call, 'action' | 'signedIn' | 'rights' | 'deps'>;

async function show(caseId: string, call: Asking) {
  const reader = getReader(call);
  const found = await read(caseId, reader, call.deps);
  const events = await call.deps.stores.cases.listEvents(caseId, reader.rights);
  const holding = events.find(({ id }) => id === found.current.decisionId) ?? null;
  return presentReply(found, { ...reader, holding }, call.deps);
}

async function change(command: ReplyCommand, call: Asking) {
  await changeReply(command, getReader(call), call.deps);
  return show(command.caseId, call);
}

export const readReply: Handler<'readReply'> = (call) => show(call.params.id, call);

export const writeReply: Handler<'writeReply'> = (call) =>
  change({ type: 'write', caseId: call.params.id, ...call.body }, call);

export const moveReply: Handler<'moveReply'> = (call) =>
  change({ type: 'move', caseId: call.params.id, ...call.body }, call);

export const suggestAnswers: Handler<'suggestAnswers'> = async (call) => {
  const { stores, clock, directory } = call.deps;
  const settings = await directory.settings();
  const today = shanghaiDay(clock.now());
  const found = await suggestForCase(call.params.id, getReader(call), {
    ...{ stores, clock },
    mask: async (text, view) => {
      if (view === 'full') return storedText(text);
      const verdict = await stores.posts.findVerdict(text.postId, text.textVersion);
      return maskText(storedText(text), verdict?.findings ?? null);
    },
  });
  return {
    items: found.map(({ answer, version, topic, words }) => {
      const { title, body, shortBody, validUntil } = version;
      return {
        ...{ id: answer.id, version: version.version, kind: answer.kind, title, body, shortBody, validUntil },
        ...{ topic, words },
        unitName: directory.unit(settings, answer.unitId).name,
        checkOverdue: standingOf(answer, today).check === 'overdue',
        checkedOn: answer.checked?.on ?? null,
      };
    }),
  };
};
