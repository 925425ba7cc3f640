import { expect, it } from 'vitest';
import { collections } from './collections.ts';
import { digestOf } from './schema.ts';

/**
 * A collection that has changed gets the next version, and its new digest here. Without that, processes of two releases that
 * run side by side would take turns in putting their own validator in force.
 */
const stands = {
  baseline_set: '1 23aff024eedc',
  baselines: '1 94f2d1ed4aab',
  posts: '5 4907f34e68e4',
  post_texts: '1 f62e6bf87fad',
  verdicts: '1 ac53579c1f47',
  post_index: '1 0c0c9d23181e',
  cases: '3 8bf397bcc834',
  case_events: '3 ab6eb7505028',
  case_notes: '1 a9874fe47ecf',
  fingerprints: '1 feae2475e5b1',
  fingerprint_keys: '1 f6230346dc53',
  audit_entries: '1 824d40c99732',
  outbox: '1 1b8bb6e90af7',
  audit_links: '1 ad1a9b6a324c',
  audit_anchors: '1 417a5bff7c63',
  audit_fence: '1 5b651ef37dd4',
  'blobs.comment.files': '1 68192d32a9ef',
  'blobs.comment.chunks': '1 e4d8c8326f2f',
  'blobs.noise.files': '1 68192d32a9ef',
  'blobs.noise.chunks': '1 e4d8c8326f2f',
  'blobs.own-article.files': '1 68192d32a9ef',
  'blobs.own-article.chunks': '1 e4d8c8326f2f',
  'blobs.raw-page.files': '1 68192d32a9ef',
  'blobs.raw-page.chunks': '1 e4d8c8326f2f',
  'blobs.record.files': '1 68192d32a9ef',
  'blobs.record.chunks': '1 e4d8c8326f2f',
  'blobs.audit.files': '1 68192d32a9ef',
  'blobs.audit.chunks': '1 e4d8c8326f2f',
  leases: '1 b1c22bdcdb39',
  saved_filters: '1 4e9a4cda60ce',
  settings_head: '1 e230315831ec',
  settings_versions: '2 d7b73dd6e6ad',
  users: '3 08de1a23df54',
  stand_ins: '1 1bbbc2739756',
  sessions: '2 1020745135f2',
  ledger_pages: '2 2ebd0c610d8a',
  crawl_runs: '2 3f9ed5132b74',
  channel_windows: '1 0797d81922e1',
  gaps: '1 c60ba59df8d8',
  rates: '1 f125cd1a1757',
  rule_hits: '1 abfcc2bd2126',
  credentials: '1 ebeaae152999',
  objections: '1 e3faad701ae8',
  stock_answers: '1 0316d2ad5eb1',
  stock_answer_uses: '1 9c1c42373ccd',
  replies: '1 429200a384e2',
  help_releases: '1 72a430dee792',
  instructions: '1 d108354fb16d',
  instruction_events: '1 3132bd024fd4',
  card_texts: '1 8f8b0c693555',
  handovers: '1 edbe153bfa17',
  handover_events: '1 86197626a782',
  handover_texts: '1 cc96fdc4f640',
  handover_numbers: '1 5007698413c2',
  handover_links: '1 34c70ca9378d',
  webhook_endpoints: '1 96253732edd6',
  webhook_deliveries: '1 fcf14dab7284',
  objection_head: '1 96a1eeb1fba4',
  docket_entries: '1 b1b8dbdcf3e4',
  docket_texts: '1 e9210f2f3586',
  docket_serials: '1 382b975f3eac',
  live_items: '1 8129c0e7d576',
  live_matches: '1 938034dba87d',
  live_cursor: '1 b797ea52eb08',
};

it('every change of a collection has raised its version', () => {
  const found = collections.map((spec) => [spec.name, `${spec.version ?? 1} ${digestOf(spec).slice(0, 12)}`]);
  expect(Object.fromEntries(found)).toEqual(stands);
});
