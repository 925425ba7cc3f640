import type { ServiceTopic } from './category.ts';
import type { ChannelKind } from './channel.ts';
import {
  liveVersion,
  type StockAnswer,
  type StockAnswerKind,
  type StockVersion,
  standingOf,
} from './stock-answer.ts';

/** What an answer is looked for by. */
export interface AnswerNeed {
  kinds: readonly StockAnswerKind[];
  topic: ServiceTopic | null;
  /** Null for what stands in no channel, as a lead. */
  channelKind: ChannelKind | null;
  /** As the person sees it: what is masked is not matched. */
  text: string;
  today: string;
}

export interface SuggestedAnswer {
  answer: StockAnswer;
  version: StockVersion;
  /** Why it is offered: the topic it shares, and its words that stand in the text. */
  topic: ServiceTopic | null;
  words: string[];
}

const mostSuggested = 5;
const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/**
 * Approved answers that are valid today and share topic or words, those with most in common first; of help texts all. The
 * machine suggests, a person chooses (R12).
 */
export function suggestAnswers(answers: readonly StockAnswer[], need: AnswerNeed): SuggestedAnswer[] {
  const text = plain(need.text);
  return answers
    .flatMap((answer): (SuggestedAnswer & { weight: number })[] => {
      const version = liveVersion(answer, need.today);
      const isValid = standingOf(answer, need.today).validity === 'valid';
      if (version === null || !isValid || !need.kinds.includes(answer.kind)) return [];
      const { channelKinds, topics } = version;
      if (channelKinds.length > 0 && need.channelKind !== null && !channelKinds.includes(need.channelKind))
        return [];
      const words = version.words.filter((word) => text.includes(plain(word)));
      const topic = need.topic !== null && topics.includes(need.topic) ? need.topic : null;
      if (words.length === 0 && topic === null && answer.kind !== 'help') return [];
      return [{ answer, version, topic, words, weight: words.length * 3 + (topic === null ? 0 : 2) }];
    })
    .sort((a, b) => b.weight - a.weight || a.version.title.localeCompare(b.version.title, 'zh'))
    .slice(0, mostSuggested)
    .map(({ weight: _weight, ...one }) => one);
}

/** Does every word stand in its title, words or text? For looking one up by hand. */
export function mentions({ title, words, body, shortBody }: StockVersion, query: string): boolean {
  const whole = plain([title, ...words, body, shortBody ?? ''].join('\n'));
  return plain(query)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}
