import { noteExport } from '../../../pipeline/commands/note-export.ts';
import { briefFileName, printBrief } from '../../../pipeline/commands/print-brief.ts';
import { assertBriefClean } from '../../../pipeline/commands/scan-brief.ts';
import type { Brief } from '../../../pipeline/domain/brief.ts';
import { NotFound } from '../../../pipeline/domain/errors.ts';
import { rightsOf } from '../../../pipeline/domain/role.ts';
import { type Call, getReader, getSignedIn, type Handler } from '../../http/call.ts';

const mimes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  html: 'text/html',
};

/** As on the screen: what is in force is for everybody who reads briefs, the rest for those who write. */
async function findReadable({ params, deps, signedIn }: Call<'readBriefFile'>): Promise<Brief> {
  const brief = await deps.stores.briefs.find(params.id);
  const { appointments } = getSignedIn({ signedIn });
  const mayWrite = rightsOf(appointments, 'brief.write').permitted;
  const isOpen = brief !== null && (mayWrite || (brief.state === 'approved' && brief.hash !== null));
  if (!isOpen) throw new NotFound('没有这份简报。');
  return brief;
}

export const readBriefFile: Handler<'readBriefFile'> = async (call) => {
  const { deps, query } = call;
  const { actor } = getReader(call);
  const brief = await findReadable(call);
  // What was issued was looked at when it was approved; what is being written is looked at now (R16).
  if (brief.hash === null) await assertBriefClean(brief, deps);
  const { publicOrigin, basePath } = deps.http;
  const address = publicOrigin === null ? null : `${publicOrigin}${basePath}`;
  const bytes = await printBrief(brief, { as: query.as, address }, deps);
  await noteExport(
    {
      ...{ actorId: actor.id, action: 'brief.exported', subject: brief.id },
      payload: { as: query.as, version: brief.version, hash: brief.hash, onBehalfOf: actor.onBehalfOf ?? [] },
    },
    deps,
  );
  return { bytes, mime: mimes[query.as], name: `${briefFileName(brief)}.${query.as}`, as: 'saved' };
};
