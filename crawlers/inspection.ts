import type { CrawledChannel } from '../pipeline/domain/channel.ts';
import type { CredentialStanding } from '../pipeline/domain/credential.ts';
import type { EgressRequest, EgressResponse, Rendering } from '../pipeline/ports/egress.ts';
import type { CrawlDeps } from './crawl.ts';
import { isTold } from './fetch/browser-failures.ts';
import type { SourceReading } from './source.ts';
import type { ExplainedPage } from './sources/site/explain.ts';

/** One address asked for, and what was made of the answer. Nothing is stored. */
export interface Inspection {
  channel: string;
  kind: CrawledChannel['kind'];
  url: string;
  /** After redirects, where that differs. */
  movedTo: string | null;
  status: number | null;
  charset: string | null;
  /** Of a site's page. */
  page: ExplainedPage | null;
  rendering: Rendering | null;
  /** How the credential stands that the channel needs. */
  credential: CredentialStanding;
  /** Of a platform's answer. */
  reading: AnswerSummary | null;
  /** Why there is nothing to show, in words that say what to do; null when there is. */
  problem: string | null;
}

/** What a platform's answer holds. Texts of persons are not shown: reading those is logged, and this is not. */
export interface AnswerSummary {
  state: SourceReading['state'];
  official: { kind: string; title: string; text: string; publishedAt: string | null }[];
  /** How many items of persons. */
  others: number;
  leadsTo: number;
  newestItemAt: string | null;
  reachedBack: boolean | null;
}

export type InspectDeps = Pick<
  CrawlDeps,
  'egress' | 'clock' | 'stores' | 'openAccess' | 'platforms' | 'objections'
>;

export interface Asked {
  deps: InspectDeps;
  /** Without it, the channel's first page. */
  url: string | null;
  signal: AbortSignal;
}

export function newInspection(channel: CrawledChannel, url: string): Inspection {
  return {
    channel: channel.id,
    kind: channel.kind,
    url,
    movedTo: null,
    status: null,
    charset: null,
    page: null,
    rendering: null,
    credential: 'none-needed',
    reading: null,
    problem: null,
  };
}

/** @throws what is no answer of the site: a store that fails, a fault of the program */
export async function fetchInto(
  test: Inspection,
  request: EgressRequest,
  deps: InspectDeps,
): Promise<EgressResponse | null> {
  try {
    const response = await deps.egress.fetch(request);
    test.status = response.status;
    return response;
  } catch (error) {
    request.signal?.throwIfAborted();
    test.problem = problemOf(error);
    return null;
  }
}

export function problemOf(error: unknown): string {
  if (error instanceof Error && isTold(error)) return error.message;
  // Of an unknown failure only its kind: a message may quote the page.
  return `the request failed (${error instanceof Error ? error.name : 'unknown failure'})`;
}
