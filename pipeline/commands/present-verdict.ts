import type { Category } from '../domain/category.ts';
import type { EvidenceSpan, Finding, Verdict } from '../domain/verdict.ts';
import type { FindingTrail } from '../stages/explain-finding.ts';

/** What can be told from a text alone; dead links, stale pages and outages are found elsewhere. */
const textCategories = [
  'self-harm',
  'violence',
  'emergency',
  'fraud',
  'phishing-link',
  'harassment',
  'unverified-claim',
  'leak',
  'tamper',
  'advert',
  'spam',
] as const satisfies readonly Category[];

/** What carried a model's word, with the pieces of text themselves. */
function showEvidence(text: string, evidence: readonly EvidenceSpan[]) {
  return evidence.map((piece) => ({ ...piece, text: text.slice(piece.start, piece.end) }));
}

function showTrail(trail: FindingTrail | null) {
  if (trail === null) return {};
  const { stood, normalised, word, pattern, steps } = trail;
  return { trail: { stood, normalised, word, pattern, steps } };
}

/** Null where nothing was found and not everything could look: 0 would read as clean. */
function toldOf({ categories, couldNotCheck }: Verdict, category: Category): number | null {
  const told = categories[category];
  return told === 0 && couldNotCheck.some(({ stage }) => stage === category) ? null : told;
}

/** How a rule came to a finding; null for what no rule of the lexicon found. */
type Explain = (stored: string, finding: Finding) => FindingTrail | null;

/**
 * A verdict as it is handed out beside its text, which is stored nowhere: on the command line and by the interface.
 * @param explain adds the whole trail to every finding of a rule
 */
export function presentVerdict(text: string, verdict: Verdict, explain?: Explain) {
  const { sentiment, service, risk, queues } = verdict;
  const categories: Record<string, number | null> = {};
  for (const category of textCategories) categories[category] = toldOf(verdict, category);
  const findings = verdict.findings.map((finding) => ({
    category: finding.category,
    source: finding.source,
    id: finding.id,
    version: finding.version,
    start: finding.start,
    end: finding.end,
    text: text.slice(finding.start, finding.end),
    severity: finding.severity,
    confidence: finding.confidence,
    ...(finding.via === undefined ? {} : { via: finding.via }),
    ...showTrail(explain?.(text, finding) ?? null),
    ...(finding.evidence === undefined ? {} : { evidence: showEvidence(text, finding.evidence) }),
  }));
  const unchecked = verdict.couldNotCheck.length === 0 ? {} : { couldNotCheck: verdict.couldNotCheck };
  return { sentiment, service, categories, findings, risk, queues, ...unchecked };
}
