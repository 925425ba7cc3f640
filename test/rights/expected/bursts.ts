import type { burstsRoutes } from '../../../review-api/contract/bursts-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof burstsRoutes;

const readers: Who = ['unit-head', 'reviewer', 'director', 'leader', 'principal', 'analyst'];

export const burstsWho: { [N in Name]: Who } = {
  listBursts: readers,
  readBurst: readers,
  listBurstItems: readers,
  answerBurst: ['reviewer', 'director', 'analyst'],
  readBurstFigures: readers,
  readCalendar: readers,
  saveCalendar: ['director', 'analyst'],
  previewCalendar: ['director', 'analyst'],
};

export const burstsAsked: Asked<Name> = {
  bodies: ({ commandId }) => ({
    answerBurst: { answer: { is: 'dismiss', commandId, seenVersion: 1, reason: 'copies' } },
    saveCalendar: { calendar: {}, seenVersion: 0 },
  }),
  queries: {
    readBurstFigures: '?fromDay=2026-11-01&toDay=2026-11-20',
    previewCalendar: '?fileName=calendar.ics',
  },
};
