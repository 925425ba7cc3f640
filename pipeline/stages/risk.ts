import { type Circumstances, measureTravel, prior, priorVersion, type Usual } from '../domain/baseline.ts';
import { categoryFacts } from '../domain/category.ts';
import type { Metrics } from '../domain/post.ts';
import type { Finding, Risk, RiskLevel, Sentiment, Service } from '../domain/verdict.ts';

/** From this severity on a finding puts its item before a person; below, it is only noted. */
const queuedSeverity = 2;

const pointsPerSeverity = 16;
/** For each spread by which a post goes beyond what is usual. Together they stay below what a level takes. */
const reachPoints = { perSpread: 3, most: 15 } as const;
const speedPoints = { perSpread: 2, most: 8 } as const;
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

/** Of a text that nobody has told where and when it was published. */
export function unknownCircumstances(metrics: Metrics): Circumstances {
  return { travel: measureTravel(metrics, null, ''), usual: prior, baseline: priorVersion };
}

/** Never less for a greater value; nothing for what is usual or below. */
function pointsBeyond(value: number, { median, spread }: Usual, points: { perSpread: number; most: number }) {
  const beyond = Math.max(0, (value - median) / spread);
  return Math.min(points.most, Math.round(points.perSpread * beyond));
}

function travelPoints({ travel, usual }: Circumstances): { reach: number; speed: number } {
  return {
    reach: pointsBeyond(travel.reach, usual.reach, reachPoints),
    speed: travel.speed === null ? 0 : pointsBeyond(travel.speed, usual.speed, speedPoints),
  };
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
 * Whole points by name; their sum is the score, which ends at 100. Tone orders items within a level and never lifts one out of
 * it: the same statement in an angry voice keeps its level. A service matter alone stays low however far it goes.
 */
export function buildRisk(material: {
  findings: readonly Finding[];
  sentiment: Sentiment;
  service: Service | null;
  circumstances: Circumstances;
  lifeSafety: boolean;
}): Risk {
  const { findings, sentiment, service, circumstances } = material;
  const danger = dangerPoints(findings);
  const { reach, speed } = travelPoints(circumstances);
  const before = danger + reach + speed;
  const wanted = service === null ? 0 : servicePoints[service.kind];
  const serviceShare = Math.min(wanted, Math.max(0, ceilings[levelOf(before)] - before));
  const sum = before + serviceShare;
  const lifeSafety = material.lifeSafety ? Math.max(0, floors.important - sum) : 0;
  const room = ceilings[levelOf(sum + lifeSafety)] - sum - lifeSafety;
  const tone = Math.max(0, Math.min(room, Math.round(-sentiment.score * maxTone)));
  const score = Math.min(ceilings.urgent, sum + lifeSafety + tone);
  return {
    score,
    level: levelOf(score),
    parts: { danger, reach, speed, service: serviceShare, lifeSafety, tone },
  };
}
