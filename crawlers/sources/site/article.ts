import type { SiteSelectors } from '../../../pipeline/domain/channel.ts';
import type { Attachment } from '../../../pipeline/domain/post.ts';
import { collectAttachments } from './attachments.ts';
import { type ArticleBody, bodyElements, bodyText } from './body.ts';
import { type FoundDate, findFullDate } from './dates.ts';
import { resolveLink } from './keys.ts';
import { findPublished } from './published.ts';
import type { Regions } from './regions.ts';
import { maskMentions } from './text-of.ts';
import { findTitle } from './title.ts';
import { type Element, holds, type PageTree, parentOf, within } from './tree.ts';

const dateLine =
  /(?:发布|发表|更新|作者|来源|点击|浏览|阅读|日期|时间|编辑|审核|供稿|字体|字号)(?:时间|日期|次数|数|量|者|人)?\s?[:：【[]/;

/** What one article page says. `pictures` counts the pictures of the text, which may be all it has. */
export interface ReadArticle {
  title: string;
  text: string;
  published: FoundDate | null;
  attachments: Attachment[];
  links: string[];
  views: number | null;
  pictures: number;
}

export function readArticle(
  tree: PageTree,
  body: ArticleBody,
  page: { url: string | null; base: string | null; selectors: SiteSelectors },
  regions: Regions,
): ReadArticle {
  const { title, shown } = findTitle(tree, body.elements, regions, page.selectors.title);
  const frame = frameOf(tree, body.elements, shown);
  const place = { title: shown, body: body.elements, frame };
  const elements = bodyElements(tree, body);
  const around =
    frame === null ? ownFiles(tree, body.elements) : filesBelow(tree, frame, body.elements, regions);
  const attachments = collectAttachments([...elements, ...around], page.base);
  const files = new Set(attachments.map((file) => file.url));
  const links = elements
    .filter((element) => element.name === 'a')
    .map((element) => resolveLink(element.attribs.href, page.base));
  return {
    title: maskMentions(title),
    text: maskMentions(bodyText(tree, body, besides(tree, body, shown))),
    published: findPublished(tree, place, page.url, page.selectors.date),
    attachments,
    links: [...new Set(links.filter((link): link is string => link !== null && !files.has(link)))],
    views: viewsOf(tree),
    pictures: elements.filter((element) => element.name === 'img').length,
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

/** In a text no system marks: its title, and what stands between the title and the first paragraph. */
function besides(tree: PageTree, body: ArticleBody, title: Element | null): Element[] {
  const first = body.elements[0];
  if (body.known || title === null || first === undefined || !holds(tree, first, title)) return [];
  const left: Element[] = [title];
  const { end } = tree.spanOf(title);
  for (const element of within(tree, first)) {
    const span = tree.spanOf(element);
    if (span.start < end || span.start > end + 40 || span.last - span.first > 15) continue;
    const line = tree.texts
      .filter((text) => text.at >= span.start && text.at < span.end)
      .map((text) => text.data)
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
    if (line.length <= 120 && (dateLine.test(line) || findFullDate(line) !== null) && !/[。！？]/.test(line))
      left.push(element);
  }
  return left;
}

function viewsOf(tree: PageTree): number | null {
  const counter = tree.elements.find((element) =>
    /(?:^|\s)WP_VisitCount(?:\s|$)/i.test(element.attribs.class ?? ''),
  );
  const digits = counter === undefined ? '' : tree.$(counter).text().trim();
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
