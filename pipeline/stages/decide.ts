import { type AccessClass, strictestAccess } from '../domain/access-class.ts';
import type { Circumstances } from '../domain/baseline.ts';
import { Category, categoryFacts, QueueName } from '../domain/category.ts';
import type { Finding, Service, Verdict, VerdictStamp } from '../domain/verdict.ts';
import { buildRisk, needsPerson } from './risk.ts';
import type { StageRun } from './run-stages.ts';
import type { CategoryChances } from './stage.ts';

const noCategories = Object.fromEntries(
  Category.options.map((category) => [category, 0]),
) as Verdict['categories'];
/** Below this a hit in a life-safety category is looked at, but is no alarm. */
const alarmConfidence = 0.5;

/** What a rule is sure of or a model thinks likely, whichever is more. */
function strongestByCategory(
  findings: readonly Finding[],
  chances: CategoryChances = {},
): Verdict['categories'] {
  const categories = { ...noCategories, ...chances };
  for (const { category, confidence } of findings) {
    if (confidence > categories[category]) categories[category] = confidence;
  }
  return categories;
}

const answered: readonly Service['kind'][] = ['complaint', 'suggestion', 'question'];

function needsAnswer(service: Service | null): boolean {
  return service !== null && answered.includes(service.kind);
}

function chooseQueues(findings: readonly Finding[], service: Service | null, unsafe: boolean): QueueName[] {
  if (findings.length === 0 && !unsafe) return needsAnswer(service) ? ['service'] : [];
  const queues = new Set<QueueName>();
  for (const finding of findings) {
    if (!needsPerson(finding)) continue;
    for (const queue of categoryFacts[finding.category].queues) queues.add(queue);
  }
  if (needsAnswer(service)) queues.add('service');
  if (unsafe) queues.add('review');
  return QueueName.options.filter((queue) => queues.has(queue));
}

function chooseAccess(findings: readonly Finding[]): AccessClass {
  return findings.length === 0
    ? 'open'
    : strictestAccess(findings.filter(needsPerson).map(({ category }) => categoryFacts[category].access));
}

/** What follows from everything the stages found. Pure: the same findings give the same verdict. */
export function decide(run: StageRun, circumstances: Circumstances, stamp: VerdictStamp): Verdict {
  const { findings, sentiment, service, uncheckedDanger } = run;
  const lifeSafety = findings.some(
    (finding) =>
      categoryFacts[finding.category].lifeSafety &&
      needsPerson(finding) &&
      finding.confidence >= alarmConfidence,
  );
  const isNoise =
    findings.length > 0 &&
    !uncheckedDanger &&
    findings.every((finding) => categoryFacts[finding.category].family === 'noise');
  // Who is called to a fire must not find it as somebody's complaint as well.
  const kept = isNoise || lifeSafety ? null : service;
  return {
    sentiment,
    service: kept,
    categories: strongestByCategory(findings, run.chances),
    findings: [...findings],
    ...(run.shadow.length === 0 ? {} : { shadow: [...run.shadow] }),
    risk: buildRisk({ findings, sentiment, service: kept, circumstances, lifeSafety }),
    queues: chooseQueues(findings, kept, uncheckedDanger),
    accessClass: chooseAccess(findings),
    noise: isNoise,
    lifeSafety,
    couldNotCheck: [...run.couldNotCheck],
    stamp,
  };
}
