import { answerSpecs } from './answer-documents.ts';
import { auditSpecs } from './audit-documents.ts';
import { baselineSpecs } from './baseline-documents.ts';
import { blobSpecs } from './blob-documents.ts';
import { briefSpecs } from './brief-documents.ts';
import { burstSpecs } from './burst-store.ts';
import { caseSpecs } from './case-documents.ts';
import { chainSpecs } from './chain-documents.ts';
import { checkMemorySpecs } from './check-memory.ts';
import { completenessSpecs } from './completeness-documents.ts';
import { credentialSpecs } from './credential-documents.ts';
import { docketSpecs } from './docket-documents.ts';
import { draftCommentSpecs } from './draft-comments.ts';
import { draftSpecs } from './draft-documents.ts';
import { changeSpecs } from './fact-changes.ts';
import { filterSpecs } from './filter-store.ts';
import { fingerprintSpecs } from './fingerprint-documents.ts';
import { handoverSpecs } from './handover-documents.ts';
import { instructionSpecs } from './instruction-documents.ts';
import { leaseSpecs } from './lease-documents.ts';
import { ledgerSpecs } from './ledger-documents.ts';
import { liveSpecs } from './live-match-documents.ts';
import { objectionSpecs } from './objection-documents.ts';
import { postSpecs } from './post-documents.ts';
import { rateSpecs } from './rate-documents.ts';
import { rollupSpecs } from './rollup-documents.ts';
import { ruleHitSpecs } from './rule-hits.ts';
import type { CollectionSpec } from './schema.ts';
import { settingsSpecs } from './settings-documents.ts';
import { standInSpecs } from './stand-in-documents.ts';
import { topicSpecs } from './topic-documents.ts';
import { userSpecs } from './user-documents.ts';
import { webhookSpecs } from './webhook-documents.ts';

/** Everything that the scaled set-up keeps in MongoDB. */
export const collections: readonly CollectionSpec[] = [
  ...postSpecs,
  ...caseSpecs,
  ...fingerprintSpecs,
  ...auditSpecs,
  ...chainSpecs,
  ...blobSpecs,
  ...leaseSpecs,
  ...settingsSpecs,
  ...userSpecs,
  ...standInSpecs,
  ...ledgerSpecs,
  ...completenessSpecs,
  ...rateSpecs,
  ...ruleHitSpecs,
  ...baselineSpecs,
  ...burstSpecs,
  ...changeSpecs,
  ...rollupSpecs,
  ...topicSpecs,
  ...filterSpecs,
  ...credentialSpecs,
  ...objectionSpecs,
  ...handoverSpecs,
  ...answerSpecs,
  ...briefSpecs,
  ...docketSpecs,
  ...instructionSpecs,
  ...webhookSpecs,
  ...checkMemorySpecs,
  ...draftSpecs,
  ...draftCommentSpecs,
  ...liveSpecs,
];
