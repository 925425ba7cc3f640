import type { ServiceKind, ServiceTopic } from '../domain/category.ts';
import type { Sentiment, Service } from '../domain/verdict.ts';
import type { Gathered, ServiceHit, Stage } from './stage.ts';
import type { TextContext } from './text-context.ts';

/** Surer than this, a kind is routed even if no topic is named. */
const standsAlone = 0.8;
const toneAlone = 0.55;
const clearTone = 0.35;
const furthestUnits = 2000;

const asking =
  /[?吗呢]|为什么|什么时候|几点|几号|去哪|在哪|哪里|哪儿|多少钱|怎么办|是否|能否|如何|谁有|哪天|哪个|哪些|多久|是啥|啥时候|咋|流程是什么/;

/** A problem that is denied is none: 不贵, 不用排队, 没有坏. */
const denied = /(不|没|没有|不太|不算|不用|从不|并不|毫不|无需|再也不|别)$/;

/** 不好吃吗: neither a problem nor a question. */
function isAskedAway(text: string, hit: ServiceHit): boolean {
  return text.charAt(hit.start) === '不' && /[吗么]/.test(text.charAt(hit.end));
}

function isDenied(text: string, hit: ServiceHit): boolean {
  return denied.test(text.slice(Math.max(0, hit.start - 3), hit.start));
}

/** The topic named most surely and most often; the earlier one when even. */
function chooseTopic(hits: readonly ServiceHit[]): ServiceTopic | null {
  const weights = new Map<ServiceTopic, number>();
  for (const { target, confidence } of hits) {
    if ('serviceTopic' in target) {
      weights.set(target.serviceTopic, (weights.get(target.serviceTopic) ?? 0) + confidence);
    }
  }
  let best: ServiceTopic | null = null;
  let most = 0;
  for (const [topic, weight] of weights) {
    if (weight > most) {
      best = topic;
      most = weight;
    }
  }
  return best;
}

interface WeighedKinds {
  kinds: Map<ServiceKind, number>;
  asks: boolean;
}

function weighKinds(context: TextContext, gathered: Gathered, named: boolean): WeighedKinds {
  const { text } = context.squeezed;
  const kinds = new Map<ServiceKind, number>();
  const raise = (kind: ServiceKind, confidence: number): void => {
    if (confidence > (kinds.get(kind) ?? 0)) kinds.set(kind, confidence);
  };
  let asks = asking.test(text.slice(0, furthestUnits));
  for (const hit of gathered.serviceHits) {
    if (!('serviceKind' in hit.target)) continue;
    const { serviceKind } = hit.target;
    if (isAskedAway(text, hit)) {
      asks = false;
      continue;
    }
    if ((serviceKind === 'complaint' || serviceKind === 'praise') && isDenied(text, hit)) continue;
    raise(serviceKind, hit.confidence);
  }
  // The tone of an attack on a person says nothing about a service.
  const attacks = gathered.findings.some(({ category }) => category === 'harassment');
  if (named && !attacks) weighTone(gathered.sentiment, raise);
  if (named && asks) raise('question', toneAlone);
  return { kinds, asks };
}

/** Tone routes only what names a topic: criticism of a canteen is a matter for the canteen. */
function weighTone(sentiment: Sentiment, raise: (kind: ServiceKind, confidence: number) => void): void {
  if (sentiment.score <= -clearTone) raise('complaint', toneAlone);
  if (sentiment.score >= clearTone) raise('praise', toneAlone);
}

const priority: readonly ServiceKind[] = ['complaint', 'suggestion', 'question', 'praise'];

function route(context: TextContext, gathered: Gathered): Service | null {
  if (context.isOwn) return null;
  const topic = chooseTopic(gathered.serviceHits);
  const { kinds, asks } = weighKinds(context, gathered, topic !== null);
  let chosen: ServiceKind | null = null;
  for (const kind of priority) {
    const confidence = kinds.get(kind);
    if (confidence !== undefined && (chosen === null || confidence > (kinds.get(chosen) ?? 0))) chosen = kind;
  }
  if (chosen === null) return null;
  const confidence = kinds.get(chosen) ?? 0;
  // 请问什么时候报名 asks us for an answer, whatever it is about.
  const isPlainQuestion = chosen === 'question' && asks;
  if (topic === null && confidence < standsAlone && !isPlainQuestion) return null;
  return { kind: chosen, topic: topic ?? 'other', confidence };
}

/** Complaint, suggestion, question or praise, and about what: for the unit that can answer. Not for our own articles. */
export const serviceStage: Stage = {
  name: 'service',
  safetyRelevant: false,
  run: (context, gathered) => ({ service: route(context, gathered) }),
};
