import { setImmediate } from 'node:timers/promises';
import type { Brief } from '../domain/brief.ts';
import { type ScanProblem, scanBrief, scanReasonNames, scanText, textsOf } from '../domain/brief-scan.ts';
import { InvalidInput } from '../domain/errors.ts';
import { openQuoteSearch } from '../domain/quotation.ts';
import type { Ports, Stores } from '../ports/index.ts';

export interface ScanPorts {
  stores: Pick<Stores, 'evidence'>;
  clock: Ports['clock'];
}

/** Read and looked through in this thread, others having a turn between two pages. */
const textsAtOnce = 200;
/** Older than any text that still lives. */
const firstDay = '2000-01-01';

/**
 * Texts of people outside, of every class, as far as they live. That one of those classes is quoted tells nothing to a writer: to be
 * refused, one must have written more than twenty of its characters in a row already.
 */
async function findQuotes(
  texts: ReturnType<typeof textsOf>,
  { stores: { evidence }, clock }: ScanPorts,
): Promise<ScanProblem[]> {
  const isQuoted = openQuoteSearch(Object.fromEntries([...texts].map(([field, { text }]) => [field, text])));
  const scan = { fromDay: firstDay, accessClasses: ['open', 'victim', 'safety'], now: clock.now() } as const;
  const found = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof evidence.scanTexts>> = await evidence.scanTexts(scan, {
      ...{ cursor, limit: textsAtOnce },
    });
    for (const { kind, title, text } of page.items) {
      // What the school itself published is its own.
      if (kind !== 'comment' && kind !== 'lead') continue;
      const field = isQuoted(`${title}\n${text}`);
      if (field !== null) found.add(field);
    }
    cursor = page.nextCursor;
    await setImmediate();
  } while (cursor !== null);
  return [...found].map((field) => ({ field, place: texts.get(field)?.place ?? field, reason: 'quote' }));
}

/** All that keeps a brief from leaving the hands of its writer (R16). The answer repeats nothing of any text. */
export async function findBriefProblems(brief: Brief, ports: ScanPorts): Promise<ScanProblem[]> {
  const problems = [...scanBrief(brief), ...(await findQuotes(textsOf(brief), ports))];
  return problems;
}

/** Before it is submitted, approved, and written to a file. @throws InvalidInput naming section and field */
export async function assertBriefClean(brief: Brief, ports: ScanPorts): Promise<void> {
  refuse(await findBriefProblems(brief, ports));
}

/** What somebody says of a brief, and stays with it (R16). @throws InvalidInput naming the field */
export async function assertTextClean(
  { field, place, text }: { field: string; place: string; text: string },
  ports: ScanPorts,
): Promise<void> {
  const own = scanText(text).map((reason) => ({ field, place, reason }));
  refuse([...own, ...(await findQuotes(new Map([[field, { text, place }]]), ports))]);
}

function refuse([first]: readonly ScanProblem[]): void {
  if (first === undefined) return;
  throw new InvalidInput(first.field, `“${first.place}”${scanReasonNames[first.reason]}。`);
}
