import type { SiteSelectors } from '../../../pipeline/domain/channel.ts';
import { maskMentions } from '../../../pipeline/domain/mentions.ts';
import type { Attachment } from '../../../pipeline/domain/post.ts';
import { collectAttachments, namedAttachments } from './attachments.ts';
import { type ArticleBody, bodyElements, bodyText } from './body.ts';
import { captionElements, captionLines, linesAfter } from './caption.ts';
import type { FoundDate } from './dates.ts';
import { ownWords } from './heading.ts';
import { resolveLink } from './keys.ts';
import { picturesIn } from './pictures.ts';
import { findPublished } from './published.ts';
import type { Regions } from './regions.ts';
import { lineOf } from './text-of.ts';
import { findTitle } from './title.ts';
import { classAndId, type Element, holds, type PageTree, parentOf, within } from './tree.ts';

const subtitleName = /(?:^|[\s_-])(?:arti_title2|sub_?title|second_?title|ftitle|fbt|fubiaoti)(?:$|[\s_-])/i;

/** What one article page says. `pictures` counts what there is of pictures in the text, `images` are those that belong to it. */
export interface ReadArticle {
  title: string;
  text: string;
  published: FoundDate | null;
  attachments: Attachment[];
  links: string[];
  views: number | null;
  pictures: number;
  images: string[];
}

export function readArticle(
  tree: PageTree,
  body: ArticleBody,
  page: { url: string | null; base: string | null; selectors: SiteSelectors },
  regions: Regions,
): ReadArticle {
  const { title, shown, end } = findTitle(tree, body.elements, regions, page.selectors.title);
  const frame = frameOf(tree, body.elements, shown);
  const place = { title: shown, titleEnd: end, body: body.elements, frame };
  const elements = bodyElements(tree, body);
  const around =
    frame === null ? ownFiles(tree, body.elements) : filesBelow(tree, frame, body.elements, regions);
  const named = namedAttachments(tree, page.selectors.attachments, page.base);
  const isNamed = new Set(named.map((file) => file.url));
  const found = collectAttachments([...elements, ...around], page.base);
  const attachments = [...named, ...found.filter((file) => !isNamed.has(file.url))];
  const files = new Set(attachments.map((file) => file.url));
  const links = elements
    .filter((element) => element.name === 'a')
    .map((element) => resolveLink(element.attribs.href, page.base));
  const said = withoutCaption(bodyText(tree, body, besides(tree, body, { shown, end })), tree, {
    body,
    shown,
    end,
  });
  const lines = [subtitleOf(tree, body.elements, end), said];
  return {
    title: maskMentions(title),
    text: maskMentions(lines.filter((line) => line !== '').join('\n')),
    published: findPublished(tree, place, page.url, page.selectors.date),
    attachments,
    links: [...new Set(links.filter((link): link is string => link !== null && !files.has(link)))],
    views: viewsOf(tree),
    pictures: elements.filter((element) => element.name === 'img').length,
    images: picturesIn(elements, (address) => resolveLink(address, page.base)),
  };
}

/** The smallest element that holds title and text; null when that is the page itself. */
function frameOf(tree: PageTree, body: readonly Element[], title: Element | null): Element | null {
  const first = body[0];
  if (first === undefined) return null;
  const form = tree.elements.find(
    (element) => element.attribs.name === '_newscontent_fromname' && holds(tree, element, first),
  );
  if (form !== undefined && (title === null || holds(tree, form, title))) return form;
  const inside = [...body, ...(title === null ? [] : [title])];
  let frame: Element | null = parentOf(first);
  while (frame !== null && !inside.every((element) => frame !== null && holds(tree, frame, element)))
    frame = parentOf(frame);
  if (title === null && frame !== null) frame = parentOf(frame) ?? frame;
  return frame === null || frame.name === 'body' || frame.name === 'html' ? null : frame;
}

/** Files listed under the text: 附件 below a form, a list of downloads. Only what stands in the article's frame. */
function filesBelow(tree: PageTree, frame: Element, body: readonly Element[], regions: Regions): Element[] {
  const last = body.at(-1);
  const after = last === undefined ? 0 : tree.spanOf(last).end;
  const wider = parentOf(frame);
  const zone =
    wider !== null && wider.name !== 'body' && within(tree, wider).length < within(tree, frame).length + 60
      ? wider
      : frame;
  const inZone = within(tree, zone).filter((element) => {
    if (body.some((part) => holds(tree, part, element))) return false;
    if (regions.inNavigation(element) || regions.inSide(element)) return false;
    return tree.spanOf(element).start >= after || element.name !== 'a' || holds(tree, frame, element);
  });
  return [...inZone, ...ownFiles(tree, body)];
}

/** VSB marks the files of an article by their address, wherever the template puts them. */
function ownFiles(tree: PageTree, body: readonly Element[]): Element[] {
  return tree.elements.filter(
    (element) =>
      element.name === 'a' &&
      /news\.DownloadAttachUrl/i.test(element.attribs.href ?? '') &&
      !body.some((part) => holds(tree, part, element)),
  );
}

/** In a text no system marks: its title, and the lines right under it that say when and by whom. */
function besides(
  tree: PageTree,
  body: ArticleBody,
  title: { shown: Element | null; end: number },
): Element[] {
  const first = body.elements[0];
  const { shown, end } = title;
  if (body.known || shown === null || first === undefined || !holds(tree, first, shown)) return [];
  const lines = captionLines(linesAfter(tree, end, tree.spanOf(first).end));
  const left = captionElements(tree, lines, first);
  // An unclosed heading holds the text as well: then it stays.
  return tree.spanOf(shown).end - end <= 2 ? [shown, ...left] : left;
}

/** Title and caption lines that no element of their own holds: an unclosed heading, lines between `br`. */
function withoutCaption(
  text: string,
  tree: PageTree,
  { body, shown, end }: { body: ArticleBody; shown: Element | null; end: number },
): string {
  const first = body.elements[0];
  if (body.known || shown === null || first === undefined || !holds(tree, first, shown)) return text;
  const bare = (line: string) => line.replace(/\s+/g, '');
  const captions = captionLines(linesAfter(tree, end, tree.spanOf(first).end)).map((line) => bare(line.text));
  const title = bare(ownWords(tree, shown).text);
  const lines = text.split('\n');
  const kept = lines.findIndex((line) => bare(line) !== title && !captions.includes(bare(line)));
  return kept === -1 ? '' : lines.slice(kept).join('\n');
}

/** The second line of a headline stands between title and text; it belongs to what the article says. */
function subtitleOf(tree: PageTree, body: readonly Element[], titleEnd: number): string {
  const first = body[0];
  if (first === undefined || titleEnd === 0) return '';
  const start = tree.spanOf(first).start;
  const found = tree.elements.find((element) => {
    const span = tree.spanOf(element);
    return span.start >= titleEnd && span.end <= start && subtitleName.test(classAndId(element));
  });
  if (found !== undefined) return lineOf(found);
  const [next] = linesAfter(tree, titleEnd, start);
  return next !== undefined && /^(?:——|--)\s?\S/.test(next.text) && next.text.length <= 80 ? next.text : '';
}

function viewsOf(tree: PageTree): number | null {
  const counter = tree.elements.find((element) =>
    /(?:^|\s)WP_VisitCount(?:\s|$)/i.test(element.attribs.class ?? ''),
  );
  const digits = counter === undefined ? '' : tree.$(counter).text().trim();
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
