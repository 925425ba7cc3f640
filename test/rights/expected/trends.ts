import type { trendsRoutes } from '../../../review-api/contract/trends-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof trendsRoutes;

const readers: Who = ['unit-head', 'reviewer', 'director', 'leader', 'principal', 'analyst'];

export const trendsWho: { [N in Name]: Who } = {
  readTrendSeries: readers,
  compareTrends: readers,
  readTrendHours: readers,
  readTrendTable: readers,
  readTrendResponses: readers,
  listTrendEvidence: readers,
  saveTrendSeries: readers,
  saveTrendCompare: readers,
  saveTrendHours: readers,
  saveTrendTable: readers,
  saveTrendResponses: readers,
  saveTrendEvidence: readers,
};

const days = '?fromDay=2026-11-01&toDay=2026-11-20';

export const trendsAsked: Asked<Name> = {
  bodies: () => ({}),
  queries: {
    readTrendSeries: days,
    compareTrends: days,
    readTrendHours: days,
    readTrendTable: `${days}&rows=unit&columns=topic`,
    readTrendResponses: days,
    listTrendEvidence: days,
    saveTrendSeries: `${days}&format=csv`,
    saveTrendCompare: `${days}&format=csv`,
    saveTrendHours: `${days}&format=csv`,
    saveTrendTable: `${days}&rows=unit&columns=topic&format=csv`,
    saveTrendResponses: `${days}&format=csv`,
    saveTrendEvidence: `${days}&format=csv`,
  },
};
