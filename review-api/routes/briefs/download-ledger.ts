import { buildLedger } from '../../../pipeline/commands/export-ledger.ts';
import { catchUp } from '../../../pipeline/commands/gather-brief.ts';
import { noteExport } from '../../../pipeline/commands/note-export.ts';
import { RetryLater } from '../../../pipeline/domain/errors.ts';
import { type Call, getReader, type Handler } from '../../http/call.ts';

const xlsxMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function writeLedger({ query, rights, signal, deps }: Call<'readCaseLedger'>) {
  const { workbooks } = deps;
  if (workbooks === undefined) throw new RetryLater(60_000, '这台服务器现在不能生成文件，请稍后再试。');
  await catchUp(deps.stores);
  const period = { fromDay: query.from, toDay: query.until };
  let rows = 0;
  const onProgress = (count: number) => {
    rows = count;
  };
  const order = { period, accessClasses: rights.accessClasses, onProgress, signal };
  const parts: Uint8Array[] = [];
  for await (const part of workbooks.write(buildLedger(order, deps))) parts.push(part);
  return { bytes: new Uint8Array(Buffer.concat(parts)), rows };
}

export const readCaseLedger: Handler<'readCaseLedger'> = async (call) => {
  const { query, deps } = call;
  const { actor } = getReader(call);
  const { bytes, rows } = await writeLedger(call);
  const period = `${query.from}/${query.until}`;
  await noteExport(
    {
      ...{ actorId: actor.id, action: 'ledger.exported', subject: period },
      payload: { rows, onBehalfOf: actor.onBehalfOf ?? [] },
    },
    deps,
  );
  return { bytes, mime: xlsxMime, name: `舆情台账 ${query.from} 至 ${query.until}.xlsx`, as: 'saved' };
};
