import type { ClientSession, Collection } from 'mongodb';
import { ruleHitsOf } from '../rule-hits.ts';
import type { JudgedPost } from './judgement-plan.ts';
import { type CollectionSpec, field } from './schema.ts';

/** `_id` is post and rule. `day` is the post's in Shanghai, so that judging again moves no hit to another day. */
export interface RuleHitDocument {
  _id: string;
  postId: string;
  ruleId: string;
  ruleVersion: string;
  day: string;
  shadow: boolean;
}

/** Which rule hit which post, without a word of it: it stays when the text has expired. */
export const ruleHitSpecs: readonly CollectionSpec[] = [
  {
    name: 'rule_hits',
    fields: {
      postId: field.text,
      ruleId: field.text,
      ruleVersion: field.text,
      day: field.text,
      shadow: field.boolean,
    },
    indexes: [
      { key: { day: 1, ruleId: 1 }, since: '2026-11-22', reason: 'hits by rule and day' },
      { key: { postId: 1 }, since: '2026-11-22', reason: 'the rules of decided cases; judging again' },
    ],
  },
];

/** In the transaction of the verdicts; what earlier ones left gives way. */
export async function writeRuleHits(
  hits: Collection<RuleHitDocument>,
  session: ClientSession,
  judged: readonly JudgedPost[],
): Promise<void> {
  const again = judged.filter(({ post }) => post.judgedVersion !== null).map(({ post }) => post._id);
  if (again.length > 0) await hits.deleteMany({ postId: { $in: again } }, { session });
  const found = judged.flatMap(({ post, judgement }) =>
    ruleHitsOf(judgement.verdict).map((hit) => ({
      _id: `${post._id} ${hit.ruleId}`,
      postId: post._id,
      ...hit,
      day: post.bucketHour.slice(0, 10),
    })),
  );
  if (found.length > 0) await hits.insertMany(found, { session });
}
