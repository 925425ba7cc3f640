import {
  LastVerification,
  LogVerification,
  OwnReadingQuery,
  ReadingCountQuery,
  ReadingCounts,
  ReadingExportQuery,
  ReadingFile,
  ReadingPage,
  ReadingQuery,
} from './reading.ts';
import { plain, type RouteSpec } from './route-spec.ts';

/** What the independent reviewer sees, and everybody of their own (R23). */
export const readingRoutes = {
  listReadings: {
    ...plain,
    method: 'get',
    path: '/api/readings',
    summary: 'Who read which text, when and why: ids, no texts',
    action: 'read-log.read',
    query: ReadingQuery,
    answer: ReadingPage,
  },
  exportReadings: {
    ...plain,
    method: 'get',
    path: '/api/readings/export',
    summary: 'The same as a table file',
    action: 'read-log.read',
    query: ReadingExportQuery,
    answer: ReadingFile,
  },
  countReadings: {
    ...plain,
    method: 'get',
    path: '/api/readings/counts',
    summary: 'Readings and actions by person and day; those conspicuous are marked',
    action: 'read-log.read',
    query: ReadingCountQuery,
    answer: ReadingCounts,
  },
  listOwnReadings: {
    ...plain,
    method: 'get',
    path: '/api/readings/mine',
    summary: 'What the log holds of one’s own reading',
    action: 'signed-in',
    query: OwnReadingQuery,
    answer: ReadingPage,
  },
  readVerification: {
    ...plain,
    method: 'get',
    path: '/api/audit/verification',
    summary: 'What the last verification of the logs found',
    action: 'audit.read',
    answer: LastVerification,
  },
  verifyLogs: {
    ...plain,
    method: 'post',
    path: '/api/audit/verification',
    summary: 'Verify the chains of both logs now',
    action: 'audit.read',
    answer: LogVerification,
  },
} as const satisfies Record<string, RouteSpec>;
