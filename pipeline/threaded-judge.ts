import type { JudgeAnswer, JudgeRecipe, JudgeTexts } from './commands/current-judge.ts';
import type { JudgedBlock, LineBlock } from './commands/judge-block.ts';
import { type JudgePool, openJudgePool, ThreadEnded } from './judge-pool.ts';
import type { Done, Work } from './judge-thread.ts';
import { unpackAnswers } from './packed-answers.ts';
import type { JudgeInput } from './stages/judge.ts';

export interface ThreadedJudge {
  /** Answers in the order of the texts. A text under which a thread has died says so, and takes none of its neighbours along. */
  judgeTexts: JudgeTexts;
  /** For streams: bytes in, bytes out, so that the thread which asks has next to nothing to do. */
  judgeBlock(block: LineBlock): Promise<JudgedBlock>;
  /** The words a query must be asked with; before all texts that wait. */
  searchWords(query: string): Promise<string[]>;
  /** So many blocks keep every thread at work. */
  readonly blocksAtOnce: number;
  /** After what it was asked before. Twice is harmless. */
  close(): Promise<void>;
}

/** Large enough that messages cost little, small enough that the threads end together. */
const pieceTexts = 64;
const pieceUnits = 200_000;
const piecesPerThread = 2;

/** Consecutive pieces, about as many for each thread. */
export function splitTexts(inputs: readonly JudgeInput[], threads: number): JudgeInput[][] {
  const share = Math.ceil(inputs.length / (threads * piecesPerThread));
  const most = threads === 1 ? pieceTexts : Math.min(pieceTexts, Math.max(8, share));
  const pieces: JudgeInput[][] = [];
  let piece: JudgeInput[] = [];
  let units = 0;
  for (const input of inputs) {
    if (piece.length === most || (piece.length > 0 && units + input.stored.length > pieceUnits)) {
      pieces.push(piece);
      piece = [];
      units = 0;
    }
    piece.push(input);
    units += input.stored.length;
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** The two can't differ unless the thread is of another build. */
function expectKind<K extends Done['kind']>(done: Done, kind: K): Extract<Done, { kind: K }> {
  if (done.kind !== kind) throw new Error(`the judging thread answered ${done.kind} for ${kind}`);
  return done as Extract<Done, { kind: K }>;
}

/** By halves when a thread has died, down to the one text that it dies of. */
async function judgePiece(pool: JudgePool, recipe: JudgeRecipe, piece: JudgeInput[]): Promise<JudgeAnswer[]> {
  try {
    const done = await pool.ask(recipe, () => ({ kind: 'texts', inputs: JSON.stringify(piece) }));
    return unpackAnswers(expectKind(done, 'texts').answers);
  } catch (error) {
    if (!(error instanceof ThreadEnded)) throw error;
    if (piece.length === 1) return [{ failed: error.message }];
    const middle = Math.ceil(piece.length / 2);
    const first = await judgePiece(pool, recipe, piece.slice(0, middle));
    return [...first, ...(await judgePiece(pool, recipe, piece.slice(middle)))];
  }
}

/**
 * Judges in threads of their own, so that the API answers and the database writes meanwhile. Each loads a dictionary (about
 * 300 MB in all), so that none is started before there is work for it.
 */
export function openThreadedJudge(
  readRecipe: () => Promise<JudgeRecipe>,
  { threads, threadFile }: { threads: number; threadFile?: URL },
): ThreadedJudge {
  const pool = openJudgePool(threads, threadFile);
  const ask = async (work: Work, urgent = false) => pool.ask(await readRecipe(), () => work, urgent);
  return {
    judgeTexts: async (inputs) => {
      if (inputs.length === 0) return [];
      const recipe = await readRecipe();
      const pieces = splitTexts(inputs, pool.size);
      return (await Promise.all(pieces.map((piece) => judgePiece(pool, recipe, piece)))).flat();
    },
    judgeBlock: async (block) => expectKind(await ask({ kind: 'block', block }), 'block').judged,
    searchWords: async (query) => expectKind(await ask({ kind: 'words', query }, true), 'words').words,
    blocksAtOnce: pool.size * 2 + 1,
    close: pool.close,
  };
}
