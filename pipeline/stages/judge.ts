import { priorVersion } from '../domain/baseline.ts';
import type { Unit } from '../domain/channel.ts';
import { type Fingerprint, mayFold } from '../domain/near-copy.ts';
import type { LexiconRule } from '../domain/rule.ts';
import type { Finding, Verdict, VerdictStamp } from '../domain/verdict.ts';
import { readModels } from '../models/read-models.ts';
import { Scorer } from '../models/scorer.ts';
import { toneLexiconVersion } from '../models/tone-lexicon.ts';
import { type Models, ModelsUnavailable } from '../models/weights-file.ts';
import { buildFingerprint } from '../text/fingerprint.ts';
import { normalise } from '../text/normalise.ts';
import { indexTokens, openSegmenter, type Segmenter } from '../text/segment.ts';
import { decide } from './decide.ts';
import { buildDirectory } from './directory.ts';
import { explainFinding, type FindingTrail } from './explain-finding.ts';
import { buildProcedure } from './index.ts';
import { compileLexicon } from './lexicon.ts';
import { asOwnReply } from './own-reply.ts';
import { unknownCircumstances } from './risk.ts';
import { runStages } from './run-stages.ts';
import type { Stage } from './stage.ts';
import { type JudgeInput, TextContext } from './text-context.ts';

export type { JudgeInput } from './text-context.ts';

export interface JudgedText {
  verdict: Verdict;
  /** Words for the search index: normalised, each once. */
  tokens: string[];
  /** By what its near copies are found; null where nobody is needed, and always for the safety families. */
  fingerprint?: Fingerprint | null;
}

export interface Judge {
  /** Never throws for any text; takes linear time. */
  judge(input: JudgeInput): JudgedText;
  /** The verdict alone, where nothing is indexed. */
  decide(input: JudgeInput): Verdict;
  /** The words a query must be asked with, made as the index's tokens are. */
  searchWords(query: string): string[];
  /** How a rule came to a finding of this text, for people to read beside it; null for what no rule of the lexicon found. */
  explain(stored: string, finding: Finding): FindingTrail | null;
  /** With what it judges; `text` and `baseline` differ by input. */
  readonly versions: Omit<VerdictStamp, 'text'>;
  /** What each stage has taken so far. */
  stageMs(): Record<string, number>;
}

export interface JudgeOptions {
  rules: readonly LexiconRule[];
  settingsVersion: number;
  /** More of the school's own names, for the segmenter alone. */
  dictionaryWords?: readonly string[];
  /** The school's units and their places: names for the segmenter, and who answers for what. */
  directory?: readonly Unit[];
  /** The form of the school's student numbers, `#` for any digit; without it none is looked for. */
  studentNumberPattern?: string | null;
  /** `YYYY-MM-DD` in Shanghai: rules past their date stop, but for safety and personal data. Without it none stops. */
  today?: string;
  /** Without it the models that came with the program; null for none. */
  models?: Models | null;
}

/** Puts a judge together from its parts; `createJudge` is the ordinary way. */
export function assembleJudge(parts: {
  stages: readonly Stage[];
  segmenter: Segmenter;
  versions: Omit<VerdictStamp, 'text'>;
  /** Needed only to explain. */
  rules?: readonly LexiconRule[];
}): Judge {
  const { stages, segmenter, versions } = parts;
  const elapsedMs = new Float64Array(stages.length);
  let stamp: VerdictStamp = { text: 1, ...versions };
  const stampOf = (text: number, baseline: string): VerdictStamp => {
    if (stamp.text !== text || stamp.baseline !== baseline) stamp = { ...versions, text, baseline };
    return stamp;
  };
  const verdictOf = (input: JudgeInput, context: TextContext): Verdict => {
    const circumstances = input.circumstances ?? unknownCircumstances(input.metrics);
    const found = runStages(stages, context, elapsedMs);
    const run = input.official === true && input.kind === 'comment' ? asOwnReply(found) : found;
    return decide(run, circumstances, stampOf(input.textVersion, circumstances.baseline));
  };
  return {
    versions,
    judge(input) {
      const context = new TextContext(input, segmenter);
      const verdict = verdictOf(input, context);
      const fingerprint = mayFold(verdict) ? buildFingerprint(context.normalised.text) : null;
      return { verdict, tokens: indexTokens(context.words), fingerprint };
    },
    decide: (input) => verdictOf(input, new TextContext(input, segmenter)),
    searchWords: (query) => indexTokens(segmenter.cut(normalise(query).text)),
    explain: (stored, finding) => explainFinding(stored, finding, parts.rules ?? []),
    stageMs: () => Object.fromEntries(stages.map((stage, i) => [stage.name, elapsedMs[i] ?? 0])),
  };
}

/** Null when the weights are missing or damaged: every verdict then says what could not be checked. */
function findModels(): Models | null {
  try {
    return readModels();
  } catch (error) {
    if (error instanceof ModelsUnavailable) return null;
    throw error;
  }
}

/** Compiles the rules once. When rules or dictionary change, make a new judge and drop this one. */
export function createJudge(options: JudgeOptions): Judge {
  const lexicon = compileLexicon(options.rules, options.today ?? null);
  const models = options.models === undefined ? findModels() : options.models;
  const directory = buildDirectory(options.directory ?? []);
  const taught = (options.dictionaryWords ?? []).map((word) => normalise(word).text);
  const segmenter = openSegmenter({ dictionaryWords: [...taught, ...directory.names] });
  return assembleJudge({
    rules: options.rules,
    stages: buildProcedure(lexicon, models === null ? null : new Scorer(models), {
      directory,
      studentNumberPattern: options.studentNumberPattern ?? null,
    }),
    segmenter,
    versions: {
      rules: lexicon.version,
      models: `${models?.version ?? 'none'}+${toneLexiconVersion}`,
      dictionary: segmenter.version,
      settings: options.settingsVersion,
      baseline: priorVersion,
    },
  });
}
