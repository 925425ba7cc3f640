import type { AccessClass } from '../../domain/access-class.ts';
import { type Post, PostText } from '../../domain/post.ts';
import { Verdict } from '../../domain/verdict.ts';
import type { JudgedText } from '../../ports/desk-store.ts';
import { type PostCollections, parsePostDocument, textId, wholeBatch } from './post-documents.ts';

/** Posts by id, in one question. */
export async function loadPostDocuments(
  { posts }: PostCollections,
  ids: readonly string[],
): Promise<Map<string, Post>> {
  const found = await posts.find({ _id: { $in: [...ids] } }, wholeBatch).toArray();
  return new Map(found.map((one) => [one._id, parsePostDocument(one)]));
}

/** Texts of the versions named, each with the findings of its verdict, in two questions. */
export async function loadJudgedDocuments(
  { texts, verdicts }: PostCollections,
  wanted: readonly { postId: string; textVersion: number }[],
  { accessClasses, now }: { accessClasses: readonly AccessClass[]; now: string },
): Promise<(JudgedText | null)[]> {
  const ids = wanted.map(({ postId, textVersion }) => textId(postId, textVersion));
  const [stored, judged] = await Promise.all([
    texts
      .find(
        {
          _id: { $in: ids },
          accessClass: { $in: [...accessClasses] },
          $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }],
        },
        wholeBatch,
      )
      .toArray(),
    verdicts.find({ _id: { $in: ids } }, wholeBatch).toArray(),
  ]);
  const textOf = new Map(stored.map((one) => [one._id, PostText.parse(one)]));
  const verdictOf = new Map(judged.map((one) => [one._id, Verdict.parse(one.verdict)]));
  return ids.map((id) => {
    const text = textOf.get(id);
    return text === undefined ? null : { text, findings: verdictOf.get(id)?.findings ?? null };
  });
}
