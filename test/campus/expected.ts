import type { Attachment } from '../../pipeline/domain/post.ts';
import type { PublishedPrecision } from '../../pipeline/domain/time.ts';
import { chineseDate, dashedDate, instantAt } from './calendar.ts';
import type { Block } from './content/article.ts';
import type { StandingArticle } from './school.ts';

/** What a crawler should take from an article's page. */
export interface ExpectedArticle {
  key: string;
  title: string;
  /** The addresses it stands at, the column it was written in first. */
  urls: readonly string[];
  columns: readonly string[];
  /** Null where neither the page nor its address tells a date. */
  publishedAt: string | null;
  precision: PublishedPrecision | null;
  /** The day its list rows print, YYYY-MM-DD. */
  listedOn: string;
  /** The text piece by piece in order: paragraphs, and the cells of tables. White space is the template's. */
  pieces: readonly string[];
  textStart: string;
  attachments: readonly Attachment[];
  /** Hidden by an intruder, in the body; whether it is part of the text is for the parser to say. */
  planted: readonly string[];
}

/** The date as an article page prints it; null where it prints none. */
export function shownDate(article: StandingArticle): { text: string; at: Date } | null {
  const { day, clock } = article;
  switch (article.source.shown) {
    case 'second':
      return { text: `${dashedDate(day)} ${clock}`, at: instantAt(day, clock) };
    case 'minute':
      return { text: `${dashedDate(day)} ${clock.slice(0, 5)}`, at: instantAt(day, clock.slice(0, 5)) };
    case 'day':
      return { text: chineseDate(day), at: instantAt(day, '00:00:00') };
    case 'none':
      return null;
  }
}

function publishedOf(article: StandingArticle): Pick<ExpectedArticle, 'publishedAt' | 'precision'> {
  const { shown, site } = article.source;
  const date = shownDate(article);
  if (date !== null && shown !== 'none') return { publishedAt: date.at.toISOString(), precision: shown };
  // The addresses of webplus hold the day: /2026/1103/c33059a852118/page.htm.
  return site === 'webplus'
    ? { publishedAt: instantAt(article.day, '00:00:00').toISOString(), precision: 'day' }
    : { publishedAt: null, precision: null };
}

function textPieces(block: Block): string[] {
  if (typeof block === 'string') return [block];
  return 'table' in block ? block.table.flat() : [];
}

export function buildExpected(
  article: StandingArticle,
  places: { urls: readonly string[]; attachments: readonly Attachment[] },
): ExpectedArticle {
  const pieces = article.body.flatMap(textPieces);
  return {
    key: article.key,
    title: article.title,
    urls: places.urls,
    columns: article.source.columns,
    ...publishedOf(article),
    listedOn: dashedDate(article.day),
    pieces,
    textStart: (pieces[0] ?? '').slice(0, 30),
    attachments: places.attachments,
    planted: article.body.flatMap((block) =>
      typeof block !== 'string' && 'planted' in block ? [block.planted.word] : [],
    ),
  };
}
