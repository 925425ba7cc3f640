import { migration as postsCases } from './001-posts-cases.ts';
import { migration as peopleLedger } from './002-people-ledger.ts';
import { migration as rates } from './003-rates.ts';
import { migration as runningRuns } from './004-running-runs.ts';
import { migration as ruleHits } from './005-rule-hits.ts';
import { migration as clusters } from './006-clusters.ts';
import { migration as baselines } from './007-baselines.ts';
import { migration as wholeLedger } from './008-whole-ledger.ts';
import { migration as credentials } from './009-credentials.ts';
import { migration as objections } from './010-objections.ts';
import { migration as leadsReplies } from './011-leads-replies.ts';
import { migration as peopleColumns } from './012-people.ts';
import { migration as standIns } from './013-stand-ins.ts';
import { migration as handovers } from './014-handovers.ts';
import { migration as answers } from './015-answers.ts';
import { migration as safeguards } from './016-safeguards.ts';
import { migration as desk } from './017-desk.ts';
import { migration as instructions } from './018-instructions.ts';
import { migration as webhooks } from './019-webhooks.ts';
import { migration as deciding } from './020-deciding.ts';
import { migration as students } from './021-students.ts';
import { migration as drafts } from './022-drafts.ts';
import { migration as liveMatches } from './023-live-matches.ts';
import { migration as checkMemory } from './024-check-memory.ts';
import { migration as draftComments } from './025-draft-comments.ts';
import { migration as rollups } from './026-rollups.ts';
import { migration as topics } from './027-topics.ts';
import { migration as bursts } from './028-bursts.ts';
import { migration as briefs } from './029-briefs.ts';
import { migration as itemCubes } from './030-item-cubes.ts';
import type { Migration } from './migration.ts';

/** In order, without gaps. */
export const migrations: readonly Migration[] = [
  postsCases,
  peopleLedger,
  rates,
  runningRuns,
  ruleHits,
  clusters,
  baselines,
  wholeLedger,
  credentials,
  objections,
  leadsReplies,
  peopleColumns,
  standIns,
  handovers,
  answers,
  safeguards,
  desk,
  instructions,
  webhooks,
  deciding,
  students,
  drafts,
  liveMatches,
  checkMemory,
  draftComments,
  rollups,
  topics,
  bursts,
  briefs,
  itemCubes,
];
