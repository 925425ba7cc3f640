import { plain, type RouteSpec } from './route-spec.ts';
import {
  CompareFileQuery,
  CompareQuery,
  CompareView,
  EvidenceFileQuery,
  EvidencePage,
  EvidenceRequest,
  HoursFileQuery,
  HoursQuery,
  HoursView,
  ResponsesFileQuery,
  ResponsesQuery,
  ResponsesView,
  SeriesFileQuery,
  SeriesQuery,
  SeriesView,
  TableFileQuery,
  TableQuery,
  TableView,
} from './trends.ts';

const read = { ...plain, method: 'get', action: 'trend.read', cost: 5 } as const;
const saved = { ...read, download: true, cost: 10 } as const;

/** 态势: figures over items, cases and slips. */
export const trendsRoutes = {
  readTrendSeries: {
    ...read,
    path: '/api/trends/series',
    summary: 'Counts and shares by hour, day, week or month, with what was not read in full',
    query: SeriesQuery,
    answer: SeriesView,
  },
  compareTrends: {
    ...read,
    path: '/api/trends/compare',
    summary:
      'A period against another of the same length; nothing is said of a change over a gap, or from too few',
    query: CompareQuery,
    answer: CompareView,
  },
  readTrendHours: {
    ...read,
    path: '/api/trends/hours',
    summary: 'Hour by weekday, with how many such hours were read in full',
    query: HoursQuery,
    answer: HoursView,
  },
  readTrendTable: {
    ...read,
    path: '/api/trends/table',
    summary: 'One dimension by another; tone by unit is refused',
    query: TableQuery,
    answer: TableView,
  },
  readTrendResponses: {
    ...read,
    path: '/api/trends/responses',
    summary: 'How soon slips were received and answered and cases decided; what is open and overdue now',
    query: ResponsesQuery,
    answer: ResponsesView,
  },
  listTrendEvidence: {
    ...read,
    path: '/api/trends/evidence',
    summary: 'What a figure was counted from: facts without texts',
    query: EvidenceRequest,
    answer: EvidencePage,
    cost: 2,
  },
  saveTrendSeries: {
    ...saved,
    path: '/api/trends/series/file',
    summary: 'A series as CSV or XLSX',
    query: SeriesFileQuery,
  },
  saveTrendCompare: {
    ...saved,
    path: '/api/trends/compare/file',
    summary: 'A comparison as CSV or XLSX',
    query: CompareFileQuery,
  },
  saveTrendHours: {
    ...saved,
    path: '/api/trends/hours/file',
    summary: 'Hour by weekday as CSV or XLSX',
    query: HoursFileQuery,
  },
  saveTrendTable: {
    ...saved,
    path: '/api/trends/table/file',
    summary: 'A table as CSV or XLSX',
    query: TableFileQuery,
  },
  saveTrendResponses: {
    ...saved,
    path: '/api/trends/responses/file',
    summary: 'Response times as CSV or XLSX',
    query: ResponsesFileQuery,
  },
  saveTrendEvidence: {
    ...saved,
    path: '/api/trends/evidence/file',
    summary: 'What a figure was counted from, as CSV or XLSX; up to 5,000 lines',
    query: EvidenceFileQuery,
  },
} as const satisfies Record<string, RouteSpec>;
