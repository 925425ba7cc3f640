import type { Category, ServiceKind, ServiceTopic } from '../domain/category.ts';
import type { CouldNotCheck, Finding, Sentiment, Service } from '../domain/verdict.ts';
import type { TextContext } from './text-context.ts';

/** A word that points to a service routing: half of one, the other half comes from another word. */
export interface ServiceHit {
  target: { serviceKind: ServiceKind } | { serviceTopic: ServiceTopic };
  ruleId: string;
  confidence: number;
  /** In the squeezed text. */
  start: number;
  end: number;
}

/** Calibrated probabilities of the models, by category; said also where they lead to no finding. */
export type CategoryChances = Partial<Record<Category, number>>;

/** What one stage adds; what it leaves out stays as it was. */
export interface StageResult {
  findings?: readonly Finding[];
  /** Of rules on trial: recorded, and deciding nothing. */
  shadow?: readonly Finding[];
  serviceHits?: readonly ServiceHit[];
  chances?: CategoryChances;
  sentiment?: Sentiment;
  service?: Service | null;
  /** What the stage could not do, though it did the rest: a model is missing. Named for the stage or the category. */
  couldNotCheck?: readonly CouldNotCheck[];
}

/** What the stages before have found. */
export interface Gathered {
  readonly findings: readonly Finding[];
  readonly serviceHits: readonly ServiceHit[];
  readonly sentiment: Sentiment;
  readonly service: Service | null;
}

export interface Stage {
  readonly name: string;
  /** When it fails, a person must look: the text may hold a danger nobody searched for. */
  readonly safetyRelevant: boolean;
  /** Pure: the same context and findings give the same result. */
  readonly run: (context: TextContext, gathered: Gathered) => StageResult;
}
