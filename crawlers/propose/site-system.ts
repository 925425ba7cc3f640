const marks: readonly (readonly [RegExp, string])[] = [
  [/_sitegray\/|vsb_content|\/system\/resource\/|name="?_?VSB/i, '博达 VSB 网站群'],
  [/\/_upload\/tpl\/|\/_visitcount\?|wp_(?:nav|news|article)|\/_js\/_portletPlugs\//i, '苏迪 WebPlus 网站群'],
  [/\/wp-content\/|\/wp-includes\//, 'WordPress'],
  [/\/dedecms\/|\/plus\/(?:list|view)\.php/i, 'DedeCMS'],
];
const longestName = 60;

/** What the site is made with, as its pages give away or say themselves; null where they don't. Pure. */
export function findSiteSystem(html: string, generator: string | undefined): string | null {
  const mark = marks.find(([pattern]) => pattern.test(html));
  if (mark !== undefined) return mark[1];
  const said = generator?.replace(/\s+/g, ' ').trim() ?? '';
  return said === '' ? null : said.slice(0, longestName);
}
