import { classAndId, type Element, lowerBound, type PageTree, parentOf } from './tree.ts';

const navigationName =
  /(?:^|[\s_-])(?:wp[_-]?)?(?:main|sub|top|left|side|site|f)?(?:nav|navi|navbar|navigation|menu|foot|footer|header|crumbs?|breadcrumbs?|bread|dqwz|wz_?now|weizhi|position|path|location|current|friend_?links?|yqlj|yqlink|links?|logo|sitelogo|search|copyright|bottom|lang|language|login|share|bdshare|toolbar|banner|head|totop|gotop)(?:$|[\s_-]|\d)/i;
const sideName =
  /(?:^|[\s_-])(?:aside|side|sidebar|hot|rank|ranking|related?|recommend|tuijian|rmtj|xgwz|xgxw|xglj|ewm|qrcode)(?:$|[\s_-]|\d)/i;
const navigationTags = new Set(['nav', 'header', 'footer']);

/** Regions that are furniture of the site rather than what a page is about. */
export interface Regions {
  inNavigation(element: Element): boolean;
  inSide(element: Element): boolean;
}

/** A name such as `page-header` on the wrapper of nearly everything says nothing: such wrappers do not count. */
export function findRegions(tree: PageTree): Regions {
  const textTotal = tree.texts.length;
  const starts = tree.texts.map((text) => text.at);
  const navigation = new Map<Element, boolean>();
  const side = new Map<Element, boolean>();
  const wraps = (element: Element) => {
    const { start, end } = tree.spanOf(element);
    return lowerBound(starts, end) - lowerBound(starts, start) > textTotal * 0.6;
  };
  const lookUp = (
    known: Map<Element, boolean>,
    element: Element,
    matches: (at: Element) => boolean,
  ): boolean => {
    const path: Element[] = [];
    let found = false;
    for (let at: Element | null = element; at !== null; at = parentOf(at)) {
      const cached = known.get(at);
      if (cached !== undefined) {
        found = cached;
        break;
      }
      path.push(at);
      if (at.name === 'body' || at.name === 'html') break;
      if (matches(at) && !wraps(at)) {
        found = true;
        break;
      }
    }
    for (const at of path) known.set(at, found);
    return found;
  };
  return {
    inNavigation: (element) =>
      lookUp(navigation, element, (at) => navigationTags.has(at.name) || navigationName.test(classAndId(at))),
    inSide: (element) => lookUp(side, element, (at) => at.name === 'aside' || sideName.test(classAndId(at))),
  };
}
