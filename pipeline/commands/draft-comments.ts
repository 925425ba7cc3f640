import type { Actor } from '../domain/case.ts';
import type { Draft } from '../domain/draft.ts';
import {
  buildReanchor,
  type CommentCommand,
  type CommentPhrase,
  contextOf,
  type DraftComment,
  findPhrase,
  type PhraseContext,
} from '../domain/draft-comment.ts';
import type { DraftMover } from '../domain/draft-steps.ts';
import { InvalidInput, NotFound, NotPermitted } from '../domain/errors.ts';
import { flattenDocument } from '../domain/flatten-document.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

export interface CommentPorts {
  stores: Pick<Stores, 'drafts' | 'draftComments'>;
  clock: Pick<Clock, 'now'>;
}

async function readText(draftId: string, version: number, { stores }: Pick<CommentPorts, 'stores'>) {
  const found = await stores.drafts.findVersion(draftId, version);
  return found === null ? null : flattenDocument(found.content.document).text;
}

type NewComment = Omit<CommentCommand & { is: 'add' }, 'around'>;

/** What is around the phrase. @throws InvalidInput where the words do not stand there */
async function readAround(command: NewComment, ports: CommentPorts): Promise<PhraseContext | null> {
  // Sent again, it is what it was, whatever was written since.
  const known = await ports.stores.draftComments.find(command.draftId, command.commandId);
  if (known !== null) return known.around;
  const text = await readText(command.draftId, command.version, ports);
  if (text === null) throw new InvalidInput('version', '没有这个版本。');
  const { phrase } = command;
  if (phrase === null) {
    if (command.suggestion !== null) throw new InvalidInput('suggestion', '修改建议要针对选中的文字。');
    return null;
  }
  if (text.slice(phrase.start, phrase.end) !== phrase.text)
    throw new InvalidInput('phrase', '选中的文字和稿件不一致，请保存后重新选择。');
  return contextOf(phrase, text);
}

/** Whoever wrote it, and those who write the draft: they say that it is done with. */
async function assertMayClose(
  draft: Draft,
  { commentId, is }: { commentId: string; is: 'resolve' | 'reopen' },
  { mover, stores }: { mover: DraftMover; stores: CommentPorts['stores'] },
): Promise<void> {
  const comment = await stores.draftComments.find(draft.id, commentId);
  if (comment === null) throw new NotFound('没有这条批注。');
  if (comment.by === mover.id || draft.writers.includes(mover.id)) return;
  throw new NotPermitted(`只有写批注的人和稿件的作者可以${is === 'resolve' ? '解决' : '重新打开'}这条批注。`);
}

/**
 * @param draft as this person sees it: who sees a draft may say something about it
 * @throws NotFound, NotPermitted, InvalidInput, Conflict
 */
export async function changeDraftComment(
  draft: Draft,
  command: NewComment | Exclude<CommentCommand, { is: 'add' }>,
  { mover, actor, ...ports }: CommentPorts & { mover: DraftMover; actor: Actor },
): Promise<DraftComment> {
  if (draft.state === 'archived') throw new NotPermitted('稿件已归档，不能再写批注。');
  const whole: CommentCommand =
    command.is === 'add' ? { ...command, around: await readAround(command, ports) } : command;
  if (command.is === 'resolve' || command.is === 'reopen')
    await assertMayClose(draft, command, { mover, stores: ports.stores });
  return ports.stores.draftComments.change(whole, actor, ports.clock.now());
}

/** A comment on the version that is looked at. */
export interface ShownComment extends DraftComment {
  shown: {
    /** Where its words stand there; null: on the whole, or outdated. */
    phrase: CommentPhrase | null;
    /** 过时: its words are no longer there. */
    isOutdated: boolean;
  };
}

/** In the order of writing. @param version the one that is looked at */
export async function listDraftComments(
  draftId: string,
  version: number,
  ports: Pick<CommentPorts, 'stores'>,
): Promise<ShownComment[]> {
  const comments = await ports.stores.draftComments.list(draftId);
  const textOf = async (one: number) => (await readText(draftId, one, ports)) ?? '';
  const after = await textOf(version);
  const finders = new Map<number, (comment: DraftComment) => CommentPhrase | null>();
  for (const from of new Set(comments.map((comment) => comment.version)))
    finders.set(from, buildFinder(from === version ? after : await textOf(from), after));
  return comments.map((comment) => {
    const phrase = finders.get(comment.version)?.(comment) ?? null;
    return { ...comment, shown: { phrase, isOutdated: comment.phrase !== null && phrase === null } };
  });
}

/** First where it stands in the text of its own version, then where that is in the one that is looked at. */
function buildFinder(before: string, after: string) {
  const reanchor = buildReanchor(before, after);
  return ({ phrase, around }: DraftComment): CommentPhrase | null => {
    if (phrase === null || around === null) return null;
    const stands = findPhrase(phrase, around, before);
    return stands === null ? null : reanchor(stands);
  };
}
