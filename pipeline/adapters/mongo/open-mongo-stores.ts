import type { Clock } from '../../ports/clock.ts';
import type { Stores } from '../../ports/index.ts';
import { openMongoAuditLog } from './audit-log.ts';
import { openMongoBaselineStore } from './baseline-store.ts';
import { openMongoBriefStore } from './brief-store.ts';
import { openMongoBurstStore } from './burst-store.ts';
import { openMongoCaseStore } from './case-store.ts';
import { openMongoCheckMemory } from './check-memory.ts';
import type { MongoConnection } from './connection.ts';
import { openMongoCredentialStore } from './credential-store.ts';
import { openMongoDeskStore } from './desk-store.ts';
import { openMongoDocketStore } from './docket-store.ts';
import { openMongoDraftComments } from './draft-comments.ts';
import { openMongoDraftFiles, openMongoDraftLinks } from './draft-links.ts';
import { openMongoDraftStore } from './draft-store.ts';
import { openMongoFilterStore } from './filter-store.ts';
import { openMongoHandoverStore } from './handover-store.ts';
import { openMongoInstructionStore } from './instruction-store.ts';
import { openMongoLeadStore } from './lead-store.ts';
import { openMongoLeaseStore } from './lease-store.ts';
import { openMongoLedgerStore } from './ledger-store.ts';
import { openMongoLiveMatchStore } from './live-match-store.ts';
import { withTranslatedErrors } from './mongo-errors.ts';
import { openMongoObjectionList } from './objection-list.ts';
import { openMongoOutbox } from './outbox.ts';
import { openMongoOversight } from './oversight.ts';
import { openMongoPostStore } from './post-store.ts';
import { openMongoRateStore } from './rate-store.ts';
import { openMongoReadLog } from './read-log.ts';
import { openMongoReplyStore } from './reply-store.ts';
import { openMongoRetentionStore } from './retention-store.ts';
import { openMongoRollupStore } from './rollup-store.ts';
import { openMongoRuleEvidence } from './rule-evidence.ts';
import { openMongoSessionStore } from './session-store.ts';
import { openMongoSettingsStore } from './settings-store.ts';
import { openMongoSetupStore } from './setup-store.ts';
import { openMongoStandInStore } from './stand-in-store.ts';
import { openMongoStockAnswerStore } from './stock-answer-store.ts';
import { openMongoTopicStore } from './topic-store.ts';
import { openMongoUserStore } from './user-store.ts';
import { openMongoWebhookStore } from './webhook-store.ts';

/**
 * All stores over one connection, whose schema must stand already (`ensureSchema`). A call that fails because the database
 * cannot be reached, or had no time, throws RetryLater; closing the stores closes the connection.
 */
export function openMongoStores(connection: MongoConnection, clock: Clock): Stores {
  return {
    posts: withTranslatedErrors(openMongoPostStore(connection, clock)),
    cases: withTranslatedErrors(openMongoCaseStore(connection, clock)),
    leads: withTranslatedErrors(openMongoLeadStore(connection)),
    handovers: withTranslatedErrors(openMongoHandoverStore(connection)),
    answers: withTranslatedErrors(openMongoStockAnswerStore(connection)),
    replies: withTranslatedErrors(openMongoReplyStore(connection)),
    settings: withTranslatedErrors(openMongoSettingsStore(connection)),
    setup: withTranslatedErrors(openMongoSetupStore(connection)),
    users: withTranslatedErrors(openMongoUserStore(connection)),
    sessions: withTranslatedErrors(openMongoSessionStore(connection)),
    standIns: withTranslatedErrors(openMongoStandInStore(connection)),
    webhooks: withTranslatedErrors(openMongoWebhookStore(connection)),
    instructions: withTranslatedErrors(openMongoInstructionStore(connection)),
    credentials: withTranslatedErrors(openMongoCredentialStore(connection)),
    objections: withTranslatedErrors(openMongoObjectionList(connection)),
    docket: withTranslatedErrors(openMongoDocketStore(connection)),
    oversight: withTranslatedErrors(openMongoOversight(connection)),
    ledger: withTranslatedErrors(openMongoLedgerStore(connection)),
    audit: withTranslatedErrors(openMongoAuditLog(connection)),
    reads: withTranslatedErrors(openMongoReadLog(connection)),
    outbox: withTranslatedErrors(openMongoOutbox(connection)),
    leases: withTranslatedErrors(openMongoLeaseStore(connection)),
    rates: withTranslatedErrors(openMongoRateStore(connection)),
    retention: withTranslatedErrors(openMongoRetentionStore(connection)),
    evidence: withTranslatedErrors(openMongoRuleEvidence(connection)),
    baselines: withTranslatedErrors(openMongoBaselineStore(connection)),
    bursts: withTranslatedErrors(openMongoBurstStore(connection)),
    rollups: withTranslatedErrors(openMongoRollupStore(connection)),
    topics: withTranslatedErrors(openMongoTopicStore(connection)),
    briefs: withTranslatedErrors(openMongoBriefStore(connection)),
    desk: withTranslatedErrors(openMongoDeskStore(connection)),
    filters: withTranslatedErrors(openMongoFilterStore(connection)),
    checkMemory: withTranslatedErrors(openMongoCheckMemory(connection)),
    drafts: withTranslatedErrors(openMongoDraftStore(connection)),
    draftLinks: withTranslatedErrors(openMongoDraftLinks(connection)),
    draftFiles: withTranslatedErrors(openMongoDraftFiles(connection)),
    draftComments: withTranslatedErrors(openMongoDraftComments(connection)),
    live: withTranslatedErrors(openMongoLiveMatchStore(connection)),
    close: () => connection.client.close(),
  };
}
