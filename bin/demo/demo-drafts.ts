import { createDraft } from '../../pipeline/commands/create-draft.ts';
import { changeDraftComment } from '../../pipeline/commands/draft-comments.ts';
import { acceptFile } from '../../pipeline/commands/draft-uploads.ts';
import { findAppointments } from '../../pipeline/commands/find-appointments.ts';
import { moveDraft } from '../../pipeline/commands/move-draft.ts';
import type { Context } from '../../pipeline/context.ts';
import type { Draft } from '../../pipeline/domain/draft.ts';
import { DraftContent } from '../../pipeline/domain/draft-content.ts';
import { DraftMoveCommand } from '../../pipeline/domain/draft-move-command.ts';
import type { DraftMover } from '../../pipeline/domain/draft-steps.ts';
import { rolesOf } from '../../pipeline/domain/role.ts';
import { dayBefore, shanghaiDay } from '../../pipeline/domain/time.ts';
import { onePixelPng } from '../../test/campus/file-bytes.ts';
import type { Demo } from './demo.ts';
import { buildDraftStories, type DraftStep, type DraftStory, urgentStory } from './demo-draft-stories.ts';

async function moverOf(login: string, context: Context): Promise<DraftMover> {
  const user = await context.stores.users.findByLogin(login);
  if (user === null) throw new Error(`the demo has no ${login}`);
  return { id: user.id, student: user.student, appointments: await findAppointments(user, context) };
}

function buildContent({ title, text, content }: DraftStory): DraftContent {
  const paragraphs = text.split('\n').map((line) => ({
    type: 'paragraph',
    ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }),
  }));
  return DraftContent.parse({ title, document: { type: 'doc', content: paragraphs }, ...content });
}

async function getDraft(id: string, { stores }: Context): Promise<Draft> {
  const draft = await stores.drafts.find(id, { units: 'all', personIds: [] });
  if (draft === null) throw new Error('a draft of the demo is gone');
  return draft;
}

async function step(id: string, { by, move, more }: DraftStep, context: Context): Promise<void> {
  const { revision } = await getDraft(id, context);
  const about = { commandId: context.clock.newId(), draftId: id, revision, move };
  await moveDraft(DraftMoveCommand.parse({ ...about, ...more }), await moverOf(by, context), context);
}

async function sayOn(id: string, story: DraftStory, context: Context): Promise<void> {
  const { comment, text } = story;
  if (comment === undefined) return;
  const [mover, draft] = [await moverOf(comment.by, context), await getDraft(id, context)];
  const start = text.indexOf(comment.words);
  const phrase = { start, end: start + comment.words.length, text: comment.words };
  const said = { text: comment.text, suggestion: comment.suggestion, phrase, version: draft.contentVersion };
  const { stores, clock } = context;
  const actor = { id: mover.id, roles: rolesOf(mover.appointments) };
  await changeDraftComment(
    draft,
    { is: 'add', commandId: clock.newId(), draftId: id, ...said },
    { stores, clock, mover, actor },
  );
}

async function signOnPaper(id: string, { signature }: DraftStory, context: Context): Promise<void> {
  if (signature === undefined) return;
  const scan = { use: 'scan', name: '签批单.png', bytes: new Uint8Array(onePixelPng) } as const;
  const { hash } = await acceptFile(scan, { ...context, pictureText: false });
  const { id: leaderId } = await moverOf(signature.leader, context);
  const signedOn = shanghaiDay(context.clock.now());
  const more = { scan: hash, leaderId, signedOn, errorsFound: 0 };
  await step(id, { by: signature.recordedBy, move: 'record-offline', more }, context);
}

async function tell(story: DraftStory, context: Context): Promise<string> {
  const { id } = await createDraft(
    { commandId: context.clock.newId(), unitId: story.unitId, content: buildContent(story) },
    await moverOf(story.by, context),
    context,
  );
  const last = story.steps.at(-1);
  for (const one of story.steps) {
    if (one === last) await sayOn(id, story, context);
    await step(id, one, context);
  }
  await signOnPaper(id, story, context);
  return id;
}

/**
 * A notice of the school's site that says something else than what was approved for it: one number was changed afterwards. The live
 * match finds it while somebody watches.
 */
async function publishAndChange({ context, campus }: Demo): Promise<void> {
  const article = campus.expected.articles
    .filter(({ pieces, attachments, planted }) => {
      const text = pieces.join('');
      const isPlain = attachments.length + planted.length === 0 && !/\d{5}|https?:/.test(text);
      return isPlain && /\d/.test(text) && text.length > 60;
    })
    .toSorted((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''))[0];
  const url = article?.urls[0];
  if (article === undefined || url === undefined) return;
  const text = article.pieces.join('\n').replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
  const pass = (by: string) => ({ by, move: 'pass', more: { errorsFound: 0 } }) as const;
  const id = await tell(
    {
      ...{ by: 'editor', unitId: 'library', title: article.title, text },
      content: { genre: 'notice', channels: ['main-site'] },
      steps: [{ by: 'editor', move: 'submit' }, pass('unit-reviewer'), pass('reviewer'), pass('director')],
    },
    context,
  );
  const more = { channelId: 'main-site', url };
  await step(id, { by: 'editor', move: 'mark-published', more }, context);
}

/** Drafts in every state that somebody who looks round should see. */
export async function writeDemoDrafts(demo: Demo): Promise<void> {
  const today = shanghaiDay(demo.context.clock.now());
  const days = { from: dayBefore(today, 6), yesterday: dayBefore(today, 1) };
  for (const story of buildDraftStories(days)) await tell(story, demo.context);
  await publishAndChange(demo);
}

/** Two have reviewed it; the third still has to, within two hours of that. */
export async function writeUrgentDraft({ context }: Demo): Promise<void> {
  await tell(urgentStory, context);
}
