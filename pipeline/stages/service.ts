import type { ServiceKind, ServiceTopic } from '../domain/category.ts';
import type { EvidenceSpan, Sentiment, Service } from '../domain/verdict.ts';
import type { HeadPlace, Scorer } from '../models/scorer.ts';
import { sharesOf } from '../models/scorer.ts';
import type { Span } from '../text/spans.ts';
import { buildDirectory, type Directory, type Mention } from './directory.ts';
import { needsPerson } from './risk.ts';
import type { Gathered, ServiceHit, Stage } from './stage.ts';
import type { TextContext } from './text-context.ts';

/** Surer than this, a kind is routed even if no topic is named. */
const standsAlone = 0.8;
const toneAlone = 0.55;
const clearTone = 0.35;
/** The model learned from written patterns, so it never outweighs what was said in so many words. */
const sureModel = 0.75;
const modelAlone = 0.65;
const furthestUnits = 2000;
const mentionWeight = 0.8;

const asking =
  /[?吗呢]|为什么|什么时候|几点|几号|去哪|在哪|哪里|哪儿|多少钱|怎么办|是否|能否|如何|谁有|哪天|哪个|哪些|多久|是啥|啥时候|咋|流程是什么|几[个张份天次]|找谁|(?:出来|公布|通知)了?没(?=$|[,。!~])/;

/** A problem that is denied is none: 不贵, 不用排队, 没有坏. */
const denied = /(不|没|没有|不太|不算|不用|从不|并不|毫不|无需|再也不|别)$/;

/** The clause says that there is none of it: 没有一点不干净; or that who claims it is wrong: 谁说不好吃. */
const deniedInClause =
  /(?:没有?|毫无)(?:一点|一丝|丝毫|半点|任何|什么|过)[^,。!?]{0,2}$|(?:谁说|谁讲|哪里|哪儿|怎么会|怎么可能|难道)[^,。!?]{0,8}$/;
const furthestDenial = 12;

/** 不好吃吗, 难道不好吃: neither a problem nor a question. */
function isAskedAway(text: string, hit: ServiceHit): boolean {
  if (text.charAt(hit.start) === '不' && /[吗么]/.test(text.charAt(hit.end))) return true;
  return text.charAt(hit.start) === '不' && deniedInClause.test(clauseBefore(text, hit));
}

function clauseBefore(text: string, { start }: ServiceHit): string {
  return text.slice(Math.max(0, start - furthestDenial), start);
}

function isDenied(text: string, hit: ServiceHit): boolean {
  return denied.test(text.slice(Math.max(0, hit.start - 3), hit.start));
}

/** A span of the squeezed text, with its weight. */
interface Sign extends Span {
  weight: number;
}

interface TopicSign extends Sign {
  topic: ServiceTopic;
}

function contains(outer: Span, inner: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** A name of the school stands for its topic; words inside it (食堂 in 听澜食堂) say nothing more. */
function topicSigns(hits: readonly ServiceHit[], mentions: readonly Mention[]): TopicSign[] {
  const signs: TopicSign[] = [];
  for (const { topic, start, end } of mentions)
    if (topic !== null) signs.push({ topic, start, end, weight: mentionWeight });
  const named = signs.length;
  for (const { target, confidence, start, end } of hits) {
    if (!('serviceTopic' in target)) continue;
    const word = { topic: target.serviceTopic, start, end, weight: confidence };
    let isInName = false;
    for (let i = 0; i < named && !isInName; i += 1) isInName = contains(signs[i] as TopicSign, word);
    if (!isInName) signs.push(word);
  }
  return signs.sort((a, b) => a.start - b.start);
}

/** The topic named most surely and most often; the earlier one when even, and `other` when nothing else is named. */
function chooseTopic(signs: readonly TopicSign[]): ServiceTopic | null {
  const weights = new Map<ServiceTopic, number>();
  for (const { topic, weight } of signs) weights.set(topic, (weights.get(topic) ?? 0) + weight);
  let best: ServiceTopic | null = null;
  let most = 0;
  for (const [topic, weight] of weights) {
    if (best === null || best === 'other' || (weight > most && topic !== 'other')) {
      best = topic;
      most = weight;
    }
  }
  return best;
}

interface KindReading {
  confidence: number;
  /** Of the squeezed text; none when tone or model said it. */
  signs: Sign[];
  /** Of the stored text: what carried the model's word. */
  carried: EvidenceSpan[];
}

/** How surely each kind was read, and from what. */
class Kinds {
  readonly readings = new Map<ServiceKind, KindReading>();

  raise(kind: ServiceKind, confidence: number, sign: Span | null): void {
    const known = this.readings.get(kind) ?? { confidence: 0, signs: [], carried: [] };
    if (sign !== null) known.signs.push({ start: sign.start, end: sign.end, weight: confidence });
    known.confidence = Math.max(known.confidence, confidence);
    this.readings.set(kind, known);
  }

  choose(): [ServiceKind, KindReading] | null {
    let best: [ServiceKind, KindReading] | null = null;
    for (const kind of priority) {
      const reading = this.readings.get(kind);
      if (reading !== undefined && (best === null || reading.confidence > best[1].confidence))
        best = [kind, reading];
    }
    return best;
  }
}

const priority: readonly ServiceKind[] = ['complaint', 'suggestion', 'question', 'praise'];

interface RuleReading {
  kinds: Kinds;
  asks: boolean;
  /** A fault is named only to say that there is none: neither tone nor model makes a complaint of it. */
  denies: boolean;
}

function readRules(context: TextContext, gathered: Gathered, named: boolean): RuleReading {
  const { text } = context.squeezed;
  const kinds = new Kinds();
  let denies = false;
  const asked = asking.exec(text.slice(0, furthestUnits));
  let asks = asked !== null;
  for (const hit of gathered.serviceHits) {
    if (!('serviceKind' in hit.target)) continue;
    const { serviceKind } = hit.target;
    if (isAskedAway(text, hit)) {
      asks = false;
      denies ||= serviceKind === 'complaint';
      continue;
    }
    if ((serviceKind === 'complaint' || serviceKind === 'praise') && isDenied(text, hit)) {
      denies ||= serviceKind === 'complaint';
      continue;
    }
    kinds.raise(serviceKind, hit.confidence, hit);
  }
  if (named && asks && asked !== null) {
    kinds.raise('question', toneAlone, { start: asked.index, end: asked.index + asked[0].length });
  }
  return { kinds, asks, denies: denies && !kinds.readings.has('complaint') };
}

/**
 * Tone routes only what names a topic: criticism of a canteen is a matter for the canteen. Who asks, and names no fault, asks,
 * in whatever voice.
 */
function weighTone(text: string, sentiment: Sentiment, { kinds, asks, denies }: RuleReading): void {
  if (sentiment.score <= -clearTone && !asks && !denies) kinds.raise('complaint', toneAlone, null);
  if (sentiment.score >= clearTone && !warning.test(text)) kinds.raise('praise', toneAlone, null);
}

/** Who warns of a swindler praises nobody. */
const warning = /上当|受骗|被骗|骗子|诈骗|冒充|警惕|谨防|避雷|千万别/;

interface Model {
  scorer: Scorer;
  place: HeadPlace;
}

const mostPieces = 3;

/** What a model trained on written patterns adds where words say nothing: only beside a topic, and never alone. */
function weighModel(
  context: TextContext,
  { scorer, place }: Model,
  { kinds, denies }: Pick<RuleReading, 'kinds' | 'denies'>,
): void {
  const shares = sharesOf(context.scores(scorer), place);
  for (const [k, { name }] of place.head.outputs.entries()) {
    if ((shares[k] ?? 0) < sureModel) continue;
    const kind = priority.find((one) => one === name);
    if (kind === undefined || (kind === 'complaint' && denies)) continue;
    kinds.raise(kind, modelAlone, null);
    const reading = kinds.readings.get(kind);
    if (reading === undefined || reading.signs.length > 0) return;
    for (const piece of scorer.explain(context.normalised.text, place, k, mostPieces))
      reading.carried.push({ ...context.fromNormalised(piece), weight: piece.weight });
    return;
  }
}

/** The name that stands nearest to what is said; a place before a unit, for it is more exact. */
function chooseMention(mentions: readonly Mention[], signs: readonly Sign[]): Mention | null {
  const places = mentions.filter(({ isPlace }) => isPlace);
  const among = places.length > 0 ? places : mentions;
  const at = signs[0]?.start ?? 0;
  let best: Mention | null = null;
  for (const one of among)
    if (best === null || Math.abs(one.start - at) < Math.abs(best.start - at)) best = one;
  return best;
}

const mostEvidence = 8;
/** No string is longer, in UTF-16 units. */
const longestText = 0x4000_0000;

/** Spans of the stored text, in its order, each once. */
function evidenceFrom(
  context: TextContext,
  signs: readonly Sign[],
  carried: readonly EvidenceSpan[],
): EvidenceSpan[] {
  const spans = new Map<number, EvidenceSpan>();
  const keyOf = ({ start, end }: Span): number => start * longestText + end;
  for (const { start, end, weight } of signs) {
    const span = context.fromSqueezed({ start, end });
    spans.set(keyOf(span), { start: span.start, end: span.end, weight });
  }
  for (const span of carried) spans.set(keyOf(span), span);
  return [...spans.values()].sort((a, b) => b.weight - a.weight).slice(0, mostEvidence);
}

function route(
  context: TextContext,
  gathered: Gathered,
  directory: Directory,
  model: Model | null,
): Service | null {
  if (context.isOwn) return null;
  const mentions = directory.find(context);
  const topics = topicSigns(gathered.serviceHits, mentions);
  const topic = chooseTopic(topics);
  const named = topic !== null || mentions.length > 0;
  const reading = readRules(context, gathered, named);
  const { kinds, asks } = reading;
  // Tone must not add a queue: what is brought before a person for a danger says nothing about a service by its voice.
  if (named && !gathered.findings.some(needsPerson)) {
    weighTone(context.squeezed.text, gathered.sentiment, reading);
    if (model !== null) weighModel(context, model, reading);
  }
  const chosen = kinds.choose();
  if (chosen === null) return null;
  const [kind, { confidence, signs, carried }] = chosen;
  // 请问什么时候报名 asks us for an answer, whatever it is about.
  const isPlainQuestion = kind === 'question' && asks;
  if (!named && confidence < standsAlone && !isPlainQuestion) return null;
  const mention = chooseMention(mentions, signs);
  const answered = topic ?? 'other';
  const namedSigns =
    mention === null ? [] : [{ start: mention.start, end: mention.end, weight: mentionWeight }];
  return {
    kind,
    topic: answered,
    confidence,
    unitId: mention?.unitId ?? directory.unitOf(answered),
    evidence: evidenceFrom(
      context,
      [...signs, ...topics.filter((sign) => sign.topic === topic), ...namedSigns],
      carried,
    ),
  };
}

const noDirectory = buildDirectory([]);

/**
 * Complaint, suggestion, question or praise, about what, and for which unit. Not for our own articles.
 * @param scorer null: rules and tone alone
 */
export function serviceStage(directory: Directory = noDirectory, scorer: Scorer | null = null): Stage {
  const place = scorer?.findHead('service-kind') ?? null;
  const model = scorer === null || place === null ? null : { scorer, place };
  return {
    name: 'service',
    safetyRelevant: false,
    run: (context, gathered) => ({ service: route(context, gathered, directory, model) }),
  };
}
