import type { CheckResult } from '../domain/check.ts';
import type { Draft } from '../domain/draft.ts';
import type { DraftEvent } from '../domain/draft-move-command.ts';
import { RetryLater } from '../domain/errors.ts';
import { flattenDocument } from '../domain/flatten-document.ts';
import { buildReviewForm, type ReviewFormFacts } from '../domain/review-form.ts';
import type { DocumentPrinter } from '../ports/document-printer.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface FormPorts {
  stores: Pick<Stores, 'drafts' | 'settings' | 'users'>;
  clock: Ports['clock'];
  printer?: DocumentPrinter | undefined;
}

/** Of the very submission that the form is about: there are others where it was corrected, or written anew. */
async function findReport(
  { id, submitted }: Draft,
  events: readonly DraftEvent[],
  { drafts }: Pick<Stores, 'drafts'>,
): Promise<CheckResult | null> {
  const event = events.findLast(
    ({ kind, at, contentVersion }) =>
      kind === 'submit' && at === submitted?.at && contentVersion === submitted.version,
  );
  return event === undefined ? null : drafts.findReport(id, event.round);
}

/**
 * The version that was submitted last, or is being written; while it is corrected what is live, with its own steps: the correction has
 * a form once it is approved.
 */
async function readFacts(current: Draft, ports: FormPorts): Promise<ReviewFormFacts | null> {
  const { drafts, settings, users } = ports.stores;
  const draft: Draft = { ...current, ...current.live };
  const version = draft.submitted?.version ?? draft.contentVersion;
  const found = await drafts.findVersion(draft.id, version);
  if (found === null) return null;
  const { units, channels } = await settings.read();
  const events = await drafts.listEvents(draft.id);
  const people = new Set([
    ...[...draft.writers, ...draft.publications.map(({ by }) => by), ...draft.allowed.map(({ by }) => by)],
    ...events.map(({ actorId }) => actorId),
    ...draft.passes.flatMap(({ actorId, onBehalfOf, offline }) => [actorId, onBehalfOf, offline?.recordedBy]),
  ]);
  const names = new Map<string, string>();
  for (const id of people) {
    const user = id === null || id === undefined ? null : await users.find(id);
    if (user !== null) names.set(user.id, user.name);
  }
  const links = [...new Set(flattenDocument(found.content.document).links.map(({ href }) => href))];
  return {
    ...{ draft, content: found.content, events, at: ports.clock.now() },
    links: links.map((href) => ({ href, tested: null })),
    report: await findReport(draft, events, ports.stores),
    nameOf: (id) => names.get(id) ?? '已注销的账号',
    unitName: units.find(({ id }) => id === draft.unitId)?.name ?? draft.unitId,
    channelName: (id) => channels.find((one) => one.id === id)?.name ?? id,
  };
}

/** 审核登记表 of each, on a sheet of its own. @throws RetryLater where nothing can be printed here */
export async function printDraftForms(
  drafts: readonly Draft[],
  as: 'docx' | 'pdf',
  ports: FormPorts,
): Promise<Uint8Array> {
  const { printer } = ports;
  if (printer === undefined) throw new RetryLater(60_000, '这台服务器现在不能生成文件，请稍后再试。');
  const facts = await Promise.all(drafts.map((draft) => readFacts(draft, ports)));
  return printer[as](facts.flatMap((one) => (one === null ? [] : [buildReviewForm(one)])));
}
