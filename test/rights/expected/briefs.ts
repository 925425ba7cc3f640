import { defaultTemplates } from '../../../pipeline/domain/brief-template.ts';
import type { briefsRoutes } from '../../../review-api/contract/briefs-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof briefsRoutes;

const readers: Who = ['reviewer', 'director', 'leader', 'principal', 'analyst'];
const writers: Who = ['reviewer', 'director', 'analyst'];

export const briefsWho: { [N in Name]: Who } = {
  readBriefFile: readers,
  readCaseLedger: readers,
  listBriefs: readers,
  readBrief: readers,
  readBriefEvidence: readers,
  createBrief: writers,
  previewBrief: writers,
  saveBriefWords: writers,
  readBriefProblems: writers,
  submitBrief: writers,
  withdrawBrief: writers,
  returnBrief: ['director'],
  approveBrief: ['director'],
  readBriefTemplates: writers,
  saveBriefTemplates: ['director', 'analyst'],
};

export const briefsAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    createBrief: { commandId, kind: 'daily' },
    previewBrief: { kind: 'daily' },
    saveBriefWords: { commandId, version: 1, words: { remarks: '本期平稳。' } },
    submitBrief: { commandId, version: 1 },
    returnBrief: { commandId, version: 1, reason: '请补充处置情况。' },
    approveBrief: { commandId, version: 1 },
    withdrawBrief: { commandId, version: 1, reason: '重复。' },
    saveBriefTemplates: { templates: defaultTemplates, seenVersion: 0 },
  }),
  queries: { readBriefFile: '?as=html', readCaseLedger: '?from=2026-11-01&until=2026-11-22' },
};
