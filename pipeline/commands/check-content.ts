import { buildCheckInput, type ReadFiles } from '../domain/build-check-input.ts';
import type { CheckInput, CheckResult } from '../domain/check.ts';
import type { DraftContent } from '../domain/draft-content.ts';
import { shanghaiDay } from '../domain/time.ts';
import type { Ports } from '../ports/index.ts';

export interface CheckPorts {
  clock: Ports['clock'];
  /** In a thread of its own; what could not be checked is told in the answer. */
  checkDraft: (input: CheckInput) => Promise<CheckResult>;
  /** What is in the files that a content names, read in a process apart. */
  readFiles: (content: DraftContent, signal?: AbortSignal) => Promise<ReadFiles>;
}

export interface CheckedContent {
  result: CheckResult;
  /** For which it was judged, in Shanghai: the planned one, else today. */
  day: string;
}

/** Checks exactly this content; nothing is stored. */
export async function checkContent(
  content: DraftContent,
  ports: CheckPorts,
  signal?: AbortSignal,
): Promise<CheckedContent> {
  const day = shanghaiDay(content.plannedAt ?? ports.clock.now());
  const files = await ports.readFiles(content, signal);
  // Whoever typed on has asked again: the one thread is for others.
  signal?.throwIfAborted();
  return { result: await ports.checkDraft(buildCheckInput(content, files, day)), day };
}
