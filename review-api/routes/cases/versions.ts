import { readVersions as read } from '../../../pipeline/commands/read-versions.ts';
import { getReader, type Handler } from '../../http/call.ts';
import { presentText } from '../../present/case-detail.ts';

export const readVersions: Handler<'readVersions'> = async (call) => {
  const request = { caseId: call.params.id, purpose: call.query.purpose ?? null };
  const versions = await read(request, getReader(call), call.deps);
  return {
    items: versions.map((version) => ({
      textVersion: version.text.textVersion,
      gatheredAt: version.text.gatheredAt,
      text: presentText(version),
    })),
  };
};
