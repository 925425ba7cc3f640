import type { Judge } from '../stages/judge.ts';
import { judgeLine } from './judge-line.ts';

/** Whole lines of UTF-8, each with its end but perhaps the last. */
export interface LineBlock {
  bytes: Uint8Array;
  /** Number of the first line, from 1: for messages. */
  firstLine: number;
  /** With the whole trail of every finding. */
  explain?: boolean;
}

export interface JudgedBlock {
  /** An answer a line, each with its end; blank lines have none. */
  output: Uint8Array;
  failed: number;
}

const newline = 0x0a;

/** Judges lines in their order. Never throws for any bytes. */
export function judgeBlock(judge: Judge, { bytes, firstLine, explain = false }: LineBlock): JudgedBlock {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let output = '';
  let failed = 0;
  let lineNumber = firstLine;
  for (let start = 0; start < block.length; ) {
    const end = block.indexOf(newline, start);
    const after = end === -1 ? block.length : end;
    const judged = judgeLine(judge, block.subarray(start, after), { lineNumber, explain });
    if (judged.output !== null) output += `${judged.output}\n`;
    if (judged.failed) failed += 1;
    lineNumber += 1;
    start = after + 1;
  }
  return { output: new TextEncoder().encode(output), failed };
}
