import type { OpenedCase } from '../../pipeline/commands/open-case.ts';
import type { Actor } from '../../pipeline/domain/case.ts';
import { Category } from '../../pipeline/domain/category.ts';
import type { Unit } from '../../pipeline/domain/channel.ts';
import { isHeldAgainst } from '../../pipeline/domain/decision.ts';
import { maskText } from '../../pipeline/domain/mask.ts';
import { storedText } from '../../pipeline/domain/post.ts';
import type { LexiconRule } from '../../pipeline/domain/rule.ts';
import { mayTakeOver } from '../../pipeline/domain/take-over.ts';
import type { Finding } from '../../pipeline/domain/verdict.ts';
import { explainFinding } from '../../pipeline/stages/explain-finding.ts';
import type {
  CaseDetail,
  CaseEventView,
  JudgementView,
  TextView,
  TrailView,
} from '../contract/case-detail.ts';
import type { RouteDeps } from '../http/call.ts';
import { presentCaseSummary } from './case-summary.ts';
import { buildDecisionOptions, findUndoable, mayClose, mayReopenNow } from './decision-options.ts';
import { presentExcerpt } from './excerpt.ts';
import { mayChangeLead } from './lead.ts';
import { presentRouting } from './routing.ts';

interface Viewer {
  actor: Actor;
  /** The person's own unit. */
  unitId: string | null;
}

export async function presentCaseDetail(
  opened: OpenedCase,
  { actor, unitId }: Viewer,
  deps: Pick<RouteDeps, 'clock' | 'directory'>,
): Promise<CaseDetail> {
  const { case: one, post, text, events, inOwnQueue } = opened;
  const findings = opened.verdict?.findings ?? null;
  const excerpt = presentExcerpt({ text, view: opened.view, findings });
  const { units, rules } = await deps.directory.settings();
  const moment = { now: deps.clock.now(), inOwnQueue };
  return {
    ...(await presentCaseSummary({ case: one, post, excerpt }, actor.id, deps)),
    kind: 'case',
    text: presentText({ text, view: opened.view, findings }),
    judgement: presentJudgement(opened, rules),
    source: presentSource(opened),
    otherSources: presentCopies(opened),
    maySplit: inOwnQueue && !isHeldAgainst(one, actor, moment.now),
    mayClose: mayClose(one, { events, actor, ...moment }),
    mayReopen: mayReopenNow(one, events, actor, moment.now),
    mayNote: inOwnQueue,
    mayTakeOver: inOwnQueue && mayTakeOver(one, actor, moment.now),
    previous: opened.previous,
    partedCount: events.filter(({ kind }) => kind === 'split').length,
    mayChangeLead: mayChangeLead(opened, actor, moment.now),
    unitId: one.unitId,
    suggestedUnitId: findSuggestedUnit(opened, units, unitId),
    routing: presentRouting(one.routing, await deps.directory.settings(), deps.directory),
    events: await presentEvents(opened, actor.id, deps),
    decisions: buildDecisionOptions(one, actor, moment),
    undoable: findUndoable(one, events, actor, moment.now),
    units: units.map(({ id, name }) => ({ id, name })),
  };
}

/**
 * The unit it was meant for, that the rules of routing give, that its text names, or whose topic it is: never one's own, which would hand it to nobody
 * else, and nobody for what has no topic.
 */
function findSuggestedUnit(
  { case: { unitId, service, routing }, verdict }: Pick<OpenedCase, 'case' | 'verdict'>,
  units: readonly Unit[],
  ownUnitId: string | null,
): string | null {
  const topic = service === null || service.topic === 'other' ? null : service.topic;
  const inCharge = units.find(({ topics }) => topic !== null && topics.includes(topic))?.id ?? null;
  // A unit that the directory named then may be gone by now.
  const named = units.find(({ id, topics }) => {
    return id === verdict?.service?.unitId && (topic !== null || !topics.includes('other'));
  });
  const routed = units.find(({ id }) => id === routing?.unitId);
  const suggested = unitId ?? routed?.id ?? named?.id ?? inCharge;
  return suggested === ownUnitId ? null : suggested;
}

/** @param findings null where this version has no verdict */
export function presentText({
  text,
  view,
  findings,
}: Pick<OpenedCase, 'text' | 'view'> & { findings: readonly Finding[] | null }): TextView {
  if (text === null) return { mode: 'erased' };
  const whole = storedText(text);
  const shown = view === 'masked' ? maskText(whole, findings) : whole;
  return { mode: view, title: shown.slice(0, text.title.length), text: shown };
}

function presentJudgement(
  { verdict, text, view }: OpenedCase,
  rules: readonly LexiconRule[],
): JudgementView | null {
  if (verdict === null) return null;
  const { sentiment, risk, couldNotCheck, stamp } = verdict;
  // Models have a chance for every text. One that led to no finding is no judgement to show, and of danger to oneself it is
  // not for everybody's eyes (R19).
  const found = new Set(verdict.findings.map(({ category }) => category));
  const categories = Category.options
    .filter((category) => found.has(category))
    .map((category) => ({ category, confidence: verdict.categories[category] }));
  const findings = text === null ? [] : verdict.findings;
  // A trail quotes what stood there: for those who see the text itself.
  const whole = text === null || view !== 'full' ? null : storedText(text);
  return {
    ...{ sentiment, risk, categories, couldNotCheck, stamp },
    findings: findings.map((finding) => {
      const { id, ...rest } = finding;
      return { ...rest, ruleId: id, trail: whole === null ? null : presentTrail(whole, finding, rules) };
    }),
  };
}

function presentTrail(whole: string, finding: Finding, rules: readonly LexiconRule[]): TrailView | null {
  const trail = explainFinding(whole, finding, rules);
  if (trail === null) return null;
  const { stood, normalised, word, pattern } = trail;
  return { stood, normalised, word, pattern };
}

/** Names of attachments and addresses of links can name people: whoever sees the text masked doesn't see them. */
function presentSource({ post, text, view, case: { textVersion } }: OpenedCase): CaseDetail['source'] {
  const shown = view === 'full' ? text : null;
  return {
    url: post.url,
    textVersion,
    newestTextVersion: post.textVersion,
    marks: post.marks,
    links: shown?.links ?? [],
    attachments: shown?.attachments ?? [],
  };
}

function presentCopies({ otherPosts, case: one, events }: OpenedCase): CaseDetail['otherSources'] {
  const inherited = new Set(
    events.flatMap(({ inherits, postId }) =>
      inherits !== null && inherits === one.decisionId ? postId : [],
    ),
  );
  return otherPosts.map(({ id, url, publishedAt }) => ({
    ...{ postId: id, url, publishedAt },
    inherits: inherited.has(id),
  }));
}

async function presentEvents(
  { events, view }: OpenedCase,
  viewerId: string,
  { directory }: Pick<RouteDeps, 'directory'>,
): Promise<CaseEventView[]> {
  return Promise.all(
    events.map(async ({ id, kind, at, actorId, decision, undoes, inherits, note, reason, holderId }) => ({
      ...{ id, kind, at, decision, undoes, inherits },
      reason: reason ?? null,
      holderName: await directory.colleagueName(holderId ?? null),
      inBulk: decision?.bulkId !== undefined,
      byName: await directory.colleagueName(actorId),
      byMe: actorId === viewerId,
      note: note !== null && view === 'masked' ? maskText(note, []) : note,
    })),
  );
}
