import type { Verdict } from '../../domain/verdict.ts';
import { ruleHitsOf } from '../rule-hits.ts';
import { type SqliteDatabase, statement } from './database.ts';

/** In the transaction of the verdict; what an earlier verdict left gives way. */
export function writeRuleHits(db: SqliteDatabase, postId: string, verdict: Verdict): void {
  statement(db, 'DELETE FROM rule_hits WHERE post_id = ?').run(postId);
  for (const { ruleId, ruleVersion, shadow } of ruleHitsOf(verdict)) {
    statement(
      db,
      `INSERT INTO rule_hits (post_id, rule_id, rule_version, day, shadow)
       SELECT id, @ruleId, @ruleVersion, substr(bucket_hour, 1, 10), @shadow FROM posts WHERE id = @postId`,
    ).run({ postId, ruleId, ruleVersion, shadow: shadow ? 1 : 0 });
  }
}
