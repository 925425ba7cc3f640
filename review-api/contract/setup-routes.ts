import { ChainList, RosterQuery, RosterWeek } from './roster.ts';
import { plain, type RouteSpec } from './route-spec.ts';
import {
  SetupCheck,
  SetupCheckQuery,
  SetupImport,
  SetupImportQuery,
  SetupOverview,
  SetupTemplate,
} from './setup.ts';

const upload = { maxBytes: 5 * 1024 * 1024 };

/** The one file that a school sets itself up with: people, units, duty roster, review chains. */
export const setupRoutes = {
  readSetup: {
    ...plain,
    method: 'get',
    path: '/api/setup',
    summary: 'The units, and years whose holidays are not known',
    action: 'setup.import',
    answer: SetupOverview,
  },
  readSetupTemplate: {
    ...plain,
    method: 'get',
    path: '/api/setup/template',
    summary: 'The workbook to fill in',
    action: 'setup.import',
    answer: SetupTemplate,
  },
  checkSetup: {
    ...plain,
    method: 'post',
    path: '/api/setup/check',
    summary: 'What a filled workbook would change, and what is wrong with it; nothing is written',
    action: 'setup.import',
    query: SetupCheckQuery,
    upload,
    cost: 10,
    answer: SetupCheck,
  },
  importSetup: {
    ...plain,
    method: 'post',
    path: '/api/setup/import',
    summary: 'Import the workbook that was checked, all of it or nothing; first passwords are told once',
    action: 'setup.import',
    query: SetupImportQuery,
    upload,
    cost: 20,
    answer: SetupImport,
  },
  readRoster: {
    ...plain,
    method: 'get',
    path: '/api/roster',
    summary: 'Who is on duty now, and in a week',
    action: 'roster.read',
    query: RosterQuery,
    answer: RosterWeek,
  },
  listChains: {
    ...plain,
    method: 'get',
    path: '/api/review-chains',
    summary: 'The review chains, with the people of their steps',
    action: 'chain.read',
    answer: ChainList,
  },
} as const satisfies Record<string, RouteSpec>;
