import type { SiteChannel } from '../pipeline/domain/channel.ts';
import { buildSiteAllowance } from './crawl.ts';
import { type Asked, fetchInto, type Inspection, newInspection } from './inspection.ts';
import { fileTypeOf } from './read-page.ts';
import { decodePage } from './sources/site/decode.ts';
import { explainSitePage } from './sources/site/explain.ts';

/** Asks for one page of a site, as a crawl would, and says what was found and from where. */
export async function inspectSite(channel: SiteChannel, { deps, url, signal }: Asked): Promise<Inspection> {
  const address = url ?? channel.startUrls[0] ?? '';
  const test = newInspection(channel, address);
  const rendered = channel.fetchedBy === 'browser';
  const request = { url: address, allowance: buildSiteAllowance(channel), rendered, signal };
  const response = await fetchInto(test, request, deps);
  if (response === null) return test;
  if (response.url !== address) test.movedTo = response.url;
  test.rendering = response.rendering ?? null;
  const fileType = fileTypeOf(response);
  if (response.status !== 200 || fileType !== null) {
    test.problem =
      response.status === 200
        ? `a file (${fileType}) and no page`
        : `the server answers with status ${response.status}`;
    return test;
  }
  const { html, charset, evidence } = decodePage(response.body, response.headers['content-type'] ?? null);
  test.charset = `${charset} (${evidence})`;
  const { selectors } = channel;
  test.page = explainSitePage({
    url: response.url,
    html,
    fetchedAt: deps.clock.now(),
    selectors,
    status: response.status,
  });
  test.page.hints.push(...reachHints(channel, test));
  return test;
}

/** What the page leads to, or wants, outside of what the channel allows. */
function reachHints(channel: SiteChannel, { page, rendering }: Inspection): string[] {
  const allowed = new Set(channel.allow.map(({ host }) => host));
  const outside = new Map<string, number>();
  for (const { url } of page?.parsed.items ?? []) {
    const host = URL.canParse(url) ? new URL(url).host : '';
    if (page?.parsed.role !== 'article' && host !== '' && !allowed.has(host)) {
      outside.set(host, (outside.get(host) ?? 0) + 1);
    }
  }
  return [
    ...[...outside].map(
      ([host, count]) =>
        `${count} rows lead to ${host}, which is not on "allow"; if it is the school's, add it`,
    ),
    ...Object.entries(rendering?.refused ?? {}).map(
      ([host, count]) =>
        `the page wanted ${count} parts from ${host} that "allow" or robots.txt does not admit`,
    ),
    ...(rendering?.settled === false
      ? ['the page never came to rest: what is shown is how it stood at the end']
      : []),
  ];
}
