import { categoryFacts } from '../domain/category.ts';
import type { Metrics } from '../domain/post.ts';
import type { Finding, Risk, RiskLevel, Sentiment, Service } from '../domain/verdict.ts';

/** The prior that stands in until channels have a history of their own. */
export const baselineVersion = 'prior-1';

/** From this severity on a finding puts its item before a person; below, it is only noted. */
const queuedSeverity = 2;

const pointsPerSeverity = 16;
const maxReach = 15;
const reachPerDecade = 3;
const maxTone = 5;
const servicePoints = { complaint: 8, suggestion: 3, question: 3, praise: 0 } as const;

const floors: Record<RiskLevel, number> = { low: 0, watch: 30, important: 55, urgent: 75 };
const ceilings: Record<RiskLevel, number> = { low: 29, watch: 54, important: 74, urgent: 100 };

export function levelOf(score: number): RiskLevel {
  if (score >= floors.urgent) return 'urgent';
  if (score >= floors.important) return 'important';
  return score >= floors.watch ? 'watch' : 'low';
}

export function needsPerson(finding: Finding): boolean {
  return finding.severity >= queuedSeverity && categoryFacts[finding.category].family !== 'noise';
}

/** How far a text has travelled: 3 points for each power of ten of weighted reactions. */
function reachPoints(metrics: Metrics): number {
  const { reposts = 0, comments = 0, likes = 0, views = 0 } = metrics;
  const weight = reposts * 3 + comments * 2 + likes + views / 50;
  return Math.min(maxReach, Math.round(reachPerDecade * Math.log10(1 + weight)));
}

function dangerPoints(findings: readonly Finding[]): number {
  let most = 0;
  for (const finding of findings) {
    if (categoryFacts[finding.category].family === 'noise') continue;
    most = Math.max(most, finding.severity * finding.confidence);
  }
  return Math.round(most * pointsPerSeverity);
}

/**
 * Whole points by name; their sum is the score. Tone orders items within a level and never lifts one out of it: the same
 * statement in an angry voice keeps its level.
 */
export function buildRisk(material: {
  findings: readonly Finding[];
  sentiment: Sentiment;
  service: Service | null;
  metrics: Metrics;
  lifeSafety: boolean;
}): Risk {
  const { findings, sentiment, service, metrics } = material;
  const danger = dangerPoints(findings);
  const reach = reachPoints(metrics);
  const wanted = service === null ? 0 : servicePoints[service.kind];
  const serviceShare = Math.min(wanted, Math.max(0, ceilings[levelOf(danger + reach)] - danger - reach));
  const sum = danger + reach + serviceShare;
  const lifeSafety = material.lifeSafety ? Math.max(0, floors.important - sum) : 0;
  const room = ceilings[levelOf(sum + lifeSafety)] - sum - lifeSafety;
  const tone = Math.max(0, Math.min(room, Math.round(-sentiment.score * maxTone)));
  const score = sum + lifeSafety + tone;
  return { score, level: levelOf(score), parts: { danger, reach, service: serviceShare, lifeSafety, tone } };
}
