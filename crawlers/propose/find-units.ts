import { readingsOf } from '../../pipeline/text/syllables.ts';
import type { PageLink } from './page-links.ts';

export interface FoundUnit {
  id: string;
  name: string;
  /** Its own site or page, where the list links to one. */
  url: string | null;
}

const endings =
  /(?:处|部|学院|书院|研究生院|研究院|研究所|中心|图书馆|档案馆|博物馆|校史馆|体育馆|办公室|校办|党办|委员会|工会|团委|纪委|校医院|医院|出版社|编辑部|学报|继续教育学院|附属\S{1,8}|后勤集团|基金会|校友会|教研室|教学部|实验室|学部|系)$/;
/** Ends like a unit and is a page, a column or a service. */
const noUnit =
  /^(?:更多|首页|学校|职能|党群|教学|科研|直属|业务|管理|机关|行政|党政|群团|附属|其他|本|各|二级|服务|校内|院系).{0,3}(?:部门?|处|系|学院|中心|机构|单位)$|新闻中心$|下载中心|个人中心|用户中心|信息中心入口|联系|关系$|体系$|院系$|用处|好处|内部|全部|^.?[处部系]$|[，。！？、：]/;
/** Where schools list their units. */
export const unitPageName =
  /机构(?:设置|一览|概况|导航)?$|组织机构|院系(?:设置|导航|部门)?$|院部(?:设置)?$|教学(?:单位|机构|院系|科研单位)|党政(?:机构|部门|管理)|职能(?:部门|处室)|部门(?:导航|设置|机构)?$|管理(?:机构|部门)|学院设置|直属单位|群团组织/;

const leastInList = 3;

/** How departments are named for short: 教务处 gives `jwc`, as their hosts are. */
function initialsOf(name: string): string {
  const [reading = []] = readingsOf(name.replace(/[^\p{Script=Han}A-Za-z]/gu, '')) ?? [];
  return reading
    .map((syllable) => syllable.charAt(0))
    .join('')
    .slice(0, 16);
}

export function isUnitName(text: string): boolean {
  const name = cleanName(text);
  return name.length >= 3 && name.length <= 20 && endings.test(name) && !noUnit.test(name);
}

/** 教育部 ends as a unit does, and is above the school. */
function isAuthority(url: string): boolean {
  return /(?:^|\.)gov\.cn$/.test(new URL(url).hostname);
}

function cleanName(text: string): string {
  return text.replace(/[\s·•>»]+/g, '').replace(/[（(].{1,20}[）)]$/, '');
}

/** Gives each id once: a number is added to what is taken. */
export class Ids {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    const plain =
      wanted
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 40) || 'unit';
    let id = plain;
    for (let number = 2; this.#taken.has(id); number += 1) id = `${plain}-${number}`;
    this.#taken.add(id);
    return id;
  }
}

/**
 * The units that a page lists. A page with fewer than three names is no list of units.
 * @param labelOf what tells a unit's own host from the others; null where it has none
 */
export function findUnits(
  links: readonly PageLink[],
  { ids, labelOf, known }: { ids: Ids; labelOf: (url: URL) => string | null; known: Map<string, FoundUnit> },
): FoundUnit[] {
  const named = links.filter(({ url, text }) => isUnitName(text) && !isAuthority(url));
  if (named.length < leastInList) return [];
  const found: FoundUnit[] = [];
  for (const { url, text } of named) {
    const name = cleanName(text);
    if (known.has(name)) continue;
    const unit = { id: ids.take(labelOf(new URL(url)) ?? initialsOf(name)), name, url };
    known.set(name, unit);
    found.push(unit);
  }
  return found;
}
