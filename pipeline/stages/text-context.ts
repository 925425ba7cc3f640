import type { Metrics, PostKind } from '../domain/post.ts';
import type { Scorer, Scores } from '../models/scorer.ts';
import { normalise, squeezeFillers } from '../text/normalise.ts';
import type { Segmenter } from '../text/segment.ts';
import { type MappedText, type Span, sourceSpan } from '../text/spans.ts';

export interface JudgeInput {
  /** `storedText(title, text)`: what every offset of a finding refers to. */
  stored: string;
  kind: PostKind;
  metrics: Metrics;
  /** Version of the text, for the verdict's stamp. */
  textVersion: number;
}

/** One text as the stages see it. The same word list serves matching, tone and the search index. */
export class TextContext {
  readonly stored: string;
  readonly kind: PostKind;
  readonly metrics: Metrics;
  readonly normalised: MappedText;
  /** The normalised text without fillers between Han characters: what rules are matched against. */
  readonly squeezed: MappedText;
  /** The normalised text's words; empty when the segmenter failed. */
  readonly words: readonly string[];
  /** Why there are no words; null when there are. */
  readonly segmentFailure: string | null;
  #edges: Uint8Array | null = null;
  #scores: { scorer: Scorer; scores: Scores } | null = null;

  constructor(input: JudgeInput, segmenter: Segmenter) {
    this.stored = input.stored;
    this.kind = input.kind;
    this.metrics = input.metrics;
    this.normalised = normalise(input.stored);
    this.squeezed = squeezeFillers(this.normalised.text);
    let words: readonly string[] = [];
    let failure: string | null = null;
    try {
      words = segmenter.cut(this.normalised.text);
    } catch (error) {
      failure = error instanceof Error ? error.name : 'failed';
    }
    this.words = words;
    this.segmentFailure = failure;
  }

  /** Our own publication, as opposed to what somebody says to us. */
  get isOwn(): boolean {
    return this.kind === 'article' || this.kind === 'status';
  }

  /** Does the segmenter begin and end a word where this span of the squeezed text does? Without words: yes. */
  respectsWords(span: Span): boolean {
    if (this.segmentFailure !== null) return true;
    const { start, end } = sourceSpan(this.squeezed, this.normalised.text, span);
    this.#edges ??= this.#findEdges();
    return this.#edges[start] === 1 && this.#edges[end] === 1;
  }

  #findEdges(): Uint8Array {
    const edges = new Uint8Array(this.normalised.text.length + 1);
    let at = 0;
    edges[0] = 1;
    for (const word of this.words) {
      at += word.length;
      edges[at] = 1;
    }
    return edges;
  }

  /** What all models say, worked out once: they share one pass over the normalised text. */
  scores(scorer: Scorer): Scores {
    if (this.#scores?.scorer !== scorer)
      this.#scores = { scorer, scores: scorer.score(this.normalised.text) };
    return this.#scores.scores;
  }

  fromNormalised(span: Span): Span {
    return sourceSpan(this.normalised, this.stored, span);
  }

  fromSqueezed(span: Span): Span {
    return this.fromNormalised(sourceSpan(this.squeezed, this.normalised.text, span));
  }
}
