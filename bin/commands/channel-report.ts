import type { AnswerSummary, Inspection } from '../../crawlers/inspection.ts';
import type { ExplainedPage, FoundPlace } from '../../crawlers/sources/site/explain.ts';
import { shanghaiClock, shanghaiDay } from '../../pipeline/domain/time.ts';

const rowsShown = 15;
const textShown = 200;

/** What a test found, for a person at a terminal. */
export function describeInspection(found: Inspection): string[] {
  const { channel, kind, url, movedTo, status, charset, page, reading, credential, problem, rendering } =
    found;
  return [
    `channel     ${channel} (${kind})`,
    `address     ${url}`,
    ...(movedTo === null ? [] : [`moved to    ${movedTo}`]),
    ...(credential === 'none-needed' ? [] : [`credential  ${credential}`]),
    ...(status === null ? [] : [`status      ${status}`]),
    ...(charset === null ? [] : [`charset     ${charset}`]),
    ...(rendering === null
      ? []
      : [`browser     ${rendering.requests} parts asked for, ${refusedIn(rendering.refused)} refused`]),
    ...(page === null ? [] : describePage(page)),
    ...(reading === null ? [] : describeReading(reading)),
    ...(problem === null ? [] : [`problem     ${problem}`]),
  ];
}

function refusedIn(refused: Record<string, number>): number {
  return Object.values(refused).reduce((sum, count) => sum + count, 0);
}

function describePage({ parsed, places, hints }: ExplainedPage): string[] {
  const lines = [`state       ${parsed.state}${parsed.role === null ? '' : `, ${parsed.role}`}`];
  if (parsed.role === 'article') lines.push(...describeArticle(parsed.items[0], places));
  else lines.push(...describeRows(parsed, places.rows));
  return [...lines, ...hints.map((hint) => `see to      ${hint}`)];
}

function describeArticle(
  item: ExplainedPage['parsed']['items'][number] | undefined,
  places: ExplainedPage['places'],
): string[] {
  if (item === undefined) return [];
  const text = item.text.replace(/\s+/g, ' ');
  return [
    `title       ${item.title}${from(places.title)}`,
    `date        ${dateOf(item)}`,
    `text        ${text.slice(0, textShown)}${text.length > textShown ? ' …' : ''}${from(places.body)}`,
    `            ${item.text.length} characters, ${item.links.length} links`,
    ...item.attachments.map(({ name, url }) => `attachment  ${name}  ${url}`),
  ];
}

/** As a clock in Shanghai shows it: a day by UTC would be the day before. */
function dateOf({
  publishedAt,
  publishedPrecision,
}: Pick<ExplainedPage['parsed']['items'][number], 'publishedAt' | 'publishedPrecision'>): string {
  if (publishedAt === null) return 'none';
  if (publishedPrecision === 'day') return shanghaiDay(publishedAt);
  return `${shanghaiClock(publishedAt)}${publishedPrecision === null ? '' : ` (to the ${publishedPrecision})`}`;
}

function describeRows(
  { items, next, pages }: ExplainedPage['parsed'],
  place: FoundPlace | undefined,
): string[] {
  return [
    `rows        ${items.length}${from(place)}`,
    ...items
      .slice(0, rowsShown)
      .map(
        ({ title, publishedAt, url }) =>
          `            ${publishedAt === null ? '—         ' : shanghaiDay(publishedAt)}  ${title}  ${url}`,
      ),
    ...(items.length > rowsShown ? [`            … and ${items.length - rowsShown} more`] : []),
    `next page   ${next ?? 'none'}`,
    `leads to    ${pages.filter(({ role }) => role === 'article').length} articles, ${pages.filter(({ role }) => role !== 'article').length} lists`,
  ];
}

function from(place: FoundPlace | undefined): string {
  if (place === undefined) return '';
  return place.by === 'selector'
    ? `   [your selector ${place.place}]`
    : `   [by structure, at ${place.place}]`;
}

function describeReading({
  state,
  official,
  others,
  leadsTo,
  newestItemAt,
  reachedBack,
}: AnswerSummary): string[] {
  return [
    `state       ${state}`,
    `items       ${official.length} of the school's own, ${others} of persons (not shown)`,
    ...official.map(
      ({ publishedAt, title, text }) =>
        `            ${publishedAt === null ? '—' : shanghaiClock(publishedAt)}  ${title === '' ? text : title}`,
    ),
    `newest      ${newestItemAt === null ? 'none' : shanghaiClock(newestItemAt)}`,
    `leads to    ${leadsTo} further pages${reachedBack === false ? '; the list goes on' : ''}`,
  ];
}
