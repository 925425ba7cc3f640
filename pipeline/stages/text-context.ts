import type { Circumstances } from '../domain/baseline.ts';
import type { Metrics, PostKind } from '../domain/post.ts';
import type { Scorer, Scores } from '../models/scorer.ts';
import { compact } from '../text/compact.ts';
import { squeezeFillers } from '../text/fillers.ts';
import { isWritten } from '../text/han.ts';
import { normalise } from '../text/normalise.ts';
import type { Segmenter } from '../text/segment.ts';
import { type MappedText, type Span, sourceSpan } from '../text/spans.ts';
import { cutsWordAt, edgesOf, type WordEdges } from '../text/word-edges.ts';
import { cutsYoungWord } from '../text/young-words.ts';
import { readToneWords } from './tone-words.ts';

export interface JudgeInput {
  /** `storedText(title, text)`: what every offset of a finding refers to. */
  stored: string;
  kind: PostKind;
  /** The school's own account speaks: a comment of its own is no voice of the public. */
  official?: boolean;
  metrics: Metrics;
  /** Version of the text, for the verdict's stamp. */
  textVersion: number;
  /** How it travels, against what is usual where it stands; unknown for a text from nowhere. */
  circumstances?: Circumstances;
}

/** So much of the text beside a hit is cut again to see which words it stands between. */
const neighbourUnits = 8;

/** One text as the stages see it. The same word list serves matching, tone and the search index. */
export class TextContext {
  readonly stored: string;
  readonly kind: PostKind;
  readonly metrics: Metrics;
  readonly normalised: MappedText;
  /** The normalised text without fillers between Han characters: what rules are matched against. */
  readonly squeezed: MappedText;
  readonly #segmenter: Segmenter;
  #segmented: { words: readonly string[]; failure: string | null } | null = null;
  #edges: WordEdges | null = null;
  #compacted: MappedText | null | undefined;
  #scores: { scorer: Scorer; scores: Scores; units: number } | null = null;

  constructor(input: JudgeInput, segmenter: Segmenter) {
    this.stored = input.stored;
    this.kind = input.kind;
    this.metrics = input.metrics;
    this.normalised = normalise(input.stored);
    this.squeezed = squeezeFillers(this.normalised.text);
    this.#segmenter = segmenter;
  }

  /** The normalised text's words, cut when first asked for; empty when the segmenter failed. */
  get words(): readonly string[] {
    this.#segmented ??= this.#segment();
    return this.#segmented.words;
  }

  /** Why there are no words; null when there are. */
  get segmentFailure(): string | null {
    this.#segmented ??= this.#segment();
    return this.#segmented.failure;
  }

  #segment(): { words: readonly string[]; failure: string | null } {
    try {
      return { words: this.#segmenter.cut(this.normalised.text), failure: null };
    } catch (error) {
      return { words: [], failure: error instanceof Error ? error.name : 'failed' };
    }
  }

  /** What the reader of tone hears: the words, as they would be whatever group of people is named (R15). */
  get toneWords(): readonly string[] {
    if (this.segmentFailure !== null) return this.words;
    return readToneWords(this.normalised.text, this.words, (text) => this.#segmenter.cut(text));
  }

  /** The squeezed text without repeats and lone gaps, for words in disguise; null when that is the same text. */
  get compacted(): MappedText | null {
    this.#compacted ??= compact(this.squeezed.text);
    return this.#compacted;
  }

  /** Our own publication, as opposed to what somebody says to us. */
  get isOwn(): boolean {
    return this.kind === 'article' || this.kind === 'status';
  }

  /** Does the segmenter begin and end a word where this span of the squeezed text does? Without words: yes. */
  respectsWords(span: Span): boolean {
    if (this.segmentFailure !== null) return true;
    const { start, end } = sourceSpan(this.squeezed, this.normalised.text, span);
    const edges = this.#wordEdges();
    if (edges[start] !== 1 || edges[end] !== 1) return false;
    const { text } = this.squeezed;
    return !cutsYoungWord(text, span.start) && !cutsYoungWord(text, span.end);
  }

  /** Did fillers stand inside this span of the squeezed text? */
  isWrittenApart({ start, end }: Span): boolean {
    const { starts } = this.squeezed;
    return starts !== null && (starts[end - 1] as number) - (starts[start] as number) > end - 1 - start;
  }

  /**
   * Would a word that is read across fillers, or by its sound, begin or end inside an ordinary word: 博士 in 他赌 博士, 路口 in
   * 路 口 交 通? Asked of the text as it is cut, and of its neighbourhood with the fillers gone.
   * @param span in the squeezed text
   * @param joined where it stands in the text that it was found in, if that is another one
   */
  cutsWords(span: Span, joined: Span & { text: string } = { ...span, text: this.squeezed.text }): boolean {
    if (this.segmentFailure !== null) return false;
    const { text } = this.normalised;
    const { start, end } = sourceSpan(this.squeezed, text, span);
    const edges = this.#wordEdges();
    if (cutsWordAt(edges, text, start) || cutsWordAt(edges, text, end)) return true;
    return this.cutsNeighbours(joined);
  }

  /** The same, asked only of the neighbourhood in the text that the word was found in. */
  cutsNeighbours({ text, start, end }: Span & { text: string }): boolean {
    if (cutsYoungWord(text, start) || cutsYoungWord(text, end)) return true;
    let from = start;
    while (from > 0 && start - from < neighbourUnits && isWritten(text.charCodeAt(from - 1))) from -= 1;
    let to = end;
    while (to < text.length && to - end < neighbourUnits && isWritten(text.charCodeAt(to))) to += 1;
    const near = text.slice(from, to);
    if (this.segmentFailure !== null) return false;
    const edges = edgesOf(this.#segmenter.cut(near), near.length);
    return cutsWordAt(edges, near, start - from) || cutsWordAt(edges, near, end - from);
  }

  /** Does a character of the squeezed text belong to a word of several? */
  isInLongWord(at: number): boolean {
    if (this.segmentFailure !== null) return false;
    const { start, end } = sourceSpan(this.squeezed, this.normalised.text, { start: at, end: at + 1 });
    const edges = this.#wordEdges();
    return edges[start] !== 1 || edges[end] !== 1;
  }

  #wordEdges(): WordEdges {
    this.#edges ??= edgesOf(this.words, this.normalised.text.length);
    return this.#edges;
  }

  /** What all models say, worked out once: they share one pass over the normalised text. */
  scores(scorer: Scorer): Scores {
    return this.#read(scorer).scores;
  }

  /** How long the text is for the models: a word for a group of people counts as one unit, however long it is (R15). */
  unitsRead(scorer: Scorer): number {
    return this.#read(scorer).units;
  }

  #read(scorer: Scorer): { scores: Scores; units: number } {
    if (this.#scores?.scorer !== scorer) {
      const scores = scorer.score(this.normalised.text);
      this.#scores = { scorer, scores, units: scorer.units };
    }
    return this.#scores;
  }

  fromNormalised(span: Span): Span {
    return sourceSpan(this.normalised, this.stored, span);
  }

  fromSqueezed(span: Span): Span {
    return this.fromNormalised(sourceSpan(this.squeezed, this.normalised.text, span));
  }
}
