import { changeAnswer, getAnswer, listAnswers as list } from '../../../pipeline/commands/stock-answers.ts';
import type { AnswerCommand } from '../../../pipeline/domain/stock-answer-change.ts';
import { shanghaiDay } from '../../../pipeline/domain/time.ts';
import { type Call, getReader, type Handler } from '../../http/call.ts';
import { presentAnswer, presentAnswerDetail, writeAnswerCsv } from '../../present/stock-answer.ts';

type Asking = Pick<Call, 'action' | 'signedIn' | 'rights' | 'deps'>;

async function show(answerId: string, call: Asking) {
  const { actor, rights } = getReader(call);
  const listed = await getAnswer(answerId, rights, call.deps);
  const reader = { actorId: actor.id, roles: actor.roles, units: rights.units };
  return presentAnswerDetail(listed, reader, call.deps);
}

async function change(command: AnswerCommand, call: Asking) {
  const { actor, rights } = getReader(call);
  const { answer } = await changeAnswer(command, { actor, units: rights.units }, call.deps);
  return show(answer.id, call);
}

export const listAnswers: Handler<'listAnswers'> = async ({ query, rights, deps }) => {
  const found = await list(query, rights, deps);
  const { units } = await deps.directory.settings();
  return {
    items: await Promise.all(found.map((one) => presentAnswer(one, deps))),
    units: units
      .filter(({ id }) => rights.units === 'all' || rights.units.includes(id))
      .map(({ id, name }) => ({ id, name })),
  };
};

export const exportAnswers: Handler<'exportAnswers'> = async ({ rights, deps }) => {
  const today = shanghaiDay(deps.clock.now());
  const settings = await deps.directory.settings();
  const unitName = (id: string) => deps.directory.unit(settings, id).name;
  const found = await list({ standing: 'valid' }, rights, deps);
  return { fileName: `answers-${today}.csv`, csv: writeAnswerCsv(found, { today, unitName }) };
};

export const readAnswer: Handler<'readAnswer'> = (call) => show(call.params.id, call);

export const writeAnswer: Handler<'writeAnswer'> = (call) => {
  const { commandId, id, revision, kind, unitId, ...typed } = call.body;
  const { shortBody, source } = typed;
  const content = {
    ...typed,
    shortBody: shortBody === '' ? null : shortBody,
    source: { ...source, link: source.link === '' ? null : source.link },
  };
  return change({ type: 'write', commandId, answerId: id, revision, kind, unitId, content }, call);
};

export const stepAnswer: Handler<'stepAnswer'> = (call) => {
  const { step, commandId, revision } = call.body;
  return change({ type: step, commandId, revision, answerId: call.params.id }, call);
};

export const ruleOnAnswer: Handler<'ruleOnAnswer'> = (call) => {
  const { ruling, commandId, revision, reason } = call.body;
  return change({ type: ruling, commandId, revision, reason, answerId: call.params.id }, call);
};
