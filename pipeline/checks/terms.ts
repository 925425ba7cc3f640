import type { CheckStage } from './check-stage.ts';
import { type FixedOrder, fixedOrders, partyPhrases, phraseList } from './party-phrases.ts';
import { type Term, termList, terms } from './term-list.ts';
import { buildTextStage, quote, type TextHit } from './text-stage.ts';

const special = /[.*+?^${}()|[\]\\]/gu;
const literally = (word: string) => word.replace(special, '\\$&');

function* findTerm(text: string, { id, pattern, right, why, level = 'warn' }: Term): Generator<TextHit> {
  for (const match of text.matchAll(pattern)) {
    const [words] = match;
    const suggestion = right === null ? null : fillIn(right, match);
    if (suggestion === words) continue;
    const message =
      suggestion === null ? `${quote(words)}：${why}` : `${quote(words)}应为${quote(suggestion)}：${why}`;
    yield { rule: id, start: match.index, end: match.index + words.length, suggestion, message, level };
  }
}

function fillIn(template: string, match: RegExpMatchArray): string {
  return template.replace(/\$(\d)/gu, (_, group: string) => match[Number(group)] ?? '');
}

interface OrderRule extends FixedOrder {
  pattern: RegExp;
}

const orderRules: readonly OrderRule[] = fixedOrders.map((order) => {
  const item = `(?:${order.items.map(literally).join('|')})`;
  const times = order.parts ? '+' : `{${order.items.length - 1}}`;
  return { ...order, pattern: new RegExp(`${item}(?:[、，]${item})${times}`, 'gu') };
});

/** A list of known members that stands in another order than it is laid down. */
function* findOrder(text: string, { id, items, parts, pattern }: OrderRule): Generator<TextHit> {
  for (const { 0: list, index } of text.matchAll(pattern)) {
    const written = list.split(/[、，]/u);
    const known = new Set(written);
    if (known.size !== written.length || (parts === undefined && known.size !== items.length)) continue;
    const right = items.filter((item) => known.has(item));
    if (right.every((item, at) => item === written[at])) continue;
    const suggestion = right.join('、');
    const message = `固定提法的排列顺序应为${quote(suggestion)}。`;
    yield { rule: `order.${id}`, start: index, end: index + list.length, suggestion, message };
  }
}

/** Wording that holds for everybody: cautious terms, fixed phrases and their order. */
export function buildTermStage(): CheckStage {
  return buildTextStage({
    name: 'terms',
    version: `${termList.version}+${phraseList.version}`,
    category: 'term',
    find: function* ({ text }) {
      for (const term of [...terms, ...partyPhrases]) yield* findTerm(text, term);
      for (const rule of orderRules) yield* findOrder(text, rule);
    },
  });
}
