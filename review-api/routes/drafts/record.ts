import { readRuleRecords } from '../../../pipeline/commands/check-memory.ts';
import { printDraftForms as print } from '../../../pipeline/commands/print-draft-forms.ts';
import { readDraftStatistics as readFigures } from '../../../pipeline/commands/read-draft-statistics.ts';
import { readSealed } from '../../../pipeline/commands/read-sealed.ts';
import type { Draft } from '../../../pipeline/domain/draft.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { shanghaiDay } from '../../../pipeline/domain/time.ts';
import type { Call, Handler } from '../../http/call.ts';
import type { FileAnswer } from '../../http/file-answer.ts';
import { namer } from '../../present/draft.ts';
import { bytesOf } from './pages.ts';
import { moverOf, readOwn } from './sight.ts';

export const readSealedDraft: Handler<'readSealedDraft'> = async (call) => {
  const draft = await readOwn(call);
  if (draft.seal === null) throw new NotFound('这篇稿件没有有效的定稿。');
  const { file } = await readSealed(draft, draft.seal, call.deps);
  const name = `${draft.number ?? draft.id}.sealed.json`;
  return {
    bytes: bytesOf(`${JSON.stringify(file, null, 2)}\n`),
    mime: 'application/json',
    name,
    as: 'saved',
  };
};

const mimes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

async function printAs(
  drafts: readonly Draft[],
  { as, called }: { as: 'docx' | 'pdf'; called: string },
  { deps }: Pick<Call, 'deps'>,
): Promise<FileAnswer> {
  const bytes = await print(drafts, as, deps);
  return { bytes, mime: mimes[as], name: `审核登记表 ${called}.${as}`, as: 'saved' };
}

export const readDraftForm: Handler<'readDraftForm'> = async (call) => {
  const draft = await readOwn(call);
  return printAs([draft], { as: call.query.as, called: draft.number ?? draft.title }, call);
};

export const readDraftStatistics: Handler<'readDraftStatistics'> = async (call) => {
  const { deps, query } = call;
  const today = shanghaiDay(deps.clock.now());
  const range = { from: query.from ?? `${today.slice(0, 4)}-01-01`, until: query.until ?? today };
  const { units, channels, ...figures } = await readFigures(range, moverOf(call), deps);
  const { unit, channel } = namer(await deps.directory.settings(), deps);
  const rules = await readRuleRecords(deps);
  return {
    ...{ ...range, ...figures },
    rules: rules.map(({ rule, shown, notMistake }) => ({ rule, shown, notMistake })),
    units: units.map(({ unitId, ...rest }) => ({ unit: unit(unitId), ...rest })),
    channels: channels.map(({ channelId, ...rest }) => ({ channel: channel(channelId), ...rest })),
  };
};
