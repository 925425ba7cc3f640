import type { trendsRoutes } from '../../contract/trends-routes.ts';
import type { Handler } from '../../http/call.ts';
import { listTrendEvidence } from './evidence.ts';
import {
  compareTrends,
  readTrendHours,
  readTrendResponses,
  readTrendSeries,
  readTrendTable,
} from './read.ts';
import {
  saveTrendCompare,
  saveTrendEvidence,
  saveTrendHours,
  saveTrendResponses,
  saveTrendSeries,
  saveTrendTable,
} from './save.ts';

export const trendsHandlers: { [N in keyof typeof trendsRoutes]: Handler<N> } = {
  readTrendSeries,
  compareTrends,
  readTrendHours,
  readTrendTable,
  readTrendResponses,
  listTrendEvidence,
  saveTrendSeries,
  saveTrendCompare,
  saveTrendHours,
  saveTrendTable,
  saveTrendResponses,
  saveTrendEvidence,
};
