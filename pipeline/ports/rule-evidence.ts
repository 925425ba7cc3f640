import type { AccessClass } from '../domain/access-class.ts';
import type { ReasonCode } from '../domain/case.ts';
import type { Metrics, PostKind } from '../domain/post.ts';

/** Posts of one day, in Shanghai, that a rule hit. */
export interface RuleHitCount {
  ruleId: string;
  /** YYYY-MM-DD */
  day: string;
  /** Hit while the rule was on trial. */
  shadow: boolean;
  hits: number;
}

/** Decided cases with a post that a rule hit, by the reason of the decision that holds. */
export interface RuleDecisionCount {
  ruleId: string;
  reason: ReasonCode;
  cases: number;
}

export interface TextScan {
  /** The first day, in Shanghai, YYYY-MM-DD; by when the post was published, else gathered. */
  fromDay: string;
  accessClasses: readonly AccessClass[];
  now: string;
}

/** The newest text of a judged post. */
export interface ScannedText {
  postId: string;
  channelId: string;
  kind: PostKind;
  metrics: Metrics;
  textVersion: number;
  /** In Shanghai, YYYY-MM-DD. */
  day: string;
  title: string;
  text: string;
}

/** What the stored posts say about rules. Other access classes are left out before anything is counted (R19). */
export interface RuleEvidence {
  countHits(query: { fromDay: string; accessClasses: readonly AccessClass[] }): Promise<RuleHitCount[]>;

  /** @param query `since`: decided at or after this instant */
  countDecisions(query: {
    since: string;
    accessClasses: readonly AccessClass[];
  }): Promise<RuleDecisionCount[]>;

  /** How many texts `scanTexts` would give, by and large: for showing how far it is. */
  countTexts(scan: TextScan): Promise<number>;

  /**
   * The texts of judged posts, newest day first, a page at a time. Erased and expired ones never come.
   * @param page `limit` up to 5000
   */
  scanTexts(
    scan: TextScan,
    page: { cursor: string | null; limit: number },
  ): Promise<{ items: ScannedText[]; nextCursor: string | null }>;
}
